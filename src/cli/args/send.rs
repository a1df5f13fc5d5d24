//! The arguments of `yinfa send`, `ledger` and `receipt`.

use std::path::PathBuf;

use clap::Args;

use super::shared::{FontFolders, OnePublication, Publications, Root};
use super::values::one_of;
use super::wording::both;
use crate::send::ledger::Via;

#[derive(Debug, Args)]
#[command(about = both!(
    "把任务单发给各单位，每个单位一次，发送情况记入台账",
    "send every unit its task sheet, once, with a ledger of what was sent",
))]
pub(in crate::cli) struct Send {
    #[command(flatten)]
    pub(in crate::cli) publication: OnePublication,
    #[arg(
        long,
        value_name = "NAME",
        num_args = 1,
        value_delimiter = ',',
        help = both!("只发给这些单位", "only to these units")
    )]
    pub(in crate::cli) unit: Vec<String>,
    #[arg(
        long,
        default_value = "outbox",
        value_parser = one_of([("outbox", Via::Outbox), ("smtp", Via::Smtp)]),
        help = both!(
            "outbox：放进 outbox 文件夹，由本单位的系统发送；smtp：发邮件",
            "outbox: packets for the office's own system; smtp: mail",
        )
    )]
    pub(in crate::cli) via: Via,
    #[arg(
        long,
        value_name = "FILE",
        help = both!(
            "每份都附上这个文件，如盖章的正式文件",
            "add this file to every packet: the sealed notice",
        )
    )]
    pub(in crate::cli) with: Vec<PathBuf>,
    #[arg(long, value_name = "TEXT", help = both!("邮件主题", "the subject of the mail"))]
    pub(in crate::cli) subject: Option<String>,
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..),
        help = both!("每分钟至多发几封邮件", "at most so many messages a minute")
    )]
    pub(in crate::cli) rate: Option<u32>,
    #[arg(
        long,
        help = both!("只列出要发什么，不发送", "show what would be sent, and stop")
    )]
    pub(in crate::cli) dry_run: bool,
    #[arg(long, help = both!("发过的也再发一次", "send again what was sent"))]
    pub(in crate::cli) resend: bool,
    #[arg(
        long,
        conflicts_with = "dry_run",
        help = both!(
            "台账丢失或损坏又没有副本时，从头记起；以前发过的会再发",
            "begin a new ledger where the old one is lost or damaged and there is no copy: what was sent is sent again",
        )
    )]
    pub(in crate::cli) new_ledger: bool,
    #[arg(
        long,
        help = both!("确认发送的是征求意见稿、送审稿", "it is a draft, and sent as one")
    )]
    pub(in crate::cli) draft: bool,
    #[arg(
        long,
        help = both!(
            "不是主动公开的也可以用邮件发送",
            "mail may carry what is not 主动公开",
        )
    )]
    pub(in crate::cli) allow_internal: bool,
    #[arg(short, long, help = both!("不再询问", "do not ask"))]
    pub(in crate::cli) yes: bool,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontFolders,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}

// The form of what `ledger` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum LedgerFormat {
    Table,
    Json,
    Csv,
}

#[derive(Debug, Args)]
#[command(about = both!(
    "查看发送台账：发过什么、结果如何、谁签收了",
    "what was sent, what became of it, and who acknowledged it",
))]
pub(in crate::cli) struct Ledger {
    #[command(flatten)]
    pub(in crate::cli) publications: Publications,
    #[arg(
        long,
        value_name = "NAME",
        num_args = 1,
        value_delimiter = ',',
        help = both!("只看这些单位的", "only what concerns these units")
    )]
    pub(in crate::cli) unit: Vec<String>,
    #[arg(
        long,
        default_value = "table",
        value_parser = one_of([
            ("table", LedgerFormat::Table),
            ("json", LedgerFormat::Json),
            ("csv", LedgerFormat::Csv),
        ]),
        help = both!("表格、JSON，或 Excel 能打开的 CSV", "table, JSON, or CSV that Excel opens")
    )]
    pub(in crate::cli) format: LedgerFormat,
    #[arg(
        long,
        help = both!("只列还没有签收的单位", "only the units that have not acknowledged")
    )]
    pub(in crate::cli) missing: bool,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}

#[derive(Debug, Args)]
#[command(about = both!(
    "登记各单位的签收",
    "record that units acknowledged what they were sent",
))]
pub(in crate::cli) struct Receipt {
    #[arg(
        value_name = "UNIT",
        num_args = 0..,
        required_unless_present = "from",
        help = both!(
            "签收的单位，可以写统称",
            "who acknowledged; a group stands for its members",
        )
    )]
    pub(in crate::cli) unit: Vec<String>,
    #[arg(
        long,
        value_name = "DIR",
        conflicts_with_all = ["unit", "date", "note"],
        help = both!(
            "从这个文件夹里的回信（.eml）登记，按邮件编号对应",
            "from the replies (.eml) in this folder, by the messages they answer",
        )
    )]
    pub(in crate::cli) from: Option<PathBuf>,
    #[arg(
        long,
        value_name = "PUBLICATION",
        help = both!(
            "哪一份通知；只有一份待签收的不用写",
            "of which publication, where more than one waits",
        )
    )]
    pub(in crate::cli) publication: Option<String>,
    #[arg(
        long,
        value_name = "DATE",
        help = both!("签收日期，不写就是今天", "the day, today when left out")
    )]
    pub(in crate::cli) date: Option<String>,
    #[arg(long, value_name = "TEXT", help = both!("备注", "a note"))]
    pub(in crate::cli) note: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) root: Root,
}
