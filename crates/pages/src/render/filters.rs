//! The filters that templates have beside Tera's own; docs/templates.md lists them.

use serde::Deserialize;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::{escape, rich_html, rich_typst, whole};
use base::rich::Rich;

/// `rich`, and `url` for file names in links.
pub(super) fn register_html(tera: &mut Tera) {
    tera.register_filter(
        "rich",
        |value: Value, args: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let heading = args.get::<u8>("heading")?.unwrap_or(3);
            Ok(Value::safe_string(&rich_html(&read_rich(&value)?, heading)))
        },
    );
    tera.register_filter("inline", |value: Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let html = rich_html(&read_rich(&value)?, 3);
        // A single paragraph without its tags, for headings and table cells.
        let inner = html.strip_prefix("<p>").and_then(|h| h.strip_suffix("</p>"));
        let inner = inner.filter(|inner| !inner.contains("<p>")).unwrap_or(&html);
        Ok(Value::safe_string(inner))
    });
    tera.register_filter("url", |value: String, _: Kwargs, _: &State<'_>| -> Value {
        Value::safe_string(&percent_encode(&value))
    });
}

/// `rich` for markup, `str` for a text where Typst expects code, `whole` for the cells of tables, and
/// `lines` for how long a text may get.
pub(super) fn register_typst(tera: &mut Tera) {
    tera.register_filter(
        "rich",
        |value: Value, args: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let heading = args.get::<u8>("heading")?.unwrap_or(1);
            let mut rich = read_rich(&value)?;
            if args.get::<bool>("whole")?.unwrap_or(false) {
                rich = whole::rich(rich);
            }
            Ok(Value::safe_string(&rich_typst(&rich, heading)))
        },
    );
    tera.register_filter(
        "whole",
        |value: Value, args: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let names = args.get::<bool>("names")?.unwrap_or(false);
            let markup = match (value.as_str(), value.as_array()) {
                (Some(text), _) => whole::markup(text, names),
                (None, Some(list)) => {
                    let texts = list.iter().filter_map(Value::as_str);
                    if names {
                        whole::markup(&texts.collect::<Vec<_>>().join("、"), true)
                    } else {
                        let texts: Vec<String> = texts.map(str::to_string).collect();
                        let lines = records::view::listed(&texts);
                        let lines: Vec<_> =
                            lines.iter().map(|text| whole::markup(text, false)).collect();
                        lines.join("#linebreak();")
                    }
                }
                _ => return Err(Error::message("not a text or a list of texts")),
            };
            Ok(Value::safe_string(&markup))
        },
    );
    tera.register_filter("str", |value: String, _: Kwargs, _: &State<'_>| -> Value {
        Value::safe_string(&escape::typst_string(&value))
    });
    tera.register_filter(
        "lines",
        |value: Value, args: Kwargs, _: &State<'_>| -> TeraResult<usize> {
            let across = args.must_get::<usize>("across")?.max(1);
            if let Some(text) = value.as_str() {
                return Ok(lines(text, across));
            }
            if let Some(list) = value.as_array() {
                return Ok(list
                    .iter()
                    .filter_map(Value::as_str)
                    .map(|text| lines(text, across))
                    .sum());
            }
            Ok(lines(&read_rich(&value)?.plain(), across))
        },
    );
}

/// How many lines a text takes, where each holds so many characters.
fn lines(text: &str, across: usize) -> usize {
    text.lines().map(|line| line.chars().count().div_ceil(across).max(1)).sum()
}

fn read_rich(value: &Value) -> TeraResult<Rich> {
    let wrong = |error: serde_json::Error| Error::message(format!("not a rich text: {error}"));
    let json = serde_json::to_value(value).map_err(wrong)?;
    Rich::deserialize(json).map_err(wrong)
}

/// RFC 3986: everything but unreserved characters, so that any file name may stand in a link.
fn percent_encode(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{lines, percent_encode};

    #[test]
    fn every_line_counts_and_long_ones_more_than_once() {
        assert_eq!(lines("", 2), 0);
        assert_eq!(lines("一二", 2), 1);
        assert_eq!(lines("一二三\n\n四", 2), 4);
    }

    #[test]
    fn links_to_any_file_name() {
        assert_eq!(percent_encode("a-b_c.html"), "a-b_c.html");
        assert_eq!(percent_encode("区#1%"), "%E5%8C%BA%231%25");
    }
}
