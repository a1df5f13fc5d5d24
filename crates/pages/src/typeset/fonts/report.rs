//! Which fonts are used, as plain data for a table or JSON.

use std::path::PathBuf;

use serde::Serialize;

use super::{Face, Fonts, Role, Standing};

/// The fonts of one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleReport {
    /// The role.
    pub role: Role,
    /// What the style is called in Chinese.
    pub style: &'static str,
    /// The face that is used; none where nothing serves.
    pub face: Option<FaceReport>,
    /// The faces asked next for characters that it lacks, in order.
    pub then: Vec<FaceReport>,
    /// Punctuation marks taken from another face, which draws them full width.
    pub marks: Option<MarksReport>,
    /// The family names looked for, best first.
    pub chain: Vec<&'static str>,
}

/// One face.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FaceReport {
    /// The family name in Typst.
    pub family: String,
    /// The file.
    pub path: PathBuf,
    /// Its number in a collection.
    pub index: u32,
    /// Its weight.
    pub weight: u16,
    /// How good it is for the role.
    pub standing: Standing,
    /// Whether it is one of the faces that the role is named after.
    pub standard: bool,
}

/// Marks taken from another face.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarksReport {
    /// The marks.
    pub marks: String,
    /// The family they are taken from.
    pub family: String,
}

impl Fonts {
    /// What is used for each role.
    pub fn report(&self) -> Vec<RoleReport> {
        Role::ALL.into_iter().map(|role| self.report_role(role)).collect()
    }

    fn report_role(&self, role: Role) -> RoleReport {
        let describe = |(face, standing): (&Face, Standing)| FaceReport {
            family: face.family().to_owned(),
            path: face.file().path().to_owned(),
            index: face.index(),
            weight: face.weight(),
            standing,
            standard: standing == Standing::Standard,
        };
        let mut faces: Vec<_> = self.faces(role).map(describe).collect();
        let serves = faces.first().is_some_and(|face| face.standing != Standing::LastResort);
        let then = if serves { faces.split_off(1) } else { std::mem::take(&mut faces) };
        RoleReport {
            role,
            style: role.style(),
            face: faces.pop(),
            then,
            marks: self.marks(role).map(|(face, marks)| MarksReport {
                marks: marks.to_owned(),
                family: face.family().to_owned(),
            }),
            chain: role.chain().iter().flat_map(|c| c.names).copied().collect(),
        }
    }
}
