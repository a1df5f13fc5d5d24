//! docs/ledger.md, docs/send.md and docs/templates.md say what there is.

use std::collections::BTreeSet;

use serde_json::Value;

use super::built::{lines, project};

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_json_and_the_tables_of_the_ledger() {
    let doc = include_str!("../../../docs/ledger.md");
    let (_, example) = doc.split_once("```json\n").unwrap();
    let example: Value = serde_json::from_str(example.split("```").next().unwrap()).unwrap();
    let project = project();
    project.en(&["send", "p", "--yes", "--unit", "东山镇"]).clean();
    project.en(&["receipt", "东山镇"]).clean();
    let line = lines(&project).remove(0);
    assert_eq!(keys(&example[0]), keys(&line));
    for list in ["files", "receipts"] {
        assert_eq!(keys(&example[0][list][0]), keys(&line[list][0]), "{list}");
    }
    let run = project.en(&["ledger", "p", "--missing", "--format", "json"]).clean();
    for key in keys(&run.json()[0]) {
        assert!(doc.contains(&format!("`{key}`")), "{key}");
    }

    let connection = rusqlite::Connection::open(project.path(".yinfa/ledger.sqlite")).unwrap();
    let mut statement = connection
        .prepare("SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'")
        .unwrap();
    let columns = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let mut count = 0;
    for (table, column) in columns.map(|row| row.unwrap()) {
        let (table, column): (String, String) = (table, column);
        let row = doc.lines().find(|line| line.starts_with(&format!("| `{table}` |")));
        let row = row.unwrap_or_else(|| panic!("the table {table} is not documented"));
        assert!(row.contains(&format!("`{column}`")), "{table}.{column} is not documented");
        count += 1;
    }
    assert!(count > 30, "{count}");
    let version: u32 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert!(doc.contains(&format!("the version of the schema, now {version}.")));
    let schema: String = connection
        .query_row("SELECT sql FROM sqlite_schema WHERE name = 'delivery'", [], |row| row.get(0))
        .unwrap();
    let statuses = schema.split("status IN").nth(1).unwrap();
    let statuses: Vec<_> =
        statuses.split(')').next().unwrap().split('\'').skip(1).step_by(2).collect();
    assert_eq!(statuses.len(), 9);
    for status in statuses {
        assert!(doc.contains(&format!("| `{status}` |")), "{status}");
    }
}

#[test]
fn the_codes_and_the_options() {
    let doc = include_str!("../../../docs/send.md");
    let help = project().en(&["send", "--help"]).clean().stdout;
    let options = help.split_whitespace().filter(|word| word.starts_with("--"));
    let general = ["--lang", "--color", "--quiet", "--verbose", "--help", "--root"];
    let options: Vec<_> = options.filter(|option| !general.contains(option)).collect();
    assert!(options.len() >= 10, "{options:?}");
    for option in options {
        assert!(doc.contains(&format!("`{option}")), "{option} is not documented");
    }
}

#[test]
fn the_fields_of_letters() {
    let doc = include_str!("../../../docs/templates.md");
    let (_, section) = doc.split_once("\n### letter\n").unwrap();
    let project = project().file("templates/send/subject.txt", "{{ zzzz }}");
    let run = project.en(&["send", "p", "--yes"]).refused();
    let (_, variables) = run.stderr.split_once("Available variables: ").unwrap();
    for variable in variables.lines().next().unwrap().split(", ") {
        let named = [format!("`{variable}`"), format!("`{variable}[]`")];
        assert!(named.iter().any(|name| section.contains(name)), "`{variable}` is not documented");
    }
}
