//! Errors in the record of an item.

use super::texts::{clause, put};
use super::{Dice, text};
use crate::content::schema::assignment::{Assignment, UnitEntry};
use crate::content::schema::item::ItemRecord;
use crate::content::schema::values::When;

/// Puts one error into the record of an item.
pub(super) type SpoilRecord = fn(&mut ItemRecord, &mut Dice) -> Option<()>;
pub(super) const RECORDS: [(&str, SpoilRecord); 17] = [
    ("unit-twice", |item, dice| {
        let units = &mut item.parts.first_mut()?.assignment.units;
        let unit = units.get(dice.roll(units.len()))?.clone();
        (unit.group.is_none() && !unit.name.starts_with('各')).then(|| units.push(unit))
    }),
    ("lead-cooperating", |item, dice| {
        let assignment = &mut item.parts.first_mut()?.assignment;
        let unit = assignment.units.get(dice.roll(assignment.units.len()))?.clone();
        (unit.group.is_none() && !unit.name.starts_with('各'))
            .then(|| assignment.cooperating.push(unit))
    }),
    ("unit-alias", |item, _| {
        let units = &mut item.parts.first_mut()?.assignment.units;
        let unit = units.iter_mut().find(|unit| &*unit.name == "区人力社保局")?;
        unit.name = text("区人社局");
        Some(())
    }),
    ("target-not-in-text", |item, dice| {
        let targets = &mut item.targets;
        let at = dice.roll(targets.len());
        let value = &mut targets.get_mut(at)?.value;
        *value = text(&format!("{}7", &**value));
        Some(())
    }),
    ("target-unrecorded", |item, dice| {
        let at = dice.roll(item.targets.len());
        (!item.targets.is_empty()).then(|| drop(item.targets.remove(at)))
    }),
    ("deadline-past", |item, dice| {
        // In the record and in the text in turn.
        if dice.roll(2) == 0 {
            item.deadline.as_mut()?.value.when = When::Month(2024, 1 + dice.roll(12) as i8);
            return Some(());
        }
        let words = ["2月底前", "1月20日前", "2024年12月底前", "2024年底前"];
        let words = words[dice.roll(words.len())];
        let part = &mut item.parts.last_mut()?.text;
        *part = text(&clause(part.chars().collect(), dice, &format!("{words}完成方案制定，"))?);
        Some(())
    }),
    ("deadline-year", |item, dice| {
        item.deadline.as_mut()?.value.when = When::Month(2026 + dice.roll(3) as i16, 6);
        Some(())
    }),
    ("unit-unknown", |item, dice| {
        let unit = unit(item, dice)?;
        let chars: Vec<char> = unit.name.chars().collect();
        let at = 1 + dice.roll(chars.len() - 1);
        unit.name = text(&put(chars, at, 1, "某")?);
        Some(())
    }),
    ("qualifier-unknown", |item, dice| {
        let unit = unit(item, dice)?;
        let plain = !unit.name.contains('（') && !unit.name.starts_with('各');
        plain.then(|| unit.name = text(&format!("{}（综合科）", &*unit.name)))
    }),
    ("unit-unnamed", |item, _| {
        let units = &mut item.parts.first_mut()?.assignment.units;
        let mut unit = units.first()?.clone();
        unit.name = text("区级有关单位");
        units.push(unit);
        Some(())
    }),
    ("unit-in-group", |item, _| {
        let units = &mut item.parts.first_mut()?.assignment.units;
        let place = units.iter().position(|unit| &*unit.name == "各街道")?;
        let mut unit = units[place].clone();
        unit.name = text("澄月街道");
        units.push(unit);
        Some(())
    }),
    ("outside-only", |item, _| {
        item.parts.iter_mut().skip(1).for_each(|part| part.assignment = Assignment::default());
        let assignment = &mut item.parts.first_mut()?.assignment;
        let mut unit = assignment.units.first()?.clone();
        unit.name = text("市数据集团");
        *assignment = Assignment { units: vec![unit], ..Assignment::default() };
        Some(())
    }),
    ("unit-spelling", |item, dice| {
        let forms = ["区委宣传部〔网信办〕", "区委宣传部（区网信办）", "区委宣传部[网信办]"];
        let units = &mut item.parts.first_mut()?.assignment.units;
        let mut unit = units.first()?.clone();
        unit.name = text(forms[dice.roll(forms.len())]);
        units.push(unit);
        Some(())
    }),
    ("unit-order", |item, dice| {
        let units = &mut item.parts.first_mut()?.assignment.units;
        let (one, other) = (1 + dice.roll(units.len() - 1), 1 + dice.roll(units.len() - 1));
        (units.len() > 2 && one != other).then(|| units.swap(one, other))
    }),
    ("item-without-unit", |item, _| {
        item.parts.iter_mut().for_each(|part| part.assignment = Assignment::default());
        Some(())
    }),
    ("attachment-title", |item, dice| {
        let forms = ["《2025年数字化主要指标》（见附件2）", "附件2《2025年数字化发展指标》"];
        let form = forms[dice.roll(forms.len())];
        let part = &mut item.parts.last_mut()?.text;
        *part = text(&clause(part.chars().collect(), dice, &format!("对照{form}，"))?);
        Some(())
    }),
    ("target-in-table", |item, dice| {
        // The number changes in text and record; the table keeps the old one.
        let at = dice.roll(item.targets.len());
        let target = item.targets.get_mut(at)?;
        let old = target.value.to_string();
        if !IN_TABLE.contains(&&*target.name) {
            return None;
        }
        let new = format!("{old}7");
        target.value = text(&new);
        for part in &mut item.parts {
            part.text = text(&part.text.replace(&old, &new));
        }
        Some(())
    }),
];

/// Targets that the sample's table of figures repeats.
const IN_TABLE: [&str; 3] = ["新建5G基站", "公共算力规模", "新引进亿元以上数字经济项目"];

/// A random unit of an item.
fn unit<'a>(item: &'a mut ItemRecord, dice: &mut Dice) -> Option<&'a mut UnitEntry> {
    let units = &mut item.parts.first_mut()?.assignment.units;
    let at = dice.roll(units.len());
    units.get_mut(at)
}
