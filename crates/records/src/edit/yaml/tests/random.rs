//! Many changes at random.

use std::ops::Range;

use super::documents::{Dice, document};
use super::*;
use crate::content::yaml::{Document, Node, NodeKind};

/// All paths of a value, each with it.
fn paths(value: &Value, at: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    found.push(at.clone());
    let mut below = |step: Step, value: &Value| {
        at.push(step);
        paths(value, at, found);
        at.pop();
    };
    match value {
        Value::List(items) => {
            items.iter().enumerate().for_each(|(n, item)| below(Step::At(n), item));
        }
        Value::Map(entries) => {
            entries.iter().for_each(|(key, value)| below(Step::Key(key.clone()), value));
        }
        _ => {}
    }
}

fn some_value(dice: &mut Dice, depth: usize) -> Value {
    const TEXTS: &[&str] = &[
        "区数据局",
        "2025-Q3",
        "a: b",
        "推进 5G 建设，",
        "- 一",
        "#1",
        "",
        "12%",
        "it's",
        "“引号”",
        "第一段。\n\n第二段。\n",
        "一\n二",
        "[x]",
        "*",
        "null",
        "推进数字化改革，建立健全协同机制，形成工作闭环，提升治理效能，年底前见到实效。",
    ];
    match dice.below(if depth > 1 { 5 } else { 8 }) {
        0..=3 => text(dice.of(TEXTS)),
        4 => {
            Value::Prose(dice.of(&["修路。", "修路。\n\n- 一\n- 二", "推进数字化改革。\n"]).into())
        }
        5 => Value::List((0..dice.below(4)).map(|_| some_value(dice, depth + 1)).collect()),
        6 => Value::Map(
            ["name", "ge", "measure"][..dice.below(4)]
                .iter()
                .map(|key| ((*key).to_owned(), some_value(dice, depth + 1)))
                .collect(),
        ),
        _ => texts(&["甲", "乙"]),
    }
}

fn some_change(dice: &mut Dice, value: &Value) -> Change {
    let mut all = Vec::new();
    paths(value, &mut Vec::new(), &mut all);
    let at = all[dice.below(all.len())].clone();
    let key = |key: &str, at: &[Step]| [at, &[Step::Key(key.into())]].concat();
    match (value.get(&at), dice.below(8)) {
        (Some(Value::List(items)), 0..=2) => {
            Change::Insert { at: dice.below(items.len() + 1), value: some_value(dice, 0), list: at }
        }
        (Some(Value::List(items)), 3 | 4) if items.len() > 1 => {
            let (from, to) = (dice.below(items.len()), dice.below(items.len()));
            Change::Move { list: at, from, to }
        }
        (Some(Value::Map(_)), 0..=3) => Change::Set {
            path: key(dice.of(&["deadline", "note", "own"]), &at),
            value: some_value(dice, 0),
        },
        (_, 5..) if !at.is_empty() => Change::Remove { path: at },
        _ if at.is_empty() => {
            let wanted = match value {
                Value::Map(_) => key("new", &at),
                _ => vec![Step::At(0)],
            };
            Change::Set { path: wanted, value: some_value(dice, 0) }
        }
        _ => Change::Set { path: at, value: some_value(dice, 0) },
    }
}

fn comments(document: &Document) -> Vec<String> {
    let mut comments: Vec<String> = document.comments.iter().map(|c| c.text.clone()).collect();
    comments.sort();
    comments
}

/// The lines of what a change is about, in the file as it was: an entry with its key or dash, or
/// the list that gets an entry.
fn own_lines(yaml: &str, root: &Node, change: &Change) -> Range<usize> {
    let path = match change {
        Change::Set { path, .. } | Change::Remove { path } => path,
        Change::Insert { list, .. } | Change::Move { list, .. } => list,
        Change::Texts(_) => unreachable!(),
    };
    // Where the only entry goes, the whole list changes.
    let count = |path: &[Step]| match Value::of(root).get(path) {
        Some(Value::List(items)) => items.len(),
        Some(Value::Map(entries)) => entries.len(),
        _ => 0,
    };
    let only = matches!(change, Change::Remove { .. }) && count(&path[..path.len() - 1]) == 1;
    let path = &path[..path.len() - usize::from(only)];
    let mut node = root;
    let mut range = root.span.range();
    for step in path {
        let (next, start) = match (&node.kind, step) {
            (NodeKind::Map(entries), Step::Key(key)) => {
                match entries.iter().find(|entry| &*entry.key == key) {
                    Some(entry) => {
                        let start = entry.key.span().range().start;
                        let flow = yaml[node.span.range()].starts_with('{');
                        // With the comma before it.
                        let from = yaml[..start].rfind(['{', ',']).filter(|_| flow);
                        (&entry.value, from.unwrap_or(start))
                    }
                    None => break,
                }
            }
            (NodeKind::List(items), Step::At(at)) => {
                let item = &items[*at];
                let start = item.span.range().start;
                // The dash may stand on a line above.
                (item, yaml[..start].rfind(['-', '[', ',']).unwrap_or(start))
            }
            _ => break,
        };
        let end = super::super::doc::place(next).end.max(start);
        range = start..end;
        node = next;
    }
    range
}

/// Which lines differ, as a diff by common lines at both ends shows it: `(first, last)` of the
/// old text, from 0.
fn patched_lines(yaml: &str, patches: &[crate::edit::Patch]) -> Vec<(usize, usize)> {
    let line = |at: usize| yaml[..at].matches('\n').count();
    patches.iter().map(|p| (line(p.range.start), line(p.range.end))).collect()
}

/// A file of the sample.
fn sample(dice: &mut Dice) -> String {
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/");
    let items = format!("2025-yaodian/items/{}", SAMPLE[dice.below(SAMPLE.len())]);
    let name = match dice.below(4) {
        0 => "units.yaml",
        1 => "2025-yaodian/notice.yaml",
        _ => &items,
    };
    let text = std::fs::read_to_string(format!("{content}{name}")).unwrap();
    if dice.one_in(4) { format!("\u{feff}{}", text.replace('\n', "\r\n")) } else { text }
}

const SAMPLE: &[&str] = &[
    "01-jichusheshi.yaml",
    "04-shujuyaosu.yaml",
    "06-minshengfuwu.yaml",
    "08-fazhanbaozhang.yaml",
];

struct Tally {
    made: usize,
    refused: Vec<String>,
}

fn run(seeds: Range<u64>) -> Tally {
    let mut tally = Tally { made: 0, refused: Vec::new() };
    for seed in seeds {
        let mut dice = Dice::new(seed);
        let yaml = if seed % 5 == 4 { sample(&mut dice) } else { document(&mut dice) };
        let source = Source::new("a.yaml", yaml.clone());
        let (before, problems) = parse(&source);
        if problems.has_errors() {
            panic!("seed {seed}: the generator wrote no YAML: {problems:#?}\n{yaml}");
        }
        let value = read(&yaml);
        let change = some_change(&mut dice, &value);
        let mut intended = value.clone();
        change.make(&mut intended, |there, _| there.len()).unwrap();
        let options = Options { write_out: dice.one_in(2), ..Options::default() };
        let planned = match plan(&source, std::slice::from_ref(&change), options) {
            Ok(planned) => planned,
            Err(problems) => {
                let code = problems.iter().last().unwrap().code;
                if !matches!(code, "edit-alias" | "edit-anchor") || options.write_out {
                    tally.refused.push(format!("seed {seed}: {code} {change:?}\n{yaml}"));
                }
                continue;
            }
        };
        tally.made += 1;
        let context = || format!("seed {seed}: {change:?}\n{yaml}\n----\n{}", planned.text);
        let new = Source::new("a.yaml", planned.text.clone());
        let (after, problems) = parse(&new);
        assert!(!problems.has_errors(), "{problems:#?} {}", context());
        let read = after.root.as_ref().map_or(Value::Blank, Value::of);
        assert!(same_fields(&intended, &read), "{}", context());
        assert_eq!(comments(&before), comments(&after), "{}", context());
        assert_eq!(patched(&yaml, &planned.patches).as_ref(), Some(&planned.text));
        let back = inverse(&yaml, &planned.patches);
        assert_eq!(patched(&planned.text, &back).as_ref(), Some(&yaml), "{}", context());
        if yaml.contains("\r\n") {
            assert_eq!(
                planned.text.matches('\n').count(),
                planned.text.matches("\r\n").count(),
                "{}",
                context()
            );
        }
        if !options.write_out {
            let root = before.root.as_ref().unwrap();
            let own = own_lines(&yaml, root, &change);
            let line = |at: usize| yaml[..at].matches('\n').count();
            // Empty lines around, comments below, and the line where the next one begins.
            let slack = |at: usize, up: bool| {
                let lines: Vec<&str> = yaml.lines().collect();
                let mut at = at;
                let free = |at: usize| {
                    lines.get(at).is_none_or(|l| l.trim().is_empty() || l.trim().starts_with('#'))
                };
                while if up { at > 0 && free(at - 1) } else { at + 1 < lines.len() && free(at + 1) }
                {
                    at = if up { at - 1 } else { at + 1 };
                }
                at
            };
            let first = slack(line(own.start), true);
            let last = slack(line(own.end), false) + 1;
            for (from, to) in patched_lines(&yaml, &planned.patches) {
                assert!(
                    first <= from && to <= last,
                    "lines {from}..{to} of {first}..{last} {}",
                    context()
                );
            }
        }
    }
    tally
}

/// The order of fields is the file's affair.
fn same_fields(wanted: &Value, read: &Value) -> bool {
    match (wanted, read) {
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| {
                    b.iter().any(|(k, other)| k == key && same_fields(value, other))
                })
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_fields(a, b))
        }
        (a, b) => a.is_met_by(b),
    }
}

/// 2,000 changes where `YINFA_LONG` is set, else some.
#[test]
fn many_changes() {
    let count = if std::env::var_os("YINFA_LONG").is_some() { 2000 } else { 400 };
    let tally = run(0..count);
    let shown = tally.refused.iter().take(30).cloned().collect::<Vec<_>>().join("\n====\n");
    println!("{} changes made, {} not", tally.made, tally.refused.len());
    // What is written in an unusual way is refused, which must be rare.
    assert!(tally.refused.len() * 100 < tally.made, "{} refused\n{shown}", tally.refused.len());
}
