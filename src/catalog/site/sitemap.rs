//! The sitemap: the pages of the catalogue for search engines.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalog::document::Document;

/// Its name.
pub(super) const NAME: &str = "sitemap.xml";
/// The protocol allows no more.
const LONGEST: usize = 50_000;

#[derive(Serialize)]
struct UrlSet {
    #[serde(rename = "@xmlns")]
    xmlns: &'static str,
    url: Vec<Url>,
}

#[derive(Serialize)]
struct Url {
    loc: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lastmod: Option<String>,
}

/// The pages among `paths`, publications with their day.
pub(super) fn sitemap<'a>(
    paths: impl Iterator<Item = &'a String>,
    documents: &[Document],
    base: &str,
) -> Result<String, String> {
    let days: BTreeMap<&str, &str> =
        documents.iter().map(|document| (document.slug.as_str(), document.date.as_str())).collect();
    let base = base.trim_end_matches('/');
    let day = |path: &str| {
        let (slug, _) = path.strip_prefix("p/")?.split_once('/')?;
        Some((*days.get(slug)?).to_string())
    };
    let url = paths
        .filter(|path| path.ends_with(".html"))
        .take(LONGEST)
        .map(|path| Url { loc: format!("{base}/{}", encoded(path)), lastmod: day(path) })
        .collect();
    let set = UrlSet { xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9", url };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut serializer = quick_xml::se::Serializer::with_root(&mut xml, Some("urlset"))
        .map_err(|error| error.to_string())?;
    serializer.indent(' ', 1);
    set.serialize(serializer).map_err(|error| error.to_string())?;
    xml.push('\n');
    Ok(xml)
}

/// A path as part of an address (RFC 3986).
pub(super) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
