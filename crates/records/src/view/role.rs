//! The role of a unit in a task, as a sheet prints it.

use serde::Serialize;

use crate::publication::{Role, Task};

/// A printed role: its word, and what stands in brackets behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownRole {
    /// What the word says: a unit alone has 责任, whatever the record calls it.
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
            Self::Sole => "单独承担",
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
            Self { role: Role::Responsible, note: Some(RoleNote::Sole) }
        } else {
            Self { role: task.role, note: None }
        }
    }

    /// What it is counted as: a lead for the own area is one lead more.
    pub(super) fn counted(self) -> Self {
        Self { note: self.note.filter(|note| *note == RoleNote::Sole), ..self }
    }

    /// 牵头, 责任, 配合, 责任（单独承担）, 牵头（本辖区）.
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
