//! One line for each diagnostic, in the form that editors and `grep` users know.

use super::super::{Diagnostic, Lang, LineCol};
use super::clean;

/// `path:line:column: severity code message`, without a line ending; without the place where there
/// is none.
pub fn short(diagnostic: &Diagnostic, lang: Lang) -> String {
    let place = diagnostic.span.as_ref().map_or_else(String::new, |span| {
        let LineCol { line, column } = span.start();
        let path = clean::one_line(span.source().path());
        format!("{path}:{line}:{column}: ")
    });
    let severity = diagnostic.severity.name().get(lang);
    let message = clean::one_line(diagnostic.message.get(lang));
    format!("{place}{severity} {} {message}", diagnostic.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Source, Span};
    use crate::text;

    #[test]
    fn the_place_comes_first() {
        let span = Span::new(Source::new("内容/a.yaml", "一\n二: 三\n"), 9..12);
        let problem = Diagnostic::error("unit-unknown", text!("没有单位“三”", "no unit “三”"))
            .at(&span)
            .help(text!("改正", "correct it"));
        assert_eq!(short(&problem, Lang::Zh), "内容/a.yaml:2:4: 错误 unit-unknown 没有单位“三”");
        assert_eq!(short(&problem, Lang::En), "内容/a.yaml:2:4: error unit-unknown no unit “三”");
    }

    #[test]
    fn without_a_place_the_severity_comes_first() {
        let problem = Diagnostic::warning("font-missing", text!("缺少字体", "a font\nis missing"));
        assert_eq!(short(&problem, Lang::Zh), "警告 font-missing 缺少字体");
        assert_eq!(short(&problem, Lang::En), "warning font-missing a font is missing");
    }
}
