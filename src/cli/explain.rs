//! `yinfa explain`, and rules by their ids.

use super::report::{self, Reporter};
use super::table::table;
use super::{Exit, args};
use crate::session::Failure;
use base::diag::{Diagnostics, Lang, Severity};
use records::check::{Rule, explain, unknown_rule};

pub(super) fn run(args: &args::Explain, reporter: &Reporter) -> Result<Exit, Failure> {
    let rules = rules(&args.rule)?;
    if rules.is_empty() {
        report::output(&list(reporter.lang));
    } else {
        let pages: Vec<String> = rules.iter().map(|rule| explain(rule, reporter.lang)).collect();
        report::output(&pages.join("\n"));
    }
    Ok(Exit::Fine)
}

/// The rules of some ids; an unknown one is a wrong argument.
pub(super) fn rules(ids: &[String]) -> Result<Vec<&'static Rule>, Failure> {
    let mut diags = Diagnostics::new();
    let mut rules = Vec::new();
    for id in ids {
        match Rule::find(id) {
            Some(rule) => rules.push(rule),
            None => diags.push(unknown_rule(id)),
        }
    }
    if diags.is_empty() { Ok(rules) } else { Err(Failure::of_run(diags)) }
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
