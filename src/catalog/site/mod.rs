//! The files of a catalogue: every page, the search, the feed and the sitemap. Nothing is written here.

mod about;
mod feed;
mod history;
mod pages;
mod sitemap;
mod units;
mod views;

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::audience::Audience;
use super::document::Document;
use super::search;
use ::pages::render::Templates;
use base::diag::{Diagnostic, Diagnostics};
use base::text;

/// What the bytes of a file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These.
    Here(Vec<u8>),
    /// Those of a file of a package, with this SHA-256.
    Copy {
        /// The package's folder.
        bag: PathBuf,
        /// The path below it.
        path: String,
        /// The digest that it must have.
        sha256: String,
    },
}

/// How a catalogue is made.
#[derive(Debug, Clone)]
pub struct Options {
    /// For whom.
    pub audience: Audience,
    /// Its title; that of the keeper of the documents when left out.
    pub title: Option<String>,
    /// Where it will stand on the web, with or without a `/` at the end. Only the feed and the sitemap
    /// need to know.
    pub base_url: Option<String>,
    /// The archive that documents are copied from.
    pub archive: PathBuf,
}

/// A catalogue that is ready to be written.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Its files by path.
    pub files: BTreeMap<String, Content>,
    /// How many items, units and links between years it has.
    pub items: usize,
    /// How many units.
    pub units: usize,
    /// How many publications go on an earlier one.
    pub links: usize,
    /// What was left out.
    pub diags: Diagnostics,
}

/// The style sheet, which is a template too.
const STYLE: &str = "catalog/catalog.css";

/// What is no template: the script reads queries just as the index is made.
const ASSETS: [(&str, &[u8]); 2] = [
    ("search.js", include_bytes!("../../../assets/catalog/search.js")),
    ("icon.svg", include_bytes!("../../../assets/catalog/icon.svg")),
];

/// Makes the files of a catalogue. Documents come with the newest first.
///
/// # Errors
/// The first problem of a template.
pub fn site(
    documents: &[Document],
    options: &Options,
    templates: &Templates,
) -> Result<Site, Diagnostic> {
    let history = history::History::of(documents);
    let units = units::Units::of(documents);
    let mut site = Site {
        items: documents.iter().map(|document| document.items.len()).sum(),
        units: units.list.len(),
        links: history.links(),
        ..Site::default()
    };
    let view = views::SiteView::of(documents, options, &site);
    let pages =
        pages::Pages { documents, history: &history, units: &units, site: &view, templates };
    for (path, html) in pages.all()? {
        site.files.insert(path, Content::Here(html.into_bytes()));
    }
    for (name, script) in search::files(documents) {
        site.files.insert(format!("search/{name}"), Content::Here(script.into_bytes()));
    }
    let style = templates.text(STYLE).unwrap_or_default();
    site.files.insert("assets/catalog.css".into(), Content::Here(style.as_bytes().to_vec()));
    for (name, bytes) in ASSETS {
        site.files.insert(format!("assets/{name}"), Content::Here(bytes.to_vec()));
    }
    for document in documents {
        for file in &document.files {
            site.files.insert(
                format!("p/{}/{}", document.slug, file.name),
                Content::Copy {
                    bag: options.archive.join(&document.bag),
                    path: file.source.clone(),
                    sha256: file.sha256.clone(),
                },
            );
        }
    }
    if view.feed {
        let feed = feed::feed(documents, &view, options.base_url.as_deref())
            .map_err(|error| unwritable(&error))?;
        site.files.insert(feed::NAME.into(), Content::Here(feed.into_bytes()));
    }
    match options.base_url.as_deref() {
        Some(base) => {
            let sitemap = sitemap::sitemap(site.files.keys(), documents, base)
                .map_err(|error| unwritable(&error))?;
            site.files.insert(sitemap::NAME.into(), Content::Here(sitemap.into_bytes()));
        }
        None => site.diags.push(no_base()),
    }
    Ok(site)
}

fn unwritable(detail: &str) -> Diagnostic {
    Diagnostic::error("catalog-xml", text!("feed.xml 写不出来", "feed.xml cannot be written"))
        .detail(detail)
        .help(text!("请检查题名里有没有特殊字符", "look for unusual characters in titles"))
}

fn no_base() -> Diagnostic {
    Diagnostic::hint(
        "catalog-no-base-url",
        text!("没有生成 sitemap.xml", "no sitemap.xml was made"),
    )
    .help(text!(
        "它要写网站上的完整地址：用 --base-url https://… 给出；feed.xml 里的链接也会随之写全",
        "it has whole addresses: give them with `--base-url https://…`; links in feed.xml become whole too"
    ))
}
