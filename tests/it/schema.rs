//! docs/records.md and the program know the same keys.

use std::collections::BTreeSet;

use crate::support::{NOTICE, Project, UNITS};

const DOC: &str = include_str!("../../docs/records.md");

/// A table of the document: its keys, and what is marked as required or as having a default.
struct Table {
    keys: BTreeSet<String>,
    required: BTreeSet<String>,
    defaults: BTreeSet<String>,
}

/// The table that follows the first line beginning with `start`.
fn table(start: &str) -> Table {
    let at = DOC.lines().position(|line| line.starts_with(start));
    let lines = DOC.lines().skip(at.unwrap_or_else(|| panic!("no line begins with {start}")));
    let rows = lines.skip_while(|line| !line.starts_with('|')).take_while(|l| l.starts_with('|'));
    let mut table =
        Table { keys: BTreeSet::new(), required: BTreeSet::new(), defaults: BTreeSet::new() };
    for row in rows.skip(2) {
        let cells: Vec<&str> = row.split('|').collect();
        for key in code_words(cells[1]) {
            if cells[1].contains("**!**") {
                table.required.insert(key.into());
            }
            if cells[2].contains("*d*") {
                table.defaults.insert(key.into());
            }
            table.keys.insert(key.into());
        }
    }
    table
}

/// The words in backticks.
fn code_words(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// What the program says of a mapping that has the key `zzzz` alone: the keys it knows there, and
/// those it misses.
struct Answer {
    known: BTreeSet<String>,
    missing: BTreeSet<String>,
}

/// Reads the answer for the one unknown key of a project.
fn ask(project: &Project) -> Answer {
    let run = project.en(&["list", "publications"]).refused();
    let lines: Vec<&str> = run.stderr.lines().collect();
    let unknown: Vec<usize> = (0..lines.len())
        .filter(|&at| lines[at].starts_with("error[key-unknown]: unknown key `zzzz`"))
        .collect();
    assert_eq!(unknown.len(), 1, "{run}");
    let known = lines[unknown[0]..].iter().find_map(|line| line.split_once("keys allowed here: "));
    let (_, known) = known.unwrap_or_else(|| panic!("{run}"));
    // Only what is missed where the unknown key stands.
    let missing = (0..lines.len())
        .filter(|&at| place(&lines, at) == place(&lines, unknown[0]))
        .filter_map(|at| lines[at].strip_prefix("error[key-missing]: `")?.split('`').next())
        .map(str::to_string)
        .collect();
    Answer { known: known.split(", ").map(str::to_string).collect(), missing }
}

/// The file and line of the message that begins on a line.
fn place<'a>(lines: &[&'a str], at: usize) -> Option<&'a str> {
    let (place, _) = lines.get(at + 1)?.trim().strip_prefix("--> ")?.rsplit_once(':')?;
    Some(place)
}

/// Asserts that a table and an answer agree.
#[track_caller]
fn agree(table: &Table, answer: &Answer) {
    assert_eq!(table.keys, answer.known, "left: the document, right: the program");
    assert_eq!(table.required, answer.missing, "required; left: the document");
}

#[test]
fn project_settings() {
    let answer = ask(&Project::new().file("yinfa.yaml", "zzzz: 1\n"));
    agree(&table("## yinfa.yaml"), &answer);
    let answer = ask(&Project::new().file("yinfa.yaml", "defaults: {zzzz: 1}\n"));
    assert_eq!(table("## notice.yaml").defaults, answer.known, "left: the document");
}

#[test]
fn registry() {
    let unit = Project::new().change("content/units.yaml", "units:\n", "units:\n  - {zzzz: 1}\n");
    agree(&table("`units` **!**"), &ask(&unit));
    let group = Project::new().add("content/units.yaml", "  - {zzzz: 1}\n");
    agree(&table("`groups`:"), &ask(&group));
}

#[test]
fn notice() {
    let project = Project::new().file("content/p/notice.yaml", "zzzz: 1\n");
    agree(&table("## notice.yaml"), &ask(&project));
}

#[test]
fn sections() {
    let project = Project::new().change(
        "content/p/notice.yaml",
        "    - {id: 民生, heading: 改善民生}\n",
        "    - {id: 民生, heading: 改善民生}\n    - {zzzz: 1}\n",
    );
    let mut sections = table("Sections (");
    // The sentence before the table names the key that nests them.
    assert!(DOC.contains("nested by `sections`"));
    sections.keys.insert("sections".into());
    agree(&sections, &ask(&project));
}

#[test]
fn attachments() {
    let wanted = table("Attachments:");
    let mut known = BTreeSet::new();
    for kind in ["text", "table", "unit-list", "task-table"] {
        let lines = format!("attachments:\n  - {{kind: {kind}, zzzz: 1}}\n");
        let answer = ask(&Project::new().add("content/p/notice.yaml", &lines));
        assert!(answer.missing.contains("title"));
        known.extend(answer.known);
    }
    assert_eq!(wanted.keys, known, "left: the document");
    assert_eq!(wanted.required.into_iter().collect::<Vec<_>>(), ["kind", "title"]);
}

#[test]
fn items() {
    let project = Project::new().add("content/p/items.yaml", "- zzzz: 1\n");
    agree(&table("## Items"), &ask(&project));
    let project = Project::new().change("content/p/items.yaml", "[区教育局]", "[{zzzz: 1}]");
    agree(&table("An entry of `units`"), &ask(&project));
}

/// Mappings that the document describes in a row or a sentence: every key that the program
/// knows is named there in backticks.
#[test]
fn mappings_inside_rows() {
    let notice = |lines: &str| Project::new().add("content/p/notice.yaml", lines);
    let row = |start: &str| {
        DOC.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start}"))
    };
    let paragraph = |start: &str| {
        let at = DOC.find(start).unwrap_or_else(|| panic!("{start}"));
        DOC[at..].split("\n\n").next().unwrap()
    };
    let without = |text: &str, line: &str| {
        Project::new().file("content/p/notice.yaml", text.replace(line, ""))
    };
    let item = |lines: &str| Project::new().add("content/p/items.yaml", lines);
    let cases = [
        (
            row("| `number`"),
            without(NOTICE, "number: {code: 云发改, year: 2025, serial: 1}\n")
                .add("content/p/notice.yaml", "number: {zzzz: 1}\n"),
        ),
        (row("| `secrecy`"), notice("secrecy: {zzzz: 1}\n")),
        (
            row("| `recipients` | | 主送"),
            without(NOTICE, "recipients: [各镇街]\n")
                .add("content/p/notice.yaml", "recipients: [{zzzz: 1}]\n"),
        ),
        (
            row("| `issued`"),
            Project::new().file("content/p/notice.yaml", "title: 甲\nissued: {zzzz: 1}\n"),
        ),
        (row("| `items` | *d*"), notice("items: {zzzz: 1}\n")),
        (row("| `process`"), notice("process: {zzzz: 1}\n")),
        (row("| `process`"), notice("process: {drafted: {zzzz: 1}}\n")),
        (row("| `reporting`"), notice("reporting: {zzzz: 1}\n")),
        (row("| `sheets`"), notice("sheets: {zzzz: 1}\n")),
        (row("| `layout`"), notice("layout: {zzzz: 1}\n")),
        (
            paragraph("Disclosure ("),
            without(NOTICE, "disclosure: {access: 主动公开}\n")
                .add("content/p/notice.yaml", "disclosure: {zzzz: 1}\n"),
        ),
        (
            paragraph("Disclosure ("),
            without(NOTICE, "disclosure: {access: 主动公开}\n")
                .add("content/p/notice.yaml", "disclosure: {links: [{zzzz: 1}]}\n"),
        ),
        (
            row("| `items` | `style`"),
            Project::new().change(
                "content/p/notice.yaml",
                "heading: 改善民生}",
                "heading: 改善民生, items: {zzzz: 1}}",
            ),
        ),
        (
            row("| `contact`"),
            Project::new().change(
                "content/units.yaml",
                "kind: 街道}",
                "kind: 街道, contact: {zzzz: 1}}",
            ),
        ),
        (
            row("`recipients`: the formal"),
            Project::new()
                .file("content/units.yaml", format!("{UNITS}recipients: [{{zzzz: 1}}]\n")),
        ),
        (row("| `fonts`"), Project::new().file("yinfa.yaml", "fonts: {zzzz: 1}\n")),
        (row("| `targets`"), item("  targets: [{zzzz: 1}]\n")),
        (row("| `deadline`"), item("  deadline: {zzzz: 1}\n")),
        (row("| `own`"), item("  own: [{zzzz: 1}]\n")),
        (
            paragraph("An item file holds"),
            Project::new().file("content/p/items.yaml", "section: 民生\nzzzz: 1\nitems: []\n"),
        ),
    ];
    for (text, project) in cases {
        let words = code_words(text);
        let answer = ask(&project);
        for key in &answer.known {
            let named = words.iter().any(|word| word.trim_end_matches(':') == key);
            assert!(named, "`{key}` is not in: {text}");
        }
        for key in &answer.missing {
            let marked = text.contains(&format!("`{key}` **!**")) || !text.contains("**!**");
            assert!(marked, "`{key}` is required, which is not said in: {text}");
        }
    }
}

/// The words that a choice allows are in the document, in brackets of either width.
#[test]
fn choices() {
    let narrow = |text: &str| text.replace('（', "(").replace('）', ")");
    // A bracket beside a word is the document's or the word's own.
    let doc: BTreeSet<String> = narrow(DOC)
        .split(|c: char| c.is_whitespace() || "`,;:|".contains(c))
        .flat_map(|word| [word, word.trim_start_matches('('), word.trim_matches(['(', ')'])])
        .map(str::to_string)
        .collect();
    let notice = |line: &str| Project::new().add("content/p/notice.yaml", line);
    let cases = [
        notice("organ_in_title: zzzz\n"),
        notice("format: zzzz\n"),
        notice("stage: zzzz\n"),
        notice("secrecy: {level: zzzz}\n"),
        notice("items: {style: zzzz}\n"),
        notice("items: {numbering: zzzz}\n"),
        notice("sheets: {order: zzzz}\n"),
        notice("layout: {grid: zzzz}\n"),
        notice("layout: {imprint: zzzz}\n"),
        notice("layout: {seals_per_row: zzzz}\n"),
        notice("urgency: zzzz\n"),
        notice("sheets: {without_task: [zzzz]}\n"),
        notice("attachments: [{title: 甲, kind: zzzz}]\n"),
        notice("attachments: [{title: 甲, kind: unit-list, of: zzzz}]\n"),
        Project::new().change("content/p/notice.yaml", "lead: first", "lead: zzzz"),
        Project::new().change("content/p/notice.yaml", "主动公开", "zzzz"),
        Project::new().file("yinfa.yaml", "engine: zzzz\n"),
    ];
    for project in cases {
        let run = project.en(&["list", "publications"]).refused();
        assert_eq!(run.codes(), ["value-unknown"], "{run}");
        let (_, words) = run.stderr.split_once("possible: ").unwrap();
        for word in words.lines().next().unwrap().split(", ").map(narrow) {
            assert!(doc.contains(&word), "{word} is not in docs/records.md\n{run}");
        }
    }
}
