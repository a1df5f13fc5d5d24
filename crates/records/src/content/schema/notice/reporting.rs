//! `reporting` of a notice: how units report back.

use crate::content::fields::{Fields, Mapping, key};
use crate::content::schema::values::Contact;
use base::diag::{Diagnostic, Diagnostics, SourceText, Words};
use base::text;

/// How units report back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reporting {
    /// 每月, 每季度.
    pub cycle: Option<SourceText>,
    /// 25日前.
    pub due: Option<SourceText>,
    /// To which unit.
    pub to: Option<SourceText>,
    /// Whom to reach there.
    pub contact: Contact,
    /// By which way.
    pub how: Option<SourceText>,
    /// What 完成情况 may be, in the workbooks that units fill in.
    pub states: Option<Vec<SourceText>>,
}

impl Mapping for Reporting {
    const NAME: &'static str = "reporting";
    const WHAT: Words = Words::new("报送要求", "how units report");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let contact: Option<Contact> = fields.one(key("contact", "联系人", "whom to reach there"));
        let reporting = Self {
            cycle: fields.text(key("cycle", "周期：每月", "how often: 每月")),
            due: fields.text(key("due", "期限：25日前", "until when: 25日前")),
            to: fields.text(key("to", "报给哪个单位", "the unit that is reported to")),
            contact: contact.unwrap_or_default(),
            how: fields.text(key("how", "方式", "by which way")),
            states: fields.given_list(key(
                "states",
                "工作簿里“完成情况”可选的几种，如：未启动、推进中、已完成",
                "what 完成情况 can be in the workbooks (未启动, 正常推进, 进度滞后, 已完成 when left out)",
            )),
        };
        check_states(reporting.states.iter().flatten(), fields.diags());
        Some(reporting)
    }
}

/// A list of choices in a cell is one text of limited length, with commas between them.
fn check_states<'a>(states: impl Iterator<Item = &'a SourceText>, diags: &mut Diagnostics) {
    /// What Excel takes, in UTF-16 units.
    const LONGEST: usize = 255;
    let mut length = 0;
    for state in states {
        length += state.trim().encode_utf16().count() + 1;
        if length > LONGEST + 1 || state.contains([',', '\n', '"']) {
            diags.push(
                Diagnostic::error(
                    "states-wrong",
                    text!(
                        "工作簿的下拉列表放不下“完成情况”的这一项",
                        "the list of choices of a workbook cannot hold this state"
                    ),
                )
                .at(state.span())
                .help(text!(
                    "各项里不写半角逗号、引号和换行，合计不超过 {LONGEST} 字",
                    "no commas, quotation marks or line breaks, and {LONGEST} characters in all"
                )),
            );
            return;
        }
    }
}
