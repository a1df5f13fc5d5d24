//! Characters that no font has: found before typesetting, and named with their place in the
//! records.

use std::collections::BTreeMap;

use crate::typeset::{Fonts, Role};
use base::diag::{Diagnostic, Diagnostics, Span};
use base::text;
use base::zh::is_han;

use super::Job;
use super::content::Rendered;
use super::plan::{Artifact, Plan};
use records::content::schema::formats::Format;

/// Subscripts and superscripts, which the layout sets from digits.
const SCRIPTS: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ";

/// Checks every character of the Typst sources that a plan's templates gave: what is not printed
/// may be written in any script. Returns a hint for each one that another face than the body's
/// own has to stand in for.
///
/// # Errors
/// Characters that a role has no face for.
pub(super) fn check(
    plan: &Plan,
    sources: &[Rendered],
    job: Job<'_>,
    fonts: Option<&Fonts>,
) -> Result<Diagnostics, Diagnostics> {
    let Some(fonts) = fonts else { return Ok(Diagnostics::new()) };
    let mut seen: BTreeMap<char, &Artifact> = BTreeMap::new();
    // Most characters come up again and again.
    let mut known = vec![false; 0x1_0000];
    for (artifact, source) in plan.artifacts.iter().zip(sources) {
        if artifact.format == Format::Pdf {
            let asked = |c: &char| !c.is_ascii() && !c.is_whitespace() && !SCRIPTS.contains(*c);
            for c in source.text.chars().filter(asked) {
                match known.get_mut(c as usize) {
                    Some(true) => continue,
                    Some(known) => *known = true,
                    None => {}
                }
                seen.entry(c).or_insert(artifact);
            }
        }
    }
    let mut problems = Diagnostics::new();
    for (c, artifact) in seen {
        if Role::ALL.iter().any(|&role| fonts.covers(role, c).is_none()) {
            problems.push(missing(c, artifact, job, fonts));
        } else if let Some(hint) = substituted(c, job, fonts) {
            problems.push(hint);
        }
    }
    if problems.has_errors() { Err(problems) } else { Ok(problems) }
}

/// A hint where the body's own face lacks an ideograph.
fn substituted(c: char, job: Job<'_>, fonts: &Fonts) -> Option<Diagnostic> {
    let (primary, used) = (fonts.primary(Role::Body)?, fonts.covers(Role::Body, c)?);
    if !is_han(c) || primary.has(c) {
        return None;
    }
    let (code, primary, used) = (code(c), primary.family(), used.family());
    let hint = Diagnostic::hint(
        "glyph-substituted",
        text!(
            "正文字体 {primary} 没有“{c}”（{code}），用 {used} 显示",
            "the body's font {primary} has no “{c}” ({code}); {used} stands in"
        ),
    );
    Some(match place(c, job) {
        Some(place) => hint.at(&place),
        None => hint,
    })
}

fn code(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// Where a character stands first in the records.
fn place(c: char, job: Job<'_>) -> Option<Span> {
    job.sources.iter().find_map(|source| {
        let at = source.text().find(c)?;
        Some(Span::new(source.clone(), at..at + c.len_utf8()))
    })
}

fn missing(c: char, artifact: &Artifact, job: Job<'_>, fonts: &Fonts) -> Diagnostic {
    let code = code(c);
    let mut families: Vec<&str> = Vec::new();
    for (face, _) in Role::ALL.iter().flat_map(|&role| fonts.faces(role)) {
        if !families.contains(&face.family()) {
            families.push(face.family());
        }
    }
    let families = families.join("、");
    let diagnostic = Diagnostic::error(
        "glyph-missing",
        text!("没有字体能显示“{c}”（{code}）", "no font has the character “{c}” ({code})"),
    )
    .help(text!(
        "试过的字体：{families}。安装含有这个字的字体，并在 yinfa.yaml 的 fonts 里写上；不要用形近字代替",
        "fonts tried: {families}. Install one that has it and name it under `fonts` in yinfa.yaml"
    ));
    match place(c, job) {
        Some(place) => diagnostic.at(&place),
        None => diagnostic.detail(artifact.paths.join(", ")),
    }
}
