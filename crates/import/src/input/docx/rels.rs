//! Which parts of a file belong together.

use crate::input::packed::Packed;
use crate::input::refusal::damaged;
use crate::input::xml::{attribute, each_tag};
use base::diag::Diagnostic;

/// A part that another one refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relationship {
    pub(super) id: String,
    /// The last word of its type: `styles`, `numbering`.
    pub(super) kind: String,
    /// Its name in the archive.
    pub(super) part: String,
}

/// What a part refers to; the parts of the file itself for an empty name.
pub(super) fn of(packed: &mut Packed<'_>, part: &str) -> Result<Vec<Relationship>, Diagnostic> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(bytes) = packed.read(&format!("{folder}{slash}_rels/{name}.rels"))? else {
        return Ok(Vec::new());
    };
    let xml = String::from_utf8(bytes).map_err(|error| damaged(&error.to_string()))?;
    let mut found = Vec::new();
    each_tag(&xml, |tag| {
        let external = attribute(tag, "TargetMode").is_some_and(|mode| mode == "External");
        if tag.local_name().as_ref() != "Relationship" || external {
            return;
        }
        let kind = attribute(tag, "Type").unwrap_or_default();
        found.push(Relationship {
            id: attribute(tag, "Id").unwrap_or_default(),
            kind: kind.rsplit('/').next().unwrap_or_default().to_string(),
            part: resolved(folder, &attribute(tag, "Target").unwrap_or_default()),
        });
    });
    Ok(found)
}

/// The name of a target as seen from a folder of the archive.
fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/').filter(|step| !step.is_empty() && *step != ".") {
        if step == ".." {
            path.pop();
        } else {
            path.push(step);
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_their_folder() {
        assert_eq!(resolved("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word", "/docs/a.xml"), "docs/a.xml");
        assert_eq!(resolved("a/b", "../c/./d.xml"), "a/c/d.xml");
        assert_eq!(resolved("", "word/document.xml"), "word/document.xml");
        assert_eq!(resolved("", "../../x"), "x");
    }
}
