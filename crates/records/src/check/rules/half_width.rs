//! Half-width marks in Chinese text.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::is_chinese;
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::Piece;
use base::diag::{Fix, Severity, Words};
use base::text;
use base::zh::is_han;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "half-width-mark",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new(
            "汉字旁边用了半角标点",
            "Half-width punctuation beside Chinese characters.",
        ),
        why: Words::new(
            "半角的逗号、冒号、分号、问号、叹号夹在汉字里，印出来挤在一起。一段文字合起来报告一次，--fix 一次改完；数字里的逗号、冒号（1,200、16:30）不算。",
            "Half-width commas, colons, semicolons, question and exclamation marks look squeezed among Han characters. Said once for a text, and `--fix` changes all of it; marks inside numbers (1,200, 16:30) are left alone.",
        ),
        source: "",
        bad: Example::Text("现印发给你们,请认真执行。"),
        good: Example::Text("现印发给你们，请认真执行，16:30前报送1,200份。"),
        origin: Origin::Text(half_width),
    },
    Rule {
        id: "half-width-stop",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new(
            "汉字后面用了半角句点",
            "A half-width full stop behind Chinese characters.",
        ),
        why: Words::new(
            "“.”夹在汉字中间或在末尾，应当是句号。",
            "`.` between Han characters or at the end should be 。",
        ),
        source: "",
        bad: Example::Text("建成投用.启动二期。"),
        good: Example::Text("建成投用。启动2.0版。"),
        origin: Origin::Text(half_width_stop),
    },
];

fn half_width(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    let full = |c: char| match c {
        ',' => Some("，"),
        ';' => Some("；"),
        ':' => Some("："),
        '?' => Some("？"),
        '!' => Some("！"),
        _ => None,
    };
    let neighbour = |c: char| is_chinese(c) && !"·—…".contains(c);
    let places: Vec<usize> = prose
        .places(|c| full(c).is_some())
        .filter(|&place| {
            let (before, behind) = (prose.before(place), prose.at(place + 1));
            let numeric = before.is_ascii_digit() && behind.is_ascii_digit();
            !numeric && (neighbour(before) || (neighbour(behind) && before != '\0'))
        })
        .collect();
    let Some(&first) = places.first() else { return };
    let edits: Option<Vec<_>> = places
        .iter()
        .map(|&place| prose.edit(place..place + 1, full(prose.at(place)).unwrap_or_default()))
        .collect();
    let (n, c) = (places.len(), prose.at(first));
    let message = match n {
        1 => text!("半角的“{c}”应为全角", "“{c}” should be full-width"),
        _ => text!("这段文字有 {n} 处半角标点", "{n} half-width marks in this text"),
    };
    found.push(
        Finding::new(message)
            .within(piece.text, prose.bytes(first..first + 1))
            .fix(edits.map(Fix::new)),
    );
}

fn half_width_stop(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for place in prose.places(|c| c == '.') {
        // A blank behind it belongs to the half-width form.
        let end = place + 1 + prose.run(place + 1, |c| c == ' ' || c == '\u{3000}');
        if is_han(prose.before(place)) && (is_han(prose.at(end)) || "\0\n".contains(prose.at(end)))
        {
            found.push(
                Finding::new(text!("半角的“.”应为句号", "`.` should be 。"))
                    .within(piece.text, prose.bytes(place..place + 1))
                    .fix(prose.fix(place..end, "。")),
            );
        }
    }
}
