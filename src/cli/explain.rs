//! `yinfa explain`, and rules by their names.

use clap::ArgMatches;

use super::Exit;
use super::report::{self, Reporter};
use super::table::table;
use base::diag::{Diagnostics, Lang, Severity};
use records::check::{Rule, explain, unknown_rule};

pub(super) fn run(matches: &ArgMatches, reporter: &Reporter) -> Exit {
    let ids = matches.get_many::<String>("rule").into_iter().flatten();
    match rules(ids.map(String::as_str), reporter) {
        Ok(rules) if rules.is_empty() => report::output(&list(reporter.lang)),
        Ok(rules) => {
            let pages: Vec<String> =
                rules.iter().map(|rule| explain(rule, reporter.lang)).collect();
            report::output(&pages.join("\n"));
        }
        Err(exit) => return exit,
    }
    Exit::Fine
}

/// The rules of some ids; one that there is not is a wrong use.
pub(super) fn rules<'a>(
    ids: impl Iterator<Item = &'a str>,
    reporter: &Reporter,
) -> Result<Vec<&'static Rule>, Exit> {
    let mut diags = Diagnostics::new();
    let rules: Vec<_> = ids
        .filter_map(|id| {
            let rule = Rule::find(id);
            if rule.is_none() {
                diags.push(unknown_rule(id));
            }
            rule
        })
        .collect();
    if diags.is_empty() {
        return Ok(rules);
    }
    reporter.problems(&diags);
    Err(Exit::CannotRun)
}

fn list(lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let head: &[&str] =
        if zh { &["规则", "级别", "查什么"] } else { &["rule", "severity", "finds"] };
    let rows: Vec<Vec<String>> = Rule::all()
        .iter()
        .map(|rule| {
            let severity = match (rule.on, rule.severity, zh) {
                (false, _, true) => "关闭",
                (false, _, false) => "off",
                (_, Severity::Error, true) => "错误",
                (_, Severity::Error, false) => "error",
                (_, Severity::Warning, true) => "警告",
                (_, Severity::Warning, false) => "warning",
                (_, Severity::Hint, true) => "提示",
                (_, Severity::Hint, false) => "hint",
            };
            vec![rule.id.into(), severity.into(), rule.finds.get(lang).into()]
        })
        .collect();
    table(head, &rows)
}
