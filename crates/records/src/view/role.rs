//! The role of a unit in a task, as a sheet prints it.

use serde::Serialize;

use crate::publication::{Role, Task};

/// A printed role: its word, and what stands in brackets behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownRole {
    /// What the word says.
    pub role: Role,
    /// What stands in brackets.
    pub note: Option<RoleNote>,
}

/// What is special about a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleNote {
    /// The unit is the only one of its task.
    Sole,
    /// Each member of a group leads for its own area.
    OwnArea,
}

impl RoleNote {
    /// The words in the brackets.
    pub fn print(self) -> &'static str {
        match self {
            Self::Sole => "独立",
            Self::OwnArea => "本辖区",
        }
    }
}

impl ShownRole {
    /// The role of a task.
    pub(super) fn of(task: &Task) -> Self {
        if task.own_area {
            Self { role: Role::Lead, note: Some(RoleNote::OwnArea) }
        } else if task.sole {
            Self { role: task.role, note: Some(RoleNote::Sole) }
        } else {
            Self { role: task.role, note: None }
        }
    }

    /// 牵头, 牵头（独立）, 责任, 配合; 牵头（本辖区） of a group's members.
    pub fn print(self) -> String {
        let word = self.role.print();
        self.note.map_or_else(|| word.into(), |note| format!("{word}（{}）", note.print()))
    }
}

/// Templates see `key`, `word` and `note`.
impl Serialize for ShownRole {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Parts {
            key: Role,
            word: &'static str,
            note: Option<&'static str>,
        }
        let note = self.note.map(RoleNote::print);
        Parts { key: self.role, word: self.role.print(), note }.serialize(serializer)
    }
}
