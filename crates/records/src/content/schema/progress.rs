//! `progress/PERIOD/UNIT.yaml`: what a unit reported of its tasks in a period, in its own words, and
//! what the office says to it.

use jiff::civil::Date;

use super::values::Period;
use crate::content::fields::{Fields, Key, Mapping, key};
use crate::content::yaml::Document;
use base::diag::{Diagnostics, Located, SourceText, Span, Words};

/// What a unit reported in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressRecord {
    /// The unit.
    pub unit: SourceText,
    /// The period.
    pub period: Located<Period>,
    /// The files that it was read from, the oldest first.
    pub sources: Vec<ReturnRecord>,
    /// What came with them: sealed copies, other papers.
    pub papers: Vec<PaperRecord>,
    /// 填表人.
    pub by: Option<SourceText>,
    /// 审核人.
    pub reviewed: Option<SourceText>,
    /// 主要负责人.
    pub signed: Option<SourceText>,
    /// The day that it says it was filled in.
    pub on: Option<Located<Date>>,
    /// The tasks.
    pub entries: Vec<EntryRecord>,
    /// The whole record.
    pub span: Span,
}

/// A returned file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnRecord {
    /// Its name in returns/PUBLICATION/PERIOD/.
    pub file: SourceText,
    /// Its SHA-256.
    pub digest: SourceText,
    /// The version of the sheet it was filled in on, where it says so.
    pub version: Option<SourceText>,
    /// When it was collected.
    pub received: Option<Located<Date>>,
}

/// A paper beside a returned file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperRecord {
    /// Its name in returns/PUBLICATION/PERIOD/.
    pub file: SourceText,
    /// Its SHA-256.
    pub digest: SourceText,
    /// What it is.
    pub kind: PaperKind,
}

/// What a paper beside a returned file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperKind {
    /// 盖章件: the return as it was signed and sealed.
    Sealed,
    /// 佐证: what shows that something is so.
    Evidence,
}

impl PaperKind {
    /// Both with their words.
    pub const ALL: [(&'static str, Self); 2] =
        [("sealed", Self::Sealed), ("evidence", Self::Evidence)];
}

/// What was reported of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRecord {
    /// The item: its id, or its number as issued.
    pub item: SourceText,
    /// 状态.
    pub state: Option<SourceText>,
    /// 本期进展.
    pub progress: Option<SourceText>,
    /// What was reached of the targets.
    pub values: Vec<ValueRecord>,
    /// 存在问题.
    pub problems: Option<SourceText>,
    /// 下一步措施.
    pub next: Option<SourceText>,
    /// Who says so, where it is somebody else than the record says.
    pub by: Option<SourceText>,
    /// Which day it is from, where it is another one than the record says.
    pub on: Option<Located<Date>>,
    /// What the office found.
    pub verified: Option<VerifiedRecord>,
    /// Where it stood in the returned file.
    pub source: Option<CellRecord>,
    /// The whole entry.
    pub span: Span,
}

/// What was reached of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueRecord {
    /// The target's name.
    pub target: SourceText,
    /// The part of the item that it belongs to, from 1, where several have one of this name.
    pub part: Option<Located<u32>>,
    /// It is the unit's own (本单位指标).
    pub own: bool,
    /// The number.
    pub value: Option<SourceText>,
    /// Its measure.
    pub measure: Option<SourceText>,
    /// As the unit wrote it, where that says something else.
    pub text: Option<SourceText>,
}

/// What the office found of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedRecord {
    /// The state in the office's eyes.
    pub state: Option<SourceText>,
    /// Why.
    pub why: Option<SourceText>,
    /// Who says so.
    pub by: Option<SourceText>,
    /// When.
    pub on: Option<Located<Date>>,
}

/// A row of a returned file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRecord {
    /// The file's name in returns/PUBLICATION/PERIOD/.
    pub file: SourceText,
    /// The sheet.
    pub sheet: Option<SourceText>,
    /// The row, from 1.
    pub row: Option<Located<u32>>,
}

impl ProgressRecord {
    /// Reads a file.
    pub fn from_document(document: &Document, diags: &mut Diagnostics) -> Option<Self> {
        use crate::content::fields::Value as _;
        Self::read(document.root.as_ref()?, diags)
    }
}

const BY: Key = key("by", "填表人、填报人", "who filled it in");
const ON: Key = key("on", "填表日期", "the day it was filled in");
const FILE: Key = key("file", "returns 里的文件名", "its name in `returns/PUBLICATION/PERIOD/`");
const DIGEST: Key = key("digest", "文件的 SHA-256", "its SHA-256");

impl Mapping for ProgressRecord {
    const NAME: &'static str = "progress";
    const WHAT: Words =
        Words::new("一个单位一期的进展（unit、period、entries）", "what a unit reported");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let unit = fields.required_text(key("unit", "单位", "the unit"));
        let period = fields.required_one(key(
            "period",
            "报送期：2025-06、2025-Q2、2025-H1、2025",
            "a month, quarter, half-year or year: `2025-06`, `2025-Q2`, `2025-H1`, `2025`; the name of the folder",
        ));
        let sources = fields.list(key(
            "source",
            "收回的表，先收的在前",
            "the returned workbooks it was read from, the oldest first",
        ));
        let papers = fields.list(key(
            "papers",
            "一并报来的盖章件、佐证材料",
            "what came with them: sealed copies and other papers",
        ));
        let by = fields.text(BY);
        let reviewed =
            fields.text(key("reviewed", "审核人（分管负责人）", "who answers for it (分管负责人)"));
        let signed = fields.text(key("signed", "主要负责人", "who signed it (主要负责人)"));
        let on = fields.date(ON);
        let entries =
            fields.list(key("entries", "各项任务的进展", "what was reported of each task"));
        let span = fields.span().clone();
        Some(Self {
            unit: unit?,
            period: period?,
            sources,
            papers,
            by,
            reviewed,
            signed,
            on,
            entries,
            span,
        })
    }
}

impl Mapping for ReturnRecord {
    const NAME: &'static str = "return";
    const WHAT: Words =
        Words::new("收回的表（file、digest 等）", "a returned file (file, digest, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let file = fields.required_text(FILE);
        let digest = fields.required_text(DIGEST);
        let version = fields.text(key(
            "version",
            "填的是哪一版任务单",
            "the version of the sheet that was filled in",
        ));
        let received = fields.date(key("received", "收到日期", "when it was collected"));
        Some(Self { file: file?, digest: digest?, version, received })
    }
}

impl Mapping for PaperRecord {
    const NAME: &'static str = "paper";
    const WHAT: Words = Words::new("材料（file、digest、kind）", "a paper (file, digest, kind)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let file = fields.required_text(FILE);
        let digest = fields.required_text(DIGEST);
        let kind = fields.choice(
            key("kind", "sealed 盖章件，evidence 佐证", "`sealed` (盖章件) or `evidence` (佐证)"),
            &PaperKind::ALL,
        );
        let kind = kind.map_or(PaperKind::Evidence, |kind| kind.value);
        Some(Self { file: file?, digest: digest?, kind })
    }
}

impl Mapping for EntryRecord {
    const NAME: &'static str = "entry";
    const WHAT: Words = Words::new(
        "一项任务的进展（item、state、progress 等）",
        "an entry (item, state, progress, …)",
    );

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let item = fields.required_text(key(
            "item",
            "任务：id，没有 id 的写印出来的序号",
            "the task: its `id`, or its number as issued (SECTION/NUMBER where several have it)",
        ));
        let state = fields.text(key("state", "状态，单位的原话", "状态, in the unit's words"));
        let progress =
            fields.text(key("progress", "本期进展，单位的原话", "本期进展, in the unit's words"));
        let values = fields.list(key("values", "目标实际值", "what was reached of the targets"));
        let problems = fields.text(key("problems", "存在问题", "存在问题"));
        let next = fields.text(key("next", "下一步措施", "下一步措施"));
        let by = fields.text(BY);
        let on = fields.date(ON);
        let verified = fields.one(key(
            "verified",
            "办公室核实的情况，不改单位的原话",
            "what the office found; the unit's words stay beside it",
        ));
        let source =
            fields.one(key("source", "在收回的表里的位置", "where it stands in the returned file"));
        let span = fields.span().clone();
        Some(Self {
            item: item?,
            state,
            progress,
            values,
            problems,
            next,
            by,
            on,
            verified,
            source,
            span,
        })
    }
}

impl Mapping for ValueRecord {
    const NAME: &'static str = "value";
    const WHAT: Words = Words::new("一个实际值（target、value 等）", "a value (target, value, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let target = fields.required_text(key("target", "指标名称", "the target's name"));
        let part = fields.integer(key(
            "part",
            "属于第几部分（几部分有同名指标时）",
            "the part of the item, from 1, where several have a target of this name",
        ));
        let own =
            fields.flag(key("own", "true：本单位指标", "`true`: the unit's own (本单位指标)"));
        let value = fields.text(key("value", "数", "the number"));
        let measure = fields.text(key("measure", "量词或计量单位", "量词 or unit of measure"));
        let text = fields.text(key(
            "text",
            "单位的原话",
            "as the unit wrote it, where that says something else or more",
        ));
        let own = own.unwrap_or(false);
        Some(Self { target: target?, part, own, value, measure, text })
    }
}

impl Mapping for VerifiedRecord {
    const NAME: &'static str = "verified";
    const WHAT: Words =
        Words::new("核实情况（state、why 等）", "what the office found (state, why, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            state: fields.text(key("state", "核实后的状态", "the state in the office's eyes")),
            why: fields.text(key("why", "理由", "why")),
            by: fields.text(key("by", "核实人", "who says so")),
            on: fields.date(key("on", "核实日期", "when")),
        })
    }
}

impl Mapping for CellRecord {
    const NAME: &'static str = "cell";
    const WHAT: Words = Words::new("位置（file、sheet、row）", "a place (file, sheet, row)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let file = fields.required_text(FILE);
        let sheet = fields.text(key("sheet", "工作表", "the sheet"));
        let row = fields.integer(key("row", "行", "the row, from 1"));
        Some(Self { file: file?, sheet, row })
    }
}
