//! Titles: of the notice, of the text that it issues, of the attachments.

use super::super::expected::Expected;
use super::super::line::Line;
use super::super::standard as gb;
use super::head::Head;
use super::pool::Pool;

/// Lines of one title are no farther apart than this many of their sizes.
const PITCH: f64 = 2.2;

/// What a title belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum TitleOf {
    /// The notice.
    Notice,
    /// The text that the notice issues.
    Issued,
    /// An attachment.
    Attachment,
}

/// A title.
#[derive(Debug)]
pub(in super::super) struct Title {
    /// What it belongs to.
    pub(in super::super) of: TitleOf,
    /// 附件1 above it.
    pub(in super::super) label: Option<Line>,
    /// Its lines; there is at least one.
    pub(in super::super) lines: Vec<Line>,
    /// A line in brackets below it, such as （征求意见稿）.
    pub(in super::super) below: Option<Line>,
}

impl Title {
    /// The page it begins on.
    pub(in super::super) fn page(&self) -> usize {
        self.label.as_ref().or(self.lines.first()).map_or(0, |line| line.page)
    }

    /// Its words.
    pub(in super::super) fn text(&self) -> String {
        self.lines.iter().map(Line::text).collect()
    }
}

/// Takes the titles: type larger than the text's.
pub(super) fn titles(pool: &mut Pool, head: &Head, expected: &Expected) -> Vec<Title> {
    let mut titles: Vec<Title> = Vec::new();
    let large = |line: &Line| line.size() > gb::BODY + 2.0;
    while let Some(start) = pool.lines().iter().position(large) {
        let lines = pool.take_run(start, |before, line| {
            large(line)
                && line.page == before.page
                && line.y - before.y < PITCH * line.style().em().max(before.style().em())
        });
        let (page, top) = lines.first().map_or((0, 0.0), |line| (line.page, line.top()));
        let label = pool.take(|line| line.page == page && line.y < top && is_label(&line.text()));
        let bottom = lines.last().map_or(0.0, Line::bottom);
        let below = pool.take(|line| {
            let text = line.text();
            line.page == page
                && line.top() > bottom - 1.0
                && line.top() < bottom + 12.0
                && (line.middle() - gb::MIDDLE).abs() < 3.0
                && text.starts_with('（')
                && text.ends_with('）')
        });
        let words: String = lines.iter().map(Line::text).collect();
        let first = titles.is_empty() && (page == 0 || head.mark.is_empty());
        let of = if label.is_some() {
            TitleOf::Attachment
        } else if first || expected.title.as_ref() == Some(&words) && titles.is_empty() {
            TitleOf::Notice
        } else {
            TitleOf::Issued
        };
        titles.push(Title { of, label, lines, below });
    }
    titles
}

/// `附件`, `附件1`, `附件：1`.
fn is_label(text: &str) -> bool {
    text.strip_prefix("附件").is_some_and(|rest| {
        rest.trim_matches(['：', ':'])
            .chars()
            .all(|c| c.is_ascii_digit() || base::zh::is_numeral(c))
    })
}
