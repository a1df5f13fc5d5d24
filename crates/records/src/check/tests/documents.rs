//! Projects that are near a rule about the document as a whole, on one side or the other.

use super::{codes, files, run};
use crate::check::example::Example;
use base::diag::Lang;

/// What a rule says of a project.
fn says(example: Example, rule: &str) -> bool {
    codes(&run(&files(example), None).0).contains(&rule)
}

/// What the findings of a rule suggest, in Chinese.
fn helps(example: Example, rule: &str) -> Vec<String> {
    let findings = run(&files(example), None).0;
    let of_rule = findings.iter().filter(|finding| finding.code == rule);
    of_rule.filter_map(|finding| Some(finding.help.as_ref()?.get(Lang::Zh).to_owned())).collect()
}

#[test]
fn letters_and_the_title_they_issue() {
    for (letter, fires) in [
        ("现将《2024年工作要点》印发给你们。", true),
        ("现将修订后的《2024年工作要点》（见附件）转发给你们。", true),
        ("现将《2025年工作要点（试行）》印发给你们。", false),
        ("《2024年工作要点》同时废止。", false),
        ("将《2024年工作要点》作为参考。现将《2025年工作要点》印发给你们。", false),
    ] {
        let letter: &'static str = format!("letter: {letter}").leak();
        assert_eq!(says(Example::Notice(letter), "letter-title"), fires, "{letter}");
    }
}

#[test]
fn tables_and_targets() {
    let item = "- {section: 加快发展, text: 新招引项目3个。, units: [区发改局, 东山镇], targets: [{name: 新招引项目, eq: 3, measure: 个}]}";
    for (table, fires) in [
        ("columns: [指标, 目标], rows: [[新招引项目, 5个]]", true),
        ("columns: [指标, 数量], rows: [[新招引项目, 5个]]", true),
        ("columns: [指标, 上年, 本年目标], rows: [[新招引项目, 2个, 3个]]", false),
        ("columns: [指标, 上年, 本年], rows: [[新招引项目, 2个, 5个]]", false),
        ("columns: [指标, 目标, 牵头单位], rows: [[新招引项目, 5个, 东山镇]]", true),
        ("columns: [指标, 单位, 目标], rows: [[新招引项目, 东山镇, 1个]]", false),
        ("columns: [指标, 东山镇], rows: [[新招引项目, 1个]]", false),
        ("columns: [指标, 上半年目标, 下半年目标], rows: [[新招引项目, 1个, 2个]]", false),
    ] {
        let notice: &'static str =
            format!("attachments:\n  - {{title: 主要指标, kind: table, {table}}}").leak();
        assert_eq!(says(Example::Both(notice, item), "target-in-table"), fires, "{table}");
    }
}

#[test]
fn letters_that_issue_what_was_passed() {
    for (letter, fires) in [
        ("《2024年工作要点》已经区政府同意，现印发给你们。", true),
        ("《2024年工作要点》已经区政府同意，现予印发。", true),
        ("《2025年工作要点》已经区政府同意，现印发给你们。", false),
        ("《2024年工作要点》实施以来成效明显。现将有关事项印发给你们。", false),
        ("根据《2024年工作要点》实现的情况印发通报。", false),
    ] {
        let letter: &'static str = format!("letter: {letter}").leak();
        assert_eq!(says(Example::Notice(letter), "letter-title"), fires, "{letter}");
    }
}

/// The document is of 2025-03-06, its title of 2025.
#[test]
fn deadlines_in_texts() {
    for (text, fires) in [
        ("2月底前完成方案制定。", true),
        ("3月5日前完成方案制定。", true),
        ("3月6日前完成方案制定。", false),
        ("3月底前完成方案制定。", false),
        ("3月上旬前完成方案制定。", false),
        ("2024年底前完成方案制定。", true),
        ("2024年6月30日之前完成方案制定。", true),
        ("2024年12月至2025年4月底前完成方案制定。", false),
        ("每年2月底前完成方案制定。", false),
        ("次年1月底前完成方案制定。", false),
        ("2024年底前已完成方案制定。", false),
        ("淘汰2020年12月31日前登记的车辆。", false),
        ("开展1月前后专项行动。", false),
    ] {
        let text: &'static str = text.to_string().leak();
        assert_eq!(says(Example::Text(text), "deadline-past"), fires, "{text}");
    }
}

#[test]
fn titles_of_attachments() {
    let attached = "attachments:\n  - {title: 主要指标计划表, kind: text, text: 略。}\n  - {title: 重点任务表, kind: text, text: 略。}";
    for (letter, fires) in [
        ("请对照《主要指标计划表》（见附件1）执行。", false),
        ("请对照《主要指标计划》（见附件1）执行。", true),
        ("请对照《主要指标计划》（详见附件）执行。", true),
        ("请对照附件1《主要指标规划表》执行。", true),
        ("请对照附件2《重点任务表》执行。", false),
        ("请对照《安全生产法》执行（见附件1）。", false),
        ("请认真执行。\\n\\n附件：1.主要指标规划表", true),
        ("请认真执行。\\n\\n附件：1.主要指标计划表", false),
    ] {
        let notice: &'static str = format!("{attached}\nletter: \"{letter}\"").leak();
        assert_eq!(says(Example::Notice(notice), "attachment-title"), fires, "{letter}");
    }
}

#[test]
fn index_numbers() {
    for (index, fires) in [
        ("330502/2024-00001", true),
        ("330502/2025-00001", false),
        ("QX0023/2026-1", false),
        ("QX0023/00016", false),
        ("20240001", false),
        ("2024-1", false),
    ] {
        let notice: &'static str =
            format!("published: 2026-01-02\ndisclosure: {{access: 主动公开, index: {index}}}")
                .leak();
        assert_eq!(says(Example::Notice(notice), "index-year"), fires, "{index}");
    }
}

#[test]
fn notes_and_secrecy() {
    for (notice, fires) in [
        ("note: 此件公开发布\nsecrecy: {level: 秘密}", true),
        ("note: 此件不公开\nsecrecy: {level: 秘密}", false),
    ] {
        assert_eq!(says(Example::Notice(notice), "note-against-access"), fires, "{notice}");
    }
}

/// The line to paste says of a number what import would make of it.
#[test]
fn the_line_to_paste_compares_as_import_does() {
    for (text, line) in [
        ("群众满意率达到95%。", "{name: 群众满意率, ge: 95, measure: \"%\"}"),
        ("群众满意率达95%以上。", "{name: 群众满意率, ge: 95, measure: \"%\"}"),
        ("工业产值增长8%。", "{name: 工业产值增长, ge: 8, measure: \"%\"}"),
        ("平均用时控制在8个工作日以内。", "{name: 平均用时, le: 8, measure: 个工作日}"),
        ("新建充电桩约500座。", "{name: 新建充电桩, eq: 500, measure: 座}"),
        ("新建充电桩500座左右。", "{name: 新建充电桩, eq: 500, measure: 座}"),
        ("新建学校2所。", "{name: 新建学校, eq: 2, measure: 所}"),
    ] {
        let items: &'static str = format!(
            "- {{section: 加快发展, text: 新招引项目3个。{text}, units: [区发改局, 东山镇], targets: [{{name: 新招引项目, eq: 3, measure: 个}}]}}"
        )
        .leak();
        let helps = helps(Example::Items(items), "target-unrecorded");
        assert!(helps.iter().any(|help| help.contains(line)), "{text}: {helps:?}");
    }
}

/// The record has one target: 新招引项目3个.
#[test]
fn numbers_that_look_like_targets() {
    for (text, fires) in [
        ("新建学校2所、幼儿园5所。", true),
        ("办理时间压减至8个工作日以内。", true),
        ("群众满意率达到95%以上。", true),
        ("群众满意率95%。", true),
        ("盘活存量用地300亩。", true),
        ("给予最高不超过15万元的贷款。", false),
        ("引进3亿元以上重大项目。", false),
        ("做好第3次普查登记。", false),
        ("走访企业、学校2所。", false),
    ] {
        let items: &'static str = format!(
            "- {{section: 加快发展, text: 新招引项目3个。{text}, units: [区发改局, 东山镇], targets: [{{name: 新招引项目, eq: 3, measure: 个}}]}}"
        )
        .leak();
        assert_eq!(says(Example::Items(items), "target-unrecorded"), fires, "{text}");
    }
}
