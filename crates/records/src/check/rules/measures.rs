//! Percentages and units of measure.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::lexicon::MEASURES;
use crate::check::numbers::numbers;
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{Piece, TextKind};
use base::diag::{Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "percent-over-100",
        severity: Severity::Warning,
        on: true,
        family: Family::Targets,
        finds: Words::new(
            "不可能超过 100% 的比率超过了 100%",
            "More than 100 % of what has no more.",
        ),
        why: Words::new(
            "覆盖率、合格率、满意率这类比率最多 100%。增长率、完成率可以超过，不看。",
            "Rates of coverage, passing, satisfaction end at 100 %. Growth and completion may be more.",
        ),
        source: "",
        bad: Example::Text("管网监测覆盖率达到120%。"),
        good: Example::Text("管网监测覆盖率达到100%，投资完成率达到120%。"),
        origin: Origin::Text(percent),
    },
    Rule {
        id: "measure-word",
        severity: Severity::Hint,
        on: true,
        family: Family::Targets,
        finds: Words::new("不规范的计量单位", "A unit of measure in a form that is not standard."),
        why: Words::new(
            "“平米”“公分”“KM”这类写法，公文用“平方米”“厘米”“公里”。",
            "Official documents write 平方米, 厘米, 公里.",
        ),
        source: "",
        bad: Example::Text("新增绿地3000平米。"),
        good: Example::Text("新增绿地3000平方米。"),
        origin: Origin::Text(measure),
    },
];

/// Rates that end at 100 %.
const BOUNDED: [&str; 20] = [
    "覆盖率",
    "合格率",
    "满意率",
    "满意度",
    "知晓率",
    "办结率",
    "普及率",
    "达标率",
    "及格率",
    "优良率",
    "及时率",
    "回复率",
    "签约率",
    "参保率",
    "接种率",
    "入户率",
    "网办率",
    "处置率",
    "利用率",
    "占比",
];

fn percent(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if !matches!(piece.kind, TextKind::Item { .. } | TextKind::Prose | TextKind::Own) {
        return;
    }
    let prose = &piece.prose;
    if prose.places(|c| c == '%').next().is_none() {
        return;
    }
    for number in numbers(prose).iter().filter(|number| number.percent && number.written > 100.0) {
        let start = (0..number.range.start)
            .rev()
            .take_while(|&place| !"，。；：、\n".contains(prose.at(place)))
            .last()
            .unwrap_or(number.range.start);
        let before = prose.slice(start..number.range.start);
        if let Some(rate) = BOUNDED.into_iter().find(|rate| before.contains(rate))
            && !before.contains("增")
            && !before.contains("提高")
            && !before.contains("提升")
        {
            found.push(
                Finding::new(text!("{rate}不会超过 100%", "{rate} cannot be more than 100 %"))
                    .within(piece.text, prose.bytes(number.range.clone())),
            );
        }
    }
}

fn measure(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for (entry, range, _) in MEASURES.find(prose) {
        let counted = prose.before(range.start);
        if !(counted.is_ascii_digit() || "万亿百千余多".contains(counted))
            || prose.at(range.end).is_ascii_alphanumeric()
        {
            continue;
        }
        let (wrong, right) = (entry.wrong, entry.right);
        found.push(
            Finding::new(text!("“{wrong}”应为“{right}”", "{wrong} is written {right}"))
                .within(piece.text, prose.bytes(range.clone())),
        );
    }
}
