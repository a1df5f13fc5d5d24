//! What follows the text: attachment note, sign-off, note.

use super::super::expected::Expected;
use super::super::line::Line;
use super::super::standard as gb;
use super::pool::Pool;
use base::zh::is_numeral;

/// Rows of organs stand no farther apart: as many lines as a seal of 42 mm needs, and a little more,
/// in millimetres.
const ROW: f64 = 54.0;

/// 附件说明.
#[derive(Debug)]
pub(in super::super) struct AttachmentNote {
    /// Its lines; there is at least one.
    pub(in super::super) lines: Vec<Line>,
}

/// A list of those who were at a meeting.
#[derive(Debug)]
pub(in super::super) struct Attendance {
    /// How many characters its label has, the colon included.
    pub(in super::super) label: usize,
    /// Its lines; there is at least one.
    pub(in super::super) lines: Vec<Line>,
}

impl Attendance {
    /// The page it begins on.
    pub(in super::super) fn page(&self) -> usize {
        self.lines.first().map_or(0, |line| line.page)
    }
}

/// 发文机关署名 and 成文日期.
#[derive(Debug)]
pub(in super::super) struct SignOff {
    /// The organs, row by row.
    pub(in super::super) organs: Vec<Line>,
    /// The date.
    pub(in super::super) date: Option<Line>,
}

impl SignOff {
    /// All lines, from the top.
    pub(in super::super) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.organs.iter().chain(&self.date)
    }

    /// The first of them.
    pub(in super::super) fn first(&self) -> Option<&Line> {
        self.lines().next()
    }
}

/// `2025年3月6日`
pub(in super::super) fn is_date(text: &str) -> bool {
    let Some((year, rest)) = text.split_once('年') else { return false };
    let Some((month, day)) = rest.split_once('月') else { return false };
    let Some(day) = day.strip_suffix('日') else { return false };
    let number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let han = |text: &str| !text.is_empty() && text.chars().all(|c| c == '○' || is_numeral(c));
    [year, month, day].into_iter().all(number) || [year, month, day].into_iter().all(han)
}

/// Takes dates that stand alone at the right, and the organs above them.
pub(super) fn sign_offs(pool: &mut Pool, expected: &Expected) -> Vec<SignOff> {
    let mut found = Vec::new();
    // Neither flush left nor indented like a paragraph.
    let moved = |line: &Line| line.left() > gb::LEFT + 4.0 * gb::CELL;
    loop {
        let date = pool.take(|line| {
            let text = line.text();
            match &expected.date {
                Some(date) if text == *date => true,
                _ => is_date(&text) && moved(line),
            }
        });
        let Some(date) = date else { break };
        let mut organs: Vec<Line> = Vec::new();
        let mut y = date.y;
        loop {
            let page = date.page;
            let above = |line: &Line| line.page == page && line.y < y && y - line.y < ROW;
            let lowest = pool.lines().iter().filter(|line| above(line)).map(|line| line.y);
            let Some(lowest) = lowest.reduce(f64::max) else { break };
            let row = |line: &&Line| line.page == page && line.y == lowest;
            let known = |line: &Line| !parts(line, &expected.organs).is_empty();
            let organ = if expected.organs.is_empty() {
                pool.lines().iter().filter(row).all(moved)
            } else {
                pool.lines().iter().filter(row).all(known)
            };
            let count = |text: &str| text.chars().count();
            let words: usize = organs.iter().map(|organ| count(&organ.text())).sum();
            let all: usize = expected.organs.iter().map(|organ| count(organ)).sum();
            let enough = all > 0 && words >= all;
            if !organ || enough {
                break;
            }
            let row = pool.take_all(|line| line.page == page && line.y == lowest);
            let row = row.into_iter().flat_map(|line| match &expected.organs[..] {
                [] => vec![line],
                organs => parts(&line, organs),
            });
            organs.splice(0..0, row);
            y = lowest;
        }
        found.push(SignOff { organs, date: Some(date) });
    }
    if found.is_empty() && expected.date.is_none() && !expected.organs.is_empty() {
        let organs = pool.take_all(|line| moved(line) && expected.organs.contains(&line.text()));
        if !organs.is_empty() {
            found.push(SignOff { organs, date: None });
        }
    }
    found
}

/// The organs that a line consists of: names of a joint notice may stand close together, and a
/// name longer than a line stands on two. Nothing where the line has other words as well.
fn parts(line: &Line, organs: &[String]) -> Vec<Line> {
    let mut parts = Vec::new();
    let mut chars = line.chars.clone();
    while !chars.is_empty() {
        let rest: String = chars.iter().flat_map(|c| c.text.chars()).collect();
        let whole = organs.iter().find(|organ| rest.starts_with(organ.as_str()));
        let torn = || {
            let part = |organ: &&String| organ.starts_with(&rest) || organ.ends_with(&rest);
            organs.iter().find(part).map(|_| rest.chars().count())
        };
        let count = whole.map(|organ| organ.chars().count()).or_else(torn);
        let Some(count) = count.filter(|&count| count <= chars.len()) else { return Vec::new() };
        let behind = chars.split_off(count);
        parts.push(Line { page: line.page, y: line.y, chars });
        chars = behind;
    }
    parts
}

/// Takes the note: in brackets, below the date.
pub(super) fn note(pool: &mut Pool, sign_offs: &[SignOff], expected: &Expected) -> Vec<Line> {
    if expected.title.is_some() && expected.note.is_none() {
        return Vec::new();
    }
    let date = sign_offs.first().and_then(|sign_off| sign_off.date.as_ref());
    let start = pool.lines().iter().position(|line| {
        let text = line.text();
        let inner = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
        match (&expected.note, date) {
            (Some(note), _) => {
                text.starts_with(['（', '(']) && note.starts_with(inner)
                    || inner.starts_with(note.as_str())
            }
            (None, Some(date)) => {
                line.page == date.page && line.y > date.y && text.starts_with(['（', '('])
            }
            (None, None) => false,
        }
    });
    let Some(start) = start else { return Vec::new() };
    let ends = |line: &Line| line.text().ends_with(['）', ')']);
    pool.take_run(start, |before, line| line.page == before.page && !ends(before))
}

/// Takes 出席：, 请假：, 列席： with the lines that hang behind them. Of a foreign PDF nobody knows
/// whether it is of a meeting: a line that begins so is taken for one.
pub(super) fn attendance(pool: &mut Pool, expected: &Expected) -> Vec<Attendance> {
    if expected.title.is_some() && expected.attendance.is_empty() {
        return Vec::new();
    }
    let label = |line: &Line| {
        let text = line.text();
        let labels =
            ["出席", "请假", "列席"].map(|label| [format!("{label}："), format!("{label}:")]);
        let label = labels.iter().flatten().find(|label| text.starts_with(label.as_str()));
        label.filter(|_| line.left() > gb::LEFT + gb::CELL).map(|label| label.chars().count())
    };
    let mut lists = Vec::new();
    while let Some(start) = pool.lines().iter().position(|line| label(line).is_some()) {
        let first = &pool.lines()[start];
        let (count, left) = (label(first).unwrap_or_default(), first.left());
        let lines = pool.take_run(start, |_, line| line.left() > left + gb::CELL);
        lists.push(Attendance { label: count, lines });
    }
    lists
}

/// Takes the lines from 附件： on that hang behind it.
pub(super) fn attachment_notes(pool: &mut Pool) -> Vec<AttachmentNote> {
    let mut notes = Vec::new();
    let begins = |line: &Line| {
        let text = line.text();
        let indented = line.left() > gb::LEFT + gb::CELL;
        indented && (text.starts_with("附件：") || text.starts_with("附件:"))
    };
    while let Some(start) = pool.lines().iter().position(begins) {
        let label = pool.lines()[start].left();
        let lines = pool.take_run(start, |before, line| {
            line.page == before.page && line.left() > label + gb::CELL
                || line.page != before.page && line.left() > label + 2.0 * gb::CELL
        });
        notes.push(AttachmentNote { lines });
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_three_parts() {
        for (text, date) in [
            ("2025年3月6日", true),
            ("二〇二五年三月六日", true),
            ("2025年3月", false),
            ("2025年3月6日前完成", false),
            ("年月日", false),
        ] {
            assert_eq!(is_date(text), date, "{text}");
        }
    }
}
