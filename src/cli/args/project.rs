//! The arguments of `yinfa init`, `schema` and `completions`.

use std::path::PathBuf;

use clap::Args;

use super::values::one_of;
use super::wording::both;
use ::records::content::schema::json::RecordFile;
use ::records::content::schema::notice::Kind;

#[derive(Debug, Args)]
#[command(about = both!(
    "新建项目，附一份可直接生成的样例",
    "a new project with a small publication that builds at once",
))]
pub(in crate::cli) struct Init {
    #[arg(
        value_name = "DIR",
        required_unless_present = "kind",
        help = both!(
            "项目文件夹；已有的文件绝不覆盖。写了 --kind 可以省去，就是当前文件夹",
            "the folder; nothing in it is overwritten. With --kind it may be left out: the current one",
        )
    )]
    pub(in crate::cli) dir: Option<PathBuf>,
    #[arg(long, help = both!("写出内置模板，供修改", "write out the built-in templates"))]
    pub(in crate::cli) templates: bool,
    #[arg(
        long,
        value_name = "KIND",
        value_parser = one_of(Kind::ALL),
        conflicts_with = "templates",
        help = both!(
            "写一份这一文种的短公文：通知、通报、报告、请示、函、意见、纪要；已有项目的，加进去",
            "write a short document of this kind, into the project where there is one",
        )
    )]
    pub(in crate::cli) kind: Option<Kind>,
    #[arg(
        long,
        value_name = "ID",
        requires = "kind",
        help = both!(
            "这份公文在 content 里的文件夹；不写就用文种的英文名，如 letter",
            "its folder below content/; the kind's name, such as letter, when left out",
        )
    )]
    pub(in crate::cli) id: Option<String>,
}

#[derive(Debug, Args)]
#[command(about = both!(
    "输出记录文件的 JSON Schema，供编辑器使用",
    "the JSON Schema of a kind of record file, for editors",
))]
pub(in crate::cli) struct Schema {
    #[arg(
        value_name = "FILE",
        value_parser = one_of(RecordFile::ALL),
        help = both!(
            "project 为 yinfa.yaml，units、notice 为同名文件，items 为任务文件",
            "project is yinfa.yaml, units and notice the files of that name, items an item file",
        )
    )]
    pub(in crate::cli) file: RecordFile,
}

#[derive(Debug, Args)]
#[command(about = both!("输出命令行补全脚本", "print a completion script"))]
pub(in crate::cli) struct Completions {
    #[arg(help = both!("所用的 shell", "the shell"))]
    pub(in crate::cli) shell: clap_complete::Shell,
}
