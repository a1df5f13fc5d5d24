//! What an edit changes, line by line.

use super::journal::FileEdit;
use super::patch::Patch;

/// Lines that stand in the place of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// The first of the old lines, from 1; of lines that come, the one they come before.
    pub line: usize,
    /// The old lines.
    pub old: Vec<String>,
    /// The new ones.
    pub new: Vec<String>,
}

/// The changed lines of a file, in order.
pub fn diff(file: &FileEdit) -> Vec<Hunk> {
    let source = file.before.as_deref().unwrap_or_default();
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut group: Vec<&Patch> = Vec::new();
    let mut region = 0..0;
    for patch in &file.patches {
        let own = lines_of(source, patch);
        if !group.is_empty() && own.start <= region.end && own.start < own.end.max(region.end) {
            region.end = region.end.max(own.end);
            group.push(patch);
            continue;
        }
        hunks.extend(hunk(source, &region, &group));
        region = own;
        group = vec![patch];
    }
    hunks.extend(hunk(source, &region, &group));
    hunks
}

/// The whole lines that a patch changes.
fn lines_of(source: &str, patch: &Patch) -> std::ops::Range<usize> {
    let (start, end) = (patch.range.start, patch.range.end);
    let begins = |at: usize| at == 0 || source[..at].ends_with('\n');
    let whole =
        begins(start) && begins(end) && (patch.text.is_empty() || patch.text.ends_with('\n'));
    if whole {
        return start..end;
    }
    let first = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let last = source[end..].find('\n').map_or(source.len(), |at| end + at + 1);
    first..last
}

fn hunk(source: &str, region: &std::ops::Range<usize>, patches: &[&Patch]) -> Option<Hunk> {
    if patches.is_empty() {
        return None;
    }
    let mut new = String::new();
    let mut at = region.start;
    for patch in patches {
        new.push_str(source.get(at..patch.range.start)?);
        new.push_str(&patch.text);
        at = patch.range.end;
    }
    new.push_str(source.get(at..region.end)?);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (mut old, mut new) = (lines(&source[region.clone()]), lines(&new));
    let mut line = source[..region.start].matches('\n').count() + 1;
    // Lines that are the same at both ends are no part of it.
    while !old.is_empty() && old.first() == new.first() {
        old.remove(0);
        new.remove(0);
        line += 1;
    }
    while !old.is_empty() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    Some(Hunk { line, old, new })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(before: &str, patches: Vec<Patch>) -> Vec<(usize, String, String)> {
        let file = FileEdit::new("a.yaml", before, patches).unwrap();
        let hunks = diff(&file).into_iter();
        hunks.map(|hunk| (hunk.line, hunk.old.join("|"), hunk.new.join("|"))).collect()
    }

    #[test]
    fn lines_that_change_come_and_go() {
        let text = "a: 1\nb: 2\nc: 3\n";
        assert_eq!(of(text, vec![Patch::new(8..9, "4")]), [(2, "b: 2".into(), "b: 4".into())]);
        assert_eq!(of(text, vec![Patch::new(5..10, "")]), [(2, "b: 2".into(), String::new())]);
        assert_eq!(
            of(text, vec![Patch::new(15..15, "d: 4\n")]),
            [(4, String::new(), "d: 4".into())]
        );
        assert_eq!(
            of("a: 1", vec![Patch::new(4..4, "\nd: 4")]),
            [(2, String::new(), "d: 4".into())]
        );
        let both = vec![Patch::new(3..4, "7"), Patch::new(13..14, "8")];
        assert_eq!(of(text, both).len(), 2);
        let one = vec![Patch::new(0..1, "x"), Patch::new(3..4, "7")];
        assert_eq!(of(text, one), [(1, "a: 1".into(), "x: 7".into())]);
    }
}
