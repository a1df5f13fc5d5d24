//! Reading the fields of a YAML mapping: every problem is reported, the first does not stop the
//! rest, and a key that nothing asked for is an error.

use jiff::civil::Date;

use super::yaml::{Entry, Node, NodeKind, mistaken_entry};
use base::diag::{Diagnostic, Diagnostics, Located, SourceText, Span, Text};
use base::nearest::closest;
use base::text;

/// The fields of one mapping, while they are read.
pub struct Fields<'a> {
    entries: &'a [Entry],
    span: &'a Span,
    asked: Vec<&'static str>,
    diags: &'a mut Diagnostics,
}

impl<'a> Fields<'a> {
    /// Opens `node` as a mapping; anything else is an error that names `what` should stand here.
    pub fn open(node: &'a Node, what: &Text, diags: &'a mut Diagnostics) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(entries) => {
                Some(Self { entries, span: &node.span, asked: Vec::new(), diags })
            }
            _ => {
                diags.push(wrong_kind(node, what));
                None
            }
        }
    }

    /// The place of the mapping.
    pub fn span(&self) -> &'a Span {
        self.span
    }

    /// Where further problems go.
    pub fn diags(&mut self) -> &mut Diagnostics {
        self.diags
    }

    /// Whether a key is there, blank or not; does not count as asking for it.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|e| &*e.key == key)
    }

    /// Whether a key is there without a value.
    pub fn is_blank(&self, key: &str) -> bool {
        self.entries.iter().any(|e| &*e.key == key && matches!(e.value.kind, NodeKind::Blank))
    }

    /// The value of a key; a blank one is reported and counts as absent.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        let entry = self.entries.iter().find(|e| &*e.key == key)?;
        if matches!(entry.value.kind, NodeKind::Blank) {
            self.diags.push(
                Diagnostic::error(
                    "key-blank",
                    text!("“{key}”后面没有内容", "`{key}` has no value"),
                )
                .at(entry.key.span())
                .help(text!(
                    "写上内容；若不需要，请删去这一行",
                    "write the value, or delete the line if it is not needed"
                )),
            );
            return None;
        }
        Some(&entry.value)
    }

    /// The value of a key that must be there.
    pub fn required(&mut self, key: &'static str) -> Option<&'a Node> {
        if !self.has(key) {
            self.diags.push(
                Diagnostic::error("key-missing", text!("缺少“{key}”", "`{key}` is missing"))
                    .at(&first_line(self.span))
                    .help(text!(
                        "补上一行“{key}: …”，冒号用半角，冒号后空一格",
                        "add a line `{key}: …`"
                    )),
            );
        }
        self.node(key)
    }

    /// A text.
    pub fn text(&mut self, key: &'static str) -> Option<SourceText> {
        let node = self.node(key)?;
        read_text(node, self.diags)
    }

    /// A text that must be there.
    pub(crate) fn required_text(&mut self, key: &'static str) -> Option<SourceText> {
        let node = self.required(key)?;
        read_text(node, self.diags)
    }

    /// A list, each entry read by `read`; one value that is no list counts as a list of one.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        read: impl FnMut(&'a Node, &mut Diagnostics) -> Option<T>,
    ) -> Vec<T> {
        let node = self.node(key);
        self.entries_of(node, read)
    }

    /// The same for a list that must be there and hold something.
    pub(crate) fn required_list<T>(
        &mut self,
        key: &'static str,
        read: impl FnMut(&'a Node, &mut Diagnostics) -> Option<T>,
    ) -> Vec<T> {
        let node = self.required(key);
        if let Some(Node { kind: NodeKind::List(nodes), span }) = node
            && nodes.is_empty()
        {
            self.diags.push(
                Diagnostic::error("list-empty", text!("“{key}”是空的", "`{key}` is empty"))
                    .help(text!(
                        "至少写一项，或删去这一行",
                        "write at least one entry or delete the line"
                    ))
                    .at(span),
            );
        }
        self.entries_of(node, read)
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

    /// One value, read by `read`.
    pub fn one<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&'a Node, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        let node = self.node(key)?;
        read(node, self.diags)
    }

    /// The same for a key that must be there.
    pub(crate) fn required_one<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&'a Node, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        let node = self.required(key)?;
        read(node, self.diags)
    }

    /// Names a key that may stand here although this record does not read it.
    pub(crate) fn note_key(&mut self, key: &'static str) {
        self.asked.push(key);
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &'static str) -> Vec<SourceText> {
        self.list(key, read_text)
    }

    /// A list of texts; `None` where the key is not there, so that a default may take its place.
    pub(crate) fn given_texts(&mut self, key: &'static str) -> Option<Vec<SourceText>> {
        let given = self.has(key);
        let texts = self.texts(key);
        given.then_some(texts)
    }

    /// One of several words, each with its meaning.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<Located<T>> {
        let node = self.node(key)?;
        read_choice(node, choices, self.diags)
    }

    /// The same for a key that must be there.
    pub(crate) fn required_choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<Located<T>> {
        let node = self.required(key)?;
        read_choice(node, choices, self.diags)
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let choices = [
            ("true", true),
            ("false", false),
            ("是", true),
            ("否", false),
            ("yes", true),
            ("no", false),
        ];
        self.choice(key, &choices).map(|c| c.value)
    }

    /// A whole number, not negative.
    pub(crate) fn integer(&mut self, key: &'static str) -> Option<Located<u32>> {
        self.one(key, read_integer)
    }

    /// The same for a key that must be there.
    pub(crate) fn required_integer(&mut self, key: &'static str) -> Option<Located<u32>> {
        self.required_one(key, read_integer)
    }

    /// A calendar date.
    pub fn date(&mut self, key: &'static str) -> Option<Located<Date>> {
        let value = self.text(key)?;
        match super::schema::values::parse_date(&value) {
            Some(date) => Some(Located::new(date, value.span().clone())),
            None => {
                self.diags.push(wrong_date(&value));
                None
            }
        }
    }

    /// Reports every key that was not asked for.
    pub fn finish(self) {
        for entry in self.entries {
            let key = &*entry.key;
            if self.asked.contains(&key) {
                continue;
            }
            let mut diagnostic =
                Diagnostic::error("key-unknown", text!("不认识的键“{key}”", "unknown key `{key}`"))
                    .at(entry.key.span());
            let known = self.asked.join(", ");
            diagnostic = diagnostic.help(match closest(key, self.asked.iter().copied()) {
                Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
                None => text!("这里可以写：{known}", "keys allowed here: {known}"),
            });
            self.diags.push(diagnostic);
        }
    }
}

/// A text; a list or a mapping in its place is an error.
pub(crate) fn read_text(node: &Node, diags: &mut Diagnostics) -> Option<SourceText> {
    match &node.kind {
        NodeKind::Text(text) if !text.trim().is_empty() => {
            if let Some((at, c)) = text.char_indices().find(|&(_, c)| is_invisible(c)) {
                let code = format!("U+{:04X}", u32::from(c));
                diags.push(
                    Diagnostic::error(
                        "invisible-character",
                        text!(
                            "这里有一个看不见的字符（{code}）",
                            "there is an invisible character ({code})"
                        ),
                    )
                    .at(&text.span_of(at..at + c.len_utf8()))
                    .help(text!(
                        "多半是从网页或别的文件带来的，请删去后重新输入前后的文字",
                        "most come along with text copied from elsewhere: delete it"
                    )),
                );
            }
            Some(text.clone())
        }
        NodeKind::Text(_) | NodeKind::Blank => {
            diags.push(
                Diagnostic::error("value-blank", text!("这里没有内容", "the value is blank"))
                    .at(&node.span)
                    .help(text!("写上内容，或删去这一行", "write the value or delete the line")),
            );
            None
        }
        _ => {
            diags.push(wrong_kind(node, &text!("一段文字", "a text")));
            None
        }
    }
}

/// Control characters, and those that have no width or turn the direction of writing: no font
/// draws them, and nobody sees that they are there.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn read_integer(node: &Node, diags: &mut Diagnostics) -> Option<Located<u32>> {
    let value = read_text(node, diags)?;
    let number = value.parse().ok();
    if number.is_none() {
        diags.push(
            Diagnostic::error(
                "not-a-number",
                text!(
                    "这里应为整数，不是“{value}”",
                    "“{value}” is not a whole number",
                    value = &*value
                ),
            )
            .help(text!("只写数字，如 3", "digits only, such as 3"))
            .at(value.span()),
        );
    }
    number.map(|number| Located::new(number, value.span().clone()))
}

/// One of several words.
pub(crate) fn read_choice<T: Copy>(
    node: &Node,
    choices: &[(&str, T)],
    diags: &mut Diagnostics,
) -> Option<Located<T>> {
    let value = read_text(node, diags)?;
    if let Some(&(_, meaning)) = choices.iter().find(|(word, _)| *word == value.trim()) {
        return Some(Located::new(meaning, value.span().clone()));
    }
    let words: Vec<_> = choices.iter().map(|&(word, _)| word).collect();
    let (zh, en) = (words.join("、"), words.join(", "));
    let mut diagnostic = Diagnostic::error(
        "value-unknown",
        text!("不能写“{value}”", "“{value}” is not one of the possible values", value = &*value),
    )
    .at(value.span());
    diagnostic = diagnostic.help(match closest(&value, words.iter().copied()) {
        Some(near) => {
            text!("是不是“{near}”？可以写：{zh}", "did you mean “{near}”? possible: {en}")
        }
        None => text!("可以写：{zh}", "possible: {en}"),
    });
    diags.push(diagnostic);
    None
}

/// The error for a value of the wrong shape.
pub(crate) fn wrong_kind(node: &Node, what: &Text) -> Diagnostic {
    use base::diag::Lang::{En, Zh};
    // `name：区教育局` is one text to YAML: then the slip is what to report.
    if let Some(slip) = node.as_text().and_then(mistaken_entry) {
        return slip;
    }
    let found = node.kind_name();
    Diagnostic::error(
        "wrong-kind",
        Text::new(
            format!("这里应为{}，现在是{}", what.get(Zh), found.get(Zh)),
            format!("expected {}, found {}", what.get(En), found.get(En)),
        ),
    )
    .at(&first_line(&node.span))
    .help(text!(
        "请对照 docs/records.md 的写法，注意缩进和短横线",
        "compare with docs/records.md; mind indentation and dashes"
    ))
}

/// The error for a date that is none.
pub(crate) fn wrong_date(value: &SourceText) -> Diagnostic {
    Diagnostic::error(
        "date-wrong",
        text!("“{value}”不是有效的日期", "“{value}” is not a valid date", value = &**value),
    )
    .at(value.span())
    .help(text!("写成 2025-03-06 或 2025年3月6日", "write it as 2025-03-06 or 2025年3月6日"))
}

/// The part of a span on its first line: a whole mapping underlined says nothing.
pub fn first_line(span: &Span) -> Span {
    let range = span.range();
    let text = &span.source().text()[range.clone()];
    let len = text.find('\n').unwrap_or(text.len());
    span.part(range.start..range.start + len)
}
