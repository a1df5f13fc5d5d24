//! The item files: one for each outermost section.

use super::file::File;
use super::names::Names;
use super::prose::{prose, strong};
use super::yaml::Yaml;
use crate::draft::{Draft, Item, Part, Section};
use crate::targets;
use crate::units::{Assigned, Entry};
use base::zh::numeral;

/// Writes the item files.
pub(super) fn write(draft: &Draft, names: &Names, rewordings: &[Option<String>]) -> Vec<File> {
    let mut files = Vec::new();
    let mut place = 0;
    let mut rewordings = rewordings.iter();
    let filled = draft.sections.iter().filter(|s| !s.all_items().is_empty()).count();
    let width = filled.to_string().len().max(2);
    for section in &draft.sections {
        let all = section.walk();
        let mut yaml = Yaml::default();
        if let Some(heading) = &section.heading {
            let number = section.number.map(|(style, n)| match style {
                records::content::schema::section::NumberStyle::Han => format!("{}、", numeral(n)),
                style => style.label(n),
            });
            yaml.comment(&format!("{}{heading}", number.unwrap_or_default()));
            yaml.gap();
        }
        let one = all.iter().filter(|s| !s.items.is_empty()).count() == 1;
        for section in &all {
            let name = names.reference(place, section);
            place += 1;
            if section.items.is_empty() {
                continue;
            }
            if one {
                yaml.field("section", name);
                yaml.open("items", |yaml| entries(yaml, section, None, names, &mut rewordings));
            } else {
                entries(&mut yaml, section, Some(name), names, &mut rewordings);
            }
        }
        if all.iter().any(|s| !s.items.is_empty()) {
            let path = format!("items/{:0width$}.yaml", files.len() + 1);
            files.push(File { path, text: yaml.finish() });
        }
    }
    files
}

fn entries<'r>(
    yaml: &mut Yaml,
    section: &Section,
    name: Option<&str>,
    names: &Names,
    rewordings: &mut impl Iterator<Item = &'r Option<String>>,
) {
    for (n, item) in section.items.iter().enumerate() {
        if n > 0 || name.is_some() {
            yaml.gap();
        }
        let write = |yaml: &mut Yaml, rewordings: &mut dyn Iterator<Item = &'r Option<String>>| {
            yaml.item(|yaml| {
                if let Some(name) = name {
                    yaml.field("section", name);
                }
                write_item(yaml, item, names, rewordings);
            });
        };
        if name.is_some() {
            // A list at the top of a file is not indented.
            yaml.outdented(|yaml| write(yaml, rewordings));
        } else {
            write(yaml, rewordings);
        }
    }
}

fn write_item(
    yaml: &mut Yaml,
    item: &Item,
    names: &Names,
    rewordings: &mut dyn Iterator<Item = &Option<String>>,
) {
    match &item.parts[..] {
        [part] => write_part(yaml, part, names, rewordings.next().and_then(Option::as_deref)),
        parts => yaml.open("parts", |yaml| {
            for part in parts {
                let reworded = rewordings.next().and_then(Option::as_deref);
                yaml.item(|yaml| write_part(yaml, part, names, reworded));
            }
        }),
    }
    if let Some(due) = &item.due {
        if due.when.print() == due.wording {
            yaml.field("deadline", &due.when.value().replace("long-term", "长期"));
        } else {
            yaml.open("deadline", |yaml| {
                yaml.field("when", &due.when.value().replace("long-term", "长期"));
                yaml.field("text", &due.wording);
            });
        }
    }
    let proposed = targets::propose(&item.plain());
    if !proposed.is_empty() {
        yaml.comment("由导入推测的指标，请核对：");
        yaml.open("targets", |yaml| {
            for target in proposed {
                yaml.flow_entry(&target.fields());
            }
        });
    }
    for comment in &item.comments {
        yaml.comment(&format!("原文还有：{comment}"));
    }
}

fn write_part(yaml: &mut Yaml, part: &Part, names: &Names, reworded: Option<&str>) {
    yaml.block("text", &text_of(part));
    if let Some(words) = reworded {
        yaml.comment(&format!("原文括号：{words}"));
    }
    if let Some(assigned) = &part.assigned {
        assignment(yaml, assigned, names);
    }
}

/// The Markdown of a part: what it is called stands strong before its first paragraph.
fn text_of(part: &Part) -> String {
    let text = prose(&part.text);
    match &part.strong {
        Some(words) => strong(words, &text),
        None => text,
    }
}

/// Writes the units of a part or section.
pub(super) fn assignment(yaml: &mut Yaml, assigned: &Assigned, names: &Names) {
    let (label, units) = labelled(assigned, names);
    list(yaml, "leads", &assigned.leads);
    list(yaml, if assigned.leads.is_empty() { "units" } else { "responsible" }, units);
    list(yaml, "cooperating", &assigned.cooperating);
    if label != names.label {
        yaml.field("label", &label);
    }
}

/// The label, and the units it leaves to be listed: 等有关部门 at their end goes into a label that
/// stands behind the names (A、B等有关部门负责).
fn labelled<'a>(assigned: &'a Assigned, names: &Names) -> (String, &'a [Entry]) {
    let label = assigned.label.clone().unwrap_or_else(|| names.label.clone());
    match assigned.units.split_last() {
        Some((Entry::Etc(words), rest))
            if label.ends_with("负责") && assigned.cooperating.is_empty() && !rest.is_empty() =>
        {
            (format!("{words}{label}"), rest)
        }
        _ => (label, &assigned.units),
    }
}

fn list(yaml: &mut Yaml, key: &str, entries: &[Entry]) {
    let units: Vec<String> = entries.iter().filter_map(Entry::unit).map(str::to_string).collect();
    if units.is_empty() {
        return;
    }
    if units.len() == entries.len() {
        yaml.list(key, &units);
        return;
    }
    yaml.open(key, |yaml| {
        for entry in entries {
            match entry {
                Entry::Unit(name) => yaml.entry(name),
                Entry::Etc(words) => yaml.comment(&format!(
                    "- {{name: {words}, members: []}}  ← 没有指明是谁；要印出来，去掉行首的“# ”并写上单位"
                )),
            }
        }
    });
}
