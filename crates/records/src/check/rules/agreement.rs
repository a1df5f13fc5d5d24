//! Numbers and leads that should agree within a publication.

use std::collections::BTreeMap;

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::numbers::{close, numbers};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{Piece, TextKind};
use crate::content::schema::attachment::AttachmentKind;
use crate::content::schema::values::Target;
use crate::publication::Role;
use base::diag::{Severity, SourceText, Words};
use base::text;
use base::zh::{self, is_numeral};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "list-count",
        severity: Severity::Warning,
        on: true,
        family: Family::Targets,
        finds: Words::new("说有几项，列的不是几项", "A count that is not that of what is listed."),
        why: Words::new(
            "“甲、乙、丙四条赛道”只有三条。看列举后面汉字写的数（没有“等”字），和“以下5项”后面“一是”“（一）”“- ”的个数。",
            "Four are said and three named. Numbers in characters behind a list (without 等) count, and 以下5项 against the 一是, （一） or `- ` behind it.",
        ),
        source: "",
        bad: Example::Text("聚焦智能传感、工业软件、数字文创四条赛道。"),
        good: Example::Text("聚焦智能传感、工业软件、数字文创三条赛道，新建、改建五条道路。"),
        origin: Origin::Text(list_count),
    },
    Rule {
        id: "own-sum",
        severity: Severity::Warning,
        on: true,
        family: Family::Targets,
        finds: Words::new(
            "分到各单位的指标加起来不是总指标",
            "Shares of units that do not add up to the target.",
        ),
        why: Words::new(
            "各单位任务单上的数加起来要等于这一条的指标（不少于的，不能比它少）。只有一个单位的、百分比不看。",
            "The shares on the units' sheets make up the item's target. One share alone and percentages are left out.",
        ),
        source: "",
        bad: Example::Items(
            "- section: 加快发展\n  text: 新建学校8所。\n  units: [区发改局, 区教育局, 东山镇, 区委组织部]\n  targets: [{name: 新建学校, eq: 8, measure: 所}]\n  own:\n    - {unit: 区教育局, targets: [{name: 新建学校, eq: 3, measure: 所}]}\n    - {unit: 东山镇, targets: [{name: 新建学校, eq: 4, measure: 所}]}",
        ),
        good: Example::Items(
            "- section: 加快发展\n  text: 新建学校8所。\n  units: [区发改局, 区教育局, 东山镇, 区委组织部]\n  targets: [{name: 新建学校, eq: 8, measure: 所}]\n  own:\n    - {unit: 区教育局, targets: [{name: 新建学校, eq: 4, measure: 所}]}\n    - {unit: 东山镇, targets: [{name: 新建学校, eq: 4, measure: 所}]}",
        ),
        origin: Origin::Publication(own_sum),
    },
    Rule {
        id: "table-lead",
        severity: Severity::Warning,
        on: true,
        family: Family::Units,
        finds: Words::new(
            "附表里的牵头单位不是任务的牵头单位",
            "A table names another lead than the item.",
        ),
        why: Words::new(
            "附表里有一格与任务指标的名称相同，那一行“牵头”“责任”栏的单位不在这条任务里，或者牵头的是另一个单位。",
            "A cell is a target's name, and the unit in that row's column of 牵头 does not lead the item, or that of 责任 is not in it.",
        ),
        source: "",
        bad: Example::Both(
            "attachments:\n  - {title: 主要指标, kind: table, columns: [指标, 目标, 牵头单位], rows: [[新招引项目, 3个, 区教育局]]}",
            "- {section: 加快发展, text: 新招引项目3个。, units: [区发改局, 东山镇], targets: [{name: 新招引项目, eq: 3, measure: 个}]}",
        ),
        good: Example::Both(
            "attachments:\n  - {title: 主要指标, kind: table, columns: [指标, 目标, 牵头单位], rows: [[新招引项目, 3个, 区发改局]]}",
            "- {section: 加快发展, text: 新招引项目3个。, units: [区发改局, 东山镇], targets: [{name: 新招引项目, eq: 3, measure: 个}]}",
        ),
        origin: Origin::Publication(table_lead),
    },
    Rule {
        id: "table-sum",
        severity: Severity::Warning,
        on: true,
        family: Family::Targets,
        finds: Words::new("表里的合计不对", "A total of a table that is not its sum."),
        why: Words::new(
            "“合计”“总计”行的数和上面各行加起来不同。有“小计”的表、百分比和比率的栏不看。",
            "The row of 合计 or 总计 is not the sum of those above. Tables with 小计 and columns of rates are left alone.",
        ),
        source: "",
        bad: Example::Notice(
            "attachments:\n  - {title: 任务数, kind: table, columns: [单位, 任务数], rows: [[甲镇, 12], [乙镇, 15], [合计, 28]]}",
        ),
        good: Example::Notice(
            "attachments:\n  - {title: 任务数, kind: table, columns: [单位, 任务数], rows: [[甲镇, 12], [乙镇, 15], [合计, 27]]}",
        ),
        origin: Origin::Publication(table_sum),
    },
    Rule {
        id: "preface-number",
        severity: Severity::Warning,
        on: true,
        family: Family::Targets,
        finds: Words::new(
            "前言、正文里的指标数和附表、任务的不一致",
            "A number of the preface or letter that is another one in a table or target.",
        ),
        why: Words::new(
            "前言说增长15%，附表里同名的指标是12，文件自相矛盾。名称要完全出现在句子里（末尾的“率”不算），紧接着的数才比。",
            "The publication contradicts itself. The indicator's name stands in the sentence (but for 率 at its end), and the number right behind it is compared.",
        ),
        source: "",
        bad: Example::Notice(
            "letter: 经区政府同意，现将《2025年工作要点》印发给你们，确保规上工业产值增长15%以上。\nattachments:\n  - {title: 主要指标, kind: table, columns: [指标, 目标], rows: [[规上工业产值增长率, 12%以上]]}",
        ),
        good: Example::Notice(
            "letter: 经区政府同意，现将《2025年工作要点》印发给你们，确保规上工业产值增长12%以上。\nattachments:\n  - {title: 主要指标, kind: table, columns: [指标, 目标], rows: [[规上工业产值增长率, 12%以上]]}",
        ),
        origin: Origin::Publication(preface_number),
    },
    Rule {
        id: "range-turned",
        severity: Severity::Warning,
        on: true,
        family: Family::Targets,
        finds: Words::new("范围的两头写反了", "A range whose ends are turned round."),
        why: Words::new(
            "“20%～10%”“5～3个”，从大到小多半是写反了。“由、从……降至”的、日期和编号不算。",
            "20%～10% and 5～3个 go from the greater to the less. Not where something falls (由, 从, 降), nor dates and numbers of things.",
        ),
        source: "",
        bad: Example::Text("产值增速保持在20%～10%。"),
        good: Example::Text("产值增速保持在10%～20%。"),
        origin: Origin::Text(range_turned),
    },
];

fn list_count(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if !matches!(piece.kind, TextKind::Item { .. } | TextKind::Prose | TextKind::Own) {
        return;
    }
    listed_before(piece, found);
    listed_behind(piece, found);
}

/// What is counted behind a list.
const COUNTED: &str = "条项个类种家方面大领域环节";

/// 甲、乙、丙四条赛道.
fn listed_before(piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for at in prose.places(is_numeral) {
        if is_numeral(prose.before(at))
            || is_numeral(prose.at(at + 1))
            || !COUNTED.contains(prose.at(at + 1))
        {
            continue;
        }
        // 三个方面 behind a list; 第三类, 一个 and 两个 with 这 are something else.
        let count = zh::number(&prose.slice(at..at + 1)).filter(|&n| (3..=10).contains(&n));
        let Some(count) = count else { continue };
        let inside = |c: char| !"，。；：！？\n（）".contains(c);
        let start = (0..at).rev().take_while(|&p| inside(prose.at(p))).last().unwrap_or(at);
        let before = prose.slice(start..at);
        let parts: Vec<&str> = before.split('、').collect();
        let plain = |part: &&str| (2..=8).contains(&part.chars().count());
        let others = &parts[1..];
        let alike = others
            .windows(2)
            .all(|pair| pair[0].chars().count().abs_diff(pair[1].chars().count()) <= 2);
        let odd = [
            "等", "和", "与", "及", "以及", "第", "每", "这", "各", "前", "后", "另", "其他",
            "其余",
        ];
        let open = odd.iter().any(|word| before.contains(word));
        if others.len() < 2 || open || !alike || !others.iter().all(plain) {
            continue;
        }
        let listed = parts.len();
        // The numeral may count something else where far more or far fewer stand there.
        if listed as u32 != count && count.abs_diff(listed as u32) <= 2 {
            found.push(
                Finding::new(text!(
                    "说是 {count} 个，前面列了 {listed} 个",
                    "{count} are said, {listed} are named"
                ))
                .within(piece.text, prose.bytes(at..at + 2)),
            );
        }
    }
}

/// 以下5项: … 一是 … 二是.
fn listed_behind(piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for place in prose.places(|c| matches!(c, '以' | '下' | '如')) {
        let Some(word) = ["以下", "下列", "如下"].iter().find(|word| prose.has(place, word))
        else {
            continue;
        };
        let at = place + word.chars().count();
        let digits = prose.run(at, |c| c.is_ascii_digit());
        let han = prose.run(at, is_numeral);
        let number = prose.slice(at..at + digits.max(han));
        let count = if digits > 0 { number.parse().ok() } else { zh::number(&number) };
        let Some(count) = count.filter(|&n: &u32| (2..=20).contains(&n)) else { continue };
        let end = at + digits.max(han);
        if !"项条个方点类种".contains(prose.at(end)) {
            continue;
        }
        let rest = prose.slice(end..prose.len());
        let marks: [fn(usize) -> String; 3] = [
            |n| format!("{}是", zh::numeral(n as u32)),
            |n| format!("（{}）", zh::numeral(n as u32)),
            |n| format!("\n{n}."),
        ];
        let listed =
            marks.iter().map(|mark| (1..30).take_while(|&n| rest.contains(&mark(n))).count()).max();
        let listed = listed.unwrap_or_default() as u32;
        if listed >= 2 && listed != count {
            found.push(
                Finding::new(text!(
                    "说是 {count} 项，后面列了 {listed} 项",
                    "{count} are said, {listed} follow"
                ))
                .within(piece.text, prose.bytes(at..end + 1)),
            );
        }
    }
}

/// A target's value, where it is no rate.
fn amount(target: &Target) -> Option<f64> {
    let rate = target.measure.as_deref().is_some_and(|m| m.contains(['%', '％', '‰']));
    target.value.parse().ok().filter(|_| !rate)
}

fn own_sum(context: &Context<'_>, found: &mut Findings) {
    for checked in &context.items {
        for target in &checked.record.targets {
            let own = checked.record.own.iter().flat_map(|own| &own.targets);
            let shares: Vec<&Target> = own
                .filter(|share| {
                    *share.name == *target.name
                        && share.measure.as_deref() == target.measure.as_deref()
                })
                .collect();
            let values: Option<Vec<f64>> = shares.iter().map(|share| amount(share)).collect();
            let (Some(values), Some(whole), true) = (values, amount(target), shares.len() >= 2)
            else {
                continue;
            };
            let sum: f64 = values.iter().sum();
            // 不少于: more is fine.
            let at_least = matches!(target.comparison, zh::Comparison::Ge | zh::Comparison::Gt);
            if close(sum, whole) || (at_least && sum > whole) {
                continue;
            }
            let (name, value) = (&*target.name, &*target.value);
            found.push(
                Finding::new(text!(
                    "“{name}”分到各单位的加起来是 {sum}，总数是 {value}",
                    "the shares of “{name}” make {sum}, the target is {value}"
                ))
                .within(&target.value, 0..target.value.len())
                .note(text!("其中一个", "one of the shares"), shares[0].value.span()),
            );
        }
    }
}

fn table_lead(context: &Context<'_>, found: &mut Findings) {
    let registry = &context.publication.registry;
    let by_name: BTreeMap<&str, usize> = context
        .items
        .iter()
        .enumerate()
        .flat_map(|(place, checked)| {
            checked.record.targets.iter().map(move |t| (t.name.trim(), place))
        })
        .collect();
    for attachment in &context.publication.record.attachments {
        let AttachmentKind::Table { columns, rows, .. } = &attachment.kind else { continue };
        let leads: Vec<(usize, bool)> = columns
            .iter()
            .enumerate()
            .filter(|(_, name)| name.contains("牵头") || name.contains("责任单位"))
            .map(|(place, name)| (place, name.contains("牵头")))
            .collect();
        for row in rows {
            let Some(&place) = row.iter().flatten().find_map(|cell| by_name.get(cell.trim()))
            else {
                continue;
            };
            let item = context.items[place].item;
            for &(column, leads) in &leads {
                let Some(cell) = row.get(column).and_then(Option::as_ref) else { continue };
                let Some(named) = registry.look_up(cell.trim()) else { continue };
                let units = registry.units_of(named);
                let has = |role: Option<Role>| {
                    item.assignees()
                        .filter(|a| role.is_none_or(|role| a.role == role))
                        .any(|a| a.reference.units.iter().any(|unit| units.contains(unit)))
                };
                let any_lead = item.assignees().any(|a| a.role == Role::Lead);
                if item.assignees().next().is_none()
                    || has(if leads && any_lead { Some(Role::Lead) } else { None })
                {
                    continue;
                }
                let (unit, label) = (cell.trim(), &item.label);
                let name = row
                    .iter()
                    .flatten()
                    .map(|cell| cell.trim())
                    .find(|cell| by_name.contains_key(cell));
                let name = name.unwrap_or_default();
                found.push(
                    Finding::new(text!(
                        "表里“{name}”由“{unit}”牵头，任务 {label} 不是",
                        "the table has “{unit}” lead “{name}”, item {label} has not"
                    ))
                    .within(cell, 0..cell.len())
                    .note(
                        text!("任务", "the item"),
                        context.items[place].record.parts[0].text.span(),
                    ),
                );
            }
        }
    }
}

/// The one plain number of a cell.
fn plain(cell: &SourceText) -> Option<f64> {
    let cell = cell.trim().replace([',', '，'], "");
    cell.parse().ok()
}

fn table_sum(context: &Context<'_>, found: &mut Findings) {
    for attachment in &context.publication.record.attachments {
        let AttachmentKind::Table { columns, rows, .. } = &attachment.kind else { continue };
        let names = |row: &[Option<SourceText>], word: &str| {
            row.iter()
                .flatten()
                .take(2)
                .any(|cell| cell.chars().filter(|c| !c.is_whitespace()).collect::<String>() == word)
        };
        let subtotals = rows.iter().any(|row| names(row, "小计"));
        let Some(total) = rows.iter().position(|row| names(row, "合计") || names(row, "总计"))
        else {
            continue;
        };
        // A total stands below or above what it sums.
        let others: Vec<&Vec<Option<SourceText>>> = match total {
            0 => rows[1..].iter().collect(),
            _ if total + 1 == rows.len() => rows[..total].iter().collect(),
            _ => continue,
        };
        if subtotals || others.len() < 2 {
            continue;
        }
        for (column, heading) in columns.iter().enumerate() {
            let rate = heading.contains(['率', '%', '％', '比', '均']) || heading.trim() == "序号";
            let cell = rows[total].get(column).and_then(Option::as_ref);
            let (Some(cell), false) = (cell, rate) else { continue };
            let Some(said) = plain(cell) else { continue };
            let values: Option<Vec<f64>> = others
                .iter()
                .map(|row| match row.get(column).and_then(Option::as_ref) {
                    None => Some(0.0),
                    Some(cell)
                        if cell.trim().is_empty() || matches!(cell.trim(), "—" | "-" | "/") =>
                    {
                        Some(0.0)
                    }
                    Some(cell) => plain(cell),
                })
                .collect();
            let Some(sum) = values.map(|values| values.iter().sum::<f64>()) else { continue };
            if (sum - said).abs() > 1e-6 * said.abs().max(1.0) {
                let sum = (sum * 1e6).round() / 1e6;
                found.push(
                    Finding::new(text!(
                        "合计写 {said}，各行加起来是 {sum}",
                        "the total says {said}, the rows make {sum}"
                    ))
                    .within(cell, 0..cell.len()),
                );
            }
        }
    }
}

/// The indicators of tables, with the cell of their number.
fn indicators<'a>(context: &'a Context<'_>) -> Vec<(&'a str, &'a SourceText)> {
    let mut all = Vec::new();
    for attachment in &context.publication.record.attachments {
        let AttachmentKind::Table { columns, rows, .. } = &attachment.kind else { continue };
        let of = |words: &[&str]| {
            columns.iter().position(|column| words.iter().any(|word| column.contains(word)))
        };
        let (Some(name), Some(value)) =
            (of(&["指标名称", "指标", "名称", "项目"]), of(&["目标", "指标值"]))
        else {
            continue;
        };
        if name == value {
            continue;
        }
        for row in rows {
            let cell = |column: usize| row.get(column).and_then(Option::as_ref);
            if let (Some(name), Some(value)) = (cell(name), cell(value))
                && name.trim().chars().count() >= 4
            {
                all.push((name.trim(), value));
            }
        }
    }
    all
}

fn preface_number(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let indicators = indicators(context);
    if indicators.is_empty() {
        return;
    }
    for text in record.letter.iter().chain(record.text.prose()) {
        let prose = Prose::new(text, true);
        let stated = numbers(&prose);
        for &(name, cell) in &indicators {
            let short = name.strip_suffix('率').unwrap_or(name);
            let Some(first) = short.chars().next() else { continue };
            for place in prose.places(|c| c == first).filter(|&place| prose.has(place, short)) {
                let end = place + short.chars().count();
                let next = stated
                    .iter()
                    .find(|n| n.range.start >= end && n.range.start <= end + 4 && n.arabic);
                let between = next.map(|n| prose.slice(end..n.range.start)).unwrap_or_default();
                let Some(number) = next.filter(|_| !between.contains(['，', '。', '、', '；']))
                else {
                    continue;
                };
                let cells = numbers(&Prose::new(cell, false));
                let agrees = cells.is_empty()
                    || cells.iter().any(|other| {
                        close(other.written, number.written) || close(other.value, number.value)
                    });
                if !agrees {
                    let (words, cell_words) = (prose.slice(number.range.clone()), cell.trim());
                    found.push(
                        Finding::new(text!(
                            "“{name}”这里是 {words}，附表里是 {cell_words}",
                            "“{name}” is {words} here, {cell_words} in the table"
                        ))
                        .within(text, prose.bytes(number.range.clone()))
                        .note(text!("附表", "the table"), cell.span()),
                    );
                }
            }
        }
    }
}

fn range_turned(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if !matches!(
        piece.kind,
        TextKind::Item { .. } | TextKind::Prose | TextKind::Own | TextKind::Cell
    ) {
        return;
    }
    let prose = &piece.prose;
    if prose.places(|c| matches!(c, '～' | '~')).next().is_none() {
        return;
    }
    let all = numbers(prose);
    for pair in all.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        let sign = prose.slice(a.range.end..b.range.start);
        if !a.arabic || !b.arabic || !["～", "~"].contains(&sign.as_str()) || a.value <= b.value {
            continue;
        }
        let start =
            (0..a.range.start).rev().take_while(|&p| !"，。；：\n".contains(prose.at(p))).last();
        let before = prose.slice(start.unwrap_or(a.range.start)..a.range.start);
        let falls = ["由", "从", "降", "减", "压"].iter().any(|word| before.ends_with(word));
        // 2025～26年, 10～8时, 5～3月: of another cycle.
        let cyclic = "年月日时点号室楼".contains(prose.at(b.range.end));
        let half = a.percent != b.percent && a.written <= b.written;
        if falls || cyclic || half || before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            continue;
        }
        let words = prose.slice(a.range.start..b.range.end);
        found.push(
            Finding::new(text!("“{words}”两头写反了", "{words} goes from the greater to the less"))
                .within(piece.text, prose.bytes(a.range.start..b.range.end)),
        );
    }
}
