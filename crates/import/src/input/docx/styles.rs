//! The styles of a Word file, as far as they say what a paragraph is.

use std::collections::BTreeMap;

use crate::input::xml::{attribute, each_tag};

/// How many styles may be based on one another.
const CHAIN: usize = 32;

/// What one style says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Style {
    name: String,
    based_on: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    hidden: Option<bool>,
    outline: bool,
}

/// The styles by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Styles(BTreeMap<String, Style>);

impl Styles {
    /// Reads styles.xml; what is damaged in it says nothing.
    pub(super) fn read(xml: &str) -> Self {
        let mut styles = BTreeMap::<String, Style>::new();
        let mut id = None;
        each_tag(xml, |tag| {
            let value = attribute(tag, "val");
            let name = tag.local_name();
            if name.as_ref() == "style" {
                id = attribute(tag, "styleId");
            }
            let Some(id) = &id else { return };
            let style = styles.entry(id.clone()).or_default();
            match name.as_ref() {
                "name" => style.name = value.unwrap_or_default().to_ascii_lowercase(),
                "basedOn" => style.based_on = value,
                "ilvl" => style.level = value.and_then(|level| level.parse().ok()),
                "numId" => style.list = value,
                "vanish" => style.hidden = Some(is_on(value.as_deref())),
                "outlineLvl" => style.outline = value.is_some_and(|level| level != "9"),
                _ => {}
            }
        });
        Self(styles)
    }

    /// A style and those that it is based on, itself first.
    fn chain(&self, id: &str) -> impl Iterator<Item = (&String, &Style)> {
        let mut next = self.0.get_key_value(id);
        std::iter::from_fn(move || {
            let found = next?;
            next = found.1.based_on.as_ref().and_then(|id| self.0.get_key_value(id));
            Some(found)
        })
        .take(CHAIN)
    }

    /// The list of a style, the style that says so, and the level.
    pub(super) fn list(&self, id: &str) -> Option<(&str, &str, Option<usize>)> {
        let (by, list) = self.chain(id).find_map(|(id, s)| Some((id, s.list.as_deref()?)))?;
        Some((list, by, self.chain(id).find_map(|(_, style)| style.level)))
    }

    /// Whether a style is a heading's.
    pub(super) fn is_heading(&self, id: &str) -> bool {
        self.chain(id).any(|(_, style)| style.name.starts_with("heading") || style.outline)
    }

    /// Whether a style is that of a table of contents.
    pub(super) fn is_contents(&self, id: &str) -> bool {
        self.chain(id).any(|(_, style)| {
            let level = style.name.strip_prefix("toc ");
            level.is_some_and(|level| level == "heading" || level.parse::<u8>().is_ok())
                || style.name == "table of figures"
        })
    }

    /// Whether a style hides its words.
    pub(super) fn is_hidden(&self, id: &str) -> bool {
        self.chain(id).find_map(|(_, style)| style.hidden).unwrap_or(false)
    }
}

/// The value of a switch: on where there is none.
pub(super) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_take_from_those_they_are_based_on() {
        let styles = Styles::read(
            r#"<w:styles><w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
            <w:style w:styleId="2"><w:name w:val="甲"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
            <w:style w:styleId="T"><w:name w:val="TOC 2"/><w:rPr><w:vanish/></w:rPr></w:style>
            <w:style w:styleId="R"><w:name w:val="乙"/><w:basedOn w:val="R"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style></w:styles>"#,
        );
        assert_eq!(styles.list("2"), Some(("5", "1", Some(1))));
        assert_eq!(styles.list("R"), None);
        assert!(styles.is_heading("2") && !styles.is_heading("T"));
        assert!(styles.is_contents("T") && !styles.is_contents("1"));
        assert!(styles.is_hidden("T") && !styles.is_hidden("R"));
    }
}
