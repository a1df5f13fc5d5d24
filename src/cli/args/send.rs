//! `yinfa send`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};

use super::{root, units};

pub(super) fn send(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    let flag =
        |name: &'static str, help| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    Command::new("send")
        .about(t(
            "把任务单发给各单位，每个单位一次，发送情况记入台账",
            "send every unit its task sheet, once, with a ledger of what was sent",
        ))
        .arg(
            Arg::new("publication")
                .value_name("PUBLICATION")
                .required(true)
                .help(t("通知在 content 下的文件夹名", "its folder below content/")),
        )
        .arg(units(t("只发给这些单位", "only to these units")))
        .arg(
            Arg::new("via")
                .long("via")
                .value_parser(["outbox", "smtp"])
                .default_value("outbox")
                .help(t(
                    "outbox：放进 outbox 文件夹，由本单位的系统发送；smtp：发邮件",
                    "outbox: packets for the office's own system; smtp: mail",
                )),
        )
        .arg(
            Arg::new("with")
                .long("with")
                .value_name("FILE")
                .action(ArgAction::Append)
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "每份都附上这个文件，如盖章的正式文件",
                    "add this file to every packet: the sealed notice",
                )),
        )
        .arg(
            Arg::new("subject")
                .long("subject")
                .value_name("TEXT")
                .help(t("邮件主题", "the subject of the mail")),
        )
        .arg(
            Arg::new("rate")
                .long("rate")
                .value_name("N")
                .value_parser(value_parser!(u32).range(1..))
                .help(t("每分钟至多发几封邮件", "at most so many messages a minute")),
        )
        .arg(flag("dry-run", t("只列出要发什么，不发送", "show what would be sent, and stop")))
        .arg(flag("resend", t("发过的也再发一次", "send again what was sent")))
        .arg(flag("draft", t("确认发送的是征求意见稿、送审稿", "it is a draft, and sent as one")))
        .arg(flag(
            "allow-internal",
            t("不是主动公开的也可以用邮件发送", "mail may carry what is not 主动公开"),
        ))
        .arg(flag("yes", t("不再询问", "do not ask")).short('y'))
        .arg(root(&t))
}
