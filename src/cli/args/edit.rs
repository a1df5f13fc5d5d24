//! The arguments of `yinfa edit`.

use clap::{ArgGroup, Args, Subcommand};

use super::shared::{HumanOrJson, Root};
use super::wording::both;

#[derive(Debug, Args)]
#[command(about = both!(
    "改记录：只动要改的地方，批注和写法都不变",
    "change records: only what is meant changes, comments and layout stay",
))]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(in crate::cli) struct Edit {
    #[command(subcommand)]
    pub(in crate::cli) what: EditWhat,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum EditWhat {
    Set(Set),
    Unset(Unset),
    Add(Add),
    Move(Move),
    AddItem(AddItem),
    RemoveItem(RemoveItem),
    MoveItem(MoveItem),
    RenameUnit(RenameUnit),
    GiveIds(GiveIds),
    Undo(Undo),
}

// What all of them take.
#[derive(Debug, Args)]
pub(in crate::cli) struct HowToEdit {
    #[arg(long, help = both!("只显示会改什么，不写文件", "show what would change and write nothing"))]
    pub(in crate::cli) dry_run: bool,
    #[arg(
        long,
        help = both!(
            "要改的内容是引用（*名称）来的，先在原处写全",
            "write out values behind aliases (*name) where they stand in the way",
        )
    )]
    pub(in crate::cli) write_out: bool,
    #[command(flatten)]
    pub(in crate::cli) format: HumanOrJson,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}

const TARGET: &str = both!(
    "任务（编号、id、通知:编号、部分/编号、文件:行号）、通知的文件夹、单位或 yinfa.yaml",
    "an item (number, id, PUBLICATION:NUMBER, SECTION/NUMBER, FILE:LINE), a publication, a unit, or yinfa.yaml",
);
const ITEM: &str = both!(
    "任务：编号、id、通知:编号、部分/编号或 文件:行号",
    "an item: number, id, PUBLICATION:NUMBER, SECTION/NUMBER or FILE:LINE",
);
const FIELD: &str = both!(
    "字段，里层的用点分开，列表里的序号从 1 数起：deadline、targets.1.ge",
    "the field, inner ones behind dots, entries of lists from 1: deadline, targets.1.ge",
);
const YAML: &str = both!("值按 YAML 来读", "read the value as YAML");

#[derive(Debug, Args)]
#[command(about = both!("改一个字段，没有就加上", "set a field, or add it"))]
pub(in crate::cli) struct Set {
    #[arg(value_name = "TARGET", help = TARGET)]
    pub(in crate::cli) target: String,
    #[arg(value_name = "FIELD", help = FIELD)]
    pub(in crate::cli) field: String,
    #[arg(
        value_name = "VALUE",
        num_args = 1..,
        required = true,
        allow_hyphen_values = true,
        help = both!("值；列表可写几个，或用顿号分开", "the value; of a list several, or with 、 or commas between")
    )]
    pub(in crate::cli) value: Vec<String>,
    #[arg(long, help = YAML)]
    pub(in crate::cli) yaml: bool,
    #[command(flatten)]
    pub(in crate::cli) how: HowToEdit,
}

#[derive(Debug, Args)]
#[command(about = both!("去掉一个字段，或列表里的一项", "take a field or an entry of a list away"))]
pub(in crate::cli) struct Unset {
    #[arg(value_name = "TARGET", help = TARGET)]
    pub(in crate::cli) target: String,
    #[arg(value_name = "FIELD", help = FIELD)]
    pub(in crate::cli) field: String,
    #[command(flatten)]
    pub(in crate::cli) how: HowToEdit,
}

#[derive(Debug, Args)]
#[command(about = both!("在列表里加一项（部分、附件、表格的行、单位等）", "add an entry to a list: a section, an attachment, a row, a unit"))]
pub(in crate::cli) struct Add {
    #[arg(value_name = "TARGET", help = TARGET)]
    pub(in crate::cli) target: String,
    #[arg(value_name = "LIST", help = both!("列表：issued.sections、attachments.2.rows", "the list: issued.sections, attachments.2.rows"))]
    pub(in crate::cli) list: String,
    #[arg(value_name = "VALUE", allow_hyphen_values = true, help = both!("这一项", "the entry"))]
    pub(in crate::cli) value: String,
    #[arg(long, help = YAML)]
    pub(in crate::cli) yaml: bool,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help = both!("放在第几，不写就放在最后", "its place from 1; at the end when left out"))]
    pub(in crate::cli) at: Option<u32>,
    #[command(flatten)]
    pub(in crate::cli) how: HowToEdit,
}

#[derive(Debug, Args)]
#[command(about = both!("移动列表里的一项", "move an entry of a list"))]
pub(in crate::cli) struct Move {
    #[arg(value_name = "TARGET", help = TARGET)]
    pub(in crate::cli) target: String,
    #[arg(value_name = "LIST", help = both!("列表：issued.sections、units", "the list: issued.sections, units"))]
    pub(in crate::cli) list: String,
    #[arg(value_name = "FROM", value_parser = clap::value_parser!(u32).range(1..), help = both!("现在是第几", "its place now, from 1"))]
    pub(in crate::cli) from: u32,
    #[arg(value_name = "TO", value_parser = clap::value_parser!(u32).range(1..), help = both!("移到第几", "its place afterwards"))]
    pub(in crate::cli) to: u32,
    #[command(flatten)]
    pub(in crate::cli) how: HowToEdit,
}

#[derive(Debug, Args)]
#[command(about = both!("加一条任务", "add an item"))]
pub(in crate::cli) struct AddItem {
    #[arg(value_name = "PUBLICATION", help = both!("通知的文件夹；只有一份时可以不写", "the publication; may be left out where there is one"))]
    pub(in crate::cli) publication: Option<String>,
    #[arg(long, value_name = "NAME", help = both!("放在哪一部分：id 或标题", "the section: its id or heading"))]
    pub(in crate::cli) section: Option<String>,
    #[arg(long, value_name = "TEXT", help = both!("任务的文字（Markdown）", "its text (Markdown)"))]
    pub(in crate::cli) text: String,
    #[arg(long, value_name = "NAMES", help = both!("责任单位，用顿号分开", "its units, with 、 or commas between"))]
    pub(in crate::cli) units: Vec<String>,
    #[arg(long, value_name = "WHEN", help = both!("时限", "its deadline"))]
    pub(in crate::cli) deadline: Option<String>,
    #[arg(long, value_name = "YAML", help = both!("指标，按 YAML 写：[{name: …, ge: 3}]", "its targets as YAML: [{name: …, ge: 3}]"))]
    pub(in crate::cli) targets: Option<String>,
    #[arg(long, value_name = "ITEM", conflicts_with = "after", help = both!("放在这条任务前面", "before this item"))]
    pub(in crate::cli) before: Option<String>,
    #[arg(long, value_name = "ITEM", help = both!("放在这条任务后面", "behind this item"))]
    pub(in crate::cli) after: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) how: HowToEdit,
}

#[derive(Debug, Args)]
#[command(about = both!("去掉一条任务", "take an item away"))]
pub(in crate::cli) struct RemoveItem {
    #[arg(value_name = "ITEM", help = ITEM)]
    pub(in crate::cli) item: String,
    #[command(flatten)]
    pub(in crate::cli) how: HowToEdit,
}

#[derive(Debug, Args)]
#[command(about = both!("移动一条任务", "move an item"))]
#[command(group = ArgGroup::new("place").args(["before", "after"]).required(true))]
pub(in crate::cli) struct MoveItem {
    #[arg(value_name = "ITEM", help = ITEM)]
    pub(in crate::cli) item: String,
    #[arg(long, value_name = "ITEM", help = both!("移到这条任务前面", "before this item"))]
    pub(in crate::cli) before: Option<String>,
    #[arg(long, value_name = "ITEM", help = both!("移到这条任务后面", "behind this item"))]
    pub(in crate::cli) after: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) how: HowToEdit,
}

#[derive(Debug, Args)]
#[command(about = both!("单位改名：名录、任务、主送等处一起改", "rename a unit everywhere: registry, items, recipients"))]
pub(in crate::cli) struct RenameUnit {
    #[arg(value_name = "OLD", help = both!("名录里的规范简称", "its name in the registry"))]
    pub(in crate::cli) old: String,
    #[arg(value_name = "NEW", help = both!("新的规范简称", "its new name"))]
    pub(in crate::cli) new: String,
    #[arg(long, value_name = "NAME", help = both!("新的全称", "its new full name"))]
    pub(in crate::cli) full_name: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) how: HowToEdit,
}

#[derive(Debug, Args)]
#[command(about = both!("给没有 id 的任务编 id", "give every item an id that has none"))]
pub(in crate::cli) struct GiveIds {
    #[arg(value_name = "PUBLICATION", num_args = 0.., help = both!("通知的文件夹，不写就是全部", "publications; all when left out"))]
    pub(in crate::cli) publication: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) how: HowToEdit,
}

#[derive(Debug, Args)]
#[command(about = both!("撤销最近一次修改", "undo the last change"))]
pub(in crate::cli) struct Undo {
    #[command(flatten)]
    pub(in crate::cli) how: HowToEdit,
}
