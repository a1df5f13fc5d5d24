//! Changes of files that people wrote: case by case, and many at random.

mod cases;
mod documents;
mod random;

use super::{Options, plan};
use crate::content::yaml::parse;
use crate::edit::{Change, Step, Value, inverse, patched};
use base::diag::{Diagnostics, Source};

/// `a.2.b`: keys, and entries from 0.
fn path(text: &str) -> Vec<Step> {
    let steps = text.split('.').filter(|step| !step.is_empty());
    steps.map(|step| step.parse().map_or_else(|_| Step::Key(step.into()), Step::At)).collect()
}

fn text(value: &str) -> Value {
    Value::Text(value.into())
}

fn texts(values: &[&str]) -> Value {
    Value::List(values.iter().map(|value| text(value)).collect())
}

fn set(at: &str, value: Value) -> Change {
    Change::Set { path: path(at), value }
}

fn remove(at: &str) -> Change {
    Change::Remove { path: path(at) }
}

fn insert(list: &str, at: usize, value: Value) -> Change {
    Change::Insert { list: path(list), at, value }
}

fn shift(list: &str, from: usize, to: usize) -> Change {
    Change::Move { list: path(list), from, to }
}

fn read(yaml: &str) -> Value {
    let (document, problems) = parse(&Source::new("a.yaml", yaml));
    assert!(!problems.has_errors(), "{problems:#?}\n{yaml}");
    document.root.as_ref().map_or(Value::Blank, Value::of)
}

/// The text after a change; the inverse gives the first one back.
fn try_change(yaml: &str, change: &Change, options: Options) -> Result<String, Diagnostics> {
    let source = Source::new("a.yaml", yaml);
    let planned = plan(&source, std::slice::from_ref(change), options)?;
    assert_eq!(patched(yaml, &planned.patches).as_ref(), Some(&planned.text));
    let back = inverse(yaml, &planned.patches);
    assert_eq!(patched(&planned.text, &back).as_deref(), Some(yaml));
    Ok(planned.text)
}

#[track_caller]
fn changed(yaml: &str, change: Change) -> String {
    try_change(yaml, &change, Options::default()).unwrap_or_else(|d| panic!("{d:#?}"))
}

#[track_caller]
fn refused(yaml: &str, change: Change) -> &'static str {
    match try_change(yaml, &change, Options::default()) {
        Ok(text) => panic!("changed:\n{text}"),
        Err(problems) => problems.iter().last().map_or("", |problem| problem.code),
    }
}
