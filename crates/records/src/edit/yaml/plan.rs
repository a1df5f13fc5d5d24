//! Changes of a file, one after the other, each read again before the next one.

use std::sync::Arc;

use super::alias::{touched, write_out};
use super::doc::Doc;
use super::refuse;
use super::same::{Difference, Read};
use super::style::Styles;
use super::ways::Maker;
use crate::edit::patch::{Patch, Pieces, patched};
use crate::edit::value::{Change, Step, Value};
use base::diag::{Diagnostics, Source, Span};

/// How changes are made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Writes out the values behind aliases that stand in the way.
    pub write_out: bool,
    /// The order of keys in records: a new key stands behind those that come before it here, and
    /// one that is not named at the end.
    pub keys: &'static [&'static str],
}

/// A file after changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The whole new text.
    pub text: String,
    /// What was done to the first one.
    pub patches: Vec<Patch>,
}

impl Options {
    /// The place of a new key among those that are there.
    fn key_place(self, there: &[(String, Value)], key: &str) -> usize {
        let rank = |key: &str| self.keys.iter().position(|known| *known == key);
        let Some(own) = rank(key) else { return there.len() };
        if there.iter().all(|(key, _)| rank(key).is_none()) {
            return there.len();
        }
        let before = |(key, _): &(String, Value)| rank(key).is_some_and(|rank| rank < own);
        there.iter().rposition(before).map_or(0, |at| at + 1)
    }
}

/// The patches that make changes, one after the other.
///
/// # Errors
/// Why the file is left as it is.
pub fn plan(
    source: &Arc<Source>,
    changes: &[Change],
    options: Options,
) -> Result<Planned, Diagnostics> {
    let first = source.text().to_owned();
    let mut pieces = Pieces::of(&first);
    let mut now = source.clone();
    let mut read =
        Read::sound(source).map_err(|problems| refuse::broken(source.path(), problems))?;
    for change in changes {
        let mut work = Work { now, read, pieces, options };
        work.change(change)?;
        Work { now, read, pieces, .. } = work;
    }
    Ok(Planned { text: now.text().to_owned(), patches: pieces.patches() })
}

/// A file between two changes.
struct Work<'a> {
    now: Arc<Source>,
    read: Read,
    pieces: Pieces<'a>,
    options: Options,
}

impl Work<'_> {
    fn change(&mut self, change: &Change) -> Result<(), Diagnostics> {
        let before = self.read.value();
        let mut intended = before.clone();
        let key_place = |there: &[(String, Value)], key: &str| self.options.key_place(there, key);
        if let Err(wrong) = change.make(&mut intended, key_place) {
            return Err(self.no_place(change, wrong.0).into());
        }
        if intended.is_met_by(&before) {
            return Ok(());
        }
        self.free_of_alias(change)?;
        let steps = self.steps(change, &before);
        if steps[..] == [change.clone()] {
            return self.one(change, &intended);
        }
        for step in &steps {
            self.change(step)?;
        }
        Ok(())
    }

    /// A change inside a value behind an alias needs that value to be written here.
    fn free_of_alias(&mut self, change: &Change) -> Result<(), Diagnostics> {
        let path = match change {
            Change::Set { path, .. } | Change::Remove { path } => path,
            Change::Insert { list, .. } | Change::Move { list, .. } => list,
            Change::Texts(_) => return Ok(()),
        };
        let inside = !matches!(change, Change::Set { .. } | Change::Remove { .. });
        for depth in 1..=path.len() {
            let whole = depth == path.len() && !inside;
            let doc = Doc::new(&self.now, &self.read.document);
            let Some(reached) = doc.reach(&path[..depth]) else { break };
            if whole || reached.alias.is_none() {
                continue;
            }
            let aliases = super::alias::aliases(&doc);
            let Some(at) = aliases.iter().position(|alias| alias.path == path[..depth]) else {
                continue;
            };
            if !self.options.write_out {
                return Err(refuse::behind_alias(&aliases[at].span).into());
            }
            let styles = Styles::of(&doc);
            let place = aliases[at].span.range();
            let ways = write_out(&doc, &styles, |alias| alias.span.range() == place);
            self.written_out(&ways)?;
        }
        Ok(())
    }

    /// A list or group in the place of another one changes only what differs, so that comments
    /// stay where they are.
    fn steps(&self, change: &Change, before: &Value) -> Vec<Change> {
        let Change::Set { path, value } = change else { return vec![change.clone()] };
        let doc = Doc::new(&self.now, &self.read.document);
        let alias = doc.reach(path).is_some_and(|reached| reached.alias.is_some());
        let mut steps = Vec::new();
        match (before.get(path), value) {
            _ if alias => {}
            (Some(old), new) => reconcile(path, old, new, &mut steps),
            // A group that is missing comes with the key in it.
            (None, value) => {
                let above = (0..path.len()).rev().find(|&depth| {
                    before.get(&path[..depth]).is_some_and(|v| *v != Value::Blank) || depth == 0
                });
                let above = above.unwrap_or(0);
                if above + 1 < path.len()
                    && let Some(value) =
                        crate::edit::value::nested(&path[above + 1..], value.clone())
                {
                    steps.push(Change::Set { path: path[..=above].to_vec(), value });
                }
            }
        }
        if steps.is_empty() { vec![change.clone()] } else { steps }
    }

    /// Makes a change in the first way that does what is asked.
    fn one(&mut self, change: &Change, intended: &Value) -> Result<(), Diagnostics> {
        let mut written_out = false;
        loop {
            let doc = Doc::new(&self.now, &self.read.document);
            let styles = Styles::of(&doc);
            let options = self.options;
            let key_place =
                move |there: &[(String, Value)], key: &str| options.key_place(there, key);
            let mut ways = Vec::new();
            for careful in [false, true] {
                let maker = Maker { doc: &doc, styles: &styles, careful, key_place: &key_place };
                ways.extend(maker.ways(change).unwrap_or_default());
            }
            let (mut why, mut tried) = (None, Vec::new());
            for way in ways {
                match self.take(&way, intended) {
                    Ok(()) => return Ok(()),
                    Err(difference) => why = why.or(Some(difference)),
                }
                tried.extend(way);
            }
            let aliases = touched(&Doc::new(&self.now, &self.read.document), &tried);
            if aliases.is_empty() || written_out {
                return Err(self.no_way(why));
            }
            if !self.options.write_out {
                let uses: Vec<Span> = aliases.iter().map(|alias| alias.span.clone()).collect();
                return Err(refuse::with_aliases(&uses)
                    .map(Diagnostics::from)
                    .unwrap_or_else(|| self.no_way(why)));
            }
            let places: Vec<_> = aliases.iter().map(|alias| alias.span.range()).collect();
            let ways = {
                let doc = Doc::new(&self.now, &self.read.document);
                let styles = Styles::of(&doc);
                write_out(&doc, &styles, |alias| places.contains(&alias.span.range()))
            };
            self.written_out(&ways)?;
            written_out = true;
        }
    }

    /// Writes out values, which changes nothing of what the file says.
    fn written_out(&mut self, ways: &[Vec<Patch>]) -> Result<(), Diagnostics> {
        let same = self.read.value();
        let mut why = None;
        for way in ways {
            match self.take(way, &same) {
                Ok(()) => return Ok(()),
                Err(difference) => why = Some(difference),
            }
        }
        Err(self.no_way(why))
    }

    /// Makes patches, if the file is then what it is meant to be.
    fn take(&mut self, patches: &[Patch], intended: &Value) -> Result<(), Difference> {
        let text = patched(self.now.text(), patches).ok_or(Difference::Broken)?;
        let new = Source::new(self.now.path(), text);
        let read = self.read.becomes(&new, intended)?;
        self.pieces.apply(patches);
        self.now = new;
        self.read = read;
        Ok(())
    }

    fn no_way(&self, why: Option<Difference>) -> Diagnostics {
        let doc = Doc::new(&self.now, &self.read.document);
        refuse::no_way(&doc, None, why).into()
    }

    fn no_place(&self, change: &Change, depth: usize) -> base::diag::Diagnostic {
        let doc = Doc::new(&self.now, &self.read.document);
        let path: &[Step] = match change {
            Change::Set { path, .. } | Change::Remove { path } => path,
            Change::Insert { list, .. } | Change::Move { list, .. } => list,
            Change::Texts(texts) => texts.first().map_or(&[], |(path, _)| path),
        };
        let at = doc.reach(&path[..depth.min(path.len())]).map(|reached| reached.node.span.clone());
        refuse::no_place(&doc, &shown(path), at)
    }
}

/// A path as people write it: `targets.1.ge`.
pub(crate) fn shown(path: &[Step]) -> String {
    let steps = path.iter().map(|step| match step {
        Step::Key(key) => key.clone(),
        Step::At(at) => (at + 1).to_string(),
    });
    steps.collect::<Vec<_>>().join(".")
}

/// The changes that make one value of another.
fn reconcile(path: &[Step], old: &Value, new: &Value, steps: &mut Vec<Change>) {
    if new.is_met_by(old) {
        return;
    }
    let below = |step: Step| [path, &[step]].concat();
    match (old, new) {
        (Value::List(a), Value::List(b)) if !a.is_empty() && !b.is_empty() => {
            let same = a.iter().zip(b).take_while(|(a, b)| b.is_met_by(a)).count();
            let rest = (&a[same..], &b[same..]);
            let end = rest.0.iter().rev().zip(rest.1.iter().rev());
            let end = end.take_while(|(a, b)| b.is_met_by(a)).count();
            let (gone, come) = (rest.0.len() - end, rest.1.len() - end);
            for at in 0..gone.min(come) {
                let at = same + at;
                reconcile(&below(Step::At(at)), &a[at], &b[at], steps);
            }
            // Entries that come are there before others go: a list that is empty for a moment
            // would lose its shape.
            for at in gone..come {
                let (list, at) = (path.to_vec(), same + at);
                steps.push(Change::Insert { list, at, value: b[at].clone() });
            }
            for at in (come..gone).rev() {
                steps.push(Change::Remove { path: below(Step::At(same + at)) });
            }
        }
        (Value::Map(a), Value::Map(b)) if !a.is_empty() && !b.is_empty() => {
            for (key, value) in b {
                let below = below(Step::Key(key.clone()));
                match a.iter().find(|(k, _)| k == key) {
                    Some((_, old)) => reconcile(&below, old, value, steps),
                    None => steps.push(Change::Set { path: below, value: value.clone() }),
                }
            }
            for (key, _) in a.iter().filter(|(key, _)| !b.iter().any(|(k, _)| k == key)) {
                steps.push(Change::Remove { path: below(Step::Key(key.clone())) });
            }
        }
        _ => steps.push(Change::Set { path: path.to_vec(), value: new.clone() }),
    }
}
