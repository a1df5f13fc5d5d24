//! The index against the plain way: looking through every text.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::fold::fold;
use super::postings::{Places, Postings, decode, encode};
use super::query::{find, terms};

fn index(texts: &[Vec<String>]) -> BTreeMap<(char, char), Places> {
    let mut postings = Postings::default();
    for (place, texts) in (0_u32..).zip(texts) {
        let folded: Vec<_> = texts.iter().map(|text| fold(text)).collect();
        postings.add(place, folded.iter().map(Vec::as_slice));
    }
    postings.pairs
}

/// Whether a term stands in a text: the same signs, and a word's beginning where the term begins one.
fn stands(text: &str, term: &[super::fold::Folded]) -> bool {
    fold(text).windows(term.len()).any(|window| {
        window.iter().zip(term).all(|(a, b)| a.sign == b.sign)
            && (!term[0].begins || window[0].begins)
    })
}

fn search(index: &BTreeMap<(char, char), Places>, query: &str) -> BTreeSet<u32> {
    let found = terms(query).into_iter().map(|term| find(index, &term));
    found.reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default()
}

#[test]
fn queries() {
    let texts = [
        vec!["推进“１２３４５”热线与网格平台对接，投资1,000万元。".to_string(), "区城管局".into()],
        vec!["建设5G基站80个，AI视频监测覆盖率90.5%。".into(), "区发改局".into()],
        vec!["maintain 15G 网络".into(), "区数据局".into()],
    ];
    let index = index(&texts);
    let found = |query: &str| search(&index, query).into_iter().collect::<Vec<_>>();
    assert_eq!(found("12345热线"), [0]);
    assert_eq!(found("“12345”热线"), [0]);
    assert_eq!(found("1000万元"), [0]);
    assert_eq!(found("1,000"), [0]);
    assert_eq!(found("５Ｇ"), [1], "a word is found from its beginning");
    assert_eq!(found("ai"), [1]);
    assert_eq!(found("90.5"), [1]);
    assert_eq!(found("90"), [1]);
    assert_eq!(found("5"), [1]);
    assert_eq!(found("局"), [0, 1, 2], "the last character of a text");
    assert_eq!(found("基"), [1]);
    assert_eq!(found("区 5G"), [1]);
    assert_eq!(found("热线、城管"), [0]);
    assert_eq!(found("元区"), [0_u32; 0], "nothing is found across two texts");
    assert_eq!(found("热线平台"), [0_u32; 0]);
    assert_eq!(found("，。 "), [0_u32; 0]);
    assert_eq!(terms("数据 数据，ＡＩ").len(), 2);
}

#[test]
fn places_survive_their_form() {
    for places in [vec![], vec![(0, 0)], vec![(0, 5), (0, 37), (1, 0), (40_000, 1_000_000)]] {
        assert_eq!(decode(&encode(&places)), Some(places));
    }
    assert_eq!(decode("A"), None, "an entry without an offset");
    assert_eq!(decode("g"), None, "a number that breaks off");
    assert_eq!(decode("!!"), None);
}

proptest! {
    #[test]
    fn every_piece_of_every_text_is_found(
        texts in prop::collection::vec(prop::collection::vec("[甲乙丙丁 ，.a-cA5０-９]{0,12}", 1..3), 1..6),
        length in 1_usize..5,
    ) {
        let index = index(&texts);
        for (place, texts) in (0_u32..).zip(&texts) {
            for text in texts {
                let folded = fold(text);
                for piece in folded.windows(length) {
                    // Inside a word nothing begins, and there a query would ask for a beginning.
                    if piece[0].sign.is_ascii() && !piece[0].begins { continue; }
                    prop_assert!(find(&index, piece).contains(&place), "{text:?} {piece:?}");
                }
            }
        }
    }

    #[test]
    fn a_query_finds_what_looking_through_finds(
        texts in prop::collection::vec("[甲乙丙 ，.ab1-3]{0,14}", 1..8),
        query in "[甲乙丙 ，.ab1-3Ａ]{0,6}",
    ) {
        let lists: Vec<Vec<String>> = texts.iter().map(|text| vec![text.clone()]).collect();
        let wanted = terms(&query);
        let plain: BTreeSet<u32> = (0_u32..)
            .zip(&texts)
            .filter(|(_, text)| !wanted.is_empty() && wanted.iter().all(|term| stands(text, term)))
            .map(|(place, _)| place)
            .collect();
        prop_assert_eq!(search(&index(&lists), &query), plain);
    }

    #[test]
    fn folding_is_done_once(text in "\\PC{0,30}") {
        let signs = |text: &str| fold(text).into_iter().map(|f| f.sign).collect::<String>();
        let once = signs(&text);
        // A point or comma may have stood between digits that are neighbours now.
        prop_assume!(!once.contains('.'));
        prop_assert_eq!(signs(&once), once.clone());
    }

    #[test]
    fn any_places_survive(mut places in prop::collection::btree_set((0_u32..50_000, 0_u32..5_000), 0..40)) {
        places.insert((0, 0));
        let places: Places = places.into_iter().collect();
        prop_assert_eq!(decode(&encode(&places)), Some(places));
    }
}
