//! Paragraphs as Markdown that says exactly them.

use base::diag::{Source, SourceText, Span};
use base::rich::{Allow, Block, Inline, markdown};

/// The Markdown of some paragraphs; signs that would mean something get a backslash, and only
/// where they would.
pub(super) fn prose(paragraphs: &[String]) -> String {
    let paragraphs: Vec<String> = paragraphs
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .map(|text| if text.contains('\t') { table(text) } else { words(text) })
        .collect();
    paragraphs.join("\n\n")
}

fn words(text: &str) -> String {
    if says(text, text) { text.to_string() } else { escaped(text) }
}

/// The Markdown of a table: rows are lines, with tabs between their cells.
fn table(text: &str) -> String {
    let cell = |text: &str| {
        let words = words(text.trim());
        // A stroke would end the cell.
        words.replace("\\|", "|").replace('|', "\\|")
    };
    let row = |line: &str| {
        let cells: Vec<String> = line.split('\t').map(cell).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut rows: Vec<String> = text.lines().map(row).collect();
    let columns = text.lines().next().map_or(0, |line| line.split('\t').count());
    rows.insert(rows.len().min(1), format!("|{}", " --- |".repeat(columns)));
    rows.join("\n")
}

/// Markdown with strong words before its first paragraph.
pub(super) fn strong(words: &str, text: &str) -> String {
    let words = prose(&[words.to_string()]);
    format!("**{words}**{text}")
}

/// Whether some Markdown is read as one paragraph of exactly these characters.
fn says(source: &str, text: &str) -> bool {
    let span = Span::new(Source::new("", source), 0..source.len());
    let (rich, problems) =
        markdown(&SourceText::new(source.into(), span, vec![(0, 0)]), Allow::default());
    let plain = match &rich.blocks[..] {
        [Block::Paragraph { inlines }] => match &inlines[..] {
            [Inline::Text { text }] => Some(text.as_str()),
            _ => None,
        },
        _ => None,
    };
    problems.is_empty() && plain == Some(text)
}

fn escaped(text: &str) -> String {
    let few = escape(text, |c| "\\`*_[]<>&#".contains(c));
    if says(&few, text) {
        return few;
    }
    escape(text, |c| c.is_ascii_punctuation())
}

fn escape(text: &str, wants: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    // A number and a dot, a dash or a plus at the beginning would be a list.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let list = at == digits
            && (digits > 0 && matches!(c, '.' | ')')
                || digits == 0 && matches!(c, '-' | '+' | '='));
        if wants(c) || list {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn signs_are_escaped_where_they_mean_something() {
        let one = |text: &str| prose(&[text.to_string()]);
        assert_eq!(one("推进“2+8”平台、80%、4A级。"), "推进“2+8”平台、80%、4A级。");
        assert_eq!(one("1.抓好落实"), "1.抓好落实");
        assert_eq!(one("1. 抓好落实"), "1\\. 抓好落实");
        assert_eq!(one("*重点*工作"), "\\*重点\\*工作");
        assert_eq!(one("- 甲"), "\\- 甲");
        assert_eq!(prose(&["甲".into(), "乙".into()]), "甲\n\n乙");
    }

    proptest! {
        #[test]
        fn it_says_what_it_should(text in "[区局。（）*_`\\[\\]<>#&!|~+=.\\-\"'\\\\0-9a :/]{1,30}") {
            let text = text.trim();
            prop_assume!(!text.is_empty());
            let written = prose(&[text.to_string()]);
            prop_assert!(says(&written, text), "{written:?}");
        }
    }
}
