//! Rich text to Typst markup.

use std::fmt;

use super::escape;
use base::rich::{Block, Inline, Rich};
use base::zh::is_cjk;

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
            Block::Paragraph { inlines: content } => inlines(content, f),
            Block::Heading { level, inlines: content } => {
                let level = (self.first_heading.max(1)).saturating_add(level.saturating_sub(1));
                write!(f, "#heading(level: {level})")?;
                bracketed(content, f)
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
        }
    }
}

fn bracketed(content: &[Inline], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("[")?;
    inlines(content, f)?;
    f.write_str("];")
}

fn inlines(content: &[Inline], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, inline) in content.iter().enumerate() {
        // `seam` and `keep` are defined by the layout that templates import.
        if at > 0 && meets(&content[at - 1], inline) {
            f.write_str("#seam;")?;
        }
        match inline {
            Inline::Text { text } => escape::typst(text, f)?,
            Inline::Name { text } => write!(f, "#keep({});", escape::typst_string(text))?,
            Inline::Strong { inlines } => {
                f.write_str("#strong")?;
                bracketed(inlines, f)?;
            }
            Inline::Emphasis { inlines } => {
                f.write_str("#emph")?;
                bracketed(inlines, f)?;
            }
            Inline::Link { href, inlines } => {
                write!(f, "#link({})", escape::typst_string(href))?;
                bracketed(inlines, f)?;
            }
            Inline::Break => f.write_str("#linebreak();")?,
        }
    }
    Ok(())
}

/// Whether two pieces of different faces, or one that is kept whole, meet at two full-width
/// characters, whose distance must be set by hand. No line is broken there that would not be
/// otherwise: blanks before closing and behind opening marks allow none (UAX 14, LB13 and LB14).
fn meets(a: &Inline, b: &Inline) -> bool {
    let full = |c: Option<char>| c.is_some_and(is_cjk);
    let apart = |inline: &Inline| !matches!(inline, Inline::Text { .. });
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
