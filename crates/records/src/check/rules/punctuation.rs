//! Full stops, doubled marks, ellipses and dashes.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::{Prose, is_chinese};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{Piece, TextKind};
use base::diag::{Severity, Words};
use base::text;
use base::zh::is_han;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "full-stop",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new("任务的末尾没有句号", "No full stop at the end of an item."),
        why: Words::new(
            "责任单位的括号接在后面印，少了句号就和正文连成一句。末尾是汉字、数字、百分号时 --fix 可以补上；分成几部分的任务，前面的部分可以用分号。",
            "The bracket with the units follows, and would be part of the sentence. `--fix` adds it behind Han characters, digits and percent signs. All parts of an item but the last may end in a semicolon.",
        ),
        source: "",
        bad: Example::Text("谋划召开服装大会"),
        good: Example::Text("谋划召开服装大会。"),
        origin: Origin::Text(full_stop),
    },
    Rule {
        id: "mark-doubled",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new("两个标点连在一起", "Two punctuation marks in a row."),
        why: Words::new(
            "改文字时留下的多余标点。两个相同的，--fix 可以删去一个；不同的要看留哪一个。",
            "Left over from rewording. Of two equal ones `--fix` deletes one; of two different ones a person must choose.",
        ),
        source: "",
        bad: Example::Text("推进项目建设，，确保按期投用。"),
        good: Example::Text("推进项目建设，确保按期投用。"),
        origin: Origin::Text(doubled),
    },
    Rule {
        id: "ellipsis",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new("省略号不是六个点（……）", "An ellipsis that is not ……."),
        why: Words::new(
            "“...”“。。。”“…”都应写成“……”。",
            "`...`, `。。。` and a single … are written ……",
        ),
        source: "",
        bad: Example::Text("完善教育、医疗...服务。"),
        good: Example::Text("完善教育、医疗……服务。"),
        origin: Origin::Text(ellipsis),
    },
    Rule {
        id: "dash",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new("破折号不是两字长的（——）", "A dash that is not ——."),
        why: Words::new(
            "“--”“－－”在汉字中间应写成“——”；单个的一字线连接地名、年份，不算。",
            "`--` and `－－` between Han characters are written ——; a single line between places or years is something else.",
        ),
        source: "",
        bad: Example::Text("打响文化品牌--云溪雅集。"),
        good: Example::Text("打响文化品牌——云溪雅集，建设云溪—东山快速路。"),
        origin: Origin::Text(dash),
    },
];

/// Whether a project's items end in no marks at all, as lines of tables and lists do.
fn does_without_stops(context: &Context<'_>) -> bool {
    let texts = || context.items.iter().filter_map(|checked| checked.record.parts.last());
    let with = texts()
        .filter(|part| part.text.trim_end().ends_with(['。', '！', '？', '）', '”']))
        .count();
    texts().count() >= 3 && with * 10 < texts().count()
}

fn full_stop(context: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let TextKind::Item { last: is_last } = piece.kind else { return };
    let prose = &piece.prose;
    let Some(last) = (0..prose.len()).rev().find(|&place| !prose.at(place).is_whitespace()) else {
        return;
    };
    // A table is no sentence.
    let mut line = (0..=last).rev().take_while(|&place| prose.at(place) != '\n');
    if line.any(|place| prose.at(place) == '|') {
        return;
    }
    let c = prose.at(last);
    let ends = "。！？…";
    // 见附件。） and （见附件）。both end a sentence; so does 。” and a bracket behind a full stop.
    let inner = (0..=last).rev().find(|&place| !"）)”’》".contains(prose.at(place)));
    let inside = inner.is_some_and(|place| ends.contains(prose.at(place)));
    let bracket = matches!(c, '）' | ')').then(|| open_of(prose, last)).flatten();
    let behind_stop = bracket.is_some_and(|open| open > 0 && ends.contains(prose.before(open)));
    let unwanted = *context.without_stops.get_or_init(|| does_without_stops(context));
    if inside || behind_stop || (!is_last && "；;".contains(c)) || unwanted {
        return;
    }
    let certain = is_han(c) || c.is_ascii_digit() || c == '%';
    let label = text!("末尾没有句号", "no full stop at the end");
    found.push(
        Finding::new(label)
            .within(piece.text, prose.bytes(last..last + 1))
            .help(text!("补上“。”", "add 。"))
            .fix(if certain { prose.insert_behind(last + 1, "。") } else { None }),
    );
}

/// The bracket that one at `close` closes.
fn open_of(prose: &Prose<'_>, close: usize) -> Option<usize> {
    (0..close).rev().find(|&place| matches!(prose.at(place), '（' | '('))
}

fn doubled(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    const MARKS: &str = "，。、；：,;:";
    let prose = &piece.prose;
    let mut place = 0;
    while place < prose.len() {
        let is_mark = |place: usize| MARKS.contains(prose.at(place));
        let mut run = usize::from(is_mark(place));
        // Blanks between them are no excuse.
        while run > 0 {
            let next = place + run + prose.run(place + run, |c| c == ' ' || c == '\u{3000}');
            if !is_mark(next) {
                break;
            }
            run = next + 1 - place;
        }
        let marks: String =
            prose.slice(place..place + run).split_whitespace().collect::<Vec<_>>().concat();
        let all = marks.chars().count();
        // Three full stops are an ellipsis to another rule.
        let ellipsis = all >= 3 && marks.chars().all(|c| c == '。');
        if all >= 2 && !ellipsis {
            let first = prose.at(place);
            let equal = marks.chars().all(|c| c == first);
            found.push(
                Finding::new(text!("标点“{marks}”连在一起", "the marks {marks} in a row"))
                    .within(piece.text, prose.bytes(place..place + run))
                    .help(text!("只留一个", "keep one"))
                    .fix(if equal { prose.fix(place + 1..place + run, "") } else { None }),
            );
        }
        place += run.max(1);
    }
}

fn ellipsis(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let beside = |c: char| is_chinese(c) || ",;:?!".contains(c);
    let prose = &piece.prose;
    let mut place = 0;
    while place < prose.len() {
        let c = prose.at(place);
        let run = prose.run(place, |other| other == c);
        let wrong = match c {
            '.' | '．' => {
                run >= 3 && (beside(prose.before(place)) || beside(prose.at(place + run)))
            }
            '。' | '·' => run >= 3,
            '…' => run % 2 == 1,
            _ => false,
        };
        if wrong {
            let words = prose.slice(place..place + run);
            found.push(
                Finding::new(text!(
                    "省略号应写成“……”，不是“{words}”",
                    "an ellipsis is ……, not {words}"
                ))
                .within(piece.text, prose.bytes(place..place + run))
                .fix(prose.fix(place..place + run, "……")),
            );
        }
        place += run.max(1);
    }
}

fn dash(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    let mut place = 0;
    while place < prose.len() {
        let c = prose.at(place);
        let run = prose.run(place, |other| other == c);
        let beside = is_chinese(prose.before(place)) && is_chinese(prose.at(place + run));
        if "-－–─".contains(c) && run >= 2 && beside {
            let words = prose.slice(place..place + run);
            found.push(
                Finding::new(text!("破折号应写成“——”，不是“{words}”", "a dash is ——, not {words}"))
                    .within(piece.text, prose.bytes(place..place + run))
                    .fix(prose.fix(place..place + run, "——")),
            );
        }
        place += run.max(1);
    }
}
