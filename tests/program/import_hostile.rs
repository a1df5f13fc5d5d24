//! `yinfa import` of files that mean no good: a clear error, no panic, and memory that stays
//! within bounds.

use std::io::{Cursor, Write as _};
use std::process::Command;

use import::{Options, import};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::Project;

const GOOD: &str = "关于印发2024年工作要点的通知\n各镇人民政府：\n现将2024年工作要点印发给你们。\n2024年工作要点\n一、发展\n1.甲项工作10个。（责任单位：区发改局、区财政局<排名第一责任单位为牵头单位，以下同>）\n2.乙项工作。（牵头单位：区教育局；配合单位：各镇；完成时限：6月底前）\n附件：名单\n附件\n名单\n区发改局、区教育局、织里镇、区财政局\n";

/// Packs files into a zip archive.
pub(crate) fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file with these paragraphs.
pub(crate) fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs
        .iter()
        .map(|p| {
            format!(
                "<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
                p.replace('<', "&lt;")
            )
        })
        .collect();
    let xml = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    );
    packed(&[("word/document.xml", xml.as_bytes())])
}

/// An Excel file with these rows.
pub(crate) fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut sheet = String::new();
    for (n, row) in rows.iter().enumerate() {
        sheet.push_str(&format!("<row r=\"{}\">", n + 1));
        for (k, cell) in row.iter().enumerate() {
            let column = char::from(b'A' + u8::try_from(k).unwrap());
            sheet.push_str(&format!(
                "<c r=\"{column}{}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>",
                n + 1
            ));
        }
        sheet.push_str("</row>");
    }
    excel(&format!("<sheetData>{sheet}</sheetData>"))
}

fn excel(sheet: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<?xml version=\"1.0\"?><workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"任务\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let root = format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"r0\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let sheet = format!("<?xml version=\"1.0\"?><worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>");
    packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn code(bytes: &[u8]) -> &'static str {
    match import(bytes, Options { name: "a", ..Options::default() }) {
        Ok(_) => "fine",
        Err(problem) => problem.code,
    }
}

/// Runs an import with at most this much memory (kilobytes of address space).
fn within(kilobytes: usize, bytes: &[u8]) -> crate::support::Run {
    let project = Project::empty().file("a.bin", bytes);
    let mut command = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_yinfa");
    command.current_dir(project.root()).args([
        "-c",
        &format!("ulimit -v {kilobytes}; exec '{program}' --lang en import a.bin -o content/a"),
    ]);
    let run = project.finish(&mut command);
    assert!(!project.path("content").exists(), "{run}");
    run
}

#[test]
fn beyond_the_limits() {
    let large = "关于印发要点的通知\n".repeat(50 << 20 >> 5);
    assert_eq!(code(large.as_bytes()), "import-too-large");
    let run = within(600_000, &large.into_bytes()).refused();
    assert_eq!(run.codes(), ["import-too-large"]);
}

#[test]
fn archives_that_unpack_to_too_much() {
    let zeros = vec![b' '; 80 << 20];
    let bomb = packed(&[("word/document.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(within(600_000, &bomb).refused().codes(), ["import-too-large"]);
    let book = packed(&[
        (
            "xl/workbook.xml",
            b"<workbook><sheets><sheet name=\"a\" r:id=\"a\"/></sheets></workbook>",
        ),
        ("xl/_rels/workbook.xml.rels", b"<R><Relationship Id=\"a\" Target=\"a.xml\"/></R>"),
        ("xl/a.xml", &zeros),
    ]);
    assert_eq!(within(600_000, &book).refused().codes(), ["import-too-large"]);
    // Text within the limits of packing and beyond those of text.
    let words = format!("<w:document><w:p><w:t>{}</w:t></w:p></w:document>", "甲".repeat(6 << 20));
    assert_eq!(
        within(600_000, &packed(&[("word/document.xml", words.as_bytes())])).refused().codes(),
        ["import-too-large"]
    );
}

#[test]
fn cells_at_the_far_end_of_a_sheet_cost_nothing() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>甲</t></is></c></row><row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>乙</t></is></c></row></sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>";
    let run = within(600_000, &excel(sheet)).refused();
    assert_eq!(run.codes(), ["import-no-structure"]);
}

#[test]
fn deep_nesting() {
    for (open, close) in
        [("<div>", "</div>"), ("<table><tr><td>", "</table>"), ("<em><div>", "</div>")]
    {
        let page = format!("<!DOCTYPE html>{}甲{}", open.repeat(100_000), close.repeat(100_000));
        assert_eq!(within(600_000, page.as_bytes()).refused().codes(), ["import-too-deep"]);
    }
    // What only says how words look is left open by the thousand, and is no level.
    let page = format!("<!DOCTYPE html>{}甲", "<b><font size=3>".repeat(100_000));
    assert_eq!(within(600_000, page.as_bytes()).refused().codes(), ["import-no-structure"]);
    let xml = format!("<w:document>{}", "<w:tbl><w:tr><w:tc>".repeat(100_000));
    assert_eq!(code(&packed(&[("word/document.xml", xml.as_bytes())])), "import-too-deep");
    // Brackets in a text are no structure: they end no program.
    let text =
        format!("{GOOD}3.丙项。{}区发改局负责{}\n", "（".repeat(50_000), "）".repeat(50_000));
    assert_eq!(code(text.as_bytes()), "fine");
}

#[test]
fn spans_that_claim_the_world() {
    let cells = "<td colspan=99999999 rowspan=99999999>甲</td>".repeat(50);
    let page = format!("<html><table>{}</table>", format!("<tr>{cells}</tr>").repeat(2_000));
    let run = within(600_000, page.as_bytes()).refused();
    assert!(["import-no-structure", "import-too-large"].contains(&run.codes()[0]), "{run}");
}

#[test]
fn other_kinds_and_broken_files() {
    assert_eq!(code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "import-kind");
    assert_eq!(code(&packed(&[("content.xml", b"<x/>")])), "import-kind");
    assert_eq!(code(b"PK\x03\x04 no archive"), "import-damaged");
    for good in [
        docx(&GOOD.lines().collect::<Vec<_>>()),
        xlsx(&[&["序号", "任务", "责任单位"], &["1", "甲", "区发改局"], &["2", "乙", "区教育局"]]),
    ] {
        assert_eq!(code(&good), "fine");
        for cut in (1..good.len()).step_by(37) {
            assert_ne!(code(&good[..cut]), "fine", "{cut} of {}", good.len());
        }
    }
    let cut = "<?xml version=\"1.0\"?><w:document><w:body><w:p><w:t>甲";
    assert_eq!(code(&packed(&[("word/document.xml", cut.as_bytes())])), "import-damaged");
}

/// Pieces that a generated text is made of: everything that some rule looks at.
const PIECES: [&str; 56] = [
    "一、",
    "（一）",
    "1.",
    "1．",
    "2、",
    "(1)",
    "（",
    "）",
    "(",
    ")",
    "〔",
    "〕",
    "[",
    "]",
    "<",
    ">",
    "责任单位：",
    "牵头单位:",
    "配合单位：",
    "完成时限：",
    "责任领导：",
    "负责",
    "牵头",
    "按职责分工负责",
    "会同",
    "等有关部门",
    "、",
    "，",
    "；",
    "。",
    "：",
    "和",
    "及",
    "区发改局",
    "各镇",
    "织里镇",
    "江岸",
    "武昌区人民政府",
    "排名第一的为牵头单位，下同",
    "6月底完成",
    "2024年3月6日",
    "二〇二四年三月六日",
    "附件",
    "附件：1.名单",
    "抄送：",
    "印发",
    "关于印发要点的通知",
    "2024年工作要点",
    "各镇人民政府：",
    "序号\t任务\t责任单位",
    "|",
    "\n",
    "\n\n",
    "\r",
    "　　",
    "\u{fffd}",
];

/// How many inputs each property tries; `YINFA_FUZZ` asks for more.
fn cases() -> u32 {
    std::env::var("YINFA_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_in_any_order(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..120)) {
        let text = pieces.concat();
        checked(text.as_bytes());
    }

    #[test]
    fn a_good_text_with_changes(changes in prop::collection::vec((0usize..2000, "\\PC{0,6}"), 1..12)) {
        let mut chars: Vec<char> = GOOD.chars().collect();
        for (at, with) in changes {
            let at = at % chars.len();
            chars.splice(at..(at + 2).min(chars.len()), with.chars());
            if chars.is_empty() { chars.push('一'); }
        }
        checked(chars.into_iter().collect::<String>().as_bytes());
    }

    #[test]
    fn pages_of_any_tags(pieces in prop::collection::vec(prop::sample::select(vec![
        "<table>", "</table>", "<tr>", "<td rowspan=3>", "<td colspan=2>", "</td>", "<p>", "</p>", "<br>", "<h1>", "</h1>", "<a href=x>", "</a>",
        "<pre>", "<script>", "</script>", "<nav>", "</nav>", "<!--", "-->", "<div", "&amp;", "&#0;", "序号", "工作任务", "责任单位", "区发改局", "1", "甲项工作。", "（责任单位：区发改局）",
    ]), 0..120)) {
        checked(format!("<!DOCTYPE html><p>1.甲项。（责任单位：区教育局）</p>{}", pieces.concat()).as_bytes());
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        checked(&bytes);
    }

    #[test]
    fn packed_files_with_changed_bytes(at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), sheet in any::<bool>()) {
        let mut bytes = if sheet {
            xlsx(&[&["序号", "任务", "责任单位"], &["1", "甲", "区发改局"], &["2", "乙", "区教育局"]])
        } else {
            docx(&GOOD.lines().collect::<Vec<_>>())
        };
        for (at, byte) in at {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        checked(&bytes);
    }

    #[test]
    fn documents_of_any_elements(pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:vMerge/>",
        "<w:vMerge w:val=\"restart\"/>", "<w:gridSpan w:val=\"3\"/>", "<w:del>", "</w:del>", "<w:tab/>", "<w:br/>", "序号", "工作任务", "责任单位", "区发改局", "&amp;", "&bad;",
    ]), 0..100)) {
        let xml = format!("<w:document>{}</w:document>", pieces.concat());
        checked(&packed(&[("word/document.xml", xml.as_bytes())]));
    }
}

/// Brackets that hold nothing but a bracket: what a property test found in a name of a unit.
#[test]
fn a_bracket_inside_a_unit_alone() {
    for name in ["区教育局（（）", "区教育局（）", "区教育局（））", "区教育局（ ）"]
    {
        let text = format!(
            "关于印发2024年工作要点的通知\n各镇人民政府：\n一、教育\n1.建设学校10所。（责任单位：{name}、区民政局）\n"
        );
        checked(text.as_bytes());
    }
}

/// Imports; whatever is written is read back without an error, and every character of it is
/// accounted for.
fn checked(bytes: &[u8]) {
    if let Ok(imported) = import(bytes, Options { name: "a", ..Options::default() }) {
        let report = &imported.report;
        assert!(report.items > 0);
        let bad: Vec<_> =
            report.doubts.iter().filter(|d| d.code == "import-check-records").collect();
        let files: Vec<_> =
            imported.files.iter().map(|f| format!("{}\n{}", f.path, f.text)).collect();
        assert!(
            bad.is_empty(),
            "{:?}\n{}\n{}",
            bad,
            String::from_utf8_lossy(bytes),
            files.join("\n")
        );
    }
}

/// A sequence that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }

    /// Bytes that are damaged in one of six ways, up to six times.
    fn damage(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = bytes.to_vec();
        for _ in 0..=self.roll(6) {
            let (at, len) = (self.roll(out.len()), 1 + self.roll(200));
            let end = (at + len).min(out.len());
            match self.roll(6) {
                0 if !out.is_empty() => out[at] = u8::try_from(self.roll(256)).unwrap(),
                1 if !out.is_empty() => out[at] ^= 1 << self.roll(8),
                2 => out.truncate(at),
                3 => drop(out.drain(at..end)),
                4 => {
                    let piece = out[at..end].to_vec();
                    let to = self.roll(out.len());
                    out.splice(to..to, piece);
                }
                _ => {
                    let filler = [0x00, 0xff, b'9', b'<'][self.roll(4)];
                    out[at..end].fill(filler);
                }
            }
        }
        out
    }
}

/// The files of an archive.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|n| {
            let mut file = zip.by_index(n).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
            (file.name().unwrap().to_string(), bytes)
        })
        .collect()
}

/// A good file of each kind; the binary ones where LibreOffice makes them.
fn of_every_kind() -> Vec<(&'static str, Vec<u8>)> {
    let lines: Vec<&str> = GOOD.lines().collect();
    let rows: [&[&str]; 3] = [
        &["序号", "任务", "责任单位", "完成时限"],
        &["1", "甲", "区发改局", "2025-06-30"],
        &["2", "乙", "区教育局、织里镇", "年底"],
    ];
    let line = |row: &&[&str]| row.join(",") + "\n";
    let csv: String = rows.iter().map(line).collect();
    let cell = |cell: &&str| format!("<td>{cell}</td>");
    let table: String = rows
        .iter()
        .map(|row| format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>()))
        .collect();
    let page = format!(
        "<!DOCTYPE html><meta charset=utf-8><p>{}</p><table>{table}</table>",
        lines.join("</p><p>")
    );
    let mhtml = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--b--\r\n"
    );
    let markdown = format!("# 关于印发要点的通知\n\n{}", GOOD.replace('\n', "\n\n"));
    let mut kinds = vec![
        ("txt", GOOD.as_bytes().to_vec()),
        ("html", page.into_bytes()),
        ("mhtml", mhtml.into_bytes()),
        ("csv", csv.into_bytes()),
        ("md", markdown.into_bytes()),
        ("docx", docx(&lines)),
        ("xlsx", xlsx(&rows)),
        ("pdf", crate::import_pdf::pdf(3, "BT /F 12 Tf 72 700 Td (1.) Tj ET 0 0 m 100 100 l S")),
    ];
    if crate::support::has_libreoffice() {
        let folder = Project::empty();
        let text = "--infilter=Text (encoded):UTF8";
        let table = "--infilter=CSV:44,34,76";
        for (from, to, filter) in [
            ("csv", "xls", table),
            ("csv", "ods", table),
            ("txt", "doc", text),
            ("txt", "pdf", text),
        ] {
            let bytes = kinds.iter().find(|(kind, _)| *kind == from).unwrap().1.clone();
            std::fs::write(folder.path(&format!("a.{from}")), bytes).unwrap();
            let profile = format!("-env:UserInstallation=file://{}", folder.path("prof").display());
            let mut command = Command::new("soffice");
            command.args([&profile, "--headless", filter, "--convert-to", to, "--outdir"]);
            let file = folder.path(&format!("a.{from}"));
            assert!(command.arg(folder.root()).arg(file).output().unwrap().status.success());
            kinds.push((to, std::fs::read(folder.path(&format!("a.{to}"))).unwrap()));
        }
    }
    kinds
}

/// Files of every kind, damaged; of packed ones the parts as well, so that damage gets past the
/// checksums. Whatever comes of them, the program ends by itself and what it writes can be read.
#[test]
fn damaged_files_of_every_kind() {
    let times = if crate::support::is_long() { 600 } else { 12 };
    let mut counted = 0;
    for (n, (kind, good)) in of_every_kind().into_iter().enumerate() {
        let mut dice = Dice(0x5eed + n as u64);
        for _ in 0..times {
            counted += 1;
            let damaged = match kind {
                "docx" | "xlsx" | "ods" if dice.roll(4) > 0 => {
                    let mut parts = unpacked(&good);
                    let at = dice.roll(parts.len());
                    parts[at].1 = dice.damage(&parts[at].1);
                    let parts: Vec<(&str, &[u8])> =
                        parts.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
                    packed(&parts)
                }
                _ => dice.damage(&good),
            };
            checked(&damaged);
        }
    }
    println!("{counted} damaged files");
}

#[test]
fn a_pdf_of_ten_thousand_pages() {
    let pages = crate::import_pdf::pdf(10_000, "BT ET");
    assert_eq!(within(900_000, &pages).refused().codes(), ["pdf-too-long"]);
}
