//! The arguments of `yinfa archive`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};

use records::content::schema::archive::Retention;

pub(super) fn command(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    let file = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name("FILE").value_parser(value_parser!(PathBuf)).help(help)
    };
    Command::new("archive")
        .about(t(
            "把一份已生成的通知打成归档包（BagIt），任何工具都能核对",
            "one package (BagIt) of a built publication, which any tool can verify",
        ))
        .arg(
            Arg::new("publication")
                .value_name("PUBLICATION")
                .required(true)
                .help(t("通知在 content 下的文件夹名", "its folder below content/")),
        )
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(t("归档文件夹，不写就是 archive", "the archive, archive/ when left out")),
        )
        .arg(file(
            "original",
            t("正本：盖章的 PDF、OFD 或扫描件", "the sealed original: PDF, OFD or a scan"),
        ))
        .arg(file("final-draft", t("定稿", "the final draft")))
        .arg(file("approval-sheet", t("发文稿纸（签发单）", "the approval sheet")))
        .arg(Arg::new("code").long("code").value_name("CODE").conflicts_with("pre-archive").help(
            t(
                "档号；不写就取下一个件号",
                "the archival code (档号); the next free one when left out",
            ),
        ))
        .arg(
            Arg::new("retention")
                .long("retention")
                .value_name("PERIOD")
                .value_parser(Retention::ALL.map(|(name, _)| name))
                .help(t(
                    "这一件的保管期限，代替 yinfa.yaml 里的",
                    "the retention period of this document, instead of that in yinfa.yaml",
                )),
        )
        .arg(
            Arg::new("pre-archive")
                .long("pre-archive")
                .action(ArgAction::SetTrue)
                .help(t("预归档：先不编档号", "without an archival code yet (预归档)")),
        )
        .arg(Arg::new("electronic-number").long("electronic-number").value_name("NUMBER").help(t(
            "电子文件号；不写就由程序赋予",
            "电子文件号; formed by the program when left out",
        )))
        .arg(
            Arg::new("output")
                .long("output")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(t("生成时的输出文件夹", "the output folder that it was built into")),
        )
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help(t("只显示档号和包里的文件，不写", "show code and files, write nothing")),
        )
        .arg(super::root(&t))
}
