//! Values without places, and changes of them: what a record is meant to be afterwards.

use crate::content::yaml::{Node, NodeKind};

/// A value of a YAML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// A text, exactly.
    Text(String),
    /// A text whose line breaks at the end are nobody's concern: prose is written as a block of
    /// lines or on one line, as its neighbours are.
    Prose(String),
    /// A list.
    List(Vec<Value>),
    /// A group of fields, in their order.
    Map(Vec<(String, Value)>),
}

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An entry of a list, from 0.
    At(usize),
}

/// A change of a file's value. Paths lead from the root; each is meant for the value as the
/// changes before it left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Puts a value in the place of another one, or adds the key at the end of the path, and those
    /// above it that are missing.
    Set {
        /// Where.
        path: Vec<Step>,
        /// What is to stand there.
        value: Value,
    },
    /// Puts other texts in the place of several at once: texts behind one alias change together.
    Texts(Vec<(Vec<Step>, String)>),
    /// Takes a key with its value or an entry of a list away.
    Remove {
        /// Where.
        path: Vec<Step>,
    },
    /// Puts an entry into a list, which is made where it is missing.
    Insert {
        /// The list.
        list: Vec<Step>,
        /// The place of the new entry, from 0.
        at: usize,
        /// The entry.
        value: Value,
    },
    /// Moves an entry of a list.
    Move {
        /// The list.
        list: Vec<Step>,
        /// Its place now, from 0.
        from: usize,
        /// Its place afterwards.
        to: usize,
    },
}

/// A path leads nowhere: how many of its steps can be gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoPlace(pub(super) usize);

impl Value {
    /// The value of a node.
    pub fn of(node: &Node) -> Self {
        match &node.kind {
            NodeKind::Blank => Self::Blank,
            NodeKind::Text(text) => Self::Text(text.as_str().to_owned()),
            NodeKind::List(items) => Self::List(items.iter().map(Self::of).collect()),
            NodeKind::Map(entries) => {
                let entry = |e: &crate::content::yaml::Entry| {
                    (e.key.as_str().to_owned(), Self::of(&e.value))
                };
                Self::Map(entries.iter().map(entry).collect())
            }
        }
    }

    /// Whether a value that was read is this one.
    pub fn is_met_by(&self, read: &Self) -> bool {
        match (self, read) {
            (Self::Prose(a), Self::Prose(b) | Self::Text(b)) => breaks_off(a) == breaks_off(b),
            (Self::List(a), Self::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_met_by(b))
            }
            (Self::Map(a), Self::Map(b)) => {
                a.len() == b.len()
                    && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && a.1.is_met_by(&b.1))
            }
            (a, b) => a == b,
        }
    }

    /// The text, of a scalar.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Prose(text) => Some(text),
            _ => None,
        }
    }

    fn at(&mut self, path: &[Step]) -> Result<&mut Self, NoPlace> {
        let mut value = self;
        for (depth, step) in path.iter().enumerate() {
            let next = match (value, step) {
                (Self::Map(entries), Step::Key(key)) => {
                    entries.iter_mut().find(|(k, _)| k == key).map(|(_, value)| value)
                }
                (Self::List(items), Step::At(at)) => items.get_mut(*at),
                _ => None,
            };
            value = next.ok_or(NoPlace(depth))?;
        }
        Ok(value)
    }

    /// The value at a path, if it leads somewhere.
    pub fn get(&self, path: &[Step]) -> Option<&Self> {
        let mut value = self;
        for step in path {
            value = match (value, step) {
                (Self::Map(entries), Step::Key(key)) => {
                    entries.iter().find(|(k, _)| k == key).map(|(_, value)| value)?
                }
                (Self::List(items), Step::At(at)) => items.get(*at)?,
                _ => return None,
            };
        }
        Some(value)
    }
}

fn breaks_off(text: &str) -> &str {
    text.trim_end_matches(['\n', '\r'])
}

/// A value behind a chain of keys.
pub(super) fn nested(path: &[Step], value: Value) -> Option<Value> {
    path.iter().rev().try_fold(value, |value, step| match step {
        Step::Key(key) => Some(Value::Map(vec![(key.clone(), value)])),
        Step::At(0) => Some(Value::List(vec![value])),
        Step::At(_) => None,
    })
}

impl Change {
    /// Makes the change in a value. A new key stands where `place` says among those that are
    /// there.
    pub(super) fn make(
        &self,
        root: &mut Value,
        place: impl Fn(&[(String, Value)], &str) -> usize,
    ) -> Result<(), NoPlace> {
        match self {
            Self::Set { path, value } => set(root, path, value.clone(), &place),
            Self::Texts(texts) => {
                for (path, text) in texts {
                    *root.at(path)? = Value::Text(text.clone());
                }
                Ok(())
            }
            Self::Remove { path } => {
                let (last, above) = path.split_last().ok_or(NoPlace(0))?;
                let wrong = NoPlace(above.len());
                match (root.at(above)?, last) {
                    (Value::Map(entries), Step::Key(key)) => {
                        let at = entries.iter().position(|(k, _)| k == key).ok_or(wrong)?;
                        entries.remove(at);
                    }
                    (Value::List(items), Step::At(at)) if *at < items.len() => {
                        items.remove(*at);
                    }
                    _ => return Err(wrong),
                }
                Ok(())
            }
            Self::Insert { list, at, value } => match root.at(list) {
                Ok(Value::List(items)) if *at <= items.len() => {
                    items.insert(*at, value.clone());
                    Ok(())
                }
                Ok(Value::List(_)) => Err(NoPlace(list.len())),
                Ok(blank @ Value::Blank) if *at == 0 => {
                    *blank = Value::List(vec![value.clone()]);
                    Ok(())
                }
                Err(_) if *at == 0 => set(root, list, Value::List(vec![value.clone()]), &place),
                Ok(_) => Err(NoPlace(list.len())),
                Err(wrong) => Err(wrong),
            },
            Self::Move { list, from, to } => match root.at(list)? {
                Value::List(items) if *from < items.len() && *to < items.len() => {
                    let item = items.remove(*from);
                    items.insert(*to, item);
                    Ok(())
                }
                _ => Err(NoPlace(list.len())),
            },
        }
    }
}

fn set(
    root: &mut Value,
    path: &[Step],
    value: Value,
    place: &impl Fn(&[(String, Value)], &str) -> usize,
) -> Result<(), NoPlace> {
    let depth = match root.at(path) {
        Ok(there) => {
            *there = value;
            return Ok(());
        }
        Err(NoPlace(depth)) => depth,
    };
    let there = root.at(&path[..depth])?;
    let (step, below) = path[depth..].split_first().ok_or(NoPlace(depth))?;
    let new = nested(below, value).ok_or(NoPlace(depth))?;
    match (there, step) {
        (Value::Map(entries), Step::Key(key)) => {
            let at = place(entries, key);
            entries.insert(at, (key.clone(), new));
        }
        (blank @ Value::Blank, step) => {
            *blank = nested(std::slice::from_ref(step), new).ok_or(NoPlace(depth))?;
        }
        _ => return Err(NoPlace(depth)),
    }
    Ok(())
}
