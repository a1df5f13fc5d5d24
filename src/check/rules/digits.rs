//! Digits, ranges and years.

use std::ops::Range;

use super::words;
use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::{Prose, is_han};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::Piece;
use crate::diag::{Edit, Fix, Severity};
use crate::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "full-width-digit",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: words("用了全角数字、字母", "Full-width digits or letters."),
        why: words(
            "全角数字占一个字的位置，和正文的数字不一样大。--fix 可以改正。",
            "They take the place of a Han character each and look unlike all other digits. `--fix` puts them right.",
        ),
        source: "",
        bad: Example::Text("新建学校２所。"),
        good: Example::Text("新建学校2所。"),
        origin: Origin::Text(full_width),
    },
    Rule {
        id: "range-percent",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: words(
            "百分数范围的前一个数没有百分号",
            "A range of percentages whose first number has no percent sign.",
        ),
        why: words(
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
        finds: words("数的范围用了半角的 ~ 或 -", "A range of numbers with a half-width ~ or -."),
        why: words(
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
        finds: words("起止年份之间用了半角短横", "Two years with a hyphen between."),
        why: words(
            "起止年份之间用一字线“—”（也可用“～”“至”）。--fix 可以改正。",
            "A full line — stands between years (～ and 至 do as well). `--fix` puts it right.",
        ),
        source: "",
        bad: Example::Text("落实2024-2026年行动方案。"),
        good: Example::Text("落实2024—2026年行动方案。"),
        origin: Origin::Text(years),
    },
    Rule {
        id: "year-short",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: words("年份只写了两位", "A year of two digits."),
        why: words(
            "年份要写全四位。只看“25年底”“25年3月”这样的，“20年以上”是时间长短，不算。",
            "Years have four digits. Only forms such as 25年底 and 25年3月 count; 20年以上 is a length of time.",
        ),
        source: "GB/T 9704-2012 7.3.5.4",
        bad: Example::Text("25年底前建成投用。"),
        good: Example::Text("2025年底前建成投用，服役满20年以上的予以更新。"),
        origin: Origin::Text(short),
    },
    Rule {
        id: "day-hao",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: words("日期用了“号”", "号 for the day of a date."),
        why: words(
            "公文的日期用“日”。--fix 可以改正。",
            "Official documents write 日. `--fix` puts it right.",
        ),
        source: "GB/T 9704-2012 7.3.5.4",
        bad: Example::Text("6月30号前建成投用。"),
        good: Example::Text("6月30日前建成投用，做好30号地块出让。"),
        origin: Origin::Text(hao),
    },
];

fn full_width(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    let wide = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let mut place = 0;
    while place < prose.len() {
        let run = prose.run(place, wide);
        if run > 0 {
            let words = prose.slice(place..place + run);
            let narrow: String = words
                .chars()
                .filter_map(|c| char::from_u32(u32::from(c).saturating_sub(0xfee0)))
                .collect();
            found.push(
                Finding::new(text!("全角的“{words}”应为“{narrow}”", "{words} should be {narrow}"))
                    .within(piece.text, prose.bytes(place..place + run))
                    .fix(prose.fix(place..place + run, &narrow)),
            );
        }
        place += run.max(1);
    }
}

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

fn short(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for place in prose.places(|c| c == '年').filter(|&place| place >= 2) {
        let digits = (0..place).rev().take_while(|&p| prose.at(p).is_ascii_digit()).count();
        if digits != 2 || ".-~～—第近约超满逾过".contains(prose.before(place - 2)) {
            continue;
        }
        let month = prose.run(place + 1, |c| c.is_ascii_digit());
        let dated = (1..=2).contains(&month)
            && prose.at(place + 1 + month) == '月'
            && prose.at(place + 2 + month) != '个';
        let named = ["底", "初", "末", "上半年", "下半年", "度"];
        let named = named.iter().any(|word| prose.has(place + 1, word));
        if dated || named {
            let words = prose.slice(place - 2..place + 1);
            found.push(
                Finding::new(text!("年份“{words}”要写全四位", "the year {words} has four digits"))
                    .within(piece.text, prose.bytes(place - 2..place + 1)),
            );
        }
    }
}

fn hao(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for place in prose.places(|c| c == '号') {
        let digits = (0..place).rev().take_while(|&p| prose.at(p).is_ascii_digit()).count();
        let month = place.checked_sub(digits + 1).map(|place| prose.at(place));
        if (1..=2).contains(&digits) && month == Some('月') {
            let day = prose.slice(place - digits..place);
            // 6月30号 may go on as 30号地块.
            let next = prose.at(place + 1);
            let date = next == '\0' || !next.is_alphanumeric() || "前后至起止".contains(next);
            found.push(
                Finding::new(text!("日期应写成“{day}日”", "the day is written {day}日"))
                    .within(piece.text, prose.bytes(place - digits..place + 1))
                    .fix(if date { prose.fix(place..place + 1, "日") } else { None }),
            );
        }
    }
}
