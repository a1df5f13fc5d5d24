//! 7.3.5.5: a page never carries the sign-off alone. Where it would, the letter's line pitch may
//! change by 3 %, then its character pitch by 1 %, so that the sign-off finds room or takes a line
//! of the text with it.

use crate::diag::{Diagnostic, Diagnostics};
use crate::publication::Publication;
use crate::text;
use crate::typeset::{EmbeddedEngine, Job, Laid};

/// Where templates find the fit.
pub(super) const PATH: &str = "/fit.typ";

/// Marks of the layout: in the line before the sign-off, and in the sign-off.
const BEFORE: &str = "before-sign-off";
const END: &str = "sign-off-end";

/// By how much the letter's pitches differ from the standard's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    line: f64,
    character: f64,
}

impl Default for Fit {
    fn default() -> Self {
        Self { line: 1.0, character: 1.0 }
    }
}

/// What is tried, the least change first.
const TRIED: [(f64, f64); 9] = [
    (1.0, 1.0),
    (0.985, 1.0),
    (0.97, 1.0),
    (1.015, 1.0),
    (1.03, 1.0),
    (1.0, 0.99),
    (1.0, 1.01),
    (0.97, 0.99),
    (1.03, 1.01),
];

impl Fit {
    /// The fit as a Typst module.
    pub(super) fn typst(self) -> String {
        format!(
            "// 7.3.5.5: pitches of the letter, as parts of the standard's\n\
             #let line-scale = {}\n#let character-scale = {}\n",
            self.line, self.character
        )
    }
}

/// The job with the first fit under which the sign-off does not stand alone.
///
/// # Errors
/// When there is none, or the job cannot be laid out.
pub(super) fn fit(
    mut job: Job,
    layout: &EmbeddedEngine,
    publication: &Publication,
) -> Result<Job, Diagnostics> {
    for (line, character) in TRIED {
        set(&mut job, Fit { line, character });
        if !stands_alone(&layout.lay_out(&job)?) {
            return Ok(job);
        }
    }
    let place = publication.record.letter.as_ref().map_or(&publication.span, |text| text.span());
    Err(Diagnostic::error(
        "sign-off-alone",
        text!(
            "落款排在没有正文的页上，调整行距、字距也避不开",
            "the sign-off stands on a page without text, whatever pitch is tried"
        ),
    )
    .at(place)
    .help(text!(
        "请把函件正文增减一行左右（如增减几个字、减少主送机关），再重新生成",
        "make the letter about a line longer or shorter and build again"
    ))
    .into())
}

fn set(job: &mut Job, fit: Fit) {
    for (path, text) in &mut job.files {
        if path == PATH {
            *text = fit.typst().into();
        }
    }
}

/// Whether the sign-off ends on a page on which nothing of the letter stands. A template of the
/// project's own that has no such marks is left alone.
fn stands_alone(laid: &Laid) -> bool {
    match (laid.pages_of(BEFORE).first(), laid.pages_of(END).first()) {
        (Some(before), Some(end)) => before != end,
        _ => false,
    }
}
