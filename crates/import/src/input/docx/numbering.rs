//! The numbers that Word makes: they are in no paragraph's text.

use std::collections::BTreeMap;

use crate::input::xml::{attribute, each_tag};
use records::publication::han;

/// How one level is numbered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Level {
    start: u32,
    format: String,
    /// `%1、`, `（%1）`.
    text: String,
}

/// The lists of a file, and how far each has come.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbering {
    levels: BTreeMap<(String, usize), Level>,
    /// A list's definition by its id.
    definition: BTreeMap<String, String>,
    /// The list and level of a style.
    styles: BTreeMap<String, (String, usize)>,
    headings: Vec<String>,
    counts: BTreeMap<String, Vec<u32>>,
}

impl Numbering {
    /// Reads numbering.xml and styles.xml; what is damaged in them numbers nothing.
    pub(super) fn read(numbering: &str, styles: &str) -> Self {
        let mut out = Self::default();
        out.read_lists(numbering);
        out.read_styles(styles);
        out
    }

    fn read_lists(&mut self, xml: &str) {
        let (mut list, mut level, mut num) = (String::new(), 0usize, String::new());
        each_tag(xml, |tag| {
            let value = attribute(tag, "val").unwrap_or_default();
            let name = tag.local_name();
            match name.as_ref() {
                "abstractNum" => {
                    list = attribute(tag, "abstractNumId").unwrap_or_default();
                    num.clear();
                }
                "lvl" => level = attribute(tag, "ilvl").and_then(|l| l.parse().ok()).unwrap_or(0),
                "start" if num.is_empty() => {
                    self.level(&list, level).start = value.parse().unwrap_or(1)
                }
                "numFmt" if num.is_empty() => self.level(&list, level).format = value,
                "lvlText" if num.is_empty() => self.level(&list, level).text = value,
                "num" => num = attribute(tag, "numId").unwrap_or_default(),
                "abstractNumId" => {
                    self.definition.insert(num.clone(), value);
                }
                _ => {}
            }
        });
    }

    fn level(&mut self, list: &str, level: usize) -> &mut Level {
        self.levels.entry((list.to_string(), level)).or_default()
    }

    fn read_styles(&mut self, xml: &str) {
        let (mut style, mut level) = (String::new(), 0);
        each_tag(xml, |tag| {
            let value = attribute(tag, "val").unwrap_or_default();
            let tag_name = tag.local_name();
            match tag_name.as_ref() {
                "style" => {
                    style = attribute(tag, "styleId").unwrap_or_default();
                    level = 0;
                }
                "name" if value.to_ascii_lowercase().starts_with("heading") => {
                    self.headings.push(style.clone())
                }
                "ilvl" => level = value.parse().unwrap_or(0),
                "numId" => {
                    self.styles.insert(style.clone(), (value, level));
                }
                _ => {}
            }
        });
    }

    /// Whether a style is a heading's.
    pub(super) fn is_heading(&self, style: &str) -> bool {
        self.headings.iter().any(|heading| heading == style)
    }

    /// The number of the next paragraph of a list: the paragraph's own, else its style's.
    pub(super) fn label(
        &mut self,
        own: Option<(String, usize)>,
        style: Option<&str>,
    ) -> Option<String> {
        let (id, level) = own.or_else(|| self.styles.get(style?).cloned())?;
        let list = self.definition.get(&id)?.clone();
        let level = level.min(8);
        let settings = self.levels.get(&(list.clone(), level))?.clone();
        if matches!(settings.format.as_str(), "bullet" | "none") || settings.text.is_empty() {
            return None;
        }
        let counts = self.counts.entry(list.clone()).or_default();
        counts.truncate(level + 1);
        while counts.len() <= level {
            let start =
                self.levels.get(&(list.clone(), counts.len())).map_or(1, |l| l.start.max(1));
            counts.push(start - 1);
        }
        // A level above that has no paragraph yet counts as its first.
        for (n, count) in counts.iter_mut().enumerate() {
            if n == level || *count == 0 {
                *count = count.saturating_add(1);
            }
        }
        let mut label = settings.text.clone();
        for (n, count) in counts.iter().enumerate() {
            let format = self.levels.get(&(list.clone(), n)).map_or("", |l| l.format.as_str());
            label = label.replace(&format!("%{}", n + 1), &number(*count, format));
        }
        Some(label)
    }
}

fn number(n: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "chineseLegalSimplified"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographTraditional" => han(n),
        "upperLetter" => {
            char::from_u32(64 + (n - 1) % 26 + 1).map_or_else(String::new, String::from)
        }
        "lowerLetter" => {
            char::from_u32(96 + (n - 1) % 26 + 1).map_or_else(String::new, String::from)
        }
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_arabic_lists() {
        let xml = r#"<w:numbering><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>
            <w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>
            <w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>
            <w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
        let mut numbering = Numbering::read(xml, "");
        let mut next = |level| numbering.label(Some(("3".into(), level)), None).unwrap();
        assert_eq!(
            [next(0), next(1), next(1), next(0), next(1)],
            ["一、", "1.", "2.", "二、", "1."]
        );
        assert_eq!(numbering.label(Some(("9".into(), 0)), None), None);
    }
}
