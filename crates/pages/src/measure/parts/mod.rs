//! What is what on the pages: the elements of a notice, found by their place, their look and,
//! where they are known, their words.

mod ending;
mod fit;
mod head;
mod imprint;
mod pool;
mod tables;
mod text;
mod titles;

pub(super) use ending::{AttachmentNote, Attendance, SignOff};
pub(super) use fit::Fit;
pub(super) use head::Head;
pub(super) use imprint::{Imprint, imprint_label};
pub(super) use text::{BodyLine, Level};
pub(super) use titles::{Title, TitleOf};

use self::pool::Pool;
use super::expected::Expected;
use super::line::{Line, lines};
use super::standard;
use pdf::page::{Page, Rect};

/// A notice as it was recognised.
#[derive(Debug, Default)]
pub(super) struct Notice {
    /// Its pages.
    pub(super) sheets: Vec<Sheet>,
    /// Everything above the red rule, with the rules of a letter.
    pub(super) head: Head,
    /// Titles of the notice, the issued text and the attachments, in order.
    pub(super) titles: Vec<Title>,
    /// 主送机关.
    pub(super) recipients: Vec<Line>,
    /// The text, headings included.
    pub(super) body: Vec<BodyLine>,
    /// 附件说明, in each place.
    pub(super) attachment_notes: Vec<AttachmentNote>,
    /// 发文机关署名 and 成文日期.
    pub(super) sign_offs: Vec<SignOff>,
    /// 出席, 请假, 列席.
    pub(super) attendance: Vec<Attendance>,
    /// 附注.
    pub(super) note: Vec<Line>,
    /// 版记.
    pub(super) imprint: Option<Imprint>,
    /// Page numbers.
    pub(super) numbers: Vec<Line>,
    /// Lines that are none of these and stand in no table.
    pub(super) others: Vec<Line>,
    /// The fit of the letter, and the page it ends on.
    pub(super) letter: Option<(Fit, usize)>,
}

/// A page, bound in.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The page; one that was turned is upright.
    pub(super) page: Page,
    /// Whether it was laid out broadside.
    pub(super) turned: bool,
    /// The lines of a turned page as they are read.
    pub(super) broadside: Vec<Line>,
    /// Tables.
    pub(super) tables: Vec<Rect>,
}

/// Caption and unit of a table in a text stand so close above it, in millimetres: three lines of 12
/// points with their gaps.
const ABOVE_TABLE: f64 = 20.0;

impl Sheet {
    /// Whether a table goes on, or stands, between a line above and the foot of the page: one that is
    /// too tall to be moved to the next page with what follows it.
    pub(super) fn ends_in_tall_table(&self, below: f64) -> bool {
        /// A third of the text block.
        const TALL: f64 = (standard::FOOT - standard::TOP) / 3.0;
        let begins = |table: &Rect| table.top < standard::TOP + 10.0;
        self.tables
            .iter()
            .any(|table| table.bottom > below && (table.height() > TALL || begins(table)))
    }

    /// Whether nothing is printed on it.
    pub(super) fn is_blank(&self) -> bool {
        self.page.runs.is_empty() && self.page.rules.is_empty()
    }
}

impl Notice {
    /// Recognises the elements on pages.
    pub(super) fn recognise(pages: &[Page], expected: &Expected, pitch: f64) -> Self {
        let mut notice = Self::default();
        let mut all = Vec::new();
        for (place, page) in pages.iter().enumerate() {
            let bound = page.bound();
            let turned = page.width > page.height;
            all.extend(lines(place, &bound));
            let broadside = if turned { lines(place, page) } else { Vec::new() };
            let tables = tables::tables(&bound);
            notice.sheets.push(Sheet { page: bound, turned, broadside, tables });
        }
        let mut pool = Pool::new(all);
        notice.numbers = pool.take_all(|line| is_page_number(&line.text()));
        for (place, sheet) in notice.sheets.iter().enumerate() {
            let inside = |line: &Line| {
                sheet.tables.iter().any(|table| table.contains(line.middle(), line.y))
            };
            drop(pool.take_all(|line| line.page == place && inside(line)));
            let is_caption = |line: &Line| {
                let words = line.text();
                let below =
                    |table: &Rect| (0.0..ABOVE_TABLE).contains(&(table.top - line.bottom()));
                line.page == place
                    && sheet.tables.iter().any(below)
                    && expected.captions.iter().any(|caption| caption.contains(&words))
            };
            drop(pool.take_all(is_caption));
        }
        notice.head = Head::recognise(&mut pool, &notice.sheets, expected);
        notice.imprint = Imprint::recognise(&mut pool, &notice.sheets, expected);
        notice.titles = titles::titles(&mut pool, &notice.head, expected);
        notice.recipients = text::recipients(&mut pool, &notice.titles, expected);
        notice.sign_offs = ending::sign_offs(&mut pool, expected);
        notice.note = ending::note(&mut pool, &notice.sign_offs, expected);
        notice.attachment_notes = ending::attachment_notes(&mut pool);
        notice.attendance = ending::attendance(&mut pool, expected);
        notice.body = text::body(&mut pool, expected);
        notice.others = pool.rest();
        notice.letter = fit::of_letter(&notice, pitch);
        notice
    }

    /// By how much the pitches of a page differ from the standard's: not at all, but in a letter
    /// whose sign-off would have stood alone.
    pub(super) fn fit(&self, page: usize) -> Fit {
        self.letter.filter(|(_, last)| page <= *last).map(|(fit, _)| fit).unwrap_or_default()
    }

    /// Lines of running text: what has its place on the grid, in the order of the pages.
    pub(super) fn running(&self) -> Vec<&Line> {
        let mut lines: Vec<&Line> = self.body.iter().map(|body| &body.line).collect();
        lines.extend(&self.recipients);
        lines.extend(self.attachment_notes.iter().flat_map(|note| &note.lines));
        lines.extend(self.attendance.iter().flat_map(|list| &list.lines));
        lines.extend(self.sign_offs.iter().flat_map(SignOff::lines));
        lines.extend(&self.note);
        lines.sort_by(|a, b| (a.page.cmp(&b.page)).then(a.y.total_cmp(&b.y)));
        lines
    }

    /// The pages from 0 on which a text begins anew: after the letter, and each attachment.
    pub(super) fn begins(&self, page: usize) -> bool {
        page == 0
            || self.titles.iter().any(|title| title.page() == page && title.of != TitleOf::Notice)
    }
}

/// `— 1 —`, with whatever dashes.
pub(super) fn is_page_number(text: &str) -> bool {
    let dash = |c: char| matches!(c, '—' | '–' | '―' | '－' | '-' | '−' | '─' | '一');
    let inner = text.trim_matches(dash);
    inner.len() < text.len()
        && text.starts_with(dash)
        && text.ends_with(dash)
        && !inner.is_empty()
        && inner.chars().all(|c| c.is_ascii_digit())
}
