//! Acknowledgements from a folder of replies.

use std::path::Path;

use crate::cli::environment::Environment;
use crate::cli::report::Reporter;
use crate::cli::send::now;
use crate::cli::{Exit, args};
use crate::send::addresses;
use crate::send::ledger::Ledger;
use crate::send::replies::{About, Became, eml_files, note};
use crate::session::Failure;
use base::diag::Diagnostic;
use base::text;

pub(super) fn from_replies(
    args: &args::Receipt,
    folder: &Path,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let files = eml_files(folder).map_err(|error| {
        let shown = folder.display();
        Diagnostic::error(
            "replies-unreadable",
            text!("读不出文件夹“{shown}”", "the folder “{shown}” cannot be read"),
        )
        .detail(error.to_string())
        .help(text!("请核对 --from 后面的文件夹", "check the folder behind `--from`"))
    })?;
    let project = args.root.open(environment)?.project;
    let own = project.record.mail.as_ref().map(addresses).unwrap_or_default();
    let mut ledger = Ledger::open(&project.root, &now)?;
    let today = now().to_zoned(environment.zone.clone()).date();
    let noted = note(folder, &files, &own, today, &mut ledger, &now)?;
    if let Err(problem) = ledger.keep_copy() {
        reporter.problem(problem);
    }
    let mut counts = Counts::default();
    for one in noted {
        tell(&one.name, one.became, &mut counts, reporter);
    }
    let Counts { received, known, bounced, machine, own, other, unreadable } = counts;
    reporter.message(&text!(
        "登记签收 {received} 件，以前登记过 {known} 件，退信 {bounced} 件，自动回复 {machine} 件，本单位自己的 {own} 件，与发送无关 {other} 件，读不出 {unreadable} 件",
        "{received} received, {known} noted before, {bounced} came back, {machine} by machines, {own} by the office itself, {other} about other things, {unreadable} unreadable"
    ));
    Ok(if bounced + unreadable > 0 { Exit::Problems } else { Exit::Fine })
}

/// How many replies of each kind.
#[derive(Debug, Default)]
struct Counts {
    received: usize,
    known: usize,
    bounced: usize,
    machine: usize,
    own: usize,
    other: usize,
    unreadable: usize,
}

fn tell(name: &str, became: Became, counts: &mut Counts, reporter: &Reporter) {
    match became {
        Became::Received { about: About { unit, publication, .. }, day, is_dated } => {
            counts.received += 1;
            reporter.message(&text!(
                "{unit}：已登记签收（{publication}，{day}）",
                "{unit}: received ({publication}, {day})"
            ));
            if !is_dated {
                reporter.problem(undated(name, &unit));
            }
        }
        Became::Known => counts.known += 1,
        Became::Bounced { about, reason } => {
            counts.bounced += 1;
            reporter.problem(bounced(&about, reason));
        }
        Became::Machine(About { unit, subject, .. }) => {
            counts.machine += 1;
            reporter.message(&text!(
                "{unit}：自动回复，不算签收（{subject}）",
                "{unit}: an automatic reply does not count ({subject})"
            ));
        }
        Became::Own(About { unit, subject, .. }) => {
            counts.own += 1;
            reporter.message(&text!(
                "{unit}：本单位自己的邮件，不算签收（{subject}）",
                "{unit}: the office's own mail does not count ({subject})"
            ));
        }
        Became::Other(subject) => {
            counts.other += 1;
            reporter.detail(&text!(
                "{name}：与发送无关（{subject}）",
                "{name}: about something else ({subject})"
            ));
        }
        Became::Unreadable(detail) => {
            counts.unreadable += 1;
            reporter.problem(
                Diagnostic::warning(
                    "reply-unreadable",
                    text!("读不出回信“{name}”", "the reply “{name}” cannot be read"),
                )
                .detail(detail)
                .help(text!(
                    "用邮件程序打开核对，再用 yinfa receipt 单位 登记",
                    "open it in a mail program, then note it with `yinfa receipt UNIT`"
                )),
            );
        }
    }
}

fn undated(name: &str, unit: &str) -> Diagnostic {
    Diagnostic::warning(
        "reply-undated",
        text!(
            "看不懂回信“{name}”的日期，“{unit}”的签收记作今天",
            "the date of the reply “{name}” cannot be read: “{unit}” is noted with today's"
        ),
    )
    .help(text!(
        "日期不对的，用 yinfa receipt 单位 --date 日期 另行登记",
        "where the day matters, note it with `yinfa receipt UNIT --date DAY`"
    ))
}

fn bounced(about: &About, reason: String) -> Diagnostic {
    let About { unit, address, .. } = about;
    Diagnostic::warning(
        "mail-bounced",
        text!("发给“{unit}”（{address}）的邮件被退回", "the mail to “{unit}” ({address}) came back"),
    )
    .detail(reason)
    .help(text!(
        "核对邮箱后再运行 yinfa send，只会发给没有收到的",
        "correct the address and run `yinfa send` again: it sends to those alone that did not get it"
    ))
}
