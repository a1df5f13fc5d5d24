//! What a package is called and whose it is: the project's settings and what the run adds to them.

use std::path::PathBuf;

use super::code::{ArchivalCode, Class};
use base::diag::{Diagnostic, Text};
use base::text;
use records::content::schema::archive::{ArchiveRecord, Retention};
use records::content::schema::project::ProjectRecord;

/// Which archival code a package gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The next free one of its class.
    Next,
    /// This one.
    Given(ArchivalCode),
    /// None yet: 预归档.
    None,
}

/// The files that belong to the document besides our own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enclosures {
    /// 正本, the sealed original.
    pub original: Option<PathBuf>,
    /// 定稿, the final draft.
    pub final_draft: Option<PathBuf>,
    /// 发文稿纸, the approval sheet.
    pub approval_sheet: Option<PathBuf>,
}

/// Settings of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// 全宗号.
    pub fonds: Option<String>,
    /// 全宗名称.
    pub fonds_name: Option<String>,
    /// 立档单位名称.
    pub creator: Option<String>,
    /// 机构或问题.
    pub division: Option<String>,
    /// 保管期限.
    pub retention: Option<Retention>,
    /// 电子文件号; formed from the build's manifest where it is not given.
    pub electronic_number: Option<String>,
    /// Which archival code.
    pub wanted: Wanted,
}

impl Settings {
    /// The settings of a project.
    pub fn of(project: &ProjectRecord) -> Self {
        let ArchiveRecord { fonds, fonds_name, creator, division, retention, .. } =
            project.archive.clone();
        let text = |value: Option<base::diag::SourceText>| value.map(|v| v.trim().to_string());
        Self {
            fonds: text(fonds),
            fonds_name: text(fonds_name),
            creator: text(creator.or_else(|| project.office.clone())),
            division: text(division),
            retention,
            electronic_number: None,
            wanted: Wanted::Next,
        }
    }

    /// The class that a document of a year belongs to.
    ///
    /// # Errors
    /// When a part of the code is set nowhere: there are no defaults for them.
    pub fn class(&self, year: u32) -> Result<Class, Diagnostic> {
        let (Some(fonds), Some(division), Some(retention)) =
            (&self.fonds, &self.division, self.retention)
        else {
            let missing = [
                ("fonds", self.fonds.is_none()),
                ("division", self.division.is_none()),
                ("retention", self.retention.is_none()),
            ];
            let missing: Vec<&str> =
                missing.into_iter().filter(|(_, missing)| *missing).map(|(key, _)| key).collect();
            let missing = Text::list(missing);
            return Err(Diagnostic::error(
                    "archive-settings-missing",
                    text!(
                        "档号还缺这些设置：{missing}",
                        "the archival code lacks these settings: {missing}";
                        missing
                    ),
                )
                .help(text!(
                    "在 yinfa.yaml 的 archive 里写上（全宗号 fonds、机构代码 division、保管期限 retention），或用 --code 给出档号，或用 --pre-archive 先预归档",
                    "set them below `archive` in yinfa.yaml, give the code with `--code`, or use `--pre-archive`"
                )));
        };
        Ok(Class { fonds: fonds.clone(), year, retention, division: division.clone() })
    }
}

/// A code as `--code` gives it.
///
/// # Errors
/// When it has another form.
pub fn given_code(text: &str) -> Result<Wanted, Diagnostic> {
    match ArchivalCode::parse(text.trim()) {
        Some(code) => Ok(Wanted::Given(code)),
        None => Err(Diagnostic::error(
                "archival-code-wrong",
                text!("“{text}”不是档号", "“{text}” is no archival code"),
            )
            .help(text!(
                "写成 全宗号-WS·年度-保管期限-机构-件号，如 0012-WS·2025-D30-BGS-0001",
                "write it like 0012-WS·2025-D30-BGS-0001: fonds, WS·year, retention, division, four digits"
            ))),
    }
}
