//! Changes of records that somebody asks for: made together, looked at as a whole, written or only
//! shown.

use std::collections::{BTreeMap, BTreeSet};

use base::diag::{Diagnostic, Diagnostics, Lang, Severity, Source, Span};
use base::text;
use records::content::{self, yaml};
use records::edit::{
    self, Editing, FileEdit, NewItem, Place, Position, Step, Value, find, find_item, value_of,
};
use records::publication::{Prepared, prepare};

use super::{Failure, Session, clean_id};
use crate::archive::{Bag, bags};
use crate::send::ledger::{Ledger, Status};

/// What somebody asks for.
#[derive(Debug)]
pub(crate) enum Wish {
    Set {
        target: String,
        field: String,
        values: Typed,
    },
    Unset {
        target: String,
        field: String,
    },
    Add {
        target: String,
        list: String,
        values: Typed,
        at: Option<usize>,
    },
    Move {
        target: String,
        list: String,
        from: usize,
        to: usize,
    },
    AddItem {
        publication: Option<String>,
        section: Option<String>,
        fields: Vec<(String, Typed)>,
        beside: Option<Beside>,
    },
    RemoveItem {
        item: String,
    },
    MoveItem {
        item: String,
        beside: Beside,
    },
    RenameUnit {
        old: String,
        new: String,
        full_name: Option<String>,
    },
    GiveIds {
        publications: Vec<String>,
    },
    Undo,
}

/// A value as it was typed.
#[derive(Debug, Clone)]
pub(crate) enum Typed {
    /// Words, which the schema says how to take.
    Words(Vec<String>),
    /// YAML.
    Yaml(String),
}

/// A place beside an item.
#[derive(Debug)]
pub(crate) enum Beside {
    Before(String),
    After(String),
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct EditOptions {
    /// Shows what would change.
    pub(crate) dry_run: bool,
    /// Writes out values behind aliases that stand in the way.
    pub(crate) write_out: bool,
}

/// What was changed, or would be.
#[derive(Debug, Default)]
pub(crate) struct Edited {
    pub(crate) files: Vec<FileEdit>,
    /// Where the old name of a renamed unit still stands in texts.
    pub(crate) mentions: Vec<Span>,
    /// Issued publications that keep the old name.
    pub(crate) kept: Vec<String>,
    pub(crate) written: bool,
}

/// Does what somebody asks for, or says why nothing was changed.
pub(crate) fn edit(
    session: &Session,
    wish: &Wish,
    options: EditOptions,
    now: &dyn Fn() -> jiff::Timestamp,
) -> Result<Edited, Failure> {
    let project = &session.project;
    let mut edited = Edited::default();
    if matches!(wish, Wish::Undo) {
        edited.files = edit::last(&project.root).map_err(Failure::of_input)?;
    } else {
        let prepared = session.prepare(&[])?;
        let issued = issued(session, now)?;
        let mut editing = Editing::new(project, options.write_out);
        make(session, &prepared, wish, &issued, &mut editing, &mut edited)
            .map_err(Failure::of_input)?;
        edited.files = editing.finish();
        // An id changes nothing that was printed.
        if !matches!(wish, Wish::GiveIds { .. }) {
            refuse_issued(session, &edited.files, &issued).map_err(Failure::of_input)?;
        }
        let problems = new_problems(session, &prepared, &edited.files)?;
        if problems.has_errors() {
            return Err(Failure::of_input(problems));
        }
    }
    if !options.dry_run {
        edit::apply(&project.root, &edited.files).map_err(Failure::of_input)?;
        edited.written = true;
    }
    Ok(edited)
}

fn make(
    session: &Session,
    prepared: &[Prepared],
    wish: &Wish,
    issued: &BTreeSet<String>,
    editing: &mut Editing<'_>,
    edited: &mut Edited,
) -> Result<(), Diagnostics> {
    let project = &session.project;
    match wish {
        Wish::Set { target, field, values } => {
            let place = find(project, prepared, target)?;
            let field = path(field)?;
            let value = value(&place, &field, values)?;
            editing.set(&place, &field, value)
        }
        Wish::Unset { target, field } => {
            let place = find(project, prepared, target)?;
            editing.remove(&place, &path(field)?)
        }
        Wish::Add { target, list, values, at } => {
            let place = find(project, prepared, target)?;
            let list = path(list)?;
            let entry = [&list[..], &[Step::At(0)]].concat();
            let value = value(&place, &entry, values)?;
            editing.insert(&place, &list, *at, value)
        }
        Wish::Move { target, list, from, to } => {
            let place = find(project, prepared, target)?;
            editing.shift(&place, &path(list)?, *from, *to)
        }
        Wish::AddItem { publication, section, fields, beside } => {
            let position = match beside {
                None => Position::Last,
                Some(beside) => at(prepared, beside)?,
            };
            let of_neighbour = match &position {
                Position::Before(place) | Position::After(place) => place.publication.clone(),
                Position::Last => None,
            };
            let id = match (publication, of_neighbour) {
                (Some(id), _) => clean_id(id),
                (None, Some(id)) => id,
                (None, None) => only(prepared)?,
            };
            let fields = fields.iter().map(|(key, typed)| {
                let step = [Step::Key(key.clone())];
                // The schema is that of an item file, wherever the item goes.
                let place = Place {
                    file: "items.yaml".into(),
                    path: Vec::new(),
                    publication: None,
                    item: None,
                };
                Ok((key.clone(), value(&place, &step, typed)?))
            });
            let fields = fields.collect::<Result<Vec<_>, Diagnostics>>()?;
            editing.add_item(&id, NewItem { section: section.clone(), fields, position })
        }
        Wish::RemoveItem { item } => editing.remove_item(&find_item(prepared, item)?),
        Wish::MoveItem { item, beside } => {
            editing.move_item(&find_item(prepared, item)?, &at(prepared, beside)?)
        }
        Wish::RenameUnit { old, new, full_name } => {
            let renamed = editing.rename_unit(old, new, full_name.as_deref(), issued)?;
            edited.mentions = renamed.mentions;
            edited.kept = renamed.kept;
            Ok(())
        }
        Wish::GiveIds { publications } => {
            let ids: Vec<String> = match publications.is_empty() {
                true => project.publications.iter().map(|p| p.id.clone()).collect(),
                false => publications.iter().map(|id| clean_id(id)).collect(),
            };
            ids.iter().try_for_each(|id| editing.give_ids(id).map(|_| ()))
        }
        Wish::Undo => Ok(()),
    }
}

fn at(prepared: &[Prepared], beside: &Beside) -> Result<Position, Diagnostics> {
    Ok(match beside {
        Beside::Before(item) => Position::Before(find_item(prepared, item)?),
        Beside::After(item) => Position::After(find_item(prepared, item)?),
    })
}

/// The one publication of a project that has one.
fn only(prepared: &[Prepared]) -> Result<String, Diagnostics> {
    if let [one] = prepared {
        return Ok(one.id.clone());
    }
    let list = prepared.iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join("、");
    Err(Diagnostic::error(
        "edit-publication",
        text!("没有写明是哪一份通知", "it is not said which publication is meant"),
    )
    .help(text!("可以写：{list}", "there are: {list}"))
    .into())
}

/// `targets.1.ge`: keys, and entries of lists from 1.
fn path(field: &str) -> Result<Vec<Step>, Diagnostics> {
    let step = |step: &str| match step.parse::<usize>() {
        Ok(0) => None,
        Ok(number) => Some(Step::At(number - 1)),
        Err(_) => (!step.is_empty()).then(|| Step::Key(step.to_owned())),
    };
    field.split('.').map(step).collect::<Option<Vec<_>>>().ok_or_else(|| {
        Diagnostic::error(
            "edit-field",
            text!("“{field}”不是字段的写法", "“{field}” names no field"),
        )
        .help(text!(
            "写键名，里层的用点分开，列表里的序号从 1 数起：targets.1.ge",
            "write its key, inner ones behind dots, entries of lists from 1: `targets.1.ge`"
        ))
        .into()
    })
}

fn value(place: &Place, field: &[Step], typed: &Typed) -> Result<Value, Diagnostics> {
    match typed {
        Typed::Words(words) => Ok(value_of(&place.file, &[&place.path[..], field].concat(), words)),
        Typed::Yaml(text) => {
            let (document, problems) = yaml::parse(&Source::new("--yaml", text.as_str()));
            if problems.has_errors() {
                return Err(problems);
            }
            Ok(document.root.as_ref().map_or(Value::Blank, Value::of))
        }
    }
}

/// The publications that were sent as final, or archived: their texts stay.
fn issued(
    session: &Session,
    now: &dyn Fn() -> jiff::Timestamp,
) -> Result<BTreeSet<String>, Failure> {
    let mut issued = BTreeSet::new();
    if let Some(ledger) = Ledger::read(&session.project.root, now)? {
        let deliveries = ledger.deliveries(None)?;
        let out = deliveries.into_iter().filter(|delivery| {
            delivery.draft.is_none()
                && !matches!(delivery.status, Status::Planned | Status::Failed | Status::Deferred)
        });
        issued.extend(out.map(|delivery| delivery.publication));
    }
    let folder = session.archive(None);
    for bag in bags(&folder).unwrap_or_default() {
        // What is no sound package says nothing.
        if let Ok(bag) = Bag::open(&bag) {
            issued.insert(bag.metadata.content.publication.clone());
        }
    }
    Ok(issued)
}

fn refuse_issued(
    session: &Session,
    files: &[FileEdit],
    issued: &BTreeSet<String>,
) -> Result<(), Diagnostics> {
    let mut problems = Diagnostics::new();
    for id in issued {
        let folder = format!("{}/{id}/", content::CONTENT);
        // Returns are no part of what was issued.
        let progress = format!("{}/", content::PROGRESS);
        let of_text = |file: &&FileEdit| {
            file.path.strip_prefix(&folder).is_some_and(|rest| !rest.starts_with(&progress))
        };
        let Some(file) = files.iter().find(of_text) else { continue };
        let place = session.project.publications.iter().flat_map(|p| &p.sources);
        let place = place.into_iter().find(|source| source.path() == file.path);
        let mut problem = Diagnostic::error(
            "edit-issued",
            text!("“{id}”已经发出或归档，文字不能再改", "“{id}” was sent or archived: its text stays"),
        )
        .help(text!(
            "文件有错的，发更正（改好后用 yinfa send 发更正，归档为新版本）；年中调整任务的，记作调整，不改原文",
            "a mistake is corrected by a 更正 (sent and archived as a new version), a change in the year is an 调整 beside the text"
        ));
        if let Some(source) = place {
            problem = problem.at(&Span::file(source.clone()));
        }
        problems.push(problem);
    }
    if problems.has_errors() { Err(problems) } else { Ok(()) }
}

/// Errors that the records have after an edit and did not have before.
fn new_problems(
    session: &Session,
    before: &[Prepared],
    files: &[FileEdit],
) -> Result<Diagnostics, Failure> {
    if files.is_empty() {
        return Ok(Diagnostics::new());
    }
    let texts: BTreeMap<String, String> =
        files.iter().filter_map(|f| Some((f.path.clone(), f.after.clone()?))).collect();
    let project =
        content::load_changed(&session.project.root, &texts).map_err(Failure::of_input)?;
    let after = Session { project };
    let prepared = prepare(&after.project, |_| true);
    // Places and names in messages change; that there are more of a kind does not happen by itself.
    let errors = |problems: &Diagnostics| {
        let mut found: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for problem in problems.iter().filter(|problem| problem.severity == Severity::Error) {
            let words = problem.message.get(Lang::En).to_owned();
            found.entry(problem.code).or_default().push(words);
        }
        found
    };
    let (old, now) = (session.problems(before), after.problems(&prepared));
    let (old, count) = (errors(&old), errors(&now));
    let none = Vec::new();
    let mut new = Diagnostics::new();
    for (code, words) in &count {
        let known = old.get(code).unwrap_or(&none);
        if words.len() <= known.len() {
            continue;
        }
        let unknown = |words: &str| !known.iter().any(|known| known == words);
        let some = words.iter().any(|words| unknown(words));
        new.extend(
            now.iter()
                .filter(|problem| {
                    problem.code == *code
                        && problem.severity == Severity::Error
                        && (!some || unknown(problem.message.get(Lang::En)))
                })
                .cloned(),
        );
    }
    if new.has_errors() {
        new.push(
            Diagnostic::error(
                "edit-refused",
                text!(
                    "没有改动：改后记录会有上面的错误",
                    "nothing was changed: the records would have the errors above"
                ),
            )
            .help(text!("核对所写的内容", "check what you wrote")),
        );
    }
    Ok(new)
}
