//! Packets.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;

use base::disk::sha256;
use insta::assert_snapshot;

use super::built::{build, change_ledger, outcomes, project};
use crate::support::{Project, Run};

fn send(project: &Project, args: &[&str]) -> Run {
    project.en(&[&["send", "p", "--yes"][..], args].concat())
}

#[test]
fn a_packet_for_every_unit() {
    let project = project();
    let run = send(&project, &[]).clean();
    assert_snapshot!(run.stdout, @"
    unit      action  to      tasks                       PDF   workbook  other files
    区发改局  send    outbox  牵头1项                     82 B  83 B      —
    区教育局  send    outbox  牵头1项（其中独立承担1项）  82 B  83 B      —
    东山镇    send    outbox  责任1项                     79 B  80 B      —
    西水街道  send    outbox  —                           82 B  83 B      —
    ");
    assert_eq!(
        project.tree("outbox/p/东山镇"),
        "SHA256SUMS\nmessage.txt\n东山镇任务单.pdf\n东山镇任务单.xlsx\n封面说明.html"
    );
    let folder = project.files("outbox/p/东山镇");
    assert_eq!(
        folder["东山镇任务单.pdf"],
        fs::read(project.path("output/p/internal/tasks/东山镇.pdf")).unwrap()
    );
    let sums = String::from_utf8(folder["SHA256SUMS"].clone()).unwrap();
    assert_eq!(sums.lines().count(), 4);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        assert_eq!(sum, sha256(&folder[name]), "{name}");
    }
    let message = String::from_utf8(folder["message.txt"].clone()).unwrap();
    assert!(message.starts_with('\u{feff}') && !message.replace("\r\n", "").contains('\n'));
    assert_snapshot!(message.trim_start_matches('\u{feff}').replace("\r\n", "\n"), @"
    东山镇：

    现将《关于印发2025年工作要点的通知》（云发改〔2025〕1号）中你单位的任务单发给你们，请查收。你单位任务共1项：责任1项。

    请于每月25日前将进展情况报区发改局。联系人：王一，电话：1234。

    附件：
    1. 东山镇任务单.pdf（79 B）
    2. 东山镇任务单.xlsx（80 B）
    正式文件另发。

    收到后请回复签收。

    云溪区发改局
    ");
    let cover = String::from_utf8(folder["封面说明.html"].clone()).unwrap();
    for words in ["东山镇", "云发改〔2025〕1号", "责任1项", "正式文件另发", "每月25日前"]
    {
        assert!(cover.contains(words), "{words}: {cover}");
    }
    assert!(outcomes(&project).iter().all(|(_, _, status)| status == "sent"));
    let message = project.read("outbox/p/西水街道/message.txt");
    assert!(message.contains("没有单列的任务"), "{message}");
}

#[test]
fn the_zip_has_the_same_files_and_always_the_same_bytes() {
    let project = project();
    send(&project, &[]).clean();
    let bytes = fs::read(project.path("outbox/p/东山镇.zip")).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let folder = project.files("outbox/p/东山镇");
    assert_eq!(zip.len(), folder.len());
    for place in 0..zip.len() {
        let mut file = zip.by_index(place).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        let name = file.name().unwrap().strip_prefix("东山镇/").unwrap().to_string();
        assert_eq!(content, folder[&name]);
    }
    // Bit 11 of the flags: names are UTF-8, whatever the reader's system takes them for.
    assert_eq!(u16::from_le_bytes([bytes[6], bytes[7]]) & 0x0800, 0x0800);
    send(&project, &["--resend"]).clean();
    assert!(fs::read(project.path("outbox/p/东山镇.zip")).unwrap() == bytes);
}

#[test]
fn nobody_gets_the_same_version_twice_unless_asked() {
    let project = project();
    send(&project, &["--unit", "东山镇"]).clean();
    let run = send(&project, &[]).clean();
    assert!(run.stderr.contains("3 to be sent, 1 sent before"), "{run}");
    let run = send(&project, &[]).clean();
    assert!(run.stderr.starts_with("0 to be sent, 4 sent before"), "{run}");
    let run = send(&project, &["--resend", "--unit", "东山镇"]).clean();
    assert!(run.stdout.contains("send again"), "{run}");
    let lines = outcomes(&project);
    assert_eq!(lines.iter().filter(|(unit, ..)| unit == "东山镇").count(), 2);
    assert_eq!(lines.len(), 5);
}

#[test]
fn a_resend_that_was_cut_short_is_finished_without_the_option() {
    let project = project();
    send(&project, &[]).clean();
    send(&project, &["--resend"]).clean();
    // As if the second run had been killed before the last two packets.
    change_ledger(
        &project,
        "UPDATE delivery SET status = 'planned' WHERE resend AND unit = '东山镇';
         UPDATE delivery SET status = 'deferred' WHERE resend AND unit = '西水街道';",
    );
    let run = send(&project, &[]).clean();
    assert!(run.stderr.contains("2 to be sent, 2 sent before"), "{run}");
    assert_eq!(run.stdout.matches("send again").count(), 2, "{run}");
    let lines = outcomes(&project);
    assert_eq!(lines.len(), 8, "no new lines: {lines:?}");
    assert!(lines.iter().all(|(_, _, status)| status == "sent"), "{lines:?}");
    let run = send(&project, &[]).clean();
    assert!(run.stderr.starts_with("0 to be sent, 4 sent before"), "{run}");
}

#[test]
fn a_changed_version_is_a_correction_for_those_it_concerns() {
    let project = project();
    send(&project, &[]).clean();
    let project =
        build(
            project
                .change("content/p/items.yaml", "deadline: 2025-06", "deadline: 2025-09")
                .change("content/p/items.yaml", "units: [区教育局]", "units: [区教育局, 东山镇]"),
        );
    let run = send(&project, &[]).clean();
    assert!(run.stderr.contains("3 to be sent (3 corrections), 1 sent before"), "{run}");
    let message = project.read("outbox/p/东山镇/message.txt").replace("\r\n", "\n");
    let (_, correction) = message.split_once("【更正】").unwrap();
    assert_snapshot!(correction.split("\n\n").next().unwrap(), @"
    此前发给你单位的任务单有改动，请以本次所附的为准，原任务单作废。
    新增 1 项：
    · 2. 新建学校2所。
    修改 1 项：
    · 1. 开工重大项目10个。
      完成时限：“6月底前”改为“9月底前”
    ");
    let cover = project.read("outbox/p/区发改局/封面说明.html");
    assert!(cover.contains("【更正】") && cover.contains("“6月底前”改为“9月底前”"), "{cover}");
    // A task taken away.
    let project = build(project.change(
        "content/p/items.yaml",
        "units: [区教育局, 东山镇]",
        "units: [区教育局]",
    ));
    send(&project, &["--unit", "东山镇"]).clean();
    let message = project.read("outbox/p/东山镇/message.txt");
    assert!(message.contains("取消 1 项：\r\n· 原 2. 新建学校2所。"), "{message}");
    assert!(!message.contains("新增"), "{message}");
    // All of it taken back: the first version was sent before, but it is not what the unit has.
    let project = build(project.change("content/p/items.yaml", "2025-09", "2025-06"));
    let run = send(&project, &["--unit", "东山镇"]).clean();
    assert!(run.stderr.contains("1 to be sent (1 corrections)"), "{run}");
    let message = project.read("outbox/p/东山镇/message.txt");
    assert!(message.contains("“9月底前”改为“6月底前”"), "{message}");
}

#[test]
fn a_renamed_unit_is_still_the_one_that_has_it() {
    let project = project();
    send(&project, &[]).clean();
    let text = |project: &Project, from: &str, to: &str| {
        project.read("content/units.yaml").replace(from, to)
    };
    let units = text(&project, "{name: 西水街道,", "{name: 西水新城街道, aliases: [西水街道],");
    let project = build(project.file("content/units.yaml", units));
    let run = send(&project, &[]).clean();
    // Its sheet has another name on it, so it is a correction, not a first sending.
    assert!(run.stdout.contains("西水新城街道  send a correction"), "{run}");
}

#[test]
fn a_unit_that_has_no_sheet_any_more_is_named() {
    let project = project();
    send(&project, &[]).clean();
    let project = build(
        project
            .change(
                "content/p/items.yaml",
                "- section: 民生\n  text: 新建学校2所。\n  units: [区教育局]\n",
                "",
            )
            .change("content/p/items.yaml", "text: 开工", "text: 尽快开工"),
    );
    let run = send(&project, &[]);
    assert_eq!(run.codes(), ["sheet-withdrawn"], "{run}");
    assert!(run.stderr.contains("have none now: 区教育局"), "{run}");
}

#[test]
fn the_sealed_notice_goes_along() {
    let project = project().file("盖章 notice.pdf", "%PDF sealed");
    send(&project, &["--with", "盖章 notice.pdf", "--unit", "东山镇"]).clean();
    assert_eq!(project.read("outbox/p/东山镇/盖章 notice.pdf"), "%PDF sealed");
    let message = project.read("outbox/p/东山镇/message.txt");
    assert!(
        message.contains("3. 盖章 notice.pdf（11 B）") && !message.contains("另发"),
        "{message}"
    );
    assert!(!project.read("outbox/p/东山镇/封面说明.html").contains("另发"));
}

#[test]
fn templates_of_the_project_write_the_texts() {
    let project = project().file(
        "templates/send/message.txt",
        "{% extends \"yinfa/send/message.txt\" %}\n{% block receipt %}请在<系统>里“签收” & 反馈。{% endblock receipt %}\n",
    );
    send(&project, &["--unit", "东山镇"]).clean();
    let message = project.read("outbox/p/东山镇/message.txt");
    assert!(message.contains("请在<系统>里“签收” & 反馈。"), "{message}");
    assert!(message.contains("牵头") || message.contains("责任1项"));
    let project = project.file("templates/send/message.txt", "{{ nobody }}\n");
    let run = send(&project, &["--resend"]).refused();
    assert!(run.stderr.contains("templates/send/message.txt:1:"), "{run}");
}

#[test]
fn names_and_texts_are_escaped_in_the_page_alone() {
    let units = super::built::UNITS.replace("东山镇", "东<b>山&镇");
    let items = super::built::ITEMS.replace("东山镇", "东<b>山&镇");
    let project =
        build(project().file("content/units.yaml", units).file("content/p/items.yaml", items));
    send(&project, &[]).clean();
    let cover = project.read("outbox/p/东＜b＞山&镇/封面说明.html");
    assert!(cover.contains("东&lt;b&gt;山&amp;镇") && !cover.contains("东<b>"), "{cover}");
    assert!(project.read("outbox/p/东＜b＞山&镇/message.txt").contains("东<b>山&镇："));
}

#[test]
fn what_a_killed_run_left_is_cleared_and_made_again() {
    let project = project()
        .file("outbox/p/.staging-东山镇/half", "half")
        .file("outbox/p/.staging-东山镇.zip", "half")
        .file("outbox/p/.replaced-东山镇/notes.docx", "moved aside, and then killed")
        .file("outbox/p/.replaced-西水街道/gone.docx", "not removed when the new one was there")
        .file("outbox/p/西水街道/here.docx", "the new one");
    send(&project, &[]).clean();
    let tree = project.tree("outbox");
    assert!(!tree.contains(".staging") && !tree.contains(".replaced"), "{tree}");
    assert!(!tree.contains("gone.docx") && tree.contains("here.docx"), "{tree}");
    assert_eq!(
        project.read("outbox/p/东山镇/notes.docx"),
        "moved aside, and then killed",
        "put back, and kept"
    );
    assert!(project.path("outbox/p/东山镇/东山镇任务单.pdf").exists());
}

#[test]
fn what_people_put_into_a_packet_is_kept() {
    let project = project();
    send(&project, &["--unit", "东山镇"]).clean();
    let pdf = project.read("outbox/p/东山镇/东山镇任务单.pdf");
    let project = build(
        project
            .file("outbox/p/东山镇/批示.docx", "by hand")
            .file("outbox/p/东山镇/往来/来函.txt", "a letter")
            .file("outbox/p/东山镇/盖章.pdf", "put in by hand")
            .file("outbox/p/东山镇/message.txt", "edited by hand")
            .file("盖章.pdf", "sealed")
            .change("content/p/items.yaml", "10个", "12个"),
    );
    for _ in 0..2 {
        let args = ["--unit", "东山镇", "--resend", "--with", "盖章.pdf"];
        send(&project, &args).clean();
        assert_eq!(
            project.tree("outbox/p/东山镇").lines().collect::<BTreeSet<_>>(),
            BTreeSet::from([
                "SHA256SUMS",
                "message.txt",
                "东山镇任务单.pdf",
                "东山镇任务单.xlsx",
                "保留-message.txt",
                "保留-盖章.pdf",
                "封面说明.html",
                "往来/来函.txt",
                "批示.docx",
                "盖章.pdf",
            ])
        );
    }
    let read = |name: &str| project.read(&format!("outbox/p/东山镇/{name}"));
    assert_eq!((read("批示.docx"), read("往来/来函.txt")), ("by hand".into(), "a letter".into()));
    assert_eq!(read("保留-message.txt"), "edited by hand");
    assert!(read("message.txt").contains("【更正】"));
    assert_eq!(
        (read("盖章.pdf"), read("保留-盖章.pdf")),
        ("sealed".into(), "put in by hand".into())
    );
    assert_ne!(read("东山镇任务单.pdf"), pdf, "what was ours and unchanged is the new one");
}

#[test]
fn a_publication_and_a_unit_of_one_name_leave_each_other_alone() {
    let project = project();
    // As if content/p/东山镇 were a publication, with a packet for 西水街道.
    let project = project
        .file("outbox/p/东山镇/西水街道/message.txt", "of the other publication")
        .file("outbox/p/东山镇/西水街道.zip", "of the other publication");
    send(&project, &[]).clean();
    send(&project, &["--resend"]).clean();
    for file in ["西水街道/message.txt", "西水街道.zip"] {
        assert_eq!(project.read(&format!("outbox/p/东山镇/{file}")), "of the other publication");
    }
    assert!(project.path("outbox/p/东山镇/东山镇任务单.pdf").exists());
}

#[test]
fn a_ledger_that_is_lost_is_no_new_one() {
    let project = project();
    let run = send(&project, &[]).clean();
    assert!(!run.stderr.contains("ledger-lost"), "{run}");
    let ledger = project.path(".yinfa/ledger.sqlite");
    // Emptied, then gone; then all of .yinfa, so that only the packets say that there was one.
    for loss in ["empty", "gone", "all"] {
        match loss {
            "empty" => fs::write(&ledger, "").unwrap(),
            "gone" => fs::remove_file(&ledger).unwrap(),
            _ => fs::remove_dir_all(project.path(".yinfa")).unwrap(),
        }
        for args in [
            &["send", "p", "--yes"][..],
            &["send", "p", "--dry-run"],
            &["ledger"],
            &["receipt", "东山镇"],
        ] {
            let run = project.en(args);
            assert_eq!((run.code, run.codes()), (Some(2), vec!["ledger-gone"]), "{loss}: {run}");
            assert!(run.stderr.contains("--new-ledger"), "{run}");
            assert_eq!(fs::metadata(&ledger).is_ok(), loss == "empty", "{loss}: none is made");
        }
    }
    let run = project.en(&["send", "p", "--new-ledger"]);
    // It is said once more, also by the run after one that was not agreed to.
    assert!(run.codes().contains(&"ledger-lost"), "{run}");
    let run = send(&project, &["--unit", "东山镇"]);
    assert_eq!((run.code, run.codes()), (Some(0), vec!["ledger-lost"]), "{run}");
    let run = send(&project, &[]);
    assert!(run.codes().is_empty(), "{run}");
    let run = send(&project, &["--new-ledger"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["ledger-there"]), "{run}");
}

#[test]
fn a_ledger_comes_back_from_its_copy() {
    let project = project();
    send(&project, &[]).clean();
    project.en(&["receipt", "东山镇"]).clean();
    let before = outcomes(&project);
    let ledger = project.path(".yinfa/ledger.sqlite");
    let copy = project.path(".yinfa/ledger-copy.sqlite");
    // A name that was changed behind the program's back.
    let bytes = fs::read(&ledger).unwrap();
    let name = "西水街道".as_bytes();
    let place = bytes.windows(name.len()).position(|window| window == name).unwrap();
    let mut wrong = bytes.clone();
    wrong[place..place + name.len()].copy_from_slice("西山街道".as_bytes());
    for wrong in [wrong, bytes[..bytes.len() / 2].to_vec(), b"no database".repeat(500)] {
        fs::write(&ledger, &wrong).unwrap();
        let run = send(&project, &[]);
        assert_eq!((run.code, run.codes()), (Some(2), vec!["ledger-damaged"]), "{run}");
        assert_eq!(fs::read(&ledger).unwrap(), wrong, "it is left as it is");
        fs::copy(&copy, &ledger).unwrap();
        assert_eq!(outcomes(&project), before);
        let run = send(&project, &[]).clean();
        assert!(run.stderr.contains("0 to be sent, 4 sent before"), "{run}");
    }
    // Without it: the damaged one is kept beside the new one.
    fs::write(&ledger, "no database").unwrap();
    let run = send(&project, &["--new-ledger", "--unit", "东山镇"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(project.read(".yinfa/ledger-old-1.sqlite"), "no database");
    assert!(project.path(".yinfa/ledger-old-1-copy.sqlite").exists());
}
