//! Acknowledgements from a folder of replies.

use std::path::Path;

use jiff::civil::Date;

use crate::cli::environment::Environment;
use crate::cli::report::Reporter;
use crate::cli::send::now;
use crate::cli::{Exit, args};
use crate::send::ledger::{Delivery, Ledger, NewReceipt};
use crate::send::replies::{Kind, Reply, replies};
use crate::session::Failure;
use base::diag::Diagnostic;
use base::text;

pub(super) fn from_replies(
    args: &args::Receipt,
    folder: &Path,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let root = args.root.find(environment)?;
    let found = replies(folder).map_err(|error| {
        let shown = folder.display();
        Diagnostic::error(
            "replies-unreadable",
            text!("读不出文件夹“{shown}”", "the folder “{shown}” cannot be read"),
        )
        .detail(error.to_string())
        .help(text!("请核对 --from 后面的文件夹", "check the folder behind `--from`"))
    })?;
    let mut ledger = Ledger::open(&root, &now)?;
    let deliveries = ledger.deliveries(None)?;
    let today = now().to_zoned(environment.zone.clone()).date();
    let mut counts = Counts::default();
    for (path, reply) in found {
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        match reply {
            Ok(reply) => {
                let line = answered(&reply, &deliveries);
                take(&reply, line, &name, today, &mut ledger, &mut counts, reporter)?;
            }
            Err(detail) => {
                counts.unreadable += 1;
                reporter.problem(
                    Diagnostic::warning(
                        "reply-unreadable",
                        text!("读不出回信“{name}”", "the reply “{name}” cannot be read"),
                    )
                    .detail(detail),
                );
            }
        }
    }
    let Counts { received, known, bounced, machine, other, unreadable } = counts;
    reporter.message(&text!(
        "登记签收 {received} 件，以前登记过 {known} 件，退信 {bounced} 件，自动回复 {machine} 件，与发送无关 {other} 件，读不出 {unreadable} 件",
        "{received} received, {known} noted before, {bounced} came back, {machine} by machines, {other} about other things, {unreadable} unreadable"
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
    other: usize,
    unreadable: usize,
}

/// The line that a reply is about: the nearest message it names.
fn answered<'a>(reply: &Reply, deliveries: &'a [Delivery]) -> Option<&'a Delivery> {
    let line = |id: &String| deliveries.iter().find(|d| d.message_id.as_ref() == Some(id));
    reply.answers.iter().find_map(line)
}

fn take(
    reply: &Reply,
    line: Option<&Delivery>,
    name: &str,
    today: Date,
    ledger: &mut Ledger,
    counts: &mut Counts,
    reporter: &Reporter,
) -> Result<(), Failure> {
    let subject = &reply.subject;
    let Some(line) = line else {
        counts.other += 1;
        reporter.detail(&text!(
            "{name}：与发送无关（{subject}）",
            "{name}: about something else ({subject})"
        ));
        return Ok(());
    };
    let (unit, publication) = (&line.unit, &line.publication);
    match reply.kind {
        Kind::Answer => {
            let new = NewReceipt {
                delivery: line.id,
                received: reply.date.unwrap_or(today),
                reply_id: Some(reply.id.clone()),
                who: reply.from.clone(),
                note: None,
            };
            if ledger.acknowledge(&new, &now)? {
                counts.received += 1;
                let day = new.received;
                reporter.message(&text!(
                    "{unit}：已登记签收（{publication}，{day}）",
                    "{unit}: received ({publication}, {day})"
                ));
            } else {
                counts.known += 1;
            }
        }
        Kind::Bounce => {
            counts.bounced += 1;
            let reason = reply.reason.clone().unwrap_or_else(|| subject.clone());
            ledger.bounced(line.id, &reason, &now)?;
            let address = &line.address;
            reporter.problem(
                Diagnostic::warning(
                    "mail-bounced",
                    text!("发给“{unit}”（{address}）的邮件被退回", "the mail to “{unit}” ({address}) came back"),
                )
                .detail(reason)
                .help(text!(
                    "核对邮箱后再运行 yinfa send，只会发给没有收到的",
                    "correct the address and run `yinfa send` again: it sends to those alone that did not get it"
                )),
            );
        }
        Kind::Machine => {
            counts.machine += 1;
            reporter.message(&text!(
                "{unit}：自动回复，不算签收（{subject}）",
                "{unit}: an automatic reply does not count ({subject})"
            ));
        }
    }
    Ok(())
}
