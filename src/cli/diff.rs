//! `yinfa diff`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::Exit;
use super::args::{self, DiffFormat};
use super::environment::Environment;
use super::report::{self, Reporter};
use crate::archive::looks_like_bag;
use crate::catalog::diff::{DiffView, Entry, Row, diff};
use crate::catalog::{Document, document_of_bag, of_publication};
use crate::session::{Failure, Session, clean_id, load_templates, unknown_publication};
use base::diag::Lang;
use base::text;
use records::content;
use records::publication::prepare;

pub(super) fn run(
    args: &args::Diff,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let side = |given: &str| document(given, args, environment);
    let (old, new) = (side(&args.old)?, side(&args.new)?);
    let view = diff(&old, &new);
    let text = match args.format {
        DiffFormat::Json => {
            let json = serde_json::to_string_pretty(&view).unwrap_or_default();
            report::json_escaped(&json) + "\n"
        }
        DiffFormat::Html => report::html_escaped(&html(&view, environment)?),
        DiffFormat::Human => human(&view, reporter.lang),
    };
    report::output(&text);
    Ok(Exit::Fine)
}

/// A publication by what was written on the command line.
fn document(
    given: &str,
    args: &args::Diff,
    environment: &Environment,
) -> Result<Document, Failure> {
    let folder = environment.place(Path::new(given));
    if looks_like_bag(&folder) {
        return document_of_bag(&folder).map_err(Failure::of_input);
    }
    let is_publication = folder.join("notice.yaml").is_file();
    let root = match content::find_root(&folder).filter(|_| is_publication) {
        Some(root) => root,
        None => args.root.find(environment)?,
    };
    let session = Session::open(&root)?;
    let id = if is_publication { id_of(&folder, &root) } else { clean_id(given) };
    of_session(&id, &session)
}

/// The id of a publication by its folder.
fn id_of(folder: &Path, root: &Path) -> String {
    let real = |path: &Path| -> PathBuf { path.canonicalize().unwrap_or_else(|_| path.into()) };
    content::display(&real(root).join("content"), &real(folder))
}

fn of_session(id: &str, session: &Session) -> Result<Document, Failure> {
    let Some(prepared) = prepare(&session.project, |other| other == id).pop() else {
        let message = text!(
            "没有“{id}”这份通知，也没有这个归档包",
            "there is no publication and no package “{id}”"
        );
        return Err(unknown_publication(id, &session.project, message).into());
    };
    match &prepared.publication {
        Some(publication) if !prepared.diags.has_errors() => Ok(of_publication(publication)),
        _ => Err(Failure::of_input(prepared.diags)),
    }
}

fn html(view: &DiffView, environment: &Environment) -> Result<String, Failure> {
    let root = content::find_root(&environment.machine.folder);
    let (templates, _) = load_templates(root.as_deref())?;
    templates.render("catalog/diff.html", view).map_err(Failure::of_input)
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
