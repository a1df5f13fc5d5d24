//! Anchors and aliases: what they stand for, where it is said to stand, and how much they may copy.

use super::*;

/// The places of a value: its words, and the uses from the innermost on.
fn places(text: &str, value: &Node) -> (String, Vec<(String, usize)>) {
    let uses = value.span.uses().map(|u| (u.name.clone(), u.span.start().line)).collect();
    (text[value.span.range()].to_owned(), uses)
}

#[test]
fn an_alias_stands_for_a_value_of_any_kind() {
    let text = "a: &甲 区教育局\nb: &乙 [x, y]\nc: &丙\n  d: z\ne: &丁\nf: [*甲, *乙, *丙, *丁]\n";
    assert_eq!(problems(text), []);
    assert_eq!(tree(text), "{a=区教育局,b=[x,y],c={d=z},e=~,f=[区教育局,[x,y],{d=z},~]}");
    assert_eq!(tree("&k a: 1\nb:\n  *k : 2\n"), "{a=1,b={a=2}}", "as a key");
}

#[test]
fn values_behind_an_alias_keep_their_place_and_know_their_use() {
    let text = "a: &x |\n  甲\n  乙\nb: &y [*x, 丙]\nc: *y\n";
    let (document, diagnostics) = read(text);
    assert!(diagnostics.is_empty());
    let root = document.root.unwrap();
    let at = |key: &str| root.get(key).unwrap().value.clone();
    assert_eq!(places(text, &at("a")).1, []);
    let list = at("c");
    assert_eq!(places(text, &list), ("[*x, 丙]".into(), vec![("*y".into(), 5)]));
    let block = &items(&list)[0];
    let word = block.as_text().unwrap().span_of(4..7);
    assert_eq!(&text[word.range()], "乙");
    let uses: Vec<_> = word.uses().map(|u| (&*u.name, u.span.start().line)).collect();
    assert_eq!(uses, [("*x", 4), ("*y", 5)]);
    // The list ends where its alias does, not where the words of it stand.
    assert_eq!(&text[root.span.range()], text.trim_end());
}

#[test]
fn a_blank_value_of_a_key_behind_an_alias_has_its_place() {
    let text = "&k a: 1\nb:\n  *k :\n  c: 2\n";
    let (document, _) = read(text);
    let blank = document.root.unwrap().get("b").unwrap().value.get("a").unwrap().value.clone();
    assert_eq!(blank.span.start().line, 3);
}

#[test]
fn references_that_lead_nowhere() {
    assert_eq!(pointed("a: *甲\n"), ("yaml-alias", "*甲".into()));
    assert_eq!(pointed("b: *甲\na: &甲 x\nc: *甲\n"), ("yaml-alias", "*甲".into()));
    let text = "a: &单位 x\nb: *单位\nc: *单立\n";
    let (_, diagnostics) = read(text);
    let help = diagnostics.iter().next().unwrap().help.clone().unwrap();
    assert_eq!(help.get(Lang::Zh), "是不是“*单位”？");
    let text = "a: 1\nb: *甲\nc: [2, *甲, 3]\n*甲 : 4\nd: 5\n";
    assert_eq!(tree(text), "{a=1,c=[2,3],d=5}", "what is wrong is left out");
    assert!(!read(text).0.complete);
    assert_eq!(pointed("a: &x [1, *x]\n"), ("yaml-alias-inside-itself", "*x".into()));
    assert_eq!(pointed("a: &x\n  b:\n    - *x\n"), ("yaml-alias-inside-itself", "*x".into()));
}

#[test]
fn marks_that_nobody_needs_or_understands() {
    let text = "a: &甲 乙\n";
    assert_eq!(pointed(text), ("yaml-anchor-unused", "&甲".into()));
    assert_eq!(read(text).1.iter().next().unwrap().severity, Severity::Warning);
    assert!(read(text).0.complete);
    assert_eq!(pointed("a: &x 1\nb: &x 2\nc: *x\n"), ("yaml-anchor-twice", "&x".into()));
    let text = "a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n";
    assert_eq!(pointed(text), ("yaml-merge-key", "<<".into()));
    assert_eq!(tree(text), "{a={b=1},c={d=2}}");
    assert_eq!(tree("a: <<\n'<<': 1\n"), "{a=<<,<<=1}");
}

/// `a0` is a list, and each further one holds the one before it several times.
fn bomb(steps: usize, width: usize, leaf: &str) -> String {
    let mut text = format!("a0: &a0 [{leaf}]\n");
    for step in 1..=steps {
        let before = format!("*a{}", step - 1);
        text += &format!("a{step}: &a{step} [{}]\n", vec![before; width].join(", "));
    }
    text + &format!("end: *a{steps}\n")
}

#[test]
fn bombs() {
    let found = |text: &str| problems(text)[0];
    assert_eq!(problems(&bomb(4, 9, "x")).len(), 0);
    assert_eq!(found(&bomb(9, 9, "x")), ("yaml-too-many-values", 7, 10));
    assert_eq!(problems(&bomb(61, 1, "x")), []);
    assert_eq!(found(&bomb(80, 1, "x")).0, "yaml-too-deep");
    let leaf = "字".repeat(100_000);
    assert_eq!(found(&bomb(3, 3, &leaf)).0, "yaml-too-large");
}

#[test]
fn problems_found_later_tell_the_use() {
    let text = "a: &x\n  name：区教育局\nb: *x\n";
    let (document, _) = read(text);
    let root = document.root.unwrap();
    let problem = mistaken_entry(root.get("b").unwrap().value.as_text().unwrap()).unwrap();
    assert_eq!(problem.span.clone().unwrap().used().unwrap().span.start().line, 3);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A file in which some values stand behind aliases holds what one with all values written
    /// out holds; each place shows the words; the uses are those of the file.
    #[test]
    fn aliases_stand_for_what_they_name(
        values in prop::collection::vec(prop::sample::select(vec![
            "甲", "'乙 乙'", "\"丙\\t丁\"", "[戊, [己]]", "{庚: 辛}", "|\n    壬\n    癸\n",
        ]), 1..6),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let line = |key: String, value: &str| format!("{key}: {}\n", value.trim_end());
        let (mut aliased, mut plain) = (String::new(), String::new());
        for (at, value) in values.iter().enumerate() {
            aliased += &line(format!("v{at}"), &format!("&n{at} {value}"));
            plain += &line(format!("v{at}"), value);
        }
        for (at, pick) in picks.iter().enumerate() {
            let pick = pick.index(values.len());
            aliased += &format!("u{at}: *n{pick}\n");
            plain += &line(format!("u{at}"), values[pick]);
        }
        let (document, diagnostics) = read(&aliased);
        prop_assert!(!diagnostics.has_errors(), "{aliased}\n{diagnostics:?}");
        prop_assert_eq!(tree(&aliased), tree(&plain));
        let root = document.root.unwrap();
        for (at, pick) in picks.iter().enumerate() {
            let here = &root.get(&format!("u{at}")).unwrap().value;
            let there = &root.get(&format!("v{}", pick.index(values.len()))).unwrap().value;
            prop_assert_eq!(here.span.range(), there.span.range());
            let used = here.span.used().unwrap();
            prop_assert_eq!(&aliased[used.span.range()], &used.name);
            prop_assert!(there.span.used().is_none());
        }
    }
}
