//! `yinfa verify`.

use std::fmt::Write as _;
use std::path::Path;

use super::environment::Environment;
use super::report::{self, Reporter};
use super::{Exit, args};
use crate::archive::verify::{
    ArchiveReport, BagReport, Check, Origin, Outcome, Property, not_checked, verdict,
    verify_archive, verify_bag,
};
use crate::archive::{looks_like_bag, rebuild};
use crate::session::Failure;
use base::diag::{Diagnostic, Lang};
use base::text;

pub(super) fn run(
    args: &args::Verify,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let mut all = ArchiveReport::default();
    let mut each = |folder: &Path, found: &mut BagReport| {
        if args.rebuild {
            found.set(rebuilt(folder, found, args, environment));
        }
    };
    let head = args.register_head.as_deref().map(str::trim);
    for path in &args.path {
        let folder = environment.place(path);
        if looks_like_bag(&folder) {
            let mut found = verify_bag(&folder);
            let folder = folder.canonicalize().unwrap_or(folder);
            let beside = folder.parent().unwrap_or(&folder);
            found.set(Origin::of(beside, head).of_bag(&found));
            each(&folder, &mut found);
            all.bags.push(found);
            continue;
        }
        let archive = verify_archive(&folder, head, &mut each)
            .map_err(|error| nothing_to_verify(path, Some(error.to_string())))?;
        if archive.bags.is_empty() {
            return Err(nothing_to_verify(path, None).into());
        }
        all.bags.extend(archive.bags);
        all.archive.extend(archive.archive);
        all.passed_over.extend(archive.passed_over);
    }
    if args.format.is_json() {
        let json = serde_json::to_string_pretty(&all.json(reporter.lang)).unwrap_or_default();
        report::output(&(report::json_escaped(&json) + "\n"));
    } else {
        report::output(&human(&all, reporter.verbose, reporter.lang));
    }
    Ok(if all.is_good() { Exit::Fine } else { Exit::Problems })
}

fn nothing_to_verify(path: &Path, detail: Option<String>) -> Diagnostic {
    let path = path.display();
    let mut problem = Diagnostic::error(
        "nothing-to-verify",
        text!("“{path}”里没有归档包", "there is no package in “{path}”"),
    )
    .help(text!(
        "写归档包的文件夹，或放归档包的文件夹（如 archive）",
        "name the folder of a package, or the folder packages stand in, such as archive/"
    ));
    if let Some(detail) = detail {
        problem = problem.detail(detail);
    }
    problem
}

/// The result of building a package again.
fn rebuilt(
    folder: &Path,
    found: &BagReport,
    args: &args::Verify,
    environment: &Environment,
) -> Check {
    let sound = ["payload-digests", "metadata-readable", "plain-files"]
        .iter()
        .all(|id| found.check(id).is_some_and(|check| check.outcome == Outcome::Passed));
    if !sound {
        return rebuild::not_sound();
    }
    super::rebuild::isolated(folder, args.limits(), args, environment)
        .unwrap_or_else(|error| rebuild::not_started(&error))
}

fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "✓",
        Outcome::Failed => "✗",
        Outcome::Incomplete | Outcome::NotProven => "!",
        Outcome::NotChecked | Outcome::NotApplicable => "-",
    }
}

/// Packages one after the other: the four properties, then each check that says something. What is
/// the same for every package, since no program can check it, is said once at the end.
fn human(all: &ArchiveReport, verbose: bool, lang: Lang) -> String {
    let mut text = String::new();
    for bag in &all.bags {
        head(&mut text, bag);
        properties(&mut text, &bag.checks, lang);
        for check in &bag.checks {
            let beyond = is_beyond(check);
            if verbose
                || (check.outcome.is_problem() || check.outcome == Outcome::NotChecked) && !beyond
            {
                line(&mut text, check, lang);
            }
        }
    }
    if !all.archive.is_empty() {
        let _ = writeln!(text, "{}", text!("全部归档包", "all packages together").get(lang));
        for check in all.archive.iter().filter(|c| verbose || c.outcome != Outcome::NotApplicable) {
            line(&mut text, check, lang);
        }
    }
    for folder in &all.passed_over {
        let passed =
            text!("“{folder}”不是归档包，没有检查", "“{folder}” is no package, not checked");
        let _ = writeln!(text, "- {}", passed.get(lang));
    }
    if let Some(bag) = all.bags.first() {
        let names: Vec<&str> =
            bag.checks.iter().filter(|c| is_beyond(c)).map(|c| name(c, lang)).collect();
        let (zh, en) = (names.join("、"), names.join(", "));
        let beyond = text!(
            "未检查（要由人或别的程序检查）：{zh}",
            "not checked (for somebody or something else to look at): {en}"
        );
        let _ = writeln!(text, "{}", beyond.get(lang));
    }
    let wrong = all.bags.iter().filter(|bag| !bag.is_good()).count();
    let count = all.bags.len();
    let summary =
        text!("{count} 个归档包，{wrong} 个有问题", "packages: {count}, with problems: {wrong}");
    let _ = writeln!(text, "{}", summary.get(lang));
    text
}

/// Whether a check is one that no program can make.
fn is_beyond(check: &Check) -> bool {
    ["viruses", "media", "access-control"].contains(&check.kind.id)
}

fn name(check: &Check, lang: Lang) -> &'static str {
    check.kind.name.get(lang)
}

fn head(text: &mut String, bag: &BagReport) {
    let summary = &bag.summary;
    let more = summary.doc_number.iter().chain(&summary.title);
    let parts: Vec<&str> = [&bag.bag].into_iter().chain(more).map(String::as_str).collect();
    let _ = writeln!(text, "{}", parts.join("  "));
}

fn properties(text: &mut String, checks: &[Check], lang: Lang) {
    let words: Vec<String> = Property::ALL
        .iter()
        .map(|property| {
            let outcome = verdict(checks, *property);
            let (name, word) = (property.name(), outcome.name());
            let skipped = not_checked(checks, *property).len();
            let more = match skipped {
                0 => String::new(),
                _ => {
                    text!("（{skipped}项未检查）", " ({skipped} not checked)").get(lang).to_string()
                }
            };
            format!("{} {} {}{more}", mark(outcome), name.get(lang), word.get(lang))
        })
        .collect();
    let _ = writeln!(text, "  {}", words.join("   "));
}

/// At most this many findings of a check are shown.
const SHOWN: usize = 10;

fn line(text: &mut String, check: &Check, lang: Lang) {
    let (property, outcome) = (check.kind.property.name(), check.outcome.name());
    let _ = writeln!(
        text,
        "    {} {} · {}{}{}",
        mark(check.outcome),
        property.get(lang),
        name(check, lang),
        if lang == Lang::Zh { "：" } else { ": " },
        outcome.get(lang)
    );
    for finding in check.findings.iter().take(SHOWN) {
        let path = finding.path.as_deref().map(|path| format!("{path}  ")).unwrap_or_default();
        let _ = writeln!(text, "        {path}{}", finding.message.get(lang));
    }
    let rest = check.findings.len().saturating_sub(SHOWN);
    if rest > 0 {
        let more = text!("另有 {rest} 处", "{rest} more");
        let _ = writeln!(text, "        {}", more.get(lang));
    }
}
