//! Targets against the text and against tables.

use std::collections::BTreeMap;

use crate::check::context::{CheckedItem, Context};
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::numbers::{Number, close, numbers, scale};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::attachment::AttachmentKind;
use crate::content::schema::values::Target;
use base::diag::{Severity, SourceText, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "target-not-in-text",
        severity: Severity::Warning,
        on: true,
        family: Family::Targets,
        finds: Words::new(
            "指标的数在正文里找不到",
            "A target whose number the text does not contain.",
        ),
        why: Words::new(
            "正文改了数，指标没有跟着改，任务单和通知就不一致。汉字数字、万和亿都认。",
            "The text was changed and the target was not: sheet and notice differ. Chinese numerals, 万 and 亿 are understood.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 新招引项目3个。, units: [区发改局, 东山镇], targets: [{name: 新招引项目, eq: 5, measure: 个}]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 新招引项目3个。, units: [区发改局, 东山镇], targets: [{name: 新招引项目, eq: 3, measure: 个}]}",
        ),
        origin: Origin::Publication(not_in_text),
    },
    Rule {
        id: "target-in-table",
        severity: Severity::Warning,
        on: true,
        family: Family::Targets,
        finds: Words::new(
            "附表里的数和任务的指标不一致",
            "A table of an attachment gives another number than the item's target.",
        ),
        why: Words::new(
            "同名的指标，正文说 3，表里说 5，文件自相矛盾。表里有一格与指标名称完全相同，那一行“目标”“指标值”栏（没有这样的栏时，唯一有数的栏）不是这个数时报告。分解到各单位的表、各栏加起来正好的行不算。",
            "The publication contradicts itself. A cell is exactly a target's name, and the column of 目标 or 指标值 (or else the only one with numbers) has another number. Tables split by units and rows that add up to the target are left alone.",
        ),
        source: "",
        bad: Example::Both(
            "attachments:\n  - {title: 主要指标, kind: table, columns: [序号, 指标, 目标], rows: [[1, 新招引项目, 5个]]}",
            "- {section: 加快发展, text: 新招引项目3个。, units: [区发改局, 东山镇], targets: [{name: 新招引项目, eq: 3, measure: 个}]}",
        ),
        good: Example::Both(
            "attachments:\n  - {title: 主要指标, kind: table, columns: [序号, 指标, 目标], rows: [[1, 新招引项目, 3个]]}",
            "- {section: 加快发展, text: 新招引项目3个。, units: [区发改局, 东山镇], targets: [{name: 新招引项目, eq: 3, measure: 个}]}",
        ),
        origin: Origin::Publication(in_table),
    },
];

fn texts_of(checked: &CheckedItem<'_>) -> Vec<Number> {
    let record = checked.record;
    let own = record.own.iter().filter_map(|own| own.task.as_ref());
    let wording = record.all_deadlines().filter_map(|d| d.value.wording.as_ref());
    let texts = record.parts.iter().map(|part| &part.text).chain(own).chain(wording);
    texts.flat_map(|text| numbers(&Prose::new(text, true))).collect()
}

/// Whether a number of a text is that of a target.
pub(super) fn states(number: &Number, target: &Target) -> bool {
    let Ok(value) = target.value.parse::<f64>() else { return true };
    let by = scale(target.measure.as_deref().unwrap_or_default());
    // 1500万户 is not 1500户: what stands behind the digits counts, unless the measure has it too.
    let plain = close(number.written, number.value);
    close(number.value, value * by)
        || close(number.value, value)
        || (plain && (close(number.written, value) || close(number.written, value * by)))
}

fn not_in_text(context: &Context<'_>, found: &mut Findings) {
    for checked in &context.items {
        let Some(part) = checked.record.parts.first() else { continue };
        if checked.record.all_targets().next().is_none() {
            continue;
        }
        let numbers = texts_of(checked);
        for target in checked.record.all_targets() {
            if numbers.iter().any(|number| states(number, target)) {
                continue;
            }
            let (name, value) = (&*target.name, &*target.value);
            found.push(
                Finding::new(text!(
                    "正文里没有“{name}”的数 {value}",
                    "the text does not contain {value}, the number of “{name}”"
                ))
                .within(&target.value, 0..target.value.len())
                .note(text!("正文", "the text"), part.text.span())
                .help(text!("核对正文和指标，改成一致", "make text and target agree")),
            );
        }
    }
}

/// The Arabic numbers of a cell.
fn arabic(cell: &SourceText) -> Vec<Number> {
    numbers(&Prose::new(cell, false)).into_iter().filter(|number| number.arabic).collect()
}

/// The columns of a table that state targets: those named so, or else the only one with numbers.
fn compared(columns: &[SourceText], rows: &[Vec<Option<SourceText>>]) -> Vec<usize> {
    let name = |column: &usize| columns[*column].trim();
    let named: Vec<usize> = (0..columns.len())
        .filter(|column| name(column).contains("目标") || name(column).contains("指标值"))
        .collect();
    if !named.is_empty() {
        return named;
    }
    let numeric: Vec<usize> = (0..columns.len())
        .filter(|column| name(column) != "序号")
        .filter(|&column| {
            let cells = rows.iter().filter_map(|row| row.get(column)?.as_ref());
            cells.into_iter().any(|cell| !arabic(cell).is_empty())
        })
        .collect();
    if numeric.len() == 1 { numeric } else { Vec::new() }
}

/// Whether a column says who answers for the row.
fn names_responsible(heading: &SourceText) -> bool {
    ["责任", "牵头", "配合", "负责", "承办", "主办", "协办"]
        .iter()
        .any(|word| heading.contains(word))
}

fn in_table(context: &Context<'_>, found: &mut Findings) {
    let mut by_name: BTreeMap<&str, Vec<&Target>> = Default::default();
    for target in context.items.iter().flat_map(|checked| checked.record.all_targets()) {
        by_name.entry(target.name.trim()).or_default().push(target);
    }
    let registry = &context.publication.registry;
    for attachment in &context.publication.record.attachments {
        let AttachmentKind::Table { columns, rows, .. } = &attachment.kind else { continue };
        let is_unit = |text: &SourceText| registry.look_up(text.trim()).is_some();
        if columns.iter().any(is_unit) {
            continue;
        }
        let compared = compared(columns, rows);
        for row in rows {
            // The share of a unit is not the target; who is responsible for all of it has no share.
            let share = row.iter().enumerate().any(|(column, cell)| {
                !columns.get(column).is_some_and(names_responsible)
                    && cell.as_ref().is_some_and(is_unit)
            });
            if share {
                continue;
            }
            let Some(targets) = row.iter().flatten().find_map(|cell| by_name.get(cell.trim()))
            else {
                continue;
            };
            let cells: Vec<(usize, &SourceText, Vec<Number>)> = row
                .iter()
                .enumerate()
                .filter_map(|(column, cell)| Some((column, cell.as_ref()?)))
                .filter(|(column, cell)| {
                    columns.get(*column).is_none_or(|c| c.trim() != "序号")
                        && !by_name.contains_key(cell.trim())
                })
                .map(|(column, cell)| (column, cell, arabic(cell)))
                .collect();
            let stated = || cells.iter().filter(|(column, ..)| compared.contains(column));
            let Some((_, cell, _)) = stated().find(|(.., numbers)| !numbers.is_empty()) else {
                continue;
            };
            let all = || cells.iter().flat_map(|(.., numbers)| numbers);
            let sums = [all().map(|n| n.written).sum::<f64>(), all().map(|n| n.value).sum()];
            let agrees = targets.iter().any(|target| {
                stated().flat_map(|(.., numbers)| numbers).any(|number| states(number, target))
                    || target
                        .value
                        .parse()
                        .is_ok_and(|value| sums.iter().any(|&sum| close(sum, value)))
            });
            if let (false, Some(target)) = (agrees, targets.first()) {
                found.push(
                    Finding::new(text!(
                        "表里是“{cell}”，任务的指标“{name}”是 {value}",
                        "the table says {cell}, the target “{name}” of the item is {value}",
                        cell = cell.trim(),
                        name = &*target.name,
                        value = &*target.value
                    ))
                    .within(cell, 0..cell.len())
                    .note(text!("任务的指标", "the item's target"), target.value.span())
                    .help(text!("改成一致", "make them agree")),
                );
            }
        }
    }
}
