//! What the schema wants at a place of a record.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::content::fields::Shape;
use crate::content::schema::json::RecordFile;
use crate::edit::value::{Step, Value};

/// The keys of a kind of file in the order of the reference, outer ones first.
pub(super) fn keys_of(file: RecordFile) -> &'static [&'static str] {
    static KEYS: [OnceLock<Vec<&'static str>>; 5] = [const { OnceLock::new() }; 5];
    let place = match file {
        RecordFile::Project => 0,
        RecordFile::Units => 1,
        RecordFile::Notice => 2,
        RecordFile::Items => 3,
        RecordFile::Progress => 4,
    };
    KEYS[place].get_or_init(|| collect(file.shape()))
}

fn collect(root: Shape) -> Vec<&'static str> {
    let mut keys = Vec::new();
    let mut seen = BTreeSet::new();
    let mut level = vec![root];
    while !level.is_empty() {
        let mut below = Vec::new();
        for shape in level {
            match shape {
                Shape::Mapping(mapping) if seen.insert(mapping.name) => {
                    for field in (mapping.fields)() {
                        if !keys.contains(&field.key.name) {
                            keys.push(field.key.name);
                        }
                        below.push(field.shape);
                    }
                }
                Shape::List(inner) | Shape::OneOrMore(inner) => below.push(*inner),
                Shape::Either(shapes) => below.extend(shapes),
                _ => {}
            }
        }
        level = below;
    }
    keys
}

/// The shapes that a value at a path of a file may have.
fn shapes_at(file: RecordFile, path: &[Step]) -> Vec<Shape> {
    path.iter().fold(flat(file.shape()), |shapes, step| {
        shapes.into_iter().flat_map(|shape| below(shape, step)).flat_map(flat).collect()
    })
}

fn flat(shape: Shape) -> Vec<Shape> {
    match shape {
        Shape::Either(shapes) => shapes.into_iter().flat_map(flat).collect(),
        shape => vec![shape],
    }
}

fn below(shape: Shape, step: &Step) -> Vec<Shape> {
    match (shape, step) {
        (Shape::Mapping(mapping), Step::Key(key)) => {
            let fields = (mapping.fields)().into_iter().filter(|field| field.key.name == key);
            fields.map(|field| field.shape).collect()
        }
        (Shape::List(inner) | Shape::OneOrMore(inner), Step::At(_)) => vec![*inner],
        // One entry may stand without its list.
        (Shape::OneOrMore(inner), step @ Step::Key(_)) => {
            flat(*inner).into_iter().flat_map(|shape| below(shape, step)).collect()
        }
        _ => Vec::new(),
    }
}

/// What somebody typed as the value of a field: a text, or a list where the schema wants one. A
/// list may be typed as several words or as one with marks between its entries.
pub fn value_of(path: &str, at: &[Step], typed: &[String]) -> Value {
    let shapes = shapes_at(super::kind_of(path), at);
    let is_list = shapes.iter().any(|shape| matches!(shape, Shape::OneOrMore(_) | Shape::List(_)))
        && !shapes.iter().any(|shape| matches!(shape, Shape::Text));
    if !is_list && let [only] = typed {
        return Value::Prose(only.clone());
    }
    // A class of recipients has such marks inside.
    let whole = matches!(at.last(), Some(Step::Key(key)) if key == "recipients" || key == "copies");
    let words: Vec<&str> = match typed {
        [only] if !whole => only.split(['、', '，', ',', '；', ';']).map(str::trim).collect(),
        typed => typed.iter().map(String::as_str).collect(),
    };
    let words = words.into_iter().filter(|word| !word.is_empty());
    Value::List(words.map(|word| Value::Text(word.to_owned())).collect())
}
