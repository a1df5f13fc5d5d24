//! Tables: what stands above them belongs to them, and rows have as many cells as the head.

use std::ops::Range;

use pulldown_cmark::Alignment;

use crate::columns::ColumnAlign;
use crate::rich::{Block, Inline, Table, plain};
use crate::zh::is_numeral;

/// A longer one is a sentence.
const LONGEST_UNIT: usize = 30;

/// A table while it is read.
pub(super) struct Draft {
    written: Vec<Alignment>,
    rows: Vec<Vec<Vec<Inline>>>,
}

impl Draft {
    pub(super) fn new(written: &[Alignment]) -> Self {
        Self { written: written.to_vec(), rows: Vec::new() }
    }

    /// How many columns it has.
    pub(super) fn columns(&self) -> usize {
        self.written.len()
    }

    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn cell(&mut self, inlines: Vec<Inline>) {
        if let Some(row) = self.rows.last_mut() {
            row.push(inlines);
        }
    }

    /// The table, below the last of these blocks: its caption and unit are taken from them.
    pub(super) fn finish(self, above: &mut Vec<Block>) -> Table {
        let columns = self.columns();
        let mut rows = self.rows.into_iter().map(|mut row| {
            row.resize(columns, Vec::new());
            row
        });
        let head = rows.next().unwrap_or_default();
        let rows: Vec<_> = rows.collect();
        let align = |(at, written): (usize, &Alignment)| match written {
            Alignment::Left => ColumnAlign::Left,
            Alignment::Center => ColumnAlign::Center,
            Alignment::Right => ColumnAlign::Right,
            Alignment::None => {
                let cells: Vec<String> = rows.iter().map(|row| plain(&row[at])).collect();
                ColumnAlign::of(cells.iter().map(String::as_str))
            }
        };
        let aligns = self.written.iter().enumerate().map(align).collect();
        let (caption, unit) = above_table(above);
        Table { caption, unit, aligns, head, rows }
    }
}

/// Takes caption and unit off the end of the blocks above a table.
fn above_table(above: &mut Vec<Block>) -> (Vec<Inline>, Option<String>) {
    let mut unit = None;
    if let Some(Block::Paragraph { inlines }) = above.last()
        && let [Inline::Text { text }] = &inlines[..]
        && is_unit(text)
    {
        unit = Some(text.trim().to_string());
        above.pop();
    }
    let fits = |block: &mut Block| matches!(block, Block::Paragraph { inlines } if is_caption(&plain(inlines)));
    let Some(Block::Paragraph { inlines: mut caption }) = above.pop_if(fits) else {
        return (Vec::new(), unit);
    };
    if unit.is_none()
        && let Some(Inline::Text { text }) = caption.last_mut()
        && let Some(start) = text.rfind(['（', '('])
        && is_unit(&text[start..])
    {
        unit = Some(text[start..].trim().to_string());
        text.truncate(text[..start].trim_end().len());
        caption.retain(|inline| !matches!(inline, Inline::Text { text } if text.is_empty()));
    }
    (caption, unit)
}

/// Whether a paragraph is the caption of a table, 表1 or 表一 with a title, and no sentence that happens
/// to begin with 表.
pub fn is_caption(words: &str) -> bool {
    let Some(rest) = words.strip_prefix('表').map(str::trim_start) else { return false };
    let is_digit = |c: char| c.is_ascii_alphanumeric() || "-.－—".contains(c);
    let behind = rest.trim_start_matches(is_digit);
    let numbered = behind.len() < rest.len();
    let behind_numeral = rest.trim_start_matches(is_numeral);
    let counted = behind_numeral.len() < rest.len()
        && behind_numeral.chars().next().is_none_or(|c| c.is_whitespace() || "：:.、".contains(c));
    (numbered || counted) && !words.ends_with(['。', '；', '，', '：'])
}

/// （单位：万元）, or the same without brackets.
fn is_unit(text: &str) -> bool {
    let text = text.trim();
    let inner = text.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    let inner = inner.unwrap_or(text);
    let amount = inner.strip_prefix("单位：").or_else(|| inner.strip_prefix("单位:"));
    amount.is_some_and(|amount| {
        !amount.trim().is_empty()
            && amount.chars().count() <= LONGEST_UNIT
            && !amount.contains(['。', '；', '（', '）', '\n'])
    })
}

/// How many cells a row has as it is written: bars divide them, those at the ends do not, and one
/// behind a backslash is a sign.
pub(super) fn cells_in(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = 1;
    let mut filled = false;
    let mut before = '\0';
    for c in row.chars() {
        if c == '|' && before != '\\' {
            cells += 1;
            filled = false;
        } else {
            filled |= !c.is_whitespace();
        }
        before = c;
    }
    // Behind the last bar there is no cell, unless something stands in it.
    if filled { cells } else { cells - 1 }
}

/// The line that should divide a head from its rows, in a text that was read as a paragraph: its bars
/// would be printed.
pub(super) fn unfit_line(paragraph: &str) -> Option<Range<usize>> {
    const BARS: [char; 2] = ['|', '｜'];
    let mut start = 0;
    for line in paragraph.split_inclusive('\n') {
        let words = line.trim();
        if words.contains(BARS)
            && words.contains("--")
            && words.chars().all(|c| BARS.contains(&c) || "-:： ".contains(c))
        {
            let start = start + line.len() - line.trim_start().len();
            return Some(start..start + words.len());
        }
        start += line.len();
    }
    None
}
