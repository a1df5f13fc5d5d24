//! numbering.xml: the lists of a Word file and how their levels are numbered.

use std::collections::BTreeMap;

use super::styles::{Styles, is_on};
use crate::input::xml::{attribute, each_tag};

/// Levels of a list.
pub(super) const LEVELS: usize = 9;
/// How many definitions may refer to one another.
const LINKS: usize = 8;

/// How one level is numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Level {
    pub(super) start: u32,
    pub(super) format: String,
    /// `%1、`, `（%1）`.
    pub(super) text: String,
    /// All numbers in it are written in digits.
    pub(super) is_legal: bool,
    /// It begins anew behind levels above this one alone; 0: never.
    pub(super) restart: Option<usize>,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: String::from("decimal"),
            text: String::new(),
            is_legal: false,
            restart: None,
            style: None,
        }
    }
}

/// A list: what defines it, and what it changes of that.
#[derive(Debug, Clone, Default)]
struct List {
    definition: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// What defines lists.
#[derive(Debug, Clone, Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
    /// The style that keeps this definition.
    kept_in: Option<String>,
    /// The style that keeps the definition to take instead.
    taken_from: Option<String>,
}

/// The lists of a file.
#[derive(Debug, Clone, Default)]
pub(super) struct Definitions {
    lists: BTreeMap<String, List>,
    definitions: BTreeMap<String, Definition>,
}

/// What the elements that come belong to.
#[derive(Default)]
struct At {
    definition: Option<String>,
    list: Option<String>,
    /// The level that the list in hand changes.
    changed: usize,
    level: usize,
}

impl Definitions {
    pub(super) fn read(xml: &str) -> Self {
        let mut out = Self::default();
        let mut at = At::default();
        each_tag(xml, |tag| {
            let value = attribute(tag, "val");
            let number = |name| attribute(tag, name).and_then(|n| n.parse::<usize>().ok());
            let small = value.as_ref().and_then(|v| v.parse::<u32>().ok());
            match tag.local_name().as_ref() {
                "abstractNum" => {
                    let id = attribute(tag, "abstractNumId").unwrap_or_default();
                    out.definitions.insert(id.clone(), Definition::default());
                    at = At { definition: Some(id), ..At::default() };
                }
                "num" => {
                    let id = attribute(tag, "numId").unwrap_or_default();
                    out.lists.insert(id.clone(), List::default());
                    at = At { list: Some(id), ..At::default() };
                }
                "lvlOverride" => at.changed = number("ilvl").unwrap_or(0),
                "startOverride" => {
                    let list = at.list.as_ref().and_then(|id| out.lists.get_mut(id));
                    if let (Some(list), Some(start)) = (list, small) {
                        list.starts.insert(at.changed, start);
                    }
                }
                "abstractNumId" => {
                    let list = at.list.as_ref().and_then(|id| out.lists.get_mut(id));
                    if let (Some(list), Some(id)) = (list, value) {
                        list.definition = id;
                    }
                }
                "styleLink" | "numStyleLink" => {
                    let keeps = tag.local_name().as_ref() == "styleLink";
                    if let Some(definition) =
                        at.definition.as_ref().and_then(|id| out.definitions.get_mut(id))
                    {
                        let slot = if keeps {
                            &mut definition.kept_in
                        } else {
                            &mut definition.taken_from
                        };
                        *slot = value;
                    }
                }
                "lvl" => {
                    at.level = number("ilvl").unwrap_or(at.changed);
                    // A level that is there says all of it.
                    if let Some(levels) = out.levels(&at) {
                        levels.insert(at.level, Level::default());
                    }
                }
                name => {
                    let level = at.level;
                    let level = out.levels(&at).and_then(|levels| levels.get_mut(&level));
                    if let Some(level) = level {
                        level.set(name, value);
                    }
                }
            }
        });
        out
    }

    /// The levels that the elements in hand belong to.
    fn levels(&mut self, at: &At) -> Option<&mut BTreeMap<usize, Level>> {
        match (&at.definition, &at.list) {
            (Some(id), _) => self.definitions.get_mut(id).map(|d| &mut d.levels),
            (None, Some(id)) => self.lists.get_mut(id).map(|l| &mut l.levels),
            (None, None) => None,
        }
    }

    /// The id of what defines a list, where there is such a list.
    pub(super) fn definition(&self, list: &str, styles: &Styles) -> Option<String> {
        let mut id = &self.lists.get(list)?.definition;
        for _ in 0..LINKS {
            let Some(style) = &self.definitions.get(id)?.taken_from else { break };
            let kept = self.definitions.iter().find(|(_, d)| d.kept_in.as_ref() == Some(style));
            let through_list = || {
                let (list, ..) = styles.list(style)?;
                self.lists.get(list).map(|list| &list.definition)
            };
            let Some(next) = kept.map(|(id, _)| id).or_else(through_list) else { break };
            id = next;
        }
        self.definitions.contains_key(id).then(|| id.clone())
    }

    /// How a level of a list is numbered.
    pub(super) fn level(&self, list: &str, definition: &str, level: usize) -> Level {
        let list = self.lists.get(list);
        let defined = self.definitions.get(definition).and_then(|d| d.levels.get(&level));
        let mut found =
            list.and_then(|list| list.levels.get(&level)).or(defined).cloned().unwrap_or_default();
        if let Some(start) = list.and_then(|list| list.starts.get(&level)) {
            found.start = *start;
        }
        found
    }

    /// The levels that begin anew with the first paragraph of a list.
    pub(super) fn restarted(&self, list: &str) -> impl Iterator<Item = usize> {
        let list = self.lists.get(list);
        list.into_iter().flat_map(|list| list.starts.keys().copied()).filter(|&n| n < LEVELS)
    }

    /// The level at which paragraphs of a style stand.
    pub(super) fn level_of_style(&self, definition: &str, style: &str) -> Option<usize> {
        let levels = &self.definitions.get(definition)?.levels;
        levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(n, _)| *n)
    }
}

impl Level {
    fn set(&mut self, name: &str, value: Option<String>) {
        let parsed = |value: &Option<String>| value.as_ref().and_then(|v| v.parse::<u32>().ok());
        match name {
            "start" => self.start = parsed(&value).unwrap_or(1),
            "numFmt" => self.format = value.unwrap_or_default(),
            "lvlText" => self.text = value.unwrap_or_default(),
            "isLgl" => self.is_legal = is_on(value.as_deref()),
            "lvlRestart" => {
                self.restart = parsed(&value).and_then(|n| usize::try_from(n).ok());
            }
            "pStyle" => self.style = value,
            _ => {}
        }
    }
}
