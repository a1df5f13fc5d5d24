//! `yinfa ledger` and `yinfa receipt`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};

use super::{publications, root, units};

pub(super) fn ledger(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("ledger")
        .about(t(
            "查看发送台账：发过什么、结果如何、谁签收了",
            "what was sent, what became of it, and who acknowledged it",
        ))
        .arg(publications(&t))
        .arg(units(t("只看这些单位的", "only what concerns these units")))
        .arg(
            Arg::new("format")
                .long("format")
                .value_parser(["table", "json", "csv"])
                .default_value("table")
                .help(t(
                    "表格、JSON，或 Excel 能打开的 CSV",
                    "table, JSON, or CSV that Excel opens",
                )),
        )
        .arg(
            Arg::new("missing")
                .long("missing")
                .action(ArgAction::SetTrue)
                .help(t("只列还没有签收的单位", "only the units that have not acknowledged")),
        )
        .arg(root(&t))
}

pub(super) fn receipt(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("receipt")
        .about(t("登记各单位的签收", "record that units acknowledged what they were sent"))
        .arg(
            Arg::new("unit").value_name("UNIT").num_args(0..).required_unless_present("from").help(
                t("签收的单位，可以写统称", "who acknowledged; a group stands for its members"),
            ),
        )
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with_all(["unit", "date", "note"])
                .help(t(
                    "从这个文件夹里的回信（.eml）登记，按邮件编号对应",
                    "from the replies (.eml) in this folder, by the messages they answer",
                )),
        )
        .arg(Arg::new("publication").long("publication").value_name("PUBLICATION").help(t(
            "哪一份通知；只有一份待签收的不用写",
            "of which publication, where more than one waits",
        )))
        .arg(
            Arg::new("date")
                .long("date")
                .value_name("DATE")
                .help(t("签收日期，不写就是今天", "the day, today when left out")),
        )
        .arg(Arg::new("note").long("note").value_name("TEXT").help(t("备注", "a note")))
        .arg(root(&t))
}
