//! Elements of the XML parts in packed files.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// An attribute by its local name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .map(|a| unescaped(&a.value))
}

/// Every element of a part, up to where it is damaged.
pub(super) fn each_tag(xml: &str, mut look: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => look(&tag),
            Event::Eof => break,
            _ => {}
        }
    }
}

/// A value without the references to characters in it.
fn unescaped(value: &str) -> String {
    match quick_xml::escape::unescape(value) {
        Ok(words) => words.into_owned(),
        Err(_) => value.to_string(),
    }
}

/// The characters that a reference in a text stands for.
pub(super) fn resolve(reference: &BytesRef<'_>) -> String {
    let name: &str = reference;
    match reference.resolve_char_ref() {
        Ok(Some(c)) => c.to_string(),
        _ => unescaped(&format!("&{name};")),
    }
}
