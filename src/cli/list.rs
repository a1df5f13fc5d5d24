//! `yinfa list`.

use clap::ArgMatches;
use serde::Serialize;

use super::environment::Environment;
use super::report::{self, Reporter};
use super::table::{cut, table};
use super::{Exit, open};
use crate::build::Prepared;
use crate::diag::{Diagnostics, Lang};
use crate::publication::Publication;
use crate::view::{list_items, list_publications, list_tasks, list_units};

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    match try_run(matches, environment, reporter) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn try_run(
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Exit> {
    let project = open::project(matches, environment, reporter)?;
    let prepared = open::publications(&project, matches, reporter)?;
    let publications: Vec<&Publication> =
        prepared.iter().filter_map(|one| one.publication.as_ref()).collect();
    let units: Vec<String> =
        matches.get_many::<String>("unit").into_iter().flatten().cloned().collect();
    open::known_units(&units, &publications, reporter)?;

    let json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    let what = matches.get_one::<String>("what").map(String::as_str).unwrap_or_default();
    let lang = reporter.lang;
    report::output(&match what {
        "publications" => {
            let list = list_publications(&publications);
            if json { as_json(&list) } else { publications_table(&list, lang) }
        }
        "items" => {
            let list = list_items(&publications, &units);
            if json { as_json(&list) } else { items_table(&list, lang) }
        }
        "units" => {
            let list = list_units(&publications, &units);
            if json { as_json(&list) } else { units_table(&list, lang) }
        }
        _ => {
            let list = list_tasks(&publications, &units);
            if json { as_json(&list) } else { tasks_table(&list, lang) }
        }
    });

    let diags = all_problems(&project.diags, &prepared);
    reporter.problems(&diags);
    Ok(if diags.has_errors() { Exit::Problems } else { Exit::Fine })
}

fn all_problems(project: &Diagnostics, prepared: &[Prepared]) -> Diagnostics {
    let mut diags = project.clone();
    for one in prepared {
        diags.append(one.diags.clone());
    }
    diags.sorted()
}

fn as_json<T: Serialize>(list: &[T]) -> String {
    let json = serde_json::to_string_pretty(list).unwrap_or_else(|_| "[]".into());
    json + "\n"
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

fn publications_table(list: &[crate::view::PublicationListing], lang: Lang) -> String {
    let head = words(
        lang,
        &["通知", "发文字号", "成文日期", "任务", "单位", "标题"],
        &["publication", "number", "date", "items", "units", "title"],
    );
    let rows: Vec<_> = list
        .iter()
        .map(|p| {
            let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "—".into());
            vec![
                p.publication.clone(),
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

fn items_table(list: &[crate::view::ItemListing], lang: Lang) -> String {
    let head =
        words(lang, &["序号", "任务", "单位", "时限"], &["number", "item", "units", "deadline"]);
    let rows: Vec<_> = list
        .iter()
        .map(|item| {
            vec![
                item.label.clone(),
                cut(&item.text, 44),
                cut(&item.units.join("、"), 40),
                item.deadline.as_ref().map(|d| d.text.clone()).unwrap_or_default(),
            ]
        })
        .collect();
    table(head, &rows)
}

fn units_table(list: &[crate::view::UnitListing], lang: Lang) -> String {
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

fn tasks_table(list: &[crate::view::TaskListing], lang: Lang) -> String {
    let head = words(
        lang,
        &["单位", "序号", "角色", "任务", "时限"],
        &["unit", "number", "role", "task", "deadline"],
    );
    let role = |key: &'static str| match (lang, key) {
        (Lang::Zh, "lead") => "牵头",
        (Lang::Zh, "responsible") => "责任",
        (Lang::Zh, _) => "配合",
        (Lang::En, key) => key,
    };
    let rows: Vec<_> = list
        .iter()
        .map(|task| {
            vec![
                task.unit.clone(),
                task.label.clone(),
                role(task.role).to_string(),
                cut(task.own.as_ref().unwrap_or(&task.text), 56),
                task.deadline.as_ref().map(|d| d.text.clone()).unwrap_or_default(),
            ]
        })
        .collect();
    table(head, &rows)
}
