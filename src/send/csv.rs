//! The ledger as CSV, as people open it: in Excel and WPS.

use super::ledger::Delivery;
use super::missing::Missing;

/// The mark without which Excel takes a file for GBK.
const MARK: &str = "\u{feff}";

const COLUMNS: [&str; 16] = [
    "publication",
    "doc_number",
    "title",
    "unit",
    "version",
    "draft",
    "via",
    "address",
    "status",
    "detail",
    "attempts",
    "planned_at",
    "changed_at",
    "message_id",
    "files",
    "acknowledged",
];

/// Lines of the ledger, one a row.
pub(crate) fn deliveries(lines: &[Delivery]) -> String {
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
            line.version.clone(),
            or_empty(&line.draft),
            line.via.name().to_string(),
            line.address.clone(),
            line.status.name().to_string(),
            or_empty(&line.detail),
            line.attempts.to_string(),
            line.planned_at.clone(),
            line.changed_at.clone(),
            or_empty(&line.message_id),
            files.join("; "),
            receipts.join("; "),
        ]
    });
    write(&COLUMNS, rows)
}

/// Units that have not acknowledged, one a row.
pub fn missing(units: &[Missing]) -> String {
    let columns =
        ["publication", "unit", "version", "status", "via", "addresses", "changed_at", "detail"];
    let rows = units.iter().map(|unit| {
        let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            unit.publication.clone(),
            unit.unit.clone(),
            or_empty(&unit.version),
            unit.status.map(|status| status.name().to_string()).unwrap_or_default(),
            unit.via.map(|via| via.name().to_string()).unwrap_or_default(),
            unit.addresses.join("; "),
            or_empty(&unit.changed_at),
            or_empty(&unit.detail),
        ]
    });
    write(&columns, rows)
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
        let text = missing(&[]);
        assert!(text.starts_with("\u{feff}publication,unit,"), "{text}");
        assert!(text.ends_with("detail\r\n"), "{text}");
    }
}
