//! Commas that should not be there: before 等, between quotations.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::Piece;
use base::diag::{Fix, Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "comma-before-deng",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new("“等”前面多了顿号、逗号", "A comma before 等."),
        why: Words::new(
            "并列的词语后面直接接“等”。“等级”“等候”这类词不算。",
            "等 follows the last word directly; words that begin with 等 are left alone.",
        ),
        source: "",
        bad: Example::Text("完善教育、医疗、养老、等公共服务。"),
        good: Example::Text("完善教育、医疗、养老等公共服务，做好环境、等级评定工作。"),
        origin: Origin::Text(before_deng),
    },
    Rule {
        id: "comma-between-quotes",
        severity: Severity::Hint,
        on: false,
        family: Family::Marks,
        finds: Words::new("引号、书名号之间用了顿号", "、 between quotations or titles."),
        why: Words::new(
            "国家标准说“通常不用”，很多地方仍用，所以默认关闭。",
            "The standard says “usually not”; many offices write it, hence off.",
        ),
        source: "GB/T 15834-2011 4.5.3.5（引自 http://m.fx361.com/news/2023/1031/22686126.html）",
        bad: Example::Text("畅通“产业链引才”、“基金引才”渠道。"),
        good: Example::Text("畅通“产业链引才”“基金引才”渠道。"),
        origin: Origin::Text(between_quotes),
    },
];

fn before_deng(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    let mut commas = Vec::new();
    for place in prose.places(|c| c == '等') {
        let own_word = "级候待到同于额次值效离量式比高距身你我他".contains(prose.at(place + 1));
        if matches!(prose.before(place), '、') && !own_word {
            commas.push(place - 1);
        }
    }
    let Some(&first) = commas.first() else { return };
    let edits: Option<Vec<_>> = commas.iter().map(|&at| prose.edit(at..at + 1, "")).collect();
    found.push(
        Finding::new(text!("“等”前面不用顿号", "no 、 before 等"))
            .within(piece.text, prose.bytes(first..first + 2))
            .help(text!(
                "删去顿号（这段文字共 {n} 处）",
                "delete it ({n} in this text)",
                n = commas.len()
            ))
            .fix(edits.map(Fix::new)),
    );
}

fn between_quotes(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for place in prose.places(|c| c == '、') {
        let (before, behind) = (prose.before(place), prose.at(place + 1));
        if matches!((before, behind), ('”', '“') | ('》', '《')) {
            found.push(
                Finding::new(text!(
                    "引号、书名号之间通常不用顿号",
                    "usually no 、 stands between these"
                ))
                .within(piece.text, prose.bytes(place..place + 1)),
            );
        }
    }
}
