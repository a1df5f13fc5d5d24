//! YAML text to a located tree. The only module that knows the YAML parser.

mod node;

pub use node::{Comment, Document, Entry, Node, NodeKind};
