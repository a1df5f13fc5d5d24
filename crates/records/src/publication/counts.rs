//! How many tasks a unit has: the one rule by which sheets, index, breakdown, lists and mails count.

use super::assignment::Role;
use super::tasks::Task;

/// How many tasks of a unit are of which role. A task that it has only because it does the work of
/// another body is the body's: it is counted there, and here apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// 牵头, those that it has alone among them.
    pub leading: usize,
    /// Those that it leads because nobody else is named.
    pub sole: usize,
    /// 责任
    pub responsible: usize,
    /// 配合
    pub cooperating: usize,
    /// Tasks of bodies whose work it does.
    pub by_proxy: usize,
}

impl Counts {
    /// Counts tasks of one unit.
    pub fn of<'a>(tasks: impl IntoIterator<Item = &'a Task>) -> Self {
        let mut counts = Self::default();
        counts.add(tasks);
        counts
    }

    /// Counts more tasks of the same unit.
    pub fn add<'a>(&mut self, tasks: impl IntoIterator<Item = &'a Task>) {
        for task in tasks {
            if !task.named {
                self.by_proxy += 1;
                continue;
            }
            match task.role {
                Role::Lead => self.leading += 1,
                Role::Responsible => self.responsible += 1,
                Role::Cooperating => self.cooperating += 1,
            }
            self.sole += usize::from(task.sole);
        }
    }

    /// The unit's own tasks.
    pub fn total(&self) -> usize {
        self.leading + self.responsible + self.cooperating
    }

    /// `牵头5项（其中独立承担1项）、责任5项`; empty without an own task.
    pub fn print(&self) -> String {
        let mut parts = Vec::new();
        if self.leading > 0 {
            let sole = match self.sole {
                0 => String::new(),
                sole => format!("（其中独立承担{sole}项）"),
            };
            parts.push(format!("牵头{}项{sole}", self.leading));
        }
        for (count, role) in
            [(self.responsible, Role::Responsible), (self.cooperating, Role::Cooperating)]
        {
            if count > 0 {
                parts.push(format!("{}{count}项", role.print()));
            }
        }
        parts.join("、")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_words() {
        let counts = Counts { leading: 5, sole: 1, responsible: 5, ..Counts::default() };
        assert_eq!(counts.print(), "牵头5项（其中独立承担1项）、责任5项");
        assert_eq!(counts.total(), 10);
        let counts = Counts { responsible: 2, cooperating: 1, by_proxy: 3, ..Counts::default() };
        assert_eq!((counts.print().as_str(), counts.total()), ("责任2项、配合1项", 3));
        assert_eq!(Counts::default().print(), "");
    }
}
