//! Blanks inside Chinese text.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::{Prose, is_chinese};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{Piece, TextKind};
use base::diag::{Fix, Severity, Words};
use base::text;
use base::zh::{is_han, is_numeral};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "space-in-text",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new("汉字之间有空格", "Blanks between Chinese characters."),
        why: Words::new(
            "印出来像少了一个字。段首的缩进由程序排，也不用空格。--fix 可以删去；标题、表格和两个机关之间的空格不看。",
            "It looks as if a character were missing; indents are made by the program. `--fix` deletes them. Titles, tables, and one blank between two organs are left alone.",
        ),
        source: "",
        bad: Example::Text("完善产业  链供应链互保机制。"),
        good: Example::Text("完善产业链供应链互保机制，打造 AI 应用场景。"),
        origin: Origin::Text(between_han),
    },
    Rule {
        id: "space-beside-digit",
        severity: Severity::Hint,
        on: true,
        family: Family::Marks,
        finds: Words::new("汉字和数字之间有空格", "Blanks between Chinese characters and digits."),
        why: Words::new(
            "公文里汉字和数字之间不空格，排版时的间距由程序定。--fix 可以删去。",
            "Official documents have none; the program sets the spacing. `--fix` deletes them.",
        ),
        source: "",
        bad: Example::Text("新建学校 2 所。"),
        good: Example::Text("新建学校2所。"),
        origin: Origin::Text(beside_digit),
    },
];

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}' | '\u{2002}' | '\u{2003}' | '\u{200b}')
}

/// The character at a place. Half-width marks beside a Chinese character count as the full-width
/// one that should stand there.
fn side(prose: &Prose<'_>, at: usize, next: impl Fn(usize) -> Option<usize>) -> char {
    let is_mark = |c: char| ",;:?!.()\"-".contains(c);
    let c = prose.at(at);
    let mut beyond = Some(at);
    while let Some(place) = beyond.filter(|&place| is_mark(prose.at(place))) {
        beyond = next(place);
    }
    let chinese = beyond.is_some_and(|place| is_chinese(prose.at(place)));
    if is_mark(c) && chinese { '，' } else { c }
}

fn is_inside_title(prose: &Prose<'_>, place: usize) -> bool {
    // A title is shorter than that.
    let marks = (0..place).rev().take(100).map(|place| prose.at(place));
    marks.into_iter().find(|c| "《》".contains(*c)) == Some('《')
}

/// Whether a blank stands between two organs: 财政部 税务总局.
fn is_between_organs(prose: &Prose<'_>, blank: usize) -> bool {
    let ends = ["部", "委", "局", "厅", "院", "署", "办公室", "政府", "委员会", "中央", "联合会"];
    let before: Vec<char> =
        (0..blank).rev().map(|place| prose.at(place)).take_while(|&c| is_han(c)).take(20).collect();
    let before: String = before.into_iter().rev().collect();
    let run = prose.run(blank + 1, is_han).min(20);
    let behind = prose.slice(blank + 1..blank + 1 + run);
    // 部 at the beginning is the rest of another word.
    let rest: String = behind.chars().skip(2).collect();
    before.chars().count() >= 3
        && ends.iter().any(|end| before.ends_with(end))
        && ends.iter().any(|end| rest.contains(end))
}

/// Reports the blanks of a text that stand between two characters of some kinds.
fn report(
    piece: &Piece<'_>,
    between: impl Fn(char, char, &str) -> bool,
    message: base::diag::Text,
    found: &mut Findings,
) {
    let looked_at = matches!(
        piece.kind,
        TextKind::Item { .. } | TextKind::Prose | TextKind::Own | TextKind::Line
    );
    if !looked_at {
        return;
    }
    let prose = &piece.prose;
    let mut places = Vec::new();
    let mut place = 0;
    while place < prose.len() {
        let run = prose.run(place, is_blank);
        let range = place..place + run;
        let before =
            place.checked_sub(1).map_or('\0', |at| side(prose, at, |at| at.checked_sub(1)));
        let behind = side(prose, place + run, |at| Some(at + 1));
        // Between two organs in a title: 《中共中央 国务院关于……》.
        let of_organs =
            run == 1 && (is_inside_title(prose, place) || is_between_organs(prose, place));
        // A line end that YAML reads as a blank beside a half-width mark: that is to be mended.
        let span = prose.span(range.clone());
        let folded = span.source().text()[span.range()].contains('\n');
        let kept = of_organs || is_behind_table_number(prose, place);
        if run > 0 && !kept && !folded && between(before, behind, &prose.slice(range.clone())) {
            places.push(range);
        }
        place += run.max(1);
    }
    let Some(first) = places.first() else { return };
    let edits: Option<Vec<_>> = places.iter().map(|range| prose.edit(range.clone(), "")).collect();
    found.push(
        Finding::new(message)
            .within(piece.text, prose.bytes(first.clone()))
            .help(text!(
                "删去空格（这段文字共 {n} 处）",
                "delete them ({n} in this text)",
                n = places.len()
            ))
            .fix(edits.map(Fix::new)),
    );
}

/// Between 表1 and what the table is about, at the beginning of a line.
fn is_behind_table_number(prose: &Prose<'_>, place: usize) -> bool {
    let start = (0..place).rev().find(|&at| prose.at(at) == '\n').map_or(0, |at| at + 1);
    let label: String = (start..place).map(|at| prose.at(at)).collect();
    let number = label.trim_start().strip_prefix(['表', '图']);
    number.is_some_and(|number| {
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.') || is_numeral(c);
        !number.is_empty() && number.chars().all(is_number)
    })
}

fn between_han(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    // At the beginning of a line only a full-width blank is an indent by hand.
    let between = |before: char, behind: char, blanks: &str| {
        is_chinese(behind)
            && (is_chinese(before)
                || (matches!(before, '\0' | '\n') && blanks.contains('\u{3000}')))
    };
    report(piece, between, text!("汉字之间有空格", "blanks between Chinese characters"), found);
}

fn beside_digit(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let between = |before: char, behind: char, _: &str| {
        (is_han(before) && behind.is_ascii_digit()) || (before.is_ascii_digit() && is_han(behind))
    };
    let message = text!("汉字和数字之间有空格", "blanks between Chinese characters and digits");
    report(piece, between, message, found);
}
