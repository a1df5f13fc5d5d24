//! 7.3.5.5: a page never carries the sign-off alone. Where it would, the seal moves closer to the
//! text, then the letter's line pitch may change by 3 %, then its character pitch by 1 %, so that
//! the sign-off finds room or takes a line of the text with it. And a bracket of responsible units
//! never begins a page without a line of its item.

use std::collections::BTreeMap;

use crate::geometry::HEAD_MARGIN;
use crate::measure::{Expected, Report, Settings, measure};
use crate::typeset::{EmbeddedEngine, Job, Laid};
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::publication::Publication;
use records::view;

/// Where templates find the fit.
pub(super) const PATH: &str = "/fit.typ";

/// The labels that the layout puts at the top of the sign-off and of the note below it.
const SIGN_OFF: &str = "sign-off";
const NOTE: &str = "note";
/// The label at the beginning of each item.
const ITEM: &str = "item";

/// How the letter is fitted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// Blank lines above a sealed sign-off. A seal of 42 mm on name and date begins within one
    /// line of the text with one or two of them, as 7.3.5.1 asks.
    seal_lines: f64,
    /// Line pitch, as a part of the standard's.
    line: f64,
    /// Character pitch, as a part of the standard's.
    character: f64,
    /// Items whose bracket would begin a page, by place: what keeps it from that.
    kept: BTreeMap<usize, Keep>,
}

/// How an item's bracket is kept from the top of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// The last two lines of its paragraphs stay together.
    Lines = 1,
    /// All of it stays together.
    Whole = 2,
}

impl Default for Fit {
    fn default() -> Self {
        Self { seal_lines: 2.0, line: 1.0, character: 1.0, kept: BTreeMap::new() }
    }
}

impl Fit {
    /// What is tried, the least change first: what the standard leaves open, then its pitches.
    fn all() -> impl Iterator<Item = Self> {
        const SEALS: [f64; 2] = [2.0, 1.0];
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
            let kept = BTreeMap::new;
            SEALS.into_iter().map(move |seal_lines| Self {
                seal_lines,
                line,
                character,
                kept: kept(),
            })
        })
    }

    /// The fit as a Typst module.
    pub(super) fn typst(&self) -> String {
        let kept: String = self
            .kept
            .iter()
            .map(|(place, &keep)| format!("\"item-{}\": {}, ", place + 1, keep as u8))
            .collect();
        let kept = if kept.is_empty() { ":".into() } else { kept };
        format!(
            "// 7.3.5: how the letter is fitted, so that a page never carries the sign-off alone\n\
             #let seal-lines = {}\n#let line-scale = {}\n#let character-scale = {}\n\
             // Items whose bracket would begin a page: 1 keeps their last lines together, 2 all.\n\
             #let kept = ({kept})\n",
            self.seal_lines, self.line, self.character
        )
    }
}

/// What the notice's pages are measured by, in words that differ when it does: a template of the
/// project's own may print something of it or not.
pub(super) fn measured_by(publication: &Publication) -> String {
    let expected = Expected::from(&view::notice(publication));
    let settings = Settings::of(&publication.record.common.layout);
    format!("{expected:?} {settings:?}")
}

/// The job with the first fit under which the sign-off does not stand alone and no bracket begins
/// a page, and its pages with what measuring them gave.
///
/// # Errors
/// When there is none for the sign-off, or the job cannot be laid out.
pub(super) fn fit(
    mut job: Job,
    layout: &EmbeddedEngine,
    publication: &Publication,
) -> Result<(Job, Report), Diagnostics> {
    /// A bracket that is kept from one page may begin another.
    const ROUNDS: usize = 12;
    let expected = Expected::from(&view::notice(publication));
    let settings = Settings::of(&publication.record.common.layout);
    let (mut fit, mut laid) = fit_letter(&mut job, layout, publication)?;
    let mut report = measure(&laid.pages(), &expected, &settings);
    for _ in 0..ROUNDS {
        let pages = pages_begun_by_a_bracket(&report);
        if pages.is_empty() || !keep_items(&mut fit, &laid, &pages) {
            break;
        }
        set(&mut job, &fit);
        laid = layout.lay_out(&job)?;
        report = measure(&laid.pages(), &expected, &settings);
    }
    Ok((job, report))
}

fn pages_begun_by_a_bracket(report: &Report) -> Vec<usize> {
    let clause = report.clauses.iter().filter(|clause| clause.name == "bracket-page");
    clause.flat_map(|c| &c.sights).filter(|sight| !sight.ok).map(|sight| sight.page).collect()
}

/// Keeps together the items that such pages begin in the middle of; `false` where nothing is left
/// to be tried.
fn keep_items(fit: &mut Fit, laid: &Laid, pages: &[usize]) -> bool {
    let items = laid.places_of(ITEM);
    let mut changed = false;
    for &page in pages {
        let Some(place) = items.iter().rposition(|item| item.page < page) else { continue };
        match fit.kept.get(&place) {
            None => fit.kept.insert(place, Keep::Lines),
            Some(Keep::Lines) => fit.kept.insert(place, Keep::Whole),
            Some(Keep::Whole) => continue,
        };
        changed = true;
    }
    changed
}

/// Finds the fit of the letter.
fn fit_letter(
    job: &mut Job,
    layout: &EmbeddedEngine,
    publication: &Publication,
) -> Result<(Fit, Laid), Diagnostics> {
    let mut second = None;
    for fit in Fit::all() {
        set(job, &fit);
        let laid = layout.lay_out(job)?;
        if begins_a_page(&laid, SIGN_OFF) {
            continue;
        }
        if !begins_a_page(&laid, NOTE) {
            return Ok((fit, laid));
        }
        // A note alone on a page is not forbidden, only ugly: it stays where no fit avoids it.
        second = second.or(Some((fit, laid)));
    }
    if let Some((fit, laid)) = second {
        set(job, &fit);
        return Ok((fit, laid));
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
        "请把函件正文增加或减少一到三行（一行约28字），再重新生成",
        "make the letter one to three lines longer or shorter (a line has about 28 characters) and build again"
    ))
    .into())
}

fn set(job: &mut Job, fit: &Fit) {
    for (path, text) in &mut job.files {
        if path == PATH {
            *text = fit.typst().into();
        }
    }
}

/// Whether what has a label begins at the top of a page: then nothing of the letter stands there.
/// A template of the project's own that has no such labels is left alone.
fn begins_a_page(laid: &Laid, label: &str) -> bool {
    /// The head of a page may be a hair above what its block starts at.
    const HAIR: f64 = 1.0;
    laid.places_of(label)
        .first()
        .is_some_and(|place| place.page > 1 && place.y < HEAD_MARGIN.mm() + HAIR)
}
