//! The ledger as CSV, as people open it: in Excel and WPS.

use super::ledger::{Delivery, Status, Via};
use super::missing::Missing;
use base::diag::Lang;

/// The mark without which Excel takes a file for GBK.
const MARK: &str = "\u{feff}";

/// The headings for scripts and those for people; what only a program compares stands last.
const COLUMNS: [(&str, &str); 18] = [
    ("publication", "通知"),
    ("doc_number", "文号"),
    ("title", "标题"),
    ("unit", "单位"),
    ("draft", "稿次"),
    ("via", "方式"),
    ("address", "地址"),
    ("status", "结果"),
    ("detail", "说明"),
    ("attempts", "次数"),
    ("planned_local", "登记时间"),
    ("planned_at", "登记时间（UTC）"),
    ("changed_local", "最近时间"),
    ("changed_at", "最近时间（UTC）"),
    ("acknowledged", "签收"),
    ("message_id", "邮件编号"),
    ("version", "版本"),
    ("files", "文件及校验值"),
];

/// A time of the ledger as it is read here; `words` says what a status is called, where people read.
pub(crate) struct Reading<'a> {
    pub(crate) lang: Lang,
    pub(crate) local: &'a dyn Fn(&str) -> String,
}

impl Reading<'_> {
    fn headings(&self, columns: &[(&'static str, &'static str)]) -> Vec<&'static str> {
        columns.iter().map(|(en, zh)| if self.lang == Lang::Zh { *zh } else { *en }).collect()
    }

    fn status(&self, status: Status, via: Via) -> String {
        match self.lang {
            Lang::Zh => status.words(via).get(self.lang).to_string(),
            Lang::En => status.name().to_string(),
        }
    }
}

/// Lines of the ledger, one a row.
pub(crate) fn deliveries(lines: &[Delivery], reading: &Reading<'_>) -> String {
    let rows = lines.iter().map(|line| {
        let files: Vec<String> =
            line.files.iter().map(|file| format!("{} {}", file.name, file.sha256)).collect();
        let receipts: Vec<&str> = line.receipts.iter().map(|r| r.received.as_str()).collect();
        let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            line.publication.clone(),
            or_empty(&line.doc_number),
            line.title.clone(),
            line.unit.clone(),
            or_empty(&line.draft),
            line.via.name().to_string(),
            line.address.clone(),
            reading.status(line.status, line.via),
            or_empty(&line.detail),
            line.attempts.to_string(),
            (reading.local)(&line.planned_at),
            line.planned_at.clone(),
            (reading.local)(&line.changed_at),
            line.changed_at.clone(),
            receipts.join("; "),
            or_empty(&line.message_id),
            line.version.clone(),
            files.join("; "),
        ]
    });
    write(&reading.headings(&COLUMNS), rows)
}

/// Units that have not acknowledged, one a row.
pub(crate) fn missing(units: &[Missing], reading: &Reading<'_>) -> String {
    let columns = [
        ("publication", "通知"),
        ("unit", "单位"),
        ("status", "结果"),
        ("via", "方式"),
        ("addresses", "地址"),
        ("changed_local", "时间"),
        ("changed_at", "时间（UTC）"),
        ("detail", "说明"),
        ("version", "版本"),
    ];
    let rows = units.iter().map(|unit| {
        let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            unit.publication.clone(),
            unit.unit.clone(),
            unit.status.zip(unit.via).map(|(s, via)| reading.status(s, via)).unwrap_or_default(),
            unit.via.map(|via| via.name().to_string()).unwrap_or_default(),
            unit.addresses.join("; "),
            unit.changed_at.as_deref().map(|at| (reading.local)(at)).unwrap_or_default(),
            or_empty(&unit.changed_at),
            or_empty(&unit.detail),
            or_empty(&unit.version),
        ]
    });
    write(&reading.headings(&columns), rows)
}

fn write(columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(columns);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("{MARK}{}", String::from_utf8_lossy(&bytes))
}

/// A cell that a spreadsheet takes for text: one that begins as a formula does would be run.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        assert_eq!(harmless("区教育局"), "区教育局");
    }

    #[test]
    fn excel_knows_the_encoding_and_the_lines() {
        let local = |at: &str| at.to_string();
        let text = missing(&[], &Reading { lang: Lang::En, local: &local });
        assert!(text.starts_with("\u{feff}publication,unit,"), "{text}");
        assert!(text.ends_with("version\r\n"), "{text}");
        let text = missing(&[], &Reading { lang: Lang::Zh, local: &local });
        assert!(text.starts_with("\u{feff}通知,单位,"), "{text}");
    }
}
