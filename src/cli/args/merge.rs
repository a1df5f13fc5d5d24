//! The arguments of `yinfa merge`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};

pub(super) fn command(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("merge")
        .about(t(
            "合并多台机器用 build --shard 生成的各部分",
            "join the parts that several machines built with `build --shard`",
        ))
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .action(ArgAction::Append)
                .num_args(0..)
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "各部分所在的输出文件夹；都在同一个输出文件夹里的，不用写",
                    "output folders with parts; none where all lie in the one output folder",
                )),
        )
        .arg(
            Arg::new("output")
                .long("output")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(t("合并到这个输出文件夹", "the output folder to join them in")),
        )
        .arg(super::root(&t))
}
