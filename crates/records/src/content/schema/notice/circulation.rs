//! Whom a bulletin goes to, at its foot.

use crate::content::fields::{Fields, Mapping, key};
use base::diag::{SourceText, Span, Words};

/// 报, 送 and 发 below a bulletin (practice, not the standard): whom it goes to, as they are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CirculationRecord {
    /// 报: superiors.
    pub up: Option<SourceText>,
    /// 送: others.
    pub across: Option<SourceText>,
    /// 发: those below.
    pub down: Option<SourceText>,
    /// The whole record.
    pub span: Span,
}

impl CirculationRecord {
    /// The lists that there are, each with its label, in the order in which they are printed.
    pub fn lists(&self) -> impl Iterator<Item = (&'static str, &SourceText)> {
        let lists = [("报", &self.up), ("送", &self.across), ("发", &self.down)];
        lists.into_iter().filter_map(|(label, names)| Some((label, names.as_ref()?)))
    }
}

impl Mapping for CirculationRecord {
    const NAME: &'static str = "circulation";
    const WHAT: Words =
        Words::new("简报发给谁（up、across、down）", "whom a bulletin goes to (up, across, down)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            up: fields.text(key("up", "报：上级", "报: superiors")),
            across: fields.text(key("across", "送：平级和有关单位", "送: others")),
            down: fields.text(key("down", "发：下级", "发: those below")),
            span: fields.span().clone(),
        })
    }
}
