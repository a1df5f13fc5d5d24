//! Examples of rules: pieces of records, as the reference shows them and the tests run them.

/// An example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// The text of an item.
    Text(&'static str),
    /// An item file.
    Items(&'static str),
    /// Fields of notice.yaml.
    Notice(&'static str),
    /// notice.yaml and an item file.
    Both(&'static str, &'static str),
    /// units.yaml and an item file.
    Units(&'static str, &'static str),
    /// Settings of yinfa.yaml.
    Project(&'static str),
}

impl Example {
    /// The lines to show.
    pub fn shown(&self) -> String {
        let lines = |text: &str| text.trim_end().to_string();
        match self {
            Self::Text(text) => format!("text: |-\n  {}", text.replace('\n', "\n  ")),
            Self::Items(text) | Self::Project(text) => lines(text),
            Self::Notice(text) => lines(text),
            Self::Both(notice, items) => {
                format!("# notice.yaml\n{}\n# items.yaml\n{}", lines(notice), lines(items))
            }
            Self::Units(units, items) => {
                format!("# units.yaml\n{}\n# items.yaml\n{}", lines(units), lines(items))
            }
        }
    }
}

/// The project that examples are pieces of: the files of the same names replace these, fields of
/// the notice its fields of the same names; a `body` replaces the letter, the issued text and its items.
pub const UNITS: &str = "\
units:
  - {name: 区委组织部, kind: 党委部门, qualifiers: [人才办, 区人才办]}
  - {name: 区发改局, kind: 政府部门, aliases: [区发改委]}
  - {name: 区教育局, kind: 政府部门}
  - {name: 区协会, kind: 其他, outside: true}
  - {name: 东山镇, kind: 乡镇}
groups:
  - {name: 各镇, kinds: [乡镇]}
  - {name: 各街道, kinds: [街道]}
  - {name: 各部门, kinds: [党委部门, 政府部门]}
";

/// See [`UNITS`].
pub const NOTICE: &str = "\
title: 关于印发2025年工作要点的通知
number: {code: 云发改, year: 2025, serial: 1}
organ: 区发改局
publisher: 区发改局
recipients: [各镇, 各部门]
letter: 经区政府同意，现将《2025年工作要点》印发给你们，请认真执行。
lead: first
issued:
  title: 2025年工作要点
  sections:
    - heading: 加快发展
date: 2025-03-06
";

/// See [`UNITS`].
pub const ITEMS: &str = "\
- section: 加快发展
  text: 开工重大项目一批。
  units: [区发改局, 区教育局, 区委组织部, 东山镇]
";
