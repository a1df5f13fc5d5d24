//! tasks/index.html: units by items.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::publication::{Counts, Publication, Role, Task, UnitId};
use base::disk::file_name_with;

use super::about::AboutNotice;

/// How many items a page of the index shows: a table of 500 columns is what browsers still scroll
/// through smoothly.
pub const ITEMS_ON_A_PAGE: usize = 500;

/// A page of the index of the sheets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexView {
    /// The notice; templates see its fields as those of the view.
    #[serde(flatten)]
    pub about: AboutNotice,
    /// How many items there are, on all pages.
    pub item_count: usize,
    /// How many units have a task of their own.
    pub unit_count: usize,
    /// How many tasks all units have together.
    pub task_count: usize,
    /// The items of this page.
    pub items: Vec<IndexItem>,
    /// On the first page a row for every unit that has a sheet, and for bodies others do the work
    /// of; on the others for those with a part in an item of the page.
    pub rows: Vec<IndexRow>,
    /// All pages; empty where there is one.
    pub pages: Vec<IndexPage>,
    /// The name of the breakdown's files without extension, in the folder above the index.
    pub breakdown_file: String,
    /// Whether a unit does tasks for a body.
    pub has_proxies: bool,
    /// What the sheets are there as; templates see its fields as those of the view.
    #[serde(flatten)]
    pub formats: SheetFormats,
}

/// A page, as the others link to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexPage {
    /// Its file's name without extension.
    pub file: String,
    /// The labels of its first and last item: `1—500`.
    pub items: String,
    /// Whether it is the page itself.
    pub current: bool,
}

/// An item of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexItem {
    /// Its place in the notice, from 1.
    pub place: usize,
    /// Number as printed, without its closing mark.
    pub label: String,
    /// The headings above it as printed, from the outermost.
    pub section: String,
    /// Whether it is the first of its section on the page.
    pub first_of_section: bool,
    /// How many items of its section the page has.
    pub section_items: usize,
}

/// What the sheets are there as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SheetFormats {
    /// Web pages.
    pub html: bool,
    /// PDF.
    pub pdf: bool,
    /// Workbooks.
    pub xlsx: bool,
    /// Word documents.
    pub docx: bool,
}

/// A unit of the index.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexRow {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The name of its files without extension; null where it has no sheet.
    pub file: Option<String>,
    /// The unit that does its work.
    pub served_by: Option<String>,
    /// How many tasks it leads.
    pub leading: usize,
    /// How many it is responsible for.
    pub responsible: usize,
    /// How many it cooperates in.
    pub cooperating: usize,
    /// All its tasks.
    pub total: usize,
    /// What it is in the items of the page, from left to right.
    pub cells: Vec<IndexCell>,
}

/// What a unit is in an item, or in none of several items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexCell {
    /// `lead`, `responsible` or `cooperating`; null where the unit has no part in the item.
    pub role_key: Option<Role>,
    /// One character: 牵, 责, 配; 代 where the unit does it for another body; or nothing.
    pub mark: String,
    /// Whether a section begins here.
    pub first_of_section: bool,
    /// How many items it stands for: with several pages, neighbours without a part are one cell,
    /// so that the file grows with the tasks and not with units × items.
    pub span: usize,
}

/// How many pages the index of a publication has: one at least.
pub fn index_pages(publication: &Publication) -> usize {
    publication.items.len().div_ceil(ITEMS_ON_A_PAGE).max(1)
}

/// The name of a page's file without extension; pages are counted from 0.
pub fn index_file(publication: &Publication, page: usize) -> String {
    let suffix = publication.tasks_suffix();
    match page {
        0 => format!("index{suffix}"),
        _ => format!("index-{}{suffix}", page + 1),
    }
}

/// Makes a page of the index, counted from 0. `tasks` are those of each unit, `sheets` the units
/// that have a sheet.
pub fn index(
    publication: &Publication,
    tasks: &BTreeMap<UnitId, Vec<Task>>,
    sheets: &[UnitId],
    formats: SheetFormats,
    page: usize,
) -> IndexView {
    let items = items(publication, page);
    let pages = index_pages(publication);
    let rows = rows(publication, tasks, sheets, &items, page, pages);
    let counts = |tasks: &Vec<Task>| Counts::of(own(tasks)).total();
    let counts: Vec<usize> = tasks.values().map(counts).collect();
    IndexView {
        about: AboutNotice::of(publication),
        item_count: publication.items.len(),
        unit_count: counts.iter().filter(|count| **count > 0).count(),
        task_count: counts.iter().sum(),
        items,
        rows,
        pages: links(publication, page, pages),
        breakdown_file: format!("任务分解总表{}", publication.tasks_suffix()),
        has_proxies: tasks.values().flatten().any(|task| !task.named),
        formats,
    }
}

/// Tasks that are the unit's own, not those of a body it works for.
fn own(tasks: &[Task]) -> impl Iterator<Item = &Task> {
    tasks.iter().filter(|task| task.named)
}

fn items(publication: &Publication, page: usize) -> Vec<IndexItem> {
    let start = page * ITEMS_ON_A_PAGE;
    let all = publication.items.iter().enumerate().skip(start).take(ITEMS_ON_A_PAGE);
    let of_page: Vec<_> = all.collect();
    let mut in_section: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, item) in &of_page {
        *in_section.entry(item.section).or_default() += 1;
    }
    let mut last = None;
    let row = |(place, item): (usize, &crate::publication::Item)| IndexItem {
        place: place + 1,
        label: item.short_label(),
        section: publication.headings(item.section).join(super::BETWEEN_HEADINGS),
        first_of_section: last.replace(item.section) != Some(item.section),
        section_items: in_section.get(&item.section).copied().unwrap_or_default(),
    };
    of_page.into_iter().map(row).collect()
}

fn rows(
    publication: &Publication,
    tasks: &BTreeMap<UnitId, Vec<Task>>,
    sheets: &[UnitId],
    items: &[IndexItem],
    page: usize,
    pages: usize,
) -> Vec<IndexRow> {
    let registry = &publication.registry;
    let sheets: BTreeSet<UnitId> = sheets.iter().copied().collect();
    let row = |unit: &crate::publication::Unit| {
        let tasks = tasks.get(&unit.id).map(Vec::as_slice).unwrap_or_default();
        let counts = Counts::of(own(tasks));
        let has_sheet = sheets.contains(&unit.id);
        if counts.total() == 0 && !has_sheet {
            return None;
        }
        let cells = cells(tasks, items, pages > 1);
        if page > 0 && cells.iter().all(|cell| cell.mark.is_empty()) {
            return None;
        }
        Some(IndexRow {
            name: unit.name.clone(),
            kind: unit.kind.to_string(),
            file: has_sheet.then(|| file_name_with(&unit.name, publication.tasks_suffix())),
            served_by: unit.served_by.map(|by| registry.unit(by).name.clone()),
            leading: counts.leading,
            responsible: counts.responsible,
            cooperating: counts.cooperating,
            total: counts.total(),
            cells,
        })
    };
    registry.units().iter().filter_map(row).collect()
}

/// The cells of a unit with these tasks; with `sparse`, neighbours without a part are one cell.
fn cells(tasks: &[Task], items: &[IndexItem], sparse: bool) -> Vec<IndexCell> {
    let mut by_place: BTreeMap<usize, &Task> = BTreeMap::new();
    for task in tasks {
        by_place.entry(task.item + 1).or_insert(task);
    }
    let mut cells: Vec<IndexCell> = Vec::new();
    for item in items {
        let task = by_place.get(&item.place);
        match cells.last_mut() {
            Some(last) if sparse && task.is_none() && last.mark.is_empty() => last.span += 1,
            _ => cells.push(IndexCell {
                role_key: task.map(|task| task.role),
                mark: task.map(|task| mark(task)).unwrap_or_default(),
                first_of_section: item.first_of_section,
                span: 1,
            }),
        }
    }
    cells
}

/// Links to all pages; none where there is one.
fn links(publication: &Publication, current: usize, pages: usize) -> Vec<IndexPage> {
    let label = |place: usize| {
        let label = publication.items.get(place).map(|item| item.short_label());
        label.filter(|label| !label.is_empty()).unwrap_or_else(|| (place + 1).to_string())
    };
    let link = |page: usize| {
        let first = page * ITEMS_ON_A_PAGE;
        let last = (first + ITEMS_ON_A_PAGE).min(publication.items.len()) - 1;
        IndexPage {
            file: index_file(publication, page),
            items: format!("{}—{}", label(first), label(last)),
            current: page == current,
        }
    };
    if pages > 1 { (0..pages).map(link).collect() } else { Vec::new() }
}

/// What stands in the cell of a task.
fn mark(task: &Task) -> String {
    let word = if task.named { task.role.print() } else { "代" };
    word.chars().take(1).collect()
}
