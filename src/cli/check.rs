//! `yinfa check`.

use std::io::IsTerminal as _;

use super::args::{self, CheckFormat};
use super::environment::Environment;
use super::report::{self, Color, Reporter};
use super::{Exit, ending, events};
use crate::session::{
    CheckOptions, Event, Failure, Fixes, Outcome, Replacement, Round, Session, check, fix, repeat,
};
use base::diag::render::{Format, SarifRule, Style, render_all, sarif, summary};
use base::diag::{Diagnostics, Lang, Severity};
use base::text;
use base::watch::{Places, Watcher};
use records::check::Rule;
use records::content::{CONTENT, PROJECT_FILE};

pub(super) fn run(
    args: &args::Check,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    if !args.watch {
        return once(args, environment, reporter);
    }
    let root = args.root.find(environment)?;
    let watcher = Watcher::new(args.poll);
    let stop_handle = watcher.stop_handle();
    ending::at_ctrl_c(move || stop_handle.end());
    let places = Places::default().folder(root.join(CONTENT)).file(root.join(PROJECT_FILE));
    let ended =
        repeat(&watcher, places.clone(), &|event: Event<'_>| events::show(event, reporter), || {
            if let Err(failure) = once(args, environment, reporter) {
                reporter.stop(&failure);
            }
            // Findings are what it is for: it goes on whatever it finds.
            Round { places: places.clone(), outcome: Outcome::Done, was_locked_out: false }
        });
    Ok(ended.into())
}

fn once(
    args: &args::Check,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let options = CheckOptions {
        publications: args.publications.publication.clone(),
        rules: super::explain::rules(&args.rule)?,
        fonts: args.fonts.options(environment),
    };
    let look = |session: &Session| check(session, &options, &environment.machine);
    let session = args.root.open(environment)?;
    let mut findings = look(&session)?;
    if args.fix {
        let fixes = fix(session, findings, look, |made| replaced(&made, reporter))?;
        fixed(&fixes, reporter);
        findings = fixes.findings;
    }
    let denied = args.deny.unwrap_or(Severity::Error);
    let refused = findings.iter().any(|diagnostic| diagnostic.severity <= denied);
    let least = if reporter.quiet { Severity::Error } else { args.severity };
    let mut shown = Diagnostics::new();
    shown.extend(findings.into_iter().filter(|d| d.severity <= least));
    print(args.format, &shown, reporter);
    Ok(if refused { Exit::Problems } else { Exit::Fine })
}

/// Says what a fix did: `content/a.yaml:3:8 typo：“工做方案” → “工作方案”`.
fn replaced(made: &Replacement<'_>, reporter: &Reporter) {
    let source = made.place.source();
    let at = made.place.start();
    let (path, line, column) = (source.path(), at.line, at.column);
    let (old, new) = (&source.text()[made.place.range()], made.new);
    let rule = made.rule;
    reporter.message(&text!(
        "{path}:{line}:{column} {rule}：“{old}” → “{new}”",
        "{path}:{line}:{column} {rule}: “{old}” → “{new}”"
    ));
}

/// How many problems were fixed, and how many are left.
fn fixed(fixes: &Fixes, reporter: &Reporter) {
    let Fixes { made, left, .. } = fixes;
    if *made > 0 || *left == 0 {
        reporter.message(&match made {
            0 => text!("没有可以自动改正的问题", "nothing to fix"),
            1 => text!("改正了 1 个问题", "1 problem fixed"),
            _ => text!("改正了 {made} 个问题", "{made} problems fixed"),
        });
    }
    if *left > 0 {
        reporter.message(&match left {
            1 => text!(
                "有 1 个问题不能自动改正，请照提示手工改",
                "1 problem could not be fixed safely: change it by hand"
            ),
            _ => text!(
                "有 {left} 个问题不能自动改正，请照提示手工改",
                "{left} problems could not be fixed safely: change them by hand"
            ),
        });
    }
}

fn print(format: CheckFormat, diags: &Diagnostics, reporter: &Reporter) {
    let lang = reporter.lang;
    let format = match format {
        CheckFormat::Sarif => {
            let log = sarif(diags.iter().as_slice(), lang, &sarif_rules(lang));
            report::output(&(report::json_escaped(&log) + "\n"));
            return;
        }
        CheckFormat::Of(format) => format,
    };
    // What goes to a file has no colours, whatever the terminal of the messages can do.
    let always = reporter.colors == Color::Always;
    let color = reporter.style.color && (always || std::io::stdout().is_terminal());
    let style = Style { color, ..reporter.style };
    let text = render_all(diags, format, lang, style);
    match format {
        Format::Json => report::output(&report::json_escaped(&text)),
        // Rendered text is clean but for our own colours.
        Format::Human | Format::Short => report::painted(&text),
    }
    if format == Format::Human {
        reporter.message(&summary(diags));
    }
}

fn sarif_rules(lang: Lang) -> Vec<SarifRule> {
    let rules = Rule::all().iter();
    rules
        .map(|rule| SarifRule {
            id: rule.id,
            finds: rule.finds.get(lang),
            why: rule.why.get(lang),
            severity: rule.severity,
        })
        .collect()
}
