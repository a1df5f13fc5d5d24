//! A name in a list of units, as it is printed, and whom it means.

use crate::content::schema::assignment::UnitEntry;
use base::diag::{Diagnostic, Diagnostics, Span};
use base::text;

use super::registry::{Named, Registry, UnitId};

/// What stands behind a printed name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// One unit.
    Unit,
    /// A group.
    Group,
    /// 有关单位 or 等: members that the text does not name.
    Unnamed,
}

/// A printed name and the units it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// As printed, with its qualifier.
    pub printed: String,
    /// What it is.
    pub kind: ReferenceKind,
    /// Whom it means, in official order.
    pub units: Vec<UnitId>,
    /// The part of the unit that is meant: 人才办 of 区委组织部（人才办）.
    pub qualifier: Option<String>,
    /// Where it stands.
    pub span: Span,
}

impl Reference {
    /// Resolves an entry. An unknown name is an error and still gives a reference without units,
    /// so that the notice can be listed.
    pub fn resolve(entry: &UnitEntry, registry: &Registry, diags: &mut Diagnostics) -> Self {
        let before = diags.len();
        let printed = entry.name.trim().to_string();
        let span = entry.name.span().clone();
        let mut reference =
            Self { printed, kind: ReferenceKind::Unit, units: Vec::new(), qualifier: None, span };
        if let Some(members) = &entry.members {
            reference.kind = ReferenceKind::Unnamed;
            reference.units = registry.expand_names(members, diags);
        } else {
            let name = entry.group.as_ref().unwrap_or(&entry.name);
            reference.look_up(name.trim(), name.span(), registry, diags);
        }
        let except = registry.expand_names(&entry.except, diags);
        if let Some(name) = entry.except.iter().find(|name| {
            registry
                .look_up(name)
                .is_some_and(|n| !registry.units_of(n).iter().all(|u| reference.units.contains(u)))
        }) {
            diags.push(
                Diagnostic::error(
                    "except-not-member",
                    text!(
                        "“{name}”不在“{group}”之内，不必除外",
                        "“{name}” is not a member of “{group}”",
                        name = &**name,
                        group = &reference.printed
                    ),
                )
                .help(text!("核对名称，或删去这一项", "check the name, or take it out"))
                .at(name.span()),
            );
        }
        reference.units.retain(|unit| !except.contains(unit));
        let has_members = !matches!(&entry.members, Some(members) if members.is_empty());
        if reference.units.is_empty() && (diags.len() == before || !has_members) {
            diags.push(nobody(&reference.printed, &reference.span));
        }
        reference
    }

    /// Whether the printed words leave open whom they mean: the members are known from the records
    /// or the registry alone.
    pub fn leaves_open(&self) -> bool {
        self.kind == ReferenceKind::Unnamed || stands_for_unnamed(&self.printed)
    }

    fn look_up(&mut self, name: &str, span: &Span, registry: &Registry, diags: &mut Diagnostics) {
        let problem = match registry.find(name, span, diags) {
            Ok(found) => {
                if let Named::Group(_) = found.named {
                    self.kind = ReferenceKind::Group;
                }
                self.units = registry.units_of(found.named);
                self.qualifier = found.qualifier;
                return;
            }
            Err(problem) => problem,
        };
        if stands_for_unnamed(name) {
            self.kind = ReferenceKind::Unnamed;
            diags.push(
                Diagnostic::warning(
                    "unit-unnamed",
                    text!(
                        "“{name}”没有指明是哪些单位，谁也不会收到任务单",
                        "“{name}” names nobody: no unit gets this task on its sheet"
                    ),
                )
                .at(span)
                .help(text!(
                    "在这一条写 members: [单位, …] 列出所指单位",
                    "list whom it means under `members:`"
                )),
            );
            return;
        }
        diags.push(problem);
    }
}

/// A name behind which there is nobody: an empty group, or one whose members were all taken out.
fn nobody(name: &str, span: &Span) -> Diagnostic {
    Diagnostic::warning(
        "unit-nobody",
        text!(
            "“{name}”里一个单位也没有，谁也不会收到任务单",
            "there is no unit in “{name}”: nobody gets this task on a sheet"
        ),
    )
    .at(span)
    .help(text!("请核对单位组的成员和 except", "check the group's members and `except`"))
}

/// Whether a name stands for members that the text does not name: 等, 等有关部门, 区级有关单位,
/// 相关街道.
fn stands_for_unnamed(name: &str) -> bool {
    name.starts_with('等') || name.contains("有关") || name.contains("相关")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unnamed_members() {
        for name in ["等", "等有关部门", "区级有关单位", "相关街道", "各有关单位"]
        {
            assert!(stands_for_unnamed(name), "{name}");
        }
        for name in ["区机关事务中心", "平等镇", "各乡镇"] {
            assert!(!stands_for_unnamed(name), "{name}");
        }
    }
}
