//! The arguments of `yinfa list`, `measure`, `fonts` and `import`.

use std::path::PathBuf;

use clap::Args;

use super::shared::{FontFolders, HumanOrJson, Publications, Root, TableOrJson};
use super::values::one_of;
use super::wording::both;
use records::content::schema::values::Period;

fn period(text: &str) -> Result<Period, String> {
    Period::parse(text).ok_or_else(|| "2025-06, 2025-Q2, 2025-H1, 2025".into())
}

// What `list` lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Listed {
    Publications,
    Items,
    Units,
    Tasks,
    Progress,
}

#[derive(Debug, Args)]
#[command(about = both!("查看记录：通知、任务、单位、某单位的任务、进展", "what the records say"))]
pub(in crate::cli) struct List {
    #[arg(
        value_name = "WHAT",
        value_parser = one_of([
            ("publications", Listed::Publications),
            ("items", Listed::Items),
            ("units", Listed::Units),
            ("tasks", Listed::Tasks),
            ("progress", Listed::Progress),
        ]),
        help = both!(
            "publications 通知，items 任务，units 单位，tasks 各单位的任务，progress 各单位报来的进展",
            "publications, items, units, tasks (what each unit has to do), or progress (what units reported)",
        )
    )]
    pub(in crate::cli) what: Listed,
    #[command(flatten)]
    pub(in crate::cli) publications: Publications,
    #[arg(
        long,
        value_name = "NAME",
        num_args = 1,
        value_delimiter = ',',
        help = both!("只看这些单位的", "only what concerns these units")
    )]
    pub(in crate::cli) unit: Vec<String>,
    #[arg(
        long,
        value_name = "PERIOD",
        value_parser = period,
        help = both!(
            "只看这一期的进展：2025-06、2025-Q2、2025-H1、2025",
            "only the progress of this period: 2025-06, 2025-Q2, 2025-H1 or 2025",
        )
    )]
    pub(in crate::cli) period: Option<Period>,
    #[arg(
        long,
        requires = "period",
        help = both!(
            "改列这一期应报而没有报进展的单位（progress）",
            "list the units instead that should have reported in this period and did not (progress)",
        )
    )]
    pub(in crate::cli) missing: bool,
    #[command(flatten)]
    pub(in crate::cli) format: TableOrJson,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}

#[derive(Debug, Args)]
#[command(about = both!(
    "逐条测量版面是否符合 GB/T 9704-2012",
    "measure the pages against GB/T 9704-2012, clause by clause",
))]
pub(in crate::cli) struct Measure {
    #[command(flatten)]
    pub(in crate::cli) publications: Publications,
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "publication",
        help = both!("测量这个 PDF 文件，不论由谁排成", "measure this PDF, whoever made it")
    )]
    pub(in crate::cli) pdf: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) format: HumanOrJson,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontFolders,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}

#[derive(Debug, Args)]
#[command(about = both!(
    "查看各类文字实际使用的字体",
    "which face each kind of text will be set in",
))]
pub(in crate::cli) struct Fonts {
    #[command(flatten)]
    pub(in crate::cli) format: TableOrJson,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontFolders,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}

#[derive(Debug, Args)]
#[command(about = both!(
    "把往年的通知（文本、网页、Word、表格）读成记录",
    "last year's notice (text, web page, Word file, table) to records",
))]
pub(in crate::cli) struct Import {
    #[arg(
        value_name = "FILE",
        help = both!(
            "txt、html、docx、md、xlsx 或 csv 文件，种类由内容判断",
            "a txt, html, docx, md, xlsx or csv file; its bytes tell which",
        )
    )]
    pub(in crate::cli) file: PathBuf,
    #[arg(
        short,
        long,
        value_name = "DIR",
        help = both!(
            "写到这个文件夹，如 content/2025-yaodian；已有的文件绝不覆盖",
            "write into this folder, such as content/2025-yaodian; nothing is overwritten",
        )
    )]
    pub(in crate::cli) output: Option<PathBuf>,
    #[arg(
        long,
        value_name = "FILE",
        help = both!(
            "按这个单位名录核对，不另写名录",
            "match this registry of units instead of proposing one",
        )
    )]
    pub(in crate::cli) units: Option<PathBuf>,
    #[arg(
        long,
        help = both!(
            "逐处列出没有写进记录的文字",
            "list every piece of the source that is in no record",
        )
    )]
    pub(in crate::cli) report: bool,
}
