//! Documents without tasks are sent themselves.

use crate::support::{Project, pdf_text, without_blanks};

const HAN: &str = "\
kind: 函
title: 关于征求《2026年工作要点》意见的函
number: {code: 云发改函, year: 2026, serial: 2}
organ: 云溪区发展和改革局
recipients: [各镇街, 市发展和改革委员会]
body: {before: 现送你们征求意见。, after: 请予支持。}
attachments:
  - {title: 反馈表, kind: text, apart: true, text: 请填写。}
copies: [区教育局]
date: 2026-01-09
note: 联系人：江伯言，电话：0570-5550102
disclosure: {access: 主动公开, index: X-1}
";

#[test]
fn recipients_and_copies_get_the_document_once() {
    let project = Project::new().file("content/han/notice.yaml", HAN);
    let build = || project.build(&["han", "--format", "pdf"]).fine();
    build();
    let send = |args: &[&str]| project.zh(&[&["send", "han", "--yes"][..], args].concat());
    let run = send(&[]).fine();
    assert_eq!(run.codes(), ["recipient-not-sent"], "{run}");
    assert!(run.stderr.contains("市发展和改革委员会"), "{run}");
    let folder = "outbox/han/东山镇";
    assert_eq!(
        project.tree(folder),
        "SHA256SUMS\nmessage.txt\n关于征求《2026年工作要点》意见的函.pdf\n封面说明.html\n附件1.pdf"
    );
    let pdf = project.path(folder).join("关于征求《2026年工作要点》意见的函.pdf");
    assert!(without_blanks(&pdf_text(&pdf)).contains("请予支持。"));
    let message = project.read(&format!("{folder}/message.txt"));
    assert!(
        message
            .contains("现将《关于征求〈2026年工作要点〉意见的函》（云发改函〔2026〕2号）发给你们"),
        "{message}"
    );
    assert!(!message.contains("任务"), "{message}");
    assert!(project.path("outbox/han/区教育局/message.txt").exists());
    assert!(!project.path("outbox/han/区发改局").exists(), "{}", project.tree("outbox"));

    // Nobody gets it twice, and a change of its text is a correction.
    let run = send(&[]).fine();
    assert!(run.stderr.contains("要发 0 份"), "{run}");
    std::fs::write(
        project.path("content/han/notice.yaml"),
        HAN.replace("请予支持。", "请大力支持。"),
    )
    .unwrap();
    build();
    let run = project.zh(&["send", "han", "--yes"]).fine();
    assert!(run.stderr.contains("其中更正"), "{run}");
    let run = project.zh(&["ledger", "--missing"]);
    assert!(run.stdout.contains("东山镇"), "{run}");
    let run = project.zh(&["send", "han", "--yes", "--unit", "区发改局"]).refused();
    assert_eq!(run.codes(), ["unit-without-sheet"], "{run}");
}
