//! One fact, one problem: what is wrong with a name is said at the first place of the name, and the
//! other places are notes.

use std::collections::BTreeMap;

use super::{Content, Diagnostic, Lang, Note};
use crate::text;

/// Problems of a name, wherever it stands: they are put right in one place.
const OF_A_NAME: [&str; 2] = ["unit-nobody", "unit-unnamed"];

/// The list with such problems once. It is in the order of places.
pub(super) fn together(list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if list.iter().filter(|one| OF_A_NAME.contains(&one.code)).nth(1).is_none() {
        return list;
    }
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(list.len());
    let mut first: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    for diagnostic in list {
        let span = diagnostic.span.clone().filter(|_| OF_A_NAME.contains(&diagnostic.code));
        let Some(span) = span else {
            kept.push(diagnostic);
            continue;
        };
        let key = (diagnostic.code, diagnostic.message.get(Lang::Zh).to_string());
        match first.get(&key).and_then(|place| kept.get_mut(*place)) {
            Some(other) if other.severity == diagnostic.severity => {
                let content: &mut Content = other;
                content.notes.push(Note { text: text!("这里也是", "here too"), span });
            }
            _ => {
                first.insert(key, kept.len());
                kept.push(diagnostic);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostics, Source, Span};

    #[test]
    fn a_name_is_reported_once_with_its_other_places() {
        let source = Source::new("a.yaml", "甲乙丙丁");
        let at = |place: usize| Span::new(source.clone(), place * 3..place * 3 + 3);
        let mut found = Diagnostics::new();
        for (place, name) in [(2, "各校"), (0, "各校"), (1, "等"), (3, "各校")] {
            let message = text!("“{name}”里没有单位", "nobody in “{name}”");
            found.push(Diagnostic::warning("unit-nobody", message).at(&at(place)));
            found.push(Diagnostic::warning("typo", text!("错", "wrong")).at(&at(place)));
        }
        let list: Vec<_> = found.sorted().into_iter().collect();
        let nobody: Vec<_> = list.iter().filter(|d| d.code == "unit-nobody").collect();
        let places: Vec<usize> = nobody.iter().map(|d| d.notes.len()).collect();
        assert_eq!(places, [2, 0]);
        assert_eq!(nobody[0].span, Some(at(0)));
        assert_eq!(nobody[0].notes[1].span, at(3));
        assert_eq!(list.len() - nobody.len(), 4, "other problems stay");
    }
}
