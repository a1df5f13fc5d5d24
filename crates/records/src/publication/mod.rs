//! A resolved publication: numbers given, names looked up, groups expanded. Pure functions over
//! records; no file is touched here.

mod addressees;
mod assignment;
mod counts;
mod goal;
mod item;
mod item_key;
mod numbering;
mod prepared;
mod progress;
mod qualifier;
mod reference;
mod registry;
mod resolve;
mod section;
mod tasks;
#[cfg(test)]
pub mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use addressees::Addressee;
pub use assignment::{Assignee, Assignment, Convention, Piece, Role};
pub use counts::Counts;
pub use goal::{Goal, Whose};
pub use item::{Item, Own, Part};
pub use prepared::{Prepared, prepare};
pub use progress::{Lexicon, ProgressEntry, ProgressValue, UnitProgress, is_nothing};
pub use qualifier::{split_bracket, split_qualifier};
pub use reference::{Reference, ReferenceKind};
pub use registry::{Contact, Found, Group, Named, Registry, Unit, UnitId};
pub use resolve::{Input, resolve};
pub use section::{Section, SectionId};
pub use tasks::Task;

use crate::content::schema::attachment::{AttachedTo, ColumnLook};
use crate::content::schema::notice::{Access, Direction, Format, Kind, NoticeRecord, Stage};
use crate::content::schema::units::UnitKind;
use base::diag::{SourceText, Span};
use base::rich::Rich;

/// A class of recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// As printed.
    pub text: String,
    /// Whom it stands for, in official order.
    pub units: Vec<UnitId>,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its title.
    pub title: String,
    /// What it belongs to.
    pub of: AttachedTo,
    /// How far it has come.
    pub stage: Stage,
    /// Whether it is not bound with the document (7.3.7).
    pub apart: bool,
    /// Its text, or a sentence before its table or list.
    pub text: Rich,
    /// What it shows besides.
    pub content: AttachmentContent,
}

impl Attachment {
    /// How the note before the sign-off has it: a draft with its mark, so that the note and the
    /// attachment's own page say the same (7.3.7).
    pub fn noted(&self) -> String {
        match self.draft() {
            Some(mark) => format!("{}（{mark}）", self.title),
            None => self.title.clone(),
        }
    }

    /// The mark below the title of a draft, unless the title has it.
    pub fn draft(&self) -> Option<&'static str> {
        self.stage.mark().filter(|mark| !self.title.contains(mark))
    }
}

/// What an attachment shows besides its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentContent {
    /// Nothing.
    None,
    /// A table.
    Table {
        /// Column headings.
        columns: Vec<String>,
        /// How each column looks, where the record says so.
        looks: Vec<ColumnLook>,
        /// Rows of as many cells.
        rows: Vec<Vec<String>>,
        /// On a page turned by 90°, or upright, where the record says so.
        wide: Option<bool>,
    },
    /// Units, as 单位名单.
    Units(Vec<UnitId>),
    /// The breakdown of all items.
    Tasks,
}

/// A resolved publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its folder's path below content/.
    pub id: String,
    /// The record, with the project's defaults filled in. What needs no resolving is read here.
    pub record: NoticeRecord,
    /// 发文机关, the lead organ first; the project's office where the record names none.
    pub organs: Vec<String>,
    /// The units.
    pub registry: Arc<Registry>,
    /// 主送机关.
    pub recipients: Vec<Recipient>,
    /// The letter; of a document that carries its text itself, what stands before its sections.
    pub letter: Rich,
    /// The issued text's preface.
    pub preface: Rich,
    /// What stands behind the sections of a document that carries its text itself.
    pub closing: Rich,
    /// All sections in the order of the text.
    pub sections: Vec<Section>,
    /// The outermost ones.
    pub roots: Vec<SectionId>,
    /// All items in the order of the text.
    pub items: Vec<Item>,
    /// Attachments in order.
    pub attachments: Vec<Attachment>,
    /// Whom units report to, where it is in the registry.
    pub report_to: Option<UnitId>,
    /// What reports call the items, by place: [`Self::item_key`].
    item_keys: Vec<String>,
    /// What units reported, by period and then in the order of the registry.
    pub progress: Vec<UnitProgress>,
    /// The files it was made from.
    pub span: Span,
}

impl Publication {
    /// 发文字号: `青数办〔2025〕3号`; without its serial, `青数办〔2025〕 号`. `None` where the
    /// record has none.
    pub fn doc_number(&self) -> Option<String> {
        let number = self.record.number.as_ref()?;
        let serial = match (self.is_draft(), number.serial) {
            (false, Some(serial)) => serial.to_string(),
            _ => " ".into(),
        };
        Some(format!("{}〔{}〕{serial}号", number.code.trim(), number.year))
    }

    /// Whether it goes to a superior: 报告, 请示, and an 意见 that says so.
    pub fn is_upward(&self) -> bool {
        let direction = self.record.direction.as_ref().map(|direction| direction.value);
        match self.kind() {
            Kind::Report | Kind::Request => true,
            Kind::Opinion => direction == Some(Direction::Up),
            _ => false,
        }
    }

    /// What stands in the place of the number: 发文字号, of minutes and bulletins 第12期.
    pub fn number_line(&self) -> Option<String> {
        let issue = self.record.issue.as_ref().map(|issue| format!("第{}期", issue.value));
        self.doc_number().or(issue)
    }

    /// The format of the first page: that of the record; of a 函 the letter's.
    pub fn format(&self) -> Format {
        let usual = match self.kind() {
            Kind::Letter => Format::Letter,
            _ => Format::Normal,
        };
        self.record.common.format.unwrap_or(usual)
    }

    /// Whether organ and date stand in the head, and nobody signs: minutes (10.3) and bulletins.
    pub fn is_unsigned(&self) -> bool {
        self.kind() == Kind::Minutes || self.format() == Format::Bulletin
    }

    /// All issuing organs in one line; `None` where none is known.
    pub fn organ(&self) -> Option<String> {
        (!self.organs.is_empty()).then(|| self.organs.join("、"))
    }

    /// The title without the organ and without the author's line breaks.
    pub fn title(&self) -> String {
        self.record.title.lines().map(str::trim).collect()
    }

    /// The short name that sheets use.
    pub fn subject(&self) -> String {
        let subject = self.record.subject.as_ref().unwrap_or(self.text_title());
        subject.lines().map(str::trim).collect()
    }

    /// The title of the text that tasks stand in: that of the issued text, else the document's.
    pub fn text_title(&self) -> &SourceText {
        self.record.text.issued().map_or(&self.record.title, |issued| &issued.title)
    }

    /// 文种.
    pub fn kind(&self) -> Kind {
        self.record.kind.as_ref().map(|kind| kind.value).unwrap_or_default()
    }

    /// The year that its tasks are for, which goes without saying in them: that of its title, else
    /// of its date or number.
    pub(crate) fn year(&self) -> Option<i16> {
        let of_title = [self.subject(), self.title()].iter().find_map(|title| year_in(title));
        let date = self.record.date.as_ref().map(|date| date.value.year());
        let number = self.record.number.as_ref();
        of_title.or(date).or_else(|| number.and_then(|number| i16::try_from(number.year).ok()))
    }

    /// The headings from the outermost to a section, as printed, those without words left out.
    pub(crate) fn headings(&self, section: SectionId) -> Vec<String> {
        let mut headings = Vec::new();
        let mut at = Some(section);
        while let Some(section) = at.and_then(|id| self.sections.get(id)) {
            if let Some(heading) = &section.heading {
                headings.insert(0, format!("{}{heading}", section.label));
            }
            at = section.parent;
        }
        headings
    }

    /// What a draft's file names end in; nothing for the final text.
    pub fn file_suffix(&self) -> &'static str {
        file_suffix(self.record.stage)
    }

    /// How far the text has come that tasks stand in: that of the document, or of the text that a
    /// final document issues.
    pub fn tasks_stage(&self) -> Stage {
        match (self.record.stage, self.record.text.issued()) {
            (Stage::Final, Some(issued)) => issued.stage,
            (stage, _) => stage,
        }
    }

    /// What the file names of sheets and of the breakdown end in.
    pub fn tasks_suffix(&self) -> &'static str {
        file_suffix(self.tasks_stage())
    }

    /// Whether it is a draft (征求意见稿, 送审稿).
    pub fn is_draft(&self) -> bool {
        self.record.stage != Stage::Final
    }

    /// 公开方式; `None` is undecided.
    pub fn access(&self) -> Option<Access> {
        self.record.common.disclosure.as_ref().and_then(|d| d.access)
    }

    /// Whether it may be published: 主动公开, no draft, no secrecy.
    pub fn is_public(&self) -> bool {
        self.access() == Some(Access::Public) && !self.is_draft() && self.record.secrecy.is_none()
    }

    /// Whether a web page of the notice is made: never with secrecy, else for 主动公开 or on
    /// request.
    pub fn has_web_page(&self) -> bool {
        let asked = self.record.common.disclosure.as_ref().is_some_and(|d| d.web);
        self.record.secrecy.is_none() && (asked || self.access() == Some(Access::Public))
    }

    /// The tasks of every unit that has one.
    pub fn tasks(&self) -> BTreeMap<UnitId, Vec<Task>> {
        tasks::tasks(self)
    }

    /// The units that get a sheet, in official order: those with a task, and those recipients
    /// that get one in any case. A document without items has no sheets.
    pub fn sheet_units(&self, tasks: &BTreeMap<UnitId, Vec<Task>>) -> Vec<UnitId> {
        if self.items.is_empty() {
            return Vec::new();
        }
        let always = self.record.common.without_task.clone();
        let always = always.unwrap_or(vec![UnitKind::Township, UnitKind::Subdistrict]);
        let recipients: Vec<UnitId> =
            self.recipients.iter().flat_map(|r| r.units.iter().copied()).collect();
        self.registry
            .units()
            .iter()
            .filter(|unit| unit.sheet.unwrap_or(!unit.outside && unit.served_by.is_none()))
            .filter(|unit| {
                tasks.contains_key(&unit.id)
                    || (always.contains(&unit.kind) && recipients.contains(&unit.id))
            })
            .map(|unit| unit.id)
            .collect()
    }
}

fn file_suffix(stage: Stage) -> &'static str {
    match stage {
        Stage::Comment => "（征求意见稿）",
        Stage::Review => "（送审稿）",
        Stage::Final => "",
    }
}

/// `附件`, or `附件1` where there are several beside it.
pub(crate) fn attachment_label(place: usize, of: usize) -> String {
    if of > 1 { format!("附件{}", place + 1) } else { "附件".into() }
}

/// The only year that a title names: 2025年; a plan for several years has none.
fn year_in(title: &str) -> Option<i16> {
    let mut years = title.match_indices('年').filter_map(|(at, _)| {
        let year = title[..at].get(at.checked_sub(4)?..)?;
        year.parse().ok().filter(|year| (1990..2200).contains(year))
    });
    let year = years.next()?;
    let range = title.contains('—') || title.contains('－') || title.contains('-');
    (!range && years.all(|other| other == year)).then_some(year)
}
