//! Word documents and workbooks as office programs take them: parts, measures and styles, and
//! what LibreOffice makes of them.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{
    ITEMS, NOTICE, Project, UNITS, has_libreoffice, pdf_info, pdf_text, without_blanks,
};

const NOTICE_FILE: &str = "output/p/internal/notice.docx";

/// Parts of a packed file by name, as text.
fn part(project: &Project, path: &str, name: &str) -> String {
    let bytes = std::fs::read(project.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn built(project: Project) -> Project {
    project.en(&["build", "--format", "docx"]).clean();
    project
}

#[track_caller]
fn holds(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "no {words} in:\n{text}");
    }
}

/// The repository's own publication, with nothing of its output.
fn sample() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut project = Project::bare();
    let mut folders = vec![PathBuf::from("content")];
    project = project.file("yinfa.yaml", std::fs::read(root.join("yinfa.yaml")).unwrap());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&folder)).unwrap() {
            let path = folder.join(entry.unwrap().file_name());
            if root.join(&path).is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(root.join(&path)).unwrap();
                project = project.file(path.to_str().unwrap(), bytes);
            }
        }
    }
    project
}

/// Converts files to PDF; gives the folder they are in. Each call has a profile of its own, so
/// that several may run at a time.
fn to_pdf(project: &Project, files: &[&str]) -> PathBuf {
    let folder = project.path("converted");
    let profile = format!("-env:UserInstallation=file://{}", project.path("profile").display());
    let mut command = Command::new("soffice");
    command.args(["--headless", &profile, "--convert-to", "pdf", "--outdir"]).arg(&folder);
    let output = command.args(files.iter().map(|file| project.path(file))).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

/// The boxes of all words of a page, from 1, in points: left, top, right, bottom.
fn boxes(pdf: &Path, page: u32) -> Vec<([f64; 4], String)> {
    let page = page.to_string();
    let output = Command::new("pdftotext")
        .args(["-bbox", "-f", &page, "-l", &page])
        .arg(pdf)
        .arg("-")
        .output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    let words = text.lines().filter_map(|line| line.trim().strip_prefix("<word "));
    words
        .map(|word| {
            let value = |name: &str| {
                let after = word.split(&format!("{name}=\"")).nth(1).unwrap();
                after.split('"').next().unwrap().parse().unwrap()
            };
            let shown = word.split('>').nth(1).unwrap().split('<').next().unwrap();
            (["xMin", "yMin", "xMax", "yMax"].map(value), shown.to_string())
        })
        .collect()
}

#[test]
fn measures_and_styles_are_the_standards() {
    let project = built(
        Project::new().add("content/p/notice.yaml", "note: 此件公开发布\ncopies: [区委办]\n"),
    );
    let document = part(&project, NOTICE_FILE, "word/document.xml");
    holds(
        &document,
        &[
            "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
            // 37, 26, 35 and 28 mm.
            "w:top=\"2097\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\"",
            "<w:docGrid w:type=\"linesAndChars\" w:linePitch=\"579\" w:charSpace=\"-848\"/>",
            "w:type=\"even\" r:id=\"rFoot-even\"",
        ],
    );
    let styles = part(&project, NOTICE_FILE, "word/styles.xml");
    for name in
        ["公文标题", "公文正文", "一级标题", "二级标题", "三级标题", "四级标题", "主送机关", "版记"]
    {
        holds(&styles, &[&format!("<w:name w:val=\"{name}\"/>")]);
    }
    let style = |name: &str| {
        let style = styles.split("<w:style ").find(|s| s.contains(&format!("\"{name}\"")));
        style.unwrap_or_else(|| panic!("no style {name}")).to_string()
    };
    holds(
        &style("一级标题"),
        &["w:eastAsia=\"黑体\"", "<w:sz w:val=\"32\"/>", "<w:outlineLvl w:val=\"0\"/>"],
    );
    holds(&style("二级标题"), &["w:eastAsia=\"楷体_GB2312\""]);
    holds(&style("公文标题"), &["w:eastAsia=\"方正小标宋简体\"", "<w:sz w:val=\"44\"/>"]);
    holds(&style("公文正文"), &["w:eastAsia=\"仿宋_GB2312\"", "w:firstLineChars=\"200\""]);
    holds(&style("发文机关标志"), &["<w:color w:val=\"FF3333\"/>"]);
    holds(&style("Normal"), &["w:line=\"579\" w:lineRule=\"exact\""]);
    // Every style that is used is there.
    let used: BTreeSet<&str> = document
        .split("<w:pStyle w:val=\"")
        .skip(1)
        .map(|s| s.split('"').next().unwrap())
        .collect();
    for id in used {
        holds(&styles, &[&format!("w:styleId=\"{id}\"")]);
    }
    holds(
        &part(&project, NOTICE_FILE, "word/fontTable.xml"),
        &["w:name=\"仿宋_GB2312\"", "仿宋,FangSong"],
    );
    holds(
        &part(&project, NOTICE_FILE, "docProps/core.xml"),
        &["关于印发2025年工作要点的通知", "2025-03-06T00:00:00Z"],
    );
    holds(
        &part(&project, NOTICE_FILE, "docProps/custom.xml"),
        &["name=\"publication\"", "name=\"version\""],
    );
}

#[test]
fn what_is_edited_is_never_public() {
    let project = built(Project::new());
    let tree = project.tree("output/p");
    assert!(!tree.contains("public/"), "{tree}");
    holds(
        &tree,
        &["internal/notice.docx", "internal/tasks/区发改局.docx", "internal/任务分解总表.docx"],
    );
    let draft = built(Project::new().add("content/p/notice.yaml", "stage: 征求意见稿\n"));
    let tree = draft.tree("output/p");
    let file = tree.lines().find(|line| line.starts_with("internal/notice")).unwrap();
    let document = part(&draft, &format!("output/p/{file}"), "word/document.xml");
    holds(&document, &["（征求意见稿）"]);
    assert!(!document.contains("GwOrgan"), "nothing is signed before it is final");
}

/// One version of a sheet, whatever it is written as.
#[test]
fn workbook_and_document_of_a_sheet_have_one_version() {
    let project = Project::new();
    project.en(&["build", "--format", "docx,xlsx"]).clean();
    let version = |extension: &str| {
        let path = format!("output/p/internal/tasks/区发改局.{extension}");
        let custom = part(&project, &path, "docProps/custom.xml");
        custom.split("name=\"version\"><vt:lpwstr>").nth(1).unwrap()[..16].to_string()
    };
    assert_eq!(version("docx"), version("xlsx"));
}

/// The same bytes in another time zone, with another number of threads.
#[test]
fn the_same_input_gives_the_same_bytes() {
    let project = sample();
    for (output, zone, jobs) in [("a", "UTC", "1"), ("b", "Asia/Shanghai", "2")] {
        let mut command = project.command();
        command.env("TZ", zone).args(["build", "--format", "docx,xlsx", "-j", jobs]);
        project.finish(command.args(["--output", output])).clean();
    }
    let (a, b) = (project.files("a"), project.files("b"));
    assert!(a.len() > 70 && a == b, "{:?}", a.keys());
}

/// Wide attachments stand on turned pages, between sections of upright ones.
#[test]
fn wide_tables_turn_the_page() {
    let attachments = "attachments:\n  - {title: 分工, kind: task-table, of: issued}\n  - {title: 说明, kind: text, of: issued, text: '见[网页](https://example.com/?a=1&b=2)和**重点**。'}\n";
    let project = built(Project::new().add("content/p/notice.yaml", attachments));
    let document = part(&project, NOTICE_FILE, "word/document.xml");
    assert_eq!(document.matches("<w:sectPr>").count(), 3, "{document}");
    assert_eq!(document.matches("w:orient=\"landscape\"").count(), 1);
    holds(&document, &["<w:tblHeader/>", "<w:rStyle w:val=\"GwStrong\"/>"]);
    let relations = part(&project, NOTICE_FILE, "word/_rels/document.xml.rels");
    holds(&relations, &["https://example.com/?a=1&amp;b=2", "TargetMode=\"External\""]);
}

/// What a letter has in the place of a red head: two double rules, no number on page 1.
#[test]
fn a_letter_has_its_rules() {
    let project = Project::new()
        .change("content/p/notice.yaml", "number: {code: 云发改, year: 2025, serial: 1}", "number: {code: 云发改函, year: 2025, serial: 1}\norgan: 云溪区发展和改革局\nformat: letter");
    project.en(&["build", "--format", "docx"]).fine();
    let document = part(&project, NOTICE_FILE, "word/document.xml");
    holds(&document, &["thinThickSmallGap", "<w:titlePg/>", "w:type=\"first\""]);
    holds(&part(&project, NOTICE_FILE, "word/footer-first.xml"), &["thickThinSmallGap"]);
}

/// The sample through Word and back: title, number, items, units and leads.
#[test]
fn the_sample_comes_back_from_word() {
    let project = sample();
    project.en(&["build", "--format", "docx", "--only", "notice"]).clean();
    let file = "output/2025-yaodian/internal/notice.docx";
    let imported = project.en(&["import", file, "-o", "again", "--units", "content/units.yaml"]);
    // Without a group that says it, 各乡镇（石枧乡除外） needs a hand, and import says so.
    assert_eq!(
        (imported.code, imported.codes().last().copied()),
        (Some(1), Some("import-check-records")),
        "{imported}"
    );
    holds(&imported.stderr, &["places to mend: 1", "各乡镇（石枧乡除外）"]);
    let root = sample();
    let list = |project: &Project| {
        let items = project.en(&["list", "items", "--format", "json"]).json();
        let told = items.as_array().unwrap().iter().map(|item| {
            // The mark of a list's entry is text in a document, and comes back as such.
            let of = |key: &str| item[key].to_string().replace('·', "");
            ["label", "section", "text", "units", "leads", "cooperating"].map(of).join(" ")
        });
        told.collect::<Vec<_>>()
    };
    let again = Project::bare()
        .file("yinfa.yaml", project.read("yinfa.yaml"))
        .file("content/units.yaml", project.read("content/units.yaml"));
    let again = project.files("again").into_iter().fold(again, |again, (path, bytes)| {
        again.file(&format!("content/2025-yaodian/{path}"), bytes)
    });
    let (before, after) = (list(&root), list(&again));
    assert_eq!(before.len(), 30);
    for (after, before) in after.iter().zip(&before) {
        assert_eq!(after, before);
    }
    assert_eq!(after.len(), before.len());
    let notice = again.read("content/2025-yaodian/notice.yaml");
    holds(
        &notice,
        &[
            "code: 青数办",
            "organ: 青溪区数字化发展领导小组办公室",
            "date: 2025-03-18",
            "note: 此件公开发布",
        ],
    );
}

/// LibreOffice lays the notice out on the standard's page, and says what our own print says.
#[test]
fn libreoffice_prints_the_notice_as_we_do() {
    if !has_libreoffice() {
        return;
    }
    let project = sample();
    project.build(&["--format", "docx,pdf", "--only", "notice"]);
    let folder = "output/2025-yaodian/internal";
    let pdf = to_pdf(&project, &[&format!("{folder}/notice.docx")]).join("notice.pdf");
    assert!(pdf_info(&pdf, "Page size").starts_with("595.3"), "{}", pdf_info(&pdf, "Page size"));
    let ours = pdf_text(&project.path(&format!("{folder}/notice.pdf")));
    let theirs = pdf_text(&pdf);
    // LibreOffice lets marks hang into the margin whatever the style says, and pdftotext loses some.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
    let (letters, expected) = (letters(&theirs), letters(&ours));
    let differ = letters.iter().zip(&expected).position(|(a, b)| a != b);
    assert!(letters == expected, "{differ:?}: {theirs}");
    assert_eq!((1..=30).filter(|n| theirs.contains(&format!("{n}."))).count(), 30);

    // 5.2.1: page 2 is full. Lines are exact, so the ink ends within the text block; left and right
    // the tolerance is a point, and that of marks which are narrower than their box.
    let mm = |mm: f64| mm * 72.0 / 25.4;
    let words = boxes(&pdf, 2);
    let text: Vec<_> = words.iter().filter(|(b, _)| b[3] < mm(37.0 + 225.0) + 8.0).collect();
    let edge = |of: usize, better: fn(f64, f64) -> f64| {
        let ends = text.iter().filter(|(_, word)| word.ends_with(char::is_alphanumeric));
        ends.map(|(b, _)| b[of]).reduce(better).unwrap()
    };
    assert!((edge(0, f64::min) - mm(28.0)).abs() < 1.0, "{:?}", edge(0, f64::min));
    assert!((edge(2, f64::max) - mm(210.0 - 26.0)).abs() < 9.0, "{:?}", edge(2, f64::max));
    assert!(edge(1, f64::min) > mm(37.0) - 3.0);
    // 7.5: the number is below the text block, one character in at the left of an even page.
    let number = words.iter().find(|(_, word)| word.starts_with('—')).unwrap();
    assert!(number.0[1] > mm(37.0 + 225.0), "{number:?}");
    assert!((number.0[0] - mm(28.0) - 14.0).abs() < 3.0, "{number:?}");
    // 7.4: the imprint ends the text block of the last page.
    let pages: u32 = pdf_info(&pdf, "Pages").parse().unwrap();
    let last = boxes(&pdf, pages);
    let printed = last.iter().find(|(_, word)| word.contains("印发")).unwrap();
    assert!((printed.0[3] - mm(37.0 + 225.0)).abs() < 9.0, "{printed:?}");
}

/// Sheets as documents and workbooks: A4 landscape with a task's number in each row.
#[test]
fn libreoffice_prints_the_sheets() {
    if !has_libreoffice() {
        return;
    }
    let project = sample();
    project.build(&["--format", "docx,xlsx,pdf", "--unit", "区数据局"]);
    let tasks = "output/2025-yaodian/internal/tasks";
    let ours = pdf_text(&project.path(&format!("{tasks}/区数据局.pdf")));
    let rows = project.en(&["list", "tasks", "--unit", "区数据局", "--format", "json"]).json();
    for extension in ["docx", "xlsx"] {
        let file = format!("{tasks}/区数据局.{extension}");
        let pdf = to_pdf(&project, &[&file]).join("区数据局.pdf");
        let size = pdf_info(&pdf, "Page size");
        assert!(size.starts_with("841.89 x 595.3"), "{extension}: {size}");
        let text = pdf_text(&pdf);
        for (place, row) in rows.as_array().unwrap().iter().enumerate() {
            let task = without_blanks(row["text"].as_str().unwrap());
            // Cells break over pages and columns; their first words are enough to find them.
            let first: String = task.chars().take(8).collect();
            assert!(text.contains(&first), "{extension} {place}: {first}\n{text}");
            assert!(ours.contains(&first), "{place}: {first}");
        }
        assert_eq!(rows.as_array().unwrap().len(), 10);
        holds(&text, &["共10项：牵头5项、责任5项", "报送要求", "第1页，共"]);
        // The head stands on every page.
        let pages: usize = pdf_info(&pdf, "Pages").parse().unwrap();
        assert!(text.matches("序号工作任务").count() == pages && pages > 1, "{extension}: {pages}");
        // The width of the page is used, and nothing sticks out.
        let margin = 18.0 * 72.0 / 25.4;
        let words = boxes(&pdf, 1);
        assert!(words.iter().all(|(b, _)| b[0] > margin - 2.0 && b[2] < 841.89 - margin + 2.0));
    }
}

/// Nothing that a record can say breaks a file: whoever opens it sees the text.
#[test]
fn special_characters_reach_the_document_as_they_are() {
    let text = "<w:p>&amp;\"'’＜]]>{{ unit }}𠀀";
    let items = format!(
        "- section: 发展\n  text: {}\n  units: [区发改局]\n- {{section: 民生, text: 乙。, units: [区教育局]}}\n",
        crate::support::quoted(&crate::support::escaped(text))
    );
    let project = Project::empty()
        .file("content/units.yaml", UNITS)
        .file("content/p/notice.yaml", NOTICE)
        .file("content/p/items.yaml", items);
    assert!(ITEMS.contains("发展"));
    project.en(&["build", "--format", "docx,xlsx"]).fine();
    let document = part(&project, NOTICE_FILE, "word/document.xml");
    let shown: String = document
        .split("<w:t xml:space=\"preserve\">")
        .skip(1)
        .map(|piece| piece.split("</w:t>").next().unwrap())
        .collect();
    holds(&crate::support::unescape(&shown.replace("&apos;", "'")), &[text]);
}
