//! The arguments of `yinfa verify`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};

pub(super) fn command(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("verify")
        .about(t(
            "核对归档包：真实性、完整性、可用性、安全性",
            "verify packages: authenticity, completeness, usability, security",
        ))
        .arg(
            Arg::new("path")
                .value_name("BAG|ARCHIVE")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help(t("归档包，或放归档包的文件夹", "packages, or the folder they stand in")),
        )
        .arg(Arg::new("rebuild").long("rebuild").action(ArgAction::SetTrue).help(t(
            "由包里的记录重新生成，与包里的文件逐字节比较",
            "rebuild from the archived records and compare byte for byte",
        )))
        .arg(super::or_json(&t, "human"))
        .args(super::font_args(&t))
}
