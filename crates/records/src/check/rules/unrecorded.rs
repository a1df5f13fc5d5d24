//! Numbers that look like targets.

use super::targets::states;
use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::numbers::{Number, numbers};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::values::Target;
use base::diag::{Severity, Words};
use base::text;
use base::zh::{self, Comparison, is_han};

pub(super) const RULES: &[Rule] = &[Rule {
    id: "target-unrecorded",
    severity: Severity::Hint,
    on: true,
    family: Family::Targets,
    finds: Words::new(
        "正文里像指标的数没有记成指标",
        "A number in the text that looks like a target and is in no record.",
    ),
    why: Words::new(
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

/// Words that begin a target, with blanks between; so does a word that compares the number.
const BEGIN: &str = "\
    新增 新建 扩建 新招引 新引进 招引 引进 建成 完成 培育 创建 打造 改造 实施 举办 开工 \
    竣工 争取 达到 增长 突破 盘活 安装 加装 登记 发放 打通 压减 压缩 下降 降低 上线 力争 \
    累计 推广 培训 签约 攻关 实现";

/// A measure word has no more characters than this: 万个百分点.
const LONGEST_MEASURE: usize = 8;

/// What a share is called: a percentage right behind it is a target.
const SHARES: &[&str] = &["率", "占比", "比重", "比例"];

fn unrecorded(context: &Context<'_>, found: &mut Findings) {
    if context.items.iter().all(|checked| checked.record.all_targets().next().is_none()) {
        return;
    }
    for checked in &context.items {
        let record = checked.record;
        let known: Vec<&Target> =
            record.all_targets().chain(record.own.iter().flat_map(|own| &own.targets)).collect();
        for part in &record.parts {
            let prose = Prose::new(&part.text, true);
            for number in numbers(&prose).iter().filter(|number| number.arabic) {
                let Some(measure) = measure_behind(&prose, number) else { continue };
                if known.iter().any(|target| states(number, target)) {
                    continue;
                }
                let Some((name, key)) = looks_like_target(&prose, number, &measure) else {
                    continue;
                };
                // Then its number is another one, which is another rule's matter.
                if known
                    .iter()
                    .any(|target| name.contains(target.name.trim()) || target.name.contains(&name))
                {
                    continue;
                }
                let end = end_of_digits(&prose, number);
                let words = prose.slice(number.range.start..end + measure.chars().count());
                let line = format!(
                    "- {{name: {name}, {key}: {}, measure: {}}}",
                    number.digits,
                    if measure == "%" { "\"%\"" } else { &measure }
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

/// Where the digits of a number end: 万 and % belong to the measure.
fn end_of_digits(prose: &Prose<'_>, number: &Number) -> usize {
    let start = number.range.start;
    start + prose.run(start, |c| c.is_ascii_digit() || c == '.' || c == ',')
}

/// The measure word of a number.
fn measure_behind(prose: &Prose<'_>, number: &Number) -> Option<String> {
    if number.percent {
        return Some("%".into());
    }
    // 万 and 亿 belong to the measure of a record: 8亿元.
    let at = end_of_digits(prose, number);
    Some(zh::amount_at(&prose.slice(at..at + LONGEST_MEASURE))?.to_owned())
}

/// Whether a list of targets goes on behind a 、: 新增企业25家、中小企业15家.
fn carries_on(prose: &Prose<'_>, start: usize) -> bool {
    let clause = (0..start).rev().take_while(|&at| !"，。；：！？\n".contains(prose.at(at))).last();
    let Some(from) = clause.filter(|_| prose.before(start) == '、') else { return false };
    let listed = prose.slice(from..start);
    listed.contains(|c: char| c.is_ascii_digit())
        && BEGIN.split(' ').any(|word| listed.contains(word))
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
    let behind = end_of_digits(prose, number) + measure.chars().count();
    let limit = prose.slice(behind..behind + 3);
    let limited = zh::compared_behind(&limit);
    let at_least = limited.is_some_and(|(comparison, _)| comparison != Comparison::Le);
    // 不超过15万元的贷款, 3亿元以上项目: what is meant, not how much of it.
    let next = prose.at(behind + limited.map_or(0, |(_, len)| limit[..len].chars().count()));
    if next == '的' || at_least && is_han(next) {
        return None;
    }
    let compared = zh::compared_before(&before);
    let begins = BEGIN.split(' ').any(|word| before.contains(word))
        || compared.is_some_and(|(comparison, _)| comparison != Comparison::Eq)
        || carries_on(prose, start)
        || number.percent && SHARES.iter().any(|share| before.ends_with(share));
    // 第3个, 前3名: an order, no amount; 每5个: a rate.
    let ordinal = before.ends_with(['第', '前', '每', '这', '“'])
        || before.chars().any(|c| c.is_ascii_digit());
    if ordinal || !(limited.is_some() || begins) {
        return None;
    }
    let comparison = zh::compares(&before, &limit).unwrap_or(Comparison::Eq);
    let cut = &before[..before.len() - compared.map_or(0, |(_, len)| len)];
    let name: String = cut.chars().filter(|&c| is_han(c) || c.is_alphanumeric()).collect();
    (name.chars().count() >= 2).then_some((name, comparison.key()))
}
