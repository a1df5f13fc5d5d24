//! Who was at a meeting, for its minutes.

use crate::content::fields::{Fields, Mapping, key};
use base::diag::{SourceText, Span, Words};

/// 出席, 请假, 列席 (GB/T 9704 10.3): units and names, as they are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttendanceRecord {
    /// 出席.
    pub present: Option<SourceText>,
    /// 请假.
    pub excused: Option<SourceText>,
    /// 列席.
    pub observers: Option<SourceText>,
    /// The whole record.
    pub span: Span,
}

impl AttendanceRecord {
    /// The lists that there are, each with its label, in the order of the standard.
    pub fn lists(&self) -> impl Iterator<Item = (&'static str, &SourceText)> {
        let lists = [("出席", &self.present), ("请假", &self.excused), ("列席", &self.observers)];
        lists.into_iter().filter_map(|(label, names)| Some((label, names.as_ref()?)))
    }
}

impl Mapping for AttendanceRecord {
    const NAME: &'static str = "attendance";
    const WHAT: Words = Words::new(
        "参会人员（present、excused、observers）",
        "who was there (present, excused, observers)",
    );

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            present: fields.text(key("present", "出席的单位和人员", "出席: units and names")),
            excused: fields.text(key("excused", "请假的单位和人员", "请假")),
            observers: fields.text(key("observers", "列席的单位和人员", "列席")),
            span: fields.span().clone(),
        })
    }
}
