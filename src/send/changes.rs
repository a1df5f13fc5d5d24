//! What a correction changes for one unit: tasks added, removed and altered.

use serde::Serialize;

use super::sheet_content::{SheetContent, SheetContentRow};

/// The differences between two versions of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// What changed about the whole sheet.
    pub about: Vec<Change>,
    /// Tasks that are new.
    pub added: Vec<Named>,
    /// Tasks that are gone.
    pub removed: Vec<Named>,
    /// Tasks that are others now.
    pub altered: Vec<Altered>,
    /// Tasks that only have another number now.
    pub renumbered: Vec<Change>,
}

/// A task by its number and the beginning of its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its number, as printed.
    pub label: String,
    /// Its text.
    pub task: String,
}

/// A task with what is another now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Altered {
    /// Its number now.
    pub label: String,
    /// Its text now.
    pub task: String,
    /// What changed.
    pub changes: Vec<Change>,
}

/// A value before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it is, in the words of the sheet.
    pub what: &'static str,
    /// Before; empty where there was none.
    pub before: String,
    /// After; empty where there is none.
    pub after: String,
}

impl Changes {
    /// What `new` changes of `old`.
    pub fn between(old: &SheetContent, new: &SheetContent) -> Self {
        let about = [
            ("标题", old.title.clone(), new.title.clone()),
            ("文号", text(&old.doc_number), text(&new.doc_number)),
            ("成文日期", text(&old.date), text(&new.date)),
            ("发文机关", text(&old.organ), text(&new.organ)),
            ("文稿", text(&old.draft), text(&new.draft)),
            ("单位名称", old.unit.clone(), new.unit.clone()),
            ("报送要求", old.reporting.concat(), new.reporting.concat()),
        ];
        let mut changes = Self { about: differing(about), ..Self::default() };
        // Nobody wants to read two whole texts in a letter.
        if old.text.is_some() && new.text.is_some() && old.text != new.text {
            let [before, after] = ["上次发的文本", "本次所附的文本"].map(String::from);
            changes.about.push(Change { what: "正文", before, after });
        }
        let partners = pair(&old.rows, &new.rows);
        for (place, row) in new.rows.iter().enumerate() {
            match partners[place].map(|before| &old.rows[before]) {
                None => changes.added.push(named(row)),
                Some(before) => changes.compare(before, row),
            }
        }
        let kept = |place: &usize| partners.contains(&Some(*place));
        changes.removed =
            (0..old.rows.len()).filter(|p| !kept(p)).map(|p| named(&old.rows[p])).collect();
        changes
    }

    /// Whether there is none that could be named (the order alone may be another).
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn compare(&mut self, old: &SheetContentRow, new: &SheetContentRow) {
        let list = |list: &[String]| list.join("；");
        let names = |list: &[String]| list.join("、");
        let changes = differing([
            ("所属部分", old.section.clone(), new.section.clone()),
            ("任务", old.task.clone(), new.task.clone()),
            ("年度目标", list(&old.targets), list(&new.targets)),
            ("本单位具体任务", old.own.clone(), new.own.clone()),
            ("本单位指标", list(&old.own_targets), list(&new.own_targets)),
            ("职责", old.role.clone(), new.role.clone()),
            ("牵头单位", names(&old.leads), names(&new.leads)),
            ("牵头单位联系人", names(&old.lead_contacts), names(&new.lead_contacts)),
            ("其他单位", names(&old.others), names(&new.others)),
            ("完成时限", text(&old.deadline), text(&new.deadline)),
        ]);
        let number = differing([("序号", old.label.clone(), new.label.clone())]);
        if changes.is_empty() {
            self.renumbered.extend(number);
        } else {
            let changes = number.into_iter().chain(changes).collect();
            let Named { label, task } = named(new);
            self.altered.push(Altered { label, task, changes });
        }
    }
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn named(row: &SheetContentRow) -> Named {
    Named { label: row.label.clone(), task: row.task.clone() }
}

fn differing<const N: usize>(values: [(&'static str, String, String); N]) -> Vec<Change> {
    values
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(what, before, after)| {
            let (before, after) = around(&before, &after);
            Change { what, before, after }
        })
        .collect()
}

/// Texts that are longer than this are shown around what differs in them.
const LONG: usize = 40;

/// How many characters are shown on both sides of what differs.
const SIDE: usize = 10;

/// The parts of two long texts that differ, with a little of what stands on both sides.
fn around(before: &str, after: &str) -> (String, String) {
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    if old.len().min(new.len()) < LONG {
        return (before.into(), after.into());
    }
    let same = |(a, b): &(&char, &char)| a == b;
    let head = old.iter().zip(&new).take_while(same).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(same).count();
    let (skip, end) = (head.saturating_sub(SIDE), tail.saturating_sub(SIDE));
    let cut = |text: &[char]| {
        let inner: String = text[skip..text.len() - end].iter().collect();
        let dots = |cut: usize| if cut > 0 { "…" } else { "" };
        format!("{}{inner}{}", dots(skip), dots(end))
    };
    (cut(&old), cut(&new))
}

/// For each new row the old one that it was, each old one once: equal ones first, then those
/// with the same text, then those whose texts are most alike.
fn pair(old: &[SheetContentRow], new: &[SheetContentRow]) -> Vec<Option<usize>> {
    let mut partners = vec![None; new.len()];
    let mut free: Vec<bool> = vec![true; old.len()];
    let tests: [Same; 2] = [|a, b| a == b, |a, b| a.task == b.task];
    for same in tests {
        for (place, row) in new.iter().enumerate() {
            if partners[place].is_some() {
                continue;
            }
            if let Some(found) = (0..old.len()).find(|&p| free[p] && same(&old[p], row)) {
                partners[place] = Some(found);
                free[found] = false;
            }
        }
    }
    let mut likely = Vec::new();
    for (place, row) in new.iter().enumerate().filter(|&(place, _)| partners[place].is_none()) {
        for before in (0..old.len()).filter(|&p| free[p]) {
            let mut alike = strsim::normalized_levenshtein(&old[before].task, &row.task);
            if old[before].label == row.label && old[before].section == row.section {
                alike += SAME_PLACE;
            }
            if alike >= ALIKE {
                likely.push((alike, place, before));
            }
        }
    }
    // Ties: the first in both orders.
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, place, before) in likely {
        if partners[place].is_none() && free[before] {
            partners[place] = Some(before);
            free[before] = false;
        }
    }
    partners
}

/// Whether two rows are the same task.
type Same = fn(&SheetContentRow, &SheetContentRow) -> bool;

/// How alike two texts are that count as one task altered, 1 being equal.
const ALIKE: f64 = 0.5;

/// What the same number in the same section adds: there, a text may differ more.
const SAME_PLACE: f64 = 0.2;

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, task: &str) -> SheetContentRow {
        SheetContentRow { label: label.into(), task: task.into(), ..SheetContentRow::default() }
    }

    fn said(rows: &[SheetContentRow]) -> SheetContent {
        SheetContent { rows: rows.to_vec(), ..SheetContent::default() }
    }

    #[test]
    fn nothing_changes_nothing() {
        let one = said(&[row("1", "开工重大项目10个。"), row("2", "新建学校2所。")]);
        assert!(Changes::between(&one, &one).is_empty());
    }

    #[test]
    fn added_removed_altered_and_renumbered() {
        let deadline = |when: &str| SheetContentRow {
            deadline: Some(when.into()),
            ..row("1", "开工重大项目10个。")
        };
        let old = said(&[deadline("2025年6月"), row("2", "新建学校2所。"), row("3", "整治河道。")]);
        let new = said(&[
            row("1", "举办招聘会一批，服务高校毕业生。"),
            SheetContentRow { label: "2".into(), ..deadline("2025年9月") },
            row("3", "新建学校2所。"),
        ]);
        let changes = Changes::between(&old, &new);
        assert_eq!(changes.added, [named(&new.rows[0])]);
        assert_eq!(changes.removed, [named(&old.rows[2])]);
        let change = |what, before: &str, after: &str| Change {
            what,
            before: before.into(),
            after: after.into(),
        };
        assert_eq!(changes.altered.len(), 1);
        assert_eq!(
            changes.altered[0].changes,
            [change("序号", "1", "2"), change("完成时限", "2025年6月", "2025年9月")]
        );
        assert_eq!(changes.renumbered, [change("序号", "2", "3")]);
    }

    #[test]
    fn a_text_that_was_changed_is_the_same_task() {
        let old = said(&[row("1", "开工重大项目10个，总投资50亿元。"), row("2", "新建学校。")]);
        let new = said(&[row("1", "开工重大项目12个，总投资60亿元。"), row("2", "新建学校。")]);
        let changes = Changes::between(&old, &new);
        assert!(changes.added.is_empty() && changes.removed.is_empty());
        assert_eq!(changes.altered[0].changes[0].what, "任务");
    }

    #[test]
    fn long_texts_are_shown_around_the_difference() {
        let text = |n: &str| format!("{}规模达到{n}以上{}", "甲".repeat(30), "乙".repeat(30));
        let (before, after) = around(&text("500P"), &text("520P"));
        assert!(
            before.starts_with("…甲")
                && before.contains("规模达到500P以上")
                && before.ends_with("乙…"),
            "{before}"
        );
        assert_eq!(after.chars().count(), before.chars().count());
        assert!(after.contains("520P"));
        assert_eq!(around("短", "长"), ("短".into(), "长".into()));
        let (before, after) = around(&"甲".repeat(50), &"甲".repeat(60));
        assert_eq!((before.chars().count(), after.chars().count()), (11, 21));
    }

    #[test]
    fn equal_tasks_pair_off_one_by_one() {
        let one = row("1", "新建学校。");
        let changes =
            Changes::between(&said(std::slice::from_ref(&one)), &said(&[one.clone(), one]));
        assert_eq!((changes.added.len(), changes.removed.len()), (1, 0));
    }
}
