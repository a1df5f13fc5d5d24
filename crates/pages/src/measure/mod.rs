//! A ruler for laid-out pages: what GB/T 9704-2012 asks, and what the pages have, clause by
//! clause.
//!
//! [`pdf::page::Page`] is what it measures: pages that Typst laid out (`typeset` hands them over) or
//! pages of a [PDF](pdf::pages) that somebody else wrote. Elements are recognised by place, look and, as
//! far as they are known, words ([`Expected`]); the numbers stand in a table of its own and are
//! shared with nothing that lays out.

mod clauses;
mod expected;
mod line;
mod parts;
mod report;
mod standard;

pub use expected::Expected;
pub use report::{ClauseReport, Has, Report, ReportJson, Sight, Verdict};

use self::clauses::{CLAUSES, Subject};
use self::parts::Notice;
use pdf::page::Page;
use records::content::schema::notice::{Grid, ImprintSide, LayoutRecord, Names};

/// How strictly to measure, and by which readings of the standard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// How far a length may be off, in millimetres.
    pub tolerance: f64,
    /// The distance of two lines.
    pub lines: LineModel,
    /// Whether the imprint stands on an even page, as of a document printed on both sides.
    pub even_last_page: bool,
    /// Whether names of units are kept whole in running text.
    pub names_whole: bool,
    /// Whether somebody else laid the pages out: how far marks were squeezed, which names are
    /// kept whole and what exactly a colour is cannot be known then.
    pub foreign: bool,
}

/// What 22 lines that fill the text block mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineModel {
    /// Every line owns the gap below it: 225 mm / 22.
    OwnGap,
    /// The first line touches the top and the last one the foot.
    Filled,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            tolerance: 0.2,
            lines: LineModel::OwnGap,
            even_last_page: true,
            names_whole: false,
            foreign: false,
        }
    }
}

impl Settings {
    /// By the readings that a notice's record chooses.
    pub fn of(layout: &LayoutRecord) -> Self {
        let lines = match layout.grid.unwrap_or_default() {
            Grid::OwnGap => LineModel::OwnGap,
            Grid::Filled => LineModel::Filled,
        };
        let even_last_page = layout.imprint.unwrap_or_default() == ImprintSide::Even;
        let names_whole = layout.names == Some(Names::Whole);
        Self { lines, even_last_page, names_whole, ..Self::default() }
    }

    /// For pages that somebody else laid out: the tolerance that the standard itself gives.
    pub fn foreign() -> Self {
        Self { tolerance: 1.0, foreign: true, ..Self::default() }
    }

    /// The distance of two lines.
    fn pitch(&self) -> f64 {
        let height = standard::FOOT - standard::TOP;
        match self.lines {
            LineModel::OwnGap => height / f64::from(standard::LINES),
            LineModel::Filled => {
                (height - standard::BODY / pdf::page::PT_PER_MM) / f64::from(standard::LINES - 1)
            }
        }
    }
}

/// Measures pages.
pub fn measure(pages: &[Page], expected: &Expected, settings: &Settings) -> Report {
    let notice = Notice::recognise(pages, expected, settings.pitch());
    let subject = Subject { notice: &notice, expected, settings };
    let mut clauses: Vec<ClauseReport> = CLAUSES
        .iter()
        .flat_map(|family| family.iter())
        .map(|clause| ClauseReport {
            number: clause.number,
            name: clause.name,
            asked: clause.asks,
            sights: (clause.look)(&subject),
        })
        .collect();
    clauses.sort_by_key(|clause| order(clause.number));
    Report { pages: pages.len(), clauses }
}

/// A number, date or name that a line divides although keeping it whole takes a character at the
/// most.
#[derive(Debug)]
pub(crate) struct TornPart {
    /// What stands in front of it on its line.
    pub(crate) before: String,
    /// Its words.
    pub(crate) part: String,
}

/// What the lines of pages divide so.
pub(crate) fn torn_parts(
    pages: &[Page],
    expected: &Expected,
    settings: &Settings,
) -> Vec<TornPart> {
    let notice = Notice::recognise(pages, expected, settings.pitch());
    let subject = Subject { notice: &notice, expected, settings };
    let torn = clauses::torn(&subject).into_iter();
    torn.map(|torn| TornPart { before: torn.before, part: torn.part }).collect()
}

/// `7.3.5.1` comes behind `7.3.5`, and `10.1` behind all of 7.
fn order(number: &str) -> Vec<u32> {
    number.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}
