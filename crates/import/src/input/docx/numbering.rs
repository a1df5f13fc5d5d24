//! The numbers that Word makes: they are in no paragraph's text.

use std::collections::{BTreeMap, BTreeSet};

use super::definitions::{Definitions, LEVELS, Level};
use super::formats::{marked, number};
use super::styles::Styles;

/// The lists of a file, and how far each has come.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbering {
    definitions: Definitions,
    /// For each definition the last number of each level since it began anew.
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// The lists that have been met: the first paragraph of one begins where it says.
    met: BTreeSet<String>,
}

/// The list and the level that a paragraph says it stands at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Own {
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
}

impl Numbering {
    /// Reads numbering.xml; what is damaged in it numbers nothing.
    pub(super) fn read(xml: &str) -> Self {
        Self { definitions: Definitions::read(xml), ..Self::default() }
    }

    /// The number of the next paragraph of a list (the paragraph's own, else its style's), in
    /// front of its text.
    pub(super) fn label(
        &mut self,
        own: &Own,
        style: Option<&str>,
        styles: &Styles,
        text: &str,
    ) -> Option<String> {
        let (list, level) = self.place(own, style, styles)?;
        let definition = self.definitions.definition(&list, styles)?;
        let levels: Vec<Level> =
            (0..LEVELS).map(|n| self.definitions.level(&list, &definition, n)).collect();
        let counts = self.counts.entry(definition).or_default();
        if self.met.insert(list.clone()) {
            for n in self.definitions.restarted(&list) {
                counts[n] = None;
            }
        }
        for (n, count) in counts.iter_mut().enumerate() {
            let restarts = levels[n].restart.is_none_or(|above| level < above);
            match *count {
                // A level above that has no paragraph yet counts as its first.
                None if n <= level => *count = Some(levels[n].start),
                Some(last) if n == level => *count = Some(last.saturating_add(1)),
                Some(_) if n > level && restarts => *count = None,
                _ => {}
            }
        }
        written(&levels, level, counts, text)
    }

    /// The list and level of a paragraph.
    fn place(&self, own: &Own, style: Option<&str>, styles: &Styles) -> Option<(String, usize)> {
        let of_style = style.and_then(|style| styles.list(style));
        let (list, level) = match (&own.list, of_style) {
            (Some(list), _) => (list.clone(), own.level.unwrap_or(0)),
            (None, Some((list, by, level))) => {
                // A level may name the style that stands at it.
                let definition = self.definitions.definition(list, styles)?;
                let linked = || {
                    style
                        .and_then(|style| self.definitions.level_of_style(&definition, style))
                        .or_else(|| self.definitions.level_of_style(&definition, by))
                };
                (list.to_string(), own.level.or(level).or_else(linked).unwrap_or(0))
            }
            (None, None) => return None,
        };
        Some((list, level.min(LEVELS - 1)))
    }
}

/// The label of a level, `%1.%2` filled in.
fn written(
    levels: &[Level],
    level: usize,
    counts: &[Option<u32>; LEVELS],
    text: &str,
) -> Option<String> {
    let settings = &levels[level];
    if settings.format == "bullet" || settings.text.is_empty() {
        return None;
    }
    let mut label = settings.text.clone();
    let mut shown = Vec::new();
    for n in (0..LEVELS).rev() {
        let sign = format!("%{}", n + 1);
        if label.contains(&sign) {
            let format = if settings.is_legal { "decimal" } else { levels[n].format.as_str() };
            let count = counts[n].unwrap_or(levels[n].start);
            label = label.replace(&sign, &number(count, format));
            shown.push(n);
        }
    }
    if shown.len() > 1 {
        // 1.1 and 2.1.3: records number by sections, so the level's own number is enough. Where
        // the level above is written in digits too, brackets tell the two apart.
        let own = counts[level].unwrap_or(settings.start).to_string();
        let above = shown.iter().map(|&n| levels[n].text.as_str());
        let is_digit = |n: usize| number(1, &levels[n].format) == "1";
        let outer = shown.iter().copied().filter(|&n| n != level).min().unwrap_or(level);
        let deep = outer != level && is_digit(outer) && above.count() > 1;
        label = if deep { format!("（{own}）") } else { own };
    }
    let label = marked(&label, &settings.format, text);
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(n: usize, format: &str, text: &str, more: &str) -> String {
        format!(
            "<w:lvl w:ilvl=\"{n}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    }

    fn list(levels: &str, nums: &str) -> Numbering {
        Numbering::read(&format!(
            "<w:numbering><w:abstractNum w:abstractNumId=\"7\">{levels}</w:abstractNum>{nums}</w:numbering>"
        ))
    }

    const NUM: &str = "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num>";

    fn labels(numbering: &mut Numbering, paragraphs: &[(&str, usize)]) -> Vec<String> {
        let styles = Styles::default();
        let mut next = |&(list, level): &(&str, usize)| {
            let own = Own { list: Some(list.to_string()), level: Some(level) };
            numbering.label(&own, None, &styles, "甲").unwrap_or_default()
        };
        paragraphs.iter().map(&mut next).collect()
    }

    #[test]
    fn chinese_and_arabic_lists() {
        let levels =
            level(0, "chineseCountingThousand", "%1、", "") + &level(1, "decimal", "%2.", "");
        let mut numbering = list(&levels, NUM);
        let found =
            labels(&mut numbering, &[("3", 0), ("3", 1), ("3", 1), ("3", 0), ("3", 1), ("9", 0)]);
        assert_eq!(found, ["一、", "1.", "2.", "二、", "1.", ""]);
    }

    #[test]
    fn levels_begin_anew_unless_they_say_otherwise() {
        let levels = level(0, "none", "", "")
            + &level(1, "decimal", "%2.", "")
            + &level(2, "decimal", "（%3）", "<w:lvlRestart w:val=\"0\"/>");
        let mut numbering = list(&levels, NUM);
        let found = labels(
            &mut numbering,
            &[("3", 0), ("3", 1), ("3", 2), ("3", 1), ("3", 2), ("3", 0), ("3", 1)],
        );
        assert_eq!(found, ["", "1.", "（1）", "2.", "（2）", "", "1."]);
    }

    #[test]
    fn a_list_may_begin_where_it_says() {
        let again = "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>";
        let same = "<w:num w:numId=\"5\"><w:abstractNumId w:val=\"7\"/></w:num>";
        let mut numbering = list(&level(0, "decimal", "%1.", ""), &format!("{NUM}{again}{same}"));
        let found = labels(&mut numbering, &[("3", 0), ("3", 0), ("4", 0), ("4", 0), ("5", 0)]);
        assert_eq!(found, ["1.", "2.", "5.", "6.", "7."]);
    }

    #[test]
    fn numbers_of_several_levels() {
        let levels = level(0, "chineseCounting", "%1、", "")
            + &level(1, "decimal", "%1.%2", "<w:isLgl/>")
            + &level(2, "decimal", "%1.%2.%3", "");
        let mut numbering = list(&levels, NUM);
        assert_eq!(labels(&mut numbering, &[("3", 0), ("3", 1), ("3", 1)]), ["一、", "1.", "2."]);
        let levels = level(0, "decimal", "%1", "") + &level(1, "decimal", "%1.%2", "");
        let mut numbering = list(&levels, NUM);
        let found = labels(&mut numbering, &[("3", 0), ("3", 1), ("3", 0), ("3", 1)]);
        assert_eq!(found, ["1.", "（1）", "2.", "（1）"]);
    }

    #[test]
    fn lists_of_styles() {
        let levels = level(0, "decimal", "%1.", "<w:pStyle w:val=\"A\"/>")
            + &level(1, "decimal", "（%2）", "<w:pStyle w:val=\"B\"/>");
        let mut numbering = list(&levels, NUM);
        let styles = Styles::read(
            "<w:styles><w:style w:styleId=\"A\"><w:numId w:val=\"3\"/></w:style><w:style w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style></w:styles>",
        );
        let none = Own::default();
        let mut label = |own: &Own, style| numbering.label(own, Some(style), &styles, "甲");
        assert_eq!(label(&none, "A").as_deref(), Some("1."));
        assert_eq!(label(&none, "B").as_deref(), Some("（1）"));
        // Number 0 takes the style's list away.
        assert_eq!(label(&Own { list: Some("0".into()), level: None }, "A"), None);
    }

    #[test]
    fn lists_that_are_kept_in_a_style() {
        let xml = "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>\
            <w:abstractNum w:abstractNumId=\"1\"><w:styleLink w:val=\"L\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"2\"/>\
            <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1)\"/></w:lvl></w:abstractNum>\
            <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
        assert_eq!(labels(&mut Numbering::read(xml), &[("3", 0), ("3", 0)]), ["2)", "3)"]);
    }
}
