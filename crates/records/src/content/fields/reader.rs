//! The fields of one mapping, while they are read.

use jiff::civil::Date;

use super::problem::{empty_list, first_line, wrong_date, wrong_kind};
use super::shape::{Field, Key, Shape};
use super::synonyms::meant;
use super::value::{Value, read_choice};
use crate::content::dates::parse_date;
use crate::content::yaml::{Entry, Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, Located, SourceText, Span, Words};
use base::nearest::closest;
use base::text;

/// The words for `true` and `false`.
const FLAGS: [(&str, bool); 6] =
    [("true", true), ("false", false), ("是", true), ("否", false), ("yes", true), ("no", false)];

/// The fields of one mapping, while they are read.
pub(crate) struct Fields<'a> {
    entries: &'a [Entry],
    span: &'a Span,
    asked: Vec<&'static str>,
    /// What was asked for, where somebody listens.
    heard: Option<Vec<Field>>,
    diags: &'a mut Diagnostics,
}

impl<'a> Fields<'a> {
    /// Opens `node` as a mapping; anything else is an error that names `what` should stand here.
    pub(crate) fn open(node: &'a Node, what: Words, diags: &'a mut Diagnostics) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(entries) => {
                Some(Self { entries, span: &node.span, asked: Vec::new(), heard: None, diags })
            }
            _ => {
                diags.push(wrong_kind(node, what));
                None
            }
        }
    }

    /// From now on remembers what is asked for.
    pub(super) fn listen(&mut self) {
        self.heard = Some(Vec::new());
    }

    /// What was asked for since [`Self::listen`].
    pub(super) fn heard(self) -> Vec<Field> {
        self.heard.unwrap_or_default()
    }

    /// The place of the mapping.
    pub(crate) fn span(&self) -> &'a Span {
        self.span
    }

    /// Where further problems go.
    pub(crate) fn diags(&mut self) -> &mut Diagnostics {
        self.diags
    }

    /// Whether a key is there, blank or not; does not count as asking for it.
    pub(crate) fn has(&self, key: Key) -> bool {
        self.entries.iter().any(|e| &*e.key == key.name)
    }

    /// Reports that a key is missing, unless it is there.
    pub(crate) fn demand(&mut self, key: Key) {
        if self.has(key) {
            return;
        }
        let key = key.name;
        self.diags.push(
            Diagnostic::error("key-missing", text!("缺少“{key}”", "`{key}` is missing"))
                .at(&first_line(self.span))
                .help(text!(
                    "补上一行“{key}: …”，冒号用半角，冒号后空一格",
                    "add a line `{key}: …`"
                )),
        );
    }

    /// Takes back that a key was asked for: where it stands, it is unknown.
    pub(crate) fn refuse(&mut self, keys: &[Key]) {
        self.asked.retain(|asked| !keys.iter().any(|key| key.name == *asked));
    }

    fn ask(&mut self, key: Key, required: bool, shape: impl FnOnce() -> Shape) {
        self.asked.push(key.name);
        if let Some(heard) = &mut self.heard {
            heard.push(Field { key, required, shape: shape() });
        }
        if required {
            self.demand(key);
        }
    }

    /// The value of a key that was asked for; a blank one is reported and counts as absent.
    fn node(&mut self, key: Key) -> Option<&'a Node> {
        let entry = self.entries.iter().find(|e| &*e.key == key.name)?;
        if !entry.value.is_blank() {
            return Some(&entry.value);
        }
        let key = key.name;
        self.diags.push(
            Diagnostic::error("key-blank", text!("“{key}”后面没有内容", "`{key}` has no value"))
                .at(entry.key.span())
                .help(text!(
                    "写上内容；若不需要，请删去这一行",
                    "write the value, or delete the line if it is not needed"
                )),
        );
        None
    }

    /// One value, read by `read`, whose shape is told apart.
    pub(crate) fn one_with<T>(
        &mut self,
        key: Key,
        shape: impl FnOnce() -> Shape,
        read: impl FnOnce(&'a Node, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        self.ask(key, false, shape);
        read(self.node(key)?, self.diags)
    }

    fn required_with<T>(
        &mut self,
        key: Key,
        shape: impl FnOnce() -> Shape,
        read: impl FnOnce(&'a Node, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        self.ask(key, true, shape);
        read(self.node(key)?, self.diags)
    }

    /// One value.
    pub(crate) fn one<T: Value>(&mut self, key: Key) -> Option<T> {
        self.one_with(key, T::shape, T::read)
    }

    /// The same for a key that must be there.
    pub(crate) fn required_one<T: Value>(&mut self, key: Key) -> Option<T> {
        self.required_with(key, T::shape, T::read)
    }

    /// A text.
    pub(crate) fn text(&mut self, key: Key) -> Option<SourceText> {
        self.one(key)
    }

    /// A text that must be there.
    pub(crate) fn required_text(&mut self, key: Key) -> Option<SourceText> {
        self.required_one(key)
    }

    /// A whole number, not negative.
    pub(crate) fn integer(&mut self, key: Key) -> Option<Located<u32>> {
        self.one(key)
    }

    /// The same for a key that must be there.
    pub(crate) fn required_integer(&mut self, key: Key) -> Option<Located<u32>> {
        self.required_one(key)
    }

    /// The same where the key may stand without a value, as in a form with an empty field.
    pub(crate) fn integer_or_blank(&mut self, key: Key) -> Option<Located<u32>> {
        self.ask(key, false, || Shape::Integer.or_blank());
        let entry = self.entries.iter().find(|e| &*e.key == key.name && !e.value.is_blank())?;
        Value::read(&entry.value, self.diags)
    }

    /// A list; one value that is no list counts as a list of one.
    pub(crate) fn list<T: Value>(&mut self, key: Key) -> Vec<T> {
        self.list_with(key, T::shape, T::read)
    }

    /// The same, each entry read by `read`, whose shape is told apart.
    pub(crate) fn list_with<T>(
        &mut self,
        key: Key,
        shape: impl FnOnce() -> Shape,
        read: impl FnMut(&'a Node, &mut Diagnostics) -> Option<T>,
    ) -> Vec<T> {
        self.ask(key, false, || Shape::OneOrMore(Box::new(shape())));
        let node = self.node(key);
        self.entries_of(node, read)
    }

    /// A list that is not empty where it is there.
    pub(crate) fn filled_list<T: Value>(&mut self, key: Key) -> Vec<T> {
        self.ask(key, false, || Shape::OneOrMore(Box::new(T::shape())));
        self.filled(key)
    }

    /// A list that must be there and hold something.
    pub(crate) fn required_list<T: Value>(&mut self, key: Key) -> Vec<T> {
        self.ask(key, true, || Shape::OneOrMore(Box::new(T::shape())));
        self.filled(key)
    }

    fn filled<T: Value>(&mut self, key: Key) -> Vec<T> {
        let node = self.node(key);
        if let Some(Node { kind: NodeKind::List(nodes), span }) = node
            && nodes.is_empty()
        {
            self.diags.push(empty_list(key.name, span));
        }
        self.entries_of(node, T::read)
    }

    fn entries_of<T>(
        &mut self,
        node: Option<&'a Node>,
        mut read: impl FnMut(&'a Node, &mut Diagnostics) -> Option<T>,
    ) -> Vec<T> {
        match node {
            None => Vec::new(),
            Some(Node { kind: NodeKind::List(nodes), .. }) => {
                nodes.iter().filter_map(|n| read(n, self.diags)).collect()
            }
            Some(node) => read(node, self.diags).into_iter().collect(),
        }
    }

    /// A list; `None` where the key is not there, so that a default may take its place.
    pub(crate) fn given_list<T: Value>(&mut self, key: Key) -> Option<Vec<T>> {
        let list = self.list(key);
        self.has(key).then_some(list)
    }

    /// A list of texts.
    pub(crate) fn texts(&mut self, key: Key) -> Vec<SourceText> {
        self.list(key)
    }

    /// One of several words, each with its meaning.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        key: Key,
        choices: &[(&'static str, T)],
    ) -> Option<Located<T>> {
        self.one_with(
            key,
            || Shape::choice(choices),
            |node, diags| read_choice(node, choices, diags),
        )
    }

    /// The same for a key that must be there.
    pub(crate) fn required_choice<T: Copy>(
        &mut self,
        key: Key,
        choices: &[(&'static str, T)],
    ) -> Option<Located<T>> {
        self.required_with(
            key,
            || Shape::choice(choices),
            |node, diags| read_choice(node, choices, diags),
        )
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, key: Key) -> Option<bool> {
        let read = |node: &Node, diags: &mut Diagnostics| read_choice(node, &FLAGS, diags);
        self.one_with(key, || Shape::Flag, read).map(|flag| flag.value)
    }

    /// A calendar date.
    pub(crate) fn date(&mut self, key: Key) -> Option<Located<Date>> {
        let value = self.text(key)?;
        match parse_date(&value) {
            Some(date) => Some(Located::new(date, value.span().clone())),
            None => {
                self.diags.push(wrong_date(&value));
                None
            }
        }
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(self) {
        for entry in self.entries {
            let key = &*entry.key;
            if self.asked.contains(&key) {
                continue;
            }
            let mut diagnostic =
                Diagnostic::error("key-unknown", text!("不认识的键“{key}”", "unknown key `{key}`"))
                    .at(entry.key.span());
            let known = self.asked.join(", ");
            diagnostic = diagnostic.help(if let Some(name) = meant(key, &self.asked) {
                text!("键用英文写：这里应为“{name}: …”", "keys are written in English: `{name}: …`")
            } else if let Some(near) = closest(key, self.asked.iter().copied()) {
                text!("是不是“{near}”？", "did you mean `{near}`?")
            } else {
                text!("这里可以写：{known}", "keys allowed here: {known}")
            });
            self.diags.push(diagnostic);
        }
    }
}
