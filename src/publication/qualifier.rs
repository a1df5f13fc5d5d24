//! Qualifiers: the part of a unit that is meant, in brackets behind its name.

use crate::diag::{Diagnostic, Span};
use crate::text;
use crate::text::closest;

/// Splits 区委组织部（人才办） into name and qualifier; any kind of bracket counts.
pub(super) fn split_qualifier(name: &str) -> Option<(&str, &str)> {
    const PAIRS: [(char, char); 8] = [
        ('（', '）'),
        ('(', ')'),
        ('〔', '〕'),
        ('[', ']'),
        ('【', '】'),
        ('<', '>'),
        ('〈', '〉'),
        ('《', '》'),
    ];
    let (open, _) = PAIRS.iter().find(|(_, close)| name.ends_with(*close))?;
    let at = name.find(*open)?;
    let close = name.chars().next_back()?;
    let qualifier = &name[at + open.len_utf8()..name.len() - close.len_utf8()];
    (at > 0 && !qualifier.is_empty()).then(|| (name[..at].trim_end(), qualifier.trim()))
}

/// The error for a qualifier that the registry does not know.
pub(super) fn unknown_qualifier(
    base: &str,
    qualifier: &str,
    known: &[String],
    span: &Span,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "qualifier-unknown",
        text!(
            "“{base}”没有登记过“{qualifier}”",
            "“{qualifier}” is not a registered part of “{base}”"
        ),
    )
    .at(span);
    match closest(qualifier, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(text!("是不是“{near}”？", "did you mean “{near}”?")),
        None => diagnostic.help(text!(
            "核对名称；若无误，在 units.yaml 里把它加进该单位的 qualifiers",
            "check it, or add it to the unit's `qualifiers` in units.yaml"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn qualifiers_in_any_bracket() {
        for name in [
            "区委组织部（人才办）",
            "区委组织部(人才办)",
            "区委组织部<人才办>",
            "区委组织部〔人才办〕",
        ] {
            assert_eq!(split_qualifier(name), Some(("区委组织部", "人才办")), "{name}");
        }
        assert_eq!(split_qualifier("（人才办）"), None);
        assert_eq!(split_qualifier("区委组织部（）"), None);
        assert_eq!(split_qualifier("区委组织部"), None);
        assert_eq!(split_qualifier("）"), None);
    }
}
