//! `yinfa check`.

mod fix;
mod watch;

use std::io::IsTerminal as _;

use clap::ArgMatches;

use super::environment::Environment;
use super::report::{self, Reporter};
use super::{Exit, fonts, open};
use base::diag::render::{Format, SarifRule, Style, render_all, sarif, summary};
use base::diag::{Diagnostics, Lang, Severity, Text};
use records::check::{Context, Covers, Rule, Settings, check};
use records::content::Project;
use records::publication::Prepared;

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    let once = || try_run(matches, environment, reporter).unwrap_or_else(|exit| exit);
    if !matches.get_flag("watch") {
        return once();
    }
    match open::root(matches, environment, reporter) {
        Ok(root) => watch::watch(&root, matches.get_flag("poll"), reporter, once),
        Err(exit) => exit,
    }
}

fn try_run(
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Exit> {
    let rules = wanted_rules(matches, reporter)?;
    let look = |project: &Project| -> Result<Diagnostics, Exit> {
        let mut diags = open::all_problems(project, &[]);
        let mut settings = Settings::of(&project.record, &mut diags);
        if !rules.is_empty() {
            settings = settings.only(rules.iter().copied());
        }
        // Only the rule about characters asks for fonts, and finding them takes a moment.
        let glyphs = Rule::find("glyph-missing").is_some_and(|r| settings.severity(r).is_some());
        let fonts = glyphs.then(|| fonts::find(matches, Some(project), environment));
        let fonts = fonts.and_then(|(fonts, problems)| (!problems.has_errors()).then_some(fonts));
        let covers = fonts.as_ref().map(|fonts| move |c| fonts.covered_by_any(c));
        for one in &open::publications(project, matches, reporter)? {
            let covers = covers.as_ref().map(|covers| covers as Covers<'_>);
            diags.append(findings(project, one, &settings, covers));
        }
        Ok(diags.sorted())
    };

    let mut project = open::project(matches, environment, reporter)?;
    let mut diags = look(&project)?;
    if matches.get_flag("fix") {
        (project, diags) = fix::fix(project, diags, look, reporter)?;
    }
    let denied = if matches.contains_id("deny") { Severity::Warning } else { Severity::Error };
    let refused = diags.iter().any(|diagnostic| diagnostic.severity <= denied);
    let least = least(matches);
    let mut shown = Diagnostics::new();
    shown.extend(diags.into_iter().filter(|d| d.severity <= least));
    print(matches, &shown, reporter);
    drop(project);
    Ok(if refused { Exit::Problems } else { Exit::Fine })
}

/// What the rules find in a publication, and what was found in reading it.
pub(super) fn findings(
    project: &Project,
    one: &Prepared,
    settings: &Settings,
    covers: Option<Covers<'_>>,
) -> Diagnostics {
    let loaded = project.publications.iter().find(|loaded| loaded.id == one.id);
    let (Some(publication), Some(loaded)) = (&one.publication, loaded) else {
        return one.diags.clone();
    };
    let registry = loaded.registry.and_then(|place| project.registries.get(place));
    let mut context = Context::new(publication, &loaded.items);
    context.units = registry.and_then(|registry| registry.record.as_ref());
    context.complete = !one.diags.has_errors();
    context.covers = covers;
    context.comments = loaded.comments.iter().collect();
    context.comments.extend(registry.iter().flat_map(|registry| &registry.comments));
    context.comments.extend(&project.comments);
    check(&context, one.diags.clone(), settings)
}

fn wanted_rules(matches: &ArgMatches, reporter: &Reporter) -> Result<Vec<&'static Rule>, Exit> {
    let ids = matches.get_many::<String>("rule").into_iter().flatten();
    super::explain::rules(ids.map(String::as_str), reporter)
}

/// The least severity that is shown.
fn least(matches: &ArgMatches) -> Severity {
    match matches.get_one::<String>("severity").map(String::as_str) {
        _ if matches.get_flag("quiet") => Severity::Error,
        Some("error") => Severity::Error,
        Some("warning") => Severity::Warning,
        _ => Severity::Hint,
    }
}

fn print(matches: &ArgMatches, diags: &Diagnostics, reporter: &Reporter) {
    let lang = reporter.lang;
    let format = match matches.get_one::<String>("format").map(String::as_str) {
        Some("sarif") => {
            let log = sarif(diags.iter().as_slice(), lang, &sarif_rules(lang));
            report::output(&(log + "\n"));
            return;
        }
        Some("json") => Format::Json,
        Some("short") => Format::Short,
        _ => Format::Human,
    };
    // What goes to a file has no colours, whatever the terminal of the messages can do.
    let always = matches.get_one::<String>("color").is_some_and(|color| color == "always");
    let color = reporter.style.color && (always || std::io::stdout().is_terminal());
    let style = Style { color, ..reporter.style };
    report::output(&render_all(diags, format, lang, style));
    if format == Format::Human {
        reporter.message(&Text::new(summary(diags, Lang::Zh), summary(diags, Lang::En)));
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
