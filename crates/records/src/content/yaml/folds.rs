//! Line breaks that YAML folds into blanks. Chinese is written without blanks, so a text that an
//! author broke over several lines is joined without them; this is the one thing in which values
//! differ from what YAML says.

use base::diag::SourceText;
use base::zh::is_cjk;

/// The text without the blanks that stand for a line break between two Chinese characters.
pub(super) fn join_chinese(text: SourceText) -> SourceText {
    let source = text.span().source().clone();
    let folds: Vec<usize> = text
        .char_indices()
        .filter(|&(at, c)| {
            c == ' '
                && source.text()[text.source_offset(at)..].starts_with(['\n', '\r'])
                && text[..at].chars().next_back().is_some_and(is_cjk)
                && text[at + 1..].chars().next().is_some_and(is_cjk)
        })
        .map(|(at, _)| at)
        .collect();
    // From the back, so that the offsets before stay true.
    folds.into_iter().rev().fold(text, |text, at| text.without(at..at + 1))
}

#[cfg(test)]
mod tests {
    use crate::content::yaml::parse;
    use base::diag::Source;

    fn value(yaml: &str) -> String {
        let (document, diags) = parse(&Source::new("a.yaml", yaml));
        assert!(diags.is_empty(), "{diags:?}");
        let root = document.root.unwrap();
        root.get("k").unwrap().value.as_text().unwrap().trim().to_string()
    }

    #[test]
    fn chinese_lines_are_joined_without_a_blank() {
        assert_eq!(value("k: 推进\n  数字化\n"), "推进数字化");
        assert_eq!(value("k: >\n  推进，\n  数字化\n"), "推进，数字化");
        assert_eq!(value("k: '推进\n  数字化'\n"), "推进数字化");
        assert_eq!(value("k: \"推进\r\n  数字化\"\n"), "推进数字化");
    }

    #[test]
    fn other_blanks_stay() {
        assert_eq!(value("k: 推进 数字化\n"), "推进 数字化");
        assert_eq!(value("k: 推进\n  5G\n"), "推进 5G");
        assert_eq!(value("k: one\n  two\n"), "one two");
        assert_eq!(value("k: |\n  推进\n  数字化\n"), "推进\n数字化");
    }

    #[test]
    fn places_stay_true() {
        let source = Source::new("a.yaml", "k: 推进\n  数字化\n");
        let root = parse(&source).0.root.unwrap();
        let text = root.get("k").unwrap().value.as_text().unwrap().clone();
        let at = text.find("数字化").unwrap();
        let span = text.span_of(at..at + "数字化".len());
        assert_eq!(&source.text()[span.range()], "数字化");
        assert_eq!(span.start().line, 2);
    }
}
