//! Formatted text that no output format owns: what Markdown was read into, and what HTML and
//! Typst both are written from.

mod markdown;
mod table;

pub use markdown::{Allow, is_caption, markdown};
pub use table::Table;

use serde::{Deserialize, Serialize};

/// A text of blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rich {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

/// A text of one paragraph without any markup; nothing for an empty text.
pub fn plain_text(text: &str) -> Rich {
    let mut rich = Rich::default();
    if !text.is_empty() {
        rich.append_inline(Inline::Text { text: text.into() });
    }
    rich
}

impl Rich {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The characters alone: a line for each paragraph, heading, entry of a list and row of a table.
    pub fn plain(&self) -> String {
        let mut lines = Vec::new();
        plain_blocks(&self.blocks, &mut lines);
        lines.join("\n")
    }

    /// The same text with the rows of its tables as paragraphs, for places that hold no table.
    pub fn without_tables(mut self) -> Self {
        let old = std::mem::take(&mut self.blocks);
        for block in old {
            match block {
                // Lists hold none.
                Block::Table(table) => {
                    let lines = table.lines().into_iter();
                    self.blocks.extend(lines.map(|inlines| Block::Paragraph { inlines }));
                }
                block => self.blocks.push(block),
            }
        }
        self
    }

    /// Adds to the end of the last paragraph, as the bracket with the responsible units behind
    /// an item; to a paragraph of its own where the text does not end in one.
    pub fn append_inline(&mut self, inline: Inline) {
        match self.blocks.last_mut() {
            Some(Block::Paragraph { inlines }) => match (inlines.last_mut(), inline) {
                (Some(Inline::Text { text }), Inline::Text { text: more }) => text.push_str(&more),
                (_, inline) => inlines.push(inline),
            },
            _ => self.blocks.push(paragraph(inline)),
        }
    }

    /// Adds to the beginning of the first paragraph, as the number of an item; to a paragraph
    /// of its own where the text does not begin with one.
    pub fn prepend_inline(&mut self, inline: Inline) {
        match self.blocks.first_mut() {
            Some(Block::Paragraph { inlines }) => match (inlines.first_mut(), inline) {
                (Some(Inline::Text { text }), Inline::Text { text: more }) => {
                    text.insert_str(0, &more);
                }
                (_, inline) => inlines.insert(0, inline),
            },
            _ => self.blocks.insert(0, paragraph(inline)),
        }
    }
}

fn paragraph(inline: Inline) -> Block {
    Block::Paragraph { inlines: vec![inline] }
}

fn plain_blocks(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph { inlines } | Block::Heading { inlines, .. } => {
                let mut line = String::new();
                plain_inlines(inlines, &mut line);
                lines.push(line);
            }
            Block::List { entries, .. } => {
                for entry in entries {
                    plain_blocks(entry, lines);
                }
            }
            Block::Table(table) => {
                lines.extend(table.lines().iter().map(|inlines| plain(inlines)));
            }
        }
    }
}

/// The characters of pieces of a line.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    plain_inlines(inlines, &mut text);
    text
}

fn plain_inlines(inlines: &[Inline], line: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Name { text } => line.push_str(text),
            Inline::Strong { inlines }
            | Inline::Emphasis { inlines }
            | Inline::Link { inlines, .. } => plain_inlines(inlines, line),
            Inline::Break => line.push('\n'),
        }
    }
}

/// A paragraph or what stands between paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        inlines: Vec<Inline>,
    },
    /// A heading inside a text (only where headings are allowed, as in attachments).
    Heading {
        /// 1 for 一、, 2 for （一）, 3 for 1., 4 for (1): the levels of GB/T 9704 7.3.3.
        level: u8,
        /// Its text; the author writes the number.
        inlines: Vec<Inline>,
    },
    /// A list.
    List {
        /// The first number of a numbered list; `None` for a bulleted one.
        start: Option<u64>,
        /// The entries, each of one or more blocks.
        entries: Vec<Vec<Block>>,
    },
    /// A table; never inside a list.
    Table(Table),
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "inline", rename_all = "kebab-case")]
pub enum Inline {
    /// Plain characters.
    Text {
        /// The characters.
        text: String,
    },
    /// A name that is not broken across lines where that can be avoided.
    Name {
        /// The characters.
        text: String,
    },
    /// Strong emphasis.
    Strong {
        /// What is emphasised.
        inlines: Vec<Inline>,
    },
    /// Emphasis.
    Emphasis {
        /// What is emphasised.
        inlines: Vec<Inline>,
    },
    /// A link (http, https or mailto).
    Link {
        /// The address.
        href: String,
        /// What is shown.
        inlines: Vec<Inline>,
    },
    /// A line break that the author asked for.
    Break,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::ColumnAlign;

    fn text(text: &str) -> Inline {
        Inline::Text { text: text.into() }
    }

    fn list() -> Block {
        Block::List {
            start: None,
            entries: vec![plain_text("甲").blocks, plain_text("乙").blocks, vec![]],
        }
    }

    #[test]
    fn plain_drops_the_markup() {
        let mut rich = plain_text("一");
        rich.append_inline(Inline::Strong { inlines: vec![text("二")] });
        rich.append_inline(Inline::Break);
        rich.append_inline(text("三"));
        rich.blocks.push(list());
        assert_eq!(rich.plain(), "一二\n三\n甲\n乙");
        assert!(plain_text("").is_empty());
        assert_eq!(Rich::default().plain(), "");
    }

    #[test]
    fn text_joins_the_paragraph_at_either_end() {
        let mut rich = plain_text("中");
        rich.append_inline(text("（后）"));
        rich.prepend_inline(text("前"));
        assert_eq!(rich, plain_text("前中（后）"));
    }

    #[test]
    fn text_beside_a_list_is_a_paragraph_of_its_own() {
        let mut rich = Rich { blocks: vec![list()] };
        rich.append_inline(text("（后）"));
        rich.prepend_inline(text("前"));
        assert_eq!(rich.blocks.len(), 3);
        assert_eq!(rich.plain(), "前\n甲\n乙\n（后）");
    }

    fn table() -> Table {
        let cell = |words: &str| vec![text(words)];
        Table {
            caption: vec![text("表1 "), Inline::Strong { inlines: vec![text("甲")] }],
            unit: Some("（单位：万元）".into()),
            aligns: vec![ColumnAlign::Center, ColumnAlign::Right],
            head: vec![cell("乙"), cell("丙")],
            rows: vec![vec![cell("丁"), cell("1")], vec![vec![], cell("2")]],
        }
    }

    #[test]
    fn a_table_is_told_in_lines() {
        let mut rich = plain_text("前");
        rich.blocks.extend([Block::Table(table()), list()]);
        let told = "前\n表1 甲\n（单位：万元）\n乙｜丙\n丁｜1\n｜2\n甲\n乙";
        assert_eq!(rich.plain(), told);
        let without = rich.without_tables();
        assert_eq!(without.plain(), told);
        assert!(without.blocks.iter().all(|block| !matches!(block, Block::Table(_))));
        let bare = Table { caption: vec![], unit: None, ..table() };
        assert_eq!(bare.lines().len(), 3);
    }

    #[test]
    fn it_survives_json() {
        let mut rich = plain_text("一");
        rich.blocks.extend([list(), Block::Table(table())]);
        let json = serde_json::to_string(&rich).unwrap();
        assert_eq!(serde_json::from_str::<Rich>(&json).unwrap(), rich);
    }
}
