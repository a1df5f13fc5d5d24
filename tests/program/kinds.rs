//! Documents of other kinds than notices, through everything that takes a publication.

use serde_json::Value;

use crate::support::{Project, html_text, pdf_text, without_blanks};

const HAN: &str = "\
kind: 函
title: 关于征求2026年工作要点意见的函
number: {code: 云发改函, year: 2026, serial: 2}
recipients: [市发展和改革委员会]
body:
  before: 现将有关事项函告如下。
  sections:
    - heading: 主要内容
      before: |
        有关情况见表1。

        表1 主要指标（单位：个）

        | 指标 | 目标 |
        | --- | ---: |
        | 项目 | 12 |
    - {id: 任务, heading: 有关任务}
  after: 请予函复。
attachments:
  - {title: 说明, kind: text, text: 有关说明。}
date: 2026-01-09
disclosure: {access: 主动公开, index: YX-2026-1}
";

const BAOGAO: &str = "\
kind: 报告
title: 关于2025年工作要点完成情况的报告
number: {code: 云发改, year: 2026, serial: 1}
signatory: [江伯言]
recipients: [区人民政府]
body:
  before: 现报告如下。
  sections:
    - {heading: 主要工作, before: 全年任务全部完成。}
  after: 特此报告。
date: 2026-01-05
disclosure: {access: 不予公开}
";

const SETTINGS: &str = "\
office: 云溪区发改局
archive: {fonds: \"0012\", fonds_name: 云溪区发改局, division: BGS, retention: D30}
";

fn project() -> Project {
    Project::new()
        .file("yinfa.yaml", SETTINGS)
        .file("content/han/notice.yaml", HAN)
        .file(
            "content/han/items.yaml",
            "- {section: 任务, text: 汇总各方意见。, units: [区发改局, 东山镇]}\n",
        )
        .file("content/baogao/notice.yaml", BAOGAO)
}

#[test]
fn files_are_named_by_their_kind() {
    let project = project();
    project.build(&["--format", "html,pdf,docx"]).clean();
    for file in [
        "public/letter.html",
        "public/letter.body.html",
        "public/letter.pdf",
        "internal/letter.docx",
    ] {
        assert!(project.path(&format!("output/han/{file}")).exists(), "{}", project.tree("output"));
    }
    // It has items, so the units have sheets.
    assert!(project.path("output/han/internal/tasks/东山镇.pdf").exists());
    // The report has none: nothing is made of tasks.
    assert_eq!(
        project.tree("output/baogao").lines().collect::<Vec<_>>(),
        ["internal/report.docx", "internal/report.pdf", "manifest.json"]
    );
    let manifest: Value = serde_json::from_str(&project.read("output/han/manifest.json")).unwrap();
    assert_eq!(manifest["document"], "函");
    assert_eq!(manifest["artifacts"]["public/letter.pdf"]["kind"], "notice");
    assert_eq!(manifest["layout"]["passes"], true, "{:#}", manifest["layout"]);
}

#[test]
fn every_format_says_the_same() {
    let project = project();
    project.build(&["--format", "html,pdf"]).clean();
    let pdf = without_blanks(&pdf_text(&project.path("output/han/public/letter.pdf")));
    let html = without_blanks(&html_text(&project.read("output/han/public/letter.html")));
    for words in [
        "市发展和改革委员会：",
        "现将有关事项函告如下。",
        "一、主要内容",
        "表1主要指标",
        "二、有关任务",
        "1.汇总各方意见。（责任单位：区发改局、东山镇）",
        "请予函复。",
        "附件：说明",
    ] {
        assert!(pdf.contains(words), "{words}\n{pdf}");
        assert!(html.contains(words), "{words}\n{html}");
    }
    let report = without_blanks(&pdf_text(&project.path("output/baogao/internal/report.pdf")));
    assert!(report.contains("签发人：江伯言"), "{report}");
}

#[test]
fn kinds_are_archived_catalogued_and_listed() {
    let project = project();
    project.build(&[]).clean();
    for id in ["p", "han", "baogao"] {
        let run = project.en(&["archive", id]);
        assert_eq!(run.code, Some(0), "{run}");
    }
    // Nothing but the sealed originals is missing.
    let run = project.en(&["verify", "archive"]);
    assert_eq!(run.stdout.matches("incomplete\n").count(), 3, "{run}");
    assert!(!run.stdout.contains("failed"), "{run}");
    let metadata: Vec<String> = project
        .files("archive")
        .into_iter()
        .filter(|(path, _)| path.ends_with(".xml"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    for kind in ["通知", "函", "报告"] {
        let field = format!(">{kind}<");
        assert!(metadata.iter().any(|xml| xml.contains(&field)), "{kind}");
    }
    project.en(&["catalog", "archive", "-o", "site"]).fine();
    let pages: String = project
        .files("site")
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    assert!(pages.contains("关于征求2026年工作要点意见的函"));
    assert!(!pages.contains("完成情况的报告"), "what is not public is not in the public catalogue");
}

#[test]
fn a_final_letter_asks_for_opinions_on_a_draft() {
    let project = Project::new()
        .change("content/p/notice.yaml", "issued:\n", "issued:\n  stage: 征求意见稿\n")
        .change(
            "content/p/notice.yaml",
            "letter: 经区政府同意，现印发给你们，请认真执行。",
            "letter: 现送你们征求意见，请予函复。",
        )
        .change(
            "content/p/notice.yaml",
            "title: 关于印发2025年工作要点的通知",
            "kind: 函\ntitle: 关于征求2025年工作要点意见的函",
        );
    project.build(&["--format", "html,pdf,xlsx"]).clean();
    let letter = without_blanks(&pdf_text(&project.path("output/p/public/letter.pdf")));
    assert!(letter.contains("2025年3月6日"), "the letter is signed: {letter}");
    assert_eq!(letter.matches("（征求意见稿）").count(), 1, "{letter}");
    let sheet = "output/p/internal/tasks/东山镇（征求意见稿）";
    assert!(pdf_text(&project.path(&format!("{sheet}.pdf"))).contains("征求意见稿"));
    assert!(project.path(&format!("{sheet}.xlsx")).exists());
    let run = project.en(&["send", "p"]);
    assert!(run.codes().contains(&"send-draft"), "{run}");
}

const JIANBAO: &str = "\
kind: 通报
format: bulletin
title: 关于第一季度工作进展情况的通报
issue: 3
organ: 云溪区发展和改革局
body:
  before: 经区政府同意，现通报如下。
circulation: {up: 区委、区政府领导, across: 区委办公室, down: 各乡镇人民政府}
date: 2026-04-10
printed: 2026-04-10
disclosure: {access: 主动公开, index: YX-2026-3}
";

#[test]
fn a_bulletin_in_every_format() {
    let project = Project::new().file("content/jianbao/notice.yaml", JIANBAO);
    project.build(&["jianbao", "--format", "html,pdf,docx", "--strict-layout"]).clean();
    let folder = "output/jianbao/public";
    let pdf = without_blanks(&pdf_text(&project.path(&format!("{folder}/circular.pdf"))));
    let html = without_blanks(&html_text(&project.read(&format!("{folder}/circular.html"))));
    for words in [
        "第3期",
        "云溪区发展和改革局2026年4月10日",
        "报：区委、区政府领导。送：区委办公室。发：各乡镇人民政府。",
        "2026年4月10日印发",
    ] {
        assert!(pdf.contains(words), "{words}\n{pdf}");
        assert!(html.contains(words), "{words}\n{html}");
    }
    assert!(pdf.starts_with("工作简报"), "{pdf}");
    // Organ and date stand in the head alone.
    assert_eq!(pdf.matches("云溪区发展和改革局").count(), 1, "{pdf}");
}

#[test]
fn what_a_bulletin_may_not_have() {
    for (from, to, code) in [
        ("kind: 通报", "kind: 通知", "bulletin-kind"),
        ("format: bulletin\n", "", "minutes-only"),
        ("format: bulletin\nt", "sign_off: true\nformat: bulletin\nt", "bulletin-signed"),
        ("issue: 3", "issue: 3\nnumber: {code: 云发改, year: 2026, serial: 1}", "number-and-issue"),
        (
            "format: bulletin\ntitle: 关于第一季度工作进展情况的通报\nissue: 3\n",
            "title: 关于第一季度工作进展情况的通报\n",
            "circulation-only",
        ),
    ] {
        let notice = JIANBAO.replacen(from, to, 1);
        assert_ne!(notice, JIANBAO, "{from}");
        let project = Project::new().file("content/jianbao/notice.yaml", notice);
        let run = project.build_html(&["jianbao"]).refused();
        assert!(run.codes().contains(&code), "{code}: {run}");
    }
}

#[test]
fn an_attachment_that_is_not_bound_with_its_document() {
    let project = project().change(
        "content/han/notice.yaml",
        "  - {title: 说明, kind: text, text: 有关说明。}\n",
        "  - {title: 说明, kind: text, text: 有关说明。}\n  - {title: 项目清单, kind: table, apart: true, columns: [项目, 单位], rows: [[算力中心, 区发改局]]}\n",
    );
    project.build(&["--format", "html,pdf,docx", "--strict-layout"]).clean();
    let public = "output/han/public";
    let letter = without_blanks(&pdf_text(&project.path(&format!("{public}/letter.pdf"))));
    assert!(letter.contains("附件：1.说明2.项目清单"), "{letter}");
    assert!(letter.contains("附件1说明") && !letter.contains("算力中心"), "{letter}");
    let apart = without_blanks(&pdf_text(&project.path(&format!("{public}/letter-附件2.pdf"))));
    assert!(apart.starts_with("云发改函〔2026〕2号附件2项目清单"), "{apart}");
    assert!(apart.contains("算力中心"), "{apart}");
    let page = project.read(&format!("{public}/letter.html"));
    assert!(
        page.contains("<a href=\"letter-附件2.html\">") && !page.contains("算力中心"),
        "{page}"
    );
    assert!(project.read(&format!("{public}/letter-附件2.html")).contains("算力中心"));
    assert!(project.path("output/han/internal/letter-附件2.docx").exists());
    let manifest: Value = serde_json::from_str(&project.read("output/han/manifest.json")).unwrap();
    let kind = &manifest["artifacts"]["public/letter-附件2.pdf"]["kind"];
    assert_eq!(kind, "notice-attachment");
    // It goes into the package, and when it is bound again its files go.
    project.en(&["archive", "han"]).fine();
    assert!(project.tree("archive").contains("letter-附件2.pdf"), "{}", project.tree("archive"));
    let project = project.change("content/han/notice.yaml", " apart: true,", "");
    project.build(&[]).clean();
    assert!(!project.tree("output").contains("附件2"), "{}", project.tree("output"));
}

#[test]
fn forms_of_the_office() {
    let project = Project::new().change(
        "content/p/notice.yaml",
        "title: 关于",
        "forms: true\ncopies: [区委办公室、区教育局]\nprocess:\n  unit: 综合科\n  print_run: 80\n  drafted: [{who: 沈知行, when: 2025-03-01}]\n  countersigned: [{who: 区教育局, when: 2025-03-02}, {who: 区财政局}]\n  signed: [{who: 江伯言, when: 2025-03-05}]\ntitle: 关于",
    );
    project.build(&["--format", "pdf"]).clean();
    let text = |name: &str| {
        without_blanks(&pdf_text(&project.path(&format!("output/p/internal/{name}.pdf"))))
    };
    let form = text("发文稿纸");
    for words in [
        "发文稿纸",
        "江伯言2025年3月5日",
        "区教育局2025年3月2日区财政局（待会签）",
        "80",
        "综合科",
        "√主动公开",
    ] {
        assert!(form.contains(words), "{words}\n{form}");
    }
    let list = text("分发清单");
    // Recipients by their units, nobody twice.
    assert!(list.contains("1东山镇主送") && list.contains("区委办公室抄送"), "{list}");
    assert_eq!(list.matches("区教育局").count(), 1, "{list}");
    let manifest: Value = serde_json::from_str(&project.read("output/p/manifest.json")).unwrap();
    assert_eq!(manifest["artifacts"]["internal/发文稿纸.pdf"]["kind"], "notice-form");
    // Nothing of them without being asked for.
    let project = project.change("content/p/notice.yaml", "forms: true\n", "");
    project.build(&[]).clean();
    assert!(!project.tree("output").contains("发文稿纸"), "{}", project.tree("output"));
}
