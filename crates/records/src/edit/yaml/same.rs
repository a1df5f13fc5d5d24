//! Whether a file, read again after a change, is what it is meant to be.

use std::sync::Arc;

use crate::content::yaml::{self, Document, Node, NodeKind};
use crate::edit::patch::{Patch, patched};
use crate::edit::value::Value;
use base::diag::{Diagnostics, Source};

/// Why a result is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Difference {
    /// It is no sound YAML file any more.
    Broken,
    /// A comment is gone.
    Comments,
    /// It says something else.
    Value,
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) document: Document,
    problems: usize,
}

impl Read {
    /// Reads a file; `None` and the problems where it cannot be changed because of them.
    pub(super) fn sound(source: &Arc<Source>) -> Result<Self, Diagnostics> {
        let (document, problems) = yaml::parse(source);
        if problems.has_errors() || !document.complete {
            return Err(problems);
        }
        // An anchor that is used no more may stay.
        let problems = problems.iter().filter(|p| p.code != "yaml-anchor-unused").count();
        Ok(Self { document, problems })
    }

    pub(super) fn value(&self) -> Value {
        self.document.root.as_ref().map_or(Value::Blank, Value::of)
    }

    fn comments(&self) -> Vec<&str> {
        let mut comments: Vec<&str> =
            self.document.comments.iter().map(|comment| comment.text.as_str()).collect();
        comments.sort_unstable();
        comments
    }

    /// The file after a change, if it is `intended`, and no comment is missing.
    pub(super) fn becomes(&self, new: &Arc<Source>, intended: &Value) -> Result<Self, Difference> {
        let new = Self::sound(new).map_err(|_| Difference::Broken)?;
        if new.problems > self.problems {
            return Err(Difference::Broken);
        }
        if !intended.is_met_by(&new.value()) {
            return Err(Difference::Value);
        }
        if new.comments() != self.comments() {
            return Err(Difference::Comments);
        }
        Ok(new)
    }
}

/// The text of a source with patches inside its texts, in order and apart, if all else of the YAML
/// is what it was: the same values at the same keys, except those that were changed, no comment
/// more or less, and no problem that was not there. The file may have problems already.
pub(crate) fn splices(source: &Arc<Source>, patches: &[Patch]) -> Option<String> {
    let text = patched(source.text(), patches)?;
    let (old, old_problems) = yaml::parse(source);
    let (new, new_problems) = yaml::parse(&Source::new(source.path(), text.clone()));
    let touched = |node: &Node| {
        let range = node.span.range();
        patches.iter().any(|patch| patch.range.start <= range.end && range.start <= patch.range.end)
    };
    let is_same = new_problems.len() <= old_problems.len()
        && old.comments.len() == new.comments.len()
        && old.complete == new.complete
        && match (&old.root, &new.root) {
            (Some(old), Some(new)) => same(old, new, &touched),
            _ => false,
        };
    is_same.then_some(text)
}

fn same(old: &Node, new: &Node, touched: &impl Fn(&Node) -> bool) -> bool {
    match (&old.kind, &new.kind) {
        (NodeKind::Blank, NodeKind::Blank) => true,
        (NodeKind::Text(a), NodeKind::Text(b)) => a.as_str() == b.as_str() || touched(old),
        (NodeKind::List(a), NodeKind::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, touched))
        }
        (NodeKind::Map(a), NodeKind::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|(a, b)| *a.key == *b.key && same(&a.value, &b.value, touched))
        }
        _ => false,
    }
}
