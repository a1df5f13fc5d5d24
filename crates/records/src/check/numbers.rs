//! Numbers in a text: `260`, `1,200`, `2.5万`, `98%`, `两`, `十二`, `百分之五`.

use std::ops::Range;

use super::prose::Prose;
use base::zh::{is_numeral, number_at};

/// A number and what stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// Its characters, 万 and 亿 and the percent sign included.
    pub(super) range: Range<usize>,
    /// What is written: 2.5 of 2.5万.
    pub(super) written: f64,
    /// What is meant: 25000 of 2.5万.
    pub(super) value: f64,
    /// The digits as they are written.
    pub(super) digits: String,
    /// Whether it is a percentage.
    pub(super) percent: bool,
    /// Whether it is written in Arabic digits.
    pub(super) arabic: bool,
}

pub(super) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// What a measure multiplies by: 万 in 万元, 万亿 in 万亿元. Read as numbers of a text are, which take 千 of
/// 千瓦 for theirs.
pub(super) fn scale(measure: &str) -> f64 {
    measure.chars().map_while(multiplier).product()
}

/// All numbers of a text.
pub(super) fn numbers(prose: &Prose<'_>) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut place = 0;
    while place < prose.len() {
        let found = arabic(prose, place).or_else(|| han(prose, place));
        match found {
            Some(number) => {
                place = number.range.end;
                numbers.push(number);
            }
            None => place += 1,
        }
    }
    numbers
}

fn arabic(prose: &Prose<'_>, start: usize) -> Option<Number> {
    if !prose.at(start).is_ascii_digit() {
        return None;
    }
    let mut digits = String::new();
    let mut end = start;
    loop {
        let c = prose.at(end);
        let next = prose.at(end + 1);
        if c.is_ascii_digit() {
            digits.push(c);
        } else if c == '.' && next.is_ascii_digit() && !digits.contains('.') {
            digits.push('.');
        } else if c == ',' && grouped(prose, end) {
            // 1,200
        } else {
            break;
        }
        end += 1;
    }
    let written: f64 = digits.parse().ok()?;
    let mut value = written;
    while let Some(by) = multiplier(prose.at(end)) {
        value *= by;
        end += 1;
    }
    let percent = matches!(prose.at(end), '%' | '％');
    if percent {
        end += 1;
    }
    Some(Number { range: start..end, written, value, digits, percent, arabic: true })
}

/// Whether a comma stands before exactly three digits.
fn grouped(prose: &Prose<'_>, comma: usize) -> bool {
    prose.run(comma + 1, |c| c.is_ascii_digit()) == 3
}

fn multiplier(c: char) -> Option<f64> {
    match c {
        '百' => Some(1e2),
        '千' => Some(1e3),
        '万' => Some(1e4),
        '亿' => Some(1e8),
        _ => None,
    }
}

fn han(prose: &Prose<'_>, start: usize) -> Option<Number> {
    let percent = prose.has(start, "百分之");
    let from = if percent { start + 3 } else { start };
    let run = prose.slice(from..from + prose.run(from, is_numeral));
    let (value, len) = number_at(&run)?;
    let end = from + run[..len].chars().count();
    let (value, digits) = (value as f64, prose.slice(from..end));
    Some(Number { range: start..end, written: value, value, digits, percent, arabic: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::diag::{Source, SourceText, Span};

    fn values(text: &str) -> Vec<(f64, bool)> {
        let source = Source::new("a.yaml", text);
        let text = SourceText::new(text.into(), Span::new(source, 0..text.len()), vec![(0, 0)]);
        let prose = Prose::new(&text, true);
        numbers(&prose).into_iter().map(|n| (n.value, n.percent)).collect()
    }

    #[test]
    fn measures_multiply_as_numbers_do() {
        for (measure, by) in
            [("万元", 1e4), ("万亿元", 1e12), ("亿千瓦", 1e11), ("千瓦", 1e3), ("家", 1.0)]
        {
            assert_eq!(scale(measure), by, "{measure}");
        }
    }

    #[test]
    fn every_form() {
        assert_eq!(
            values("新建260个、1,200套、2.5万人"),
            [(260.0, false), (1200.0, false), (25000.0, false)]
        );
        assert_eq!(values("增长12%，降至百分之五"), [(12.0, true), (5.0, true)]);
        assert_eq!(
            values("两家、十二所、一百零三项"),
            [(2.0, false), (12.0, false), (103.0, false)]
        );
        assert_eq!(
            values("二十五亿元、一亿二千万、一万亿"),
            [(25e8, false), (1.2e8, false), (1e12, false)]
        );
        assert_eq!(values("群众"), []);
    }
}
