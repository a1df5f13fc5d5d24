//! The numbers that a page makes: they are in no list item's text.

use html5ever::tokenizer::Tag;

use super::elements::attribute;
use base::zh::numeral;

/// A list that is open; `None` for one that is not numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List(Option<Numbers>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Numbers {
    next: i64,
    step: i64,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digits,
    Han,
    Lower,
    Upper,
}

impl List {
    /// The list that `<ol>` or `<ul>` begins.
    pub(super) fn begin(tag: &Tag) -> Self {
        let style = attribute(tag, "style").unwrap_or_default().to_ascii_lowercase();
        let style: String = style.split_whitespace().collect();
        let plain = ["list-style:none", "list-style-type:none", "list-style-type:disc"];
        if &*tag.name != "ol" || plain.iter().any(|rule| style.contains(rule)) {
            return Self(None);
        }
        let kind = match attribute(tag, "type") {
            Some("a") => Kind::Lower,
            Some("A") => Kind::Upper,
            _ if style.contains("cjk-ideographic") || style.contains("-chinese-") => Kind::Han,
            _ if style.contains("lower-alpha") => Kind::Lower,
            _ if style.contains("upper-alpha") => Kind::Upper,
            _ => Kind::Digits,
        };
        let start = attribute(tag, "start").and_then(|n| n.parse().ok());
        let step = if attribute(tag, "reversed").is_some() { -1 } else { 1 };
        Self(Some(Numbers { next: start.unwrap_or(1), step, kind }))
    }

    /// The number of the next item.
    pub(super) fn item(&mut self, tag: &Tag) -> Option<String> {
        let numbers = self.0.as_mut()?;
        if let Some(value) = attribute(tag, "value").and_then(|n| n.parse().ok()) {
            numbers.next = value;
        }
        let number = u32::try_from(numbers.next).ok();
        numbers.next = numbers.next.saturating_add(numbers.step);
        let number = number?;
        Some(match numbers.kind {
            Kind::Han => format!("{}、", numeral(number)),
            Kind::Lower if number > 0 => format!("{}.", letter(b'a', number)),
            Kind::Upper if number > 0 => format!("{}.", letter(b'A', number)),
            // There is no letter for 0, and browsers write the digit.
            _ => format!("{number}."),
        })
    }
}

fn letter(first: u8, number: u32) -> char {
    let nth = u8::try_from((number - 1) % 26).unwrap_or_default();
    char::from(first + nth)
}

/// Whether a text has a number of its own: pages take the list's away by a stylesheet then.
pub(super) fn is_numbered(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(['（', '(', '第', '[', '【']);
    let digits = rest.trim_start_matches(|c: char| {
        c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十百".contains(c)
    });
    let circled = ('\u{2460}'..='\u{24ff}').contains(&rest.chars().next().unwrap_or(' '));
    circled
        || digits.len() < rest.len()
            && digits
                .starts_with(['.', '．', '、', '）', ')', '条', ']', '】', '，', ' ', '\u{3000}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_a_number_keep_it() {
        for text in ["1.推进", "（一）推进", "第三条 推进", "①推进", "十二、推进", " 2、推进"]
        {
            assert!(is_numbered(text), "{text}");
        }
        for text in ["推进", "5G基站", "一般债务", "（暂缓）推进", "2025年底前"] {
            assert!(!is_numbered(text), "{text}");
        }
    }
}
