//! The metadata: readable, whole, of the right types, and the archival code.

use super::super::code::ArchivalCode;
use super::super::describe::UNCLASSIFIED;
use super::super::layout;
use super::super::metadata::{FORM, Metadata};
use super::kinds;
use super::report::{Check, Outcome};
use super::subject::Subject;
use base::text;
use records::content::dates::parse_date;
use records::content::schema::archive::Retention;

/// XML and JSON can be read and say the same.
pub(super) fn readable(subject: &Subject<'_>) -> Check {
    let mut check = Check::new(&kinds::METADATA_READABLE);
    let xml = subject.document.as_ref().map_or(layout::XML, |(path, _)| path);
    let metadata = match &subject.metadata {
        Ok(metadata) => metadata,
        Err(detail) => {
            check.fail(Some(xml), text!("读不出来：{detail}", "cannot be read: {detail}"));
            return check;
        }
    };
    let json = subject.path_of(layout::JSON);
    // What is said beside the values, in comments or by another order, is said by no one.
    let mut is_canonical = |path: &str, text: Option<&str>, wanted: Result<String, String>| {
        if text != wanted.as_deref().ok() {
            check.fail(
                Some(path),
                text!("不是本程序写出的形式", "is not in the form in which it is written"),
            );
        }
    };
    is_canonical(xml, subject.text(xml).as_deref(), metadata.to_xml());
    let text = subject.text(&json);
    let other = text.as_deref().map(Metadata::from_json);
    if let Some(Ok(other)) = &other {
        is_canonical(&json, text.as_deref(), other.to_json());
    }
    match other {
        None => check.fail(Some(&json), text!("缺失，或读不出来", "missing, or cannot be read")),
        Some(Err(detail)) => {
            check.fail(Some(&json), text!("读不出来：{detail}", "cannot be read: {detail}"));
        }
        Some(Ok(other)) if other != *metadata => {
            check.fail(Some(&json), text!("与 XML 的内容不同", "does not say the same as the XML"));
        }
        Some(Ok(_)) => {}
    }
    check
}

/// The elements that there must be.
pub(super) fn elements(subject: &Subject<'_>) -> Check {
    let Ok(metadata) = &subject.metadata else {
        return Check::not_checked(&kinds::METADATA_ELEMENTS, Subject::without_metadata());
    };
    let mut check = Check::new(&kinds::METADATA_ELEMENTS);
    let files = &metadata.electronic.files;
    let blank = |text: &str| text.trim().is_empty();
    let required = [
        ("聚合层次", blank(&metadata.level)),
        ("立档单位名称", blank(&metadata.provenance.creator)),
        ("电子文件号", blank(&metadata.electronic_number)),
        ("年度", blank(&metadata.year)),
        ("题名", blank(&metadata.content.title)),
        ("责任者", metadata.content.organs.iter().all(|organ| blank(organ))),
        ("日期", blank(&metadata.content.date)),
        ("密级", blank(&metadata.content.secrecy)),
        ("文件组合类型", blank(&metadata.form_features.combination)),
        ("计算机文件名", files.is_empty() || files.iter().any(|file| blank(&file.name))),
        ("格式信息", files.iter().any(|file| blank(&file.format))),
    ];
    for (element, _) in required.into_iter().filter(|(_, missing)| *missing) {
        check.note(Outcome::Incomplete, None, text!("缺少“{element}”", "{element} is missing"));
    }
    if metadata.code.is_none() {
        check.note(
            Outcome::Incomplete,
            None,
            text!("预归档，尚无档号", "no archival code yet (预归档)"),
        );
    }
    check
}

/// Types, ranges and special characters.
pub(super) fn values(subject: &Subject<'_>) -> Check {
    let Ok(metadata) = &subject.metadata else {
        return Check::not_checked(&kinds::METADATA_VALUES, Subject::without_metadata());
    };
    let mut check = Check::new(&kinds::METADATA_VALUES);
    let mut is_one_of = |element: &str, value: &str, allowed: &[&str]| {
        if !allowed.contains(&value) {
            check.fail(
                None,
                text!("“{element}”的值“{value}”不在值域内", "{element}: “{value}” is out of range"),
            );
        }
    };
    is_one_of("元数据版本", &metadata.form, &[FORM]);
    is_one_of("聚合层次", &metadata.level, &["文件"]);
    is_one_of("密级", &metadata.content.secrecy, &[UNCLASSIFIED]);
    is_one_of("文件组合类型", &metadata.form_features.combination, &["单件", "组合文件"]);
    if let Some(code) = &metadata.code {
        let codes = Retention::ALL.map(|(_, retention)| retention.code());
        is_one_of("保管期限", &code.retention, &codes);
    }
    for event in &metadata.events {
        let actions = ["起草", "审核", "会签", "签发", "印发", "公开"];
        is_one_of("行为", &event.action, &actions);
    }
    for agent in &metadata.agents {
        is_one_of("类型", &agent.kind, &["机构", "人员"]);
    }
    let date = parse_date(&metadata.content.date);
    if date.is_none_or(|date| date.to_string() != metadata.content.date) {
        check.fail(
            None,
            text!("“日期”不是 2025-03-06 这样的日期", "日期 is no date such as 2025-03-06"),
        );
    }
    if date.is_some_and(|date| format!("{:04}", date.year()) != metadata.year) {
        check.fail(None, text!("“年度”不是“日期”的年份", "年度 is not the year of 日期"));
    }
    for time in metadata.events.iter().filter_map(|event| event.time.as_deref()) {
        if parse_date(time).is_none() {
            check.fail(None, text!("“时间”的值“{time}”不是日期", "时间: “{time}” is no date"));
        }
    }
    if metadata.version.number == 0 {
        check.fail(None, text!("“版本”从 1 开始", "版本 begins with 1"));
    }
    let hash = |text: &str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let hashes = metadata.electronic.files.iter().map(|file| &file.sha256);
    let hashes = hashes.chain(metadata.production.fonts.iter().map(|font| &font.sha256));
    if !hashes.into_iter().all(|text| hash(text)) {
        check.fail(
            None,
            text!("有 SHA-256 不是 64 位十六进制数", "a SHA-256 has not 64 hexadecimal digits"),
        );
    }
    if let Some(value) = special(metadata) {
        check.fail(None, text!("“{value}”含有控制字符", "“{value}” has control characters"));
    }
    check
}

/// A value with characters that belong into no metadata.
fn special(metadata: &Metadata) -> Option<String> {
    fn look(value: &serde_json::Value) -> Option<String> {
        match value {
            serde_json::Value::String(text) => {
                text.contains(|c: char| c.is_control() || c == '\u{feff}').then(|| text.clone())
            }
            serde_json::Value::Array(list) => list.iter().find_map(look),
            serde_json::Value::Object(map) => map.values().find_map(look),
            _ => None,
        }
    }
    look(&serde_json::to_value(metadata).ok()?)
}

/// The archival code: its form, its parts, and that folders and package are called by it.
pub(super) fn archival_code(subject: &Subject<'_>) -> Check {
    let Ok(metadata) = &subject.metadata else {
        return Check::not_checked(&kinds::ARCHIVAL_CODE, Subject::without_metadata());
    };
    let mut check = Check::new(&kinds::ARCHIVAL_CODE);
    let document = subject.document.as_ref().map_or("", |(_, document)| document);
    if let Some(parts) = &metadata.code {
        let text = &parts.code;
        match ArchivalCode::parse(text) {
            None => {
                check.fail(None, text!("档号“{text}”的形式不对", "“{text}” is no archival code"))
            }
            Some(code) => {
                let class = &code.class;
                let piece = format!("{:04}", code.piece);
                let year = format!("{:04}", class.year);
                let same = class.fonds == parts.fonds
                    && class.division == parts.division
                    && class.retention.code() == parts.retention
                    && piece == parts.piece
                    && year == metadata.year;
                if !same {
                    check.fail(
                        None,
                        text!("档号“{text}”与它的各段不一致", "“{text}” is not made of its parts"),
                    );
                }
            }
        }
        if document != text {
            check.fail(
                None,
                text!("文件夹“{document}”不是档号", "the folder “{document}” is not the code"),
            );
        }
    }
    let wanted = layout::bag_name(document, metadata.version.number);
    let name = &subject.name;
    if *name != wanted {
        check.fail(
            None,
            text!(
                "归档包应名为“{wanted}”，现名“{name}”",
                "the package should be called “{wanted}”, not “{name}”"
            ),
        );
    }
    if metadata.code.is_none() && check.outcome == Outcome::Passed {
        return Check::not_applicable(&kinds::ARCHIVAL_CODE);
    }
    check
}
