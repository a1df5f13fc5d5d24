//! The rules, one file per family.

mod attachments;
mod brackets;
mod checks;
mod dates;
mod deadlines;
mod digits;
mod enumeration;
mod markup;
mod measures;
mod naming;
mod outline;
mod process;
mod punctuation;
mod registry;
mod repetition;
mod roles;
mod spaces;
mod targets;
mod titles;
mod unrecorded;
mod words;

use super::rule::{Rule, Words};

/// The rules of every file.
pub(super) const FAMILIES: [&[Rule]; 21] = [
    registry::RULES,
    naming::RULES,
    roles::RULES,
    outline::RULES,
    enumeration::RULES,
    titles::RULES,
    attachments::RULES,
    dates::RULES,
    deadlines::RULES,
    repetition::RULES,
    punctuation::RULES,
    brackets::RULES,
    spaces::RULES,
    digits::RULES,
    words::RULES,
    markup::RULES,
    targets::RULES,
    unrecorded::RULES,
    measures::RULES,
    process::RULES,
    checks::RULES,
];

const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}
