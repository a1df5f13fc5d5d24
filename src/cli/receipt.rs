//! `yinfa receipt`.

mod from_replies;

use jiff::civil::Date;

use from_replies::from_replies;

use super::environment::Environment;
use super::report::Reporter;
use super::send::now;
use super::{Exit, args};
use crate::send::ledger::{Delivery, Ledger, NewReceipt};
use crate::send::names::{Names, by_unit};
use crate::send::receipt::{Found, find};
use crate::session::{Failure, clean_id, known_units};
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::content::dates::parse_date;
use records::publication::prepare;

pub(super) fn run(
    args: &args::Receipt,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    match &args.from {
        Some(folder) => from_replies(args, &environment.place(folder), environment, reporter),
        None => by_hand(args, environment, reporter),
    }
}

fn by_hand(
    args: &args::Receipt,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let session = args.root.open(environment)?;
    let prepared = prepare(&session.project, |_| true);
    let mut ledger = Ledger::open(&session.project.root, &now)?;
    let deliveries = ledger.deliveries(None)?;
    let received = day(args, environment)?;
    let note = args.note.as_ref().map(|note| note.trim().to_string());
    let only = args.publication.as_ref().map(|id| clean_id(id));
    if let Some(id) = only.as_ref().filter(|id| !deliveries.iter().any(|d| d.publication == **id)) {
        return Err(Failure::of_input(nothing_of(id)));
    }
    let names = Names::find(&args.unit, &prepared, &deliveries);
    known_units(&names.unknown, &prepared)?;
    let groups = by_unit(&names.known, &prepared, &deliveries, only.as_deref());

    let mut problems = Diagnostics::new();
    let mut lines = Vec::new();
    for (unit, expected) in &groups {
        match find(&deliveries, expected) {
            Found::Line(line) => lines.push((unit, line)),
            Found::Noted(day) => reporter.message(&text!(
                "{unit}：已登记过签收（{day}）",
                "{unit}: was noted as received before ({day})"
            )),
            Found::Nothing => problems.push(nothing_to(unit)),
            Found::Several(publications) => problems.push(ambiguous(unit, &publications)),
        }
    }
    // All or nothing: the list can be corrected and given again.
    if problems.has_errors() {
        return Err(Failure::of_input(problems));
    }
    for (unit, delivery) in lines {
        let new = NewReceipt { delivery, received, reply_id: None, who: None, note: note.clone() };
        ledger.acknowledge(&new, &now)?;
        let publication = publication_of(&deliveries, delivery);
        reporter.message(&text!(
            "{unit}：已登记签收（{publication}，{received}）",
            "{unit}: received ({publication}, {received})"
        ));
    }
    if let Err(problem) = ledger.keep_copy() {
        reporter.problem(problem);
    }
    Ok(Exit::Fine)
}

fn publication_of(deliveries: &[Delivery], id: i64) -> &str {
    deliveries.iter().find(|d| d.id == id).map_or("", |d| d.publication.as_str())
}

/// The day given, else today.
fn day(args: &args::Receipt, environment: &Environment) -> Result<Date, Failure> {
    let Some(given) = &args.date else {
        return Ok(now().to_zoned(environment.zone.clone()).date());
    };
    parse_date(given).ok_or_else(|| {
        Diagnostic::error(
            "date-wrong",
            text!("“{given}”不是有效的日期", "“{given}” is not a valid date"),
        )
        .help(text!("写成 2025-03-06 或 2025年3月6日", "write it as 2025-03-06 or 2025年3月6日"))
        .into()
    })
}

fn nothing_of(id: &str) -> Diagnostic {
    Diagnostic::error(
        "receipt-nothing-sent",
        text!("台账里没有发送过“{id}”", "the ledger knows of nothing sent of “{id}”"),
    )
    .help(text!("用 yinfa ledger 查看发送过什么", "`yinfa ledger` shows what was sent"))
}

fn nothing_to(unit: &str) -> Diagnostic {
    Diagnostic::error(
        "receipt-nothing-sent",
        text!("台账里没有发给“{unit}”的", "the ledger knows of nothing sent to “{unit}”"),
    )
    .help(text!("用 yinfa ledger 查看发送过什么", "`yinfa ledger` shows what was sent"))
}

fn ambiguous(unit: &str, publications: &[String]) -> Diagnostic {
    let list = publications.join("、");
    Diagnostic::error(
        "receipt-ambiguous",
        text!(
            "“{unit}”有几份通知待签收：{list}",
            "“{unit}” has several that wait to be acknowledged: {list}"
        ),
    )
    .help(text!("用 --publication 指明是哪一份", "say which with `--publication`"))
}
