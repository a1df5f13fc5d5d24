//! `yinfa diff`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::environment::Environment;
use super::report::{self, Reporter};
use super::{Exit, open};
use crate::archive::looks_like_bag;
use crate::catalog::diff::{DiffView, Entry, Row, diff};
use crate::catalog::{Document, document_of_bag, of_publication};
use base::diag::{Diagnostic, Lang};
use base::nearest::closest;
use base::text;
use pages::render::Templates;
use records::content::{self, Project};
use records::publication::prepare;

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    Exit::of(try_run(matches, environment, reporter))
}

fn try_run(
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Exit> {
    let word = |name: &str| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let side = |name: &str| document(&word(name), matches, environment, reporter);
    let (old, new) = (side("old")?, side("new")?);
    let view = diff(&old, &new);
    let text = match word("format").as_str() {
        "json" => serde_json::to_string_pretty(&view).unwrap_or_default() + "\n",
        "html" => html(&view, environment, reporter)?,
        _ => human(&view, reporter.lang),
    };
    report::output(&text);
    Ok(Exit::Fine)
}

/// A publication by what was written on the command line.
fn document(
    given: &str,
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Document, Exit> {
    let folder = environment.folder.join(given);
    if looks_like_bag(&folder) {
        return document_of_bag(&folder).map_err(|problem| {
            reporter.problem(problem);
            Exit::Problems
        });
    }
    let is_publication = folder.join("notice.yaml").is_file();
    let root = match content::find_root(&folder).filter(|_| is_publication) {
        Some(root) => root,
        None => open::root(matches, environment, reporter)?,
    };
    let project = content::load(&root).map_err(|problem| {
        reporter.problem(problem);
        Exit::Problems
    })?;
    let id = if is_publication { id_of(&folder, &root) } else { open::clean(given) };
    of_project(&id, &project, reporter)
}

/// The id of a publication by its folder.
fn id_of(folder: &Path, root: &Path) -> String {
    let real = |path: &Path| -> PathBuf { path.canonicalize().unwrap_or_else(|_| path.into()) };
    content::display(&real(root).join("content"), &real(folder))
}

fn of_project(id: &str, project: &Project, reporter: &Reporter) -> Result<Document, Exit> {
    let Some(prepared) = prepare(project, |other| other == id).pop() else {
        let ids: Vec<&str> = project.publications.iter().map(|p| p.id.as_str()).collect();
        let list = ids.join("、");
        let problem = Diagnostic::error(
            "publication-unknown",
            text!(
                "没有“{id}”这份通知，也没有这个归档包",
                "there is no publication and no package “{id}”"
            ),
        );
        reporter.problem(problem.help(match closest(id, ids.iter().copied()) {
            Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
            None => text!("content 里有：{list}", "content/ has: {list}"),
        }));
        return Err(Exit::CannotRun);
    };
    match &prepared.publication {
        Some(publication) if !prepared.diags.has_errors() => Ok(of_publication(publication)),
        _ => {
            reporter.problems(&prepared.diags);
            Err(Exit::Problems)
        }
    }
}

fn html(view: &DiffView, environment: &Environment, reporter: &Reporter) -> Result<String, Exit> {
    let folder = content::find_root(&environment.folder).map(|root| root.join("templates"));
    let (templates, _) = Templates::load(folder.as_deref()).map_err(|problems| {
        reporter.problems(&problems);
        Exit::Problems
    })?;
    templates.render("catalog/diff.html", view).map_err(|problem| {
        reporter.problem(problem);
        Exit::Problems
    })
}

fn human(view: &DiffView, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let t = |zh_text: &'static str, en: &'static str| if zh { zh_text } else { en };
    let mut text = String::new();
    for (label, side) in [(t("旧", "old"), &view.old), (t("新", "new"), &view.new)] {
        let number = side.number.as_deref().map(|number| format!("  {number}")).unwrap_or_default();
        let _ = writeln!(text, "{label}  {}{number}", side.title);
    }
    let counts = &view.counts;
    let _ = writeln!(
        text,
        "\n{} {}  {} {}  {} {}  {} {}  {} {}",
        t("目标调整", "target changed"),
        counts.target,
        t("牵头调整", "lead changed"),
        counts.lead,
        t("新增", "new"),
        counts.added,
        t("未再列入", "dropped"),
        counts.dropped,
        t("延续", "carried over"),
        counts.carried
    );
    rows(&mut text, t("目标或牵头单位有调整", "target or lead changed"), &view.changed, zh);
    entries(&mut text, t("新增", "new"), '+', &view.added);
    entries(&mut text, t("未再列入", "dropped"), '-', &view.dropped);
    rows(&mut text, t("延续", "carried over"), &view.carried, zh);
    text
}

fn rows(text: &mut String, heading: &str, rows: &[Row], zh: bool) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{heading}");
    for row in rows {
        let words = if zh {
            row.words.join("、")
        } else {
            let keys = row.changes.iter().filter_map(|change| {
                serde_json::to_value(change).ok()?.as_str().map(str::to_string)
            });
            keys.collect::<Vec<_>>().join(", ")
        };
        let words = if words.is_empty() { String::new() } else { format!("  [{words}]") };
        let _ = writeln!(
            text,
            "  {:>4} → {:<4}{words}  {}",
            row.old.label,
            row.new.label,
            short(&row.new.text)
        );
        if !row.old_figures.is_empty() || !row.new_figures.is_empty() {
            let side = |side: &[String]| match side {
                [] => "—".to_string(),
                side => side.join("、"),
            };
            let (old, new) = (side(&row.old_figures), side(&row.new_figures));
            let _ = writeln!(text, "              {old} → {new}");
        }
        if row.old.lead != row.new.lead {
            let (old, new) = (row.old.lead.join("、"), row.new.lead.join("、"));
            let _ = writeln!(text, "              {old} → {new}");
        }
    }
}

fn entries(text: &mut String, heading: &str, sign: char, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{heading}");
    for entry in entries {
        let _ = writeln!(text, "  {sign} {:>4}  {}", entry.label, short(&entry.text));
    }
}

/// A text on one line that is not too long.
fn short(text: &str) -> String {
    const LONGEST: usize = 48;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
