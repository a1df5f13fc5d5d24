//! Recipients and running text.

use super::super::expected::Expected;
use super::super::line::Line;
use super::super::standard as gb;
use super::pool::Pool;
use super::titles::{Title, TitleOf};
use base::zh::is_numeral;

/// A line of the text.
#[derive(Debug)]
pub(in super::super) struct BodyLine {
    /// The line.
    pub(in super::super) line: Line,
    /// Whether a paragraph begins with it.
    pub(in super::super) first: bool,
    /// What level of numbering it begins with.
    pub(in super::super) level: Option<Level>,
}

/// 结构层次序数.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Level {
    /// 一、
    One,
    /// （一）
    Two,
    /// 1.
    Three,
    /// （1）
    Four,
}

impl Level {
    /// The level of a paragraph by its number.
    pub(in super::super) fn of(text: &str) -> Option<Self> {
        let digit = |c: char| c.is_ascii_digit();
        let (inner, open) = match text.strip_prefix(['（', '(']) {
            Some(inner) => (inner, true),
            None => (text, false),
        };
        let rest = inner.trim_start_matches(is_numeral);
        if rest.len() < inner.len() {
            return match (open, rest.chars().next()?) {
                (false, '、') => Some(Self::One),
                (true, '）' | ')') => Some(Self::Two),
                _ => None,
            };
        }
        let rest = inner.trim_start_matches(digit);
        if rest.len() == inner.len() {
            return None;
        }
        match (open, rest.chars().next()?) {
            (false, '.' | '．' | '、') => Some(Self::Three),
            (true, '）' | ')') => Some(Self::Four),
            _ => None,
        }
    }

    /// The level of that depth.
    fn at(depth: usize) -> Self {
        match depth {
            0 | 1 => Self::One,
            2 => Self::Two,
            3 => Self::Three,
            _ => Self::Four,
        }
    }
}

/// Takes the recipients: below the title, flush left, up to the colon.
pub(super) fn recipients(pool: &mut Pool, titles: &[Title], expected: &Expected) -> Vec<Line> {
    let Some(title) = titles.iter().find(|title| title.of == TitleOf::Notice) else {
        return Vec::new();
    };
    let Some(last) = title.below.as_ref().or(title.lines.last()) else { return Vec::new() };
    let (page, y) = (last.page, last.y);
    let place = pool.lines().iter().position(|line| line.page == page && line.y > y);
    let Some(start) = place else { return Vec::new() };
    let first = &pool.lines()[start];
    let known = expected.recipients.as_ref().is_some_and(|words| {
        let text = first.text();
        words.starts_with(text.trim_end_matches('：')) || text.starts_with(words.as_str())
    });
    if !known && (first.left() - gb::LEFT > gb::CELL || expected.title.is_some()) {
        return Vec::new();
    }
    let ends = |line: &Line| line.text().ends_with(['：', ':']);
    // Without a colon on this page it is something else.
    let here = pool.lines()[start..].iter().take_while(|line| line.page == page);
    let indented = |line: &Line| line.left() - gb::LEFT > 1.5 * gb::CELL;
    if !here.take_while(|line| !indented(line) || known).any(ends) {
        return Vec::new();
    }
    pool.take_run(start, |before, line| line.page == page && !ends(before))
}

/// Takes the lines of the text: the type of the body, inside the text block.
pub(super) fn body(pool: &mut Pool, expected: &Expected) -> Vec<BodyLine> {
    let lines = pool.take_all(|line| (line.size() - gb::BODY).abs() < 1.6);
    let mut headings = expected.headings.iter().peekable();
    let mut body: Vec<BodyLine> = Vec::with_capacity(lines.len());
    for line in lines {
        let first = line.left() - gb::LEFT > gb::CELL;
        let text = line.text();
        let level = if !first {
            None
        } else if expected.title.is_some() {
            headings
                .next_if(|(_, heading)| {
                    text.starts_with(heading.as_str()) || heading.starts_with(&text)
                })
                .map(|(depth, _)| Level::at(*depth))
        } else {
            Level::of(&text)
        };
        body.push(BodyLine { line, first, level });
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_known_by_their_numbers() {
        for (text, level) in [
            ("一、总体要求", Some(Level::One)),
            ("十二、附则", Some(Level::One)),
            ("（一）主要目标。", Some(Level::Two)),
            ("1.建设", Some(Level::Three)),
            ("（1）建设", Some(Level::Four)),
            ("(1)建设", Some(Level::Four)),
            ("一季度建设", None),
            ("2025年建设", None),
            ("（注）", None),
        ] {
            assert_eq!(Level::of(text), level, "{text}");
        }
    }
}
