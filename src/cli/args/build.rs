//! The arguments of `yinfa build`, `watch`, `serve` and `merge`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::shared::{FontFolders, POLL, Publications, Root};
use super::values::one_of;
use super::wording::both;
use crate::cli::environment::Environment;
use crate::session::{BuildOptions, EngineOptions};
use pages::build::{Only, Part, Selection};
use records::content::schema::formats::Format;
use records::content::schema::project::EngineChoice;

#[derive(Debug, Args)]
#[command(about = both!(
    "生成通知、网页和各单位任务单",
    "make the notice, the web page and every unit's task sheet",
))]
pub(in crate::cli) struct Build {
    #[command(flatten)]
    publications: Publications,
    #[command(flatten)]
    parts: Parts,
    #[arg(
        long,
        value_name = "I/N",
        value_parser = |text: &str| Part::parse(text).ok_or("I/N, 1 ≤ I ≤ N: 2/8"),
        help = both!(
            "只生成 N 份中的第 I 份，供多台机器分工，之后用 merge 合并",
            "make only part I of N, for several machines; `merge` joins them",
        )
    )]
    shard: Option<Part>,
    #[arg(
        long,
        help = both!(
            "全部重新生成，没有变化的也不例外",
            "make everything again, also what has not changed",
        )
    )]
    force: bool,
    #[arg(
        long,
        help = both!("说明每个文件为什么重新生成", "say why each file was made again")
    )]
    pub(in crate::cli) explain: bool,
    #[arg(
        long,
        value_name = "FILE",
        help = both!(
            "把时间花在哪里写成一份跟踪文件（Perfetto 可以打开）",
            "write where the time went, as a trace that Perfetto opens",
        )
    )]
    pub(in crate::cli) timings: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) how: How,
}

impl Build {
    pub(in crate::cli) fn options(&self, environment: &Environment) -> BuildOptions {
        let selection = Selection { part: self.shard, ..self.parts.selection() };
        let options = self.how.options(&self.publications, selection, environment);
        BuildOptions { force: self.force, ..options }
    }
}

#[derive(Debug, Args)]
#[command(about = both!("文件改动后自动重新生成", "build, and build again after each change"))]
pub(in crate::cli) struct Watch {
    #[command(flatten)]
    publications: Publications,
    #[command(flatten)]
    parts: Parts,
    #[arg(long, help = POLL)]
    pub(in crate::cli) poll: bool,
    #[command(flatten)]
    pub(in crate::cli) how: How,
}

impl Watch {
    pub(in crate::cli) fn options(&self, environment: &Environment) -> BuildOptions {
        self.how.options(&self.publications, self.parts.selection(), environment)
    }
}

#[derive(Debug, Args)]
#[command(about = both!(
    "在浏览器中预览，文件改动后自动更新",
    "a preview in the browser that follows every change",
))]
pub(in crate::cli) struct Serve {
    #[command(flatten)]
    publications: Publications,
    #[arg(
        long,
        value_name = "PORT",
        help = both!(
            "端口；不写就用 4780，被占用时用其后空闲的一个",
            "the port; when left out 4780, or the next one that is free",
        )
    )]
    pub(in crate::cli) port: Option<u16>,
    #[arg(long, help = POLL)]
    pub(in crate::cli) poll: bool,
    #[command(flatten)]
    pub(in crate::cli) how: How,
}

impl Serve {
    pub(in crate::cli) fn options(&self, environment: &Environment) -> BuildOptions {
        self.how.options(&self.publications, Selection::default(), environment)
    }
}

// Which parts of publications are built.
#[derive(Debug, Args)]
struct Parts {
    #[arg(
        long,
        value_delimiter = ',',
        value_parser = one_of(Format::ALL.map(|format| (format.name(), format))),
        help = both!(
            "只生成这些格式，不写就照 yinfa.yaml 的 formats；xlsx 为供填报的工作簿，docx 为可编辑的文档",
            "only these formats, those of `formats` in yinfa.yaml when left out; xlsx: workbooks to fill in, docx: documents to edit",
        )
    )]
    format: Vec<Format>,
    #[arg(
        long,
        value_parser = one_of([("notice", Only::Notice), ("sheets", Only::Sheets)]),
        help = both!("只生成通知，或只生成任务单", "only the notice, or only the sheets")
    )]
    only: Option<Only>,
    #[arg(
        long,
        value_name = "NAME",
        num_args = 1,
        value_delimiter = ',',
        help = both!("只生成这些单位的任务单", "only the sheets of these units")
    )]
    unit: Vec<String>,
}

impl Parts {
    fn selection(&self) -> Selection {
        let mut selection = Selection { only: self.only, ..Selection::default() };
        selection.units.clone_from(&self.unit);
        if !self.format.is_empty() {
            selection.formats = Some(self.format.iter().copied().collect());
        }
        selection
    }
}

// How and where anything is built, whatever subcommand it is built for.
#[derive(Debug, Args)]
pub(in crate::cli) struct How {
    #[arg(long, value_name = "DIR", help = both!("输出文件夹", "output folder"))]
    output: Option<PathBuf>,
    #[arg(
        long,
        help = both!(
            "输出文件夹里有别的文件也写",
            "write into an output folder that has other files in it",
        )
    )]
    force_output: bool,
    #[arg(short, long, value_name = "N", help = both!("同时使用的线程数", "threads to use"))]
    jobs: Option<NonZeroUsize>,
    #[arg(
        long,
        value_parser = one_of([
            ("embedded", EngineChoice::Embedded),
            ("command", EngineChoice::Command),
        ]),
        help = both!("排版引擎：内置，或 typst 命令", "the built-in engine or the typst command")
    )]
    engine: Option<EngineChoice>,
    #[arg(
        long,
        value_name = "PATH",
        help = both!("typst 命令的路径", "path of the typst command")
    )]
    typst: Option<PathBuf>,
    #[arg(
        long,
        help = both!(
            "版面有一条不合 GB/T 9704-2012 就不生成",
            "refuse a notice whose pages do not meet GB/T 9704-2012",
        )
    )]
    strict_layout: bool,
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        help = both!(
            "PDF 标准，默认 a-2a,ua-1（长期保存、无障碍）；none 为不限",
            "PDF standards, a-2a,ua-1 (archival, accessible) when left out; none for none",
        )
    )]
    pdf_standard: Option<Vec<String>>,
    #[command(flatten)]
    fonts: FontFolders,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}

impl How {
    fn options(
        &self,
        publications: &Publications,
        selection: Selection,
        environment: &Environment,
    ) -> BuildOptions {
        let folder = &environment.machine.folder;
        BuildOptions {
            publications: publications.publication.clone(),
            selection,
            output: self.output.as_ref().map(|output| folder.join(output)),
            jobs: self.jobs,
            engines: EngineOptions {
                engine: self.engine,
                typst: self.typst.as_ref().map(|typst| folder.join(typst)),
                pdf_standards: self.pdf_standard.clone(),
                fonts: self.fonts.options(environment),
            },
            strict_layout: self.strict_layout,
            force_output: self.force_output,
            ..BuildOptions::default()
        }
    }
}

#[derive(Debug, Args)]
#[command(about = both!(
    "合并多台机器用 build --shard 生成的各部分",
    "join the parts that several machines built with `build --shard`",
))]
pub(in crate::cli) struct Merge {
    #[arg(
        value_name = "DIR",
        num_args = 0..,
        help = both!(
            "各部分所在的输出文件夹；都在同一个输出文件夹里的，不用写",
            "output folders with parts; none where all lie in the one output folder",
        )
    )]
    pub(in crate::cli) dir: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "DIR",
        help = both!("合并到这个输出文件夹", "the output folder to join them in")
    )]
    pub(in crate::cli) output: Option<PathBuf>,
    #[arg(
        long,
        help = both!(
            "输出文件夹里有别的文件也写",
            "write into an output folder that has other files in it",
        )
    )]
    pub(in crate::cli) force_output: bool,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}
