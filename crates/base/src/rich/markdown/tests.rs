//! What comes out of which Markdown, in a notation of its own: `S(…)` strong, `E(…)` emphasis,
//! `L<address>(…)` link, `/` line break, `|` between paragraphs, `#1(…)` heading, `•[…]` and
//! `3.[…]` lists with `;` between entries, `T[caption,unit](<a,=b,>c;d,e,f)` a table whose first row says
//! where its columns stand.

use super::{Allow, markdown};
use crate::columns::ColumnAlign;
use crate::diag::{Diagnostics, Lang, Source, SourceText, Span};
use crate::rich::{Block, Inline, Table};

pub(super) fn source(text: &str) -> SourceText {
    let source = Source::new("content/a.yaml", text);
    let span = Span::new(source, 0..text.len());
    SourceText::new(text.to_owned(), span, vec![(0, 0)])
}

fn blocks(blocks: &[Block]) -> String {
    let all: Vec<String> = blocks.iter().map(block).collect();
    all.join("|")
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph { inlines } => line(inlines),
        Block::Heading { level, inlines } => format!("#{level}({})", line(inlines)),
        Block::List { start, entries } => {
            let sign = start.map_or("•".to_owned(), |n| format!("{n}."));
            let entries: Vec<String> = entries.iter().map(|e| blocks(e)).collect();
            format!("{sign}[{}]", entries.join(";"))
        }
        Block::Table(content) => table(content),
    }
}

fn table(table: &Table) -> String {
    let sign = |align: &ColumnAlign| match align {
        ColumnAlign::Left => "<",
        ColumnAlign::Center => "=",
        ColumnAlign::Right => ">",
    };
    let heads = table.aligns.iter().zip(&table.head);
    let head: Vec<String> = heads.map(|(a, cell)| format!("{}{}", sign(a), line(cell))).collect();
    let row = |row: &Vec<Vec<Inline>>| row.iter().map(|c| line(c)).collect::<Vec<_>>().join(",");
    let rows = std::iter::once(head.join(",")).chain(table.rows.iter().map(row));
    let unit = table.unit.as_deref().unwrap_or_default();
    format!("T[{},{unit}]({})", line(&table.caption), rows.collect::<Vec<_>>().join(";"))
}

fn line(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text { text } | Inline::Name { text } => text.clone(),
            Inline::Strong { inlines } => format!("S({})", line(inlines)),
            Inline::Emphasis { inlines } => format!("E({})", line(inlines)),
            Inline::Link { href, inlines } => format!("L<{href}>({})", line(inlines)),
            Inline::Break => "/".to_owned(),
        })
        .collect()
}

/// Reads a text that has no problems.
#[track_caller]
fn good(text: &str) -> String {
    good_with(text, Allow::default())
}

#[track_caller]
fn good_with(text: &str, allow: Allow) -> String {
    let (rich, problems) = markdown(&source(text), allow);
    assert!(problems.is_empty(), "{text:?}: {problems:?}");
    blocks(&rich.blocks)
}

/// Reads a text with problems: each with its code and the piece of the text it points at.
fn bad(text: &str, allow: Allow) -> Vec<(&'static str, String)> {
    let (_, problems) = markdown(&source(text), allow);
    places(text, &problems)
}

fn places(text: &str, problems: &Diagnostics) -> Vec<(&'static str, String)> {
    problems.iter().map(|p| (p.code, text[p.span.as_ref().unwrap().range()].to_owned())).collect()
}

pub(super) const HEADINGS: Allow = Allow { headings: true };
pub(super) const PLAIN: Allow = Allow { headings: false };

#[test]
fn paragraphs_and_emphasis() {
    assert_eq!(good(""), "");
    assert_eq!(good(" \n\n　　\n"), "");
    assert_eq!(good("一\n\n二"), "一|二");
    assert_eq!(good("甲**乙**丙*丁*戊"), "甲S(乙)丙E(丁)戊");
    assert_eq!(good("***甲***"), "E(S(甲))");
    assert_eq!(good("****甲****"), "S(甲)");
    assert_eq!(good("`git **push**`"), "git **push**");
    assert_eq!(good("甲\\\n乙  \n丙"), "甲/乙/丙");
    assert_eq!(good("\"a\" -- 'b' ... 1/2"), "\"a\" -- 'b' ... 1/2");
    assert_eq!(good("&lt;&#10;&amp;"), "< &");
}

#[test]
fn emphasis_beside_chinese_punctuation() {
    for (text, expected) in [
        ("**“重点”**的", "S(“重点”)的"),
        ("抓好**“重点”**的", "抓好S(“重点”)的"),
        ("*“重点”*的", "E(“重点”)的"),
        ("***“重点”***的", "E(S(“重点”))的"),
        ("推进**（一）**工作", "推进S(（一）)工作"),
        ("推进**(一)**工作", "推进S((一))工作"),
        ("**2024年**、**2025年**", "S(2024年)、S(2025年)"),
        ("**重点：**第一", "S(重点：)第一"),
        ("**“甲”**，**“乙”**和**《丙》**2份", "S(“甲”)，S(“乙”)和S(《丙》)2份"),
        ("完成率**95%**以上", "完成率S(95%)以上"),
        ("增长**-5%**以内", "增长S(-5%)以内"),
        ("“**重点**”和**总**", "“S(重点)”和S(总)"),
        ("见**[网站](https://a.cn)**的", "见S(L<https://a.cn>(网站))的"),
        ("**\\*注\\***的", "S(*注*)的"),
        ("甲**重点。**\n乙", "甲S(重点。)乙"),
        ("**<区人才办>**的", "S(<区人才办>)的"),
        ("**重*点*、**的", "S(重E(点)、)的"),
    ] {
        assert_eq!(good(text), expected, "{text}");
    }
}

#[test]
fn asterisks_and_underscores_that_are_not_emphasis() {
    for text in [
        "**",
        "甲 ** 乙",
        "甲**乙",
        "2*3*4",
        "300*400*2毫米",
        "snake_case_name",
        "销售额*、利润*、税收",
        "销售额*，利润*。",
        "甲*、乙（*丙",
        "带（*）、（**）、“*”和（**）的",
        "中_文_字",
        "5 * 3 * 2",
    ] {
        assert_eq!(good(text), text);
    }
    assert_eq!(good("\\*\\*甲\\*\\*"), "**甲**");
    assert_eq!(good("\\**甲*"), "*E(甲)");
    assert_eq!(good("`2*3*4`和[a](https://a.cn/2*3*4)"), "2*3*4和L<https://a.cn/2*3*4>(a)");
}

#[test]
fn line_ends_between_chinese_vanish_and_between_words_are_blanks() {
    assert_eq!(good("推进\n工作，\n“重点”\n（一）"), "推进工作，“重点”（一）");
    assert_eq!(good("the\nnotice\n印发"), "the notice 印发");
    assert_eq!(good("推进\n**重点**\n*工作*"), "推进S(重点)E(工作)");
    assert_eq!(good("see\n**this**\nnow"), "see S(this) now");
    assert_eq!(good("推进\n　　工作"), "推进|工作");
    assert_eq!(good("- 推进\n  工作\n- a\nb"), "•[推进工作;a b]");
}

#[test]
fn blanks_in_front_do_not_make_code() {
    assert_eq!(good("    第一行\n第二行"), "第一行第二行");
    assert_eq!(good("　　第一段。\n　　第二段。"), "第一段。|第二段。");
    assert_eq!(good("一\n　　\n二\n \t\n三"), "一|二|三");
    assert_eq!(good("\t甲\n\n\t\t乙\n\n          丙\n\n      丁"), "甲|乙|丙|丁");
    assert_eq!(good("    　　甲\n\n \u{a0}乙"), "甲|乙");
    assert_eq!(good("　　1. 甲"), "1. 甲");
    assert_eq!(good("甲\n        乙"), "甲乙");
    assert_eq!(good("-     甲\n\n           乙"), "•[甲|乙]");
    assert_eq!(good("-\t\t甲"), "•[甲]");
    assert_eq!(good("    - 甲\n      - 乙\n    - 丙"), "•[甲|•[乙];丙]");
}

#[test]
fn lists() {
    assert_eq!(good("- 甲\n- 乙"), "•[甲;乙]");
    assert_eq!(good("- 甲\n\n- 乙"), "•[甲;乙]");
    assert_eq!(good("3. 甲\n4. 乙"), "3.[甲;乙]");
    assert_eq!(good("1. 借势\n   1. 子\n\n   续\n2. 造势"), "1.[借势|1.[子]|续;造势]");
    assert_eq!(good("1.借势"), "1.借势");
    assert_eq!(good("甲：\n- **乙**\n-\n"), "甲：|•[S(乙);]");
}

#[test]
fn links_lead_to_the_web_or_to_a_mailbox() {
    assert_eq!(good("[a](HTTPS://a.cn)"), "L<HTTPS://a.cn>(a)");
    assert_eq!(
        good("<https://a.cn/x>、<b@a.cn>"),
        "L<https://a.cn/x>(https://a.cn/x)、L<mailto:b@a.cn>(b@a.cn)"
    );
    assert_eq!(good("[](mailto:b@a.cn)"), "L<mailto:b@a.cn>(mailto:b@a.cn)");
    assert_eq!(good("[a](<https://a.cn/b c>)"), "L<https://a.cn/b c>(a)");
    assert_eq!(good("国办发[2024]15号、[附件]（略）"), "国办发[2024]15号、[附件]（略）");
    assert_eq!(
        bad("甲[乙](javascript:alert) [](x) <ftp://a> [丙](附件.pdf)", PLAIN),
        [
            ("markdown-link-scheme", "javascript:alert".to_owned()),
            ("markdown-link-scheme", "x".to_owned()),
            ("markdown-link-scheme", "ftp://a".to_owned()),
            ("markdown-link-scheme", "附件.pdf".to_owned()),
        ]
    );
}

#[test]
fn html_is_text() {
    for text in [
        "<b>重</b>",
        "<区人才办>",
        "<!-- 注 -->",
        "<br/>",
        "a <b",
        "<script>alert('x')</script>",
        "<?php ?><!DOCTYPE x>",
        "1<2>1",
    ] {
        assert_eq!(good(text), text);
    }
    assert_eq!(good("<div>\n**甲**\n\n乙</div>"), "<div> S(甲)|乙</div>");
    assert_eq!(good("\\<b>"), "<b>");
}

#[test]
fn headings_where_allowed() {
    assert_eq!(good_with("# 一、甲\n乙\n\n#### (1)丙 #", HEADINGS), "#1(一、甲)|乙|#4((1)丙)");
    assert_eq!(good("#标签"), "#标签");
    assert_eq!(bad("甲\n\n## 乙", PLAIN), [("markdown-unsupported", "##".to_owned())]);
    assert_eq!(bad("##### 乙", HEADINGS), [("markdown-unsupported", "#####".to_owned())]);
    assert_eq!(bad("甲\n乙\n---\n丙", HEADINGS), [("markdown-unsupported", "---".to_owned())]);
}

#[test]
fn the_rest_is_refused_at_its_place() {
    let one = |text: &str| {
        let mut found = bad(text, PLAIN);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        found.remove(0)
    };
    let unsupported = |place: &str| ("markdown-unsupported", place.to_owned());
    assert_eq!(one("甲\n\n> 乙\n> 丙"), unsupported(">"));
    assert_eq!(one("```\n乙\n```"), unsupported("```"));
    assert_eq!(one("甲\n~~~\n乙"), unsupported("~~~"));
    assert_eq!(one("甲\n\n* * *\n"), unsupported("* * *"));
    assert_eq!(one("[注]: 见附件\n"), unsupported("[注]: 见附件"));
    assert_eq!(one("[a](https://a.cn \"b\")"), unsupported("[a](https://a.cn \"b\")"));
    assert_eq!(one("- - - - - - - - 甲"), unsupported("- - 甲"));
    assert_eq!(one("**“甲”**的![图*1*](a.png)"), ("markdown-image", "![图*1*](a.png)".to_owned()));
}

#[test]
fn what_is_refused_keeps_its_words() {
    let (rich, _) = markdown(&source("> 甲\n\n# 乙\n\n```\n丙\n丁\n```\n![戊](a)"), PLAIN);
    assert_eq!(blocks(&rich.blocks), "甲|乙|丙 丁 |戊");
}

#[test]
fn messages_say_what_to_write_instead() {
    let (_, problems) = markdown(&source("> 甲"), PLAIN);
    let help = problems.iter().next().unwrap().help.clone().unwrap();
    assert!(help.get(Lang::Zh).contains("“\\>”"), "{help:?}");
    assert!(help.get(Lang::En).contains("“\\>”"), "{help:?}");
}

#[test]
fn the_backslash_that_the_help_asks_for_helps() {
    for text in [
        "> 甲",
        "# 甲",
        "甲\n\n```",
        "***",
        "- 甲\n\n  ---",
        "甲\n===",
        "[注]: 见附件",
        "[甲](乙)",
        "<ftp://a>",
    ] {
        let (_, problems) = markdown(&source(text), PLAIN);
        let problem = problems.iter().next().expect(text);
        let range = problem.span.as_ref().unwrap().range();
        // Of a link, the place is the address; the backslash goes before the bracket.
        let at = match problem.code {
            "markdown-link-scheme" => 0,
            _ => range.start,
        };
        let (before, after) = text.split_at(at);
        good(&format!("{before}\\{after}"));
    }
}

#[test]
fn places_go_through_the_source_of_the_value() {
    // As the value of a block scalar: two blanks before each line are not part of it.
    let file = "text: |\n      甲**“乙”**\n  [丙](ftp://x)\n";
    let value = "    甲**“乙”**\n[丙](ftp://x)\n";
    let at = |piece: &str| file.find(piece).unwrap();
    let source = Source::new("a.yaml", file);
    let text = SourceText::new(
        value.to_owned(),
        Span::new(source, 6..file.len()),
        vec![(0, at("      甲") + 2), (value.find('[').unwrap(), at("["))],
    );
    let (_, problems) = markdown(&text, PLAIN);
    assert_eq!(places(file, &problems), [("markdown-link-scheme", "ftp://x".to_owned())]);
}

#[test]
fn tables() {
    assert_eq!(good("| 甲 | 乙 |\n|---|---|\n| 1 | **2** |\n| | 丙 |"), "T[,](=甲,=乙;1,S(2);,丙)");
    // Numbers stand at the right unless they count the rows; what is written holds.
    assert_eq!(
        good("序号 | 项目 | 数\n:-: | :-- | ---\n1 | 丁 | 30.5\n2 | 戊 | 7"),
        "T[,](=序号,<项目,>数;1,丁,30.5;2,戊,7)"
    );
    assert_eq!(good("|甲|\n|---|\n|a\\|b|"), "T[,](=甲;a|b)");
}

#[test]
fn what_stands_above_a_table() {
    let table = "| 甲 |\n|---|\n| 1 |";
    for (above, caption, unit) in [
        ("表1 主要指标", "表1 主要指标", ""),
        ("表1　主要指标（单位：万元）", "表1　主要指标", "（单位：万元）"),
        ("表一：主要指标\n\n（单位：户）", "表一：主要指标", "（单位：户）"),
        ("单位：万元", "", "单位：万元"),
        ("表2-1 **重点**项目", "表2-1 S(重点)项目", ""),
    ] {
        assert_eq!(good(&format!("{above}\n\n{table}")), format!("T[{caption},{unit}](=甲;1)"));
    }
    // Sentences stay sentences.
    for above in ["表彰一批先进单位", "表1所列各项要按期完成。", "牵头单位：区发改局", "具体如下："]
    {
        assert_eq!(good(&format!("{above}\n\n{table}")), format!("{above}|T[,](=甲;1)"));
    }
}

#[test]
fn bars_that_are_no_table() {
    for prose in ["甲|乙", "A | B\n继续", "粤港澳|大湾区", "一、|二、"] {
        assert!(!good(prose).starts_with('T'), "{prose}");
    }
    for (text, code, piece) in [
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 | 3 |", "row-length", "| 1 | 2 | 3 |"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 |", "row-length", "| 1 |"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n说明文字", "row-length", "说明文字"),
        ("| 甲 | 乙 |\n|---|\n| 1 | 2 |", "markdown-table", "|---|"),
        ("｜甲｜乙｜\n｜---｜---｜\n｜1｜2｜", "markdown-table", "｜---｜---｜"),
        ("- 甲\n\n  | 乙 |\n  |---|\n  | 丙 |", "markdown-unsupported", "| 乙 |"),
    ] {
        let found = bad(text, Allow::default());
        let is_found = found.iter().any(|(c, at)| *c == code && at.starts_with(piece));
        assert!(is_found, "{text:?}: {found:?}");
    }
}
