//! Which rules run, and how seriously.

use std::collections::BTreeMap;

use super::rule::{Origin, Rule};
use crate::content::schema::project::ProjectRecord;
use base::diag::{Diagnostic, Diagnostics, Severity};
use base::nearest::closest;
use base::text;

/// Which rules run, and with which severity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// What the project says of rules; `None` switches one off.
    project: BTreeMap<&'static str, Option<Severity>>,
    /// Only these, when any are given.
    only: Vec<&'static str>,
    /// Nothing below this, unless it is found in reading anyway.
    least: Option<Severity>,
}

impl Settings {
    /// The settings of a project; a rule that does not exist is an error.
    pub fn of(project: &ProjectRecord, diags: &mut Diagnostics) -> Self {
        let mut settings = Self::default();
        for setting in &project.check {
            let id = setting.rule.trim();
            let Some(rule) = Rule::find(id) else {
                diags.push(unknown_rule(id).at(setting.rule.span()));
                continue;
            };
            let severity = setting.severity.value;
            if rule.is_fixed() && severity != Some(Severity::Error) {
                let problem = fixed_rule(rule).at(setting.rule.span());
                diags.push(problem.help(text!("删去这一行", "delete this line")));
                continue;
            }
            settings.project.insert(rule.id, severity);
        }
        settings
    }

    /// Only these rules, even if they are switched off.
    #[must_use]
    pub fn only(mut self, rules: impl IntoIterator<Item = &'static Rule>) -> Self {
        self.only = rules.into_iter().map(|rule| rule.id).collect();
        self
    }

    /// Nothing below a severity, except what is found in reading anyway.
    #[must_use]
    pub fn at_least(mut self, severity: Severity) -> Self {
        self.least = Some(severity);
        self
    }

    /// The severity of a rule's findings; `None` when it does not run.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let set = self.project.get(rule.id);
        let severity = if self.only.is_empty() {
            match set {
                Some(set) => (*set)?,
                None if rule.on => rule.severity,
                None => return None,
            }
        } else {
            self.only.contains(&rule.id).then_some(())?;
            set.copied().flatten().unwrap_or(rule.severity)
        };
        // Errors come first in the order of severities.
        let reading = matches!(rule.origin, Origin::Reading);
        (reading || self.least.is_none_or(|least| severity <= least)).then_some(severity)
    }

    /// Whether all rules run as far as the project wants them to.
    pub(super) fn is_whole(&self) -> bool {
        self.only.is_empty() && self.least.is_none_or(|least| least == Severity::Hint)
    }
}

/// The problem that a rule cannot be switched.
pub(super) fn fixed_rule(rule: &Rule) -> Diagnostic {
    let id = rule.id;
    Diagnostic::error(
        "rule-fixed",
        match rule.origin {
            Origin::Checks => text!(
                "“{id}”是开关本身的问题，不能关闭",
                "`{id}` is about the switches themselves and cannot be switched off"
            ),
            _ => text!(
                "“{id}”是读取记录时的错误，不能关闭",
                "`{id}` is an error of reading and cannot be switched off"
            ),
        },
    )
}

/// The problem that there is no such rule.
pub fn unknown_rule(id: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "rule-unknown",
        text!("没有“{id}”这条检查规则", "there is no rule `{id}`"),
    );
    match closest(id, Rule::all().iter().map(|rule| rule.id)) {
        Some(near) => diagnostic.help(text!("是不是“{near}”？", "did you mean `{near}`?")),
        None => diagnostic
            .help(text!("用 yinfa explain 查看全部规则", "`yinfa explain` lists all rules")),
    }
}
