//! What a publication's page says about it, and its files.

use super::sitemap;
use super::views::{AboutRow, FileView, Linked, date, size};
use crate::archive::layout::role;
use crate::catalog::document::Document;
use crate::catalog::slug::slug;

/// The metadata, as far as there is any.
pub(super) fn about(document: &Document, internal: bool) -> Vec<AboutRow> {
    let plain = |text: &String| Linked { text: text.clone(), page: None };
    let linked = |folder: &'static str| {
        move |name: &String| {
            let page = format!("{folder}/{}.html", slug(name, &[name]));
            Linked { text: name.clone(), page: Some(page) }
        }
    };
    let one = |value: &Option<String>| value.iter().map(plain).collect();
    let year =
        Linked { text: document.year.clone(), page: Some(format!("years/{}.html", document.year)) };
    let version = match document.version {
        0 | 1 => None,
        version => Some(format!("第 {version} 版")),
    };
    let mut rows = vec![
        ("发文字号", one(&document.number)),
        ("成文日期", one(&Some(date(&document.date)))),
        ("发文机关", document.organs.iter().map(linked("organs")).collect()),
        ("文种", one(&document.genre)),
        ("主送", document.recipients.iter().map(plain).collect()),
        ("主题", document.topics.iter().map(linked("topics")).collect()),
        ("索引号", one(&document.index)),
        ("公开方式", one(&document.access)),
        ("年度", vec![year]),
        ("立档单位", vec![plain(&document.creator)]),
        ("档号", one(&document.code)),
        ("保管期限", one(&document.retention)),
        ("稿本", one(&document.manuscript)),
        ("版本", one(&version)),
        ("此前版本", document.replaces.iter().map(plain).collect()),
    ];
    if internal {
        rows.push(("归档包", vec![plain(&document.bag)]));
    }
    rows.into_iter()
        .filter(|(_, values): &(_, Vec<Linked>)| !values.is_empty())
        .map(|(label, values)| AboutRow { label, values })
        .collect()
}

/// The copied files, the notice's first.
pub(super) fn files(document: &Document) -> Vec<FileView<'_>> {
    let mut files: Vec<FileView<'_>> = document
        .files
        .iter()
        .map(|file| {
            let extension = file.name.rsplit_once('.').map_or("", |(_, extension)| extension);
            let main = match (file.role.as_str(), extension) {
                (role::PAGE, _) => Some("网页".to_string()),
                (role::NOTICE, "pdf") => Some("PDF".to_string()),
                _ => None,
            };
            let name = file.name.rsplit('/').next().unwrap_or_default();
            FileView {
                file,
                main: main.is_some(),
                text: main.unwrap_or_else(|| format!("{}：{name}", file.role)),
                href: sitemap::encoded(&file.name),
                size: size(file.bytes),
            }
        })
        .collect();
    files.sort_by_key(|file| !file.main);
    files
}
