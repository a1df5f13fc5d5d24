//! Problems found behind aliases: reported where the words stand, with the places of use as notes.

use std::sync::Arc;

use super::{Content, Diagnostic, Note, Span, Text, Use};
use crate::text;

/// How many places of use are shown; the last one says how many more there are.
const SHOWN: usize = 4;

/// Equal problems once. `list` is in the order of places; problems at one place keep theirs.
pub(super) fn merged(mut list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // Most files have no alias; there may be many problems, and they are not copied.
    if !list.iter().any(is_used_elsewhere) {
        list.dedup();
        return list;
    }
    let mut groups: Vec<Found> = Vec::with_capacity(list.len());
    for diagnostic in list {
        let found = Found::new(diagnostic);
        let place = |found: &Found| found.diagnostic.span.as_ref().map(Span::range);
        let same_place = groups.iter_mut().rev().take_while(|other| place(other) == place(&found));
        let mut same = same_place.filter(|other| other.diagnostic == found.diagnostic);
        match same.next() {
            Some(other) => other.add(found),
            None => groups.push(found),
        }
    }
    groups.into_iter().map(Found::noted).collect()
}

/// Whether one of its places is behind an alias.
fn is_used_elsewhere(diagnostic: &Diagnostic) -> bool {
    let notes = diagnostic.notes.iter().map(|note| &note.span);
    diagnostic.span.iter().chain(notes).any(|span| span.used().is_some())
}

/// A problem where it stands, and the ways by which it was come upon.
struct Found {
    diagnostic: Diagnostic,
    uses: Vec<Arc<Use>>,
    /// Of the problem itself, its way: see [`Span::uses`].
    ways: Vec<Option<Arc<Use>>>,
}

impl Found {
    fn new(mut diagnostic: Diagnostic) -> Self {
        let mut uses: Vec<Arc<Use>> = Vec::new();
        let way = diagnostic.span.as_ref().and_then(Span::used).cloned();
        let own = diagnostic.span.clone();
        diagnostic.notes.retain_mut(|note| {
            // The same words by another way: the places of use say more.
            let same = own.as_ref().is_some_and(|own| covers(&note.span, own));
            let twice = same && note.span.used() != way.as_ref();
            if twice {
                uses.extend(note.span.uses().cloned());
            }
            !twice
        });
        let content: &mut Content = &mut diagnostic;
        let spans = content.span.iter_mut().chain(content.notes.iter_mut().map(|n| &mut n.span));
        for span in spans {
            if span.used().is_some() {
                uses.extend(span.uses().cloned());
                *span = span.used_at(None);
            }
        }
        for edit in diagnostic.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.span = edit.span.used_at(None);
        }
        Self { diagnostic, uses, ways: vec![way] }
    }

    fn add(&mut self, other: Self) {
        self.uses.extend(other.uses);
        for way in other.ways {
            if !self.ways.contains(&way) {
                self.ways.push(way);
            }
        }
    }

    fn noted(self) -> Diagnostic {
        let Self { mut diagnostic, mut uses, ways } = self;
        if let Some(fix) = &mut diagnostic.fix {
            fix.asked = fix.asked.max(ways.len());
        }
        uses.sort_by(|a, b| a.span.sort_key().cmp(&b.span.sort_key()));
        uses.dedup_by(|a, b| a.span.sort_key() == b.span.sort_key());
        let more = uses.len().saturating_sub(SHOWN);
        for (place, used) in uses.iter().take(SHOWN).enumerate() {
            let more = if place + 1 == SHOWN { more } else { 0 };
            diagnostic
                .notes
                .push(Note { text: words(&used.name, more), span: used.span.used_at(None) });
        }
        diagnostic
    }
}

fn covers(outer: &Span, inner: &Span) -> bool {
    let (a, b) = (outer.range(), inner.range());
    outer.source() == inner.source() && a.start <= b.start && b.end <= a.end
}

fn words(name: &str, more: usize) -> Text {
    match more {
        0 => text!("这里用“{name}”引用了它", "used here through the alias `{name}`"),
        1 => text!(
            "这里用“{name}”引用了它，另有 1 处引用",
            "used here through the alias `{name}`, and in 1 more place"
        ),
        _ => text!(
            "这里用“{name}”引用了它，另有 {more} 处引用",
            "used here through the alias `{name}`, and in {more} more places"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostics, Edit, Fix, Lang, Source};

    /// A problem in `甲` that is used where each of `places` says.
    fn found(source: &Arc<Source>, place: Option<usize>) -> Diagnostic {
        let used = place.map(|at| {
            let span = Span::new(source.clone(), at..at + 2);
            Arc::new(Use { name: "*x".into(), span })
        });
        let span = Span::new(source.clone(), 6..9).used_at(used);
        let edit = Edit { span: span.clone(), replacement: "乙".into() };
        Diagnostic::warning("typo", text!("错字", "a typo")).at(&span).fix(Fix::new(vec![edit]))
    }

    fn source() -> Arc<Source> {
        Source::new("a.yaml", "a: &x 甲\nb: *x\nc: *x\nd: *x\ne: *x\nf: *x\n")
    }

    fn sorted(list: impl IntoIterator<Item = Diagnostic>) -> Vec<Diagnostic> {
        let mut diags = Diagnostics::new();
        diags.extend(list);
        let sorted = diags.sorted();
        assert_eq!(sorted.clone().sorted(), sorted, "a second time changes nothing");
        sorted.into_iter().collect()
    }

    #[test]
    fn several_uses_are_one_problem_with_notes() {
        let source = source();
        // In the order of a run, another problem of each use between them.
        let other = |place| {
            let mut other = found(&source, place);
            (other.code, other.fix) = ("other", None);
            other
        };
        let list = sorted([
            found(&source, None),
            other(None),
            found(&source, Some(13)),
            other(Some(13)),
            found(&source, Some(13)),
        ]);
        let [typo, other] = &list[..] else { panic!("{list:#?}") };
        assert_eq!((typo.code, other.code), ("typo", "other"));
        assert_eq!(typo.fix.as_ref().map(|fix| fix.asked), Some(2));
        assert_eq!(typo.span.as_ref().unwrap().used(), None);
        let [note] = &typo.notes[..] else { panic!("{typo:#?}") };
        assert_eq!(note.span.start().line, 2);
        assert_eq!(note.text.get(Lang::En), "used here through the alias `*x`");
    }

    #[test]
    fn the_same_words_by_another_way_are_no_place_of_their_own() {
        let source = source();
        let twice = found(&source, Some(13));
        let first = found(&source, None).span.clone().unwrap();
        let list = sorted([twice.note(text!("前一次在这里", "first here"), &first)]);
        let notes: Vec<_> = list[0].notes.iter().map(|n| n.text.get(Lang::En)).collect();
        assert_eq!(notes, ["used here through the alias `*x`"]);
    }

    #[test]
    fn many_uses_are_counted() {
        let source = source();
        let list = sorted([34, 27, 20, 13, 41].map(|at| found(&source, Some(at))));
        let [typo] = &list[..] else { panic!("{list:#?}") };
        assert_eq!(typo.notes.len(), SHOWN);
        assert_eq!(typo.notes[0].span.range().start, 13);
        assert!(typo.notes[SHOWN - 1].text.get(Lang::Zh).ends_with("另有 1 处引用"));
    }
}
