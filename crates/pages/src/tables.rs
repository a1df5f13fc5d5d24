//! Tables of tasks, of attachments and in texts: what stands in their columns, how wide those are, and how high
//! the rows come to be. Pages, documents and workbooks take their widths from here.

use std::fmt::Write as _;

use base::columns::{Column, Kind, Table, Widths};
use base::rich;
use records::view::{
    AttachmentContentView, AttachmentView, BreakdownRow, BreakdownView, ColumnKey, NoticeView,
    SheetRow, SheetView, TaskColumn, UnitRow,
};

use crate::geometry::{
    BLOCK_HEIGHT, BLOCK_WIDTH, PAGE_HEIGHT, PAGE_WIDTH, SHEET_MARGIN, SHEET_TABLE_SIZE,
};

/// Where templates find the widths.
pub(crate) const PATH: &str = "/columns.typ";
/// The table of tasks of a sheet, and of all items.
pub(crate) const TASKS: &str = "tasks";
/// The table of units with their items.
pub(crate) const UNITS: &str = "units";

/// Above and below the text of a cell, in em.
pub(crate) const INSET: f64 = 0.45;
/// Between the lines of a cell, in em.
const LEADING: f64 = 0.5;

/// The width of a sheet's table, in millimetres.
pub(crate) fn sheet_width() -> f64 {
    PAGE_HEIGHT.mm() - 2.0 * SHEET_MARGIN.mm()
}

/// The height that a sheet's page has for text, in millimetres.
pub(crate) fn sheet_height() -> f64 {
    PAGE_WIDTH.mm() - 2.0 * SHEET_MARGIN.mm()
}

/// A table in a width and a type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fitted {
    /// The type, in points.
    pub(crate) size: f64,
    /// Above and below the text of a cell, in em.
    pub(crate) inset: f64,
    /// The widths of the columns, in millimetres.
    pub(crate) widths: Vec<f64>,
    /// How many lines each row takes.
    pub(crate) lines: Vec<usize>,
    /// The row that begins a page of its own accord, from 0.
    pub(crate) break_before: Option<usize>,
}

impl Fitted {
    /// A table of a width in millimetres, with type of so many points.
    pub(crate) fn new(table: &Table, width: f64, size: f64, inset: f64) -> Self {
        let em = size * 25.4 / 72.0;
        let Widths { widths, lines, .. } = table.widths(width / em);
        let widths = widths.into_iter().map(|width| width * em).collect();
        Self { size, inset, widths, lines, break_before: None }
    }

    /// How high a row of so many lines is, in millimetres.
    pub(crate) fn height(&self, lines: usize) -> f64 {
        let lines = lines as f64;
        (lines + (lines - 1.0) * LEADING + 2.0 * self.inset) * self.size * 25.4 / 72.0
    }

    /// As a Typst value. `room` is what a page has for rows, in millimetres.
    fn value(&self, room: f64) -> String {
        let list =
            |all: Vec<String>| -> String { all.iter().map(|one| format!("{one}, ")).collect() };
        let widths = self.widths.iter().map(|width| format!("{width:.3}mm")).collect();
        let tall = self.tall(room).iter().map(usize::to_string).collect();
        let before = self.break_before.map_or("none".into(), |row| row.to_string());
        format!(
            "(size: {}pt, inset: {}em, leading: {LEADING}em, widths: ({}), tall: ({}), break-before: {before})",
            self.size,
            self.inset,
            list(widths),
            list(tall),
        )
    }

    /// A table of a notice as a Typst value.
    pub(crate) fn typst(&self) -> String {
        self.value(BLOCK_WIDTH.mm() / 2.0)
    }

    /// The rows that do not fit on a page that has so many millimetres for rows: they may be torn.
    fn tall(&self, room: f64) -> Vec<usize> {
        let rows = self.lines.iter().enumerate();
        rows.filter(|(_, lines)| self.height(**lines) > room).map(|(at, _)| at).collect()
    }
}

/// The widths as a Typst module. `room` is what a page has for rows, in millimetres.
pub(crate) fn typst(tables: &[(String, Fitted)], room: f64) -> String {
    let mut source =
        String::from("// The columns of tables, by what stands in them\n#let tables = (\n");
    for (name, table) in tables {
        // Writing into a string cannot fail.
        let _ = writeln!(source, "  \"{name}\": {},", table.value(room));
    }
    source.push_str(if tables.is_empty() { "  :\n)\n" } else { ")\n" });
    source
}

/// How wide a column is where its contents do not say otherwise, in millimetres, and what it holds.
fn usual(key: ColumnKey) -> (f64, Kind) {
    match key {
        ColumnKey::Number => (11.0, Kind::Short),
        ColumnKey::Task => (102.0, Kind::Prose),
        ColumnKey::Targets => (48.0, Kind::Lines),
        ColumnKey::Deadline => (22.0, Kind::Short),
        ColumnKey::Duty => (16.0, Kind::Short),
        ColumnKey::Leads => (28.0, Kind::Names),
        ColumnKey::Units => (36.0, Kind::Names),
        ColumnKey::Others => (34.0, Kind::Names),
    }
}

fn columns(columns: &[TaskColumn]) -> Vec<Column> {
    let column = |column: &TaskColumn| {
        let (width, kind) = usual(column.key);
        let usual = width / SHEET_TABLE_SIZE.mm();
        Column { title: column.title.clone(), kind, usual, fixed: None }
    };
    columns.iter().map(column).collect()
}

/// The table of a sheet.
pub(crate) fn of_sheet(view: &SheetView) -> Table {
    let cells = |keys: &[TaskColumn], row: &SheetRow| {
        keys.iter().map(|column| row.cell(column.key)).collect()
    };
    let rows = view.rows.iter().map(|row| cells(&view.columns, row)).collect();
    Table { columns: columns(&view.columns), rows }
}

/// The table of all items.
pub(crate) fn of_breakdown(view: &BreakdownView) -> Table {
    let row = |row: &BreakdownRow| view.columns.iter().map(|column| row.cell(column.key)).collect();
    Table { columns: columns(&view.columns), rows: view.items.iter().map(row).collect() }
}

/// The headings of the table of units.
pub(crate) const UNIT_COLUMNS: [&str; 8] =
    ["序号", "单位", "类别", "牵头", "责任", "配合", "合计", "任务序号（牵头的加框）"];

/// The table of units with their items.
pub(crate) fn of_units(view: &BreakdownView) -> Table {
    let usual = [3.0, 13.0, 8.0, 3.5, 3.5, 3.5, 3.5, 20.0];
    let kinds = [Kind::Short, Kind::Names, Kind::Short, Kind::Short, Kind::Short, Kind::Short];
    let kinds = kinds.into_iter().chain([Kind::Short, Kind::Prose]);
    let columns = UNIT_COLUMNS
        .into_iter()
        .zip(usual)
        .zip(kinds)
        .map(|((title, usual), kind)| Column { title: title.into(), kind, usual, fixed: None })
        .collect();
    let row = |(place, unit): (usize, &UnitRow)| {
        let places: Vec<&str> = unit.tasks.iter().map(|task| task.label.as_str()).collect();
        let counts = [unit.leading, unit.responsible, unit.cooperating, unit.total];
        let texts = [(place + 1).to_string(), unit.name.clone(), unit.kind.clone()];
        let counts = counts.map(|count| count.to_string());
        let places = std::iter::once(places.join("、"));
        texts.into_iter().chain(counts).chain(places).map(|text| vec![text]).collect()
    };
    Table { columns, rows: view.units.iter().enumerate().map(row).collect() }
}

/// The tables of a notice's attachments, as a Typst module.
pub(crate) fn of_notice(view: &NoticeView) -> String {
    of_attachments(&view.attachments)
}

/// The same of attachments alone.
pub(crate) fn of_attachments(attachments: &[AttachmentView]) -> String {
    let tables: Vec<(String, Fitted)> = attachments
        .iter()
        .filter_map(|attachment| match &attachment.content {
            AttachmentContentView::Table { columns, widths, rows, .. } => {
                let table = of_attachment(columns, widths, rows, attachment.turned);
                Some((attachment.anchor.clone(), table))
            }
            AttachmentContentView::TaskTable { breakdown } => {
                Some((TASKS.into(), of_tasks(breakdown)))
            }
            _ => None,
        })
        .collect();
    typst(&tables, BLOCK_WIDTH.mm() / 2.0)
}

/// The table of all items as an attachment, on a turned page.
pub(crate) fn of_tasks(breakdown: &BreakdownView) -> Fitted {
    let size = SHEET_TABLE_SIZE.pt();
    Fitted::new(&of_breakdown(breakdown), BLOCK_HEIGHT.mm(), size, INSET)
}

/// The widths of a sheet's columns in the usual type, in millimetres.
pub(crate) fn of_sheet_on_paper(view: &SheetView) -> Vec<f64> {
    on_paper(&of_sheet(view))
}

/// The same of the table of all items.
pub(crate) fn of_items_on_paper(view: &BreakdownView) -> Vec<f64> {
    on_paper(&of_breakdown(view))
}

/// The same of the table of units.
pub(crate) fn of_units_on_paper(view: &BreakdownView) -> Vec<f64> {
    on_paper(&of_units(view))
}

fn on_paper(table: &Table) -> Vec<f64> {
    Fitted::new(table, sheet_width(), SHEET_TABLE_SIZE.pt(), INSET).widths
}

/// The widths of columns of tasks, in em of any type, for a table that has so much room.
pub(crate) fn widths(keys: &[TaskColumn], rows: Vec<Vec<Vec<String>>>, room: f64) -> Vec<f64> {
    Table { columns: columns(keys), rows }.widths(room).widths
}

/// A table of an attachment.
pub(crate) fn of_attachment(
    titles: &[String],
    widths: &[Option<u32>],
    rows: &[Vec<String>],
    turned: bool,
) -> Fitted {
    /// Label and title above the table take so much of the first page.
    const ABOVE: f64 = 45.0;
    plain(&Table::plain(titles, widths, rows), turned, ABOVE)
}

/// A table in a text.
pub(crate) fn of_text(table: &rich::Table) -> Fitted {
    /// Caption and unit.
    const ABOVE: f64 = 15.0;
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| rich::Table::plain_row(row)).collect();
    plain(&Table::plain(&rich::Table::plain_row(&table.head), &[], &rows), false, ABOVE)
}

/// A table of plain cells: in 12 points where every word has room and it stays on a page, else a
/// little smaller. What stands above it takes so many millimetres of its first page.
fn plain(table: &Table, turned: bool, above: f64) -> Fitted {
    /// Type in points, and what is above and below the text of a cell, the least change first.
    const LOOKS: [(f64, f64); 5] =
        [(12.0, INSET), (11.0, 0.35), (10.5, 0.35), (10.5, 0.24), (10.5, 0.12)];
    /// Its head takes so much of each page.
    const HEAD: f64 = 12.0;
    let (across, down) = if turned {
        (BLOCK_HEIGHT.mm(), BLOCK_WIDTH.mm())
    } else {
        (BLOCK_WIDTH.mm(), BLOCK_HEIGHT.mm())
    };
    let pages = |fitted: &Fitted| {
        let (mut count, mut used) = (1, above + HEAD);
        for lines in &fitted.lines {
            let row = fitted.height(*lines);
            if used + row > down {
                count += 1;
                used = HEAD;
            }
            used += row;
        }
        count
    };
    let fits = |size: f64| table.widths(across / (size * 25.4 / 72.0)).fit;
    let looks = LOOKS.map(|(size, inset)| (fits(size), Fitted::new(table, across, size, inset)));
    let any = looks.iter().any(|(fits, _)| *fits);
    let least = looks.iter().map(|(_, fitted)| pages(fitted)).min();
    let [.., (_, last)] = looks.clone();
    let mut open = looks.into_iter().filter(|(fits, _)| *fits || !any);
    open.find(|(_, fitted)| Some(pages(fitted)) == least).map_or(last, |(_, fitted)| fitted)
}
