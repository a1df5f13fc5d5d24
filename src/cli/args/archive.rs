//! The arguments of `yinfa archive` and `verify`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::shared::{FontFolders, HumanOrJson, OnePublication, Root};
use super::values::one_of;
use super::wording::both;
use crate::archive::isolated::Limits;
use ::records::content::schema::archive::Retention;

#[derive(Debug, Args)]
#[command(about = both!(
    "把一份已生成的通知打成归档包（BagIt），任何工具都能核对",
    "one package (BagIt) of a built publication, which any tool can verify",
))]
pub(in crate::cli) struct Archive {
    #[command(flatten)]
    pub(in crate::cli) publication: OnePublication,
    #[arg(
        long,
        value_name = "DIR",
        help = both!("归档文件夹，不写就是 archive", "the archive, archive/ when left out")
    )]
    pub(in crate::cli) to: Option<PathBuf>,
    #[arg(
        long,
        value_name = "FILE",
        help = both!(
            "正本：盖章的 PDF、OFD 或扫描件",
            "the sealed original: PDF, OFD or a scan",
        )
    )]
    pub(in crate::cli) original: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = both!("定稿", "the final draft"))]
    pub(in crate::cli) final_draft: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = both!("发文稿纸（签发单）", "the approval sheet"))]
    pub(in crate::cli) approval_sheet: Option<PathBuf>,
    #[arg(
        long,
        value_name = "CODE",
        conflicts_with = "pre_archive",
        help = both!(
            "档号；不写就取下一个件号",
            "the archival code (档号); the next free one when left out",
        )
    )]
    pub(in crate::cli) code: Option<String>,
    #[arg(
        long,
        value_name = "PERIOD",
        value_parser = one_of(Retention::ALL),
        help = both!(
            "这一件的保管期限，代替 yinfa.yaml 里的",
            "the retention period of this document, instead of that in yinfa.yaml",
        )
    )]
    pub(in crate::cli) retention: Option<Retention>,
    #[arg(
        long,
        help = both!("预归档：先不编档号", "without an archival code yet (预归档)")
    )]
    pub(in crate::cli) pre_archive: bool,
    #[arg(
        long,
        value_name = "NUMBER",
        help = both!(
            "电子文件号；不写就由程序赋予",
            "电子文件号; formed by the program when left out",
        )
    )]
    pub(in crate::cli) electronic_number: Option<String>,
    #[arg(
        long,
        value_name = "DIR",
        help = both!("生成时的输出文件夹", "the output folder that it was built into")
    )]
    pub(in crate::cli) output: Option<PathBuf>,
    #[arg(
        long,
        help = both!("只显示档号和包里的文件，不写", "show code and files, write nothing")
    )]
    pub(in crate::cli) dry_run: bool,
    #[arg(
        long,
        help = both!(
            "登记簿丢失、又没有备份时，为现有的归档包重新立簿",
            "begin a new register for the packages that are there, where it is lost",
        )
    )]
    pub(in crate::cli) new_register: bool,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}

#[derive(Debug, Args)]
#[command(about = both!(
    "登记簿：末行摘要；印归档文件目录和移交清单",
    "the register of an archive: its digest, and lists to be printed",
))]
pub(in crate::cli) struct Register {
    #[arg(value_name = "ARCHIVE", help = both!("归档文件夹", "the archive"))]
    pub(in crate::cli) archive: PathBuf,
    #[arg(
        short,
        long,
        value_name = "DIR",
        help = both!(
            "把归档文件目录、移交清单写到这个文件夹，可在浏览器里打印",
            "write 归档文件目录 and 移交清单 into this folder, to be printed from a browser",
        )
    )]
    pub(in crate::cli) output: Option<PathBuf>,
    #[arg(
        long,
        value_name = "YEAR",
        requires = "output",
        help = both!("只列这一年度的，如 2025", "only what is of this year, such as 2025")
    )]
    pub(in crate::cli) year: Option<String>,
}

#[derive(Debug, Args)]
#[command(about = both!(
    "核对归档包：真实性、完整性、可用性、安全性",
    "verify packages: authenticity, completeness, usability, security",
))]
pub(in crate::cli) struct Verify {
    #[arg(
        value_name = "BAG|ARCHIVE",
        required = true,
        num_args = 1..,
        help = both!("归档包，或放归档包的文件夹", "packages, or the folder they stand in")
    )]
    pub(in crate::cli) path: Vec<PathBuf>,
    #[arg(
        long,
        help = both!(
            "由包里的记录重新生成，与包里的文件逐字节比较",
            "rebuild from the archived records and compare byte for byte",
        )
    )]
    pub(in crate::cli) rebuild: bool,
    #[arg(
        long,
        value_name = "SECONDS",
        default_value = "600",
        requires = "rebuild",
        help = both!(
            "每个包重新生成最多用的时间（秒）",
            "how long rebuilding a package may take, in seconds",
        )
    )]
    max_time: u64,
    #[arg(
        long,
        value_name = "MB",
        default_value = "4096",
        requires = "rebuild",
        help = both!(
            "每个包重新生成最多用的内存（MB）；在 Linux 上有效",
            "how much memory rebuilding a package may take, in MB; held on Linux",
        )
    )]
    max_memory: u64,
    #[arg(
        long,
        value_name = "DIGEST",
        help = both!(
            "另处保存的登记簿摘要（archive 显示的、移交清单上印的），用来证明来源",
            "the digest of the register, kept elsewhere (archive shows it): proves the origin",
        )
    )]
    pub(in crate::cli) register_head: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) format: HumanOrJson,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontFolders,
}

impl Verify {
    pub(in crate::cli) fn limits(&self) -> Limits {
        let time = Duration::from_secs(self.max_time);
        Limits { time, memory: self.max_memory.saturating_mul(1 << 20) }
    }
}

/// The subcommand of [`Rebuild`], which `verify --rebuild` starts and nobody else.
pub(in crate::cli) const REBUILD: &str = "rebuild-package";

#[derive(Debug, Args)]
#[command(hide = true, about = both!("供 verify --rebuild 使用", "for verify --rebuild alone"))]
pub(in crate::cli) struct Rebuild {
    #[arg(value_name = "BAG", help = both!("归档包", "the package"))]
    pub(in crate::cli) bag: PathBuf,
    #[arg(value_name = "DIR", help = both!("工作文件夹", "the work folder"))]
    pub(in crate::cli) work: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontFolders,
}
