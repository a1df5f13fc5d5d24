//! Who is responsible, resolved, and the bracket that says so.

use crate::content::schema::assignment as record;
use crate::content::schema::notice::LeadConvention;
use base::diag::Diagnostics;

use super::reference::{Reference, ReferenceKind};
use super::registry::Registry;

/// What a unit is in an item, as the record states it: under `lead: first` those behind the
/// first are responsible, not cooperating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 牵头
    Lead,
    /// 责任
    Responsible,
    /// 配合
    Cooperating,
}

impl Role {
    /// The word that sheets print.
    pub fn print(self) -> &'static str {
        match self {
            Self::Lead => "牵头",
            Self::Responsible => "责任",
            Self::Cooperating => "配合",
        }
    }

    /// The word in JSON: `lead`, `responsible`, `cooperating`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Responsible => "responsible",
            Self::Cooperating => "cooperating",
        }
    }
}

impl serde::Serialize for Role {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

/// A printed name with its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignee {
    /// The role.
    pub role: Role,
    /// Who.
    pub reference: Reference,
    /// A group listed first: each of its members leads for its own area.
    pub own_area: bool,
}

/// A piece of a bracket: a name must not be broken across lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words and punctuation.
    Words(String),
    /// A unit's or a group's name.
    Name(String),
}

/// Who is responsible for an item, a part or a section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignment {
    /// All of them, in the order in which they are printed.
    pub assignees: Vec<Assignee>,
    /// The bracket behind the text; empty where nobody is named.
    pub bracket: Vec<Piece>,
}

/// The settings that decide how units are read and printed.
#[derive(Debug, Clone, Copy)]
pub struct Convention<'a> {
    /// Who leads where the record does not say.
    pub lead: LeadConvention,
    /// The label where the record gives none.
    pub label: &'a str,
}

impl Assignment {
    /// Resolves a record. `sentence` is printed inside the bracket, behind the names.
    pub fn resolve(
        record: &record::Assignment,
        convention: Convention<'_>,
        sentence: Option<&str>,
        registry: &Registry,
        diags: &mut Diagnostics,
    ) -> Self {
        let mut resolve = |entries: &[record::UnitEntry]| -> Vec<Reference> {
            entries.iter().map(|entry| Reference::resolve(entry, registry, diags)).collect()
        };
        let leads = resolve(&record.leads);
        let units = resolve(&record.units);
        let responsible = resolve(&record.responsible);
        let cooperating = resolve(&record.cooperating);
        let label = record.label.as_deref().unwrap_or(convention.label);
        let bracket = bracket(label, &leads, &[&units, &responsible], &cooperating, sentence);

        let first_leads = convention.lead == LeadConvention::First;
        let mut assignees = Vec::new();
        let mut assign = |references: Vec<Reference>, role: Role, first_leads: bool| {
            for (place, reference) in references.into_iter().enumerate() {
                let leads = first_leads && place == 0;
                let own_area = leads && reference.kind == ReferenceKind::Group;
                let role = if leads { Role::Lead } else { role };
                assignees.push(Assignee { role, reference, own_area });
            }
        };
        assign(leads, Role::Lead, false);
        assign(units, Role::Responsible, first_leads);
        assign(responsible, Role::Responsible, false);
        assign(cooperating, Role::Cooperating, false);
        Self { assignees, bracket }
    }

    /// Whether nobody is named.
    pub fn is_empty(&self) -> bool {
        self.assignees.is_empty()
    }

    /// The printed names that have a role.
    pub fn printed(&self, role: Role) -> impl Iterator<Item = &str> {
        self.assignees
            .iter()
            .filter(move |assignee| assignee.role == role)
            .map(|assignee| assignee.reference.printed.as_str())
    }

    /// The bracket as plain text.
    pub fn bracket_text(&self) -> String {
        self.bracket
            .iter()
            .map(|piece| match piece {
                Piece::Words(text) | Piece::Name(text) => text.as_str(),
            })
            .collect()
    }
}

/// Writes the bracket. A label that ends in 负责 puts the words behind the names
/// （A牵头，B负责，C配合）, any other one before them （牵头单位：A；责任单位：B；配合单位：C）.
fn bracket(
    label: &str,
    leads: &[Reference],
    responsible: &[&[Reference]],
    cooperating: &[Reference],
    sentence: Option<&str>,
) -> Vec<Piece> {
    let responsible: Vec<&Reference> = responsible.iter().copied().flatten().collect();
    let leads: Vec<&Reference> = leads.iter().collect();
    let cooperating: Vec<&Reference> = cooperating.iter().collect();
    let behind = label.ends_with("负责");
    let body = label.strip_prefix("责任").unwrap_or("单位");
    let (lead_label, other_label) = if behind {
        ("牵头".into(), "配合".into())
    } else {
        (format!("牵头{body}"), format!("配合{body}"))
    };
    let clauses =
        [(leads, lead_label.as_str()), (responsible, label), (cooperating, other_label.as_str())];

    let mut pieces = Pieces::default();
    for (names, label) in clauses.into_iter().filter(|(names, _)| !names.is_empty()) {
        pieces.words(match (pieces.is_empty(), behind) {
            (true, _) => "（",
            (false, true) => "，",
            (false, false) => "；",
        });
        if !behind {
            pieces.words(label);
            pieces.words("：");
        }
        for (place, name) in names.iter().enumerate() {
            if place > 0 && !name.printed.starts_with('等') {
                pieces.words("、");
            }
            pieces.name(&name.printed);
        }
        if behind {
            pieces.words(label);
        }
    }
    if !pieces.is_empty() {
        if let Some(sentence) = sentence {
            // Square brackets: the sentence stands inside round ones.
            pieces.words("〔");
            pieces.words(sentence);
            pieces.words("〕");
        }
        pieces.words("）");
    }
    pieces.0
}

/// Pieces under construction: neighbouring words run together.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn words(&mut self, words: &str) {
        match self.0.last_mut() {
            Some(Piece::Words(last)) => last.push_str(words),
            _ => self.0.push(Piece::Words(words.to_string())),
        }
    }

    fn name(&mut self, name: &str) {
        self.0.push(Piece::Name(name.to_string()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::diag::{Source, Span};

    fn names(names: &[&str]) -> Vec<Reference> {
        let span = Span::file(Source::new("t.yaml", ""));
        names
            .iter()
            .map(|name| Reference {
                printed: name.to_string(),
                kind: ReferenceKind::Unit,
                units: Vec::new(),
                qualifier: None,
                span: span.clone(),
            })
            .collect()
    }

    fn print(label: &str, l: &[&str], r: &[&str], c: &[&str], sentence: Option<&str>) -> String {
        let bracket = bracket(label, &names(l), &[&names(r)], &names(c), sentence);
        Assignment { assignees: Vec::new(), bracket }.bracket_text()
    }

    #[test]
    fn forms_of_the_bracket() {
        assert_eq!(print("责任单位", &[], &["A", "B"], &[], None), "（责任单位：A、B）");
        assert_eq!(
            print("责任单位", &["A"], &["B"], &["C", "D"], None),
            "（牵头单位：A；责任单位：B；配合单位：C、D）"
        );
        assert_eq!(print("责任部门", &["A"], &[], &["B"], None), "（牵头部门：A；配合部门：B）");
        assert_eq!(print("负责", &[], &["A", "B"], &[], None), "（A、B负责）");
        assert_eq!(
            print("按职责分工负责", &["A"], &["B", "C"], &["D"], None),
            "（A牵头，B、C按职责分工负责，D配合）"
        );
        assert_eq!(
            print("责任单位", &[], &["A", "等有关部门"], &[], None),
            "（责任单位：A等有关部门）"
        );
        assert_eq!(
            print("责任单位", &[], &["A"], &[], Some("以下同")),
            "（责任单位：A〔以下同〕）"
        );
        assert_eq!(print("责任单位", &[], &[], &[], Some("以下同")), "");
    }
}
