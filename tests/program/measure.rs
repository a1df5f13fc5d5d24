//! `yinfa measure`, and PDFs read back.

use std::collections::BTreeMap;

use pages::measure::measure;
use pages::typeset::{EmbeddedEngine, Engine as _, Standards};
use pdf::page::Page;

use crate::gallery::{Notice, fonts, ready};
use crate::support::{Project, Run, font_args};

fn run(project: &Project, lang: &str, args: &[&str]) -> Run {
    let mut command = project.command();
    project.finish(command.args(["--lang", lang, "measure", "-q"]).args(font_args()).args(args))
}

/// The verdict of a clause in a JSON report.
fn verdict<'a>(report: &'a serde_json::Value, clause: &str, name: &str) -> &'a str {
    let clauses = report["clauses"].as_array().unwrap();
    let found = clauses.iter().find(|c| c["clause"] == clause && c["name"] == name);
    found.unwrap_or_else(|| panic!("no {clause} {name}"))["verdict"].as_str().unwrap()
}

/// The layout with other words in it.
fn with_layout(project: Project, from: &str, to: &str) -> Project {
    let mut built_in = pages::render::built_in().into_iter();
    let (_, layout) = built_in.find(|(name, _)| name == "typst/layout.typ").unwrap();
    assert!(layout.contains(from), "“{from}” is not in the layout");
    project.file("templates/typst/layout.typ", layout.replace(from, to))
}

#[test]
fn the_exit_code_tells_whether_the_pages_are_right() {
    let project = Notice::new().project();
    let plain = run(&project, "en", &["--format", "json"]);
    let report = &plain.json()[0];
    assert_eq!(report["publication"], "p");
    assert_eq!(plain.code, Some(i32::from(report["passes"] == false)), "{plain}");
    assert_eq!(verdict(report, "5.2.1", "head-margin"), "pass");
    assert_eq!(verdict(report, "10.1", "letter-rules"), "not-applicable");

    let project = with_layout(project, "top: gb.head-margin,", "top: gb.head-margin + 2mm,");
    let shifted = run(&project, "en", &["--format", "json"]);
    assert_eq!(shifted.code, Some(1), "{shifted}");
    let report = &shifted.json()[0];
    assert_eq!(report["passes"], false);
    assert_eq!(verdict(report, "5.2.1", "head-margin"), "fail");
    let clauses = report["clauses"].as_array().unwrap();
    let clause = clauses.iter().find(|clause| clause["name"] == "head-margin").unwrap();
    let page = &clause["pages"][0];
    assert_eq!((page["asked_mm"].as_f64(), page["has_mm"].as_f64()), (Some(37.0), Some(39.0)));
}

#[test]
fn the_table_names_clause_page_and_both_lengths_in_both_languages() {
    let project =
        with_layout(Notice::new().project(), "top: gb.head-margin,", "top: gb.head-margin + 2mm,");
    let row = |lang: &str| {
        let run = run(&project, lang, &["p"]);
        assert_eq!(run.code, Some(1), "{run}");
        let row = run.stdout.lines().find(|line| line.contains("5.2.1 head-margin"));
        row.unwrap_or_else(|| panic!("{run}")).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        row("en"),
        "✗ 5.2.1 head-margin 2 39 mm head margin 37 mm: the em box of a page's first line [37.00]"
    );
    assert_eq!(row("zh"), "✗ 5.2.1 head-margin 2 39 mm 天头 37 mm：每页首行字框顶边 [37.00]");
}

#[test]
fn the_notice_of_a_publication_with_errors_is_not_measured() {
    let project = Notice::new().project().change("content/p/items.yaml", "区教育局", "区教育居");
    let run = run(&project, "en", &[]);
    assert_eq!(run.code, Some(1), "{run}");
    assert_eq!(run.codes(), ["unit-unknown"]);
    assert_eq!(run.stdout, "");
}

#[test]
fn a_pdf_is_measured_without_knowing_what_it_prints() {
    let project = Notice::new().project();
    project.build(&["--only", "notice", "--format", "pdf"]);
    let pdf = "output/p/internal/notice.pdf";
    let run = run(&project, "en", &["--pdf", pdf, "--format", "json"]);
    let report = &run.json()[0];
    assert!(report["publication"].is_null());
    for (clause, name) in [
        ("5.2.1", "head-margin"),
        ("5.2.3", "character-pitch"),
        ("5.2.3", "full-line"),
        ("7.2.4", "mark-top"),
        ("7.2.5", "number"),
        ("7.2.7", "rule-gap"),
        ("7.3.1", "title-type"),
        ("7.3.2", "recipients-left"),
        ("7.3.3", "level-1"),
        ("7.3.5.1", "date-right"),
        ("7.4.1", "imprint-foot"),
        ("7.5", "page-number-side"),
        ("6", "red"),
    ] {
        assert_eq!(verdict(report, clause, name), "pass", "{clause} {name}\n{run}");
    }
}

#[test]
fn what_is_no_pdf_is_told_apart() {
    let project = Notice::new().project().file("a.docx", "PK").file("cut.pdf", "%PDF-1.7\n1 0 obj");
    for (path, code) in
        [("a.docx", "pdf-unreadable"), ("cut.pdf", "pdf-unreadable"), ("b.pdf", "file-unreadable")]
    {
        let run = run(&project, "en", &["--pdf", path]);
        assert_eq!((run.code, run.codes()), (Some(2), vec![code]), "{run}");
        assert_eq!(run.stdout, "");
    }
    let both = run(&project, "en", &["p", "--pdf", "b.pdf"]);
    assert_eq!((both.code, both.codes()), (Some(2), vec!["usage"]), "{both}");
}

/// Han characters by page, with hundredths of a millimetre.
fn han(pages: &[Page]) -> BTreeMap<(usize, String, i64, i64), i64> {
    let mut found = BTreeMap::new();
    for (place, page) in pages.iter().enumerate() {
        for run in &page.runs {
            for glyph in &run.glyphs {
                if glyph.text.chars().all(|c| ('\u{4e00}'..'\u{a000}').contains(&c)) {
                    // A grid of 0.2 mm, and neighbours are tried: no edge falls between the two.
                    let at = |mm: f64| (mm * 5.0).round() as i64;
                    let key = (place, glyph.text.clone(), at(glyph.x), at(glyph.y));
                    found.insert(key, (run.style.size * 10.0).round() as i64);
                }
            }
        }
    }
    found
}

#[test]
fn a_pdf_says_the_same_as_the_pages_it_was_made_from() {
    let notice = Notice::new().with("signatory", "[江伯言]").with("urgency", "特急");
    let ready = ready(&notice.project());
    let laid = ready.pages();
    let engine = EmbeddedEngine::new(fonts(), Standards::default());
    let bytes = engine.pdf(&ready.job).unwrap().bytes;
    let read = pdf::pages(bytes, "notice.pdf").unwrap();
    assert_eq!(laid.len(), read.len());

    let (mine, theirs) = (han(&laid), han(&read));
    assert!(mine.len() > 200);
    assert_eq!(mine.len(), theirs.len());
    for ((page, text, x, y), size) in &mine {
        let near = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
        let found = near
            .into_iter()
            .find_map(|(dx, dy)| theirs.get(&(*page, text.clone(), x + dx, y + dy)));
        assert_eq!(found, Some(size), "{text} on page {} at {x}, {y}", page + 1);
    }
    for (mine, theirs) in laid.iter().zip(&read) {
        assert_eq!(mine.rules.len(), theirs.rules.len());
        let sorted = |page: &Page| {
            let mut ys: Vec<f64> = page.rules.iter().map(|rule| rule.y()).collect();
            ys.sort_by(f64::total_cmp);
            ys
        };
        for (mine, theirs) in sorted(mine).iter().zip(sorted(theirs)) {
            assert!((mine - theirs).abs() < 0.02, "{mine} {theirs}");
        }
    }
    // And the ruler comes to the same verdicts where it knows the same.
    let reports = [&laid, &read].map(|pages| measure(pages, &ready.expected, &ready.settings));
    let failing = reports.map(|r| r.failures().map(|c| c.id()).collect::<Vec<_>>());
    let exact = |id: &&String| !id.starts_with('6') && !id.contains("pitch");
    let [mine, theirs] = failing.each_ref().map(|ids| ids.iter().filter(exact).collect::<Vec<_>>());
    assert_eq!(mine, theirs);
}

#[test]
fn the_document_names_every_clause() {
    let doc = include_str!("../../docs/measure.md");
    let report = ready(&Notice::new().project()).report();
    let mut rows: BTreeMap<&str, String> = BTreeMap::new();
    for clause in &report.clauses {
        let row = rows.entry(clause.number).or_insert_with(|| format!("| {} |", clause.number));
        row.push_str(&format!(" `{}`,", clause.name));
    }
    for row in rows.values() {
        let row = format!("{} |", row.trim_end_matches(','));
        assert!(doc.contains(&row), "not in docs/measure.md: {row}");
    }
}
