//! bag-info.txt: `Label: value`, one a line.

use std::fmt::Write as _;

/// The labels in their order. The first six are BagIt's own.
pub const SOURCE: &str = "Source-Organization";
/// 档号.
pub const IDENTIFIER: &str = "External-Identifier";
/// 题名.
pub(crate) const DESCRIPTION: &str = "External-Description";
/// 成文日期: a package has no clock.
pub const DATE: &str = "Bagging-Date";
/// Bytes and number of the payload's files.
pub(crate) const OXUM: &str = "Payload-Oxum";
/// The program.
pub(crate) const AGENT: &str = "Bag-Software-Agent";
/// 发文字号.
pub(crate) const DOC_NUMBER: &str = "文号";
/// 成文日期.
pub(crate) const DOC_DATE: &str = "成文日期";
/// 保管期限.
pub(crate) const RETENTION: &str = "保管期限";
/// The sealed original's file, or that there is none.
pub(crate) const ORIGINAL: &str = "正本";
/// The version of the package.
pub(crate) const VERSION: &str = "版本";
/// The package that this one replaces.
pub(crate) const REPLACES: &str = "替代";
/// SHA-256 of the tag manifest of that package.
pub(crate) const REPLACED_DIGEST: &str = "替代包标签清单SHA-256";
/// 电子文件号.
pub(crate) const ELECTRONIC_NUMBER: &str = "电子文件号";
/// 预归档.
pub(crate) const STATUS: &str = "归档状态";

/// What stands for a sealed original that is not enclosed.
pub(crate) const NO_ORIGINAL: &str = "未附盖章正本";
/// The status of a document without an archival code.
pub(crate) const PRE_ARCHIVED: &str = "预归档";

/// The longest file that is read.
pub(crate) const LONGEST: u64 = 64 * 1024;

/// Labels with their values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BagInfo {
    entries: Vec<(String, String)>,
}

impl BagInfo {
    /// Adds a value; white space of any kind becomes a blank, since a value is one line.
    pub fn push(&mut self, label: &str, value: &str) {
        let value: Vec<&str> = value.split_whitespace().collect();
        self.entries.push((label.into(), value.join(" ")));
    }

    /// The first value of a label.
    pub fn get(&self, label: &str) -> Option<&str> {
        self.entries.iter().find(|(name, _)| name == label).map(|(_, value)| value.as_str())
    }

    /// All labels with their values.
    pub fn entries(&self) -> &[(String, String)] {
        &self.entries
    }

    /// The text of the file.
    pub fn write(&self) -> String {
        self.entries.iter().fold(String::new(), |mut text, (label, value)| {
            let _ = writeln!(text, "{label}: {value}");
            text
        })
    }

    /// Reads the text of a file, in the form in which it is written here.
    ///
    /// # Errors
    /// The number of the first line, from 1, that is none, or whose label came before.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut info = Self::default();
        for (place, line) in text.split_terminator('\n').enumerate() {
            let (label, value) = line.split_once(": ").ok_or(place + 1)?;
            let blank = label.trim() != label || label.is_empty() || value.trim() != value;
            if blank || value.contains(char::is_control) || info.get(label).is_some() {
                return Err(place + 1);
            }
            info.entries.push((label.into(), value.into()));
        }
        if text.ends_with('\n') { Ok(info) } else { Err(info.entries.len()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_line_each() {
        let mut info = BagInfo::default();
        info.push(DESCRIPTION, "关于\n印发：要点");
        assert_eq!(info.write(), "External-Description: 关于 印发：要点\n");
        assert_eq!(BagInfo::read("A: 1\nB\n"), Err(2));
        assert_eq!(BagInfo::read("A: 1\nA: 2\n"), Err(2));
        assert_eq!(BagInfo::read("A: 1"), Err(1));
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(value in ".{0,60}") {
            let mut info = BagInfo::default();
            info.push(DESCRIPTION, &value);
            if info.get(DESCRIPTION).is_some_and(|v| !v.contains(char::is_control)) {
                prop_assert_eq!(BagInfo::read(&info.write()), Ok(info));
            }
        }
    }
}
