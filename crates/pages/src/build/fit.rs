//! 7.3.5.5: a page never carries the sign-off alone. Where it would, the letter is fitted as a clerk
//! does it, the least change first: the seal moves closer to the text; a line of the text, or the
//! attachment note, goes to the sign-off's page, as long as the first page shows text (7.3.3); the
//! line pitch changes by up to 3 % and the character pitch by 1 %; the mark gets lower; the last words
//! of a sentence go over. And a bracket
//! of responsible units never begins a page without a line of its item.

use std::collections::{BTreeMap, BTreeSet};

use crate::geometry::{BLOCK_HEIGHT, BODY_SIZE, HEAD_MARGIN, line_pitch};
use crate::measure::{Expected, Report, Settings, measure, torn_parts};
use crate::render::{escape, whole_key};
use crate::typeset::{EmbeddedEngine, Job, Laid};
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::content::schema::notice::Names;
use records::publication::Publication;
use records::view;

/// Where templates find the fit.
pub(super) const PATH: &str = "/fit.typ";

/// The labels that the layout puts at the top of the sign-off and of the note below it, and where
/// the letter's text begins.
const SIGN_OFF: &str = "sign-off";
const NOTE: &str = "note";
const LETTER_START: &str = "letter-start";
/// The label at the beginning of each item.
const ITEM: &str = "item";

/// Heights of the mark, as parts of the common one: the last is below the title's, which is kept.
const MARKS: [f64; 5] = [1.0, 0.85, 0.7, 0.55, 0.39];

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
    /// What goes to the page of the sign-off.
    ending: Ending,
    /// Height of the mark, as a part of the common one.
    mark: f64,
    /// Items whose bracket would begin a page, by place: what keeps it from that.
    kept: BTreeMap<usize, Keep>,
    /// Whether names of units are kept whole in running text, as the record may ask.
    names_whole: bool,
    /// Numbers with their measure words, dates and persons' names that a line would divide, where
    /// keeping them whole costs a character at the most: their keys.
    whole: BTreeSet<String>,
}

/// What goes to the page of the sign-off, so that it does not stand there alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// What comes to stand there by itself.
    Free,
    /// The last line of a paragraph of four lines or more.
    Line,
    /// What the last paragraph loses where its page keeps so many lines free.
    Lines(u32),
    /// The attachment note.
    Note,
    /// The last words of a text that is too short for anything else.
    Words,
}

/// How an item's bracket is kept from the top of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// The last two lines of its paragraphs stay together.
    Lines = 1,
    /// The last entry of the list that it ends in stays with what is below it; without a list all of it.
    Tail = 2,
    /// All of it stays together.
    Whole = 3,
}

impl Default for Fit {
    fn default() -> Self {
        Self {
            seal_lines: 2.0,
            line: 1.0,
            character: 1.0,
            ending: Ending::Free,
            mark: 1.0,
            kept: BTreeMap::new(),
            names_whole: false,
            whole: BTreeSet::new(),
        }
    }
}

impl Fit {
    /// What a publication's records choose, before anything is fitted.
    pub(super) fn of(publication: &Publication) -> Self {
        let names_whole = publication.record.common.layout.names == Some(Names::Whole);
        Self { names_whole, ..Self::default() }
    }

    /// Marks and pitches to be tried, the least change first. A lower mark makes more room than any
    /// pitch, so that few of these are needed with it.
    fn all(&self) -> impl Iterator<Item = Self> {
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
        const FEW: usize = 3;
        let start = self.clone();
        let pitched = move |mark| {
            let start = start.clone();
            PITCHES.into_iter().map(move |(line, character)| Self {
                line,
                character,
                mark,
                ..start.clone()
            })
        };
        pitched(1.0).chain(MARKS.into_iter().skip(1).flat_map(move |mark| pitched(mark).take(FEW)))
    }

    /// What is left where a text of a line or two is signed by more organs than fit below it: its last
    /// words go to their page, below the highest mark that leaves room for the first ones.
    fn last(&self) -> impl Iterator<Item = Self> {
        let start = self.clone();
        MARKS.into_iter().map(move |mark| Self { mark, ending: Ending::Words, ..start.clone() })
    }

    /// What is tried of one of them before the next: what the standard leaves open.
    fn open(&self, sealed: bool, noted: bool, kept: u32) -> Vec<Self> {
        let with = |ending| Self { ending, ..self.clone() };
        let closer = sealed.then(|| Self { seal_lines: 1.0, ..self.clone() });
        let endings = if noted {
            vec![Ending::Note]
        } else {
            // One line, or as many as a paragraph of less than four needs.
            vec![Ending::Line, Ending::Lines(kept)]
        };
        closer.into_iter().chain(endings.into_iter().map(with)).collect()
    }

    /// From line to line of the letter, in millimetres.
    fn line_pitch(&self) -> f64 {
        self.line * line_pitch().mm()
    }

    /// The fit as a Typst module.
    pub(super) fn typst(&self) -> String {
        let kept: String = self
            .kept
            .iter()
            .map(|(place, &keep)| format!("\"item-{}\": {}, ", place + 1, keep as u8))
            .collect();
        let kept = if kept.is_empty() { ":".into() } else { kept };
        let names_whole = self.names_whole;
        let whole: String = self.whole.iter().map(|key| escape::typst_string(key) + ", ").collect();
        let (ending, ending_lines) = match self.ending {
            Ending::Free => ("free", 0),
            Ending::Line => ("line", 0),
            Ending::Lines(lines) => ("lines", lines),
            Ending::Note => ("note", 0),
            Ending::Words => ("words", 0),
        };
        format!(
            "// 7.3.5: how the letter is fitted, so that a page never carries the sign-off alone\n\
             #let seal-lines = {}\n#let line-scale = {}\n#let character-scale = {}\n\
             #let mark-scale = {}\n\
             // What goes to the page of the sign-off: \"free\", \"line\", \"lines\", \"note\", \"words\".\n\
             #let ending = \"{ending}\"\n#let ending-lines = {ending_lines}\n\
             // Items whose bracket would begin a page: 1 keeps their last lines together, 2 the end of their list, 3 all.\n\
             #let kept = ({kept})\n\
             // What running text keeps whole: names of units, and numbers, dates and persons.\n\
             #let names-whole = {names_whole}\n#let whole = ({whole})\n",
            self.seal_lines, self.line, self.character, self.mark
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
    /// A bracket that is kept from one page may begin another, and so may a line divide another
    /// number.
    const ROUNDS: usize = 12;
    let expected = Expected::from(&view::notice(publication));
    let settings = Settings::of(&publication.record.common.layout);
    let mut start = Fit::of(publication);
    let first = fit_letter(&mut job, layout, publication, &start);
    let (mut fit, mut laid) = first.map_err(|diags| at_the_copies(diags, publication))?;
    for _ in 0..ROUNDS {
        let torn = torn(&laid, &expected, &settings);
        let before = start.whole.len();
        start.whole.extend(torn);
        if start.whole.len() == before {
            break;
        }
        (fit, laid) = fit_letter(&mut job, layout, publication, &start)?;
    }
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

/// An imprint that is too long, with its place in the record.
fn at_the_copies(diags: Diagnostics, publication: &Publication) -> Diagnostics {
    let copies = publication.record.common.copies.iter().flatten();
    let place = copies.map(|line| line.span()).next().unwrap_or(&publication.span);
    let mut placed = Diagnostics::new();
    placed.extend(diags.into_iter().map(|diagnostic| match diagnostic.code {
        "imprint-too-long" => diagnostic.at(place),
        _ => diagnostic,
    }));
    placed
}

/// The keys of what lines divide although keeping it whole costs a character at the most.
fn torn(laid: &Laid, expected: &Expected, settings: &Settings) -> Vec<String> {
    let ends = torn_parts(&laid.pages(), expected, settings);
    ends.into_iter().map(|torn| whole_key(&torn.before, &torn.part)).collect()
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
            Some(Keep::Lines) => fit.kept.insert(place, Keep::Tail),
            Some(Keep::Tail) => fit.kept.insert(place, Keep::Whole),
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
    start: &Fit,
) -> Result<(Fit, Laid), Diagnostics> {
    let view = view::notice(publication);
    let sealed = view.sign_off.as_ref().is_some_and(|sign_off| sign_off.seal);
    let noted = !view.letter_attachments.is_empty();
    let mut try_one = |fit: &Fit| -> Result<Laid, Diagnostics> {
        set(job, fit);
        layout.lay_out(job)
    };
    for fit in start.all() {
        let laid = try_one(&fit)?;
        if is_fitted(&fit, sealed, &laid) {
            return Ok((fit, laid));
        }
        for open in fit.open(sealed, noted, lines_left(&fit, &laid) + 1) {
            let laid = try_one(&open)?;
            if is_fitted(&open, sealed, &laid) {
                return Ok((open, laid));
            }
        }
    }
    for fit in start.last() {
        let laid = try_one(&fit)?;
        if is_fitted(&fit, sealed, &laid) {
            return Ok((fit, laid));
        }
    }
    let place = publication.record.letter.as_ref().map_or(&publication.span, |text| text.span());
    Err(Diagnostic::error(
        "sign-off-alone",
        text!(
            "落款排在没有正文的页上，调整行距、字距和发文机关标志的高度也避不开",
            "the sign-off stands on a page without text, whatever pitch and height of the mark is tried"
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

/// Whether the sign-off shares its page with text and with its note, and page 1 shows text. A
/// template of the project's own that has no such labels is left alone.
fn is_fitted(fit: &Fit, sealed: bool, laid: &Laid) -> bool {
    let page = |label| laid.places_of(label).first().map(|place| place.page);
    let Some(sign_off) = page(SIGN_OFF) else { return true };
    // As a line of the text it keeps the room for its seal, or a blank line, above it.
    let above = match fit.ending {
        Ending::Line if sealed => fit.seal_lines,
        Ending::Line => 1.0,
        _ => 0.0,
    };
    !begins_a_page(laid, SIGN_OFF, above * fit.line_pitch())
        && page(LETTER_START).is_none_or(|first| first == 1)
        && page(NOTE).is_none_or(|note| note == sign_off)
}

/// How many more lines of the letter's pitch there is room for on the page before the sign-off's.
fn lines_left(fit: &Fit, laid: &Laid) -> u32 {
    /// What the last line's type has below its baseline.
    const BELOW: f64 = 0.12;
    let foot = HEAD_MARGIN.mm() + BLOCK_HEIGHT.mm();
    let sign_off = laid.places_of(SIGN_OFF);
    let before = sign_off.first().and_then(|place| place.page.checked_sub(2));
    let pages = laid.pages();
    let glyphs = before.and_then(|page| pages.get(page)).into_iter().flat_map(|page| &page.runs);
    let lines = glyphs.flat_map(|run| &run.glyphs).map(|glyph| glyph.y);
    let last = lines.filter(|y| *y < foot).fold(HEAD_MARGIN.mm(), f64::max);
    let room = foot - last - BELOW * BODY_SIZE.mm();
    (room / fit.line_pitch()).floor().max(0.0) as u32
}

/// Whether what has a label begins at the top of a page, or so far below: then nothing of the
/// letter stands above it.
fn begins_a_page(laid: &Laid, label: &str, below: f64) -> bool {
    /// The head of a page may be a hair above what its block starts at.
    const HAIR: f64 = 1.0;
    laid.places_of(label)
        .first()
        .is_some_and(|place| place.page > 1 && place.y < HEAD_MARGIN.mm() + below + HAIR)
}
