//! Sheets take the fewest pages that are read with ease, and the last page has more than a row or the
//! sentences at the foot: rows a little closer and type from 12 down to 10.5 points take in what would
//! stand there alone. What is tried first follows from arithmetic; pages are laid out once more only
//! where they turn out otherwise.

use base::columns::{Table, width};
use records::view::{BreakdownView, SheetView};

use crate::geometry::{SHEET_HEAD_SIZE, SHEET_TABLE_SIZE, SHEET_TEXT_SIZE, SHEET_TITLE_SIZE};
use crate::tables::{self, Fitted, INSET};
use crate::typeset::{EmbeddedEngine, Job, Laid};
use base::diag::Diagnostics;

/// Type in points and what is above and below the text of a cell, the least change first.
const LEVELS: [(f64, f64); 6] =
    [(12.0, INSET), (12.0, 0.32), (11.5, 0.32), (11.0, 0.32), (10.5, 0.32), (10.5, 0.24)];

/// The labels that the layout puts into each row of a table, and into the foot of a sheet.
const ROW: &str = "row";
const FOOT: &str = "sheet-foot";

/// A table with what is above and below it.
pub(super) struct Paper {
    table: Table,
    /// The headings of sections, by the row that they stand above.
    sections: Vec<Option<String>>,
    /// What stands above the table on page 1, in millimetres.
    above: f64,
    /// What stands below it, on the page of its last row.
    below: f64,
    /// Tables behind it, on pages of their own.
    others: Vec<(String, Fitted)>,
}

/// How a table comes to stand on pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pages {
    count: usize,
    /// Rows on the last one.
    last_rows: usize,
    /// Whether what is below the table stands with its last row.
    foot_kept: bool,
}

impl Pages {
    /// Whether the last page is worth a sheet of paper.
    fn is_good(self) -> bool {
        self.foot_kept && (self.count == 1 || self.last_rows > 1)
    }
}

impl Paper {
    /// A unit's sheet.
    pub(super) fn sheet(view: &SheetView) -> Self {
        let sections = view.rows.iter().map(|row| (row.first_of_section, &row.section));
        let line = |words: f64| lines_of_text(words);
        let contacts: f64 = view.contacts.iter().map(|contact| width(contact) + 1.0).sum();
        let reporting: f64 = view.reporting.iter().map(|sentence| width(sentence)).sum();
        let mut foot = 1.0;
        // Each contact is kept whole.
        foot += if contacts > 0.0 { line(contacts * 1.08 + 8.0) } else { 0.0 };
        foot += if reporting > 0.0 { line(reporting + 5.0) } else { 0.0 };
        Self {
            table: tables::of_sheet(view),
            sections: headings(sections),
            above: above(&view.title, view.about.draft.is_some()),
            below: (foot * 1.5 + 1.2) * SHEET_TEXT_SIZE.mm(),
            others: Vec::new(),
        }
    }

    /// 任务分解总表, with the table of units.
    pub(super) fn breakdown(view: &BreakdownView) -> Self {
        let sections = view.items.iter().map(|item| (item.first_of_section, &item.section));
        let label = if view.attachment.is_some() { 9.0 } else { 0.0 };
        let size = SHEET_TABLE_SIZE.pt();
        let units = Fitted::new(&tables::of_units(view), tables::sheet_width(), size, INSET);
        Self {
            table: tables::of_breakdown(view),
            sections: headings(sections),
            above: above(&view.title, view.about.draft.is_some()) + label,
            below: 0.0,
            others: vec![(tables::UNITS.into(), units)],
        }
    }

    /// The table as it is tried first, and at which level.
    fn planned(&self) -> (usize, Fitted) {
        let first = self.at(0);
        let pages = self.pages(&first);
        if pages.count > 1 {
            for level in 1..LEVELS.len() {
                let tighter = self.at(level);
                let fewer = self.pages(&tighter);
                if fewer.is_good() && fewer.count < pages.count {
                    return (level, tighter);
                }
            }
        }
        let moved = if pages.is_good() { None } else { self.moved(&first) };
        (0, moved.unwrap_or(first))
    }

    fn at(&self, level: usize) -> Fitted {
        let (size, inset) = LEVELS[level.min(LEVELS.len() - 1)];
        Fitted::new(&self.table, tables::sheet_width(), size, inset)
    }

    /// The same with the last two rows on the last page, where there are more.
    fn moved(&self, fitted: &Fitted) -> Option<Fitted> {
        let rows = fitted.lines.len();
        let last: f64 = fitted.lines.iter().rev().take(2).map(|lines| fitted.height(*lines)).sum();
        let room = room(fitted) - self.below;
        let break_before = (rows > 2 && last < room).then(|| rows - 2)?;
        Some(Fitted { break_before: Some(break_before), ..fitted.clone() })
    }

    /// How many pages it takes, by arithmetic.
    fn pages(&self, fitted: &Fitted) -> Pages {
        let full = tables::sheet_height();
        let head = head(&self.table, fitted);
        let mut used = self.above + head;
        let (mut count, mut last_rows) = (1, 0);
        let mut section = 0.0;
        for (lines, heading) in fitted.lines.iter().zip(&self.sections) {
            let row = fitted.height(*lines);
            let band = heading.as_ref().map(|words| {
                let line = tables::sheet_width() / (fitted.size * 25.4 / 72.0);
                fitted.height((width(words) / line).ceil().max(1.0) as usize)
            });
            if used + band.unwrap_or_default() + row > full {
                count += 1;
                last_rows = 0;
                used = head + if band.is_some() { 0.0 } else { section };
            }
            section = band.unwrap_or(section);
            used += band.unwrap_or_default() + row;
            last_rows += 1;
        }
        let foot_kept = used + self.below <= full;
        if foot_kept {
            Pages { count, last_rows, foot_kept }
        } else {
            Pages { count: count + 1, last_rows: 0, foot_kept }
        }
    }

    /// The widths as a Typst module.
    pub(super) fn module(&self) -> String {
        self.module_of(self.planned().1)
    }

    fn module_of(&self, fitted: Fitted) -> String {
        let room = room(&fitted);
        let mut all = vec![(tables::TASKS.to_string(), fitted)];
        all.extend(self.others.iter().cloned());
        tables::typst(&all, room)
    }

    /// The job with the first fit whose last page is worth its paper, with its pages.
    ///
    /// # Errors
    /// When it cannot be laid out.
    pub(super) fn fit(
        &self,
        mut job: Job,
        layout: &EmbeddedEngine,
    ) -> Result<(Job, Laid), Diagnostics> {
        let (level, planned) = self.planned();
        let mut try_one = |fitted: Fitted| -> Result<(Job, Laid, Option<Pages>), Diagnostics> {
            let module: std::sync::Arc<str> = self.module_of(fitted).into();
            for (path, text) in &mut job.files {
                if path == tables::PATH {
                    *text = module.clone();
                }
            }
            let laid = layout.lay_out(&job)?;
            let pages = found(&laid, self.table.rows.len());
            Ok((job.clone(), laid, pages))
        };
        if planned.break_before.is_some() {
            // By arithmetic it does not fit, but that is on the safe side.
            let (job, laid, pages) = try_one(self.at(LEVELS.len() - 1))?;
            if pages
                .is_some_and(|pages| pages.is_good() && pages.count < self.pages(&planned).count)
            {
                return Ok((job, laid));
            }
        }
        let (first, laid, pages) = try_one(planned.clone())?;
        // A template of the project's own may have no such labels: it is left alone.
        let Some(pages) = pages.filter(|pages| !pages.is_good()) else { return Ok((first, laid)) };
        for level in level + 1..LEVELS.len() {
            let (job, laid, tighter) = try_one(self.at(level))?;
            if tighter.is_some_and(|tighter| tighter.is_good() && tighter.count < pages.count) {
                return Ok((job, laid));
            }
        }
        // Nothing takes it in: the usual type, and two rows on the last page.
        let usual = self.at(0);
        let (job, laid, pages) =
            if level > 0 { try_one(usual.clone())? } else { (first, laid, Some(pages)) };
        let Some(pages) = pages.filter(|pages| !pages.is_good()) else { return Ok((job, laid)) };
        if let Some(moved) = self.moved(&usual) {
            let (job, laid, moved) = try_one(moved)?;
            if moved.is_some_and(|moved| moved.foot_kept && moved.count <= pages.count) {
                return Ok((job, laid));
            }
        }
        Ok((job, laid))
    }
}

/// What a page has for rows, in millimetres, behind the head and the heading of a section.
fn room(fitted: &Fitted) -> f64 {
    tables::sheet_height() - 2.0 * fitted.height(2) - 1.0
}

/// How many lines a text of so many em takes below or above the table.
fn lines_of_text(em: f64) -> f64 {
    (em * SHEET_TEXT_SIZE.mm() / tables::sheet_width()).ceil()
}

/// The title, and the line between it and the table.
fn above(title: &str, is_draft: bool) -> f64 {
    let lines = (width(title) * SHEET_TITLE_SIZE.mm() / tables::sheet_width()).ceil().max(1.0);
    let text = SHEET_TEXT_SIZE.mm();
    let draft = if is_draft { 1.5 } else { 0.0 };
    lines * SHEET_TITLE_SIZE.mm() * 1.25 + (3.2 + draft) * text
}

fn headings<'a>(sections: impl Iterator<Item = (bool, &'a String)>) -> Vec<Option<String>> {
    sections.map(|(first, words)| (first && !words.is_empty()).then(|| words.clone())).collect()
}

/// The height of the table's head.
fn head(table: &Table, fitted: &Fitted) -> f64 {
    let em = SHEET_HEAD_SIZE.mm();
    let lines = table.columns.iter().zip(&fitted.widths).map(|(column, wide)| {
        let room = (wide - 0.8 * fitted.size * 25.4 / 72.0) / em;
        (width(&column.title) / room.max(1.0)).ceil()
    });
    let lines = lines.fold(1.0, f64::max);
    (lines + (lines - 1.0) * 0.5) * em + 2.0 * fitted.inset * fitted.size * 25.4 / 72.0
}

/// What the pages have; `None` where the labels are missing.
fn found(laid: &Laid, rows: usize) -> Option<Pages> {
    let mut all = laid.places_of(ROW);
    // Behind them are those of other tables.
    all.truncate(rows);
    let rows = all;
    let table = rows.last()?.page;
    let last = laid.places_of(FOOT).last().map_or(table, |foot| foot.page);
    let last_rows = rows.iter().filter(|row| row.page == last).count();
    Some(Pages { count: last, last_rows, foot_kept: last == table })
}
