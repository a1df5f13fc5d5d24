//! What `yinfa send` shows: the table of what will be sent to whom, and what became of it.

use std::time::Duration;

use jiff::tz::TimeZone;

use crate::cli::report::Reporter;
use crate::cli::table::table;
use crate::send::ledger::{Status, Via};
use crate::send::letter::size;
use crate::send::{Action, Event, Parcel, Plan, Summary};
use base::diag::{Diagnostic, Diagnostics, Lang, Text};
use base::text;

/// The table of a plan.
pub(super) fn plan(plan: &Plan, via: Via, zone: &TimeZone, lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => ["单位", "办理", "发往", "任务", "PDF", "工作簿", "其他文件"],
        Lang::En => ["unit", "action", "to", "tasks", "PDF", "workbook", "other files"],
    };
    let rows: Vec<_> = plan.parcels.iter().map(|parcel| row(parcel, via, zone, lang)).collect();
    table(&head, &rows)
}

fn row(parcel: &Parcel, via: Via, zone: &TimeZone, lang: Lang) -> Vec<String> {
    let letter = &parcel.letter;
    let of = |format: &str| {
        let own = parcel.files.iter().take(letter.files.len());
        let file = own.into_iter().find(|file| file.format() == format);
        file.map_or_else(|| text!("没有", "none").get(lang).to_string(), |f| size(f.entry.bytes))
    };
    let to = match via {
        Via::Outbox => "outbox".to_string(),
        Via::Smtp if parcel.address.is_empty() => "—".to_string(),
        Via::Smtp => parcel.address.clone(),
    };
    let with: Vec<&str> = letter.with.iter().map(|file| file.name.as_str()).collect();
    let tasks = if letter.summary.is_empty() { "—" } else { letter.summary.as_str() };
    vec![
        parcel.unit.clone(),
        action(&parcel.action, zone).get(lang).to_string(),
        to,
        tasks.to_string(),
        of("pdf"),
        of("xlsx"),
        if with.is_empty() { "—".into() } else { with.join("、") },
    ]
}

fn action(action: &Action, zone: &TimeZone) -> Text {
    match action {
        Action::Send => text!("发送", "send"),
        Action::Correct => text!("发送更正", "send a correction"),
        Action::Resend => text!("再发一次", "send again"),
        Action::Done { at, via } => {
            let at = local(at, zone);
            match via {
                Via::Smtp => text!("不发：{at} 已发", "not again: sent {at}"),
                Via::Outbox => {
                    text!("不发：{at} 已放入 outbox", "not again: in outbox since {at}")
                }
            }
        }
        Action::Doubt { at } => {
            let at = local(at, zone);
            text!("不发：{at} 可能已发出", "not again: may have been sent {at}")
        }
        Action::Blocked { why } => {
            let why = remark(why);
            let (zh, en) = (why.get(Lang::Zh), why.get(Lang::En));
            text!("不能发：{zh}", "cannot: {en}")
        }
    }
}

/// What the ledger notes beside an outcome: our own words in the language of the reader, those of
/// a server as they are.
pub(in crate::cli) fn remark(detail: &str) -> Text {
    match detail {
        "interrupted" => text!("发送时程序中断", "the program was cut off"),
        "replaced" => text!("已有新版本", "another version took its place"),
        "acknowledged" => text!("对方已签收", "acknowledged"),
        "not tried: no connection" => text!("连不上服务器，没有试", "not tried: no connection"),
        "no answer in time" => text!("服务器没有回答", "no answer in time"),
        "the server closed the connection" => {
            text!("服务器断开了连接", "the server closed the connection")
        }
        "the server's answers do not fit the commands" => {
            text!("服务器的应答与命令对不上", "the server's answers do not fit the commands")
        }
        "address-missing" => text!("没有邮箱", "no address"),
        "address-wrong" => text!("邮箱有误", "wrong address"),
        "message-too-large" => text!("太大", "too large"),
        "unit-line-break" => text!("单位名称有换行", "a line break in the name"),
        words => Text::new(words, words),
    }
}

/// A time of the ledger as people here read it.
pub(in crate::cli) fn local(at: &str, zone: &TimeZone) -> String {
    match at.parse::<jiff::Timestamp>() {
        Ok(at) => at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => at.to_string(),
    }
}

/// Whether a plan leaves nobody behind.
pub(super) fn is_smooth(plan: &Plan) -> bool {
    !plan.parcels.iter().any(|p| matches!(p.action, Action::Blocked { .. } | Action::Doubt { .. }))
}

/// How many are sent and how many are not, and what is missing.
pub(super) fn remarks(plan: &Plan, reporter: &Reporter) {
    let count = |wanted: &dyn Fn(&Action) -> bool| {
        plan.parcels.iter().filter(|p| wanted(&p.action)).count()
    };
    let sent = count(&Action::sends);
    let corrections = count(&|action| *action == Action::Correct);
    let done = count(&|action| matches!(action, Action::Done { .. }));
    let doubts = count(&|action| matches!(action, Action::Doubt { .. }));
    let blocked = count(&|action| matches!(action, Action::Blocked { .. }));
    let zh_corrections = if corrections > 0 {
        format!("（其中更正 {corrections} 份）")
    } else {
        String::new()
    };
    let en_corrections =
        if corrections > 0 { format!(" ({corrections} corrections)") } else { String::new() };
    let mut zh = format!("要发 {sent} 份{zh_corrections}");
    let mut en = format!("{sent} to be sent{en_corrections}");
    for (n, zh_words, en_words) in [
        (done, "已发过", "sent before"),
        (doubts, "可能已发出", "may have been sent"),
        (blocked, "不能发", "cannot be sent"),
    ] {
        if n > 0 {
            zh.push_str(&format!("，{zh_words} {n} 份"));
            en.push_str(&format!(", {n} {en_words}"));
        }
    }
    reporter.message(&Text::new(zh, en));
    let mut diags = Diagnostics::new();
    let without_workbook = plan.parcels.iter().filter(|parcel| {
        let own = parcel.files.iter().take(parcel.letter.files.len());
        let wants = parcel.action.sends() && !parcel.letter.is_document;
        wants && !own.into_iter().any(|file| file.format() == "xlsx")
    });
    let n = without_workbook.count();
    if n > 0 {
        diags.push(
            Diagnostic::hint(
                "workbook-missing",
                text!("{n} 份没有可填写的工作簿（xlsx）", "{n} have no workbook (xlsx) to fill in"),
            )
            .help(text!("发送前会自动生成", "they are built before anything is sent")),
        );
    }
    if doubts > 0 {
        diags.push(
            Diagnostic::warning(
                "maybe-sent",
                text!(
                    "{doubts} 份上次发送时中断，可能已发出，这次不发",
                    "{doubts} were cut off while they were being sent: they may have been sent, and are not sent now"
                ),
            )
            .help(text!(
                "先问对方是否收到：收到的用 yinfa receipt 登记；没有收到的，用 --unit 单位 --resend 再发",
                "ask whether they arrived: note those that did with `yinfa receipt`, send the others with `--unit NAME --resend`"
            )),
        );
    }
    reporter.problems(&diags);
}

/// Tells what became of a sending.
pub(super) fn event(event: Event<'_>, reporter: &Reporter) {
    match event {
        Event::Settled(parcel, status, detail) => {
            let via = parcel.delivery.via;
            let (zh, en) = (status.words(via), status.words(via));
            let (zh, en) = (zh.get(Lang::Zh), en.get(Lang::En));
            let unit = &parcel.unit;
            let to = match parcel.address.as_str() {
                "" => String::new(),
                address => format!(" <{address}>"),
            };
            let detail = detail.map(remark);
            let in_brackets = |lang| {
                detail.as_ref().map(|text| format!("（{}）", text.get(lang))).unwrap_or_default()
            };
            let (zh_more, en_more) = (in_brackets(Lang::Zh), in_brackets(Lang::En));
            let line = text!("{zh}  {unit}{to}{zh_more}", "{en}  {unit}{to}{en_more}");
            if status == Status::Sent { reporter.detail(&line) } else { reporter.message(&line) }
        }
        Event::Waiting(n, wait) => {
            let wait = seconds(wait);
            reporter.message(&text!(
                "{n} 份暂时发不出，{wait} 秒后再试",
                "{n} could not be sent yet; they are tried again in {wait} seconds"
            ));
        }
    }
}

fn seconds(wait: Duration) -> String {
    format!("{}", wait.as_secs_f64().round())
}

/// What a run did.
pub(super) fn summary(summary: &Summary, reporter: &Reporter) {
    let Summary { sent, failed, deferred, uncertain, blocked, .. } = summary;
    let mut zh = format!("发出 {sent} 份");
    let mut en = format!("{sent} sent");
    for (n, zh_words, en_words) in [
        (failed, "没有发出", "not sent"),
        (deferred, "暂未发出", "not sent yet"),
        (uncertain, "可能已发出", "may have been sent"),
        (blocked, "不能发", "cannot be sent"),
    ] {
        if *n > 0 {
            zh.push_str(&format!("，{zh_words} {n} 份"));
            en.push_str(&format!(", {n} {en_words}"));
        }
    }
    reporter.message(&Text::new(zh, en));
}
