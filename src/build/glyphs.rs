//! Characters that no font has: found before typesetting, and named with their place in the
//! records.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Diagnostics, Span};
use crate::text;
use crate::typeset::{Fonts, Role};

use super::Job;
use super::plan::{Artifact, Format, Plan};

/// Checks every character of the Typst sources that a plan's templates gave: what is not printed
/// may be written in any script.
pub(super) fn check(
    plan: &Plan,
    sources: &[String],
    job: Job<'_>,
    fonts: Option<&Fonts>,
) -> Result<(), Diagnostics> {
    let Some(fonts) = fonts else { return Ok(()) };
    let mut missing: BTreeMap<char, &Artifact> = BTreeMap::new();
    let mut good = BTreeSet::new();
    for (artifact, source) in plan.artifacts.iter().zip(sources) {
        if artifact.format != Format::Pdf {
            continue;
        }
        for c in source.chars().filter(|&c| !c.is_ascii() && !c.is_whitespace()) {
            if good.contains(&c) {
                continue;
            }
            if Role::ALL.iter().all(|&role| fonts.covers(role, c).is_some()) {
                good.insert(c);
            } else {
                missing.entry(c).or_insert(artifact);
            }
        }
    }
    let mut diags = Diagnostics::new();
    diags.extend(missing.into_iter().map(|(c, artifact)| diagnostic(c, artifact, job, fonts)));
    if diags.is_empty() { Ok(()) } else { Err(diags) }
}

fn diagnostic(c: char, artifact: &Artifact, job: Job<'_>, fonts: &Fonts) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
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
    let place = job.sources.iter().find_map(|source| {
        let at = source.text().find(c)?;
        Some(Span::new(source.clone(), at..at + c.len_utf8()))
    });
    match place {
        Some(place) => diagnostic.at(&place),
        None => diagnostic.detail(artifact.paths.join(", ")),
    }
}
