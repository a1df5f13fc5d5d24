//! The filters that templates have beside Tera's own; docs/templates.md lists them.

use serde::Deserialize;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::{escape, rich_html, rich_typst};
use crate::text::Rich;

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

/// `rich` for markup, and `str` for a text where Typst expects code.
pub(super) fn register_typst(tera: &mut Tera) {
    tera.register_filter(
        "rich",
        |value: Value, args: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let heading = args.get::<u8>("heading")?.unwrap_or(1);
            Ok(Value::safe_string(&rich_typst(&read_rich(&value)?, heading)))
        },
    );
    tera.register_filter("str", |value: String, _: Kwargs, _: &State<'_>| -> Value {
        Value::safe_string(&escape::typst_string(&value))
    });
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
    use super::percent_encode;

    #[test]
    fn links_to_any_file_name() {
        assert_eq!(percent_encode("a-b_c.html"), "a-b_c.html");
        assert_eq!(percent_encode("区#1%"), "%E5%8C%BA%231%25");
    }
}
