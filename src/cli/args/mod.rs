//! The arguments of every subcommand, with their help in both languages.

mod archive;
mod catalog;
mod ledger;
mod merge;
mod send;
mod serve;
mod verify;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::Exit;
use super::environment::Environment;
use base::diag::render::{Style, human};
use base::diag::{Diagnostic, Lang};
use base::text;
use pages::build::Part;

/// The language: `--lang`, else that of the environment. It must be known before the arguments
/// are read, since their help and errors are in it.
pub(super) fn language(arguments: &[OsString], environment: &Environment) -> Lang {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let value = match argument {
            "--" => break,
            "--lang" => arguments.next(),
            _ => argument.strip_prefix("--lang="),
        };
        match value {
            Some("zh") => return Lang::Zh,
            Some("en") => return Lang::En,
            _ => {}
        }
    }
    environment.lang
}

/// Prints what clap has to say: help and version as results, a wrong use as a coded message.
pub(super) fn report_usage(error: &clap::Error, lang: Lang) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        super::report::output(&error.render().to_string());
        return Exit::Fine;
    }
    let text = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => error.render().to_string(),
        _ => {
            let words = error.render().to_string();
            let words = words.trim().trim_start_matches("error: ");
            let wrong = text!("命令写得不对", "wrong arguments");
            let help = text!("用 yinfa --help 查看用法", "`yinfa --help` shows the usage");
            let diagnostic = Diagnostic::error("usage", wrong).detail(words).help(help);
            human(&diagnostic, lang, Style::default()) + "\n"
        }
    };
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
    Exit::CannotRun
}

/// The whole command line.
pub fn command(lang: Lang) -> Command {
    let t = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let globals = [
        Arg::new("lang")
            .long("lang")
            .value_parser(["zh", "en"])
            .help(t("显示语言", "language of messages")),
        Arg::new("color")
            .long("color")
            .value_parser(["auto", "always", "never"])
            .default_value("auto")
            .help(t("是否用颜色", "whether to use colours")),
        Arg::new("quiet")
            .short('q')
            .long("quiet")
            .action(ArgAction::SetTrue)
            .help(t("只显示错误", "errors only")),
        Arg::new("verbose")
            .short('v')
            .long("verbose")
            .action(ArgAction::SetTrue)
            .help(t("显示更多", "say more")),
    ];
    let mut command = Command::new("yinfa")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t(
            "印发：由 YAML 记录生成正式通知（GB/T 9704-2012）和各单位任务单",
            "yinfa: official notices (GB/T 9704-2012) and task sheets from YAML records",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands([
            init(t),
            build(t),
            serve::watch(t),
            serve::serve(t),
            check(t),
            explain(t),
            schema(t),
            list(t),
            merge::command(t),
            measure(t),
            fonts(t),
            import(t),
            send::send(t),
            ledger::ledger(t),
            ledger::receipt(t),
            archive::command(t),
            verify::command(t),
            catalog::catalog(t),
            catalog::diff(t),
            Command::new("completions")
                .about(t("输出命令行补全脚本", "print a completion script"))
                .arg(
                    Arg::new("shell")
                        .required(true)
                        .value_parser(value_parser!(clap_complete::Shell))
                        .help(t("所用的 shell", "the shell")),
                ),
        ]);
    for global in globals {
        command = command.arg(global.global(true));
    }
    localised(command, t)
}

type Translate<'a> = &'a dyn Fn(&'static str, &'static str) -> &'static str;

fn init(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("init")
        .about(t(
            "新建项目，附一份可直接生成的样例",
            "a new project with a small publication that builds at once",
        ))
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "项目文件夹；已有的文件绝不覆盖",
                    "the folder; nothing in it is overwritten",
                )),
        )
        .arg(
            Arg::new("templates")
                .long("templates")
                .action(ArgAction::SetTrue)
                .help(t("写出内置模板，供修改", "write out the built-in templates")),
        )
}

fn build(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("build")
        .about(t(
            "生成通知、网页和各单位任务单",
            "make the notice, the web page and every unit's task sheet",
        ))
        .arg(publications(&t))
        .args(parts(&t))
        .arg(
            Arg::new("shard")
                .long("shard")
                .value_name("I/N")
                .value_parser(|text: &str| Part::parse(text).ok_or("I/N, 1 ≤ I ≤ N: 2/8"))
                .help(t(
                    "只生成 N 份中的第 I 份，供多台机器分工，之后用 merge 合并",
                    "make only part I of N, for several machines; `merge` joins them",
                )),
        )
        .arg(Arg::new("force").long("force").action(ArgAction::SetTrue).help(t(
            "全部重新生成，没有变化的也不例外",
            "make everything again, also what has not changed",
        )))
        .arg(
            Arg::new("explain")
                .long("explain")
                .action(ArgAction::SetTrue)
                .help(t("说明每个文件为什么重新生成", "say why each file was made again")),
        )
        .arg(
            Arg::new("timings")
                .long("timings")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "把时间花在哪里写成一份跟踪文件（Perfetto 可以打开）",
                    "write where the time went, as a trace that Perfetto opens",
                )),
        )
        .args(build_args(&t))
}

/// What parts of publications are built.
fn parts(t: &impl Fn(&'static str, &'static str) -> &'static str) -> Vec<Arg> {
    vec![
        Arg::new("format")
            .long("format")
            .value_delimiter(',')
            .action(ArgAction::Append)
            .value_parser(["html", "pdf", "xlsx", "docx"])
            .help(t(
                "只生成这些格式，默认 html,pdf；xlsx 为供填报的工作簿，docx 为可编辑的文档",
                "only these formats, html,pdf when left out; xlsx: workbooks to fill in, docx: documents to edit",
            )),
        Arg::new("only")
            .long("only")
            .value_parser(["notice", "sheets"])
            .help(t("只生成通知，或只生成任务单", "only the notice, or only the sheets")),
        units(t("只生成这些单位的任务单", "only the sheets of these units")),
    ]
}

/// How and where anything is built: what a build looks at, whatever subcommand it runs for.
fn build_args(t: &impl Fn(&'static str, &'static str) -> &'static str) -> Vec<Arg> {
    let mut args = vec![
        Arg::new("output")
            .long("output")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .help(t("输出文件夹", "output folder")),
        Arg::new("jobs")
            .short('j')
            .long("jobs")
            .value_name("N")
            .value_parser(value_parser!(std::num::NonZeroUsize))
            .help(t("同时使用的线程数", "threads to use")),
        Arg::new("engine")
            .long("engine")
            .value_parser(PossibleValuesParser::new(["embedded", "command"]))
            .help(t("排版引擎：内置，或 typst 命令", "the built-in engine or the typst command")),
        Arg::new("typst")
            .long("typst")
            .value_name("PATH")
            .value_parser(value_parser!(PathBuf))
            .help(t("typst 命令的路径", "path of the typst command")),
        Arg::new("strict-layout").long("strict-layout").action(ArgAction::SetTrue).help(t(
            "版面有一条不合 GB/T 9704-2012 就不生成",
            "refuse a notice whose pages do not meet GB/T 9704-2012",
        )),
        Arg::new("pdf-standard")
            .long("pdf-standard")
            .value_name("LIST")
            .value_delimiter(',')
            .action(ArgAction::Append)
            .help(t(
                "PDF 标准，默认 a-2a,ua-1（长期保存、无障碍）；none 为不限",
                "PDF standards, a-2a,ua-1 (archival, accessible) when left out; none for none",
            )),
    ];
    args.extend(font_args(t));
    args.push(root(t));
    args
}

fn check(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("check")
        .about(t(
            "印发前的检查：单位、结构、标点、用词、指标",
            "what a clerk would catch before printing: units, structure, marks, words, targets",
        ))
        .arg(publications(&t))
        .arg(
            Arg::new("format")
                .long("format")
                .value_parser(["human", "short", "json", "sarif"])
                .default_value("human")
                .help(t("输出的形式", "form of the output")),
        )
        .arg(
            rules(t("只用这些规则（默认关闭的也用）", "only these rules, even if they are off"))
                .long("rule"),
        )
        .arg(
            Arg::new("severity")
                .long("severity")
                .value_parser(["error", "warning", "hint"])
                .default_value("hint")
                .help(t("只显示这一级和更重的", "show only this severity and above")),
        )
        .arg(
            Arg::new("deny")
                .long("deny")
                .value_parser(["warning"])
                .help(t("有警告也算不通过", "exit 1 for warnings too")),
        )
        .arg(
            Arg::new("fix")
                .long("fix")
                .action(ArgAction::SetTrue)
                .help(t("改正有把握的问题", "make the fixes that are certain")),
        )
        .arg(
            Arg::new("watch")
                .long("watch")
                .action(ArgAction::SetTrue)
                .help(t("文件改动后再查", "check again after each change")),
        )
        .arg(poll(&t).requires("watch"))
        .args(font_args(&t))
        .arg(root(&t))
}

fn explain(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("explain")
        .about(t(
            "说明检查规则，不写规则名就列出全部",
            "what a rule of `check` is for; without one, all rules",
        ))
        .arg(rules(t("规则名", "ids of rules")).num_args(0..))
}

fn schema(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("schema")
        .about(t("输出记录文件的 JSON Schema，供编辑器使用", "the JSON Schema of a kind of record file, for editors"))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(["project", "units", "notice", "items"])
                .help(t(
                    "project 为 yinfa.yaml，units、notice 为同名文件，items 为任务文件",
                    "project is yinfa.yaml, units and notice the files of that name, items an item file",
                )),
        )
}

fn rules(help: &'static str) -> Arg {
    Arg::new("rule").value_name("RULE").action(ArgAction::Append).value_delimiter(',').help(help)
}

fn list(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("list")
        .about(t("查看记录：通知、任务、单位、某单位的任务", "what the records say"))
        .arg(
            Arg::new("what")
                .value_name("WHAT")
                .required(true)
                .value_parser(["publications", "items", "units", "tasks"])
                .help(t(
                    "publications 通知，items 任务，units 单位，tasks 各单位的任务",
                    "publications, items, units, or tasks (what each unit has to do)",
                )),
        )
        .arg(publications(&t))
        .arg(units(t("只看这些单位的", "only what concerns these units")))
        .arg(or_json(&t, "table"))
        .arg(root(&t))
}

fn measure(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("measure")
        .about(t(
            "逐条测量版面是否符合 GB/T 9704-2012",
            "measure the pages against GB/T 9704-2012, clause by clause",
        ))
        .arg(publications(&t))
        .arg(
            Arg::new("pdf")
                .long("pdf")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with("publication")
                .help(t("测量这个 PDF 文件，不论由谁排成", "measure this PDF, whoever made it")),
        )
        .arg(or_json(&t, "human"))
        .args(font_args(&t))
        .arg(root(&t))
}

fn fonts(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("fonts")
        .about(t("查看各类文字实际使用的字体", "which face each kind of text will be set in"))
        .arg(or_json(&t, "table"))
        .args(font_args(&t))
        .arg(root(&t))
}

fn import(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("import")
        .about(t(
            "把往年的通知（文本、网页、Word、表格）读成记录",
            "last year's notice (text, web page, Word file, table) to records",
        ))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "txt、html、docx、md、xlsx 或 csv 文件，种类由内容判断",
                    "a txt, html, docx, md, xlsx or csv file; its bytes tell which",
                )),
        )
        .arg(
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "写到这个文件夹，如 content/2025-yaodian；已有的文件绝不覆盖",
                    "write into this folder, such as content/2025-yaodian; nothing is overwritten",
                )),
        )
        .arg(
            Arg::new("units")
                .long("units")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "按这个单位名录核对，不另写名录",
                    "match this registry of units instead of proposing one",
                )),
        )
        .arg(Arg::new("report").long("report").action(ArgAction::SetTrue).help(t(
            "逐处列出没有写进记录的文字",
            "list every piece of the source that is in no record",
        )))
}

fn poll(t: &impl Fn(&'static str, &'static str) -> &'static str) -> Arg {
    Arg::new("poll").long("poll").action(ArgAction::SetTrue).help(t(
        "不靠系统通知，每半秒自己查看一次（网络盘上更快）",
        "look at the files twice a second instead of waiting for the system (sooner on network drives)",
    ))
}

fn publications(t: &impl Fn(&'static str, &'static str) -> &'static str) -> Arg {
    Arg::new("publication").value_name("PUBLICATION").num_args(0..).help(t(
        "通知在 content 下的文件夹名，不写就是全部",
        "folders below content/; all when left out",
    ))
}

fn units(help: &'static str) -> Arg {
    Arg::new("unit")
        .long("unit")
        .value_name("NAME")
        .action(ArgAction::Append)
        .num_args(1)
        .value_delimiter(',')
        .help(help)
}

/// A table, by that name, or JSON.
fn or_json(t: &impl Fn(&'static str, &'static str) -> &'static str, table: &'static str) -> Arg {
    Arg::new("format")
        .long("format")
        .value_parser([table, "json"])
        .default_value(table)
        .help(t("表格或 JSON", "table or JSON"))
}

/// Whether JSON is asked for.
pub(super) fn is_json(matches: &ArgMatches) -> bool {
    matches.get_one::<String>("format").is_some_and(|format| format == "json")
}

fn root(t: &impl Fn(&'static str, &'static str) -> &'static str) -> Arg {
    Arg::new("root")
        .long("root")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .help(t("项目文件夹", "the project's folder"))
}

fn font_args(t: &impl Fn(&'static str, &'static str) -> &'static str) -> [Arg; 2] {
    [
        Arg::new("font-dir")
            .long("font-dir")
            .value_name("DIR")
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .help(t("先在这些文件夹里找字体", "look for fonts in these folders first")),
        Arg::new("ignore-system-fonts")
            .long("ignore-system-fonts")
            .action(ArgAction::SetTrue)
            .help(t("只用指定文件夹里的字体", "use only the fonts of the folders given")),
    ]
}

/// clap's own words in the language of the run.
fn localised(command: Command, t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    fn apply(command: Command, t: Translate<'_>) -> Command {
        let template = t(
            "{about}\n\n用法：{usage}\n\n{all-args}\n",
            "{about}\n\nUsage: {usage}\n\n{all-args}\n",
        );
        let options = t("选项", "Options");
        let arguments = t("参数", "Arguments");
        let names: Vec<String> =
            command.get_subcommands().map(|sub| sub.get_name().to_string()).collect();
        let mut command = command
            .help_template(template)
            .subcommand_help_heading(t("命令", "Commands"))
            .disable_help_flag(true)
            .arg(
                Arg::new("help")
                    .short('h')
                    .long("help")
                    .action(ArgAction::Help)
                    .help(t("显示用法", "show this help")),
            );
        command = command.mut_args(|arg| {
            let heading = if arg.is_positional() { arguments } else { options };
            arg.help_heading(heading)
        });
        for name in names {
            command = command.mut_subcommand(name, |sub| apply(sub, t));
        }
        command
    }
    apply(command, &t).disable_version_flag(true).arg(
        Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help_heading(t("选项", "Options"))
            .help(t("显示版本", "show the version")),
    )
}
