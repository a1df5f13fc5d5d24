//! What will not print as it was meant.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::Piece;
use base::diag::{Edit, Fix, Severity, Words};
use base::rich::{Allow, markdown};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "emphasis-literal",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new(
            "加粗、强调的星号会照样印出来",
            "Asterisks of emphasis that would be printed.",
        ),
        why: Words::new(
            "星号不成对，或者里面紧挨着空格，就不是加粗。真要印星号，写成 \\*；标题、表格里不用 Markdown，也会照样印。",
            "They are no pair, or a blank stands inside. An asterisk to be printed is written \\*. Titles and tables are no Markdown.",
        ),
        source: "",
        bad: Example::Text("重点抓好**项目建设和招商引资。"),
        good: Example::Text("重点抓好**项目建设**和招商引资。"),
        origin: Origin::Text(literal),
    },
    Rule {
        id: "asterisk-times",
        severity: Severity::Warning,
        on: true,
        family: Family::Marks,
        finds: Words::new(
            "当乘号用的星号会被当成强调，印出来就没有了",
            "Asterisks for multiplication that vanish in print as signs of emphasis.",
        ),
        why: Words::new(
            "一段文字里两个“*”夹着文字，就是强调，星号不印。旁边是数字，或者是“人数”“天数”“单价”这样的量时报告，乘号写“×”。",
            "Two `*` around words are emphasis and are not printed. Reported beside digits and amounts (人数, 天数, 单价): write ×.",
        ),
        source: "",
        bad: Example::Text("补助按人数*天数*50元计算。"),
        good: Example::Text("补助按人数×天数×50元计算，*重点*向乡镇倾斜。"),
        origin: Origin::Text(times),
    },
    Rule {
        id: "glyph-missing",
        severity: Severity::Error,
        on: true,
        family: Family::Marks,
        finds: Words::new("没有字体能显示的字", "A character that no font has."),
        why: Words::new(
            "印出来是空白或方框，所以不能生成。人名、地名里的生僻字常见。安装有这个字的字体，不要用形近字代替。",
            "It cannot be set. Common in names of people and places: install a font that has it.",
        ),
        source: "",
        bad: Example::Text("改造\u{e000}溪水库。"),
        good: Example::Text("改造云溪水库。"),
        origin: Origin::Text(glyph),
    },
];

fn literal(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let value = piece.text.as_str();
    if !value.contains('*') {
        return;
    }
    let printed = if piece.kind.is_markdown() {
        markdown(piece.text, Allow { headings: true }).0.plain()
    } else {
        value.to_string()
    };
    let escaped = value.matches("\\*").count();
    let stars = printed.matches('*').count();
    // A lone asterisk is a sign of its own: 5*8.
    if stars <= escaped || !(printed.contains("**") || stars - escaped >= 2) {
        return;
    }
    // The first asterisks that belong to no pair: those with a blank on the inside come first.
    let at =
        value.find("** ").or_else(|| value.find(" **")).or_else(|| value.find('*')).unwrap_or(0);
    let start = at + value[at..].find('*').unwrap_or(0);
    let len = value[start..].bytes().take_while(|&b| b == b'*').count();
    found.push(
        Finding::new(text!("星号会照样印出来", "these asterisks would be printed"))
            .within(piece.text, start..start + len)
            .help(text!(
                "写成 **文字**，星号里面不留空格；要印星号就写 \\*",
                "write **text** without blanks inside, or \\* for an asterisk"
            )),
    );
}

/// Last characters of what is multiplied.
const AMOUNTS: &str = "数量率价额费元人天日月年米宽长高积时次个";

/// Asterisks that stand between amounts and that Markdown takes for a pair.
fn times(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let value = piece.text.as_str();
    if !piece.kind.is_markdown() || value.matches('*').count() < 2 {
        return;
    }
    let chars: Vec<(usize, char)> = value.char_indices().collect();
    let at = |place: usize| chars.get(place).map_or('\0', |&(_, c)| c);
    let single = |place: usize| {
        let before = place.checked_sub(1).map_or('\0', at);
        at(place) == '*' && before != '*' && before != '\\' && at(place + 1) != '*'
    };
    let amount = |c: char| c.is_ascii_digit() || AMOUNTS.contains(c);
    let stars: Vec<usize> = (1..chars.len()).filter(|&place| single(place)).collect();
    let multiplies = |&place: &usize| {
        let word = |c: char| c.is_alphanumeric() || ")）".contains(c);
        amount(at(place - 1)) && (word(at(place + 1)) || "(（".contains(at(place + 1)))
    };
    let (Some(&first), true) = (stars.first(), stars.len() >= 2) else { return };
    if stars.iter().filter(|place| multiplies(place)).count() < 2 {
        return;
    }
    let start = chars[first].0;
    let edits: Option<Vec<Edit>> = stars
        .iter()
        .map(|&place| {
            let span = piece.text.span_of(chars[place].0..chars[place].0 + 1);
            let same = &span.source().text()[span.range()] == "*";
            same.then(|| Edit { span, replacement: "×".to_string() })
        })
        .collect();
    let around: String =
        (first.saturating_sub(4)..first + 4).map(at).filter(|c| *c != '\0').collect();
    found.push(
        Finding::new(text!(
            "“{around}”里的星号会被当成强调，印不出来",
            "the asterisks of {around} are taken for emphasis and not printed"
        ))
        .within(piece.text, start..start + 1)
        .help(text!("乘号写成“×”", "write × for multiplication"))
        .fix(
            edits
                .filter(|edits| edits.len() == stars.iter().filter(|p| multiplies(p)).count())
                .map(Fix::new),
        ),
    );
}

fn glyph(context: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let Some(covers) = context.covers else { return };
    let mut seen = BTreeSet::new();
    let prose = &piece.prose;
    for place in 0..prose.len() {
        let c = prose.at(place);
        // U+FFFC stands for an address.
        if c.is_ascii() || c.is_whitespace() || c == '\u{fffc}' || covers(c) || !seen.insert(c) {
            continue;
        }
        let code = format!("U+{:04X}", u32::from(c));
        found.push(
            Finding::new(text!(
                "没有字体能显示“{c}”（{code}）",
                "no font has the character {c} ({code})"
            ))
            .within(piece.text, prose.bytes(place..place + 1))
            .help(text!(
                "安装有这个字的字体，在 yinfa.yaml 的 fonts 里写上",
                "install a font that has it and name it under `fonts` in yinfa.yaml"
            )),
        );
    }
}
