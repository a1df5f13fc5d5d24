//! Tables.

use super::lengths::twips;
use super::paragraph::Paragraph;
use super::xml::{Element, el, val};
use crate::geometry;
use base::columns::ColumnAlign;

/// A column.
pub(super) struct Column {
    pub(super) title: String,
    /// In twips.
    pub(super) width: i32,
    pub(super) align: Align,
}

/// Where the text of a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Centre,
    Left,
    Right,
}

impl From<ColumnAlign> for Align {
    fn from(align: ColumnAlign) -> Self {
        match align {
            ColumnAlign::Left => Self::Left,
            ColumnAlign::Center => Self::Centre,
            ColumnAlign::Right => Self::Right,
        }
    }
}

/// A cell.
pub(super) struct Cell {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) align: Align,
}

impl Cell {
    /// A cell of one paragraph.
    pub(super) fn of(paragraph: Paragraph, align: Align) -> Self {
        Self { paragraphs: vec![paragraph], align }
    }
}

/// A row.
pub(super) enum Row {
    /// A cell for each column.
    Cells(Vec<Cell>),
    /// One over all columns, which stays with the row below.
    Section(Paragraph),
}

/// Half a point, as all rules of tables have.
const RULE: i32 = 4;

/// A table with rules, its head repeated on each page; no row is torn.
pub(super) fn table(head_style: &'static str, columns: &[Column], rows: Vec<Row>) -> Element {
    let widths: Vec<i32> = columns.iter().map(|column| column.width).collect();
    let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
    let borders = el("w:tblBorders").with_all(sides.map(|side| border(side, RULE)));
    let head = columns
        .iter()
        .map(|column| Cell::of(Paragraph::new(head_style).text(&column.title), Align::Centre));
    let head = row(&widths, head.collect(), true);
    let rows = rows.into_iter().map(|content| match content {
        Row::Cells(cells) => row(&widths, cells, false),
        Row::Section(paragraph) => section(&widths, paragraph),
    });
    grid(&widths, None, Some(borders), 60).with(head).with_all(rows)
}

/// A table without rules, to put things beside each other.
pub(super) fn plain_grid(widths: &[i32], rows: Vec<Vec<Cell>>) -> Element {
    grid(widths, None, None, 0).with_all(rows.into_iter().map(|cells| row(widths, cells, false)))
}

/// The weights of an imprint's rules, in eighths of a point.
pub(super) struct Rules {
    /// Above the first line and below the last.
    pub(super) outer: i32,
    /// Between.
    pub(super) inner: i32,
}

/// Groups of lines, with rules between the groups, at the foot of the text block of the page that they
/// come to stand on.
pub(super) fn at_the_foot(
    width: i32,
    groups: Vec<Vec<Paragraph>>,
    rules: Option<Rules>,
) -> Element {
    // From the paper's edge: LibreOffice leaves a table as wide as the text in its place, unless it
    // stands on the page.
    let place = el("w:tblpPr")
        .attr("w:vertAnchor", "margin")
        .attr("w:horzAnchor", "page")
        .attr("w:tblpX", twips(geometry::BINDING_MARGIN))
        .attr("w:tblpYSpec", "bottom");
    let borders = rules.map(|rules| {
        el("w:tblBorders").with_all([
            border("w:top", rules.outer),
            border("w:bottom", rules.outer),
            border("w:insideH", rules.inner),
        ])
    });
    let rows = groups
        .into_iter()
        .map(|lines| row(&[width], vec![Cell { paragraphs: lines, align: Align::Left }], false));
    grid(&[width], Some(place), borders, 0).with_all(rows)
}

fn border(side: &'static str, weight: i32) -> Element {
    el(side)
        .attr("w:val", "single")
        .attr("w:sz", weight)
        .attr("w:space", 0)
        .attr("w:color", "000000")
}

/// A table without rows. `room` is that above and below the text of a cell, in twips.
fn grid(widths: &[i32], place: Option<Element>, borders: Option<Element>, room: i32) -> Element {
    let all: i32 = widths.iter().sum();
    let columns = widths.iter().map(|width| el("w:gridCol").attr("w:w", width));
    let side = |name, width| el(name).attr("w:w", width).attr("w:type", "dxa");
    let across = if room > 0 { 80 } else { 0 };
    let margins = el("w:tblCellMar").with_all([
        side("w:top", room),
        side("w:left", across),
        side("w:bottom", room),
        side("w:right", across),
    ]);
    el("w:tbl")
        .with(
            el("w:tblPr")
                .with_all(place)
                .with(side("w:tblW", all))
                .with(val("w:jc", "center"))
                .with_all(borders)
                .with(el("w:tblLayout").attr("w:type", "fixed"))
                .with(margins),
        )
        .with(el("w:tblGrid").with_all(columns))
}

fn row(widths: &[i32], cells: Vec<Cell>, is_head: bool) -> Element {
    let mut properties = el("w:trPr").with(el("w:cantSplit"));
    if is_head {
        properties = properties.with(el("w:tblHeader"));
    }
    let cells = cells.into_iter().zip(widths).map(|(cell, width)| {
        let properties = el("w:tcPr")
            .with(el("w:tcW").attr("w:w", width).attr("w:type", "dxa"))
            .with(val("w:vAlign", "center"));
        let align = match cell.align {
            Align::Centre => None,
            Align::Left => Some(val("w:jc", "left")),
            Align::Right => Some(val("w:jc", "right")),
        };
        let paragraphs = cell.paragraphs.into_iter().map(|paragraph| match &align {
            Some(align) => paragraph.set(align.clone()).done(),
            None => paragraph.done(),
        });
        el("w:tc").with(properties).with_all(paragraphs)
    });
    el("w:tr").with(properties).with_all(cells)
}

fn section(widths: &[i32], paragraph: Paragraph) -> Element {
    let all: i32 = widths.iter().sum();
    let cell = el("w:tc")
        .with(
            el("w:tcPr")
                .with(el("w:tcW").attr("w:w", all).attr("w:type", "dxa"))
                .with(val("w:gridSpan", widths.len()))
                .with(val("w:vAlign", "center")),
        )
        .with(paragraph.set(val("w:jc", "left")).keep_with_next().done());
    el("w:tr").with(el("w:trPr").with(el("w:cantSplit"))).with(cell)
}
