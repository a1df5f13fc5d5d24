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

/// All steps.
#[derive(Default)]
pub(super) struct Process(pub(super) Vec<ProcessStep>);

impl Mapping for Process {
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
        Some(Self(steps))
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
