//! What holds for every import: tables of tasks of random shape come back whole, from every kind of
//! file.

mod files;
mod first;
mod odd;
mod site;
mod table;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::read_back::read_back;
use crate::{Options, import};
use records::publication::Publication;
use table::{Task, tables};

/// How many tables of each kind of file are tried: some dozens, or 5,000 where `YINFA_LONG` is set.
/// `YINFA_TABLES` says another number.
fn cases() -> u32 {
    let given = std::env::var("YINFA_TABLES").ok().and_then(|n| n.parse().ok());
    let long = std::env::var_os("YINFA_LONG").is_some();
    given.unwrap_or(if long { 5000 } else { 60 })
}

/// What came back of a file.
fn publication(bytes: &[u8]) -> Result<Publication, TestCaseError> {
    let imported = import(bytes, Options { name: "a", ..Options::default() })
        .map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
    let back = read_back(&imported.files, None);
    prop_assert!(!back.problems.has_errors(), "{:?}", back.problems.iter().collect::<Vec<_>>());
    back.publication.ok_or_else(|| TestCaseError::fail("no publication"))
}

fn holds(publication: &Publication, tasks: &[Task]) -> Result<(), TestCaseError> {
    let items: Vec<table::Read> = table::read(publication);
    prop_assert_eq!(items.len(), tasks.len(), "{:#?}", items);
    for (item, task) in items.iter().zip(tasks) {
        for words in &task.words {
            prop_assert!(item.text.contains(words), "{:?} is not in {:?}", words, item.text);
        }
        prop_assert_eq!(&item.leads, &task.leads);
        prop_assert_eq!(&item.units, &task.units);
        prop_assert_eq!(&item.deadline, &task.deadline);
        for heading in &task.headings {
            prop_assert!(item.section.contains(heading), "{:?} in {:?}", heading, item.section);
        }
    }
    Ok(())
}

fn every_table_comes_back(write: fn(&table::Table) -> Vec<u8>) {
    let config =
        ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) };
    TestRunner::new(config)
        .run(&tables(), |table| {
            let back = publication(&write(&table))?;
            holds(&back, &table.tasks())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn tables_in_workbooks_come_back() {
    every_table_comes_back(files::xlsx);
}

#[test]
fn tables_in_word_files_come_back() {
    every_table_comes_back(files::docx);
}

#[test]
fn tables_in_pages_come_back() {
    every_table_comes_back(files::html);
}

#[test]
fn tables_of_separated_values_come_back() {
    every_table_comes_back(files::csv);
}

/// Series go on beyond 300, and are no years there.
#[test]
fn every_item_of_a_long_series_comes_back() {
    for (begin, end) in [("", "．"), ("", "、"), ("（", "）")] {
        let mut text = "关于印发2025年工作要点的通知\n\n2025年工作要点\n\n一、发展\n".to_string();
        for n in 1..=420 {
            text.push_str(&format!("{begin}{n}{end}推进第{n}项工作。（责任单位：区教育局）\n"));
        }
        text.push_str("900、大数不是序号。\n");
        let back = publication(text.as_bytes()).unwrap();
        assert_eq!(back.items.len(), 420, "{begin}{end}");
        let last = &back.items[400].parts[0];
        assert_eq!(last.text.plain(), "推进第401项工作。", "{begin}{end}");
    }
}

/// What prints nothing comes into no record: marks of direction, code points that are no characters.
#[test]
fn what_is_not_seen_is_left_out() {
    for c in "\u{202a}\u{202e}\u{2066}\u{2069}\u{200e}\u{61c}\u{fff9}\u{fffe}\u{ffff}\u{1fffe}\u{fdd0}\u{e0001}\u{feff}".chars() {
        let text = format!(
            "关于印发2025年工作要点的通知\n\n2025年工作要点\n\n一、发展\n1．推进第{c}一项工作。（责任单位：区教{c}育局）\n2．推进第二{c}项工作。（责任单位：区教育局）\n"
        );
        let back = publication(text.as_bytes()).unwrap_or_else(|error| panic!("{c:?}: {error}"));
        let texts: Vec<_> = back.items.iter().map(|item| item.parts[0].text.plain()).collect();
        assert_eq!(texts, ["推进第一项工作。", "推进第二项工作。"], "{c:?}");
    }
}
