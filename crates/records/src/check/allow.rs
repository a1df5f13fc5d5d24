//! Findings switched off in place: `# yinfa: allow RULE…` on the line or the line above; above an
//! entry of a list it covers the entry.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::rule::{Origin, Rule};
use super::settings::{Settings, fixed_rule, unknown_rule};
use crate::content::yaml::Comment;
use base::diag::{Diagnostic, Severity, Source, Span, Text};
use base::text;

/// What introduces the rules, behind `#`.
const PREFIX: &str = "yinfa:";

/// All comments that switch rules off.
#[derive(Debug, Default)]
pub(super) struct Allowances<'a> {
    list: Vec<Allowance<'a>>,
    /// Places in `list` by path, line and rule.
    by_line: BTreeMap<(&'a str, usize, &'static str), usize>,
    problems: Vec<Diagnostic>,
    /// Comments that are not understood.
    malformed: Vec<Diagnostic>,
}

#[derive(Debug)]
struct Allowance<'a> {
    rule: &'static Rule,
    span: &'a Span,
    used: bool,
}

impl<'a> Allowances<'a> {
    pub(super) fn read(comments: &[&'a Comment]) -> Self {
        let mut allowances = Self::default();
        let mut entries = Vec::new();
        for comment in comments {
            let Some(words) = comment.text.trim_start().strip_prefix(PREFIX) else { continue };
            let mut words = words.split([' ', '\t', ',', '，', '、']).filter(|w| !w.is_empty());
            if words.next() != Some("allow") {
                allowances.malformed.push(malformed(&comment.span));
                continue;
            }
            let line = target(&comment.span);
            let path = comment.span.source().path();
            let mut named = false;
            for id in words {
                let Some(rule) = Rule::find(id) else {
                    // Behind the rules a reason may follow.
                    if !named {
                        let mut problem = unknown_rule(id).at(&comment.span);
                        problem.severity = Severity::Warning;
                        allowances.problems.push(problem);
                    }
                    break;
                };
                named = true;
                if rule.is_fixed() || matches!(rule.origin, Origin::Checks) {
                    let mut problem = fixed_rule(rule).at(&comment.span);
                    problem.severity = Severity::Warning;
                    allowances.problems.push(problem.help(not_here(rule)));
                    continue;
                }
                let place = allowances.list.len();
                allowances.list.push(Allowance { rule, span: &comment.span, used: false });
                allowances.by_line.entry((path, line, rule.id)).or_insert(place);
                entries.push((path, line, rule.id, place));
            }
        }
        // What stands inside an entry speaks of its own line first.
        for (path, line, rule, place) in entries {
            let source = allowances.list[place].span.source();
            if allowances.list[place].span.start().line < line {
                for line in line + 1..=end_of_entry(source, line) {
                    allowances.by_line.entry((path, line, rule)).or_insert(place);
                }
            }
        }
        allowances
    }

    /// Whether a finding is switched off.
    pub(super) fn allows(&mut self, rule: &'static Rule, finding: &Finding) -> bool {
        if self.list.is_empty() {
            return false;
        }
        let Some(span) = &finding.span else { return false };
        self.allows_at(rule, span, finding.home.as_ref())
    }

    pub(super) fn allows_at(
        &mut self,
        rule: &'static Rule,
        span: &Span,
        home: Option<&Span>,
    ) -> bool {
        if self.list.is_empty() {
            return false;
        }
        let own = span.start().line..=span.end().line;
        // No comment can stand inside a block of lines: it stands where the block begins.
        let home = home.map(|home| home.start().line);
        let own = own.chain(home).map(|line| (span.source(), line));
        // What is used through an alias may be allowed there, for that use.
        let uses = span.uses().map(|used| (used.span.source(), used.span.start().line));
        for (source, line) in own.chain(uses) {
            let found = self.by_line.get(&(source.path(), line, rule.id)).copied();
            if let Some(allowance) = found.and_then(|place| self.list.get_mut(place)) {
                allowance.used = true;
                return true;
            }
        }
        false
    }

    /// What is wrong with the comments themselves; unused ones only where all rules ran, and
    /// only of rules that are on.
    pub(super) fn finish(self, settings: &Settings) -> Vec<Diagnostic> {
        let severity = |id: &str| Rule::find(id).and_then(|rule| settings.severity(rule));
        let is_on = |rule: &Rule| settings.severity(rule).is_some();
        let mut problems = self.problems;
        if let Some(severity) = severity("allow-wrong") {
            let malformed = self.malformed.into_iter();
            problems.extend(malformed.map(|mut problem| {
                problem.severity = severity;
                problem
            }));
        }
        let unused = severity("allow-unused").filter(|_| settings.is_whole());
        let Some(severity) = unused else { return problems };
        for allowance in self.list.iter().filter(|a| !a.used && is_on(a.rule)) {
            let id = allowance.rule.id;
            let mut problem = Diagnostic::hint(
                "allow-unused",
                text!(
                    "这里没有“{id}”的问题，注释可以删去",
                    "there is nothing here that `{id}` would report"
                ),
            )
            .help(text!("删去这条注释里的“{id}”", "delete `{id}` in this comment"))
            .at(allowance.span);
            problem.severity = severity;
            problems.push(problem);
        }
        problems
    }
}

/// The line a comment speaks of: its own, or the next line that is no comment where it stands
/// alone.
fn target(span: &Span) -> usize {
    let source: &Source = span.source();
    let line_text = |line: usize| source.line(line).map(|range| source.text()[range].trim_start());
    let mut line = span.start().line;
    while line_text(line).is_some_and(|text| text.starts_with('#')) {
        line += 1;
    }
    line
}

/// The last line of the list entry that begins on a line; that line itself where none does.
fn end_of_entry(source: &Source, first: usize) -> usize {
    let text = |line: usize| source.line(line).map(|range| &source.text()[range]);
    let indent = |text: &str| text.len() - text.trim_start().len();
    let Some(begin) = text(first).filter(|text| text.trim_start().starts_with("- ")) else {
        return first;
    };
    let depth = indent(begin);
    let mut last = first;
    let mut line = first + 1;
    while let Some(text) = text(line) {
        let words = text.trim_start();
        if !words.is_empty() && !words.starts_with('#') {
            if indent(text) <= depth {
                break;
            }
            last = line;
        }
        line += 1;
    }
    last
}

/// What to do instead of a comment that switches such a rule off.
fn not_here(rule: &Rule) -> Text {
    match rule.origin {
        Origin::Checks if !rule.is_fixed() => text!(
            "删去这个规则名；整个项目不要这条规则，可以在 yinfa.yaml 的 check 里关闭",
            "delete the name; for the whole project the rule can be switched off under `check` in yinfa.yaml"
        ),
        _ => text!(
            "删去这个规则名，改正所报告的问题",
            "delete the name and put right what is reported"
        ),
    }
}

fn malformed(span: &Span) -> Diagnostic {
    Diagnostic::warning("allow-wrong", text!("看不懂这条注释", "this comment is not understood"))
        .at(span)
        .help(text!(
            "写成“# yinfa: allow 规则名”，几条规则用空格隔开",
            "write `# yinfa: allow RULE`, several rules with blanks between"
        ))
}
