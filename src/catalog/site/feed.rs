//! The feed of new publications: Atom (RFC 4287).
//!
//! Ids are UUIDs over what identifies a publication, so they stay when the site moves; with no base
//! address links are relative, which RFC 4287 allows and feed readers resolve against the address that
//! they got the feed from. There is no clock: an entry's time is the day of its document.

use serde::Serialize;

use super::views::SiteView;
use crate::catalog::document::Document;
use base::disk::sha256;

/// Its name.
pub(super) const NAME: &str = "feed.xml";
/// How many publications it has.
const LONGEST: usize = 100;

#[derive(Serialize)]
struct Feed {
    #[serde(rename = "@xmlns")]
    xmlns: &'static str,
    #[serde(rename = "@xml:lang")]
    lang: &'static str,
    id: String,
    title: String,
    updated: String,
    link: Vec<Link>,
    generator: &'static str,
    entry: Vec<Entry>,
}

#[derive(Serialize)]
struct Link {
    #[serde(rename = "@rel")]
    rel: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@href")]
    href: String,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    updated: String,
    published: String,
    author: Vec<Author>,
    category: Vec<Category>,
    link: Vec<Link>,
    summary: String,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

#[derive(Serialize)]
struct Category {
    #[serde(rename = "@term")]
    term: String,
}

/// The feed of publications, the newest first.
pub(super) fn feed(
    documents: &[Document],
    site: &SiteView,
    base: Option<&str>,
) -> Result<String, String> {
    let address = |path: &str| match base {
        Some(base) => format!("{}/{path}", base.trim_end_matches('/')),
        None => path.to_string(),
    };
    let html = |rel, path: &str| Link { rel, kind: "text/html", href: address(path) };
    let mut link = vec![html("alternate", "index.html")];
    if base.is_some() {
        link.push(Link { rel: "self", kind: "application/atom+xml", href: address(NAME) });
    }
    let entry = documents.iter().take(LONGEST).map(|document| {
        let authors = match document.organs.as_slice() {
            [] => std::slice::from_ref(&document.creator),
            organs => organs,
        };
        Entry {
            id: uuid(&["publication", &document.slug]),
            title: clean(&document.title),
            updated: time(&document.date),
            published: time(&document.date),
            author: authors.iter().map(|name| Author { name: clean(name) }).collect(),
            category: document.topics.iter().map(|term| Category { term: clean(term) }).collect(),
            link: vec![html("alternate", &format!("p/{}/index.html", document.slug))],
            summary: clean(&summary(document)),
        }
    });
    let feed = Feed {
        xmlns: "http://www.w3.org/2005/Atom",
        lang: "zh-CN",
        id: uuid(&["catalogue", site.audience, &site.title]),
        title: clean(&site.title),
        updated: documents.first().map(|document| time(&document.date)).unwrap_or_default(),
        link,
        generator: "yinfa",
        entry: entry.collect(),
    };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut serializer = quick_xml::se::Serializer::with_root(&mut xml, Some("feed"))
        .map_err(|error| error.to_string())?;
    serializer.indent(' ', 1);
    feed.serialize(serializer).map_err(|error| error.to_string())?;
    xml.push('\n');
    Ok(xml)
}

fn summary(document: &Document) -> String {
    let number = document.number.as_deref().map(|number| format!("{number}，")).unwrap_or_default();
    match document.items.len() {
        0 => number.trim_end_matches('，').to_string(),
        items => format!("{number}共 {items} 项任务"),
    }
}

/// A text without what XML cannot hold.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

/// The beginning of a day in China.
fn time(date: &str) -> String {
    format!("{date}T00:00:00+08:00")
}

/// A UUID of one's own making (version 8, RFC 9562) over what identifies something.
fn uuid(identity: &[&str]) -> String {
    let hash = sha256(identity.join("\u{0}").as_bytes());
    // Version 8, and the variant of the RFC.
    let (a, b, c, d, e) = (&hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32]);
    format!("urn:uuid:{a}-{b}-8{c}-a{d}-{e}")
}
