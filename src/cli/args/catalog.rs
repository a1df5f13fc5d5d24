//! The arguments of `yinfa catalog` and `diff`.

use std::path::PathBuf;

use clap::Args;

use super::shared::Root;
use super::values::one_of;
use super::wording::both;
use crate::catalog::Audience;

#[derive(Debug, Args)]
#[command(about = both!(
    "把归档的文件编成可以查找的网页目录",
    "a static site of archived publications, with a search",
))]
pub(in crate::cli) struct Catalog {
    #[arg(value_name = "ARCHIVE", help = both!("归档文件夹", "the archive"))]
    pub(in crate::cli) archive: PathBuf,
    #[arg(
        short,
        long,
        value_name = "DIR",
        help = both!(
            "写到这个文件夹，不写就是 catalog（内部目录为 catalog-internal）",
            "the folder to write; catalog, or catalog-internal, when left out",
        )
    )]
    pub(in crate::cli) output: Option<PathBuf>,
    #[arg(
        long,
        default_value = "public",
        value_parser = one_of(
            [Audience::Public, Audience::Internal].map(|audience| (audience.name(), audience))
        ),
        help = both!(
            "public 只收主动公开的文件，internal 收录全部归档文件",
            "public: only what is 主动公开; internal: everything that is archived",
        )
    )]
    pub(in crate::cli) audience: Audience,
    #[arg(
        long,
        value_name = "TITLE",
        help = both!("目录的名称", "the title of the catalogue")
    )]
    pub(in crate::cli) title: Option<String>,
    #[arg(
        long,
        value_name = "URL",
        value_parser = base_url,
        help = both!(
            "目录在网站上的地址，用于订阅和网站地图",
            "where it will stand on the web, for the feed and the sitemap",
        )
    )]
    pub(in crate::cli) base_url: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}

fn base_url(text: &str) -> Result<String, &'static str> {
    let is_url = ["https://", "http://"]
        .iter()
        .any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    let plain = !text.contains(['?', '#', ' ', '"', '<', '>']);
    if is_url && plain { Ok(text.to_string()) } else { Err("https://…") }
}

// The form of what `diff` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum DiffFormat {
    Human,
    Html,
    Json,
}

#[derive(Debug, Args)]
#[command(about = both!(
    "对照两份通知：哪些任务延续、调整、新增、未再列入",
    "what became of the items of one publication in another",
))]
pub(in crate::cli) struct Diff {
    #[arg(
        value_name = "OLD",
        help = both!(
            "旧的：content 下的文件夹名、通知的文件夹或归档包",
            "the earlier one: its folder below content/, any folder of a publication, or a package",
        )
    )]
    pub(in crate::cli) old: String,
    #[arg(value_name = "NEW", help = both!("新的，写法相同", "the later one, likewise"))]
    pub(in crate::cli) new: String,
    #[arg(
        long,
        default_value = "human",
        value_parser = one_of([
            ("human", DiffFormat::Human),
            ("html", DiffFormat::Html),
            ("json", DiffFormat::Json),
        ]),
        help = both!("输出的形式", "form of the output")
    )]
    pub(in crate::cli) format: DiffFormat,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}
