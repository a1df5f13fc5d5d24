//! What holds for every text, however strange.

use proptest::prelude::*;

use super::markdown;
use super::tests::{HEADINGS, PLAIN, source};
use crate::rich::{Block, Inline};

/// Nothing an author types may make the program call itself without end.
#[test]
fn deep_nesting_stays_flat() {
    let depth = 5_000;
    let (rich, _) = markdown(&source(&format!("{}甲", "- ".repeat(depth))), PLAIN);
    assert_eq!(rich.plain(), "甲");
    // What is wrong is said once: thousands of times, each with its line, took most of a minute.
    for (deep, plain) in [
        (format!("{}甲", "> ".repeat(depth)), "甲"),
        (format!("{}甲{}", "![".repeat(40), "](x)".repeat(40)), "甲"),
    ] {
        let (rich, problems) = markdown(&source(&deep), PLAIN);
        assert_eq!(rich.plain(), plain);
        assert_eq!(problems.iter().count(), 1, "{}", problems.iter().count());
    }
    let stars = "*_".repeat(depth);
    let back: String = stars.chars().rev().collect();
    let (rich, _) = markdown(&source(&format!("{stars}甲{back}")), PLAIN);
    assert!(rich.plain().contains('甲'));
    assert!(line_depth(&rich.blocks) <= 3);
}

fn line_depth(blocks: &[Block]) -> usize {
    fn depth(inlines: &[Inline]) -> usize {
        inlines
            .iter()
            .map(|inline| match inline {
                Inline::Strong { inlines }
                | Inline::Emphasis { inlines }
                | Inline::Link { inlines, .. } => 1 + depth(inlines),
                _ => 0,
            })
            .max()
            .unwrap_or(0)
    }
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph { inlines } | Block::Heading { inlines, .. } => depth(inlines),
            Block::List { .. } | Block::Table(_) => 0,
        })
        .max()
        .unwrap_or(0)
}

proptest! {
    #[test]
    fn escaped_characters_come_out_as_themselves(
        text in r##"[!-/:-@\[-`{-~ 0-9a区“”（）。*_<]{0,40}"##
    ) {
        let text = text.trim();
        let escaped: String = text
            .chars()
            .flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c]))
            .collect();
        let (rich, problems) = markdown(&source(&escaped), PLAIN);
        prop_assert!(problems.is_empty(), "{:?}", problems);
        prop_assert_eq!(rich.plain(), text);
    }

    #[test]
    fn anything_is_read_and_problems_lie_inside(
        text in "([*_`<>|\\[\\]()!#~=+\\-. \t\r\n\\\\&;:/@\"1a区“”（）。，　\u{fdd0}\u{fdd1}\u{0}]|\\*\\*|\n\n|    |http://|\\]\\(|区\\|区\n--\\|--\n){0,40}"
    ) {
        let (rich, problems) = markdown(&source(&text), HEADINGS);
        for problem in problems.iter() {
            let range = problem.span.as_ref().unwrap().range();
            prop_assert!(text.get(range.clone()).is_some_and(|t| !t.is_empty()), "{problem:?}");
        }
        // No character appears that was not written, except the blank of a line end, the bars
        // between cells and what CommonMark puts in place of a zero byte; none is a mark of the inside.
        let plain = rich.plain();
        for c in plain.chars().filter(|&c| !" \n\u{fffd}｜".contains(c)) {
            prop_assert!(text.contains(c), "{c:?} in {plain:?}");
            let is_internal = ('\u{fdd0}'..='\u{fdef}').contains(&c);
            prop_assert!(!is_internal, "{c:?} in {plain:?}");
        }
        // Words are never lost without a word, unless they are the address of a link.
        if problems.is_empty() && !text.contains("](") {
            let count = |text: &str| text.chars().filter(|&c| c == '区').count();
            prop_assert_eq!(count(&plain), count(&text));
        }
    }
}
