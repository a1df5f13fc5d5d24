//! Whom a document goes to: the units behind its recipients, then whoever gets a copy.

use super::{Publication, UnitId};

/// Somebody who gets a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// The unit; `None` where the registry does not know who is meant.
    pub unit: Option<UnitId>,
    /// The unit's name, or the words of the record.
    pub name: String,
    /// 主送, 抄送, 报, 送 or 发.
    pub role: &'static str,
}

impl Publication {
    /// Everybody whom this document goes to, nobody twice, in the order of the record.
    pub fn addressees(&self) -> Vec<Addressee> {
        let mut all: Vec<Addressee> = Vec::new();
        for recipient in &self.recipients {
            self.add(&recipient.text, Some(&recipient.units[..]), "主送", &mut all);
        }
        let copies = self.record.common.copies.iter().flatten().map(|line| ("抄送", line));
        let circulation = self.record.circulation.iter().flat_map(|lists| lists.lists());
        for (role, line) in copies.chain(circulation) {
            for name in line.split(['，', '、', '；', '。', '\n']) {
                self.add(name, self.units_behind(name.trim()).as_deref(), role, &mut all);
            }
        }
        all
    }

    /// The units that are sent something of their own: those with a sheet; of a document without
    /// tasks, those that the document itself goes to.
    pub fn sent_to(&self) -> Vec<UnitId> {
        if !self.items.is_empty() {
            return self.sheet_units(&self.tasks());
        }
        let mut units: Vec<UnitId> =
            self.addressees().into_iter().filter_map(|addressee| addressee.unit).collect();
        units.sort();
        units
    }

    fn units_behind(&self, name: &str) -> Option<Vec<UnitId>> {
        let units = self.registry.look_up(name).map(|named| self.registry.units_of(named));
        units.or_else(|| self.registry.wording(name).map(<[_]>::to_vec))
    }

    fn add(
        &self,
        words: &str,
        units: Option<&[UnitId]>,
        role: &'static str,
        all: &mut Vec<Addressee>,
    ) {
        let mut one = |unit: Option<UnitId>, name: &str| {
            if !name.is_empty() && !all.iter().any(|known| known.name == name) {
                all.push(Addressee { unit, name: name.to_string(), role });
            }
        };
        match units {
            None | Some([]) => one(None, words.trim()),
            Some(units) => {
                units.iter().for_each(|&unit| one(Some(unit), &self.registry.unit(unit).name));
            }
        }
    }
}
