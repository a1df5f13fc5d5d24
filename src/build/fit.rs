//! 7.3.5.5: a page never carries the sign-off alone. Where it would, the seal moves closer to the
//! text, then the letter's line pitch may change by 3 %, then its character pitch by 1 %, so that
//! the sign-off finds room or takes a line of the text with it.

use crate::diag::{Diagnostic, Diagnostics};
use crate::geometry::HEAD_MARGIN;
use crate::publication::Publication;
use crate::text;
use crate::typeset::{EmbeddedEngine, Job, Laid};

/// Where templates find the fit.
pub(super) const PATH: &str = "/fit.typ";

/// The label that the layout puts at the top of the sign-off.
const SIGN_OFF: &str = "sign-off";

/// How the letter is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    /// Blank lines above a sealed sign-off. A seal of 42 mm on name and date begins within one
    /// line of the text from 1.1 to 2 of them, as 7.3.5.1 asks.
    seal_lines: f64,
    /// Line pitch, as a part of the standard's.
    line: f64,
    /// Character pitch, as a part of the standard's.
    character: f64,
}

impl Default for Fit {
    fn default() -> Self {
        Self { seal_lines: 2.0, line: 1.0, character: 1.0 }
    }
}

impl Fit {
    /// What is tried, the least change first: what the standard leaves open, then its pitches.
    fn all() -> impl Iterator<Item = Self> {
        const SEALS: [f64; 3] = [2.0, 1.5, 1.1];
        const PITCHES: [(f64, f64); 9] = [
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
        PITCHES.into_iter().flat_map(|(line, character)| {
            SEALS.into_iter().map(move |seal_lines| Self { seal_lines, line, character })
        })
    }

    /// The fit as a Typst module.
    pub(super) fn typst(self) -> String {
        format!(
            "// 7.3.5: how the letter is fitted, so that a page never carries the sign-off alone\n\
             #let seal-lines = {}\n#let line-scale = {}\n#let character-scale = {}\n",
            self.seal_lines, self.line, self.character
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
    for fit in Fit::all() {
        set(&mut job, fit);
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

/// Whether the sign-off begins at the top of a page: then nothing of the letter stands there. A
/// template of the project's own that has no such mark is left alone.
fn stands_alone(laid: &Laid) -> bool {
    /// The head of a page may be a hair above what its block starts at.
    const HAIR: f64 = 1.0;
    laid.places_of(SIGN_OFF)
        .first()
        .is_some_and(|place| place.page > 1 && place.y < HEAD_MARGIN.mm() + HAIR)
}
