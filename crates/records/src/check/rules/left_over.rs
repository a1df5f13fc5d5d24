//! What was pasted with a text and is recorded apart: brackets of units and of deadlines.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{Piece, TextKind};
use base::diag::{Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "bracket-in-text",
    severity: Severity::Warning,
    on: true,
    family: Family::Units,
    finds: Words::new(
        "责任单位的括号留在了文字里",
        "A bracket of responsible units left in the text.",
    ),
    why: Words::new(
        "单位写在 units、leads 里，程序自动印括号；文字里再写就印两遍，只写在文字里的单位收不到任务单。看“（牵头单位：……）”“（……负责）”，和末尾全是名录里单位的括号。",
        "Units are recorded under `units` or `leads` and their bracket is printed: it would stand there twice, and a unit that only the text names gets no sheet. （牵头单位：…） and （…负责） count, and a bracket at the end that holds units of the registry alone.",
    ),
    source: "",
    bad: Example::Items(
        "- {section: 加快发展, text: 开工重大项目一批。（牵头单位：区发改局）, units: [区发改局, 东山镇]}",
    ),
    good: Example::Items(
        "- {section: 加快发展, text: 开工重大项目（含前期项目）一批。, units: [区发改局, 东山镇]}",
    ),
    origin: Origin::Text(bracket),
}];

/// Words that say what the units behind a colon do.
const LABELS: [&str; 14] = [
    "牵头单位",
    "牵头部门",
    "责任单位",
    "责任部门",
    "配合单位",
    "配合部门",
    "主办单位",
    "协办单位",
    "承办单位",
    "负责单位",
    "主责单位",
    "参与单位",
    "牵头",
    "责任",
];

fn bracket(context: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if !matches!(piece.kind, TextKind::Item { .. } | TextKind::Own | TextKind::Heading) {
        return;
    }
    let prose = &piece.prose;
    let mut brackets: Vec<Range<usize>> = Vec::new();
    for open in prose.places(|c| "（(【〔[".contains(c)) {
        let close = open + 1 + prose.run(open + 1, |c| !"）)】〕]\n".contains(c));
        if close < prose.len()
            && prose.at(close) != '\n'
            && names_units(context, prose, open..close)
        {
            brackets.push(open..close + 1);
        }
    }
    // A line of its own: 责任单位：区教育局.
    for start in (0..prose.len()).filter(|&at| matches!(prose.before(at), '\n' | '\0')) {
        if labelled(prose, start) {
            let end = start + prose.run(start, |c| c != '\n');
            brackets.push(start..end);
        }
    }
    for range in brackets {
        let words = prose.slice(range.clone());
        found.push(
            Finding::new(text!(
                "“{words}”由程序按记录印，文字里再写会印两遍",
                "{words} is printed from the record: in the text it would stand twice"
            ))
            .within(piece.text, prose.bytes(range))
            .help(text!(
                "从文字里删去，单位写在 leads、units、cooperating 里",
                "delete it here and name the units under `leads`, `units` or `cooperating`"
            )),
        );
    }
}

/// Whether a label of units and a colon stand at a place.
fn labelled(prose: &Prose<'_>, at: usize) -> bool {
    LABELS.iter().any(|label| {
        prose.has(at, label) && matches!(prose.at(at + label.chars().count()), '：' | ':')
    })
}

/// Whether a bracket, from its first sign to its last, says who is responsible.
fn names_units(context: &Context<'_>, prose: &Prose<'_>, bracket: Range<usize>) -> bool {
    if labelled(prose, bracket.start + 1) {
        return true;
    }
    let inner = prose.slice(bracket.start + 1..bracket.end);
    let registry = &context.publication.registry;
    let known = |name: &str| registry.look_up(name).is_some();
    let names = || inner.split(['、', '，', '；', ',', ';', ' ']).filter(|name| !name.is_empty());
    // 区教育局牵头，区财政局配合; 区教育局、各镇按职责分工负责.
    const ROLES: [&str; 6] = ["按职责分工负责", "分别负责", "牵头负责", "负责", "牵头", "配合"];
    let plain = |name: &'_ str| -> String {
        let role = ROLES.iter().find_map(|role| name.strip_suffix(role));
        role.unwrap_or(name).to_string()
    };
    let has_role = names().any(|name| ROLES.iter().any(|role| name.ends_with(role)));
    let ends = {
        let behind = prose.at(bracket.end + 1);
        matches!(behind, '\0' | '\n')
            || (behind == '。' && matches!(prose.at(bracket.end + 2), '\0' | '\n'))
    };
    if has_role {
        return names().any(|name| known(&plain(name)));
    }
    ends && names().next().is_some() && names().all(known)
}
