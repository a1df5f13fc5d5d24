//! A publication as the catalogue knows it: plain data, as much of it as the audience may see.

use std::collections::BTreeMap;

use serde::Serialize;

use base::rich::Rich;

/// An archived publication.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Its address below `p/`.
    pub slug: String,
    /// The name of its package.
    pub bag: String,
    /// 档号; null while it is only prepared for the archive.
    pub code: Option<String>,
    /// The version of the package.
    pub version: u32,
    /// The packages that it replaces, the newest first.
    pub replaces: Vec<String>,
    /// 立档单位.
    pub creator: String,
    /// The year of its date.
    pub year: String,
    /// 成文日期 as `2025-03-06`.
    pub date: String,
    /// 题名.
    pub title: String,
    /// The issued text's title.
    pub subject: String,
    /// 发文字号.
    pub number: Option<String>,
    /// 发文机关.
    pub organs: Vec<String>,
    /// 文种.
    pub genre: Option<String>,
    /// 公开方式.
    pub access: Option<String>,
    /// 索引号.
    pub index: Option<String>,
    /// 主题分类 and 主题词.
    pub topics: Vec<String>,
    /// 主送.
    pub recipients: Vec<String>,
    /// 保管期限; nobody's business outside.
    pub retention: Option<String>,
    /// 稿本, and what is missing of it; inside only.
    pub manuscript: Option<String>,
    /// The letter and the preface as plain text, for the search.
    pub prose: String,
    /// The sections in the order of the text.
    pub sections: Vec<Section>,
    /// The items in the order of the text.
    pub items: Vec<Item>,
    /// Other names of its units by the name they are printed with: aliases and full names.
    #[serde(skip)]
    pub aliases: BTreeMap<String, String>,
    /// Persons and telephones by unit; inside only.
    #[serde(skip)]
    pub contacts: BTreeMap<String, String>,
    /// Files that are copied.
    pub files: Vec<CopiedFile>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Its address on the page.
    pub anchor: String,
    /// Depth from 1.
    pub depth: usize,
    /// Number and heading as printed; empty without one.
    pub heading: String,
    /// Prose before its items.
    pub before: Rich,
    /// Prose after its items and inner sections.
    pub after: Rich,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Its address on the publication's page.
    pub anchor: String,
    /// Its number as printed, without the closing mark.
    pub label: String,
    /// Its section, by place.
    pub section: usize,
    /// Headings from the outermost to its section's, joined by ` / `.
    pub path: String,
    /// The heading of its section without the number.
    pub heading: String,
    /// The text without number and brackets.
    pub text: Rich,
    /// The same as plain text.
    pub plain: String,
    /// Who is responsible, as printed.
    pub roles: Vec<RoleNames>,
    /// The units meant, with what they are in it: groups are taken apart.
    #[serde(skip)]
    pub units: BTreeMap<String, &'static str>,
    /// Targets of the record; empty where the notice does not print them and anybody may look.
    pub targets: Vec<String>,
    /// Deadline of the record, likewise.
    pub deadline: Option<String>,
}

/// Names with the same role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleNames {
    /// `lead`, `responsible`, `cooperating`.
    pub key: &'static str,
    /// 牵头, 责任, 配合.
    pub role: &'static str,
    /// Names as printed.
    pub names: Vec<String>,
}

impl Item {
    /// Who answers for it: those who lead, else those who are responsible.
    pub(crate) fn answerable(&self) -> Option<&RoleNames> {
        let of = |key: &str| self.roles.iter().find(|role| role.key == key);
        of("lead").or_else(|| of("responsible"))
    }
}

/// A file of the package that is copied beside the publication's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopiedFile {
    /// What it is: 排版稿, 网页, 任务单 …
    pub role: String,
    /// Its path below the package.
    #[serde(skip)]
    pub source: String,
    /// Its path below the publication's folder.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256, as the metadata has it.
    pub sha256: String,
    /// 页数, where known.
    pub pages: Option<u32>,
}
