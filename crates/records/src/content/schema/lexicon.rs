//! What a project adds to the word lists of `yinfa check`, or takes out of them.

use crate::content::fields::{Fields, Mapping, key, read_choice};
use base::diag::{SourceText, Words};

/// A built-in list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Wrong words.
    Typos,
    /// Offices that no longer exist.
    Offices,
    /// Names of laws.
    Laws,
    /// Fixed phrases.
    Phrases,
    /// Usual words that slips are told by.
    Words,
}

const LISTS: [(&str, List); 5] = [
    ("typos", List::Typos),
    ("offices", List::Offices),
    ("laws", List::Laws),
    ("phrases", List::Phrases),
    ("words", List::Words),
];

/// A wording that is wrong and the one to use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// As it is written by mistake.
    pub wrong: SourceText,
    /// As it should be.
    pub right: SourceText,
    /// Why, and where that was read.
    pub note: Option<SourceText>,
}

/// The lists of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LexiconRecord {
    /// Words that are right.
    pub words: Vec<SourceText>,
    /// Wrong words.
    pub typos: Vec<Replacement>,
    /// Offices that no longer exist.
    pub offices: Vec<Replacement>,
    /// Names of laws and plans.
    pub laws: Vec<SourceText>,
    /// Fixed phrases.
    pub phrases: Vec<SourceText>,
    /// Built-in lists that are not used.
    pub off: Vec<List>,
}

impl LexiconRecord {
    /// Whether a built-in list is used.
    pub fn uses(&self, list: List) -> bool {
        !self.off.contains(&list)
    }
}

impl Mapping for Replacement {
    const NAME: &'static str = "replacement";
    const WHAT: Words =
        Words::new("一种写法（wrong、right、note）", "a wording (wrong, right, note)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let wrong =
            fields.required_text(key("wrong", "写错的、过时的写法", "as it should not be written"));
        let right = fields.required_text(key("right", "应当怎样写", "as it should be"));
        let note = fields.text(key("note", "理由和出处", "why, and where that was read"));
        Some(Self { wrong: wrong?, right: right?, note })
    }
}

impl Mapping for LexiconRecord {
    const NAME: &'static str = "lexicon";
    const WHAT: Words =
        Words::new("检查用的词表（words、typos 等）", "word lists of the checks (words, typos, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            words: fields.texts(key(
                "words",
                "本地的词：地名、人名、行话，检查当作对的",
                "words of the place that are right: places, persons, terms",
            )),
            typos: fields.list(key(
                "typos",
                "本单位常写错的词",
                "wrong words, added to the built-in list",
            )),
            offices: fields.list(key(
                "offices",
                "已经撤销、改名的机构",
                "bodies that no longer exist, with those in their place",
            )),
            laws: fields.texts(key(
                "laws",
                "法规、规划的全称，不带书名号",
                "full names of laws and plans, without 《》",
            )),
            phrases: fields.texts(key(
                "phrases",
                "一个字也不能差的固定表述",
                "fixed phrases in which no character may differ",
            )),
            off: fields.list_with(
                key(
                    "off",
                    "不用的内置词表：typos、offices、laws、phrases、words",
                    "built-in lists that are not used",
                ),
                || crate::content::fields::Shape::choice(&LISTS),
                |node, diags| read_choice(node, &LISTS, diags).map(|list| list.value),
            ),
        })
    }
}
