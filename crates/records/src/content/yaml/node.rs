//! The located YAML tree.

use base::diag::{SourceText, Span, Text};
use base::text;

/// A YAML value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// From its first to its last character; of a blank value, the place where it should be.
    pub span: Span,
}

/// The shapes a YAML value has. Scalars stay text: what a date, a number or a name is, the
/// schema decides, so `017`, `yes` and `2.50` reach it as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing after the key, `~` or `null`.
    Blank,
    /// Any scalar.
    Text(SourceText),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the source; keys are unique.
    Map(Vec<Entry>),
}

/// One key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: SourceText,
    /// Its value.
    pub value: Node,
}

/// A comment, for what is switched by comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// What follows `#`, without surrounding blanks.
    pub text: String,
    /// The whole comment, `#` included.
    pub span: Span,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The value; `None` where the file holds nothing but comments.
    pub root: Option<Node>,
    /// All comments in the order of the source.
    pub comments: Vec<Comment>,
    /// Whether all of the file is in `root`. Where it is not, an error was reported, and an
    /// entry that seems to be missing may only not have been read.
    pub complete: bool,
}

impl Node {
    /// The entries, of a mapping.
    pub(crate) fn as_map(&self) -> Option<&[Entry]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The text, of a scalar that is not blank.
    pub fn as_text(&self) -> Option<&SourceText> {
        match &self.kind {
            NodeKind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_blank(&self) -> bool {
        matches!(self.kind, NodeKind::Blank)
    }

    /// The entry of that name, of a mapping.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.as_map()?.iter().find(|entry| &*entry.key == key)
    }

    /// What it is, in the words of messages: “应当是列表，这里是文本”.
    pub(crate) fn kind_name(&self) -> Text {
        match self.kind {
            NodeKind::Blank => text!("空白", "nothing"),
            NodeKind::Text(_) => text!("文本", "text"),
            NodeKind::List(_) => text!("列表", "a list"),
            NodeKind::Map(_) => text!("一组“名称: 内容”", "a group of fields"),
        }
    }
}
