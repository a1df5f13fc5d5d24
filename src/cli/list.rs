//! `yinfa list`.

use serde::Serialize;

use super::Exit;
use super::args::{self, Listed};
use super::environment::Environment;
use super::report::{self, Reporter};
use super::table::{cut, table};
use crate::session::{Failure, known_units};
use base::diag::Lang;
use records::publication::Publication;
use records::view::{
    list_items, list_missing, list_progress, list_publications, list_tasks, list_units,
};

pub(super) fn run(
    args: &args::List,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let session = args.root.open(environment)?;
    let prepared = session.prepare(&args.publications.publication)?;
    let publications: Vec<&Publication> =
        prepared.iter().filter_map(|one| one.publication.as_ref()).collect();
    let registries: Vec<_> = prepared.iter().filter_map(|one| one.registry.clone()).collect();
    let units = &args.unit;
    let diags = session.problems(&prepared);
    if let Err(failure) = known_units(units, &prepared) {
        reporter.problems(&failure.problems);
        reporter.problems(&diags);
        return Ok(failure.outcome.into());
    }

    let json = args.format.is_json();
    let lang = reporter.lang;
    report::output(&match args.what {
        Listed::Publications => {
            let list = list_publications(&publications, units);
            if json { as_json(&list) } else { publications_table(&list, lang) }
        }
        Listed::Items => {
            let list = list_items(&publications, units);
            let several = publications.len() > 1;
            if json { as_json(&list) } else { items_table(&list, several, lang) }
        }
        Listed::Units => {
            let list = list_units(&registries, &publications, units);
            if json { as_json(&list) } else { units_table(&list, lang) }
        }
        Listed::Progress => progress(args, &publications, lang),
        Listed::Tasks => {
            let list = list_tasks(&publications, units);
            let several = publications.len() > 1;
            if json { as_json(&list) } else { tasks_table(&list, several, lang) }
        }
    });

    reporter.problems(&diags);
    Ok(if diags.has_errors() { Exit::Problems } else { Exit::Fine })
}

fn progress(args: &args::List, publications: &[&Publication], lang: Lang) -> String {
    let (json, several) = (args.format.is_json(), publications.len() > 1);
    if let Some(period) = args.period.filter(|_| args.missing) {
        let list = list_missing(publications, &args.unit, period);
        return if json { as_json(&list) } else { missing_table(&list, several, lang) };
    }
    let list = list_progress(publications, &args.unit, args.period);
    if json { as_json(&list) } else { progress_table(&list, several, lang) }
}

fn progress_table(list: &[records::view::ProgressListing], several: bool, lang: Lang) -> String {
    let head = words(
        lang,
        &["公文", "报送期", "单位", "序号", "状态", "实际值", "进展", "存在问题"],
        &["publication", "period", "unit", "item", "state", "values", "progress", "problems"],
    );
    let value = |value: &records::view::ValueListing| {
        let number = value.value.iter().chain(&value.measure).cloned().collect::<String>();
        let number =
            if number.is_empty() { value.text.clone().unwrap_or_default() } else { number };
        format!("{} {number}", value.target)
    };
    let rows: Vec<_> = list
        .iter()
        .map(|one| {
            let values: Vec<String> = one.values.iter().map(value).collect();
            vec![
                one.publication.clone(),
                one.period.clone(),
                one.unit.clone(),
                one.item.clone(),
                one.state.clone().unwrap_or_default(),
                cut(&values.join("；"), 30),
                cut(one.progress.as_deref().unwrap_or_default(), 40),
                cut(one.problems.as_deref().unwrap_or_default(), 24),
            ]
        })
        .collect();
    without_first(head, rows, several)
}

fn missing_table(list: &[records::view::MissingListing], several: bool, lang: Lang) -> String {
    let head = words(
        lang,
        &["公文", "报送期", "单位", "应报任务"],
        &["publication", "period", "unit", "tasks asked"],
    );
    let row = |one: &records::view::MissingListing| {
        vec![one.publication.clone(), one.period.clone(), one.unit.clone(), one.items.to_string()]
    };
    without_first(head, list.iter().map(row).collect(), several)
}

fn as_json<T: Serialize>(list: &[T]) -> String {
    let json = serde_json::to_string_pretty(list).unwrap_or_else(|_| "[]".into());
    super::report::json_escaped(&json) + "\n"
}

fn words(
    lang: Lang,
    zh: &'static [&'static str],
    en: &'static [&'static str],
) -> &'static [&'static str] {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn publications_table(list: &[records::view::PublicationListing], lang: Lang) -> String {
    let head = words(
        lang,
        &["公文", "文种", "发文字号", "成文日期", "任务", "单位", "标题"],
        &["publication", "kind", "number", "date", "items", "units", "title"],
    );
    let rows: Vec<_> = list
        .iter()
        .map(|p| {
            let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "—".into());
            vec![
                p.publication.clone(),
                p.kind.into(),
                or_dash(&p.doc_number),
                or_dash(&p.date),
                p.items.to_string(),
                p.units.to_string(),
                p.title.clone(),
            ]
        })
        .collect();
    table(head, &rows)
}

fn items_table(list: &[records::view::ItemListing], several: bool, lang: Lang) -> String {
    let head = words(
        lang,
        &["公文", "序号", "任务", "单位", "时限"],
        &["publication", "number", "item", "units", "deadline"],
    );
    let rows: Vec<_> = list
        .iter()
        .map(|item| {
            vec![
                item.publication.clone(),
                item.label.clone(),
                cut(&item.text, 44),
                cut(&item.units.join("、").replace("、等", "等"), 40),
                item.deadline.as_ref().map(|d| d.text.clone()).unwrap_or_default(),
            ]
        })
        .collect();
    without_first(head, rows, several)
}

/// A table whose first column, the publication, is left out where there is only one.
fn without_first(head: &[&str], mut rows: Vec<Vec<String>>, several: bool) -> String {
    if several {
        return table(head, &rows);
    }
    for row in &mut rows {
        row.remove(0);
    }
    table(&head[1..], &rows)
}

fn units_table(list: &[records::view::UnitListing], lang: Lang) -> String {
    let head = words(
        lang,
        &["单位", "类别", "牵头", "责任", "配合"],
        &["unit", "kind", "leading", "responsible", "cooperating"],
    );
    let rows: Vec<_> = list
        .iter()
        .map(|unit| {
            vec![
                unit.name.clone(),
                unit.kind.clone(),
                unit.leading.to_string(),
                unit.responsible.to_string(),
                unit.cooperating.to_string(),
            ]
        })
        .collect();
    table(head, &rows)
}

fn tasks_table(list: &[records::view::TaskListing], several: bool, lang: Lang) -> String {
    let head = words(
        lang,
        &["公文", "单位", "序号", "职责", "任务", "时限"],
        &["publication", "unit", "number", "role", "task", "deadline"],
    );
    let role = |task: &records::view::TaskListing| {
        let role = match (lang, task.role) {
            (Lang::Zh, "lead") => "牵头",
            (Lang::Zh, "responsible") => "责任",
            (Lang::Zh, _) => "配合",
            (Lang::En, key) => key,
        };
        match (&task.via, lang) {
            (None, _) => role.to_string(),
            (Some(body), Lang::Zh) => format!("{role}（代{body}）"),
            (Some(body), Lang::En) => format!("{role} (for {body})"),
        }
    };
    let rows: Vec<_> = list
        .iter()
        .map(|task| {
            vec![
                task.publication.clone(),
                task.unit.clone(),
                task.label.clone(),
                role(task),
                cut(task.own.as_ref().unwrap_or(&task.text), 56),
                task.deadline.as_ref().map(|d| d.text.clone()).unwrap_or_default(),
            ]
        })
        .collect();
    without_first(head, rows, several)
}
