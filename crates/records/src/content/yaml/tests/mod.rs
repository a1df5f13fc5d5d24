//! Whole files: the tree, and each mistake with its code and place.

mod aliases;

use proptest::prelude::*;

use super::*;
use base::diag::{Diagnostics, Lang, Severity, Source};

fn read(text: &str) -> (Document, Diagnostics) {
    parse(&Source::new("test.yaml", text))
}

/// Code, line and column of all problems.
fn problems(text: &str) -> Vec<(&'static str, usize, usize)> {
    let (_, diagnostics) = read(text);
    diagnostics
        .iter()
        .map(|d| {
            let at = d.span.as_ref().unwrap().start();
            (d.code, at.line, at.column)
        })
        .collect()
}

/// The one problem, and what it points at.
#[track_caller]
fn pointed(text: &str) -> (&'static str, String) {
    let (document, diagnostics) = read(text);
    assert!(!document.complete || !diagnostics.has_errors() || document.root.is_some());
    let all: Vec<_> = diagnostics.iter().collect();
    let [problem] = all[..] else { panic!("{all:#?}") };
    let span = problem.span.as_ref().unwrap();
    (problem.code, text[span.range()].to_owned())
}

/// The items of a list.
#[track_caller]
fn items(node: &Node) -> &[Node] {
    let NodeKind::List(items) = &node.kind else { panic!("no list: {node:?}") };
    items
}

/// The tree in short: `{key=value,…}`, `[…]`, `~`.
fn short(node: &Node) -> String {
    match &node.kind {
        NodeKind::Blank => "~".into(),
        NodeKind::Text(text) => text.to_string(),
        NodeKind::List(items) => {
            let items: Vec<_> = items.iter().map(short).collect();
            format!("[{}]", items.join(","))
        }
        NodeKind::Map(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|entry| format!("{}={}", &*entry.key, short(&entry.value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

fn tree(text: &str) -> String {
    read(text).0.root.as_ref().map(short).unwrap_or_default()
}

#[test]
fn values_keep_their_wording() {
    let text = "code: 017\nflag: yes\nsum: 2.50\nday: 2024-05-01\nempty: ''\n";
    assert_eq!(tree(text), "{code=017,flag=yes,sum=2.50,day=2024-05-01,empty=}");
    assert_eq!(problems(text), []);
}

#[test]
fn what_is_blank() {
    let text = "a:\nb: ~\nc: null\nd: 'null'\ne: NULL\nf:\n  -\n  - x\n";
    assert_eq!(tree(text), "{a=~,b=~,c=~,d=null,e=NULL,f=[~,x]}");
    let (document, _) = read("a:\nb: ~\nc :  # 注\nd:\n  -\n");
    let root = document.root.unwrap();
    let range = |key: &str| root.get(key).unwrap().value.span.range();
    assert_eq!(range("a"), 2..2, "behind the colon");
    assert_eq!(range("b"), 6..7);
    assert_eq!(range("c"), 11..11);
    let item = items(&root.get("d").unwrap().value)[0].clone();
    assert_eq!(item.span.start().line, 5);
}

#[test]
fn spans_cover_from_the_first_to_the_last_character() {
    let text = "\u{feff}a:\r\n  - 甲: \"乙\"\r\n    丙: [x, y]\r\n\r\n# 注\r\nb: 1\r\n";
    let (document, diagnostics) = read(text);
    assert!(diagnostics.is_empty());
    let root = document.root.unwrap();
    let list = &root.get("a").unwrap().value;
    assert_eq!(&text[list.span.range()], "- 甲: \"乙\"\r\n    丙: [x, y]");
    let item = &items(list)[0];
    assert_eq!(&text[item.span.range()], "甲: \"乙\"\r\n    丙: [x, y]");
    assert_eq!(&text[item.get("丙").unwrap().value.span.range()], "[x, y]");
    assert_eq!(&text[root.span.range()], text[3..].trim_end());
    let key = item.get("丙").unwrap().key.span().start();
    assert_eq!((key.line, key.column), (3, 5));
}

#[test]
fn comments_are_kept_in_order() {
    let text = "# 一\na: |  # 二\n  x # 正文\nb: 1 # 三\n";
    let (document, _) = read(text);
    let comments: Vec<_> = document.comments.iter().map(|c| &*c.text).collect();
    assert_eq!(comments, ["一", "二", "三"]);
    assert_eq!(&text[document.comments[1].span.range()], "# 二");
}

#[test]
fn a_file_without_content() {
    for text in ["", "\n", "# 注\n", "\u{feff}", "---\n"] {
        let (document, diagnostics) = read(text);
        assert!(diagnostics.is_empty(), "{text:?}");
        assert!(document.root.is_none_or(|root| root.is_blank()), "{text:?}");
        assert!(document.complete);
    }
}

#[test]
fn helpers_for_readers() {
    let (document, _) = read("a: 1\nb: [x]\nc:\n");
    let root = document.root.unwrap();
    assert_eq!(root.as_map().unwrap().len(), 3);
    assert!(root.as_text().is_none() && root.get("z").is_none());
    let name = |key: &str| root.get(key).unwrap().value.kind_name();
    assert_eq!(name("a").get(Lang::Zh), "文本");
    assert_eq!(name("b").get(Lang::Zh), "列表");
    assert_eq!(name("c").get(Lang::En), "nothing");
    assert!(root.get("c").unwrap().value.is_blank());
}

#[test]
fn wrong_colons() {
    assert_eq!(problems("标题：关于\n主送: x\n"), [("yaml-fullwidth-colon", 1, 3)]);
    assert_eq!(problems("a: b\n标题：关于\n"), [("yaml-fullwidth-colon", 2, 3)]);
    assert_eq!(problems("标题：关于\n文号：一号\n"), [("yaml-fullwidth-colon", 1, 3)]);
    assert_eq!(problems("u:\n  name：x\n  code: y\n"), [("yaml-fullwidth-colon", 2, 7)]);
    assert_eq!(problems("u:\n  - name：x\n    code: y\n"), [("yaml-fullwidth-colon", 2, 9)]);
    assert_eq!(problems("a: b\nname:区教育局\nc: d\n"), [("yaml-colon-needs-blank", 2, 5)]);
    assert_eq!(problems("name:区教育局\nc: d\n"), [("yaml-colon-needs-blank", 1, 5)]);
    assert_eq!(problems("u:\n  name:　区\n  c: d\n"), [("yaml-colon-needs-blank", 2, 7)]);
    assert_eq!(problems("a: b\n只有文字\nc: d\n"), [("yaml-colon-missing", 2, 1)]);
    assert_eq!(problems("a: 关于: 通知\n"), [("yaml-colon-in-text", 1, 6)]);
    assert_eq!(problems("- a: 关于: 通知\n"), [("yaml-colon-in-text", 1, 8)]);
    assert_eq!(problems("a: \"甲\": 乙\n").len(), 1);
}

#[test]
fn colons_that_are_right() {
    for text in
        ["a: 关于：通知\n", "a: 9:30\n", "a: http://x\n", "a: 甲：\n  乙：丙\n", "- 甲：乙\n"]
    {
        assert_eq!(problems(text), [], "{text}");
    }
}

#[test]
fn fields_read_as_text_are_found_on_request() {
    let found = |text: &str| {
        let (document, _) = read(text);
        let root = document.root.unwrap();
        let text = root.as_map().unwrap()[0].value.as_text().unwrap().clone();
        mistaken_entry(&text).map(|d| (d.code, d.span.clone().unwrap().start().line))
    };
    assert_eq!(found("u:\n  name：x\n"), Some(("yaml-fullwidth-colon", 2)));
    assert_eq!(found("u:\n  name:x\n"), Some(("yaml-colon-needs-blank", 2)));
    assert_eq!(found("u:\n  -甲\n"), Some(("yaml-dash-needs-blank", 2)));
    assert_eq!(found("u: name：x\n"), None, "a colon would not help here");
    assert_eq!(found("u: 区教育局\n"), None);
    assert_eq!(found("u: 'name：x'\n"), None);
    assert_eq!(found("u: -5\n"), None);
}

#[test]
fn indentation() {
    assert_eq!(problems("u:\n\tname: x\n"), [("yaml-tab-indent", 2, 1)]);
    assert_eq!(problems("u:\n  n: x\n\tcode: y\n"), [("yaml-tab-indent", 3, 1)]);
    assert_eq!(problems("u:\n  - n: x\n  \tcode: y\n"), [("yaml-tab-indent", 3, 3)]);
    assert_eq!(problems("u:\n　　name: x\n"), [("yaml-fullwidth-blank", 2, 1)]);
    assert_eq!(problems("u:\n  a: 1\n　　name: x\n"), [("yaml-fullwidth-blank", 3, 1)]);
    assert_eq!(problems("u:\n  a: 1\n  　b：x\n  c: 1\n"), [("yaml-fullwidth-blank", 3, 3)]);
    assert_eq!(problems("a:\n    b: 1\n  c: 2\n"), [("yaml-indent", 3, 3)]);
    assert_eq!(problems("a:\n  b: 1\n    c: 2\n"), [("yaml-indent", 3, 5)]);
    assert_eq!(problems("a: 甲\n  b: 乙\n"), [("yaml-indent", 2, 3)]);
    assert_eq!(problems("a: |\n  甲\n 乙\nb: 1\n"), [("yaml-block-indent", 3, 2)]);
    assert_eq!(problems("a: |\n  甲\n乙\nb: 1\n"), [("yaml-block-indent", 3, 1)]);
    assert_eq!(problems("a: |\n    甲\n   乙\n").len(), 1);
}

#[test]
fn dashes() {
    assert_eq!(problems("- a\n-b\n- c\n"), [("yaml-dash-needs-blank", 2, 1)]);
    assert_eq!(problems("x:\n  - a\n  -b\n"), [("yaml-dash-needs-blank", 3, 3)]);
    assert_eq!(problems("x:\n  -a\n  -b\n"), [("yaml-dash-needs-blank", 2, 3)]);
    assert_eq!(problems("x:\n  -name: a\n"), [("yaml-dash-needs-blank", 2, 3)]);
    assert_eq!(problems("x:\n  - a\n  -　b\n"), [("yaml-dash-needs-blank", 3, 3)]);
    assert_eq!(problems("- a\n - b\n"), [("yaml-dash-misaligned", 2, 2)]);
    assert_eq!(problems("x: - a\n"), [("yaml-dash-after-key", 1, 4)]);
    assert_eq!(problems("a: b\n- x\n"), [("yaml-list-and-fields-mixed", 2, 1)]);
    assert_eq!(problems("- x\na: b\n"), [("yaml-list-and-fields-mixed", 2, 1)]);
    assert_eq!(problems("a: -5\nb: ——甲\nc: |\n  -x\n  -y\n"), []);
}

#[test]
fn quotes() {
    assert_eq!(pointed("a: \"关于\nb: x\n"), ("yaml-quote-unclosed", "\"关于".into()));
    assert_eq!(pointed("a: '关于\nb: x\n"), ("yaml-quote-unclosed", "'关于".into()));
    assert_eq!(pointed("a: \"关于\nb: \"x\"\n"), ("yaml-quote-unclosed", "\"关于".into()));
    assert_eq!(pointed("a: \"甲\" 后面\n"), ("yaml-text-after-quote", "后面".into()));
    assert_eq!(pointed("- '甲'、'乙'\n"), ("yaml-text-after-quote", "、'乙'".into()));
    assert_eq!(pointed("a: \"\\\\C:\\数据\"\n"), ("yaml-escape", "\\数".into()));
    assert_eq!(pointed("a: \"甲\"#乙\n"), ("yaml-comment-needs-blank", "#".into()));
    assert_eq!(problems("a: “甲”乙\nb: 甲\"乙\"\n"), []);
    let (_, diagnostics) = read("a: \"关于”\n");
    let help = diagnostics.iter().next().unwrap().help.clone().unwrap();
    assert!(help.get(Lang::Zh).contains("中文引号"));
}

#[test]
fn special_first_characters() {
    assert_eq!(pointed("a: @甲\n"), ("yaml-reserved-start", "@".into()));
    assert_eq!(pointed("a: `甲`\n"), ("yaml-reserved-start", "`".into()));
    assert_eq!(pointed("a: %甲\n"), ("yaml-reserved-start", "%".into()));
    assert_eq!(pointed("a: * 甲\n"), ("yaml-reserved-start", "*".into()));
    assert_eq!(pointed("a: & 甲\n"), ("yaml-reserved-start", "&".into()));
    assert_eq!(pointed("%甲\n"), ("yaml-directive", "%甲".into()));
    assert_eq!(pointed("a: *甲\n"), ("yaml-alias", "*甲".into()));
    assert_eq!(pointed("a: **甲** 乙\n"), ("yaml-alias", "**甲**".into()));
    assert_eq!(pointed("a: !!str 乙\n"), ("yaml-tag", "!!str".into()));
    assert_eq!(pointed("a: !紧急\n"), ("yaml-tag", "!".into()));
    assert_eq!(pointed("a: | 甲\n"), ("yaml-block-header", "| 甲".into()));
    assert_eq!(pointed("a: > 甲\n"), ("yaml-block-header", "> 甲".into()));
}

#[test]
fn brackets() {
    assert_eq!(pointed("a: {甲\nb: c\n"), ("yaml-bracket-unclosed", "{".into()));
    assert_eq!(pointed("a: [甲\nb: c\n"), ("yaml-bracket-unclosed", "[".into()));
    assert_eq!(pointed("a: [急] 关于\n"), ("yaml-text-after-bracket", "关于".into()));
    assert_eq!(pointed("a: 1\nb: ]\n"), ("yaml-bracket-unopened", "]".into()));
    assert_eq!(pointed("a: [x, , y]\n").0, "yaml-bracket-syntax");
    assert_eq!(pointed("a: {{ title }}\n"), ("yaml-key-shape", "{ title }".into()));
}

#[test]
fn number_signs() {
    let (document, diagnostics) = read("a: 教学楼 #3 号\nb: 教学楼 # 3 号\nc: x #3\nd: 甲#3\n");
    let found: Vec<_> = diagnostics.iter().map(|d| (d.code, d.severity)).collect();
    assert_eq!(found, [("yaml-comment-in-text", Severity::Warning)]);
    assert!(document.complete);
    assert_eq!(problems("a: 甲 # 乙\n  丙\n"), [("yaml-comment-in-text", 1, 6)]);
}

#[test]
fn keys() {
    let (document, diagnostics) = read("a: 1\n\"a\": 2\nb: 3\n");
    assert_eq!(problems("a: 1\n\"a\": 2\nb: 3\n"), [("yaml-duplicate-key", 2, 1)]);
    let note = diagnostics.iter().next().unwrap().notes[0].clone();
    assert_eq!(note.span.start().line, 1);
    assert_eq!(short(&document.root.unwrap()), "{a=1,b=3}");
    assert_eq!(problems(": x\n"), [("yaml-key-missing", 1, 1)]);
    assert_eq!(problems("? [a, b]\n: c\nd: e\n"), [("yaml-key-shape", 1, 3)]);
    assert_eq!(problems("x: 1\ny:\n  x: 1\n"), []);
}

#[test]
fn one_record_in_a_file() {
    assert_eq!(problems("---\na: 1\n...\n"), []);
    let text = "a: |\n  x\n---\nb: 1\n";
    assert_eq!(problems(text), [("yaml-several-documents", 3, 1)]);
    assert_eq!(tree(text), "{a=x\n}");
    assert!(!read(text).0.complete);
}

#[test]
fn invisible_characters() {
    assert_eq!(problems("a: 甲\0乙\n"), [("yaml-control-character", 1, 5)]);
    assert_eq!(problems("a: 甲乙\u{7}丙\n"), [("yaml-control-character", 1, 6)]);
    assert_eq!(problems("a: |\n  甲\n  乙\u{b}丙\n"), [("yaml-control-character", 3, 4)]);
    assert_eq!(problems("a: 1\n\u{feff}b: 1\n").len(), 1);
}

#[test]
fn finished_entries_survive_an_error() {
    let after = |text: &str| {
        let (document, diagnostics) = read(text);
        assert!(diagnostics.has_errors() && !document.complete);
        document.root.as_ref().map(short).unwrap_or_default()
    };
    assert_eq!(after("a: 1\nb: 2\nc: \"x\n"), "{a=1,b=2}");
    assert_eq!(after("a: 1\nb: 2\nname:x\n"), "{a=1,b=2}");
    assert_eq!(after("a: 1\nb:\n  c: 1\n  d: @\n"), "{a=1}", "b is not whole");
    assert_eq!(after("a: 1\nb: 2: 3\n"), "{a=1}");
    assert_eq!(after("a: 1\nb: 2\n  c: 3\n"), "{a=1}", "the text of b is not sound");
    assert_eq!(after("a: 1\nb: |\n  2\n 3\n"), "{a=1}", "b may go on");
    assert_eq!(after("- 1\n- 2\n- @\n"), "[1,2]");
    assert_eq!(after("标题：x\n主送: y\n"), "");
}

#[test]
fn limits() {
    let large = format!("a: {}\n", "x".repeat(4 * 1024 * 1024));
    assert_eq!(problems(&large), [("yaml-too-large", 1, 1)]);
    let many = "- 1\n".repeat(200_001);
    assert_eq!(problems(&many), [("yaml-too-many-values", 200_000, 3)]);
    let fits = "- ".repeat(64);
    assert_eq!(problems(&format!("{fits}x\n")), []);
    assert_eq!(problems(&format!("- {fits}x\n")), [("yaml-too-deep", 1, 129)]);
    assert_eq!(problems(&"[".repeat(100)), [("yaml-too-deep", 1, 65)]);
    let comments = "# 注\n".repeat(500);
    assert_eq!(problems(&format!("a:\n{comments}b: 1\n")), []);
}

#[test]
fn one_cause_is_reported_once() {
    assert_eq!(problems("a: *甲* 与 *乙*\nb: 1\n"), [("yaml-alias", 1, 4)]);
}

#[test]
fn errors_carry_the_words_of_the_parser_and_what_to_do() {
    let (_, diagnostics) = read("a: b\n只有文字\n");
    let problem = diagnostics.iter().next().unwrap();
    assert!(problem.detail.as_ref().unwrap().contains("simple key"));
    assert!(problem.help.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in the file: no panic, all places in the source, help with each problem.
    #[test]
    fn any_file(parts in prop::collection::vec(prop::sample::select(vec![
        "a", "甲", ": ", "：", ":", "- ", "-", "\n", "\n  ", "\n    ", "\t", "　", "\"", "'", "|",
        ">", "[", "]", "{", "}", ", ", "#", " #", "*", "&", "!", "%", "@", "---\n", "\r\n", "\\",
        "\u{feff}", "\0", "?", "😀", "...",
    ]), 0..40)) {
        let text = parts.concat();
        let (document, diagnostics) = read(&text);
        for problem in diagnostics.iter() {
            prop_assert!(problem.help.is_some());
            prop_assert!(problem.span.as_ref().unwrap().range().end <= text.len());
        }
        prop_assert!(document.complete || diagnostics.has_errors());
    }
}
