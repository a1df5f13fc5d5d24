//! The fixed words around messages, in both languages.

use super::super::{Diagnostics, Severity, Text, Words};
use crate::text;

/// What introduces the help.
pub(super) const HELP: Words = Words::new("帮助：", "help: ");

/// What introduces the words of a library.
pub(super) const DETAIL: Words = Words::new("原文：", "detail: ");

impl Severity {
    /// What it is called.
    pub const fn name(self) -> Words {
        match self {
            Self::Error => Words::new("错误", "error"),
            Self::Warning => Words::new("警告", "warning"),
            Self::Hint => Words::new("提示", "hint"),
        }
    }
}

/// How many there are of each severity, such as `2 个错误，1 个警告` or `2 errors, 1 warning`;
/// severities without any are left out.
pub fn summary(diagnostics: &Diagnostics) -> Text {
    let counts: Vec<Text> = [Severity::Error, Severity::Warning, Severity::Hint]
        .into_iter()
        .filter_map(|kind| {
            let (count, word) =
                (diagnostics.iter().filter(|d| d.severity == kind).count(), kind.name());
            match count {
                0 => None,
                1 => Some(text!("1 个{word}", "1 {word}"; word)),
                _ => Some(text!("{count} 个{word}", "{count} {word}s"; word)),
            }
        })
        .collect();
    match counts.as_slice() {
        [] => text!("没有发现问题", "no problems found"),
        counts => Text::join(counts, Words::new("，", ", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostic;

    fn list(errors: usize, warnings: usize, hints: usize) -> Diagnostics {
        let mut list = Diagnostics::new();
        list.extend((0..errors).map(|_| Diagnostic::error("e", text!("甲", "a"))));
        list.extend((0..hints).map(|_| Diagnostic::hint("h", text!("丙", "c"))));
        list.extend((0..warnings).map(|_| Diagnostic::warning("w", text!("乙", "b"))));
        list
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        for (list, zh, en) in [
            (list(0, 0, 0), "没有发现问题", "no problems found"),
            (list(1, 0, 0), "1 个错误", "1 error"),
            (list(2, 1, 0), "2 个错误，1 个警告", "2 errors, 1 warning"),
            (list(0, 3, 1), "3 个警告，1 个提示", "3 warnings, 1 hint"),
            (list(1, 1, 2), "1 个错误，1 个警告，2 个提示", "1 error, 1 warning, 2 hints"),
        ] {
            assert_eq!(summary(&list), Text::new(zh, en));
        }
    }
}
