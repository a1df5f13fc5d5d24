//! What a workbook says of itself, so that it can come home: the keys of its rows, in a hidden
//! column, and a sheet that is not shown. Whoever writes workbooks and whoever reads them takes the
//! words from here.

use base::disk::sha256;

/// The name of the sheet that is not shown.
pub const SHEET: &str = "yinfa";
/// The head of the hidden column.
pub const KEY_HEAD: &str = "任务代号";

/// How many hexadecimal digits a digest of a text has.
const DIGITS: usize = 8;
/// Between the parts of a key.
const BETWEEN: char = '|';
/// The rows of the sheet that name something, before those of the keys.
const NAMES: [&str; 4] = ["publication", "unit", "version", "period"];
/// The row above the keys.
const KEYS: [&str; 2] = ["key", "digest"];

/// What a workbook says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carriers {
    /// The publication's id.
    pub publication: String,
    /// The unit.
    pub unit: String,
    /// The version of the sheet.
    pub version: String,
    /// The period that it is filled in for; empty where it is for none.
    pub period: String,
    /// Each row's key with a digest of the text that stood there.
    pub rows: Vec<(String, String)>,
}

impl Carriers {
    /// The rows of the sheet that is not shown.
    pub fn write(&self) -> Vec<[String; 2]> {
        let values = [&self.publication, &self.unit, &self.version, &self.period];
        let names = NAMES.into_iter().zip(values).map(|(name, value)| [name.into(), value.clone()]);
        let keys = self.rows.iter().map(|(key, digest)| [key.clone(), digest.clone()]);
        names.chain(std::iter::once(KEYS.map(String::from))).chain(keys).collect()
    }

    /// Reads them back; `None` where the rows are no such sheet's.
    pub fn read<'a>(rows: impl Iterator<Item = [&'a str; 2]>) -> Option<Self> {
        let mut read = Self::default();
        let mut named = 0;
        let mut in_keys = false;
        for [first, second] in rows {
            let (first, second) = (first.trim(), second.trim());
            if in_keys {
                read.rows.push((first.into(), second.into()));
                continue;
            }
            let place = match first {
                "publication" => &mut read.publication,
                "unit" => &mut read.unit,
                "version" => &mut read.version,
                "period" => &mut read.period,
                _ if [first, second] == KEYS => {
                    in_keys = true;
                    continue;
                }
                _ => continue,
            };
            *place = second.into();
            named += usize::from(!second.is_empty());
        }
        (named >= 2 && !read.publication.is_empty()).then_some(read)
    }

    /// The digest of the text that stood in a row.
    pub fn digest_of(&self, key: &str) -> Option<&str> {
        self.rows.iter().find(|(known, _)| known == key).map(|(_, digest)| digest.as_str())
    }
}

/// Which of an item's targets a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyOf<'a> {
    /// One of the item itself.
    Item(&'a str),
    /// One of a part, counted from 0.
    Part(usize, &'a str),
    /// One of the unit alone.
    Own(&'a str),
}

/// The key of a row: of an item alone, or with one of its targets.
pub fn row_key(item: &str, target: Option<KeyOf<'_>>) -> String {
    match target {
        None => item.to_owned(),
        Some(KeyOf::Item(name)) => format!("{item}{BETWEEN}{BETWEEN}{name}"),
        Some(KeyOf::Part(part, name)) => format!("{item}{BETWEEN}{}{BETWEEN}{name}", part + 1),
        Some(KeyOf::Own(name)) => format!("{item}{BETWEEN}own{BETWEEN}{name}"),
    }
}

/// The item's part of a key.
pub fn item_of_key(key: &str) -> &str {
    key.split(BETWEEN).next().unwrap_or(key).trim()
}

/// A short digest of a text, its blanks aside.
pub fn text_digest(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    sha256(bare.as_bytes()).chars().take(DIGITS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let carriers = Carriers {
            publication: "p".into(),
            unit: "区科技局".into(),
            version: "0123456789abcdef".into(),
            period: String::new(),
            rows: vec![("t001||规模".into(), "01234567".into()), ("3".into(), "89abcdef".into())],
        };
        let rows = carriers.write();
        let read = Carriers::read(rows.iter().map(|[a, b]| [a.as_str(), b.as_str()]));
        assert_eq!(read.as_ref(), Some(&carriers));
        assert_eq!(carriers.digest_of("3"), Some("89abcdef"));
        assert_eq!(Carriers::read([["甲", "乙"], ["unit", "丙"]].into_iter()), None);
    }

    #[test]
    fn keys() {
        assert_eq!(row_key("t001", None), "t001");
        assert_eq!(row_key("t001", Some(KeyOf::Item("规模"))), "t001||规模");
        assert_eq!(row_key("3", Some(KeyOf::Part(1, "规模"))), "3|2|规模");
        assert_eq!(item_of_key(&row_key("3", Some(KeyOf::Own("规模")))), "3");
        assert_eq!(text_digest("建 成\n一个"), text_digest("建成一个"));
        assert_eq!(text_digest("建成一个").len(), 8);
    }
}
