//! Lists of an archive to be printed: 归档文件目录 of a year, and 移交清单 for whoever takes packages over,
//! which has the digest of the register's last line.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::bag::manifest::Algorithm;
use super::read::{Bag, bags};
use super::register::Register;
use base::diag::{Diagnostic, Diagnostics};
use base::disk::sha256;

/// A row of a list: a package that no later one replaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The name of its folder.
    pub bag: String,
    /// 档号; null while it is only prepared for the archive.
    pub code: Option<String>,
    /// 文号.
    pub doc_number: Option<String>,
    /// 责任者.
    pub organs: String,
    /// 题名.
    pub title: String,
    /// 日期 as `20250306`, the form of a 归档文件目录.
    pub date: String,
    /// 密级.
    pub secrecy: String,
    /// 保管期限.
    pub retention: Option<String>,
    /// 页数.
    pub pages: Option<u32>,
    /// What is missing of it, and its version where it is not the first.
    pub remark: String,
    /// SHA-256 of its tag manifest, which stands for every byte of it.
    pub tag_manifest: String,
    /// The number of its line in the register.
    pub line: Option<usize>,
}

/// What is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lists {
    /// 全宗号, where all packages have one.
    pub fonds: Option<String>,
    /// 全宗名称.
    pub fonds_name: Option<String>,
    /// 立档单位.
    pub creator: String,
    /// The year; null for all of them.
    pub year: Option<String>,
    /// The packages by their archival code, those without one last.
    pub rows: Vec<Row>,
    /// All pages that could be counted.
    pub pages: u32,
    /// The register's last line.
    pub head: Option<String>,
    /// How many lines the register has.
    pub lines: usize,
}

/// The lists of an archive, of a year or of all.
///
/// # Errors
/// Packages that cannot be read: a list that leaves one out is wrong.
pub fn lists(
    archive: &Path,
    register: &Register,
    year: Option<&str>,
) -> Result<Lists, Diagnostics> {
    let folders = bags(archive).map_err(|error| {
        Diagnostics::from(super::failure::unreadable(&archive.display().to_string(), &error))
    })?;
    let mut diags = Diagnostics::new();
    let mut held = Vec::new();
    for folder in folders {
        match Bag::open(&folder) {
            Ok(bag) => held.push(bag),
            Err(problem) => diags.push(problem),
        }
    }
    let replaced: BTreeSet<String> = held
        .iter()
        .filter_map(|bag| Some(bag.metadata.version.replaces.as_ref()?.bag.clone()))
        .collect();
    let is_listed = |bag: &&Bag| {
        !replaced.contains(&bag.name) && year.is_none_or(|year| bag.metadata.year == year)
    };
    let listed: Vec<&Bag> = held.iter().filter(is_listed).collect();
    let mut rows = Vec::new();
    for bag in &listed {
        match row(bag, register) {
            Ok(row) => rows.push(row),
            Err(problem) => diags.push(problem),
        }
    }
    if diags.has_errors() {
        return Err(diags);
    }
    rows.sort_by(|a, b| {
        (a.code.is_none(), &a.code, &a.bag).cmp(&(b.code.is_none(), &b.code, &b.bag))
    });
    let same = |of: fn(&Bag) -> Option<&String>| {
        let mut values = listed.iter().map(|bag| of(bag));
        let first = values.next().flatten();
        first.filter(|first| values.all(|value| value == Some(*first))).cloned()
    };
    Ok(Lists {
        fonds: same(|bag| bag.metadata.code.as_ref().map(|code| &code.fonds)),
        fonds_name: same(|bag| bag.metadata.provenance.fonds_name.as_ref()),
        creator: same(|bag| Some(&bag.metadata.provenance.creator)).unwrap_or_default(),
        year: year.map(str::to_string),
        pages: rows.iter().filter_map(|row| row.pages).sum(),
        rows,
        head: register.head().map(str::to_string),
        lines: register.lines().len(),
    })
}

fn row(bag: &Bag, register: &Register) -> Result<Row, Diagnostic> {
    let metadata = &bag.metadata;
    let content = &metadata.content;
    let name = Algorithm::Sha256.tag_manifest();
    let bytes = bag.bytes(&name).map_err(|error| super::failure::unreadable(&name, &error))?;
    let version = metadata.version.number;
    let version = (version > 1).then(|| format!("第{version}版"));
    let remark: Vec<String> =
        metadata.form_features.remark.clone().into_iter().chain(version).collect();
    Ok(Row {
        bag: bag.name.clone(),
        code: metadata.code.as_ref().map(|code| code.code.clone()),
        doc_number: content.doc_number.clone(),
        organs: content.organs.join("、"),
        title: content.title.clone(),
        date: content.date.replace('-', ""),
        secrecy: content.secrecy.clone(),
        retention: metadata.code.as_ref().map(|code| code.retention.clone()),
        pages: metadata.form_features.pages,
        remark: remark.join("，"),
        tag_manifest: sha256(&bytes),
        line: register.line_of(&bag.name).map(|line| line.number),
    })
}
