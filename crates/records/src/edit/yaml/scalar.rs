//! Texts as scalars: plain, quoted, or as a block of lines.

use base::zh::is_cjk;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// How a scalar is written, with what goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Manner {
    pub(super) style: Style,
    /// Of one that is broken over lines: how many characters its longest line has.
    pub(super) width: Option<usize>,
    /// Of a block: whether it keeps the line break at its end.
    pub(super) clips: bool,
}

impl Manner {
    pub(super) fn of(written: &str) -> Self {
        let style = match written.as_bytes().first() {
            Some(b'\'') => Style::Single,
            Some(b'"') => Style::Double,
            Some(b'|') => Style::Literal,
            Some(b'>') => Style::Folded,
            _ => Style::Plain,
        };
        let is_block = matches!(style, Style::Literal | Style::Folded);
        let mut lines = written.lines();
        let header = if is_block { lines.next().unwrap_or_default() } else { "" };
        let signs = header.split(['#', ' ', '\t']).next().unwrap_or_default();
        let longest = lines.map(|line| line.trim().chars().count()).max().unwrap_or(0);
        let is_broken = style == Style::Folded || (!is_block && written.contains(['\n', '\r']));
        Self {
            style,
            width: is_broken.then_some(longest.max(20)),
            clips: is_block && !signs.contains(['-', '+']),
        }
    }

    pub(super) const fn one_line(style: Style) -> Self {
        Self { style, width: None, clips: false }
    }
}

/// Where a scalar is to stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings {
    /// Inside brackets.
    pub(super) flow: bool,
    /// The column of its further lines.
    pub(super) column: usize,
    pub(super) newline: &'static str,
}

/// A text in a style; `None` where the style cannot say it.
pub(super) fn write(text: &str, manner: &Manner, at: Surroundings) -> Option<String> {
    match manner.style {
        Style::Plain => is_plain(text, at.flow).then(|| broken(text, manner.width, at)).flatten(),
        Style::Single if text.contains(is_special) || text.contains('\n') => None,
        Style::Single => {
            Some(format!("'{}'", broken(&text.replace('\'', "''"), manner.width, at)?))
        }
        Style::Double => Some(double(text)),
        Style::Literal | Style::Folded if at.flow => None,
        Style::Literal => block(text, manner, at),
        Style::Folded => block(text, manner, at),
    }
}

/// Characters that are escaped.
fn is_special(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(
            c,
            '\u{85}' | '\u{a0}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}'
        )
}

/// Whether a text needs no quotes. Stricter than YAML: what a person would quote is quoted.
fn is_plain(text: &str, flow: bool) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    let second = chars.next();
    let starts = match first {
        '-' | '?' | ':' => second.is_some_and(|c| !c.is_whitespace() && c != first),
        '[' | ']' | '{' | '}' | ',' | '#' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%'
        | '@' | '`' => false,
        _ => true,
    };
    starts
        && !matches!(text, "~" | "null" | "<<" | "..." | "---")
        && text.trim() == text
        && !text.contains(is_special)
        && !text.contains(['\n', '\t'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !(flow && text.contains([',', '[', ']', '{', '}', ':']))
}

fn double(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            '\r' => written.push_str("\\r"),
            c if is_special(c) && u32::from(c) > 0xffff => {
                written.push_str(&format!("\\U{:08X}", u32::from(c)));
            }
            c if is_special(c) => written.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

/// One paragraph over several lines, if it is to be broken.
fn broken(text: &str, width: Option<usize>, at: Surroundings) -> Option<String> {
    let Some(width) = width else { return Some(text.to_owned()) };
    let indent = " ".repeat(at.column);
    Some(lines(text, width)?.join(&format!("{}{indent}", at.newline)))
}

/// A paragraph as lines of about a width. Between Chinese characters a break is nothing, elsewhere
/// it is a blank.
fn lines(text: &str, width: usize) -> Option<Vec<String>> {
    let chars: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let next = chars.get(at + 1).copied();
        let before = line.chars().next_back();
        let begins_badly = |c: char| matches!(c, '#' | '-' | '?' | ':' | ' ' | '\t');
        if length >= width {
            let between_chinese = before.is_some_and(is_cjk) && is_cjk(c) && !ends_badly(c);
            let at_blank = c == ' '
                && before.is_some_and(|b| b != ' ')
                && next
                    .is_some_and(|n| !(begins_badly(n) || before.is_some_and(is_cjk) && is_cjk(n)));
            if between_chinese || at_blank {
                lines.push(std::mem::take(&mut line));
                length = 0;
                if at_blank {
                    at += 1;
                    continue;
                }
            }
        }
        line.push(c);
        length += 1;
        at += 1;
    }
    lines.push(line);
    Some(lines)
}

/// Marks that close: no line of Chinese begins with one.
fn ends_badly(c: char) -> bool {
    "”’）》〉」』】〕，。、；：？！".contains(c)
}

/// A block of lines.
fn block(text: &str, manner: &Manner, at: Surroundings) -> Option<String> {
    let folded = manner.style == Style::Folded;
    let body = text.trim_end_matches('\n');
    let ends = text.len() - body.len();
    if body.is_empty()
        || ends > 1
        || text.contains(is_special)
        || body.starts_with([' ', '\t', '\n'])
    {
        return None;
    }
    // A line of blanks alone is read as an empty one.
    if body.split('\n').any(|line| !line.is_empty() && line.trim_matches([' ', '\t']).is_empty()) {
        return None;
    }
    let sign = if folded { ">" } else { "|" };
    let chomp = if ends == 0 { "-" } else { "" };
    let mut written = format!("{sign}{chomp}");
    let indent = " ".repeat(at.column);
    let mut push = |line: &str| {
        written.push_str(at.newline);
        if !line.is_empty() {
            written.push_str(&indent);
            written.push_str(line);
        }
    };
    if !folded {
        body.split('\n').for_each(&mut push);
        return Some(written);
    }
    // Lines that begin with a blank are not folded, and change the breaks around them.
    if body.split('\n').any(|line| line.starts_with([' ', '\t'])) {
        return None;
    }
    for (place, paragraph) in body.split('\n').enumerate() {
        if place > 0 {
            push("");
        }
        if !paragraph.is_empty() {
            lines(paragraph, manner.width.unwrap_or(60))?.iter().for_each(|line| push(line));
        }
    }
    Some(written)
}

/// The ways to write a text, the one of its neighbours first.
pub(super) fn ways(text: &str, manner: &Manner, quotes: Style, at: Surroundings) -> Vec<String> {
    let one = Manner::one_line;
    let block = Manner { style: Style::Literal, width: None, clips: true };
    let wanted = if text.contains('\n') && !at.flow {
        vec![manner.clone(), block]
    } else {
        vec![manner.clone()]
    };
    let rest = [one(Style::Plain), one(quotes), one(Style::Double)];
    let mut ways: Vec<String> = Vec::new();
    for manner in wanted.iter().chain(&rest) {
        ways.extend(
            write(text, manner, at)
                .filter(|way| !ways.contains(way))
                .into_iter()
                .collect::<Vec<_>>(),
        );
    }
    ways
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::yaml::parse;
    use base::diag::Source;

    fn read(yaml: &str) -> Option<String> {
        let (document, problems) = parse(&Source::new("a.yaml", yaml));
        if problems.has_errors() {
            return None;
        }
        let root = document.root?;
        Some(root.get("k")?.value.as_text()?.as_str().to_owned())
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "推进",
            "数字化",
            "，",
            "“",
            "#",
            " ",
            "  ",
            "a",
            "5G",
            ": ",
            ":",
            "- ",
            "'",
            "\"",
            "\\",
            "\n",
            "\n\n",
            "\t",
            "{",
            "]",
            ",",
            "*x",
            "&",
            "%",
            "\u{a0}",
            "？",
            "null",
            "~",
        ]);
        prop::collection::vec(piece, 1..14).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 800, ..ProptestConfig::default() })]

        /// The last way always says the text; each of the others says it or is found out.
        #[test]
        fn every_text_can_be_written(text in text(), style in 0usize..5, width in prop::option::of(4usize..12)) {
            let style = [Style::Plain, Style::Single, Style::Double, Style::Literal, Style::Folded][style];
            let manner = Manner { style, width, clips: true };
            let at = Surroundings { flow: false, column: 2, newline: "\n" };
            let ways = ways(&text, &manner, Style::Single, at);
            let last = ways.last().unwrap();
            prop_assert_eq!(read(&format!("k: {}\nz: 1\n", last)), Some(text.clone()));
            let flow = super::ways(&text, &manner, Style::Single, Surroundings { flow: true, ..at });
            prop_assert_eq!(read(&format!("{{k: {}, z: 1}}\n", flow.last().unwrap())), Some(text));
        }
    }

    #[test]
    fn in_the_style_of_the_neighbours() {
        let at = Surroundings { flow: false, column: 2, newline: "\n" };
        let text = "推进数字化改革，形成闭环。\n";
        let of = |written: &str| ways(text, &Manner::of(written), Style::Double, at).remove(0);
        assert_eq!(of("|\n  甲"), "|\n  推进数字化改革，形成闭环。");
        assert_eq!(of(">\n  甲乙丙丁戊"), ">\n  推进数字化改革，形成闭环。");
        let short = |written: &str| ways("P", &Manner::of(written), Style::Double, at).remove(0);
        assert_eq!(short("'个'"), "'P'");
        assert_eq!(short("\"个\""), "\"P\"");
        assert_eq!(short("个"), "P");
        assert_eq!(ways("%", &Manner::of("个"), Style::Double, at)[0], "\"%\"");
    }
}
