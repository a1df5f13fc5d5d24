//! What the templates of the catalogue see. docs/catalog.md lists them.

use std::collections::BTreeSet;

use serde::Serialize;

use super::history::Step;
use super::{Options, Site};
use crate::catalog::diff::{DiffView, Entry};
use crate::catalog::document::{CopiedFile, Document, Item, Section};

/// The catalogue as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct SiteView {
    /// Its title.
    pub(super) title: String,
    /// `public` or `internal`.
    pub(super) audience: &'static str,
    /// Whether it is for the office itself.
    pub(super) internal: bool,
    /// How many publications it has.
    pub(super) publications: usize,
    /// How many items.
    pub(super) items: usize,
    /// How many units.
    pub(super) units: usize,
    /// Whether there is a feed.
    pub(super) feed: bool,
    /// The date of the newest publication.
    pub(super) newest: Option<String>,
}

impl SiteView {
    pub(super) fn of(documents: &[Document], options: &Options, site: &Site) -> Self {
        let creators: BTreeSet<&str> = documents.iter().map(|d| d.creator.as_str()).collect();
        let usual = match (creators.len(), creators.first()) {
            (1, Some(only)) => format!("{only}文件目录"),
            _ => "归档文件目录".into(),
        };
        Self {
            title: options.title.clone().unwrap_or(usual),
            audience: options.audience.name(),
            internal: !options.audience.is_public(),
            publications: documents.len(),
            items: site.items,
            units: site.units,
            feed: !documents.is_empty(),
            newest: documents.first().map(|document| date(&document.date)),
        }
    }
}

/// A page: what all have in common, and its own view beside it.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a, T> {
    /// The catalogue.
    pub(super) site: &'a SiteView,
    /// The way from the page to the catalogue's folder: empty, `../`, `../../`.
    pub(super) root: &'static str,
    /// Which part of the navigation it belongs to: `home`, `years`, `organs`, `units`, `topics`; empty
    /// for a publication.
    pub(super) here: &'static str,
    /// Its own.
    #[serde(flatten)]
    pub(super) view: T,
}

/// A publication in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Row {
    /// Its address.
    pub(super) slug: String,
    /// 题名.
    pub(super) title: String,
    /// 发文字号.
    pub(super) number: Option<String>,
    /// 成文日期 as `2025-03-06`.
    pub(super) date: String,
    /// The same as printed.
    pub(super) date_text: String,
    /// 发文机关.
    pub(super) organs: Vec<String>,
    /// How many items it has.
    pub(super) items: usize,
    /// 公开方式, inside only.
    pub(super) access: Option<String>,
}

impl Row {
    pub(super) fn of(document: &Document, internal: bool) -> Self {
        Self {
            slug: document.slug.clone(),
            title: document.title.clone(),
            number: document.number.clone(),
            date: document.date.clone(),
            date_text: date(&document.date),
            organs: document.organs.clone(),
            items: document.items.len(),
            access: document.access.clone().filter(|_| internal),
        }
    }
}

/// A value by which publications can be looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Facet {
    /// What is shown.
    pub(super) name: String,
    /// Its page, below the facet's folder.
    pub(super) page: String,
    /// How many publications, or items of a unit, it has.
    pub(super) count: usize,
}

/// The first page.
#[derive(Debug, Serialize)]
pub(super) struct HomeView {
    pub(super) recent: Vec<Row>,
    pub(super) years: Vec<Facet>,
    pub(super) organs: Vec<Facet>,
    pub(super) topics: Vec<Facet>,
    pub(super) units: Vec<Facet>,
}

/// A list of facets.
#[derive(Debug, Serialize)]
pub(super) struct FacetsView<'a> {
    pub(super) heading: &'static str,
    /// What is counted: 份 or 项.
    pub(super) measure: &'static str,
    pub(super) facets: &'a [Facet],
}

/// The publications of a facet.
#[derive(Debug, Serialize)]
pub(super) struct ListView {
    /// The kind of facet: 年度, 发文机关, 主题.
    pub(super) kind: &'static str,
    pub(super) heading: String,
    pub(super) rows: Vec<Row>,
}

/// A unit.
#[derive(Debug, Serialize)]
pub(super) struct UnitView {
    pub(super) name: String,
    pub(super) contact: Option<String>,
    /// Pages of the same unit under other names.
    pub(super) others: Vec<Facet>,
    /// Its years, with how many items.
    pub(super) years: Vec<Facet>,
    /// The year that is shown.
    pub(super) year: String,
    /// Whether the page is that of one year, not of the unit.
    pub(super) of_year: bool,
    pub(super) publications: Vec<UnitPublication>,
}

/// A unit's items in a publication.
#[derive(Debug, Serialize)]
pub(super) struct UnitPublication {
    pub(super) row: Row,
    pub(super) items: Vec<UnitItem>,
}

/// An item of a unit.
#[derive(Debug, Serialize)]
pub(super) struct UnitItem {
    pub(super) anchor: String,
    pub(super) label: String,
    pub(super) section: String,
    pub(super) text: String,
    /// 牵头, 责任, 配合.
    pub(super) role: &'static str,
}

/// A publication.
#[derive(Debug, Serialize)]
pub(super) struct PublicationView<'a> {
    pub(super) document: &'a Document,
    pub(super) date_text: String,
    /// Labels and values, with the page that a value leads to.
    pub(super) about: Vec<AboutRow>,
    /// Copied files, the notice's first.
    pub(super) files: Vec<FileView<'a>>,
    pub(super) sections: Vec<SectionView<'a>>,
    /// The publication before.
    pub(super) before: Option<Row>,
    /// The publication after.
    pub(super) after: Option<Row>,
    /// What has become of the items of the publication before.
    pub(super) diff: Option<DiffView>,
    /// Items of the publication before that do not go on.
    pub(super) dropped: Vec<Entry>,
}

/// A row of the metadata.
#[derive(Debug, Serialize)]
pub(super) struct AboutRow {
    pub(super) label: &'static str,
    pub(super) values: Vec<Linked>,
}

/// A text that may lead somewhere.
#[derive(Debug, Serialize)]
pub(super) struct Linked {
    pub(super) text: String,
    /// A path below the catalogue's folder.
    pub(super) page: Option<String>,
}

/// A file of the package.
#[derive(Debug, Serialize)]
pub(super) struct FileView<'a> {
    #[serde(flatten)]
    pub(super) file: &'a CopiedFile,
    /// What is shown: 网页, PDF …
    pub(super) text: String,
    /// The path, each part encoded.
    pub(super) href: String,
    /// `23 KB`.
    pub(super) size: String,
    /// Whether it is the notice itself.
    pub(super) main: bool,
}

/// A section with its items.
#[derive(Debug, Serialize)]
pub(super) struct SectionView<'a> {
    #[serde(flatten)]
    pub(super) section: &'a Section,
    pub(super) items: Vec<ItemView<'a>>,
}

/// An item.
#[derive(Debug, Serialize)]
pub(super) struct ItemView<'a> {
    #[serde(flatten)]
    pub(super) item: &'a Item,
    pub(super) responsible: Vec<RoleView>,
    /// All its years; empty where its publication stands alone.
    pub(super) steps: Vec<Step>,
    /// The year in which it is not there any more.
    pub(super) dropped: Option<String>,
}

/// Names with the same role.
#[derive(Debug, Serialize)]
pub(super) struct RoleView {
    pub(super) role: &'static str,
    pub(super) names: Vec<Linked>,
}

/// `2025-03-06` as 2025年3月6日.
pub(super) fn date(iso: &str) -> String {
    let parts: Option<Vec<u32>> = iso.split('-').map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some([year, month, day]) => format!("{year}年{month}月{day}日"),
        _ => iso.into(),
    }
}

/// A length for people.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}
