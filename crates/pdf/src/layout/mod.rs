//! What stands on a page, from its top to its foot: lines of text, and tables by their rules.

mod grid;
mod line;
mod table;

pub use line::Line;
pub use table::{Cell, Table};

use crate::page::{Page, Turn};
use line::Piece;

/// A line or a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A line outside tables.
    Line(Line),
    /// A table.
    Table(Table),
}

/// What stands on a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// Lines and tables, from above.
    pub blocks: Vec<Block>,
    /// Glyphs of which the file does not say what they stand for.
    pub unreadable: usize,
    /// Glyphs that do not run along the page: watermarks, words on their side.
    pub turned: usize,
}

/// Reads a page. Text that does not run along it is left out and counted.
pub fn content(page: &Page) -> Content {
    let page = page.readable();
    let mut out = Content::default();
    let mut pieces = Vec::new();
    for run in &page.runs {
        for glyph in &run.glyphs {
            if glyph.text.is_empty() {
                out.unreadable += usize::from(glyph.ink.is_some());
            } else if run.style.turn != Turn::Upright {
                out.turned += 1;
            } else if (0.0..=page.width).contains(&glyph.x)
                && (0.0..=page.height).contains(&glyph.y)
            {
                pieces.push(Piece::new(glyph, &run.style));
            }
        }
    }
    let mut tables = Vec::new();
    for grid in grid::grids(&page.rules) {
        let (inside, outside): (Vec<Piece>, Vec<Piece>) =
            pieces.into_iter().partition(|piece| grid.contains(piece));
        pieces = outside;
        if inside.is_empty() {
            continue;
        }
        tables.push(table::read(&grid, inside));
    }
    let lines = line::lines(pieces);
    let mut blocks: Vec<(f64, Block)> =
        lines.into_iter().map(|line| (line.baseline, Block::Line(line))).collect();
    blocks.extend(tables.into_iter().map(|table| (table.top, Block::Table(table))));
    blocks.sort_by(|a, b| a.0.total_cmp(&b.0));
    out.blocks = blocks.into_iter().map(|(_, block)| block).collect();
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::page::{Color, Glyph, Rect, Rule, Run, Style};

    pub(super) const EM: f64 = 5.0;

    /// A run of characters, each an em wide.
    fn run(text: &str, x: f64, y: f64, turn: Turn) -> Run {
        let size = EM * crate::page::PT_PER_MM;
        let style = Style { size, family: "f".into(), weight: 400, color: Color::Gray(0.0), turn };
        let glyphs = text.chars().enumerate().map(|(n, c)| Glyph {
            text: c.to_string(),
            x: x + EM * f64::from(u32::try_from(n).unwrap()),
            y,
            advance: EM,
            ink: None,
        });
        Run { style: Arc::new(style), glyphs: glyphs.collect() }
    }

    fn rule(left: f64, top: f64, right: f64, bottom: f64) -> Rule {
        Rule { line: Rect { left, top, right, bottom }, weight: 0.2, color: Color::Gray(0.0) }
    }

    fn page(runs: Vec<Run>, rules: Vec<Rule>) -> Page {
        Page { width: 210.0, height: 297.0, runs, rules }
    }

    #[test]
    fn lines_come_from_above_and_from_the_left() {
        let runs = vec![
            run("丙丁", 30.0, 60.0, Turn::Upright),
            run("乙", 80.0, 50.1, Turn::Upright),
            run("甲", 30.0, 50.0, Turn::Upright),
            // Drawn twice to look bold.
            run("甲", 30.1, 50.0, Turn::Upright),
            run("水印", 30.0, 90.0, Turn::Other),
        ];
        let content = content(&page(runs, vec![]));
        let texts: Vec<&str> = content
            .blocks
            .iter()
            .map(|block| match block {
                Block::Line(line) => line.text.as_str(),
                Block::Table(_) => "",
            })
            .collect();
        assert_eq!(texts, ["甲\t乙", "丙丁"]);
        assert_eq!(content.turned, 2);
    }

    #[test]
    fn rules_make_cells_and_missing_rules_make_wide_ones() {
        // Three columns and three rows; the first cell reaches down over two of them, the last
        // row is one cell. The right side is open.
        let rules = vec![
            rule(20.0, 40.0, 200.0, 40.0),
            rule(20.0, 50.0, 200.0, 50.0),
            rule(60.0, 60.0, 200.0, 60.0),
            rule(20.0, 70.0, 200.0, 70.0),
            rule(20.0, 80.0, 200.0, 80.0),
            rule(20.0, 40.0, 20.0, 80.0),
            rule(60.0, 40.0, 60.0, 70.0),
            rule(120.0, 40.0, 120.0, 70.0),
        ];
        let runs = vec![
            run("表外", 30.0, 30.0, Turn::Upright),
            run("类", 22.0, 48.0, Turn::Upright),
            run("任务", 62.0, 48.0, Turn::Upright),
            run("单位", 122.0, 48.0, Turn::Upright),
            run("甲", 22.0, 62.0, Turn::Upright),
            run("推进", 62.0, 58.0, Turn::Upright),
            run("区发改局", 122.0, 58.0, Turn::Upright),
            run("新增", 62.0, 68.0, Turn::Upright),
            run("合计", 62.0, 78.0, Turn::Upright),
        ];
        let content = content(&page(runs, rules));
        assert_eq!(content.blocks.len(), 2);
        let Block::Table(table) = &content.blocks[1] else { panic!("no table") };
        let rows: Vec<Vec<(&str, usize, usize)>> = table
            .rows
            .iter()
            .map(|row| row.iter().map(|c| (c.text.as_str(), c.across, c.down)).collect())
            .collect();
        assert_eq!(
            rows,
            [
                vec![("类", 1, 1), ("任务", 1, 1), ("单位", 1, 1)],
                vec![("甲", 1, 2), ("推进", 1, 1), ("区发改局", 1, 1)],
                vec![("新增", 1, 1), ("", 1, 1)],
                vec![("合计", 3, 1)],
            ]
        );
    }

    #[test]
    fn full_lines_of_wide_cells_go_on() {
        let rules = vec![
            rule(20.0, 40.0, 126.0, 40.0),
            rule(20.0, 70.0, 126.0, 70.0),
            rule(20.0, 40.0, 20.0, 70.0),
            rule(100.0, 40.0, 100.0, 70.0),
            rule(126.0, 40.0, 126.0, 70.0),
        ];
        let runs = vec![
            run("推进重大项目建设完成投资一百亿", 22.0, 48.0, Turn::Upright),
            run("元。", 22.0, 55.0, Turn::Upright),
            run("另起一行。", 22.0, 62.0, Turn::Upright),
            run("区发改局", 102.0, 48.0, Turn::Upright),
            run("区财政局", 102.0, 55.0, Turn::Upright),
        ];
        let content = content(&page(runs, rules));
        let Block::Table(table) = &content.blocks[0] else { panic!("no table") };
        let texts: Vec<&str> = table.rows[0].iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["推进重大项目建设完成投资一百亿元。\n另起一行。", "区发改局\n区财政局"]);
    }

    #[test]
    fn rules_without_columns_are_no_table() {
        let rules = vec![rule(20.0, 40.0, 190.0, 40.0), rule(20.0, 70.0, 190.0, 70.0)];
        let content = content(&page(vec![run("甲", 30.0, 50.0, Turn::Upright)], rules));
        assert!(matches!(content.blocks[..], [Block::Line(_)]));
    }
}
