use super::*;
use crate::text;
use proptest::prelude::*;

const WIDTH: usize = 60;

fn plain(diagnostic: &Diagnostic) -> String {
    let style = Style { color: false, width: WIDTH };
    human(diagnostic, Lang::Zh, style)
}

fn problem() -> Diagnostic {
    Diagnostic::error("unit-unknown", text!("没有这个单位", "no such unit"))
}

/// The place of `part` in a source with this text.
fn span(text: &str, part: &str) -> Span {
    span_in(&Source::new("内容/a.yaml", text), part)
}

fn span_in(source: &Arc<Source>, part: &str) -> Span {
    let start = source.text().find(part).unwrap();
    Span::new(source.clone(), start..start + part.len())
}

#[test]
fn han_columns() {
    let place = span("标题: 通知\n牵头单位: “区卫健委”、区发改局\n", "区卫健委");
    insta::assert_snapshot!(plain(&problem().at(&place)), @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:2:8
      |
    2 | 牵头单位: “区卫健委”、区发改局
      |            ^^^^^^^^
    ");
}

#[test]
fn english() {
    let place = span("unit: 区卫健委\n", "区卫健委");
    let problem = problem().at(&place).help(text!("改正", "correct the name"));
    let out = human(&problem.detail("unknown"), Lang::En, Style::default());
    insta::assert_snapshot!(out, @"
    error[unit-unknown]: no such unit
     --> 内容/a.yaml:1:7
      |
    1 | unit: 区卫健委
      |       ^^^^^^^^
      |
      = help: correct the name
      = detail: unknown
    ");
}

#[test]
fn tabs_emoji_and_combining_marks() {
    let place = span("\t键:\t😀 e\u{301}e\u{301} 错误 后\n", "错误");
    insta::assert_snapshot!(plain(&problem().at(&place)), @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:1:12
      |
    1 |     键:    😀 éé 错误 后
      |                  ^^^^
    ");
}

#[test]
fn several_lines() {
    let place = span("一: |\n  二二\n  三三\n四: 五\n", "二二\n  三三\n");
    insta::assert_snapshot!(plain(&problem().at(&place)), @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:2:3
      |
    2 | /   二二
    3 | |   三三
      | |______^
    ");
    let place = span("一: |\n  二二\n  三三\n四: 五\n", "|\n  二二\n  三三\n");
    insta::assert_snapshot!(plain(&problem().at(&place)), @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:1:4
      |
    1 |   一: |
      |  _____^
    2 | |   二二
    3 | |   三三
      | |______^
    ");
}

#[test]
fn the_end_of_a_file() {
    let source = Source::new("a.yaml", "1\n2\n3\n4\n5\n6\n7\n8\n一: [二,\n");
    let end = source.text().len();
    let place = Span::new(source, end..end);
    insta::assert_snapshot!(plain(&problem().at(&place)), @"
    错误[unit-unknown]: 没有这个单位
      --> a.yaml:10:1
       |
     9 | 一: [二,
    10 |
       | ^
    ");
    let source = Source::new("a.yaml", "一: [二,");
    let place = Span::new(source, 99..99);
    insta::assert_snapshot!(plain(&problem().at(&place)), @"
    错误[unit-unknown]: 没有这个单位
     --> a.yaml:1:7
      |
    1 | 一: [二,
      |         ^
    ");
}

#[test]
fn a_file_as_a_whole() {
    let place = Span::file(Source::new("a.yaml", "甲: 一\n"));
    let problem = problem().at(&place).help(text!("补上", "add it"));
    insta::assert_snapshot!(plain(&problem), @"
    错误[unit-unknown]: 没有这个单位
     --> a.yaml
      |
      = 帮助：补上
    ");
}

#[test]
fn a_note_on_a_file_as_a_whole() {
    let note = Span::file(Source::new("b.yaml", ""));
    let problem =
        problem().at(&span("甲: 一\n", "一")).note(text!("名录是空的", "the list is empty"), &note);
    insta::assert_snapshot!(plain(&problem), @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:1:4
      |
    1 | 甲: 一
      |     ^^
      |
     ::: b.yaml:1:1
      |
    1 |
      | - 名录是空的
    ");
}

#[test]
fn deep_indentation() {
    let line = format!("{}甲: 乙\n", " ".repeat(40));
    insta::assert_snapshot!(plain(&problem().at(&span(&line, "乙"))), @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:1:44
      |
    1 | ...                   甲: 乙
      |                           ^^
    ");
}

#[test]
fn several_labels_in_one_line() {
    let source = Source::new("a.yaml", "单位: [甲办，乙局，丙委，丁队]\n");
    let problem = problem()
        .at(&span_in(&source, "丙委"))
        .note(text!("先是这里", "first"), &span_in(&source, "甲办"))
        .note(text!("后是这里", "then"), &span_in(&source, "乙局"))
        .note(text!("又是这里", "again"), &span_in(&source, "丁队"));
    insta::assert_snapshot!(plain(&problem), @"
    错误[unit-unknown]: 没有这个单位
     --> a.yaml:1:12
      |
    1 | 单位: [甲办，乙局，丙委，丁队]
      |        ----  ----  ^^^^  ---- 又是这里
      |        |     |
      |        |     后是这里
      |        先是这里
    ");
}

#[test]
fn several_lines_with_a_note_in_them() {
    let source = Source::new("a.yaml", "甲:\n  乙: 一二\n  丙: 三四\n丁: 五\n");
    let problem = problem()
        .at(&span_in(&source, "乙: 一二\n  丙: 三四"))
        .note(text!("在这里", "here"), &span_in(&source, "三四"));
    insta::assert_snapshot!(plain(&problem), @"
    错误[unit-unknown]: 没有这个单位
     --> a.yaml:2:3
      |
    2 | /   乙: 一二
    3 | |   丙: 三四
      | |_______---^
      |         |
      |         在这里
    ");
}

#[test]
fn a_very_long_line() {
    let line = format!("工作内容: {}错处{}\n", "前面的字。".repeat(30), "后面的字。".repeat(30));
    insta::assert_snapshot!(plain(&problem().at(&span(&line, "错处"))), @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:1:157
      |
    1 | ...。前面的字。前面的字。错处后面的字。后面的字。后...
      |                          ^^^^
    ");
}

#[test]
fn a_very_long_place() {
    let words = "很长的一段话。".repeat(40);
    let line = format!("工作内容: {words}\n");
    insta::assert_snapshot!(plain(&problem().at(&span(&line, &words))), @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:1:7
      |
    1 | 工作内容: 很长的一段话。很长的一段话。很长的一段话...
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    ");
}

#[test]
fn several_very_long_lines() {
    let first = "第一段很长的话。".repeat(20);
    let second = "第二段很长的话。".repeat(20);
    let line = format!("内容: |\n  {first}\n  {second}\n");
    let place = span(&line, &line["内容: ".len()..]);
    insta::assert_snapshot!(plain(&problem().at(&place)), @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:1:5
      |
    1 |   内容: |
      |  _______^
    2 | |   第一段很长的话。第一段很长的话。第一段很长的话。...
    3 | | ...二段很长的话。第二段很长的话。第二段很长的话。
      | |_________________________________________________^
    ");
}

#[test]
fn notes_in_the_same_file() {
    let text = "甲: 一\n乙: 二\n丙: 三\n丁: 四\n戊: 五，六\n";
    let source = Source::new("a.yaml", text);
    let problem = problem()
        .at(&span_in(&source, "五"))
        .note(text!("这里先写了", "first here"), &span_in(&source, "一"))
        .note(text!("这里又写了", "again here"), &span_in(&source, "六"))
        .help(text!("删去一个。", "Remove one."));
    insta::assert_snapshot!(plain(&problem), @"
    错误[unit-unknown]: 没有这个单位
     --> a.yaml:5:4
      |
    1 | 甲: 一
      |     -- 这里先写了
    ...
    5 | 戊: 五，六
      |     ^^  -- 这里又写了
      |
      = 帮助：删去一个。
    ");
}

#[test]
fn notes_far_apart_in_one_long_line() {
    let line = format!("内容: 甲{}乙{}\n", "中间的字。".repeat(30), "后面的字。".repeat(30));
    let source = Source::new("a.yaml", line);
    let problem = problem()
        .at(&span_in(&source, "乙"))
        .note(text!("先在这里", "first here"), &span_in(&source, "甲"));
    insta::assert_snapshot!(plain(&problem), @"
    错误[unit-unknown]: 没有这个单位
     --> a.yaml:1:156
      |
    1 | 内容: 甲中间的字。中间...中间的字。乙后面的字。...
      |       -- 先在这里                      ^^
    ");
}

#[test]
fn a_note_in_another_file() {
    let units = "单位:\n".repeat(120) + "  - 区卫生健康局\n";
    let units = Source::new("单位.yaml", units);
    let problem = problem()
        .at(&span("单位: 区卫健委\n", "区卫健委"))
        .note(text!("名录里是这样", "listed so"), &span_in(&units, "区卫生健康局"))
        .help(text!("改成名录里的名称。", "Use the listed name."))
        .detail("first line\nsecond line");
    insta::assert_snapshot!(plain(&problem), @"
    错误[unit-unknown]: 没有这个单位
       --> 内容/a.yaml:1:5
        |
      1 | 单位: 区卫健委
        |       ^^^^^^^^
        |
       ::: 单位.yaml:121:5
        |
    121 |   - 区卫生健康局
        |     ------------ 名录里是这样
        |
        = 帮助：改成名录里的名称。
        = 原文：first line
                second line
    ");
}

#[test]
fn without_a_place() {
    let problem = Diagnostic::warning("font-missing", text!("缺少字体", "a font is missing"))
        .help(text!("安装字体。", "Install it."))
        .detail("not found");
    insta::assert_snapshot!(plain(&problem), @"
    警告[font-missing]: 缺少字体
      = 帮助：安装字体。
      = 原文：not found
    ");
    insta::assert_snapshot!(plain(&Diagnostic::hint("x", text!("提醒", "hint"))), @"提示[x]: 提醒");
}

#[test]
fn windows_line_endings() {
    let text = "甲: 一\r\n乙: 二\r\n丙: 三\r\n";
    let out = plain(&problem().at(&span(text, "乙: 二\r\n")));
    assert!(!out.contains(['\r', '␍']), "{out:?}");
    insta::assert_snapshot!(out, @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:2:1
      |
    2 | 乙: 二
      | ^^^^^^
    ");
    let out = plain(&problem().at(&span(text, "一\r\n乙: 二\r\n")));
    assert!(!out.contains(['\r', '␍']), "{out:?}");
    insta::assert_snapshot!(out, @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:1:4
      |
    1 |   甲: 一
      |  _____^
    2 | | 乙: 二
      | |______^
    ");
}

#[test]
fn a_byte_order_mark_takes_no_column() {
    insta::assert_snapshot!(plain(&problem().at(&span("\u{feff}键: 值\n", "键"))), @"
    错误[unit-unknown]: 没有这个单位
     --> 内容/a.yaml:1:1
      |
    1 | 键: 值
      | ^^
    ");
}

#[test]
fn without_colour_nothing_reaches_the_terminal_but_text() {
    let evil = "\u{1b}[31m\u{9b}1m\u{7}";
    let source = Source::new(format!("a{evil}.yaml"), format!("键: {evil}值\n"));
    let span = span_in(&source, "值");
    let problem = Diagnostic::error("x", crate::diag::Text::new(evil, evil))
        .at(&span)
        .note(crate::diag::Text::new(evil, evil), &span)
        .help(crate::diag::Text::new(evil, evil))
        .detail(evil);
    let out = plain(&problem);
    let controls: Vec<char> = out.chars().filter(|c| c.is_control() && *c != '\n').collect();
    assert!(controls.is_empty(), "{controls:?} in {out}");
}

#[test]
fn colour_changes_nothing_but_the_colour() {
    let problem = problem().at(&span("甲: 一二\n", "二")).help(text!("改正", "correct it"));
    let style = Style { color: true, width: WIDTH };
    let coloured = human(&problem, Lang::Zh, style);
    assert!(coloured.starts_with("\u{1b}["));
    let mut stripped = String::new();
    for (index, part) in coloured.split('\u{1b}').enumerate() {
        let text = if index == 0 { part } else { part.split_once('m').unwrap().1 };
        stripped.push_str(text);
    }
    assert_eq!(stripped, plain(&problem));
}

/// The part of `line` in the columns under which `marks` has carets.
fn above_carets<'a>(line: &'a str, marks: &str) -> &'a str {
    let start = marks.find('^').unwrap();
    let end = marks.rfind('^').unwrap() + 1;
    let byte_at = |column: usize| {
        let mut taken = 0;
        line.char_indices()
            .find(|&(_, c)| {
                let here = taken >= column;
                taken += cut::text_width(c.encode_utf8(&mut [0; 4]));
                here
            })
            .map_or(line.len(), |(at, _)| at)
    };
    &line[byte_at(start)..byte_at(end)]
}

proptest! {
    /// In lines of any characters and length the carets stand exactly under the place, and the
    /// drawing keeps to the terminal.
    #[test]
    fn carets_stand_under_the_place(
        before in "[a 字\\t😀，：]{0,200}",
        part in "[A误🚩]{1,8}",
        after in "[a 字\\t😀，：]{0,200}",
        first_line in 0usize..120,
        width in 50usize..120,
    ) {
        let text = "前\n".repeat(first_line) + &before + &part + &after + "\n";
        let style = Style { color: false, width };
        let out = human(&problem().at(&span(&text, &part)), Lang::En, style);
        let lines: Vec<_> = out.lines().collect();
        let (line, marks) = (lines[3], lines[4]);
        prop_assert!(cut::text_width(line) <= width, "{}", out);
        prop_assert_eq!(above_carets(line, marks), part, "{}", out);
    }

    /// No text and no places make the drawing fail.
    #[test]
    fn any_places_in_any_text_can_be_drawn(
        text in "[a字 \t\r\n\u{301}\u{feff}]{0,60}",
        places in prop::collection::vec((0usize..200, 0usize..200), 1..5),
        width in 0usize..80,
        color: bool,
    ) {
        let source = Source::new("a.yaml", text);
        let mut spans = places.iter().map(|&(a, b)| Span::new(source.clone(), a.min(b)..a.max(b)));
        let mut problem = problem();
        problem.span = spans.next();
        for span in spans {
            problem = problem.note(text!("注意", "note"), &span);
        }
        let out = human(&problem, Lang::Zh, Style { color, width });
        prop_assert!(out.lines().count() > 1);
    }
}
