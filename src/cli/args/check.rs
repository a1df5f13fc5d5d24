//! The arguments of `yinfa check` and `explain`.

use clap::Args;

use super::shared::{FontFolders, POLL, Publications, Root};
use super::values::one_of;
use super::wording::both;
use base::diag::{Severity, render};

// The form of what `check` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum CheckFormat {
    Sarif,
    Of(render::Format),
}

#[derive(Debug, Args)]
#[command(about = both!(
    "印发前的检查：单位、结构、标点、用词、指标",
    "what a clerk would catch before printing: units, structure, marks, words, targets",
))]
pub(in crate::cli) struct Check {
    #[command(flatten)]
    pub(in crate::cli) publications: Publications,
    #[arg(
        long,
        default_value = "human",
        value_parser = one_of([
            ("human", CheckFormat::Of(render::Format::Human)),
            ("short", CheckFormat::Of(render::Format::Short)),
            ("json", CheckFormat::Of(render::Format::Json)),
            ("sarif", CheckFormat::Sarif),
        ]),
        help = both!("输出的形式", "form of the output")
    )]
    pub(in crate::cli) format: CheckFormat,
    #[arg(
        long,
        value_name = "RULE",
        value_delimiter = ',',
        help = both!(
            "只用这些规则（默认关闭的也用）",
            "only these rules, even if they are off",
        )
    )]
    pub(in crate::cli) rule: Vec<String>,
    #[arg(
        long,
        default_value = "hint",
        value_parser = one_of([
            ("error", Severity::Error),
            ("warning", Severity::Warning),
            ("hint", Severity::Hint),
        ]),
        help = both!("只显示这一级和更重的", "show only this severity and above")
    )]
    pub(in crate::cli) severity: Severity,
    #[arg(
        long,
        value_parser = one_of([("warning", Severity::Warning)]),
        help = both!("有警告也算不通过", "exit 1 for warnings too")
    )]
    pub(in crate::cli) deny: Option<Severity>,
    #[arg(long, help = both!("改正有把握的问题", "make the fixes that are certain"))]
    pub(in crate::cli) fix: bool,
    #[arg(long, help = both!("文件改动后再查", "check again after each change"))]
    pub(in crate::cli) watch: bool,
    #[arg(long, requires = "watch", help = POLL)]
    pub(in crate::cli) poll: bool,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontFolders,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}

#[derive(Debug, Args)]
#[command(about = both!(
    "说明检查规则，不写规则名就列出全部",
    "what a rule of `check` is for; without one, all rules",
))]
pub(in crate::cli) struct Explain {
    #[arg(
        value_name = "RULE",
        num_args = 0..,
        value_delimiter = ',',
        help = both!("规则名", "ids of rules")
    )]
    pub(in crate::cli) rule: Vec<String>,
}
