//! Rich text to HTML.

use std::fmt;

use super::escape;
use base::columns::ColumnAlign;
use base::rich::{Block, Inline, Rich, Table, plain};

/// The last level of headings that HTML has.
const LAST_HEADING: u8 = 6;

/// A rich text as HTML. Its headings of level 1 become `h{first_heading}`, the others follow.
pub fn rich_html(rich: &Rich, first_heading: u8) -> String {
    Html { rich, first_heading }.to_string()
}

struct Html<'a> {
    rich: &'a Rich,
    first_heading: u8,
}

impl fmt::Display for Html<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.blocks(&self.rich.blocks, f)
    }
}

impl Html<'_> {
    fn blocks(&self, blocks: &[Block], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            self.block(block, f)?;
        }
        Ok(())
    }

    fn block(&self, block: &Block, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match block {
            Block::Paragraph { inlines: content } => {
                f.write_str("<p>")?;
                inlines(content, f)?;
                f.write_str("</p>")
            }
            Block::Heading { level, inlines: content } => {
                let level = (self.first_heading.max(1))
                    .saturating_add(level.saturating_sub(1))
                    .min(LAST_HEADING);
                write!(f, "<h{level}>")?;
                inlines(content, f)?;
                write!(f, "</h{level}>")
            }
            Block::List { start, entries } => {
                match start {
                    None => f.write_str("<ul>")?,
                    Some(1) => f.write_str("<ol>")?,
                    Some(start) => write!(f, "<ol start=\"{start}\">")?,
                }
                for entry in entries {
                    f.write_str("<li>")?;
                    self.entry(entry, f)?;
                    f.write_str("</li>")?;
                }
                f.write_str(if start.is_some() { "</ol>" } else { "</ul>" })
            }
            Block::Table(content) => table(content, f),
        }
    }

    /// An entry with one paragraph, and perhaps lists below it, needs no `<p>`, and looks better
    /// without.
    fn entry(&self, blocks: &[Block], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match blocks {
            [Block::Paragraph { inlines: content }, rest @ ..]
                if rest.iter().all(|b| matches!(b, Block::List { .. })) =>
            {
                inlines(content, f)?;
                self.blocks(rest, f)
            }
            blocks => self.blocks(blocks, f),
        }
    }
}

fn inlines(content: &[Inline], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    content.iter().try_for_each(|inline| match inline {
        Inline::Text { text } => escape::html(text, f),
        Inline::Name { text } => {
            f.write_str("<span class=\"unit\">")?;
            escape::html(text, f)?;
            f.write_str("</span>")
        }
        Inline::Strong { inlines: content } => {
            f.write_str("<strong>")?;
            inlines(content, f)?;
            f.write_str("</strong>")
        }
        Inline::Emphasis { inlines: content } => {
            f.write_str("<em>")?;
            inlines(content, f)?;
            f.write_str("</em>")
        }
        Inline::Link { href, inlines: content } => {
            f.write_str("<a href=\"")?;
            escape::html(href, f)?;
            f.write_str("\" rel=\"noopener\">")?;
            inlines(content, f)?;
            f.write_str("</a>")
        }
        Inline::Break => f.write_str("<br>"),
    })
}

/// A table that may be moved sideways where the window is narrow. Its looks stand in it, so that they
/// hold wherever the text goes.
fn table(table: &Table, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let head = Table::plain_row(&table.head).join("、");
    let caption = plain(&table.caption);
    let name = if caption.is_empty() { format!("表格：{head}") } else { caption };
    f.write_str("<div class=\"scroll\" role=\"region\" aria-label=\"")?;
    escape::html(&name, f)?;
    f.write_str(
        "\" tabindex=\"0\" style=\"margin:1em 0;font-size:1rem;line-height:1.6;text-indent:0\">\n<table>\n",
    )?;
    if !table.caption.is_empty() || table.unit.is_some() {
        // Elsewhere captions are hidden: there a heading says the same.
        f.write_str(
            "<caption style=\"position:static;width:auto;height:auto;clip-path:none;white-space:normal\">",
        )?;
        if !table.caption.is_empty() {
            f.write_str("<strong>")?;
            inlines(&table.caption, f)?;
            f.write_str("</strong>")?;
        }
        if let Some(unit) = &table.unit {
            f.write_str("<span style=\"display:block;text-align:right\">")?;
            escape::html(unit, f)?;
            f.write_str("</span>")?;
        }
        f.write_str("</caption>\n")?;
    }
    f.write_str("<thead>\n<tr>")?;
    for cell in &table.head {
        write!(f, "<th scope=\"col\"{}>", unbroken(cell))?;
        inlines(cell, f)?;
        f.write_str("</th>")?;
    }
    f.write_str("</tr>\n</thead>\n<tbody>\n")?;
    for row in &table.rows {
        f.write_str("<tr>")?;
        for (cell, align) in row.iter().zip(&table.aligns) {
            // Inside the cell, whose own style is that of the page.
            let side = match align {
                ColumnAlign::Left => None,
                ColumnAlign::Center => Some("center"),
                ColumnAlign::Right => Some("right"),
            };
            write!(f, "<td{}>", unbroken(cell))?;
            if let Some(side) = side {
                write!(f, "<div style=\"text-align:{side}\">")?;
            }
            inlines(cell, f)?;
            f.write_str(if side.is_some() { "</div></td>" } else { "</td>" })?;
        }
        f.write_str("</tr>\n")?;
    }
    f.write_str("</tbody>\n</table>\n</div>")
}

/// What keeps a short cell on one line.
fn unbroken(cell: &[Inline]) -> &'static str {
    /// Characters.
    const SHORT: f64 = 6.0;
    if base::columns::width(&plain(cell)) <= SHORT { " style=\"white-space:nowrap\"" } else { "" }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::render::escape::tests::{SPECIAL, unescape_html};
    use crate::render::sample::{escape_markdown, from_markdown, sample};
    use base::rich::plain_text;

    #[test]
    fn all_there_is() {
        assert_eq!(
            rich_html(&sample(), 3),
            "<h3>一、甲</h3>\n\
             <p>乙<strong>“重点”</strong>和<em>丙</em>见\
             <a href=\"https://a.cn/?b=1&amp;c=%22\" rel=\"noopener\">丁&lt;</a><br>戊</p>\n\
             <ol start=\"3\"><li>己<ul><li>庚</li></ul></li>\
             <li><p>辛</p>\n<p>壬</p></li></ol>\n\
             <ul><li>癸</li><li></li></ul>"
        );
        assert_eq!(rich_html(&Rich::default(), 3), "");
    }

    #[test]
    fn tables() {
        let html = rich_html(
            &from_markdown(
                "表1 甲<乙（单位：万元）\n\n| 名称 | 数 |\n|---|--:|\n| **丙**&丁戊己庚辛壬癸子丑 | 1 |",
            ),
            3,
        );
        let (start, rest) = html.split_once("<table>").unwrap();
        assert!(start.contains("aria-label=\"表1 甲&lt;乙\""), "{start}");
        let (caption, rows) = rest.split_once("</caption>").unwrap();
        assert!(caption.contains("<strong>表1 甲&lt;乙</strong>"), "{caption}");
        assert!(caption.contains(">（单位：万元）</span>"), "{caption}");
        assert_eq!(
            rows,
            "\n<thead>\n<tr><th scope=\"col\" style=\"white-space:nowrap\">名称</th>\
             <th scope=\"col\" style=\"white-space:nowrap\">数</th></tr>\n</thead>\n<tbody>\n\
             <tr><td><strong>丙</strong>&amp;丁戊己庚辛壬癸子丑</td>\
             <td style=\"white-space:nowrap\"><div style=\"text-align:right\">1</div></td></tr>\n\
             </tbody>\n</table>\n</div>"
        );
    }

    #[test]
    fn headings_end_at_the_last_level() {
        let rich = from_markdown("#### (1)甲");
        assert_eq!(rich_html(&rich, 2), "<h5>(1)甲</h5>");
        assert_eq!(rich_html(&rich, 5), "<h6>(1)甲</h6>");
        assert_eq!(rich_html(&rich, 0), "<h4>(1)甲</h4>");
    }

    proptest! {
        #[test]
        fn every_text_comes_out_as_itself(text in SPECIAL) {
            let html = rich_html(&plain_text(&text), 3);
            let inner = html.trim_start_matches("<p>").trim_end_matches("</p>");
            prop_assert_eq!(unescape_html(inner), text);
        }

        /// The same by way of Markdown, where every special character has a backslash.
        #[test]
        fn every_escaped_text_comes_out_as_itself(text in SPECIAL) {
            let text = text.trim();
            let html = rich_html(&from_markdown(&escape_markdown(text)), 3);
            let inner = html.trim_start_matches("<p>").trim_end_matches("</p>");
            prop_assert_eq!(unescape_html(inner), text);
        }
    }
}
