//! Rich texts for the tests of both writers.

use base::diag::{Source, SourceText, Span};
use base::rich::{Allow, Rich, markdown};

/// A text from Markdown that has no problems.
pub(super) fn from_markdown(text: &str) -> Rich {
    let span = Span::new(Source::new("a.yaml", text), 0..text.len());
    let source = SourceText::new(text.to_owned(), span, vec![(0, 0)]);
    let (rich, problems) = markdown(&source, Allow { headings: true });
    assert!(problems.is_empty(), "{problems:?}");
    rich
}

/// A text with a backslash before every character that could mean something.
pub(super) fn escape_markdown(text: &str) -> String {
    let backslash = |c: char| c.is_ascii_punctuation().then_some('\\');
    text.chars().flat_map(|c| backslash(c).into_iter().chain([c])).collect()
}

/// A text with one of everything.
pub fn sample() -> Rich {
    from_markdown(
        "# 一、甲\n\n乙**“重点”**和*丙*见[丁<](https://a.cn/?b=1&c=%22)\\\n戊\n\n\
         3. 己\n   - 庚\n4. 辛\n\n   壬\n\n- 癸\n-",
    )
}
