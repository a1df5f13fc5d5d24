//! What sheets and the breakdown say of the notice that they belong to.

use serde::Serialize;

use crate::content::dates::print_date;
use crate::publication::Publication;

/// The notice, as its internal papers name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AboutNotice {
    /// The notice's title.
    pub notice_title: String,
    /// The notice's short name.
    pub subject: String,
    /// 发文字号.
    pub doc_number: Option<String>,
    /// 成文日期 as printed.
    pub date: Option<String>,
    /// 成文日期 as `[year, month, day]`.
    pub date_parts: Option<[i32; 3]>,
    /// 发文机关.
    pub organ: Option<String>,
    /// 征求意见稿 or 送审稿.
    pub draft: Option<String>,
}

impl AboutNotice {
    /// Of a publication's notice.
    pub(super) fn of(publication: &Publication) -> Self {
        let record = &publication.record;
        let date = record.date.as_ref().map(|d| d.value);
        Self {
            notice_title: publication.title(),
            subject: publication.subject(),
            doc_number: publication.doc_number(),
            date: date.map(print_date),
            date_parts: date.map(date_parts),
            organ: publication.organ(),
            draft: publication.tasks_stage().mark().map(str::to_string),
        }
    }
}

/// `[year, month, day]`, as Typst takes a date.
pub(super) fn date_parts(date: jiff::civil::Date) -> [i32; 3] {
    [date.year().into(), date.month().into(), date.day().into()]
}
