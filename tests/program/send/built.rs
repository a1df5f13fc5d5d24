//! Projects with sheets as a build leaves them, without the time that a build takes: what `send`
//! reads of a build are the manifest and the files it names.

use std::collections::BTreeMap;

use base::disk::sha256;
use serde_json::{Value, json};

use crate::support::{NOTICE, Project};

/// A registry with addresses.
pub(super) const UNITS: &str = "\
units:
  - {name: 区发改局, full_name: 云溪区发展和改革局, kind: 政府部门, contact: {person: 王一, phone: '1234', email: fgj@example.org}}
  - {name: 区教育局, kind: 政府部门, contact: {email: jyj@example.org}}
  - {name: 东山镇, kind: 乡镇, contact: {email: [ds@example.org, ds2@example.org]}}
  - {name: 西水街道, kind: 街道}
groups:
  - {name: 各镇街, kinds: [乡镇, 街道]}
";

/// A project whose four units have addresses (one has two, one has none), with sheets.
pub(crate) fn project() -> Project {
    let notice = format!(
        "{NOTICE}reporting: {{cycle: 每月, due: 25日前, to: 区发改局, contact: {{person: 王一, phone: '1234'}}}}\n"
    );
    let project = Project::new()
        .file("content/units.yaml", UNITS)
        .file("content/p/notice.yaml", notice)
        .file("content/p/items.yaml", ITEMS);
    build(project)
}

/// Tasks: 区发改局 leads one with 东山镇, 区教育局 has one alone.
pub(super) const ITEMS: &str = "\
- section: 发展
  text: 开工重大项目10个。
  units: [区发改局, 东山镇]
  deadline: 2025-06
- section: 民生
  text: 新建学校2所。
  units: [区教育局]
";

/// Makes the sheets of all units anew from the records as they are: small files in place of PDFs.
pub(super) fn build(project: Project) -> Project {
    let units = units(&project);
    let mut records = BTreeMap::new();
    for path in
        ["content/units.yaml", "content/p/notice.yaml", "content/p/items.yaml", "yinfa.yaml"]
    {
        records.insert(path.to_string(), sha256(project.read(path).as_bytes()));
    }
    let state = sha256(format!("{records:?}").as_bytes());
    let mut artifacts = serde_json::Map::new();
    let mut project = project;
    for unit in units {
        for format in ["pdf", "xlsx", "html"] {
            let path = format!("internal/tasks/{unit}.{format}");
            let bytes = format!("%{format} {unit} {state}");
            let mut inputs = records.clone();
            inputs.insert("templates/typst/sheet.typ".into(), "0".into());
            artifacts.insert(path.clone(), entry(&unit, &bytes, &inputs));
            project = project.file(&format!("output/p/{path}"), bytes);
        }
    }
    let manifest = json!({
        "manifest": 1, "publication": "p", "title": "t", "doc_number": null, "artifacts": artifacts
    });
    project.file("output/p/manifest.json", manifest.to_string())
}

fn entry(unit: &str, bytes: &str, inputs: &BTreeMap<String, String>) -> Value {
    json!({
        "kind": "sheet", "unit": unit, "sha256": sha256(bytes.as_bytes()), "bytes": bytes.len(),
        "program": "yinfa 0", "engine": null, "inputs": inputs, "fonts": {}
    })
}

/// The names of the registry, as it is written in these tests: one unit a line.
fn units(project: &Project) -> Vec<String> {
    let text = project.read("content/units.yaml");
    let of_units = text.split("groups:").next().unwrap();
    of_units
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- {name: "))
        .map(|rest| rest.split(',').next().unwrap())
        // A name in quotes may have escapes.
        .map(|name| serde_json::from_str(name).unwrap_or_else(|_| name.to_string()))
        .collect()
}

/// The lines of the ledger.
pub(super) fn lines(project: &Project) -> Vec<Value> {
    let run = project.en(&["-q", "ledger", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
    run.json().as_array().unwrap().clone()
}

/// Unit, address and status of the ledger's lines, in order.
pub(super) fn outcomes(project: &Project) -> Vec<(String, String, String)> {
    let text = |line: &Value, key: &str| line[key].as_str().unwrap().to_string();
    let of = |line: &Value| (text(line, "unit"), text(line, "address"), text(line, "status"));
    lines(project).iter().map(of).collect()
}

/// Changes the ledger as SQL says, and seals it again as docs/ledger.md describes.
pub(crate) fn change_ledger(project: &Project, sql: &str) {
    let connection = rusqlite::Connection::open(project.path(".yinfa/ledger.sqlite")).unwrap();
    connection.execute_batch(sql).unwrap();
    let column = |sql: &str, id: i64| -> Vec<u8> {
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([id]).unwrap();
        let mut bytes = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                let (kind, text) = match row.get::<_, rusqlite::types::Value>(column).unwrap() {
                    rusqlite::types::Value::Null => ('n', String::new()),
                    rusqlite::types::Value::Integer(number) => ('i', number.to_string()),
                    rusqlite::types::Value::Text(text) => ('t', text),
                    other => panic!("{other:?}"),
                };
                bytes.extend(format!("{kind}{}:{text}", text.len()).into_bytes());
            }
            bytes.push(b'\n');
        }
        bytes.push(b'\n');
        bytes
    };
    let mut statement = connection.prepare("SELECT id FROM delivery ORDER BY id").unwrap();
    let ids: Vec<i64> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let tables = "SELECT name, sql FROM sqlite_schema WHERE ?1 = 0 ORDER BY name";
    let mut all = format!("{}\n", sha256(&column(tables, 0)));
    for id in ids {
        let parts = [
            "SELECT * FROM delivery WHERE id = ?1",
            "SELECT said FROM content JOIN delivery USING (version) WHERE delivery.id = ?1",
            "SELECT * FROM file WHERE delivery = ?1 ORDER BY name",
            "SELECT * FROM event WHERE delivery = ?1 ORDER BY id",
            "SELECT * FROM receipt WHERE delivery = ?1 ORDER BY id",
        ];
        let bytes: Vec<u8> = parts.iter().flat_map(|sql| column(sql, id)).collect();
        all.push_str(&format!("{id} {}\n", sha256(&bytes)));
    }
    connection.execute("UPDATE seal SET sum = ?1", [sha256(all.as_bytes())]).unwrap();
}
