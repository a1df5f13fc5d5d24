//! Documents that carry their text themselves: what was printed comes back as records that print the
//! same, and what only looks like a document is refused.

use crate::support::{Project, pdf_text, without_blanks};

/// Attachments, one of them a draft, and a table with its caption.
const HAN: &str = "\
kind: 函
title: 关于征求《2026年工作要点（征求意见稿）》意见的函
number: {code: 云发改函, year: 2026, serial: 2}
organ: 云溪区发展和改革局
recipients: [区级有关单位, 市发展和改革委员会]
body:
  before: |
    我局起草了《2026年工作要点（征求意见稿）》，现送你们征求意见，分工见表1。

    表1 分工（单位：项）

    | 内容 | 条目 | 汇总单位 |
    | --- | ---: | --- |
    | 项目 | 12 | 区发改局 |
    | 教育 | 3 | 区教育局 |

    请于1月20日前反馈。
  after: 请予支持。
attachments:
  - {title: 2026年工作要点, stage: 征求意见稿, kind: text, text: \"一、抓好项目。全年开工12个。\\n\\n二、办好教育。新建学校3所。\"}
  - {title: 反馈表, kind: table, columns: [单位, 意见], rows: [[区教育局, 无], [东山镇, 有]]}
date: 2026-01-09
note: 联系人：江伯言，电话：0570-5550102
printed: 2026-01-09
disclosure: {access: 不予公开}
";

/// Sections to three levels, two who sign it off, copies.
const BAOGAO: &str = "\
kind: 报告
title: 关于2025年工作要点完成情况的报告
number: {code: 云发改, year: 2026, serial: 1}
organ: 云溪区发展和改革局
signatory: [江伯言]
recipients: [区人民政府]
body:
  before: 现将有关情况报告如下。
  sections:
    - heading: 主要工作
      sections:
        - heading: 项目建设
          before: |
            全年开工项目12个。

            新建道路3条。
          sections:
            - {heading: 重大项目, before: 全部开工。}
            - {heading: 其他项目, before: 按期推进。}
        - {heading: 教育, before: 新建学校2所。}
    - {heading: 下一步工作, before: 抓紧推进。}
  after: 特此报告。
date: 2026-01-05
copies: [市发展和改革委员会]
printed: 2026-01-05
disclosure: {access: 不予公开}
";

const JIYAO: &str = "\
kind: 纪要
title: 区重点工作推进会议纪要
issue: 3
mark: 云溪区发展和改革局会议纪要
organ: 云溪区发展和改革局
body:
  before: 1月8日，会议研究了重点工作。现纪要如下。
  sections:
    - {heading: 关于项目, before: 会议要求，加快前期工作。}
    - {heading: 关于教育, before: 会议明确，按月调度。}
attendance: {present: 区发改局江伯言，区教育局叶知秋, excused: 东山镇沈一鸣, observers: 区府办林晚}
date: 2026-01-08
printed: 2026-01-09
disclosure: {access: 不予公开}
";

/// The text of the PDF of the only publication.
#[track_caller]
fn printed(project: &Project) -> String {
    project.build(&["--format", "pdf,docx"]).fine();
    let name =
        project.tree("output").lines().find(|name| name.ends_with(".pdf")).unwrap().to_string();
    without_blanks(&pdf_text(&project.path("output").join(name)))
}

/// What was printed, imported again from its PDF and its Word document, prints the same.
#[track_caller]
fn comes_back(id: &str, notice: &str) {
    let project = Project::new().file("content/p/notice.yaml", notice);
    std::fs::remove_file(project.path("content/p/items.yaml")).unwrap();
    let before = printed(&project);
    for end in ["pdf", "docx"] {
        let file = std::fs::read(project.path(&format!("output/p/internal/{id}.{end}"))).unwrap();
        let back = Project::empty()
            .file("content/units.yaml", project.read("content/units.yaml"))
            .file(&format!("a.{end}"), file);
        let run = back.zh(&["import", &format!("a.{end}"), "-o", "content/a"]).fine();
        assert!(run.stderr.contains("没有看懂 0"), "{end}: {run}");
        let records = back.read("content/a/notice.yaml");
        assert_eq!(printed(&back), before, "{end}:\n{records}");
    }
}

#[test]
fn a_letter_with_a_table_and_a_draft() {
    comes_back("letter", HAN);
}

#[test]
fn a_report_with_sections() {
    comes_back("report", BAOGAO);
}

#[test]
fn minutes() {
    comes_back("minutes", JIYAO);
}

/// Plain text as people paste it: nobody is named and nothing is numbered.
#[test]
fn a_notice_of_nothing_but_prose() {
    let text = "云溪区人民政府办公室关于做好2026年防汛工作的通知\n\n云政办〔2026〕12号\n\n\
        各乡镇人民政府，区级有关单位：\n\n　　为做好防汛工作，现就有关事项通知如下。\n\n\
        各单位要压实责任，5月底前完成排查。\n\n　　特此通知。\n\n\
        云溪区人民政府办公室\n2026年4月1日\n\n（联系人：江伯言，电话：0570-5550101）\n";
    let project = Project::empty().file("a.txt", text);
    project.zh(&["import", "a.txt", "-o", "content/a"]).fine();
    insta::assert_snapshot!(project.read("content/a/notice.yaml"), @"
    # 由 yinfa import 从“a.txt”读出，请逐项核对。

    title: 关于做好2026年防汛工作的通知
    number: {code: 云政办, year: 2026, serial: 12}
    organ: 云溪区人民政府办公室
    organ_in_title: both
    recipients:
      - 各乡镇人民政府
      - 区级有关单位
    date: 2026-04-01
    note: 联系人：江伯言，电话：0570-5550101
    sign_off: true

    body:
      before: |
        为做好防汛工作，现就有关事项通知如下。

        各单位要压实责任，5月底前完成排查。
      after: |
        特此通知。
    ");
}

/// Numbered sentences below headings are text where nobody is named; where somebody is, the
/// others stay text.
#[test]
fn numbered_sentences_are_text() {
    let text = |who: &str| {
        format!(
            "关于开展安全生产检查的通知\n各镇街：\n现将有关事项通知如下：\n一、总体要求\n坚持安全第一。\n\
             二、检查内容\n（一）重点行业。开展危化品检查。{who}\n（二）重点场所。开展学校检查。\n\
             区安委办\n2026年3月5日\n"
        )
    };
    let count = |text: &str| {
        let project = Project::empty().file("a.txt", text);
        project.zh(&["import", "a.txt", "-o", "content/a"]).fine();
        let notice = project.read("content/a/notice.yaml");
        assert!(notice.contains("\nbody:\n") && !notice.contains("issued"), "{notice}");
        let items = project.en(&["list", "items", "--format", "json"]).json();
        (items.as_array().unwrap().len(), notice.contains("重点场所"))
    };
    assert_eq!(count(&text("")), (0, true));
    assert_eq!(count(&text("（责任单位：区应急局）")).0, 2);
}

/// A title alone, a list of titles, and a text that nobody sent are none.
#[test]
fn what_is_no_document_is_refused() {
    for text in [
        "关于春游的通知\n春天来了，万物复苏。\n",
        "关于做好工作的通知\n关于开展检查的通知\n关于表彰先进的通报\n",
        "关于机构改革的决定\n各镇街：\n现决定如下。\n区政府\n2026年3月5日\n",
    ] {
        let project = Project::empty().file("a.txt", text);
        let run = project.zh(&["import", "a.txt", "-o", "content/a"]).refused();
        assert_eq!(run.codes(), ["import-no-structure"], "{text}");
    }
}
