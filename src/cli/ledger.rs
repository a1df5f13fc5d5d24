//! `yinfa ledger`.

use std::path::Path;

use jiff::tz::TimeZone;
use serde::Serialize;

use super::Exit;
use super::args::{self, LedgerFormat};
use super::environment::Environment;
use super::report::{self, Reporter};
use super::send::{local, now, remark};
use super::table::{cut, table};
use crate::send::csv;
use crate::send::ledger::{Delivery, Ledger, Via};
use crate::send::letter::short;
use crate::send::missing::{Expected, Missing, missing};
use crate::send::names::Names;
use crate::session::{Failure, Session, clean_id, known_units};
use base::diag::{Diagnostic, Lang};
use base::text;
use records::publication::prepare;

pub(super) fn run(
    args: &args::Ledger,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let root = args.root.find(environment)?;
    let ledger = look(&root, reporter)?;
    let deliveries = match &ledger {
        Some(ledger) => ledger.deliveries(None)?,
        None => Vec::new(),
    };
    // What was sent stays in the ledger, whatever has become of the records since.
    let prepared = match Session::open(&root) {
        Ok(session) => prepare(&session.project, |_| true),
        Err(failure) => {
            reporter.problems(&failure.problems);
            Vec::new()
        }
    };
    let wanted: Vec<String> = args.publications.publication.iter().map(|id| clean_id(id)).collect();
    for id in &wanted {
        let known = prepared.iter().any(|one| one.id == *id);
        if !known && !deliveries.iter().any(|line| line.publication == *id) {
            return Err(unknown(id).into());
        }
    }
    let units = &args.unit;
    let names = Names::find(units, &prepared, &deliveries);
    known_units(&names.unknown, &prepared)?;
    let is_wanted = |publication: &str, unit: &str| {
        (wanted.is_empty() || wanted.iter().any(|id| id == publication))
            && (units.is_empty() || names.known.iter().any(|name| name == unit))
    };
    let lines: Vec<Delivery> =
        deliveries.into_iter().filter(|line| is_wanted(&line.publication, &line.unit)).collect();

    let (zone, lang) = (&environment.zone, reporter.lang);
    let times = |at: &str| local(at, zone);
    let reading = csv::Reading { lang, local: &times };
    if args.missing {
        // A publication of which nothing was sent waits for nobody, unless it is asked for.
        let is_sent =
            |id: &str| wanted.iter().any(|w| w == id) || lines.iter().any(|l| l.publication == id);
        let expected: Vec<Expected> = prepared
            .iter()
            .filter(|one| is_sent(&one.id))
            .flat_map(Expected::all_of)
            .filter(|one| one.names.iter().any(|name| is_wanted(&one.publication, name)))
            .collect();
        let list = missing(&lines, &expected);
        report::output(&match args.format {
            LedgerFormat::Json => json(&list),
            LedgerFormat::Csv => csv::missing(&list, &reading),
            LedgerFormat::Table => missing_table(&list, zone, lang),
        });
    } else {
        report::output(&match args.format {
            LedgerFormat::Json => json(&lines),
            LedgerFormat::Csv => csv::deliveries(&lines, &reading),
            LedgerFormat::Table => lines_table(&lines, zone, lang),
        });
    }
    Ok(Exit::Fine)
}

/// Opens the ledger to look at it, and says so when somebody is sending.
fn look(root: &Path, reporter: &Reporter) -> Result<Option<Ledger>, Failure> {
    let ledger = Ledger::look(root, &now)?;
    match &ledger {
        None => reporter.message(&text!("还没有发送过", "nothing was ever sent")),
        Some(ledger) if ledger.is_only_looked_at() => {
            reporter.message(&text!(
                "此刻正在发送，台账还会变化",
                "somebody is sending at this moment"
            ));
        }
        Some(_) => {}
    }
    Ok(ledger)
}

fn unknown(id: &str) -> Diagnostic {
    Diagnostic::error(
        "publication-unknown",
        text!(
            "没有“{id}”这份通知，台账里也没有",
            "there is no publication “{id}”, and the ledger knows none"
        ),
    )
    .help(text!("用 yinfa ledger 查看全部", "`yinfa ledger` shows all of it"))
}

fn json<T: Serialize>(list: &[T]) -> String {
    let json = serde_json::to_string_pretty(list).unwrap_or_else(|_| "[]".into());
    report::json_escaped(&json) + "\n"
}

/// Where something went.
fn place(via: Via, address: &str) -> String {
    match via {
        Via::Outbox => "outbox".into(),
        Via::Smtp if address.is_empty() => "—".into(),
        Via::Smtp => address.into(),
    }
}

fn lines_table(lines: &[Delivery], zone: &TimeZone, lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => ["通知", "单位", "版本", "发往", "时间", "结果", "签收", "说明"],
        Lang::En => {
            ["publication", "unit", "version", "to", "time", "outcome", "received", "remarks"]
        }
    };
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let mut remarks = Vec::new();
            if line.correction_of.is_some() {
                remarks.push(text!("更正", "correction").get(lang).to_string());
            }
            if line.resend {
                remarks.push(text!("再发", "sent again").get(lang).to_string());
            }
            remarks.extend(line.draft.clone());
            remarks.extend(line.detail.as_deref().map(|detail| cut(remark(detail).get(lang), 60)));
            let received = line.receipts.first().map_or("—", |receipt| receipt.received.as_str());
            vec![
                line.publication.clone(),
                line.unit.clone(),
                short(&line.version).to_string(),
                place(line.via, &line.address),
                local(&line.changed_at, zone),
                line.status.words(line.via).get(lang).to_string(),
                received.to_string(),
                remarks.join("；"),
            ]
        })
        .collect();
    table(&head, &rows)
}

fn missing_table(list: &[Missing], zone: &TimeZone, lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => ["通知", "单位", "发往", "时间", "结果", "说明"],
        Lang::En => ["publication", "unit", "to", "time", "outcome", "remarks"],
    };
    let rows: Vec<_> = list
        .iter()
        .map(|one| {
            let status = one.status.zip(one.via).map(|(status, via)| status.words(via));
            let never = text!("没有发过", "never sent");
            let to = match one.via {
                None => "—".into(),
                Some(via) => place(via, &one.addresses.join("、")),
            };
            vec![
                one.publication.clone(),
                one.unit.clone(),
                to,
                one.changed_at.as_deref().map_or("—".into(), |at| local(at, zone)),
                status.unwrap_or(never).get(lang).to_string(),
                one.detail
                    .as_deref()
                    .map(|detail| cut(remark(detail).get(lang), 60))
                    .unwrap_or_default(),
            ]
        })
        .collect();
    table(&head, &rows)
}
