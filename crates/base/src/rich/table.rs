//! Tables in a text.

use serde::{Deserialize, Serialize};

use super::{Inline, plain};
use crate::columns::ColumnAlign;

/// Stands between the cells of a row where a table is told in lines.
const BETWEEN: &str = "｜";

/// A table whose cells are pieces of lines. Every row has a cell for each column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What stands centred above it, as 表1 with its title; nothing where it has no caption.
    pub caption: Vec<Inline>,
    /// What its numbers are counted in, as （单位：万元）: at the right above it.
    pub unit: Option<String>,
    /// Where the cells of each column stand.
    pub aligns: Vec<ColumnAlign>,
    /// The headings of its columns.
    pub head: Vec<Vec<Inline>>,
    /// Its rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

impl Table {
    /// All rows, that of the headings first.
    pub fn all_rows(&self) -> impl Iterator<Item = &Vec<Vec<Inline>>> + Clone {
        std::iter::once(&self.head).chain(&self.rows)
    }

    /// The characters of a row's cells.
    pub fn plain_row(row: &[Vec<Inline>]) -> Vec<String> {
        row.iter().map(|cell| plain(cell)).collect()
    }

    /// The table where there is room for lines alone: caption, unit, then each row as a line.
    pub fn lines(&self) -> Vec<Vec<Inline>> {
        let text = |text: &str| Inline::Text { text: text.into() };
        let mut lines = Vec::new();
        if !self.caption.is_empty() {
            lines.push(self.caption.clone());
        }
        lines.extend(self.unit.as_deref().map(|unit| vec![text(unit)]));
        lines.extend(self.all_rows().map(|row| {
            let mut line = Vec::new();
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    line.push(text(BETWEEN));
                }
                line.extend(cell.iter().cloned());
            }
            line
        }));
        lines
    }
}
