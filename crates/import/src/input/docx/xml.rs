//! Elements of the parts of a Word file.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An attribute by its local name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .map(|a| a.value.to_string())
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
