//! Digits: full-width ones, years and days.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::Piece;
use crate::check::words::begins_word;
use base::diag::{Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "full-width-digit",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new("用了全角数字、字母", "Full-width digits or letters."),
        why: Words::new(
            "全角数字占一个字的位置，和正文的数字不一样大。--fix 可以改正。",
            "They take the place of a Han character each and look unlike all other digits. `--fix` puts them right.",
        ),
        source: "",
        bad: Example::Text("新建学校２所。"),
        good: Example::Text("新建学校2所。"),
        origin: Origin::Text(full_width),
    },
    Rule {
        id: "year-short",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new("年份只写了两位", "A year of two digits."),
        why: Words::new(
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
        finds: Words::new("日期用了“号”", "号 for the day of a date."),
        why: Words::new(
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
        // 30年底蕴: the character belongs to the next word.
        let named = ["底", "初", "末", "度"].iter().any(|word| prose.has(place + 1, word))
            && !begins_word(prose, place + 1)
            && !prose.has(place + 1, "初心");
        let half = prose.has(place + 1, "上半年") || prose.has(place + 1, "下半年");
        if dated || named || half {
            let words = prose.slice(place - 2..place + 1);
            found.push(
                Finding::new(text!("年份“{words}”要写全四位", "the year {words} has four digits"))
                    .within(piece.text, prose.bytes(place - 2..place + 1)),
            );
        }
    }
}

/// What a number with 号 may count: 3号线, 2号楼, 5号地块, 1号公告.
const NUMBERED: &str = "线楼地馆机泵井桥路门院厅室库矿炉站闸坝车船文令公塔坑栋区段标包仓厂房店桩隧洞墙柱池窑屏柜箱票码证函电议提";

fn hao(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for place in prose.places(|c| c == '号') {
        let digits = (0..place).rev().take_while(|&p| prose.at(p).is_ascii_digit()).count();
        let month = place.checked_sub(digits + 1).map(|place| prose.at(place));
        if (1..=2).contains(&digits) && month == Some('月') {
            let day = prose.slice(place - digits..place);
            // 6月30号 may go on as 30号地块.
            let next = prose.at(place + 1);
            // 9月3号线: what is numbered, no day.
            if NUMBERED.contains(next) {
                continue;
            }
            let date = next == '\0' || !next.is_alphanumeric() || "前后至起止".contains(next);
            found.push(
                Finding::new(text!("日期应写成“{day}日”", "the day is written {day}日"))
                    .within(piece.text, prose.bytes(place - digits..place + 1))
                    .fix(if date { prose.fix(place..place + 1, "日") } else { None }),
            );
        }
    }
}
