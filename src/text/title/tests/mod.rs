mod titles;

use icu_segmenter::{WordSegmenter, options::WordBreakInvariantOptions};

use self::titles::{NAMES, TITLES};
use super::words::{Dictionary, Segment};
use super::{Width, break_title, break_with};

struct Icu;

impl Segment for Icu {
    fn ends(&self, text: &str) -> Vec<usize> {
        WordSegmenter::new_auto(WordBreakInvariantOptions::default())
            .segment_str(text)
            .skip(1)
            .collect()
    }
}

/// Titles broken in the best way, in a fair one, otherwise.
fn score(segmenter: &dyn Segment, name: &str) -> [usize; 3] {
    let mut score = [0; 3];
    for title in &TITLES {
        let text = title.best[0].replace('/', "");
        let broken = break_with(&text, &NAMES, Width::default(), segmenter).join("/");
        let hit = |list: &[&str]| list.contains(&broken.as_str());
        let place = if hit(title.best) {
            0
        } else if hit(title.fair) {
            1
        } else {
            2
        };
        if place > 0 {
            println!(
                "{name} {}: {broken}\n     best: {}",
                ["best", "fair", "POOR"][place],
                title.best[0]
            );
        }
        score[place] += 1;
    }
    println!("{name}: {} best, {} fair, {} poor of {}", score[0], score[1], score[2], TITLES.len());
    score
}

#[test]
fn titles_break_as_a_clerk_would_break_them() {
    let [_, _, icu] = score(&Icu, "icu");
    let [best, _, poor] = score(&Dictionary, "jieba");
    assert_eq!(poor, 0);
    assert!(best >= 50 && icu > 0);
}

/// The table itself: a break that does not fit would ask for the impossible.
#[test]
fn what_is_asked_for_fits() {
    let width = Width::default();
    for title in &TITLES {
        for broken in title.best.iter().chain(title.fair) {
            assert_eq!(broken.replace('/', ""), title.best[0].replace('/', ""));
            for line in broken.split('/') {
                assert!(width.of(line) <= width.line(), "{line} {}", width.of(line));
            }
        }
    }
}
