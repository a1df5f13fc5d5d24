//! Formatted text that no output format owns: what Markdown was read into, and what HTML and
//! Typst both are written from.

use serde::{Deserialize, Serialize};

/// A text of blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rich {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
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
