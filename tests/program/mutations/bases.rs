//! The notices that are mutated.

use crate::gallery::{Notice, prose, recipients};

/// A notice by its name.
pub(super) fn base(name: &str) -> Notice {
    let common = common();
    match name {
        "common" => common,
        "title-3-lines" => common.with(
            "title",
            "\"云溪区人民政府办公室\\n关于印发云溪区数字经济高质量发展\\n三年行动计划的通知\"",
        ),
        "title-torn" => common.with("title", "\"关于印发《云溪区2025年\\n工作要点》的通知\""),
        "upward" => common.with("signatory", "[江伯言, 沈知行]"),
        "joint" => Notice::new().with("organ", "[云溪区发改局, 云溪区教育局]"),
        "unsealed" => common.with("layout", "{seal: false}"),
        "recipients-40" => Notice::new().with("recipients", recipients(40)),
        "long" => Notice::new().with("letter", prose(1800)),
        "long-whole" => Notice::new().with("letter", prose(1800)).with("layout", "{names: whole}"),
        "divided" => Notice::new().with("letter", DIVIDED),
        "long-mark" => {
            Notice::new().with("mark", "云溪区推进粤港澳大湾区建设和长三角一体化发展领导小组办公室")
        }
        "level-4" => Notice::new().with("letter", format!("（1）加强组织领导。{}", prose(40))),
        "wide" => Notice::new().with("attachments", "\n  - {title: 任务分解表, kind: task-table}"),
        "minutes" => minutes(),
        "bulletin" => bulletin(),
        "letter" => Notice::new()
            .with("format", "letter")
            .with("mark", "云溪区人民政府办公室")
            .with("copy_number", "\"000012\""),
        _ => panic!("no notice “{name}”"),
    }
}

/// Minutes with lists whose names go on on a second line.
fn minutes() -> Notice {
    let names = "区发展和改革局江伯言、沈知行，区教育局路嘉禾，区民政局欧阳知行，区财政局沈行";
    Notice::direct("纪要", &format!("{{before: {}}}", prose(150)))
        .without("recipients")
        .without("number")
        .without("note")
        .with("issue", "12")
        .with("mark", "云溪区发展和改革局会议纪要")
        .with("attendance", format!("\n  present: {names}\n  excused: 东山镇沈行"))
}

/// Nobody signs it, and it has a note.
fn bulletin() -> Notice {
    Notice::direct("通报", &format!("{{before: {}}}", prose(150)))
        .with("format", "bulletin")
        .without("recipients")
        .without("number")
        .with("issue", "3")
        .with("circulation", "\n  up: 区委、区政府领导\n  down: 各镇街")
}

/// The 26th character of its first line is a number.
const DIVIDED: &str = "各单位要加强组织领导细化工作措施明确责任分工压实工12个重点项目抓紧开工建设，年底前报送进展情况。";

/// As much in one as fits together.
fn common() -> Notice {
    let sections = format!(
        "\n  title: 2025年工作要点\n  preface: {}\n  sections:\n    - {{id: 发展, heading: 加快发展, before: {}, sections: [{{id: 目标, heading: 主要目标, before: {}, sections: [{{id: 指标, heading: 指标体系, before: {}}}]}}]}}\n    - {{id: 民生, heading: 改善民生}}",
        prose(300),
        prose(40),
        prose(50),
        prose(33)
    );
    let attachments = format!(
        "\n  - {{title: 重点项目清单, kind: text, text: {0}}}\n  - {{title: 责任分工表, kind: text, text: {0}}}",
        prose(90)
    );
    Notice::new()
        .with("title", "\"关于印发云溪区2025年\\n国民经济和社会发展工作要点的通知\"")
        .with("copy_number", "\"000123\"")
        .with("secrecy", "{level: 机密, term: 1年}")
        .with("urgency", "特急")
        .with("issued", sections)
        .with("attachments", attachments)
        .with("copies", "[区委办公室，区人大常委会办公室, 区政协办公室]")
}
