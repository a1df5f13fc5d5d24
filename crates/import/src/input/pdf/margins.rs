//! Running heads, feet and numbers of pages.

use std::collections::BTreeMap;

use pdf::layout::{Block, Content};

/// How many lines at the head and at the foot of a page may repeat.
const LINES: usize = 3;

/// The lines of a page that belong to all pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Margins {
    pub(super) above: Vec<String>,
    pub(super) below: Vec<String>,
}

/// Takes the running lines out of the pages.
pub(super) fn take(pages: &mut [Content]) -> Vec<Margins> {
    let mut seen: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for page in pages.iter() {
        for foot in [false, true] {
            let mut keys: Vec<String> = outer(page, foot).map(|text| key(&text)).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                *seen.entry((foot, key)).or_default() += 1;
            }
        }
    }
    let count = pages.len();
    let runs = |text: &str, foot: bool| {
        is_number(text) || seen.get(&(foot, key(text))).is_some_and(|&n| n >= 3 && n * 2 > count)
    };
    let taken = |page: &mut Content| {
        let mut side = |foot: bool| {
            let mut lines = Vec::new();
            while lines.len() < LINES {
                let at = if foot { page.blocks.len().checked_sub(1) } else { Some(0) };
                let Some(Block::Line(line)) = at.and_then(|at| page.blocks.get(at)) else { break };
                if !runs(&line.text, foot) {
                    break;
                }
                lines.push(line.text.clone());
                page.blocks.remove(at.unwrap_or(0));
            }
            lines
        };
        let above = side(false);
        let mut below = side(true);
        below.reverse();
        Margins { above, below }
    };
    pages.iter_mut().map(taken).collect()
}

/// The outermost lines of a page.
fn outer(page: &Content, foot: bool) -> impl Iterator<Item = String> {
    let text = |block: &Block| match block {
        Block::Line(line) => Some(line.text.clone()),
        Block::Table(_) => None,
    };
    let lines: Vec<String> = if foot {
        page.blocks.iter().rev().map_while(text).take(LINES).collect()
    } else {
        page.blocks.iter().map_while(text).take(LINES).collect()
    };
    lines.into_iter()
}

/// A line without blanks and numbers, which change from page to page.
fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect()
}

/// Whether a line is a page's number: — 3 —, 3, 第3页 共12页, 3/12.
fn is_number(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    (1..=8).contains(&digits)
        && bare.chars().count() <= 16
        && bare.chars().all(|c| c.is_ascii_digit() || "—–-－·/／第页共,，()（）".contains(c))
        // A list's number that stands alone is no page's.
        && !bare.starts_with(['(', '（'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages() {
        for text in ["— 3 —", "12", "- 1 -", "第 3 页 共 12 页", "3/12", "－3－"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["3.", "（1）", "2025年", "第三章", "", "—"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
