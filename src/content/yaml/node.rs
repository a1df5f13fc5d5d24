//! The located YAML tree.

use crate::diag::{SourceText, Span};

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
}

impl Node {
    /// What it is, in a clerk's words.
    pub fn kind_name(&self) -> crate::diag::Text {
        use crate::text;
        match self.kind {
            NodeKind::Blank => text!("空白", "nothing"),
            NodeKind::Text(_) => text!("一段文字", "a text"),
            NodeKind::List(_) => text!("一个列表", "a list"),
            NodeKind::Map(_) => text!("一组键值", "a mapping"),
        }
    }
}
