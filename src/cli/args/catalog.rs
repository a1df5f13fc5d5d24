//! The arguments of `yinfa catalog` and `yinfa diff`.

use std::path::PathBuf;

use clap::{Arg, Command, value_parser};

pub(super) fn catalog(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("catalog")
        .about(t(
            "把归档的文件编成可以查找的网页目录",
            "a static site of archived publications, with a search",
        ))
        .arg(
            Arg::new("archive")
                .value_name("ARCHIVE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(t("归档文件夹", "the archive")),
        )
        .arg(
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "写到这个文件夹，不写就是 catalog（内部目录为 catalog-internal）",
                    "the folder to write; catalog, or catalog-internal, when left out",
                )),
        )
        .arg(
            Arg::new("audience")
                .long("audience")
                .value_parser(["public", "internal"])
                .default_value("public")
                .help(t(
                    "public 只收主动公开的文件，internal 收录全部归档文件",
                    "public: only what is 主动公开; internal: everything that is archived",
                )),
        )
        .arg(
            Arg::new("title")
                .long("title")
                .value_name("TITLE")
                .help(t("目录的名称", "the title of the catalogue")),
        )
        .arg(
            Arg::new("base-url")
                .long("base-url")
                .value_name("URL")
                .value_parser(|text: &str| {
                    let is_url = ["https://", "http://"].iter().any(|scheme| {
                        text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty())
                    });
                    let plain = !text.contains(['?', '#', ' ', '"', '<', '>']);
                    if is_url && plain { Ok(text.to_string()) } else { Err("https://…") }
                })
                .help(t(
                    "目录在网站上的地址，用于订阅和网站地图",
                    "where it will stand on the web, for the feed and the sitemap",
                )),
        )
        .arg(super::root(&t))
}

pub(super) fn diff(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    let side = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).value_name(value).required(true).help(help)
    };
    Command::new("diff")
        .about(t(
            "对照两份通知：哪些任务延续、调整、新增、未再列入",
            "what became of the items of one publication in another",
        ))
        .arg(side(
            "old",
            "OLD",
            t("旧的：content 下的文件夹名、通知的文件夹或归档包", "the earlier one: its folder below content/, any folder of a publication, or a package"),
        ))
        .arg(side("new", "NEW", t("新的，写法相同", "the later one, likewise")))
        .arg(
            Arg::new("format")
                .long("format")
                .value_parser(["human", "html", "json"])
                .default_value("human")
                .help(t("输出的形式", "form of the output")),
        )
        .arg(super::root(&t))
}
