//! What a unit's sheet says, in plain text: its hash is the version that the ledger knows, and two
//! of them say what a correction changes.
//!
//! It is a type of its own and not the view model of the sheet, which may get new fields with a
//! new program: that must not look like a change of the sheet.

use serde::{Deserialize, Serialize};

use base::disk::sha256;
use records::publication::{Publication, Task, UnitId};
use records::view::{self, SheetRow};

/// The form of [`SheetContent`]; part of what is hashed.
const FORM: u32 = 1;

/// What a sheet says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetContent {
    /// The form of this record.
    pub form: u32,
    /// Whose sheet it is.
    pub unit: String,
    /// The notice's title.
    pub title: String,
    /// 发文字号.
    pub doc_number: Option<String>,
    /// 成文日期 as printed.
    pub date: Option<String>,
    /// 发文机关.
    pub organ: Option<String>,
    /// 征求意见稿 or 送审稿.
    pub draft: Option<String>,
    /// When, how and to whom to report.
    pub reporting: Vec<String>,
    /// The tasks in the order of the sheet.
    pub rows: Vec<SheetContentRow>,
    /// The text of a document without tasks, which is sent itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A task of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetContentRow {
    /// Number as printed.
    pub label: String,
    /// The section's heading.
    pub section: String,
    /// The task.
    pub task: String,
    /// 本单位具体任务.
    pub own: String,
    /// Targets of the item.
    pub targets: Vec<String>,
    /// 本单位指标.
    pub own_targets: Vec<String>,
    /// The role with what stands in brackets behind it.
    pub role: String,
    /// 牵头单位.
    pub leads: Vec<String>,
    /// Whom to call there.
    pub lead_contacts: Vec<String>,
    /// 其他单位.
    pub others: Vec<String>,
    /// 完成时限.
    pub deadline: Option<String>,
}

impl SheetContent {
    /// What the sheet of a unit says.
    pub fn of(publication: &Publication, unit: UnitId, tasks: &[Task]) -> Self {
        let sheet = view::sheet(publication, unit, tasks);
        Self {
            form: FORM,
            unit: sheet.unit,
            title: sheet.about.notice_title,
            doc_number: sheet.about.doc_number,
            date: sheet.about.date,
            organ: sheet.about.organ,
            draft: sheet.about.draft,
            reporting: sheet.reporting,
            rows: sheet.rows.into_iter().map(row).collect(),
            text: publication.items.is_empty().then(|| view::notice(publication).plain()),
        }
    }

    /// Its version: SHA-256 over all of it.
    pub fn version(&self) -> String {
        sha256(self.json().as_bytes())
    }

    /// As JSON.
    pub(super) fn json(&self) -> String {
        // Texts and lists of them: there is nothing that JSON could not hold.
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn row(row: SheetRow) -> SheetContentRow {
    let mut role = row.role;
    for more in row.qualifiers.iter().chain(&row.via) {
        role.push_str(&format!("（{more}）"));
    }
    SheetContentRow {
        label: row.label,
        section: row.section,
        task: row.task.plain(),
        own: row.own.plain(),
        targets: row.targets,
        own_targets: row.own_targets,
        role,
        leads: row.leads,
        lead_contacts: row.lead_contacts,
        others: row.others,
        deadline: row.deadline,
    }
}
