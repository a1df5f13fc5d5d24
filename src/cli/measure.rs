//! `yinfa measure`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::environment::Environment;
use super::report::{self, Reporter};
use super::table::table;
use super::{Exit, args};
use crate::session::{Failure, font_settings, load_fonts};
use base::diag::{Diagnostic, Diagnostics, Lang};
use base::text;
use pages::build;
use pages::measure::{
    ClauseReport, Expected, Has, Report, ReportJson, Settings, Sight, Verdict, measure,
};
use pages::render::Templates;
use pages::typeset::{EmbeddedEngine, Fonts, Standards};
use records::publication::Prepared;
use records::view;

/// A report with what was measured.
#[derive(Debug, Serialize)]
struct Measured<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    publication: Option<&'a str>,
    #[serde(flatten)]
    report: ReportJson,
}

pub(super) fn run(
    args: &args::Measure,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    match &args.pdf {
        Some(path) => pdf_file(path, args, environment, reporter),
        None => publications(args, environment, reporter),
    }
}

/// Measures a PDF that somebody else wrote: nothing is known of what it should print.
fn pdf_file(
    path: &Path,
    args: &args::Measure,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let name = path.display().to_string();
    let bytes = fs::read(environment.place(path)).map_err(|error| {
        let message = text!("读不出“{name}”", "“{name}” cannot be read");
        Diagnostic::error("file-unreadable", message).detail(error.to_string())
    })?;
    let pages = pdf::pages(bytes, &name)?;
    let report = measure(&pages, &Expected::default(), &Settings::foreign());
    let lang = reporter.lang;
    if args.format.is_json() {
        let measured = Measured { publication: None, report: report.json(lang) };
        report::output(&json(&[measured]));
    } else {
        report::output(&human(&name, &report, lang));
    }
    Ok(if report.passes() { Exit::Fine } else { Exit::Problems })
}

fn json(measured: &[Measured<'_>]) -> String {
    let json = serde_json::to_string_pretty(measured).unwrap_or_default();
    report::json_escaped(&json) + "\n"
}

fn publications(
    args: &args::Measure,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let session = args.root.open(environment)?;
    let project = &session.project;
    let prepared = session.prepare(&args.publications.publication)?;
    reporter.problems(&session.problems(&prepared));
    let (templates, remarks) = session.templates()?;
    reporter.problems(&remarks);
    let options = args.fonts.options(environment);
    let settings = font_settings(&options, Some(project), &environment.machine);
    let (fonts, remarks) = load_fonts(&settings)?;
    reporter.mentions(&remarks);
    let engine = EmbeddedEngine::new(fonts.clone(), Standards::default());

    let mut exit = if project.files.has_errors() { Exit::Problems } else { Exit::Fine };
    let mut reports = Vec::new();
    for one in &prepared {
        match measure_one(one, &templates, &fonts, &engine) {
            Ok(report) => reports.push((one.id.as_str(), report)),
            Err(diags) => {
                reporter.problems(&diags);
                exit = Exit::Problems;
            }
        }
    }
    let lang = reporter.lang;
    if args.format.is_json() {
        let list: Vec<Measured<'_>> = reports
            .iter()
            .map(|(id, report)| Measured { publication: Some(id), report: report.json(lang) })
            .collect();
        report::output(&json(&list));
    } else {
        for (id, report) in &reports {
            report::output(&human(id, report, lang));
        }
    }
    if reports.iter().any(|(_, report)| !report.passes()) {
        exit = Exit::Problems;
    }
    Ok(exit)
}

fn measure_one(
    one: &Prepared,
    templates: &Templates,
    fonts: &Fonts,
    engine: &EmbeddedEngine,
) -> Result<Report, Diagnostics> {
    let Some(publication) = one.publication.as_ref().filter(|_| !one.diags.has_errors()) else {
        return Err(one.diags.clone());
    };
    let job = build::notice_job(publication, templates, fonts, engine)?;
    let laid = engine.lay_out(&job)?;
    let expected = Expected::from(&view::notice(publication));
    Ok(measure(&laid.pages(), &expected, &Settings::of(&publication.record.common.layout)))
}

/// A table of the clauses: a row for each that is right, with what is farthest off, and a row
/// for everything that is wrong. Below it, what does not apply.
fn human(name: &str, report: &Report, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let head: &[&str] = if zh {
        &["", "条款", "页", "实测", "要求"]
    } else {
        &["", "clause", "page", "has", "asked"]
    };
    let mut rows = Vec::new();
    let mut not_applicable = Vec::new();
    for clause in &report.clauses {
        match clause.verdict() {
            Verdict::NotApplicable => not_applicable.push(clause.id()),
            Verdict::Pass => rows.extend(farthest(clause).map(|sight| row(clause, sight, lang))),
            Verdict::Fail => {
                let wrong = clause.sights.iter().filter(|sight| !sight.ok);
                rows.extend(wrong.map(|sight| row(clause, sight, lang)));
            }
        }
    }
    let count = |verdict| report.clauses.iter().filter(|c| c.verdict() == verdict).count();
    let (pages, pass, fail) = (report.pages, count(Verdict::Pass), count(Verdict::Fail));
    let none = not_applicable.len();
    let summary = text!(
        "{name}：{pages}页，合格{pass}项，不合格{fail}项，不适用{none}项",
        "{name}: {pages} pages, {pass} clauses pass, {fail} fail, {none} do not apply"
    );
    let mut text = table(head, &rows);
    if !not_applicable.is_empty() {
        let label = if zh { "不适用：" } else { "do not apply: " };
        let between = if zh { "、" } else { ", " };
        let _ = writeln!(text, "{label}{}", not_applicable.join(between));
    }
    let _ = writeln!(text, "{}", summary.get(lang));
    text
}

/// The sight whose length is farthest off.
fn farthest(clause: &ClauseReport) -> Option<&Sight> {
    let off = |sight: &Sight| match (&sight.has, sight.asked) {
        (Has::Mm(has), Some(asked)) => (has - asked).abs(),
        _ => 0.0,
    };
    clause.sights.iter().max_by(|a, b| off(a).total_cmp(&off(b)).then(b.page.cmp(&a.page)))
}

fn row(clause: &ClauseReport, sight: &Sight, lang: Lang) -> Vec<String> {
    let mut asked = clause.asked.get(lang).to_string();
    if let Some(mm) = sight.asked {
        let _ = write!(asked, " [{mm:.2}]");
    }
    vec![
        if sight.ok { "✓" } else { "✗" }.to_string(),
        clause.id(),
        sight.page.to_string(),
        super::table::cut(sight.has.words().get(lang), 40),
        asked,
    ]
}
