//! Options that several subcommands take.

use std::path::PathBuf;

use clap::Args;

use super::values::one_of;
use super::wording::both;
use crate::cli::environment::Environment;
use crate::session::{Failure, FontOptions, Session, find_root};

// The project that a subcommand works on.
#[derive(Debug, Args)]
pub(in crate::cli) struct Root {
    #[arg(long, value_name = "DIR", help = both!("项目文件夹", "the project's folder"))]
    pub(in crate::cli) root: Option<PathBuf>,
}

impl Root {
    // The project's folder: the one given, else the nearest one from the working folder upwards.
    pub(in crate::cli) fn find(&self, environment: &Environment) -> Result<PathBuf, Failure> {
        let given = self.root.as_ref().map(|root| environment.machine.folder.join(root));
        find_root(given.as_deref(), &environment.machine.folder)
    }

    pub(in crate::cli) fn open(&self, environment: &Environment) -> Result<Session, Failure> {
        Session::open(&self.find(environment)?)
    }
}

// Which publications.
#[derive(Debug, Args)]
pub(in crate::cli) struct Publications {
    #[arg(
        value_name = "PUBLICATION",
        num_args = 0..,
        help = both!(
            "通知在 content 下的文件夹名，不写就是全部",
            "folders below content/; all when left out",
        )
    )]
    pub(in crate::cli) publication: Vec<String>,
}

// Which publication, where it must be one.
#[derive(Debug, Args)]
pub(in crate::cli) struct OnePublication {
    #[arg(
        value_name = "PUBLICATION",
        help = both!("通知在 content 下的文件夹名", "its folder below content/")
    )]
    pub(in crate::cli) publication: String,
}

// Where fonts are looked for.
#[derive(Debug, Args)]
pub(in crate::cli) struct FontFolders {
    #[arg(
        long,
        value_name = "DIR",
        help = both!("先在这些文件夹里找字体", "look for fonts in these folders first")
    )]
    font_dir: Vec<PathBuf>,
    #[arg(
        long,
        help = both!("只用指定文件夹里的字体", "use only the fonts of the folders given")
    )]
    ignore_system_fonts: bool,
}

impl FontFolders {
    pub(in crate::cli) fn options(&self, environment: &Environment) -> FontOptions {
        let folder = &environment.machine.folder;
        let folders = self.font_dir.iter().map(|dir| folder.join(dir)).collect();
        FontOptions { folders, ignore_system: self.ignore_system_fonts }
    }
}

// The form of a listing.
#[derive(Debug, Args)]
pub(in crate::cli) struct TableOrJson {
    #[arg(
        long,
        default_value = "table",
        value_parser = one_of([("table", false), ("json", true)]),
        action = clap::ArgAction::Set,
        help = both!("表格或 JSON", "table or JSON")
    )]
    format: bool,
}

impl TableOrJson {
    pub(in crate::cli) fn is_json(&self) -> bool {
        self.format
    }
}

// The form of a report.
#[derive(Debug, Args)]
pub(in crate::cli) struct HumanOrJson {
    #[arg(
        long,
        default_value = "human",
        value_parser = one_of([("human", false), ("json", true)]),
        action = clap::ArgAction::Set,
        help = both!("表格或 JSON", "table or JSON")
    )]
    format: bool,
}

impl HumanOrJson {
    pub(in crate::cli) fn is_json(&self) -> bool {
        self.format
    }
}

// Help of `--poll`, which `check` takes with `--watch` alone.
pub(super) const POLL: &str = both!(
    "不靠系统通知，每半秒自己查看一次（网络盘上更快）",
    "look at the files twice a second instead of waiting for the system (sooner on network drives)",
);
