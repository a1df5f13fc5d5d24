//! Items that come, go and change their places, and their ids.

use std::collections::BTreeSet;

use super::{Editing, Place, path_of};
use crate::content::LoadedPublication;
use crate::content::schema::item::ItemRecord;
use crate::content::schema::section::SectionRecord;
use crate::edit::value::{Change, Step, Value};
use base::diag::{Diagnostic, Diagnostics};
use base::nearest::closest;
use base::text;

/// Where an item goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// Behind the last one of its section.
    Last,
    /// Right before another one.
    Before(Place),
    /// Right behind another one.
    After(Place),
}

/// An item that is to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    /// Its section, by id or heading; that of its neighbour when left out.
    pub section: Option<String>,
    /// Its fields without the section, in order.
    pub fields: Vec<(String, Value)>,
    /// Where it goes.
    pub position: Position,
}

impl Editing<'_> {
    /// Adds an item to a publication.
    ///
    /// # Errors
    /// Why it cannot be added.
    pub fn add_item(&mut self, publication: &str, item: NewItem) -> Result<(), Diagnostics> {
        let project = self.project;
        let Some(loaded) = project.publications.iter().find(|p| p.id == publication) else {
            return Err(super::no_file(publication).into());
        };
        let mut fields = item.fields;
        match item.position {
            Position::Before(place) => self.beside(loaded, &place, 0, item.section, fields),
            Position::After(place) => self.beside(loaded, &place, 1, item.section, fields),
            Position::Last => {
                let section = section(loaded, item.section.as_deref())?;
                let mine: Vec<&ItemRecord> = items_of(loaded, section).collect();
                let orders = mine.iter().filter_map(|item| item.order.as_ref());
                if let Some(highest) = orders.map(|order| order.value).max() {
                    fields.insert(0, ("order".into(), Value::Text((highest + 1).to_string())));
                }
                let written = mine.last().and_then(|item| item.section.as_ref());
                let name = written.map(|name| name.trim().to_owned());
                let name = name.or_else(|| Some(section_name(section))).unwrap_or_default();
                let last = mine.last().and_then(|item| Some((item, path_of(&item.span)?)));
                if let Some((item, path)) = last
                    && let Some((Step::At(at), list)) = path.split_last()
                {
                    let file = item.span.source().path().to_owned();
                    return self.put(&file, list, at + 1, &name, fields);
                }
                self.elsewhere(loaded, &name, fields)
            }
        }
    }

    /// Puts an item before (`offset` 0) or behind (1) another one.
    fn beside(
        &mut self,
        loaded: &LoadedPublication,
        place: &Place,
        offset: usize,
        section: Option<String>,
        fields: Vec<(String, Value)>,
    ) -> Result<(), Diagnostics> {
        let Some((Step::At(at), list)) = place.path.split_last() else {
            return Err(alone(&place.file).into());
        };
        let neighbour = loaded.items.iter().find(|item| {
            item.span.source().path() == place.file
                && path_of(&item.span).as_ref() == Some(&place.path)
        });
        if let Some(order) = neighbour.and_then(|item| item.order.as_ref()) {
            return Err(ordered(&order.span).into());
        }
        let own = neighbour.and_then(|item| item.section.as_ref()).map(|s| s.trim().to_owned());
        let section = section.or(own).unwrap_or_default();
        self.put(&place.file, list, at + offset, &section, fields)
    }

    /// Puts an item into a list of a file, with its section where the file does not say it.
    fn put(
        &mut self,
        file: &str,
        list: &[Step],
        at: usize,
        section: &str,
        mut fields: Vec<(String, Value)>,
    ) -> Result<(), Diagnostics> {
        let root = self.root(file);
        let of_file = root.get(&[Step::Key("section".into())]).and_then(Value::text);
        let is_said = !list.is_empty() && of_file.map(str::trim) == Some(section);
        if !is_said && !section.is_empty() {
            fields.insert(0, ("section".into(), Value::Text(section.to_owned())));
        }
        let value = Value::Map(fields);
        self.change(file, &[Change::Insert { list: list.to_vec(), at, value }])
    }

    /// The first item of a section: at the end of the last file with a list, else in a new file.
    fn elsewhere(
        &mut self,
        loaded: &LoadedPublication,
        section: &str,
        fields: Vec<(String, Value)>,
    ) -> Result<(), Diagnostics> {
        let files: Vec<String> =
            loaded.sources.iter().skip(1).map(|source| source.path().to_owned()).collect();
        let key = Step::Key("items".into());
        for file in &files {
            let root = self.root(file);
            let named = root.get(&[Step::Key("section".into())]).and_then(Value::text);
            if named.map(str::trim) == Some(section)
                && root.get(std::slice::from_ref(&key)).is_some()
            {
                return self.put(file, &[key], 0, section, fields);
            }
        }
        if let Some(file) = files.last()
            && let Value::List(items) = self.root(file)
        {
            return self.put(file, &[], items.len(), section, fields);
        }
        let folder = files
            .last()
            .and_then(|file| file.rsplit_once('/'))
            .map(|(folder, _)| folder.to_owned());
        let folder = folder.unwrap_or_else(|| format!("content/{}/items", loaded.id));
        let number = files.len() + 1;
        let path = (number..)
            .map(|number| format!("{folder}/{number:02}.yaml"))
            .find(|path| !files.contains(path) && !self.project.root.join(path).exists());
        let path = path.unwrap_or_default();
        self.create(&path, format!("items: []{}", "\n"));
        self.change(
            &path,
            &[
                Change::Set {
                    path: vec![Step::Key("section".into())],
                    value: Value::Text(section.into()),
                },
                Change::Insert { list: vec![key], at: 0, value: Value::Map(fields) },
            ],
        )
    }

    /// Takes an item away.
    ///
    /// # Errors
    /// Why it cannot be taken away.
    pub fn remove_item(&mut self, place: &Place) -> Result<(), Diagnostics> {
        let (path, file) = (place.path.clone(), &place.file);
        if path.is_empty() {
            let value = Value::List(Vec::new());
            return self.change(file, &[Change::Set { path, value }]);
        }
        self.change(file, &[Change::Remove { path }])
    }

    /// Moves an item before or behind another one, which may stand in another file or section.
    ///
    /// # Errors
    /// Why it cannot be moved.
    pub fn move_item(&mut self, place: &Place, position: &Position) -> Result<(), Diagnostics> {
        let (target, offset) = match position {
            Position::Before(target) => (target, 0),
            Position::After(target) => (target, 1),
            Position::Last => return Ok(()),
        };
        let project = self.project;
        let loaded = |place: &Place| {
            project.publications.iter().find(|p| Some(&p.id) == place.publication.as_ref())
        };
        let (Some(from), Some(_)) = (loaded(place), loaded(target)) else {
            return Err(super::no_file(&place.file).into());
        };
        if place.publication != target.publication {
            return Err(apart().into());
        }
        let record = |place: &Place| {
            from.items.iter().find(|item| {
                item.span.source().path() == place.file
                    && path_of(&item.span).as_ref() == Some(&place.path)
            })
        };
        let (own, other) = (record(place), record(target));
        for item in [own, other].into_iter().flatten() {
            if let Some(order) = &item.order {
                return Err(ordered(&order.span).into());
            }
        }
        let name = |item: Option<&ItemRecord>| {
            item.and_then(|item| item.section.as_ref()).map(|s| s.trim().to_owned())
        };
        let (Some((Step::At(source), list)), Some((Step::At(to), target_list))) =
            (place.path.split_last(), target.path.split_last())
        else {
            return Err(alone(&place.file).into());
        };
        if place.file == target.file && list == target_list {
            let to = to + offset;
            let to = if to > *source { to - 1 } else { to };
            let mut changes = Vec::new();
            // In a list of a whole publication the section goes with the place.
            if list.is_empty() && name(own) != name(other) {
                let path = vec![Step::At(*source), Step::Key("section".into())];
                let value = Value::Text(name(other).unwrap_or_default());
                changes.push(Change::Set { path, value });
            }
            changes.push(Change::Move { list: list.to_vec(), from: *source, to });
            return self.change(&place.file, &changes);
        }
        let Some(Value::Map(mut fields)) = self.root(&place.file).get(&place.path).cloned() else {
            return Err(alone(&place.file).into());
        };
        fields.retain(|(key, _)| key != "section");
        self.put(&target.file, target_list, to + offset, &name(other).unwrap_or_default(), fields)?;
        self.remove_item(place)
    }

    /// Gives every item of a publication that has none an id of its own; how many were given.
    ///
    /// # Errors
    /// Why they cannot be given.
    pub fn give_ids(&mut self, publication: &str) -> Result<usize, Diagnostics> {
        let project = self.project;
        let Some(loaded) = project.publications.iter().find(|p| p.id == publication) else {
            return Err(super::no_file(publication).into());
        };
        let taken: BTreeSet<&str> =
            loaded.items.iter().filter_map(|item| item.id.as_deref().map(str::trim)).collect();
        // An id that was once given is not given again while a higher one is there.
        let number = |id: &&str| id.strip_prefix('t').and_then(|id| id.parse::<usize>().ok());
        let mut next = taken.iter().filter_map(number).max().unwrap_or(0) + 1;
        let mut given = 0;
        for item in loaded.items.iter().filter(|item| item.id.is_none()) {
            let Some(mut path) = path_of(&item.span) else { continue };
            path.push(Step::Key("id".into()));
            let value = Value::Text(format!("t{next:03}"));
            self.change(item.span.source().path(), &[Change::Set { path, value }])?;
            next += 1;
            given += 1;
        }
        Ok(given)
    }
}

/// All sections of a publication, inner ones included.
fn sections(loaded: &LoadedPublication) -> Vec<&SectionRecord> {
    fn below<'a>(sections: &'a [SectionRecord], found: &mut Vec<&'a SectionRecord>) {
        for section in sections {
            found.push(section);
            below(&section.sections, found);
        }
    }
    let mut found = Vec::new();
    if let Some(notice) = &loaded.notice {
        below(notice.text.sections(), &mut found);
    }
    found
}

fn names(section: &SectionRecord) -> impl Iterator<Item = &str> {
    [&section.id, &section.heading].into_iter().flatten().map(|name| name.trim())
}

fn section_name(section: &SectionRecord) -> String {
    names(section).next().unwrap_or_default().to_owned()
}

/// The section of a name; the only one where none is given.
fn section<'a>(
    loaded: &'a LoadedPublication,
    name: Option<&str>,
) -> Result<&'a SectionRecord, Diagnostics> {
    let all = sections(loaded);
    let found = match name {
        Some(name) => all.iter().find(|section| names(section).any(|known| known == name.trim())),
        None if all.len() == 1 => all.first(),
        None => None,
    };
    found.copied().ok_or_else(|| {
        let list = all.iter().filter_map(|section| names(section).next()).collect::<Vec<_>>();
        let near = name.and_then(|name| closest(name, all.iter().flat_map(|s| names(s))));
        let list = list.join("、");
        let wrong = match name {
            Some(name) => text!("没有“{name}”这一部分", "there is no section “{name}”"),
            None => text!("没有写明放在哪一部分", "it is not said into which section it goes"),
        };
        Diagnostic::error("edit-section", wrong)
            .help(match near {
                Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
                None => text!("可以写：{list}", "there are: {list}"),
            })
            .into()
    })
}

fn items_of<'a>(
    loaded: &'a LoadedPublication,
    section: &'a SectionRecord,
) -> impl Iterator<Item = &'a ItemRecord> {
    loaded.items.iter().filter(move |item| {
        let name = item.section.as_ref().map(|name| name.trim());
        name.is_some_and(|name| names(section).any(|known| known == name))
    })
}

fn alone(file: &str) -> Diagnostic {
    Diagnostic::error(
        "edit-alone",
        text!(
            "“{file}”只写了一条任务，不是列表，不能在它前后加、移任务",
            "“{file}” is one item and no list, so nothing can stand before or behind it there"
        ),
    )
    .help(text!("请把文件里的任务写成列表", "make a list of the items in the file"))
}

fn ordered(span: &base::diag::Span) -> Diagnostic {
    Diagnostic::error(
        "edit-order",
        text!(
            "这一部分的先后由 order 决定，移动位置不起作用",
            "the order of this section is said by `order`, not by the places of its items"
        ),
    )
    .at(span)
    .help(text!(
        "请改 order 的数，如 yinfa edit set 3 order 5",
        "set `order`: `yinfa edit set 3 order 5`"
    ))
}

fn apart() -> Diagnostic {
    Diagnostic::error(
        "edit-apart",
        text!("两条任务不在同一份通知里", "the items stand in different publications"),
    )
    .help(text!("只能在一份通知里移动", "items move within their publication"))
}
