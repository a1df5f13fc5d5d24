//! Characters that only look like what is meant.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::Piece;
use base::diag::{Fix, Severity, Words};
use base::text;
use base::zh::meant;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "radical-as-character",
    severity: Severity::Warning,
    on: true,
    family: Family::Language,
    finds: Words::new(
        "用部首或兼容字符冒充的汉字",
        "Radicals and compatibility forms in the place of characters.",
    ),
    why: Words::new(
        "从 PDF 复制的文字里常有“⼈⽤⼯”这样的部首字符，看上去和“人用工”一样，却搜不到，单位名称也对不上，有的字体还印不出来。一段文字合起来报告一次，--fix 一次改完。",
        "Text that is copied from PDFs often has radicals such as ⼈⽤⼯, which look like 人用工 but are not found by a search, match no unit and are missing from some fonts. Said once for a text, and `--fix` changes all of it.",
    ),
    source: "",
    bad: Example::Text("做好⼈员转岗⼯作。"),
    good: Example::Text("做好人员转岗工作，练好“⼈”字旁。"),
    origin: Origin::Text(radicals),
}];

fn radicals(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    let near = |c: char| (c != '\0').then_some(c);
    let at =
        |place: usize| meant(prose.at(place), near(prose.before(place)), near(prose.at(place + 1)));
    // The plain character of almost all text is told without looking around it.
    let places: Vec<(usize, char)> = prose
        .places(|c| meant(c, Some('字'), None).is_some())
        .filter_map(|place| Some((place, at(place)?)))
        .collect();
    let Some(&(first, right)) = places.first() else { return };
    let edits: Option<Vec<_>> = places
        .iter()
        .map(|&(place, c)| prose.edit(place..place + 1, c.encode_utf8(&mut [0; 4])))
        .collect();
    let (n, wrong) = (places.len(), prose.at(first));
    let code = u32::from(wrong);
    let message = match n {
        1 => text!(
            "“{wrong}”（U+{code:04X}）是部首字符，应为“{right}”",
            "“{wrong}” (U+{code:04X}) only looks like “{right}”"
        ),
        _ => text!(
            "这段文字有 {n} 个部首字符，如“{wrong}”（U+{code:04X}），应为“{right}”",
            "{n} characters of this text only look like others: “{wrong}” (U+{code:04X}) should be “{right}”"
        ),
    };
    found.push(
        Finding::new(message)
            .within(piece.text, prose.bytes(first..first + 1))
            .fix(edits.map(Fix::new)),
    );
}
