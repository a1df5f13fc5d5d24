//! The rules, one file for each thing they look at.

mod attachments;
mod brackets;
mod checks;
mod commas;
mod contacts;
mod coverage;
mod dates;
mod deadlines;
mod digits;
mod disclosure;
mod enumeration;
mod half_width;
mod headings;
mod markup;
mod measures;
mod naming;
mod outline;
mod process;
mod punctuation;
mod ranges;
mod registry;
mod repetition;
mod roles;
mod spaces;
mod targets;
mod titles;
mod unassigned;
mod unrecorded;
mod words;

use super::rule::Rule;

/// The rules of every file.
pub(super) const FAMILIES: [&[Rule]; 29] = [
    registry::RULES,
    coverage::RULES,
    contacts::RULES,
    naming::RULES,
    roles::RULES,
    unassigned::RULES,
    outline::RULES,
    headings::RULES,
    enumeration::RULES,
    titles::RULES,
    attachments::RULES,
    dates::RULES,
    deadlines::RULES,
    repetition::RULES,
    punctuation::RULES,
    half_width::RULES,
    commas::RULES,
    brackets::RULES,
    spaces::RULES,
    digits::RULES,
    ranges::RULES,
    words::RULES,
    markup::RULES,
    targets::RULES,
    unrecorded::RULES,
    measures::RULES,
    disclosure::RULES,
    process::RULES,
    checks::RULES,
];
