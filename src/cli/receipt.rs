//! `yinfa receipt`.

mod from_replies;

use jiff::civil::Date;

use from_replies::from_replies;

use super::environment::Environment;
use super::ledger::{expected, names};
use super::report::Reporter;
use super::send::now;
use super::{Exit, args};
use crate::send::ledger::{Delivery, Ledger, NewReceipt};
use crate::send::missing::Expected;
use crate::send::receipt::{Found, find};
use crate::session::{Failure, clean_id};
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::content::schema::values::parse_date;
use records::publication::{Prepared, prepare};

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
    let names = names(&args.unit, &prepared, &deliveries)?;
    let groups = by_unit(&names, &prepared, &deliveries, only.as_deref());

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

/// The units behind some names, each with what it may acknowledge.
fn by_unit(
    names: &[String],
    prepared: &[Prepared],
    deliveries: &[Delivery],
    only: Option<&str>,
) -> Vec<(String, Vec<Expected>)> {
    let is_wanted = |id: &str| only.is_none_or(|only| only == id);
    let mut groups: Vec<(String, Vec<Expected>)> = Vec::new();
    let mut add = |expected: Expected| match groups.iter_mut().find(|(u, _)| *u == expected.unit) {
        Some((_, list)) if list.iter().any(|e| e.publication == expected.publication) => {}
        Some((_, list)) => list.push(expected),
        None => groups.push((expected.unit.clone(), vec![expected])),
    };
    for one in prepared.iter().filter(|one| is_wanted(&one.id)) {
        for expected in expected(one) {
            if expected.names.iter().any(|name| names.contains(name)) {
                add(expected);
            }
        }
    }
    // What the records no longer know, the ledger does.
    for line in deliveries.iter().filter(|line| is_wanted(&line.publication)) {
        let known = |one: &Prepared| {
            let expected = expected(one);
            one.id == line.publication && expected.iter().any(|e| e.names.contains(&line.unit))
        };
        if names.contains(&line.unit) && !prepared.iter().any(known) {
            let names = vec![line.unit.clone()];
            let (publication, unit) = (line.publication.clone(), line.unit.clone());
            add(Expected { publication, unit, names });
        }
    }
    // Units that get no sheet at all: nothing was sent to them, which is to be said.
    for name in names {
        let is_known = groups.iter().any(|(unit, list)| {
            unit == name || list.iter().any(|expected| expected.names.contains(name))
        });
        let registries = || prepared.iter().filter_map(|one| one.registry.as_ref());
        let is_name = |r: &std::sync::Arc<records::publication::Registry>| {
            r.units().iter().any(|unit| unit.name == *name)
        };
        if !is_known && registries().any(is_name) {
            groups.push((name.clone(), Vec::new()));
        }
    }
    groups
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
