//! Numbers that look like targets.

use super::targets::states;
use super::words;
use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::numbers::{Number, numbers};
use crate::check::prose::{Prose, is_han};
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::values::Target;
use crate::diag::Severity;
use crate::text;

pub(super) const RULES: &[Rule] = &[Rule {
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
}];

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
