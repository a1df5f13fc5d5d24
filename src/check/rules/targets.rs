//! Targets against the text, and measures.

use super::words;
use crate::check::context::{CheckedItem, Context};
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::lexicon::MEASURES;
use crate::check::numbers::{Number, close, numbers, scale};
use crate::check::prose::{Prose, is_han};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{Piece, TextKind};
use crate::content::schema::attachment::AttachmentKind;
use crate::content::schema::values::Target;
use crate::diag::{Severity, SourceText};
use crate::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "target-not-in-text",
        severity: Severity::Warning,
        on: true,
        family: Family::Targets,
        finds: words("指标的数在正文里找不到", "A target whose number the text does not contain."),
        why: words(
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
        severity: Severity::Error,
        on: true,
        family: Family::Targets,
        finds: words(
            "附表里的数和任务的指标不一致",
            "A table of an attachment gives another number than the item's target.",
        ),
        why: words(
            "同名的指标，正文说 3，表里说 5，文件自相矛盾。表里有一格与指标名称完全相同，而那一行没有这个数时报告。",
            "The publication contradicts itself. A cell is exactly a target's name, and its row has numbers but not that one.",
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
    Rule {
        id: "target-unrecorded",
        severity: Severity::Hint,
        on: true,
        family: Family::Targets,
        finds: words(
            "正文里像指标的数没有记成指标",
            "A number in the text that looks like a target and is in no record.",
        ),
        why: words(
            "没有记的指标不会进任务单。只看带量词、而且有“新增”“不少于”“以上”这类字眼的数；整份通知都没有记指标时不提示。提示里有可以粘贴的一行。",
            "It will not be on any sheet. Only numbers with a measure word and a word such as 新增, 不少于 or 以上 count, and only where the publication records targets at all. The help has the line to paste.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 新招引项目3个，新建学校2所。, units: [区发改局, 东山镇], targets: [{name: 新招引项目, eq: 3, measure: 个}]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 新招引项目3个，办好2所学校。, units: [区发改局, 东山镇], targets: [{name: 新招引项目, eq: 3, measure: 个}]}",
        ),
        origin: Origin::Publication(unrecorded),
    },
    Rule {
        id: "percent-over-100",
        severity: Severity::Warning,
        on: true,
        family: Family::Targets,
        finds: words("不可能超过 100% 的比率超过了 100%", "More than 100 % of what has no more."),
        why: words(
            "覆盖率、合格率、满意率这类比率最多 100%。增长率、完成率可以超过，不看。",
            "Rates of coverage, passing, satisfaction end at 100 %. Growth and completion may be more.",
        ),
        source: "",
        bad: Example::Text("管网监测覆盖率达到120%。"),
        good: Example::Text("管网监测覆盖率达到100%，投资完成率达到120%。"),
        origin: Origin::Text(percent),
    },
    Rule {
        id: "measure-word",
        severity: Severity::Hint,
        on: true,
        family: Family::Targets,
        finds: words("不规范的计量单位", "A unit of measure in a form that is not standard."),
        why: words(
            "“平米”“公分”“KM”这类写法，公文用“平方米”“厘米”“公里”。",
            "Official documents write 平方米, 厘米, 公里.",
        ),
        source: "",
        bad: Example::Text("新增绿地3000平米。"),
        good: Example::Text("新增绿地3000平方米。"),
        origin: Origin::Text(measure),
    },
];

fn texts_of(checked: &CheckedItem<'_>) -> Vec<Number> {
    let record = checked.record;
    let own = record.own.iter().filter_map(|own| own.task.as_ref());
    let wording = record.deadline.iter().filter_map(|d| d.value.wording.as_ref());
    let texts = record.parts.iter().map(|part| &part.text).chain(own).chain(wording);
    texts.flat_map(|text| numbers(&Prose::new(text, true))).collect()
}

/// Whether a number of a text is that of a target.
fn states(number: &Number, target: &Target) -> bool {
    let Ok(value) = target.value.parse::<f64>() else { return true };
    let by = scale(target.measure.as_deref().unwrap_or_default());
    number.is(value) || close(number.value, value * by) || close(number.written, value * by)
}

fn not_in_text(context: &Context<'_>, found: &mut Findings) {
    for checked in &context.items {
        let Some(part) = checked.record.parts.first() else { continue };
        if checked.record.targets.is_empty() {
            continue;
        }
        let numbers = texts_of(checked);
        for target in &checked.record.targets {
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

fn in_table(context: &Context<'_>, found: &mut Findings) {
    let mut by_name: std::collections::BTreeMap<&str, Vec<&Target>> = Default::default();
    for target in context.items.iter().flat_map(|checked| &checked.record.targets) {
        by_name.entry(target.name.trim()).or_default().push(target);
    }
    for attachment in &context.publication.record.attachments {
        let AttachmentKind::Table { columns, rows } = &attachment.kind else { continue };
        for row in rows {
            let mut named = None;
            let mut values: Vec<(&SourceText, Vec<Number>)> = Vec::new();
            for (column, cell) in columns.iter().zip(row) {
                let Some(cell) = cell else { continue };
                if let Some(targets) = by_name.get(cell.trim()) {
                    named = Some(targets);
                    continue;
                }
                let numbers = numbers(&Prose::new(cell, false));
                if column.trim() != "序号" && numbers.iter().any(|number| number.arabic) {
                    values.push((cell, numbers));
                }
            }
            let (Some(targets), Some((cell, _))) = (named, values.first()) else { continue };
            let agrees = values
                .iter()
                .flat_map(|(_, numbers)| numbers)
                .any(|number| targets.iter().any(|target| states(number, target)));
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

/// Measure words of targets, longer ones first.
const COUNTED: [&str; 34] = [
    "平方公里",
    "平方米",
    "立方米",
    "千瓦时",
    "亿元",
    "万元",
    "万人",
    "万户",
    "公里",
    "万吨",
    "千瓦",
    "人次",
    "个",
    "家",
    "项",
    "所",
    "名",
    "人",
    "户",
    "亩",
    "座",
    "套",
    "场",
    "次",
    "条",
    "处",
    "台",
    "辆",
    "件",
    "批",
    "吨",
    "元",
    "张",
    "%",
];
/// Words that begin a target.
const BEGIN: [&str; 22] = [
    "新增",
    "新建",
    "新招引",
    "新引进",
    "招引",
    "引进",
    "建成",
    "完成",
    "培育",
    "创建",
    "打造",
    "改造",
    "实施",
    "举办",
    "开工",
    "竣工",
    "争取",
    "达到",
    "增长",
    "突破",
    "不少于",
    "不低于",
];

fn unrecorded(context: &Context<'_>, found: &mut Findings) {
    if context.items.iter().all(|checked| checked.record.targets.is_empty()) {
        return;
    }
    for checked in &context.items {
        let record = checked.record;
        let known: Vec<&Target> =
            record.targets.iter().chain(record.own.iter().flat_map(|own| &own.targets)).collect();
        for part in &record.parts {
            let prose = Prose::new(&part.text, true);
            for number in numbers(&prose).iter().filter(|number| number.arabic) {
                let Some(measure) = measure_behind(&prose, number) else { continue };
                if known.iter().any(|target| states(number, target)) {
                    continue;
                }
                let Some((name, key)) = looks_like_target(&prose, number, measure) else {
                    continue;
                };
                // Then its number is another one, which is another rule's matter.
                if known
                    .iter()
                    .any(|target| name.contains(target.name.trim()) || target.name.contains(&name))
                {
                    continue;
                }
                let words = prose.slice(
                    number.range.start
                        ..number.range.end + usize::from(!number.percent) * measure.chars().count(),
                );
                let line = format!(
                    "- {{name: {name}, {key}: {}, measure: {}}}",
                    number.digits,
                    if measure == "%" { "\"%\"" } else { measure }
                );
                found.push(
                    Finding::new(text!(
                        "“{words}”像指标，没有记在 targets 里",
                        "{words} looks like a target that is not recorded"
                    ))
                    .within(&part.text, prose.bytes(number.range.clone()))
                    .help(text!(
                        "需要时在 targets 里加：{line}",
                        "if it is one, add to `targets`: {line}"
                    )),
                );
            }
        }
    }
}

/// The measure word of a number.
fn measure_behind(prose: &Prose<'_>, number: &Number) -> Option<&'static str> {
    if number.percent {
        return Some("%");
    }
    // 万 and 亿 belong to the measure of a record: 8亿元.
    let digits = prose.run(number.range.start, |c| c.is_ascii_digit() || c == '.' || c == ',');
    let at = number.range.start + digits;
    COUNTED.into_iter().find(|word| prose.has(at, word))
}

/// The name and the comparison of what looks like a target.
fn looks_like_target(
    prose: &Prose<'_>,
    number: &Number,
    measure: &str,
) -> Option<(String, &'static str)> {
    let start = (0..number.range.start)
        .rev()
        .take_while(|&place| !"，。；、：！？\n（“”".contains(prose.at(place)))
        .last()?;
    let before = prose.slice(start..number.range.start);
    let behind = number.range.start
        + prose.run(number.range.start, |c| c.is_ascii_digit() || ".,".contains(c));
    let behind = behind + measure.chars().count();
    let at_least = prose.has(behind, "以上") || prose.has(behind, "左右");
    let begins = BEGIN.iter().any(|word| before.contains(word));
    // 第3个, 前3名: an order, no amount; 每5个: a rate.
    let ordinal = before.ends_with(['第', '前', '每', '这', '“'])
        || before.chars().any(|c| c.is_ascii_digit());
    if ordinal || !(at_least || begins) {
        return None;
    }
    let (cut, key) = [
        ("不少于", "ge"),
        ("不低于", "ge"),
        ("不超过", "le"),
        ("超过", "gt"),
        ("突破", "gt"),
        ("低于", "lt"),
        ("达到", "eq"),
        ("达", "eq"),
    ]
    .into_iter()
    .find_map(|(word, key)| Some((before.strip_suffix(word)?, key)))
    .unwrap_or((&before, "eq"));
    let key = if at_least { "ge" } else { key };
    let name: String = cut.chars().filter(|&c| is_han(c) || c.is_alphanumeric()).collect();
    (name.chars().count() >= 2).then_some((name, key))
}

/// Rates that end at 100 %.
const BOUNDED: [&str; 20] = [
    "覆盖率",
    "合格率",
    "满意率",
    "满意度",
    "知晓率",
    "办结率",
    "普及率",
    "达标率",
    "及格率",
    "优良率",
    "及时率",
    "回复率",
    "签约率",
    "参保率",
    "接种率",
    "入户率",
    "网办率",
    "处置率",
    "利用率",
    "占比",
];

fn percent(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if !matches!(piece.kind, TextKind::Item { .. } | TextKind::Prose | TextKind::Own) {
        return;
    }
    let prose = &piece.prose;
    if prose.places(|c| c == '%').next().is_none() {
        return;
    }
    for number in numbers(prose).iter().filter(|number| number.percent && number.written > 100.0) {
        let start = (0..number.range.start)
            .rev()
            .take_while(|&place| !"，。；：、\n".contains(prose.at(place)))
            .last()
            .unwrap_or(number.range.start);
        let before = prose.slice(start..number.range.start);
        if let Some(rate) = BOUNDED.into_iter().find(|rate| before.contains(rate))
            && !before.contains("增")
            && !before.contains("提高")
            && !before.contains("提升")
        {
            found.push(
                Finding::new(text!("{rate}不会超过 100%", "{rate} cannot be more than 100 %"))
                    .within(piece.text, prose.bytes(number.range.clone())),
            );
        }
    }
}

fn measure(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for (entry, range, _) in MEASURES.find(prose) {
        let counted = prose.before(range.start);
        if !(counted.is_ascii_digit() || "万亿百千余多".contains(counted))
            || prose.at(range.end).is_ascii_alphanumeric()
        {
            continue;
        }
        let (wrong, right) = (entry.wrong, entry.right);
        found.push(
            Finding::new(text!("“{wrong}”应为“{right}”", "{wrong} is written {right}"))
                .within(piece.text, prose.bytes(range.clone())),
        );
    }
}
