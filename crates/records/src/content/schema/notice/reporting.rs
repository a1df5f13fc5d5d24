//! `reporting` of a notice: how units report back.

use crate::content::fields::{Fields, Mapping, Shape, Value, key, mapping_shape};
use crate::content::schema::values::Contact;
use crate::content::yaml::{Node, NodeKind};
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
    /// Who fills in a task.
    pub by: Option<AskedOf>,
    /// Which tasks are asked for.
    pub ask: Option<Asked>,
    /// What 完成情况 may be, in the workbooks that units fill in.
    pub states: Option<Vec<StateRecord>>,
}

/// Who fills in a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedOf {
    /// The unit that leads it, and others what is theirs alone.
    Lead,
    /// Every unit that is in it.
    All,
}

/// Which tasks are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Those that are not finished.
    Open,
    /// All of them.
    All,
}

/// What a state means, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Means {
    /// Nothing was done yet.
    NotStarted,
    /// As planned, or ahead of it.
    OnTrack,
    /// Later than planned.
    Behind,
    /// Finished.
    Done,
    /// Given up.
    Cancelled,
}

impl Means {
    /// Every meaning with its key.
    pub const ALL: [(&'static str, Self); 5] = [
        ("not-started", Self::NotStarted),
        ("on-track", Self::OnTrack),
        ("behind", Self::Behind),
        ("done", Self::Done),
        ("cancelled", Self::Cancelled),
    ];
}

/// A state that units may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateRecord {
    /// As it is shown.
    pub name: SourceText,
    /// What it means, where the record says so.
    pub means: Option<Means>,
}

impl Value for StateRecord {
    fn shape() -> Shape {
        Shape::Either(vec![Shape::Text, Shape::Mapping(mapping_shape::<Named>())])
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(_) => Named::read(node, diags).map(|named| named.0),
            _ => SourceText::read(node, diags).map(|name| Self { name, means: None }),
        }
    }
}

/// A state with its meaning.
struct Named(StateRecord);

impl Mapping for Named {
    const NAME: &'static str = "state";
    const WHAT: Words = Words::new("一种状态（name、means）", "a state (name, means)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required_text(key("name", "名称", "as it is shown"));
        let means = fields.choice(
            key(
                "means",
                "含义：not-started 未启动，on-track 正常，behind 滞后，done 完成，cancelled 中止",
                "what it counts as; without it the name says so where it is a usual one",
            ),
            &Means::ALL,
        );
        Some(Self(StateRecord { name: name?, means: means.map(|means| means.value) }))
    }
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
            by: fields
                .choice(
                    key(
                        "by",
                        "谁填：lead 牵头单位填，别的单位只填自己的任务和指标（不写就是这样）；all 都填",
                        "who fills in a task: `lead` (when left out), others only what is theirs alone; `all`",
                    ),
                    &[("lead", AskedOf::Lead), ("all", AskedOf::All)],
                )
                .map(|by| by.value),
            ask: fields
                .choice(
                    key(
                        "ask",
                        "填哪些：open 没有完成的（不写就是这样），all 全部",
                        "which tasks a period asks for: `open`, those not finished (when left out); `all`",
                    ),
                    &[("open", Asked::Open), ("all", Asked::All)],
                )
                .map(|ask| ask.value),
            states: fields.given_list(key(
                "states",
                "工作簿里“完成情况”可选的几种，如：未启动、推进中、已完成；自拟的名称用 means 写明含义",
                "what 完成情况 can be in the workbooks (未启动, 正常推进, 进度滞后, 已完成 when left out): names, or `{name, means}` with `means` one of `not-started`, `on-track`, `behind`, `done`, `cancelled`",
            )),
        };
        check_states(reporting.states.iter().flatten().map(|state| &state.name), fields.diags());
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
