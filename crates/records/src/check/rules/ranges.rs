//! Ranges: of percentages, of numbers, of years.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::Piece;
use base::diag::{Edit, Fix, Severity, Words};
use base::text;
use base::zh::is_han;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "range-percent",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new(
            "百分数范围的前一个数没有百分号",
            "A range of percentages whose first number has no percent sign.",
        ),
        why: Words::new(
            "10～20% 可以读成 10 到 20%；应写成 10%～20%。--fix 可以改正。",
            "10～20% may be read as 10 to 0.2. `--fix` writes 10%～20%.",
        ),
        source: "",
        bad: Example::Text("成本下降10～20%。"),
        good: Example::Text("成本下降10%～20%。"),
        origin: Origin::Text(percent),
    },
    Rule {
        id: "range-sign",
        severity: Severity::Hint,
        on: true,
        family: Family::Marks,
        finds: Words::new(
            "数的范围用了半角的 ~ 或 -",
            "A range of numbers with a half-width ~ or -.",
        ),
        why: Words::new(
            "范围用“～”或一字线“—”。~ 可以用 --fix 改正；- 可能是编号，要人看。",
            "Ranges have ～ or —. `--fix` changes ~; a hyphen may belong to a name.",
        ),
        source: "",
        bad: Example::Text("引进项目10~20个。"),
        good: Example::Text("引进项目10～20个。"),
        origin: Origin::Text(sign),
    },
    Rule {
        id: "year-range",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new("起止年份之间用了半角短横", "Two years with a hyphen between."),
        why: Words::new(
            "起止年份之间用一字线“—”（也可用“～”“至”）。--fix 可以改正。",
            "A full line — stands between years (～ and 至 do as well). `--fix` puts it right.",
        ),
        source: "",
        bad: Example::Text("落实2024-2026年行动方案。"),
        good: Example::Text("落实2024—2026年行动方案。"),
        origin: Origin::Text(years),
    },
];

/// Two numbers with a sign between.
struct Between {
    first: Range<usize>,
    sign: usize,
    second: Range<usize>,
}

/// Every pair of Arabic numbers with one of some signs between, standing alone: no letter, digit
/// or further sign on either side, as in dates, telephone numbers and codes.
fn ranges(prose: &Prose<'_>, signs: &str) -> Vec<Between> {
    let digit = |c: char| c.is_ascii_digit() || c == '.';
    let joins = |c: char| c.is_ascii_alphanumeric() || "-~～—–－/.第".contains(c);
    let mut found = Vec::new();
    for sign in prose.places(|c| signs.contains(c)) {
        let before = (0..sign).rev().take_while(|&place| digit(prose.at(place))).last();
        let run = prose.run(sign + 1, digit);
        let (Some(start), true) = (before, run > 0) else { continue };
        let end = sign + 1 + run;
        if !joins(prose.before(start)) && !joins(prose.at(end)) {
            found.push(Between { first: start..sign, sign, second: sign + 1..end });
        }
    }
    found
}

fn percent(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for Between { first, sign, second } in ranges(prose, "-~～—–－") {
        if prose.at(second.end) != '%' {
            continue;
        }
        let (a, b) = (prose.slice(first.clone()), prose.slice(second.clone()));
        let right = format!("{a}%～{b}%");
        let fix = prose.insert_behind(first.end, "%").zip(prose.edit(sign..sign + 1, "～"));
        let fix = fix.map(|(mut fix, edit)| {
            // At one place an insertion and a replacement are one change.
            let percent = fix.edits.pop().map(|insert| insert.replacement).unwrap_or_default();
            Fix::new(vec![Edit { replacement: percent + &edit.replacement, ..edit }])
        });
        found.push(
            Finding::new(text!("应写成“{right}”", "it is written {right}"))
                .within(piece.text, prose.bytes(first.start..second.end + 1))
                .fix(fix),
        );
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && !text.contains('.')
}

fn years(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for Between { first, sign, second } in ranges(prose, "-~–－") {
        let (a, b) = (prose.slice(first.clone()), prose.slice(second.clone()));
        if is_year(&a) && is_year(&b) && a < b {
            found.push(
                Finding::new(text!("起止年份应写成“{a}—{b}”", "years are written {a}—{b}"))
                    .within(piece.text, prose.bytes(first.start..second.end))
                    .fix(prose.fix(sign..sign + 1, "—")),
            );
        }
    }
}

fn sign(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for Between { first, sign, second } in ranges(prose, "-~–－") {
        let (a, b) = (prose.slice(first.clone()), prose.slice(second.clone()));
        let behind = prose.at(second.end);
        // 2-8号 and 3-1 are names of houses and plots.
        let counted = is_han(behind) && !"号栋幢楼室".contains(behind);
        let ascending = a.parse::<f64>().ok() < b.parse::<f64>().ok();
        // Telephone numbers and codes.
        let code =
            |n: &str| (n.starts_with('0') && n.len() > 1 && !n.starts_with("0.")) || n.len() >= 7;
        if !counted || !ascending || code(&a) || code(&b) || (is_year(&a) && is_year(&b)) {
            continue;
        }
        let fix = if prose.at(sign) == '~' { prose.fix(sign..sign + 1, "～") } else { None };
        found.push(
            Finding::new(text!("范围应写成“{a}～{b}”", "a range is written {a}～{b}"))
                .within(piece.text, prose.bytes(first.start..second.end))
                .fix(fix),
        );
    }
}
