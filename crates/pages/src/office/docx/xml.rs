//! XML as a tree: what parts of a package are built of, and the only way for a text to get in.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::super::{Failure, text};

/// The namespace of WordprocessingML.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The namespace of relationships.
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Element(Element),
    Text(String),
}

/// An empty element.
pub(super) fn el(name: &'static str) -> Element {
    Element { name, attributes: Vec::new(), children: Vec::new() }
}

/// An element with a value, as most of WordprocessingML's properties are.
pub(super) fn val(name: &'static str, value: impl ToString) -> Element {
    el(name).attr("w:val", value)
}

impl Element {
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn attr(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, text::clean(&value.to_string())));
        self
    }

    pub(super) fn with(mut self, child: Element) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    pub(super) fn with_all(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    pub(super) fn text(mut self, words: &str) -> Self {
        self.children.push(Node::Text(text::clean(words)));
        self
    }

    /// The bytes of a part whose root this is.
    pub(super) fn part(&self) -> Result<Vec<u8>, Failure> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        self.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> Result<(), Failure> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_str()));
        let start = BytesStart::new(self.name).with_attributes(attributes);
        if self.children.is_empty() {
            writer.write_event(Event::Empty(start))?;
            return Ok(());
        }
        writer.write_event(Event::Start(start))?;
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(writer)?,
                Node::Text(words) => writer.write_event(Event::Text(BytesText::new(words)))?,
            }
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::Reader;

    use super::*;

    /// The value of the attribute and the text of a root element.
    fn read(xml: &[u8]) -> (String, String) {
        let mut reader = Reader::from_str(std::str::from_utf8(xml).unwrap());
        let (mut attribute, mut words) = (String::new(), String::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => {
                    let value = tag.attributes().next().unwrap().unwrap().value;
                    attribute = quick_xml::escape::unescape(&value).unwrap().into_owned();
                }
                Event::Text(text) => words.push_str(&text),
                Event::GeneralRef(name) => {
                    let reference = format!("&{};", &*name);
                    words.push_str(&quick_xml::escape::unescape(&reference).unwrap());
                }
                Event::Eof => return (attribute, words),
                _ => {}
            }
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back_without_what_xml_cannot_hold(text in any::<String>()) {
            let xml = el("a").attr("b", &text).text(&text).text(".").part().unwrap();
            let clean = text::clean(&text);
            let (attribute, words) = read(&xml);
            prop_assert_eq!(words, format!("{clean}."));
            // Attributes have no line ends or tabs: a reader makes blanks of them.
            prop_assert_eq!(attribute.replace(['\n', '\t'], " "), clean.replace(['\n', '\t'], " "));
        }
    }
}
