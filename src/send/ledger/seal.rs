//! The checksum over all lines of the ledger: a bit that turned on the disk must never make the
//! program send again what was sent. It is renewed with every change, in the same transaction.
//!
//! Each line has a digest over everything about it: its row, what its version says, its files, events
//! and receipts. The seal is the digest of these digests and of the tables' own description, so that a
//! line that is gone is noticed too, and a column that is called otherwise.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Statement};

use base::disk::sha256;

/// What belongs to a line. docs/ledger.md describes how the digest is made of it.
const PARTS: [&str; 5] = [
    "SELECT * FROM delivery WHERE id = ?1",
    "SELECT said FROM content WHERE version = (SELECT version FROM delivery WHERE id = ?1)",
    "SELECT * FROM file WHERE delivery = ?1 ORDER BY name",
    "SELECT * FROM event WHERE delivery = ?1 ORDER BY id",
    "SELECT * FROM receipt WHERE delivery = ?1 ORDER BY id",
];

/// How the tables are described.
const TABLES: &str = "SELECT name, sql FROM sqlite_schema WHERE ?1 = 0 ORDER BY name";

/// The digests of all lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seal {
    tables: String,
    lines: BTreeMap<i64, String>,
}

impl Seal {
    /// Of the lines as they are.
    pub(super) fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare("SELECT id FROM delivery ORDER BY id")?;
        let ids = statement.query_map([], |row| row.get(0))?;
        let ids = ids.collect::<rusqlite::Result<Vec<i64>>>()?;
        let tables = digest(&mut [connection.prepare(TABLES)?], 0)?;
        let mut seal = Self { tables, lines: BTreeMap::new() };
        seal.read(connection, &ids)?;
        Ok(seal)
    }

    /// Reads these lines anew.
    pub(super) fn read(&mut self, connection: &Connection, ids: &[i64]) -> rusqlite::Result<()> {
        let prepared = PARTS.iter().map(|part| connection.prepare(part));
        let mut parts = prepared.collect::<rusqlite::Result<Vec<_>>>()?;
        for &id in ids {
            self.lines.insert(id, digest(&mut parts, id)?);
        }
        Ok(())
    }

    /// Writes it down.
    pub(super) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        let sql =
            "INSERT INTO seal (id, sum) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET sum = ?1";
        connection.execute(sql, [self.sum()]).map(drop)
    }

    /// Whether it is the one that is written down.
    pub(super) fn is_written(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let sql = "SELECT sum FROM seal WHERE id = 1";
        let sum: String = connection.query_row(sql, [], |row| row.get(0))?;
        Ok(sum == self.sum())
    }

    fn sum(&self) -> String {
        let mut text = format!("{}\n", self.tables);
        for (id, digest) in &self.lines {
            // Writing into a text cannot fail.
            let _ = writeln!(text, "{id} {digest}");
        }
        sha256(text.as_bytes())
    }
}

/// The digest of what these queries find for a line.
fn digest(parts: &mut [Statement<'_>], id: i64) -> rusqlite::Result<String> {
    let mut bytes = Vec::new();
    for part in parts {
        let columns = part.column_count();
        let mut rows = part.query([id])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                value(row.get_ref(column)?, &mut bytes);
            }
            bytes.push(b'\n');
        }
        bytes.push(b'\n');
    }
    Ok(sha256(&bytes))
}

/// A value as it goes into the digest: its kind, its length, itself.
fn value(value: ValueRef<'_>, bytes: &mut Vec<u8>) {
    let (kind, text) = match value {
        ValueRef::Null => ('n', Vec::new()),
        ValueRef::Integer(number) => ('i', number.to_string().into_bytes()),
        ValueRef::Real(number) => ('r', number.to_string().into_bytes()),
        ValueRef::Text(text) => ('t', text.to_vec()),
        ValueRef::Blob(blob) => ('b', blob.to_vec()),
    };
    bytes.extend(format!("{kind}{}:", text.len()).into_bytes());
    bytes.extend(text);
}
