//! Diagnostics as text: for people at a terminal, for editors that read a line per problem, and
//! for programs.
//!
//! Nothing here prints or asks what the terminal can do; [`Style`] says it.

mod clean;
mod cut;
mod excerpt;
mod human;
mod json;
mod sarif;
mod short;
mod words;

pub use clean::{is_acted_on, printable};
pub use human::human;
pub use json::json;
pub use sarif::{SarifRule, sarif};
pub use short::short;
pub use words::summary;

use super::{Diagnostics, Lang};

/// The forms in which diagnostics are given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// With the line of the source and a mark under the place: see [`human`].
    #[default]
    Human,
    /// One line for each: see [`short`].
    Short,
    /// A JSON array: see [`json`].
    Json,
}

/// What the terminal can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour with ANSI escapes; without, the output is pure text.
    pub color: bool,
    /// The columns of the terminal: longer lines of a source are cut around the place.
    pub width: usize,
}

impl Default for Style {
    /// What suits a file and any terminal.
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

/// All diagnostics in the order of the list. Ends with a line ending, unless it is empty, which
/// only [`Format::Json`] never is.
pub fn render_all(diagnostics: &Diagnostics, format: Format, lang: Lang, style: Style) -> String {
    let (blocks, between) = match format {
        Format::Human => {
            let blocks = diagnostics.iter().map(|d| human(d, lang, style));
            (blocks.collect::<Vec<_>>(), "\n\n")
        }
        Format::Short => (diagnostics.iter().map(|d| short(d, lang)).collect(), "\n"),
        Format::Json => (vec![json(diagnostics.iter().as_slice(), lang)], "\n"),
    };
    let mut out = blocks.join(between);
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostic, Source, Span};
    use crate::text;

    fn two() -> Diagnostics {
        let source = Source::new("a.yaml", "一: 二\n");
        let span = Span::new(source, 5..8);
        let mut list = Diagnostics::new();
        list.push(Diagnostic::error("one", text!("甲", "first")).at(&span));
        list.push(Diagnostic::hint("two", text!("乙", "second")));
        list
    }

    fn all(format: Format) -> String {
        render_all(&two(), format, Lang::Zh, Style::default())
    }

    #[test]
    fn blocks_stand_apart() {
        insta::assert_snapshot!(all(Format::Human), @"
        错误[one]: 甲
         --> a.yaml:1:4
          |
        1 | 一: 二
          |     ^^

        提示[two]: 乙
        ");
    }

    #[test]
    fn lines_follow_each_other() {
        insta::assert_snapshot!(all(Format::Short), @"
        a.yaml:1:4: 错误 one 甲
        提示 two 乙
        ");
    }

    #[test]
    fn nothing_gives_nothing_but_json() {
        let none = Diagnostics::new();
        for (format, expected) in [(Format::Human, ""), (Format::Short, ""), (Format::Json, "[]\n")]
        {
            let out = render_all(&none, format, Lang::En, Style::default());
            assert_eq!(out, expected, "{format:?}");
        }
    }

    #[test]
    fn json_is_one_array() {
        let parsed: serde_json::Value = serde_json::from_str(&all(Format::Json)).unwrap();
        assert_eq!(parsed.as_array().map(Vec::len), Some(2));
    }
}
