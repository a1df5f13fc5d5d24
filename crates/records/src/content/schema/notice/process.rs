//! `process` of a notice: who did what when.

use jiff::civil::Date;

use crate::content::fields::{Fields, Mapping, key};
use base::diag::{Located, SourceText, Words};

/// A step of the document's making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessStep {
    /// `drafted`, `reviewed`, `countersigned` or `signed`.
    pub step: &'static str,
    /// Who.
    pub who: SourceText,
    /// When.
    pub when: Option<Located<Date>>,
}

/// The making of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProcessRecord {
    /// All steps, in the order of drafting, reviewing, countersigning and signing.
    pub steps: Vec<ProcessStep>,
    /// 拟稿单位.
    pub unit: Option<SourceText>,
    /// The telephone of whoever drafts it.
    pub phone: Option<SourceText>,
    /// 份数: how many copies are printed.
    pub print_run: Option<u32>,
}

impl Mapping for ProcessRecord {
    const NAME: &'static str = "process";
    const WHAT: Words = Words::new(
        "办理过程（drafted、reviewed、countersigned、signed）",
        "the process (drafted, reviewed, countersigned, signed)",
    );

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let keys = [
            key("drafted", "拟稿", "拟稿"),
            key("reviewed", "审核", "审核"),
            key("countersigned", "会签", "会签"),
            key("signed", "签发", "签发"),
        ];
        let mut steps = Vec::new();
        for key in keys {
            let of_step: Vec<Step> = fields.list(key);
            steps.extend(of_step.into_iter().map(|Step { who, when }| ProcessStep {
                step: key.name,
                who,
                when,
            }));
        }
        let unit = fields.text(key("unit", "拟稿单位", "拟稿单位"));
        let phone = fields.text(key("phone", "拟稿人的电话", "telephone of whoever drafts it"));
        let print_run =
            fields.integer(key("print_run", "份数", "份数, how many copies are printed"));
        let print_run = print_run.map(|count| count.value);
        Some(Self { steps, unit, phone, print_run })
    }
}

struct Step {
    who: SourceText,
    when: Option<Located<Date>>,
}

impl Mapping for Step {
    const NAME: &'static str = "step";
    const WHAT: Words = Words::new("who 和 when", "`who` and `when`");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let who = fields.required_text(key("who", "谁", "who"));
        let when = fields.date(key("when", "日期", "a date"));
        Some(Self { who: who?, when })
    }
}
