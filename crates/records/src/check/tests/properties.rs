//! Whatever an item says: no rule panics, every place is in the text, and fixes come to an end.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::fixed_text;
use super::{files, run};
use crate::check::example::Example;
use base::diag::Diagnostics;

const PIECES: [&str; 60] = [
    "抓项目",
    "布署",
    "，",
    "。",
    ",",
    ".",
    "、",
    "等",
    "（",
    "）",
    "(",
    ")",
    "“",
    "”",
    "\"",
    "《",
    "》",
    "[",
    "]",
    "〔2018〕",
    "[2018]",
    "第",
    "039号",
    "10",
    "20%",
    "~",
    "～",
    "-",
    "—",
    "…",
    "...",
    " ",
    "\u{3000}",
    "２",
    "25年",
    "底",
    "6月",
    "30号",
    "一是",
    "三是",
    "①",
    "（二）",
    "**",
    "*",
    "\\",
    "\n",
    "\n- ",
    "\n\n",
    "附件",
    "见附件2",
    "约",
    "左右",
    "KM",
    "合格率",
    "150%",
    "二十五亿",
    "百分之",
    "#",
    ": ",
    "𠮷\u{e000} a@b.c https://a.b/c,d ](x)",
];

/// The pieces that rules look at, in any order.
fn any() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..24).prop_map(|p| p.concat())
}

/// The same with a word between them, as in a text that somebody wrote.
fn written() -> impl Strategy<Value = String> {
    let words = ["抓项目", "招商", "推进改革", "新建学校2所", "A级景区"];
    let pair = (prop::sample::select(words.to_vec()), prop::sample::select(PIECES.to_vec()));
    prop::collection::vec(pair, 1..12).prop_map(|pairs| {
        let text: String = pairs.into_iter().flat_map(|(word, piece)| [word, piece]).collect();
        text + "完成。"
    })
}

/// Makes all fixes of an item's text, in both of the forms that texts mostly have.
fn fix_all(text: &str, mut look: impl FnMut(&Diagnostics, &str)) {
    let quoted = serde_json::to_string(text).unwrap();
    let block = text.replace('\n', "\n    ");
    let mut project = files(Example::Items(""));
    for item in [
        format!("- section: 加快发展\n  text: {quoted}\n  units: [区发改局]\n"),
        format!("- section: 加快发展\n  text: |-\n    甲{block}\n  units: [区发改局]\n"),
    ] {
        project.insert("items.yaml", item);
        for round in 0.. {
            assert!(round < 10, "fixes go on: {}", project["items.yaml"]);
            let (diags, sources) = run(&project, None);
            look(&diags, if round == 0 { "" } else { &project["items.yaml"] });
            let source = sources.iter().find(|s| s.path() == "items.yaml").expect("the items");
            let Some((fixed, _)) = fixed_text(source, diags.iter()) else { break };
            assert_ne!(fixed, source.text());
            project.insert("items.yaml", fixed);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_rule_panics_and_fixes_come_to_an_end(text in any()) {
        fix_all(&text, |diags, _| {
            for found in diags.iter() {
                let span = found.span.as_ref().expect("a place");
                assert!(span.range().end <= span.source().text().len());
            }
        });
    }

    #[test]
    fn a_fix_makes_no_other_finding(text in written()) {
        let mut first = BTreeSet::new();
        fix_all(&text, |diags, fixed| {
            let codes: BTreeSet<&str> = diags.iter().map(|d| d.code).collect();
            if fixed.is_empty() {
                first = codes;
            } else {
                let new: Vec<_> = codes.difference(&first).collect();
                assert!(new.is_empty(), "a fix made {new:?}: {fixed}");
            }
        });
    }
}
