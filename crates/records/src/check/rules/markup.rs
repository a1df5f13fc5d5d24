//! What will not print as it was meant.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::Piece;
use base::diag::{Severity, Words};
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
