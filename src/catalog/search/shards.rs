//! The index and the texts as script files.
//!
//! A page that is opened from a folder may not read files, but it may load scripts: each file calls a
//! function with what it holds.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::entry::{Entry, entries};
use super::postings::{Postings, encode};
use crate::catalog::document::Document;

/// About the length of a file of the index, in bytes: small beside a page, and few enough files.
const FILE_LENGTH: usize = 24 * 1024;
/// How many entries share a file of texts.
pub(super) const TEXTS_IN_FILE: usize = 16;

/// A file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shard {
    /// Its pairs in order, with their places.
    pub pairs: Vec<((char, char), String)>,
}

/// Cuts the index into files: in the order of pairs, so that those that begin alike lie together.
pub fn shards(postings: &Postings) -> Vec<Shard> {
    let mut shards: Vec<Shard> = Vec::new();
    let mut length = FILE_LENGTH;
    for (pair, places) in &postings.pairs {
        let places = encode(places);
        let more = places.len() + 12;
        if length + more > FILE_LENGTH {
            shards.push(Shard { pairs: Vec::new() });
            length = 0;
        }
        length += more;
        if let Some(last) = shards.last_mut() {
            last.pairs.push((*pair, places));
        }
    }
    shards
}

/// The postings of entries.
pub(super) fn postings(entries: &[Entry]) -> Postings {
    let mut postings = Postings::default();
    for (place, entry) in (0_u32..).zip(entries) {
        let folded = entry.folded();
        postings.add(place, folded.iter().map(Vec::as_slice));
    }
    postings
}

/// The files below `search/`, by name. Documents come in the order of the results.
pub fn files(documents: &[Document]) -> BTreeMap<String, String> {
    let entries = entries(documents);
    let shards = shards(&postings(&entries));
    let mut files = BTreeMap::new();
    for (place, shard) in shards.iter().enumerate() {
        let pairs: serde_json::Map<String, Value> = shard
            .pairs
            .iter()
            .map(|(pair, places)| (name(*pair), Value::String(places.clone())))
            .collect();
        files.insert(format!("i{place}.js"), call("index", place, &Value::Object(pairs)));
    }
    for (place, entries) in entries.chunks(TEXTS_IN_FILE).enumerate() {
        files.insert(format!("t{place}.js"), call("texts", place, &texts(entries, documents)));
    }
    files.insert("core.js".into(), core(documents, &entries, &shards));
    files
}

fn name((first, second): (char, char)) -> String {
    [first, second].into_iter().collect()
}

/// What every search needs: how many entries there are, where years begin, and which pair each file
/// of the index begins with.
fn core(documents: &[Document], entries: &[Entry], shards: &[Shard]) -> String {
    let mut years: Vec<(&str, usize)> = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let year = documents[entry.document].year.as_str();
        if years.last().is_none_or(|(last, _)| *last != year) {
            years.push((year, place));
        }
    }
    let first = shards.iter().filter_map(|shard| Some(name(shard.pairs.first()?.0)));
    let core = json!({
        "entries": entries.len(),
        "texts": TEXTS_IN_FILE,
        "years": years,
        "first": first.collect::<Vec<_>>(),
    });
    format!("yinfaCatalog.core({});\n", script(&core))
}

/// The texts of some entries, with what they say of their publications once.
fn texts(entries: &[Entry], documents: &[Document]) -> Value {
    let mut places: Vec<usize> = Vec::new();
    let list: Vec<Value> = entries
        .iter()
        .map(|entry| {
            if places.last() != Some(&entry.document) {
                places.push(entry.document);
            }
            json!([places.len() - 1, entry.anchor, entry.head, entry.text, entry.names])
        })
        .collect();
    let of = |place: &usize| {
        let document = &documents[*place];
        json!([document.slug, document.title, document.number, document.date])
    };
    json!({"documents": places.iter().map(of).collect::<Vec<_>>(), "entries": list})
}

fn call(function: &str, place: usize, value: &Value) -> String {
    format!("yinfaCatalog.{function}({place},{});\n", script(value))
}

/// JSON that is a script too: two line ends that JSON allows inside a string were none of
/// JavaScript's for long.
fn script(value: &Value) -> String {
    value.to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
