//! An archived publication to what the catalogue knows of it.

use std::collections::BTreeMap;

use super::audience::Audience;
use super::document::{CopiedFile, Document, Item, RoleNames, Section};
use super::slug::{hash, slug};
use crate::archive::Bag;
use records::publication::{self, AttachmentContent, Publication, Role};

/// The document of an archived publication, with all that the audience may see of it.
pub(super) fn document(
    bag: &Bag,
    publication: &Publication,
    files: Vec<CopiedFile>,
    audience: Audience,
) -> Document {
    let metadata = &bag.metadata;
    let content = &metadata.content;
    let inside = |value: Option<String>| value.filter(|_| !audience.is_public());
    // What the records know and the notice does not print is nobody's business outside.
    let prints_tasks =
        publication.attachments.iter().any(|a| a.content == AttachmentContent::Tasks);
    Document {
        slug: address(bag),
        bag: bag.name.clone(),
        code: metadata.code.as_ref().map(|code| code.code.clone()),
        version: metadata.version.number,
        creator: metadata.provenance.creator.clone(),
        year: metadata.year.clone(),
        date: content.date.clone(),
        title: content.title.clone(),
        number: content.doc_number.clone(),
        organs: content.organs.clone(),
        genre: content.genre.clone(),
        access: content.access.clone(),
        index: content.index.clone(),
        topics: topics(content.topic.iter().chain(&content.keywords)),
        recipients: content.recipients.clone(),
        retention: inside(metadata.code.as_ref().map(|code| code.retention.clone())),
        manuscript: inside(Some(match &metadata.form_features.remark {
            Some(remark) => format!("{}（{remark}）", metadata.form_features.manuscript),
            None => metadata.form_features.manuscript.clone(),
        })),
        contacts: if audience.is_public() { BTreeMap::new() } else { contacts(publication) },
        files,
        ..describe(
            publication,
            Known {
                tasks: prints_tasks || !audience.is_public(),
                // No notice prints them: its table of tasks has the names of the items.
                members: !audience.is_public(),
            },
        )
    }
}

/// What of the records is told.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Targets and deadlines.
    tasks: bool,
    /// The members of names that leave open whom they mean, such as 有关单位.
    members: bool,
}

/// The document of a publication that is in no package, with all that its records say, without files.
pub fn of_publication(publication: &Publication) -> Document {
    describe(publication, Known { tasks: true, members: true })
}

fn describe(publication: &Publication, known: Known) -> Document {
    let record = &publication.record;
    let date = record.date.as_ref().map(|date| date.value);
    let number = record.number.as_ref().map(|number| number.year.to_string());
    Document {
        slug: slug(&publication.id, &[&publication.id]),
        bag: publication.id.clone(),
        code: None,
        version: 1,
        replaces: Vec::new(),
        creator: publication.organ().unwrap_or_default(),
        year: date.map(|date| format!("{:04}", date.year())).or(number).unwrap_or_default(),
        date: date.map(|date| date.to_string()).unwrap_or_default(),
        title: publication.title(),
        subject: publication.text_title().lines().map(str::trim).collect(),
        number: publication.doc_number(),
        organs: publication.organs.clone(),
        genre: None,
        access: publication.access().map(|access| access.name().into()),
        index: None,
        topics: Vec::new(),
        recipients: Vec::new(),
        retention: None,
        manuscript: None,
        prose: prose(publication),
        sections: sections(publication),
        items: items(publication, known),
        aliases: aliases(publication),
        contacts: BTreeMap::new(),
        files: Vec::new(),
    }
}

/// The address of a package's publication: the same for all its versions and for every audience. Only
/// the year can be read in it: the id is the name of a folder, which is nobody's business outside, and a
/// title may be corrected.
pub(super) fn address(bag: &Bag) -> String {
    let metadata = &bag.metadata;
    let id = &metadata.content.publication;
    slug(&metadata.year, &[&metadata.provenance.creator, id, &metadata.year])
}

fn topics<'a>(words: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut topics: Vec<String> = Vec::new();
    for word in words.filter(|word| !word.trim().is_empty()) {
        if !topics.contains(word) {
            topics.push(word.clone());
        }
    }
    topics
}

fn prose(publication: &Publication) -> String {
    let texts = [&publication.letter, &publication.preface].map(|text| text.plain());
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

fn sections(publication: &Publication) -> Vec<Section> {
    let mut taken = BTreeMap::new();
    publication
        .sections
        .iter()
        .map(|section| {
            let heading = section.heading.as_deref().unwrap_or_default();
            Section {
                anchor: anchor("s", &section.path, &mut taken),
                depth: section.depth,
                heading: format!("{}{heading}", section.label),
                before: section.before.clone(),
                after: section.after.clone(),
            }
        })
        .collect()
}

fn items(publication: &Publication, known: Known) -> Vec<Item> {
    let mut taken = BTreeMap::new();
    publication
        .items
        .iter()
        .map(|item| {
            let section = &publication.sections[item.section];
            let plain = item.plain();
            let stated = plain.clone();
            let mut text = base::rich::Rich::default();
            text.blocks.extend(item.parts.iter().flat_map(|part| part.text.blocks.clone()));
            Item {
                anchor: anchor("i", &plain, &mut taken),
                label: item.short_label(),
                section: item.section,
                path: section.path.clone(),
                heading: section.heading.clone().unwrap_or_default(),
                text,
                plain,
                roles: roles(item),
                units: units(publication, item, known),
                targets: match known.tasks {
                    true => item.all_targets().map(|target| target.print_as(&stated)).collect(),
                    false => Vec::new(),
                },
                deadline: item.deadline.as_ref().filter(|_| known.tasks).map(|d| d.print()),
            }
        })
        .collect()
}

/// An address from a text: it stays when others come before it. Equal texts are counted.
fn anchor(kind: &str, text: &str, taken: &mut BTreeMap<String, usize>) -> String {
    let hash = hash(&[text]);
    let count = taken.entry(hash.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { format!("{kind}-{hash}") } else { format!("{kind}-{hash}-{count}") }
}

fn roles(item: &publication::Item) -> Vec<RoleNames> {
    let roles = [Role::Lead, Role::Responsible, Role::Cooperating].into_iter().map(|role| {
        let mut names: Vec<String> = Vec::new();
        for assignee in item.assignees().filter(|assignee| assignee.role == role) {
            if !names.contains(&assignee.reference.printed) {
                names.push(assignee.reference.printed.clone());
            }
        }
        RoleNames { key: role.key(), role: role.print(), names }
    });
    roles.filter(|role| !role.names.is_empty()).collect()
}

/// The units of an item with their roles.
fn units(
    publication: &Publication,
    item: &publication::Item,
    known: Known,
) -> BTreeMap<String, &'static str> {
    let mut units: BTreeMap<String, Role> = BTreeMap::new();
    for assignee in item.assignees() {
        let has = assignee.role;
        if assignee.reference.leaves_open() && !known.members {
            continue;
        }
        for &unit in &assignee.reference.units {
            let name = publication.registry.unit(unit).name.clone();
            let role = units.entry(name).or_insert(has);
            *role = (*role).min(has);
        }
    }
    units.into_iter().map(|(name, role)| (name, role.print())).collect()
}

fn aliases(publication: &Publication) -> BTreeMap<String, String> {
    let mut aliases = BTreeMap::new();
    for unit in publication.registry.units() {
        for other in unit.aliases.iter().chain(&unit.full_name) {
            aliases.insert(other.clone(), unit.name.clone());
        }
    }
    // A name that some unit has now is nobody's former one.
    for unit in publication.registry.units() {
        aliases.remove(&unit.name);
    }
    aliases
}

fn contacts(publication: &Publication) -> BTreeMap<String, String> {
    let units = publication.registry.units().iter();
    units.filter_map(|unit| Some((unit.name.clone(), unit.contact.line()?))).collect()
}
