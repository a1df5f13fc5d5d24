//! The tables of docs/records.md, made from what the readers declare.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::json::RecordFile;
use crate::content::fields::{Field, MappingShape, Shape};
use base::diag::Lang;

/// The line before a table, around the name of its mapping, and the line behind it.
const BEGIN: (&str, &str) = ("<!-- keys of ", " -->");
const END: &str = "<!-- end of keys -->";

/// A document with its tables written anew.
///
/// A table stands between `<!-- keys of NAME -->` and `<!-- end of keys -->`. A mapping without a
/// table of its own is told where it is used.
fn with_tables(document: &str) -> String {
    let mappings = mappings();
    let own: BTreeSet<&str> = document.lines().filter_map(table_name).collect();
    let mut written = String::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        written.push_str(line);
        written.push('\n');
        if let Some(mapping) = table_name(line).and_then(|name| mappings.get(name)) {
            written.push_str(&table(mapping, &mappings, &own));
            let _old = lines.by_ref().take_while(|line| *line != END).count();
            written.push_str(END);
            written.push('\n');
        }
    }
    written
}

fn table_name(line: &str) -> Option<&str> {
    line.strip_prefix(BEGIN.0)?.strip_suffix(BEGIN.1)
}

type Mappings = BTreeMap<&'static str, Vec<Field>>;

/// The keys of every mapping of the records by its name.
fn mappings() -> Mappings {
    let mut found = Mappings::new();
    for (_, file) in RecordFile::ALL {
        collect(&file.shape(), &mut found);
    }
    found
}

fn collect(shape: &Shape, found: &mut Mappings) {
    match shape {
        Shape::Mapping(mapping) if !found.contains_key(mapping.name) => {
            let fields = (mapping.fields)();
            found.insert(mapping.name, fields.clone());
            fields.iter().for_each(|field| collect(&field.shape, found));
        }
        Shape::List(inner) | Shape::OneOrMore(inner) | Shape::ByRule(inner) => {
            collect(inner, found)
        }
        Shape::Either(shapes) => shapes.iter().for_each(|shape| collect(shape, found)),
        _ => {}
    }
}

fn table(fields: &[Field], mappings: &Mappings, own: &BTreeSet<&str>) -> String {
    let mut table = String::from("| key | kind | meaning |\n| --- | --- | --- |\n");
    // Keys of a notice for which yinfa.yaml may give a default.
    let defaults = mappings.get("defaults").map(Vec::as_slice).unwrap_or_default();
    for field in fields {
        let has_default = defaults.iter().any(|default| default.key == field.key);
        let mark = if has_default { " *d*" } else { "" };
        let required = if field.required { " **!**" } else { "" };
        let kind = kind(&field.shape);
        let meaning = meaning(field, own);
        // `writeln!` into a String cannot fail.
        let _ = writeln!(table, "| `{}`{required}{mark} | {kind} | {meaning} |", field.key.name);
    }
    table
}

/// What stands behind a key, in a word.
fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".into(),
        Shape::Integer => "number".into(),
        Shape::Flag => "`true`, `false`".into(),
        Shape::Choice(words) => code_words(words),
        Shape::List(entry) => format!("list of {}", kind(entry)),
        Shape::OneOrMore(entry) => match &**entry {
            Shape::Text => "texts".into(),
            Shape::Mapping(_) => "mappings".into(),
            Shape::Choice(words) => format!("list of {}", code_words(words)),
            Shape::List(_) => "lists".into(),
            entry => format!("list of: {}", kind(entry)),
        },
        Shape::Mapping(_) => "mapping".into(),
        Shape::ByRule(setting) => format!("a rule's id with {}", kind(setting)),
        Shape::Either(shapes) => {
            let kinds: Vec<String> =
                shapes.iter().filter(|s| !matches!(s, Shape::Blank)).map(kind).collect();
            kinds.join(" or ")
        }
        Shape::Blank => String::new(),
    }
}

fn code_words(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// What a key means, with the keys of its mapping where that has no table.
fn meaning(field: &Field, own: &BTreeSet<&str>) -> String {
    let about = field.key.about.get(Lang::En);
    match inner(&field.shape).filter(|mapping| !own.contains(mapping.name)) {
        Some(mapping) if mapping.name != "defaults" => {
            let keys: Vec<String> =
                (mapping.fields)().iter().map(|field| inline(field, own)).collect();
            format!("{about}. {}", keys.join("; "))
        }
        _ => about.into(),
    }
}

fn inline(field: &Field, own: &BTreeSet<&str>) -> String {
    let required = if field.required { " **!**" } else { "" };
    let words = match &field.shape {
        Shape::Choice(words) => format!(" ({})", code_words(words)),
        _ => String::new(),
    };
    format!("`{}`{required}{words} {}", field.key.name, meaning(field, own))
}

/// The mapping that stands behind a key, alone or in a list.
fn inner(shape: &Shape) -> Option<&MappingShape> {
    match shape {
        Shape::Mapping(mapping) => Some(mapping),
        Shape::List(inner) | Shape::OneOrMore(inner) => self::inner(inner),
        Shape::Either(shapes) => shapes.iter().find_map(self::inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// docs/records.md has the tables that the readers declare. `YINFA_BLESS=1` writes them.
    #[test]
    fn tables_of_the_reference() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/records.md");
        let there = std::fs::read_to_string(path).expect("docs/records.md");
        let wanted = with_tables(&there);
        if std::env::var_os("YINFA_BLESS").is_some() {
            std::fs::write(path, &wanted).expect("docs/records.md");
        } else {
            assert!(
                there == wanted,
                "docs/records.md is out of date: YINFA_BLESS=1 cargo test -p yinfa-records tables"
            );
        }
    }

    /// Every table names a mapping that there is, and every file's own keys have one.
    #[test]
    fn tables_are_of_mappings() {
        let document = include_str!("../../../../../docs/records.md");
        let mappings = mappings();
        let own: Vec<&str> = document.lines().filter_map(table_name).collect();
        for name in &own {
            assert!(mappings.contains_key(name), "{name}");
        }
        assert_eq!(own.iter().collect::<BTreeSet<_>>().len(), own.len(), "a table twice");
        assert_eq!(own.len(), document.lines().filter(|line| *line == END).count());
        for name in ["project", "units", "notice", "item", "section", "unit-entry"] {
            assert!(own.contains(&name), "{name} has no table");
        }
    }

    #[test]
    fn old_rows_go_and_what_is_around_stays() {
        let before = "before\n<!-- keys of link -->\n| old |\n<!-- end of keys -->\nbehind\n";
        let written = with_tables(before);
        assert!(written.starts_with("before\n<!-- keys of link -->\n| key | kind |"), "{written}");
        assert!(written.contains("| `url` **!** | text | http or https address |\n"), "{written}");
        assert!(written.ends_with("|\n<!-- end of keys -->\nbehind\n"), "{written}");
        assert!(!written.contains("old"));
        assert_eq!(with_tables(&written), written);
    }
}
