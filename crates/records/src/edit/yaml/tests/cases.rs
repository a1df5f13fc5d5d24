//! Single changes, with the whole text that comes of them.

use super::*;

const ITEMS: &str = "\
# 任务
- section: 发展   # 第一部分
  text: |
    推进5G网络建设。
  units: [区经信局, 区住建局]
  targets:
    - {name: 新建5G基站, ge: 260, measure: 个}   # 省里定的
  deadline: 2025

# 民生
- section: '民生'
  text: 新建学校2所。
  units:
    - 区教育局   # 牵头
    # 还没商量
    - 区财政局
";

#[test]
fn a_value_is_changed_in_its_place() {
    assert_eq!(
        changed(ITEMS, set("0.deadline", text("2025-09"))),
        ITEMS.replace("deadline: 2025", "deadline: 2025-09")
    );
    assert_eq!(changed(ITEMS, set("0.targets.0.ge", text("300"))), ITEMS.replace("260", "300"));
    assert_eq!(changed(ITEMS, set("1.section", text("教育"))), ITEMS.replace("'民生'", "'教育'"));
    assert_eq!(
        changed(ITEMS, set("0.text", Value::Prose("推进5G和千兆光网建设。\n\n- 一\n- 二".into()))),
        ITEMS.replace("推进5G网络建设。", "推进5G和千兆光网建设。\n\n    - 一\n    - 二")
    );
    assert_eq!(
        changed(ITEMS, set("0.targets.0.measure", text("%"))),
        ITEMS.replace("measure: 个", "measure: '%'"),
        "in the quotes of the file"
    );
}

#[test]
fn fields_come_and_go() {
    assert_eq!(
        changed(ITEMS, set("1.deadline", text("2025-Q3"))),
        format!("{ITEMS}  deadline: 2025-Q3\n")
    );
    assert_eq!(changed(ITEMS, remove("0.deadline")), ITEMS.replace("  deadline: 2025\n", ""));
    assert_eq!(
        changed(ITEMS, remove("0.section")),
        ITEMS.replace("- section: 发展   # 第一部分\n  text", "- # 第一部分\n  text")
    );
    assert_eq!(
        changed(ITEMS, set("0.contact.phone", text("1"))),
        ITEMS.replace("  deadline: 2025\n", "  deadline: 2025\n  contact: {phone: 1}\n")
    );
    let options = Options { keys: &["id", "section", "order", "text"], ..Options::default() };
    assert_eq!(
        try_change(ITEMS, &set("0.order", text("3")), options).unwrap(),
        ITEMS.replace("# 第一部分\n", "# 第一部分\n  order: 3\n")
    );
    assert_eq!(
        try_change(ITEMS, &set("1.id", text("t2")), options).unwrap(),
        ITEMS.replace("- section: '民生'", "- id: t2\n  section: '民生'")
    );
}

#[test]
fn entries_come_and_go() {
    assert_eq!(
        changed(ITEMS, insert("0.units", 1, text("区数据局"))),
        ITEMS.replace("[区经信局, ", "[区经信局, 区数据局, ")
    );
    assert_eq!(
        changed(ITEMS, insert("1.units", 2, text("区人力社保局"))),
        format!("{ITEMS}    - 区人力社保局\n")
    );
    assert_eq!(changed(ITEMS, remove("0.units.0")), ITEMS.replace("区经信局, ", ""));
    assert_eq!(
        changed(ITEMS, remove("1.units.0")),
        ITEMS.replace("    - 区教育局   # 牵头\n", "    # 牵头\n"),
        "comments stay"
    );
    let target = Value::Map(vec![("name".into(), text("公共算力")), ("ge".into(), text("500"))]);
    assert_eq!(
        changed(ITEMS, insert("0.targets", 1, target.clone())),
        ITEMS.replace("# 省里定的\n", "# 省里定的\n    - {name: 公共算力, ge: 500}\n")
    );
    assert_eq!(
        changed(ITEMS, set("1.targets", Value::List(vec![target]))),
        format!("{ITEMS}  targets:\n    - {{name: 公共算力, ge: 500}}\n")
    );
    assert_eq!(
        changed(ITEMS, remove("0.targets.0")),
        ITEMS.replace(
            "  targets:\n    - {name: 新建5G基站, ge: 260, measure: 个}   # 省里定的\n",
            "  targets: []\n    # 省里定的\n"
        )
    );
}

#[test]
fn whole_items() {
    let item = Value::Map(vec![
        ("section".into(), text("发展")),
        ("text".into(), Value::Prose("修路。".into())),
        ("units".into(), texts(&["区交通局"])),
    ]);
    assert_eq!(
        changed(ITEMS, insert("", 2, item.clone())),
        format!("{ITEMS}\n- section: '发展'\n  text: 修路。\n  units:\n    - 区交通局\n")
    );
    assert_eq!(
        changed(ITEMS, insert("", 1, item)),
        ITEMS.replace(
            "  deadline: 2025\n",
            "  deadline: 2025\n\n- section: 发展\n  text: |\n    修路。\n  units: [区交通局]\n"
        )
    );
    assert_eq!(
        changed(ITEMS, shift("", 1, 0)),
        "# 任务\n# 民生\n- section: '民生'\n  text: 新建学校2所。\n  units:\n    - 区教育局   # 牵头\n    # 还没商量\n    - 区财政局\n\n\
         - section: 发展   # 第一部分\n  text: |\n    推进5G网络建设。\n  units: [区经信局, 区住建局]\n  targets:\n    - {name: 新建5G基站, ge: 260, measure: 个}   # 省里定的\n  deadline: 2025\n"
    );
    let three = "- a\n\n- b\n\n- c\n";
    assert_eq!(changed(three, remove("1")), "- a\n\n- c\n");
    assert_eq!(changed(three, remove("2")), "- a\n\n- b\n");
    assert_eq!(changed(three, remove("0")), "- b\n\n- c\n");
    assert_eq!(changed(three, shift("", 0, 2)), "- b\n\n- c\n\n- a\n");
    assert_eq!(changed(three, insert("", 0, text("z"))), "- z\n\n- a\n\n- b\n\n- c\n");
}

#[test]
fn line_ends_marks_and_ends_of_files() {
    let crlf = ITEMS.replace('\n', "\r\n");
    assert_eq!(
        changed(&crlf, set("1.deadline", text("2025"))),
        format!("{crlf}  deadline: 2025\r\n")
    );
    assert_eq!(changed("\u{feff}a: 1\n", set("a", text("2"))), "\u{feff}a: 2\n");
    assert_eq!(changed("\u{feff}a: 1\n", set("b", text("2"))), "\u{feff}a: 1\nb: 2\n");
    assert_eq!(changed("\u{feff}a: 1\nb: 2\n", remove("a")), "\u{feff}b: 2\n");
    assert_eq!(changed("a: 1", set("b", text("2"))), "a: 1\nb: 2");
    assert_eq!(changed("- a", insert("", 1, text("b"))), "- a\n- b");
    assert_eq!(changed("a: 1\nb: 2", remove("b")), "a: 1\n");
}

#[test]
fn files_without_a_value() {
    assert_eq!(changed("", set("a", text("1"))), "a: 1\n");
    assert_eq!(changed("# 注\n", set("a.b", text("1"))), "# 注\na: {b: 1}\n");
    assert_eq!(changed("# 注", set("a", text("1"))), "# 注\na: 1");
    assert_eq!(changed("# 注\n", insert("", 0, text("1"))), "# 注\n- 1\n");
    assert_eq!(changed("---\n# 注\n", set("a", text("1"))), "---\n# 注\na: 1\n");
    assert_eq!(changed("a:\n", set("a.b", text("1"))), "a: {b: 1}\n");
    assert_eq!(changed("a:   # 注\nb: 1\n", set("a", text("2"))), "a: 2   # 注\nb: 1\n");
    assert_eq!(changed("a: ~\n", set("a", texts(&["x"]))), "a: [x]\n");
    assert_eq!(changed("a:\n  -\n  - x\n", set("a.0", text("y"))), "a:\n  - y\n  - x\n");
    assert_eq!(changed("a: []\n", insert("a", 0, text("y"))), "a: [y]\n");
    assert_eq!(changed("a: {}\n", set("a.b", text("y"))), "a: {b: y}\n");
}

#[test]
fn brackets_over_lines() {
    let yaml = "units: [\n  甲,   # 一\n  乙\n]   # 全\n";
    assert_eq!(
        changed(yaml, insert("units", 2, text("丙"))),
        "units: [\n  甲,   # 一\n  乙, 丙\n]   # 全\n"
    );
    assert_eq!(changed(yaml, shift("units", 0, 1)), "units: [\n  乙,   # 一\n  甲\n]   # 全\n");
    let wide = "units: [甲,\n        乙,\n        丙]\n";
    assert_eq!(
        changed(wide, insert("units", 1, text("丁"))),
        "units: [甲,\n        丁,\n        乙,\n        丙]\n"
    );
    assert_eq!(changed("a: { b: 1 }\n", set("a.c", text("x, y"))), "a: { b: 1, c: \"x, y\" }\n");
    assert_eq!(changed("a: {b: 1, c: 2}\n", remove("a.b")), "a: {c: 2}\n");
    assert_eq!(changed("a: [x]\n", remove("a.0")), "a: []\n");
    let with_comments = changed(yaml, remove("units.0"));
    assert!(
        with_comments.contains("# 一") && read(&with_comments) == read("units: [乙]"),
        "{with_comments}"
    );
}

#[test]
fn folded_and_quoted_texts() {
    let folded = "a: >\n  推进数字化改革，\n  形成工作闭环。\nb: 1\n";
    assert_eq!(
        changed(folded, set("a", Value::Prose("推进数字化改革，形成管理闭环。".into()))),
        folded.replace("工作", "管理")
    );
    let long = "推进数字化改革，建立健全协同机制，形成工作闭环。".to_owned();
    let new = changed(folded, set("a", Value::Prose(long.clone())));
    assert!(new.lines().all(|line| line.chars().count() <= 32), "{new}");
    assert_eq!(read(&new).get(&path("a")), Some(&text(&format!("{long}\n"))));
    let quoted = "a: \"推进\n  数字化\"\n";
    assert_eq!(changed(quoted, set("a", text("推进信息化"))), "a: \"推进\n  信息化\"\n");
    assert_eq!(
        changed(quoted, set("a", text("推进5G化"))),
        "a: \"推进5G化\"\n",
        "a line break before 5G would be a blank"
    );
    assert_eq!(changed("a: 'x'\n", set("a", text("it's"))), "a: 'it''s'\n");
    assert_eq!(changed("a: x\n", set("a", text("x: y"))), "a: \"x: y\"\n");
    assert_eq!(
        changed("a: |  # 注\n  甲\n  乙\nb: 1\n", set("a", text("丙\n"))),
        "a: |  # 注\n  丙\nb: 1\n"
    );
    assert_eq!(
        changed("a: |  # 注\n  甲\nb: 1\n", set("a", texts(&["丙"]))),
        "a: [丙]  # 注\nb: 1\n"
    );
}

#[test]
fn values_of_another_kind() {
    let yaml = "a:\n  # 注\n  - x # 一\n  - y\nb: 1\n";
    assert_eq!(changed(yaml, set("a", text("z"))), "a: z\n  # 注\n  # 一\nb: 1\n");
    assert_eq!(
        changed("a: x # 注\nb: [1, 2]\n", set("a", texts(&["y"]))),
        "a: [y] # 注\nb: [1, 2]\n"
    );
    let long = Value::List((0..9).map(|n| text(&format!("青溪区人民政府{n}"))).collect());
    let new = changed("b: 1\na: x # 注\n", set("a", long.clone()));
    assert!(new.starts_with("b: 1\na: # 注\n  - 青溪区人民政府0\n  - "), "{new}");
}

#[test]
fn a_list_set_anew_keeps_its_comments() {
    let yaml = "units:\n  - 甲 # 一\n  - 乙 # 二\n  - 丙\n";
    assert_eq!(
        changed(yaml, set("units", texts(&["甲", "丁", "丙", "戊"]))),
        "units:\n  - 甲 # 一\n  - 丁 # 二\n  - 丙\n  - 戊\n"
    );
    assert_eq!(changed(yaml, set("units", texts(&["丙"]))), "units:\n  # 一\n  # 二\n  - 丙\n");
}

const ALIASES: &str = "- units: &three [甲, 乙]   # 牵头在前\n- units: *three\n- units: *three\n";

#[test]
fn values_behind_aliases() {
    assert_eq!(refused(ALIASES, insert("1.units", 0, text("丙"))), "edit-alias");
    assert_eq!(refused(ALIASES, insert("0.units", 0, text("丙"))), "edit-anchor");
    assert_eq!(refused(ALIASES, remove("0")), "edit-anchor");
    assert_eq!(
        changed(ALIASES, set("1.units", texts(&["丙"]))),
        ALIASES.replacen("*three", "[丙]", 1),
        "the alias itself is replaced"
    );
    let out = Options { write_out: true, ..Options::default() };
    assert_eq!(
        try_change(ALIASES, &insert("1.units", 2, text("丙")), out).unwrap(),
        ALIASES.replacen("*three", "[甲, 乙, 丙]", 1)
    );
    assert_eq!(
        try_change(ALIASES, &insert("0.units", 2, text("丙")), out).unwrap(),
        "- units: [甲, 乙, 丙]   # 牵头在前\n- units: [甲, 乙]\n- units: [甲, 乙]\n"
    );
    let all = ["0.units.0", "1.units.0", "2.units.0"].map(|at| (path(at), "丁".to_owned()));
    assert_eq!(
        changed(ALIASES, Change::Texts(all.to_vec())),
        ALIASES.replace('甲', "丁"),
        "all of them at once"
    );
    assert_eq!(refused(ALIASES, Change::Texts(all[..2].to_vec())), "edit-anchor");
}

#[test]
fn what_is_refused() {
    assert_eq!(refused(ITEMS, remove("0.order")), "edit-no-place");
    assert_eq!(refused(ITEMS, set("7.order", text("1"))), "edit-no-place");
    assert_eq!(refused(ITEMS, insert("0.units", 9, text("1"))), "edit-no-place");
    assert_eq!(refused("a: [1\n", set("a", text("1"))), "edit-file-broken");
}

#[test]
fn nothing_to_do() {
    assert_eq!(changed(ITEMS, set("0.deadline", text("2025"))), ITEMS);
    assert_eq!(changed(ITEMS, shift("", 1, 1)), ITEMS);
}

/// Lists that are not indented further than their key: the parser puts their start elsewhere.
#[test]
fn lists_below_their_key() {
    let yaml = "a:\n- [x]\n- - y\n  - z\n-\n- w # 注\nb: 1\n";
    assert_eq!(changed(yaml, insert("a", 0, text("v"))), yaml.replace("a:\n", "a:\n- v\n"));
    assert_eq!(changed(yaml, insert("a", 4, text("v"))), yaml.replace("b: 1", "- v\nb: 1"));
    assert_eq!(changed(yaml, remove("a.0")), yaml.replace("- [x]\n", ""));
    assert_eq!(changed(yaml, remove("a.1.0")), yaml.replace("- - y\n  - z", "- - z"));
    assert_eq!(changed(yaml, set("a.2", text("v"))), yaml.replace("-\n", "- v\n"));
    let prose = Value::List(vec![Value::Prose("一\n二".into())]);
    assert_eq!(changed(yaml, set("c", prose)), format!("{yaml}c:\n- |\n  一\n  二\n"));
    assert_eq!(changed("a:\n-\n- x\n", insert("a", 0, text("v"))), "a:\n- v\n-\n- x\n");
}
