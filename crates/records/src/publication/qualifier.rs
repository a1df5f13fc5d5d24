//! Qualifiers: the part of a unit that is meant, in brackets behind its name.

use base::diag::{Diagnostic, Span};
use base::nearest::closest;
use base::text;

/// Splits 区委组织部（人才办） into name and qualifier; any kind of bracket counts.
pub fn split_qualifier(name: &str) -> Option<(&str, &str)> {
    let (base, bracket) = split_bracket(name)?;
    let mut inner = bracket.chars();
    inner.next();
    inner.next_back();
    let qualifier = inner.as_str();
    (!qualifier.is_empty()).then(|| (base.trim_end(), qualifier.trim()))
}

/// Splits a name before the bracket at its end, from the first sign of its kind on; both sides
/// joined are the name, and neither is empty.
pub fn split_bracket(name: &str) -> Option<(&str, &str)> {
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
    name.find(*open).filter(|at| *at > 0).map(|at| name.split_at(at))
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
