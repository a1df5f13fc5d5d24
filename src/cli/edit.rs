//! `yinfa edit`.

use serde::Serialize;

use super::Exit;
use super::args::{self, EditWhat, HowToEdit};
use super::environment::Environment;
use super::report::{self, Reporter};
use crate::session::{Beside, EditOptions, Edited, Failure, Typed, Wish, edit};
use base::diag::Span;
use base::text;
use records::edit::{Hunk, diff};

/// How many places of a name that is left in texts are shown.
const SHOWN: usize = 10;

pub(super) fn run(
    args: &args::Edit,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let (wish, how) = wish(&args.what);
    let session = how.root.open(environment)?;
    let options = EditOptions { dry_run: how.dry_run, write_out: how.write_out };
    let edited = edit(&session, &wish, options, &jiff::Timestamp::now)?;
    if how.format.is_json() {
        report::output(&json(&edited));
    } else {
        show(&edited, how.dry_run, reporter);
    }
    Ok(Exit::Fine)
}

fn wish(what: &EditWhat) -> (Wish, &HowToEdit) {
    let typed = |words: &[String], yaml: bool| match yaml {
        true => Typed::Yaml(words.join(" ")),
        false => Typed::Words(words.to_vec()),
    };
    let from_one = |number: u32| usize::try_from(number.saturating_sub(1)).unwrap_or_default();
    match what {
        EditWhat::Set(args) => {
            let values = typed(&args.value, args.yaml);
            let (target, field) = (args.target.clone(), args.field.clone());
            (Wish::Set { target, field, values }, &args.how)
        }
        EditWhat::Unset(args) => {
            let (target, field) = (args.target.clone(), args.field.clone());
            (Wish::Unset { target, field }, &args.how)
        }
        EditWhat::Add(args) => {
            let values = typed(std::slice::from_ref(&args.value), args.yaml);
            let at = args.at.map(from_one);
            let (target, list) = (args.target.clone(), args.list.clone());
            (Wish::Add { target, list, values, at }, &args.how)
        }
        EditWhat::Move(args) => {
            let (from, to) = (from_one(args.from), from_one(args.to));
            let (target, list) = (args.target.clone(), args.list.clone());
            (Wish::Move { target, list, from, to }, &args.how)
        }
        EditWhat::AddItem(args) => {
            let one = |word: &String| Typed::Words(vec![word.clone()]);
            let mut fields = vec![("text".to_owned(), one(&args.text))];
            if !args.units.is_empty() {
                fields.push(("units".to_owned(), Typed::Words(vec![args.units.join("、")])));
            }
            let targets = args.targets.clone();
            fields.extend(targets.map(|yaml| ("targets".to_owned(), Typed::Yaml(yaml))));
            fields.extend(args.deadline.as_ref().map(|when| ("deadline".to_owned(), one(when))));
            let before = args.before.clone().map(Beside::Before);
            let beside = before.or_else(|| args.after.clone().map(Beside::After));
            let (publication, section) = (args.publication.clone(), args.section.clone());
            (Wish::AddItem { publication, section, fields, beside }, &args.how)
        }
        EditWhat::RemoveItem(args) => (Wish::RemoveItem { item: args.item.clone() }, &args.how),
        EditWhat::MoveItem(args) => {
            let before = args.before.clone().map(Beside::Before);
            let after = || Beside::After(args.after.clone().unwrap_or_default());
            let (item, beside) = (args.item.clone(), before.unwrap_or_else(after));
            (Wish::MoveItem { item, beside }, &args.how)
        }
        EditWhat::RenameUnit(args) => {
            let (old, new) = (args.old.clone(), args.new.clone());
            (Wish::RenameUnit { old, new, full_name: args.full_name.clone() }, &args.how)
        }
        EditWhat::GiveIds(args) => {
            (Wish::GiveIds { publications: args.publication.clone() }, &args.how)
        }
        EditWhat::Undo(args) => (Wish::Undo, &args.how),
    }
}

fn show(edited: &Edited, dry_run: bool, reporter: &Reporter) {
    if dry_run {
        report::output(&shown_diff(edited));
    } else {
        for file in &edited.files {
            let hunks = diff(file);
            let lines: Vec<String> =
                hunks.iter().take(SHOWN).map(|hunk| hunk.line.to_string()).collect();
            let more = if hunks.len() > SHOWN { "…" } else { "" };
            let (path, lines) = (&file.path, lines.join("、"));
            let english = lines.replace('、', ", ");
            reporter.message(&match (&file.before, &file.after) {
                (None, _) => text!("新建 {path}", "{path} made"),
                (_, None) => text!("删去 {path}", "{path} removed"),
                _ => {
                    text!("改了 {path} 第 {lines}{more} 行", "{path} changed: line {english}{more}")
                }
            });
        }
    }
    if edited.files.is_empty() {
        reporter.message(&text!("已经是这样，没有改动", "it is so already: nothing was changed"));
    }
    if !edited.kept.is_empty() {
        let ids = edited.kept.join("、");
        reporter.message(&text!(
            "已发出或归档的通知保留旧名称：{ids}",
            "what was sent or archived keeps the old name: {ids}"
        ));
    }
    if !edited.mentions.is_empty() {
        let count = edited.mentions.len();
        reporter.message(&text!(
            "旧名称还在 {count} 处文字里，没有改，请看一看：",
            "the old name still stands in {count} places of texts, which were left: have a look"
        ));
        for span in edited.mentions.iter().take(SHOWN) {
            let place = place(span);
            reporter.message(&text!("  {place}", "  {place}"));
        }
    }
}

fn place(span: &Span) -> String {
    let at = span.start();
    format!("{}:{}:{}", span.source().path(), at.line, at.column)
}

/// The lines that change, as `diff -u0` shows them.
fn shown_diff(edited: &Edited) -> String {
    let mut shown = String::new();
    for file in &edited.files {
        let (old, new) = match (&file.before, &file.after) {
            (None, _) => ("/dev/null", file.path.as_str()),
            (_, None) => (file.path.as_str(), "/dev/null"),
            _ => (file.path.as_str(), file.path.as_str()),
        };
        shown.push_str(&format!("--- {old}\n+++ {new}\n"));
        let mut shift = 0i64;
        for hunk in diff(file) {
            let (come, gone) = (hunk.new.len(), hunk.old.len());
            let count = |lines: usize| i64::try_from(lines).unwrap_or_default();
            // Of lines that only come or go, the line before them is told.
            let from = hunk.line - usize::from(gone == 0);
            let to = count(hunk.line) + shift - i64::from(come == 0);
            shown.push_str(&format!("@@ -{from},{gone} +{to},{come} @@\n"));
            hunk.old.iter().for_each(|line| shown.push_str(&format!("-{line}\n")));
            hunk.new.iter().for_each(|line| shown.push_str(&format!("+{line}\n")));
            shift += count(come) - count(gone);
        }
    }
    shown
}

#[derive(Serialize)]
struct Report<'a> {
    written: bool,
    files: Vec<File<'a>>,
    mentions: Vec<String>,
    kept: &'a [String],
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    created: bool,
    removed: bool,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    line: usize,
    old: Vec<String>,
    new: Vec<String>,
}

fn json(edited: &Edited) -> String {
    let change = |Hunk { line, old, new }| Change { line, old, new };
    let files = edited.files.iter().map(|file| File {
        path: &file.path,
        created: file.before.is_none(),
        removed: file.after.is_none(),
        changes: diff(file).into_iter().map(change).collect(),
    });
    let report = Report {
        written: edited.written && !edited.files.is_empty(),
        files: files.collect(),
        mentions: edited.mentions.iter().map(place).collect(),
        kept: &edited.kept,
    };
    serde_json::to_string_pretty(&report).map(|text| text + "\n").unwrap_or_default()
}
