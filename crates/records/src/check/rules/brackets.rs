//! Brackets and quotation marks.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::{Prose, is_chinese};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::Piece;
use base::diag::{Fix, Severity, Words};
use base::text;
use base::zh::{is_han, is_numeral};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "bracket-unpaired",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new(
            "括号、引号、书名号不成对",
            "Brackets, quotation marks or title marks without their partner.",
        ),
        why: Words::new(
            "少了一半，或者左右用错。一段文字只报告第一处，后面的多半由它引起；“1）”这样的编号不算。",
            "One half is missing, or left and right are mixed up. Said once for a text, since the rest follows from it; numbers such as 1） are left alone.",
        ),
        source: "",
        bad: Example::Text("推广“一网通办应用场景。"),
        good: Example::Text("推广“一网通办”应用场景（详见《工作方案》）。"),
        origin: Origin::Text(unpaired),
    },
    Rule {
        id: "half-width-bracket",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new("汉字外面用了半角括号", "Half-width brackets around Chinese characters."),
        why: Words::new(
            "中文里的括号是全角的。--fix 可以改正圆括号；半角方括号、尖括号要看本来是什么意思。",
            "Brackets in Chinese text are full-width. `--fix` changes round ones; what square and angle brackets were meant to be, a person must say.",
        ),
        source: "",
        bad: Example::Text("办好服装大会(秋季)。"),
        good: Example::Text("办好服装大会（秋季），推广(ISO)标准。"),
        origin: Origin::Text(half_width),
    },
    Rule {
        id: "quote-straight",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new(
            "汉字外面用了直引号",
            "Straight quotation marks around Chinese characters.",
        ),
        why: Words::new(
            "中文用“”。成对时 --fix 可以改正。",
            "Chinese text has “”. `--fix` changes them where they come in pairs.",
        ),
        source: "",
        bad: Example::Text("推广\"一网通办\"应用场景。"),
        good: Example::Text("推广“一网通办”应用场景。"),
        origin: Origin::Text(straight),
    },
    Rule {
        id: "doc-number",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new("引用的发文字号写法不对", "A document number in a wrong form."),
        why: Words::new(
            "年份用六角括号〔〕，序号不加“第”、不编虚位（1 不写 01）。审计报告、出让公告、案件的编号另有写法，不看。--fix 可以改正括号，别的机关的“第”“0”留给人看。",
            "The year stands in 〔〕, the serial has neither 第 nor leading zeros. Numbers of audit reports, land notices and court cases have forms of their own. `--fix` puts the brackets right; 第 and zeros in other offices' numbers are left to a person.",
        ),
        source: "GB/T 9704-2012 7.2.5",
        bad: Example::Text("落实国办发[2018]39号文件要求。"),
        good: Example::Text("落实国办发〔2018〕39号文件要求。"),
        origin: Origin::Text(doc_number),
    },
];

const PAIRS: [(char, char); 11] = [
    ('（', '）'),
    ('(', ')'),
    ('《', '》'),
    ('〈', '〉'),
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〔', '〕'),
    ('[', ']'),
];

fn unpaired(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let Some(place) = first_unpaired(&piece.prose) else { return };
    let c = piece.prose.at(place);
    found.push(
        Finding::new(text!("“{c}”不成对", "{c} has no partner"))
            .within(piece.text, piece.prose.bytes(place..place + 1))
            .help(text!("补上另一半，或改用成对的符号", "add its other half, or correct the pair")),
    );
}

fn first_unpaired(prose: &Prose<'_>) -> Option<usize> {
    let mut open: Vec<(char, usize)> = Vec::new();
    for place in 0..prose.len() {
        let c = prose.at(place);
        // An apostrophe.
        if c == '’' && prose.before(place).is_ascii_alphabetic() {
            continue;
        }
        if let Some(&(_, close)) = PAIRS.iter().find(|(left, _)| *left == c) {
            // “ inside “ is never right: ‘ would be.
            let nested =
                matches!(c, '“' | '‘') && open.last().is_some_and(|&(top, _)| top == close);
            if nested {
                return open.last().map(|&(_, place)| place);
            }
            open.push((close, place));
        } else if PAIRS.iter().any(|(_, right)| *right == c) {
            match open.last() {
                Some(&(close, _)) if same_width(close, c) => {
                    open.pop();
                }
                Some(&(_, place)) => return Some(place),
                None if is_numbering(prose, place) => {}
                None => return Some(place),
            }
        }
    }
    open.first().map(|&(_, place)| place)
}

/// A round bracket may be closed by one of the other width: that is another rule's matter.
fn same_width(expected: char, c: char) -> bool {
    expected == c || (matches!(expected, '）' | ')') && matches!(c, '）' | ')'))
}

/// `1）`, `一)` at the beginning of a clause.
fn is_numbering(prose: &Prose<'_>, close: usize) -> bool {
    let number = |c: char| c.is_ascii_alphanumeric() || is_numeral(c);
    let start = (0..close).rev().take_while(|&place| number(prose.at(place))).last();
    matches!(prose.at(close), '）' | ')')
        && start.is_some_and(|start| "\0。；：，、 \n".contains(prose.before(start)))
}

/// What stands in brackets is not longer: beyond that the other half is not looked for.
const LONGEST: usize = 60;

fn half_width(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for (open, close, certain) in [('(', ')', true), ('[', ']', false), ('<', '>', false)] {
        for start in prose.places(|c| c == open) {
            let inside = |c: char| c != close && !"）。\n".contains(c);
            let last = (start + 1 + LONGEST).min(prose.len());
            let len = (start + 1..last).take_while(|&place| inside(prose.at(place))).count();
            let end = start + 1 + len;
            if prose.at(end) != close && prose.at(end) != '）' {
                continue;
            }
            let inside = prose.slice(start + 1..end);
            let chinese = inside.chars().any(is_chinese)
                || (is_han(prose.before(start))
                    && inside.chars().any(char::is_alphanumeric)
                    && is_han(prose.at(end + 1)));
            // 浓度<30微克，比例>90%: signs of comparison.
            let compares = open == '<'
                && (prose.at(start + 1).is_ascii_digit()
                    || prose.at(start + 1) == '='
                    || prose.at(end + 1).is_ascii_digit()
                    || inside.contains(['，', '；', '、']));
            if compares {
                continue;
            }
            // A document number has its own rule; ISO and the like may stand in half-width ones.
            if !inside.chars().any(is_chinese) || !chinese {
                continue;
            }
            let edits = if certain && prose.at(end) == close {
                prose.edit(start..start + 1, "（").zip(prose.edit(end..end + 1, "）"))
            } else if certain && prose.at(end) == '）' {
                prose.edit(start..start + 1, "（").map(|edit| (edit.clone(), edit))
            } else {
                None
            };
            let fix = edits.map(|(left, right)| {
                let edits = if left == right { vec![left] } else { vec![left, right] };
                Fix::new(edits)
            });
            let words = prose.slice(start..end + 1);
            found.push(
                Finding::new(text!(
                    "“{words}”的括号应为全角",
                    "the brackets of {words} should be full-width"
                ))
                .within(piece.text, prose.bytes(start..end + 1))
                .fix(fix),
            );
        }
    }
}

fn straight(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    let marks: Vec<usize> = prose.places(|c| c == '"').collect();
    let beside =
        |&place: &usize| is_chinese(prose.before(place)) || is_chinese(prose.at(place + 1));
    let Some(&first) = marks.iter().find(|place| beside(place)) else { return };
    let edits: Option<Vec<_>> = marks
        .iter()
        .enumerate()
        .map(|(n, &place)| prose.edit(place..place + 1, if n % 2 == 0 { "“" } else { "”" }))
        .collect();
    let even = marks.len().is_multiple_of(2) && !prose.places(|c| "“”".contains(c)).any(|_| true);
    found.push(
        Finding::new(text!("直引号应为“”", "straight quotation marks should be “”"))
            .within(piece.text, prose.bytes(first..first + 1))
            .fix(edits.filter(|_| even).map(Fix::new)),
    );
}

/// How many characters before the bracket are looked at.
const CODE: usize = 8;

/// What the codes of offices end in (国办发, 云政办函, 云府规, 云委字). Other numbers with a year in brackets
/// (reports of audits, notices of land, cases of courts) have forms of their own.
const CODES: &str = "发办函字规政委党厅令电";

fn doc_number(context: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let own = context.publication.record.number.as_ref().map(|number| number.code.trim());
    let prose = &piece.prose;
    for start in prose.places(|c| "〔[（(【［〖".contains(c)) {
        let digits = prose.run(start + 1, |c| c.is_ascii_digit());
        let close = start + 1 + digits;
        let year = prose.slice(start + 1..close);
        let is_year = digits == 4 && (year.starts_with("19") || year.starts_with("20"));
        if !is_year || !"〕]）)】］〗".contains(prose.at(close)) || !is_han(prose.before(start))
        {
            continue;
        }
        let ordinal = usize::from(prose.at(close + 1) == '第');
        let serial = close + 1 + ordinal;
        let run = prose.run(serial, |c| c.is_ascii_digit());
        if run == 0 || prose.at(serial + run) != '号' {
            continue;
        }
        let code = prose.slice(start.saturating_sub(CODE)..start);
        let is_own = own.is_some_and(|own| !own.is_empty() && code.ends_with(own));
        if !is_own && (!CODES.contains(prose.before(start)) || code.contains(['告', '证', '审']))
        {
            continue;
        }
        let zeros = prose.run(serial, |c| c == '0').min(run - 1);
        let number = prose.slice(serial + zeros..serial + run);
        let right = format!("〔{year}〕{number}");
        let range = start..serial + run;
        if prose.slice(range.clone()) != right {
            found.push(
                Finding::new(text!(
                    "发文字号应写成“{right}号”",
                    "a document number is written {right}号"
                ))
                .within(piece.text, prose.bytes(range.clone()))
                // What another office printed as 第039号 is its number.
                .fix(if is_own || (ordinal == 0 && zeros == 0) {
                    prose.fix(range, &right)
                } else {
                    None
                }),
            );
        }
    }
}
