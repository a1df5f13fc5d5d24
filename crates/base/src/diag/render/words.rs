//! The fixed words around messages, in both languages.

use super::super::{Diagnostics, Lang, Severity};

/// The word for a severity.
pub(super) fn severity(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Hint, Lang::Zh) => "提示",
        (Severity::Hint, Lang::En) => "hint",
    }
}

/// What introduces the help.
pub(super) fn help(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "帮助：",
        Lang::En => "help: ",
    }
}

/// What introduces the words of a library.
pub(super) fn detail(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "原文：",
        Lang::En => "detail: ",
    }
}

/// How many there are of each severity, such as `2 个错误，1 个警告` or `2 errors, 1 warning`;
/// severities without any are left out.
pub fn summary(diagnostics: &Diagnostics, lang: Lang) -> String {
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Hint]
        .into_iter()
        .filter_map(|kind| {
            let count = diagnostics.iter().filter(|d| d.severity == kind).count();
            let word = severity(kind, lang);
            match (count, lang) {
                (0, _) => None,
                (_, Lang::Zh) => Some(format!("{count} 个{word}")),
                (1, Lang::En) => Some(format!("1 {word}")),
                (_, Lang::En) => Some(format!("{count} {word}s")),
            }
        })
        .collect();
    match (counts.is_empty(), lang) {
        (true, Lang::Zh) => "没有发现问题".to_owned(),
        (true, Lang::En) => "no problems found".to_owned(),
        (false, Lang::Zh) => counts.join("，"),
        (false, Lang::En) => counts.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostic;
    use crate::text;

    fn list(errors: usize, warnings: usize, hints: usize) -> Diagnostics {
        let mut list = Diagnostics::new();
        list.extend((0..errors).map(|_| Diagnostic::error("e", text!("甲", "a"))));
        list.extend((0..hints).map(|_| Diagnostic::hint("h", text!("丙", "c"))));
        list.extend((0..warnings).map(|_| Diagnostic::warning("w", text!("乙", "b"))));
        list
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        let both = |list| (summary(&list, Lang::Zh), summary(&list, Lang::En));
        for (list, zh, en) in [
            (list(0, 0, 0), "没有发现问题", "no problems found"),
            (list(1, 0, 0), "1 个错误", "1 error"),
            (list(2, 1, 0), "2 个错误，1 个警告", "2 errors, 1 warning"),
            (list(0, 3, 1), "3 个警告，1 个提示", "3 warnings, 1 hint"),
            (list(1, 1, 2), "1 个错误，1 个警告，2 个提示", "1 error, 1 warning, 2 hints"),
        ] {
            assert_eq!(both(list), (zh.to_owned(), en.to_owned()));
        }
    }
}
