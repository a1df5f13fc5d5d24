//! A unit under another name, everywhere it is named.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Editing;
use crate::content::LoadedRegistry;
use crate::content::yaml::{Document, Node, NodeKind, parse};
use crate::edit::value::{Change, Step, Value};
use crate::publication::split_qualifier;
use base::diag::{Diagnostic, Diagnostics, Source, SourceText, Span};
use base::text;

/// What renaming did.
#[derive(Debug, Default)]
pub struct Renamed {
    /// How many names were changed.
    pub names: usize,
    /// Where the old name still stands in a text, which people have to read.
    pub mentions: Vec<Span>,
    /// Publications that were issued and so keep the old name.
    pub kept: Vec<String>,
}

/// Keys whose values are names of units, one or several.
const NAMES: [&str; 11] = [
    "units",
    "leads",
    "responsible",
    "cooperating",
    "members",
    "except",
    "to",
    "recipients",
    "unit",
    "served_by",
    "name",
];

impl Editing<'_> {
    /// Gives a unit another name: in the registry, where the old one stays as an alias, in items,
    /// sections, attachments, recipients and reports of the publications that use the registry,
    /// but not in those of `issued`.
    ///
    /// # Errors
    /// When there is no such unit, the new name is taken, or a file cannot be changed.
    pub fn rename_unit(
        &mut self,
        old: &str,
        new: &str,
        full_name: Option<&str>,
        issued: &BTreeSet<String>,
    ) -> Result<Renamed, Diagnostics> {
        let (old, new) = (old.trim(), new.trim());
        let project = self.project;
        let holding: Vec<usize> = (0..project.registries.len())
            .filter(|&at| unit_of(&project.registries[at], old).is_some())
            .collect();
        if holding.is_empty() {
            return Err(no_unit(&project.registries, old).into());
        }
        if new.is_empty() || new == old {
            return Err(no_name(new).into());
        }
        let mut renamed = Renamed::default();
        for &at in &holding {
            self.in_registry(&project.registries[at], old, new, full_name, &mut renamed)?;
        }
        // The project's defaults name units too.
        self.in_file(&project.source, old, new, &mut renamed)?;
        for loaded in &project.publications {
            if !loaded.registry.is_some_and(|at| holding.contains(&at)) {
                continue;
            }
            if issued.contains(&loaded.id) {
                if loaded.sources.iter().any(|source| source.text().contains(old)) {
                    renamed.kept.push(loaded.id.clone());
                }
                continue;
            }
            for source in &loaded.sources {
                self.in_file(source, old, new, &mut renamed)?;
            }
        }
        Ok(renamed)
    }

    fn in_registry(
        &mut self,
        registry: &LoadedRegistry,
        old: &str,
        new: &str,
        full_name: Option<&str>,
        renamed: &mut Renamed,
    ) -> Result<(), Diagnostics> {
        let (Some(record), Some(source)) = (&registry.record, &registry.source) else {
            return Ok(());
        };
        let Some(at) = unit_of(registry, old) else { return Ok(()) };
        let mut own_alias = None;
        for (place, unit) in record.units.iter().enumerate() {
            let names = std::iter::once(&unit.name).chain(&unit.full_name).chain(&unit.aliases);
            for name in names.filter(|name| name.trim() == new) {
                if place != at {
                    return Err(taken(new, name.span()).into());
                }
                if unit.full_name.as_ref() != Some(name) {
                    own_alias = unit.aliases.iter().position(|alias| alias.trim() == new);
                }
            }
        }
        for group in &record.groups {
            let mut names = std::iter::once(&group.name).chain(&group.aliases);
            if let Some(name) = names.find(|name| name.trim() == new) {
                return Err(taken(new, name.span()).into());
            }
        }
        self.in_file(source, old, new, renamed)?;
        let Some(name) = super::path_of(record.units[at].name.span()) else { return Ok(()) };
        let unit = &name[..name.len().saturating_sub(1)];
        let below = |steps: &[Step]| [unit, steps].concat();
        let aliases = Step::Key("aliases".into());
        let mut changes = vec![Change::Set { path: name.clone(), value: Value::Text(new.into()) }];
        let mut known: Vec<Value> =
            record.units[at].aliases.iter().map(|a| Value::Text(a.to_string())).collect();
        if let Some(place) = own_alias {
            known.remove(place);
        }
        known.push(Value::Text(old.into()));
        changes.push(Change::Set { path: below(&[aliases]), value: Value::List(known) });
        if let Some(full) = full_name {
            let path = below(&[Step::Key("full_name".into())]);
            changes.push(Change::Set { path, value: Value::Text(full.into()) });
        }
        renamed.names += 1;
        self.change(source.path(), &changes)
    }

    /// Changes the names in a file, all at once: names behind an alias change together.
    fn in_file(
        &mut self,
        source: &Arc<Source>,
        old: &str,
        new: &str,
        renamed: &mut Renamed,
    ) -> Result<(), Diagnostics> {
        if !source.text().contains(old) {
            return Ok(());
        }
        let (document, _) = parse(source);
        let mut found = Found { old, new, texts: BTreeMap::new(), mentions: Vec::new() };
        let is_registry =
            source.path().ends_with("units.yaml") || source.path().ends_with("units.yml");
        if let Some(root) = &document.root {
            found.look(root, &mut Vec::new(), is_registry, false);
        }
        renamed.names += found.texts.len();
        renamed
            .mentions
            .extend(found.mentions.into_iter().filter(|span| !is_comment(&document, span)));
        if found.texts.is_empty() {
            return Ok(());
        }
        self.change(source.path(), &[Change::Texts(found.texts.into_iter().collect())])
    }
}

fn is_comment(document: &Document, span: &Span) -> bool {
    let at = span.range().start;
    document.comments.iter().any(|comment| comment.span.range().contains(&at))
}

struct Found<'a> {
    old: &'a str,
    new: &'a str,
    texts: BTreeMap<Vec<Step>, String>,
    mentions: Vec<Span>,
}

impl Found<'_> {
    /// Looks for the name in a value; `named` where it is one of a unit.
    fn look(&mut self, node: &Node, path: &mut Vec<Step>, registry: bool, named: bool) {
        match &node.kind {
            NodeKind::Blank => {}
            NodeKind::Text(text) => self.text(text, path, named),
            NodeKind::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    path.push(Step::At(at));
                    self.look(item, path, registry, named);
                    path.pop();
                }
            }
            NodeKind::Map(entries) => {
                for entry in entries {
                    let key = entry.key.as_str();
                    // A unit's own entry in the registry is renamed by itself; its aliases,
                    // qualifiers and wordings are no names of others.
                    let own = registry && path.len() == 2 && is_units(path);
                    if own
                        && key == "name"
                        && entry.value.as_text().is_some_and(|n| n.trim() == self.old)
                    {
                        continue;
                    }
                    let counts = match key {
                        "served_by" => true,
                        _ if own => false,
                        // The wording of recipients, a cell of a table, a line of 抄送.
                        "text" => named && !registry || is_wording(path),
                        "rows" | "copies" => true,
                        "name" => named,
                        _ => NAMES.contains(&key),
                    };
                    path.push(Step::Key(key.to_owned()));
                    self.look(&entry.value, path, registry, counts);
                    path.pop();
                }
            }
        }
    }

    fn text(&mut self, text: &SourceText, path: &[Step], named: bool) {
        if !text.contains(self.old) {
            return;
        }
        if named && let Some(new) = renamed(text, self.old, self.new) {
            self.texts.insert(path.to_vec(), new);
            return;
        }
        // The registry keeps the old name as an alias, and a longer name is another one.
        if let Some(at) = text.find(self.old)
            && text.span().used().is_none()
        {
            self.mentions.push(text.span_of(at..at + self.old.len()));
        }
    }
}

fn is_units(path: &[Step]) -> bool {
    matches!(path.first(), Some(Step::Key(key)) if key == "units")
}

fn is_wording(path: &[Step]) -> bool {
    matches!(path.first(), Some(Step::Key(key)) if key == "recipients")
}

/// The text of a name, or of several with marks between, with one of them renamed.
fn renamed(text: &str, old: &str, new: &str) -> Option<String> {
    let mut changed = false;
    let mut written = String::new();
    for piece in text.split_inclusive(['、', '，', ',', '；', ';', '\n']) {
        let mark = piece.chars().next_back().filter(|c| "、，,；;\n".contains(*c));
        let name = mark.map_or(piece, |mark| &piece[..piece.len() - mark.len_utf8()]);
        let trimmed = name.trim();
        let base = split_qualifier(trimmed).map_or(trimmed, |(base, _)| base);
        if base == old {
            written.push_str(&piece.replacen(old, new, 1));
            changed = true;
        } else {
            written.push_str(piece);
        }
    }
    changed.then_some(written)
}

fn unit_of(registry: &LoadedRegistry, name: &str) -> Option<usize> {
    registry.record.as_ref()?.units.iter().position(|unit| unit.name.trim() == name)
}

fn no_unit(registries: &[LoadedRegistry], name: &str) -> Diagnostic {
    let records = registries.iter().filter_map(|registry| registry.record.as_ref());
    let units: Vec<&str> = records.flat_map(|r| &r.units).map(|unit| unit.name.trim()).collect();
    let near = base::nearest::closest(name, units.iter().copied());
    Diagnostic::error(
        "unit-unknown",
        text!("单位名录里没有“{name}”", "“{name}” is not in the registry of units"),
    )
    .help(match near {
        Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
        None => text!(
            "写规范简称；用 yinfa list units 查看单位名录",
            "write its name; `yinfa list units` shows them all"
        ),
    })
}

fn no_name(new: &str) -> Diagnostic {
    Diagnostic::error("edit-name", text!("“{new}”不能作新名称", "“{new}” cannot be the new name"))
        .help(text!("写一个不同的名称", "write another name"))
}

fn taken(new: &str, span: &Span) -> Diagnostic {
    Diagnostic::error(
        "edit-name-taken",
        text!("“{new}”已经是别的单位的名称", "“{new}” is the name of another unit"),
    )
    .at(span)
    .help(text!(
        "换一个名称；两个单位合并的，请手工改单位名录",
        "choose another name; where two units become one, change the registry by hand"
    ))
}
