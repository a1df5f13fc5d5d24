//! Rich text to Typst markup.

use std::fmt;

use super::{escape, latin};
use crate::tables;
use base::columns::ColumnAlign;
use base::rich::{Block, Inline, Rich, Table};
use base::zh::{self, is_cjk};

/// A rich text as Typst markup. Its headings of level 1 become headings of level
/// `first_heading`, the others follow.
///
/// Paragraphs are separated by empty lines, so the first continues the line that the text is
/// put into, and the last may be continued. Every call ends with a semicolon, so that nothing
/// behind it is taken for its argument.
pub fn rich_typst(rich: &Rich, first_heading: u8) -> String {
    Markup { rich, first_heading }.to_string()
}

struct Markup<'a> {
    rich: &'a Rich,
    first_heading: u8,
}

impl fmt::Display for Markup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.blocks(&self.rich.blocks, f)
    }
}

impl Markup<'_> {
    fn blocks(&self, blocks: &[Block], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                f.write_str("\n\n")?;
            }
            self.block(block, f)?;
        }
        Ok(())
    }

    fn block(&self, block: &Block, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match block {
            Block::Paragraph { inlines: content } => pieces(content, f, &mut String::new()),
            Block::Heading { level, inlines: content } => {
                let level = (self.first_heading.max(1)).saturating_add(level.saturating_sub(1));
                write!(f, "#heading(level: {level})")?;
                bracketed(content, f, &mut String::new())
            }
            Block::List { start, entries } => {
                match start {
                    None => f.write_str("#list(")?,
                    Some(start) => write!(f, "#enum(start: {start}, ")?,
                }
                for (at, entry) in entries.iter().enumerate() {
                    f.write_str(if at > 0 { ", [" } else { "[" })?;
                    self.blocks(entry, f)?;
                    f.write_str("]")?;
                }
                f.write_str(");")
            }
            Block::Table(content) => table(content, f),
        }
    }
}

/// A table; how wide its columns are is known by what stands in them.
fn table(table: &Table, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "#text-table(fitted: {}, aligns: (", tables::of_text(table).typst())?;
    for align in &table.aligns {
        f.write_str(match align {
            ColumnAlign::Left => "left, ",
            ColumnAlign::Center => "center, ",
            ColumnAlign::Right => "right, ",
        })?;
    }
    f.write_str("), ")?;
    if !table.caption.is_empty() {
        f.write_str("caption: [")?;
        pieces(&table.caption, f, &mut String::new())?;
        f.write_str("], ")?;
    }
    if let Some(unit) = &table.unit {
        write!(f, "unit: {}, ", escape::typst_string(unit))?;
    }
    cells(&table.head, f)?;
    f.write_str(", (")?;
    for row in &table.rows {
        cells(row, f)?;
        f.write_str(", ")?;
    }
    f.write_str("));")
}

/// The cells of a row as an array; those of plain words are strings.
fn cells(row: &[Vec<Inline>], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("(")?;
    for cell in row {
        match &cell[..] {
            [] => f.write_str("\"\"")?,
            [Inline::Text { text }] => f.write_str(&escape::typst_string(text))?,
            content => {
                f.write_str("[")?;
                pieces(content, f, &mut String::new())?;
                f.write_str("]")?;
            }
        }
        f.write_str(", ")?;
    }
    f.write_str(")")
}

fn bracketed(content: &[Inline], f: &mut fmt::Formatter<'_>, before: &mut String) -> fmt::Result {
    f.write_str("[")?;
    pieces(content, f, before)?;
    f.write_str("];")
}

/// The pieces of a line, of which `before` is what stands in front.
fn pieces(content: &[Inline], f: &mut fmt::Formatter<'_>, before: &mut String) -> fmt::Result {
    for (at, inline) in content.iter().enumerate() {
        // `seam`, `name` and `unbroken` are defined by the layout that templates import.
        if at > 0 && meets(&content[at - 1], inline) {
            f.write_str("#seam;")?;
        }
        match inline {
            Inline::Text { text } => {
                let behind = content.get(at + 1).and_then(|next| plain(next).chars().next());
                words(text, behind, f, before)?;
            }
            Inline::Name { text } => {
                let behind = content.get(at + 1).and_then(|next| plain(next).chars().next());
                let ends = (before.chars().next_back(), behind);
                write!(f, "#name({}{});", escape::typst_string(text), seams(text, ends))?;
                before.push_str(text);
            }
            Inline::Strong { inlines } => {
                f.write_str("#strong")?;
                bracketed(inlines, f, before)?;
            }
            Inline::Emphasis { inlines } => {
                f.write_str("#emph")?;
                bracketed(inlines, f, before)?;
            }
            Inline::Link { href, inlines } => {
                write!(f, "#link({})", escape::typst_string(href))?;
                bracketed(inlines, f, before)?;
            }
            Inline::Break => f.write_str("#linebreak();")?,
        }
    }
    Ok(())
}

/// A text, of which the parts that a line should not divide can be named by the fit: by their words
/// and those in front.
fn words(
    text: &str,
    behind: Option<char>,
    f: &mut fmt::Formatter<'_>,
    before: &mut String,
) -> fmt::Result {
    let mut done = 0;
    for part in zh::whole(text) {
        if done < part.start {
            latin::write(&text[done..part.start], f)?;
            before.push_str(&text[done..part.start]);
        }
        let whole = &text[part.clone()];
        let ends = (before.chars().next_back(), text[part.end..].chars().next().or(behind));
        let key = escape::typst_string(&whole_key(before, whole));
        write!(f, "#unbroken({key}, {}{});", escape::typst_string(whole), seams(whole, ends))?;
        before.push_str(whole);
        done = part.end;
    }
    if done < text.len() || text.is_empty() {
        latin::write(&text[done..], f)?;
        before.push_str(&text[done..]);
    }
    Ok(())
}

/// What tells a part from others with the same words: the characters in front of it.
pub(crate) fn whole_key(before: &str, part: &str) -> String {
    const IN_FRONT: usize = 6;
    let before: Vec<char> = before.chars().rev().filter(|c| !c.is_whitespace()).collect();
    let start = before.iter().take(IN_FRONT).rev();
    start.copied().chain(['|']).chain(part.chars()).collect()
}

/// At which ends of a part the distance must be set by hand where it is kept whole.
fn seams(part: &str, (before, behind): (Option<char>, Option<char>)) -> &'static str {
    let full = |c: Option<char>| c.is_some_and(is_cjk);
    let left = full(before) && full(part.chars().next());
    let right = full(behind) && full(part.chars().next_back());
    match (left, right) {
        (false, false) => "",
        (true, false) => ", left: true",
        (false, true) => ", right: true",
        (true, true) => ", left: true, right: true",
    }
}

/// Whether two pieces of different faces meet at two full-width characters, whose distance must be
/// set by hand. No line is broken there that would not be otherwise: blanks before closing and behind
/// opening marks allow none (UAX 14, LB13 and LB14).
fn meets(a: &Inline, b: &Inline) -> bool {
    let full = |c: Option<char>| c.is_some_and(is_cjk);
    let apart = |inline: &Inline| !matches!(inline, Inline::Text { .. } | Inline::Name { .. });
    (apart(a) || apart(b)) && full(plain(a).chars().next_back()) && full(plain(b).chars().next())
}

fn plain(inline: &Inline) -> String {
    let blocks = vec![Block::Paragraph { inlines: vec![inline.clone()] }];
    Rich { blocks }.plain()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::render::escape::tests::{SPECIAL, typst_strings};
    use crate::render::sample::{escape_markdown, from_markdown, sample};
    use base::rich::plain_text;

    #[test]
    fn all_there_is() {
        let markup = rich_typst(&sample(), 2);
        assert_eq!(
            markup,
            "#heading(level: 2)[#\"一、甲\";];\n\n\
             #\"乙\";#seam;#strong[#\"“重点”\";];#seam;#\"和\";#seam;#emph[#\"丙\";];#seam;#\"见\";#seam;\
             #link(\"https://a.cn/?b=1&c=%22\")[#\"丁<\";];#linebreak();#\"戊\";\n\n\
             #enum(start: 3, [#\"己\";\n\n#list([#\"庚\";]);], [#\"辛\";\n\n#\"壬\";]);\n\n\
             #list([#\"癸\";], []);"
        );
        assert_eq!(
            typst_strings(&markup),
            "一、甲乙“重点”和丙见https://a.cn/?b=1&c=%22丁<戊己庚辛壬癸"
        );
        assert_eq!(rich_typst(&Rich::default(), 1), "");
    }

    #[test]
    fn what_follows_is_no_argument() {
        let markup = rich_typst(&from_markdown("甲**乙**"), 1);
        assert_eq!(typst_strings(&format!("{markup}(\"丙\")[#\"丁\";]")), "甲乙丁");
    }

    #[test]
    fn full_width_characters_of_two_faces_meet_at_a_seam() {
        assert_eq!(
            rich_typst(&from_markdown("甲**乙**，**5G**丙"), 1),
            "#\"甲\";#seam;#strong[#\"乙\";];#seam;#\"，\";#strong[#\"5G\";];#\"丙\";"
        );
    }

    proptest! {
        #[test]
        fn every_text_comes_out_as_itself(text in SPECIAL) {
            prop_assert_eq!(typst_strings(&rich_typst(&plain_text(&text), 1)), text);
        }

        /// The same by way of Markdown, where every special character has a backslash.
        #[test]
        fn every_escaped_text_comes_out_as_itself(text in SPECIAL) {
            let text = text.trim();
            let rich = from_markdown(&escape_markdown(text));
            prop_assert_eq!(typst_strings(&rich_typst(&rich, 1)), text);
        }
    }
}
