//! The rules, one file for each subject, and the list of all.

mod agreement;
mod almost;
mod attachments;
mod brackets;
mod calendar;
mod checks;
mod commas;
mod contacts;
mod coverage;
mod dates;
mod deadlines;
mod digits;
mod disclosure;
mod enumeration;
mod example_left;
mod fixed;
mod half_width;
mod headings;
mod inspection;
mod kinds;
mod kinds_words;
mod left_over;
mod look_alikes;
mod markup;
mod measures;
mod naming;
mod offices;
mod outline;
mod process;
mod punctuation;
mod ranges;
mod registry;
mod repetition;
mod roles;
mod spaces;
mod spelling;
mod targets;
mod titles;
mod unassigned;
mod unrecorded;
mod words;

use std::sync::LazyLock;

use super::rule::Rule;

/// The rules of every file.
const FAMILIES: [&[Rule]; 41] = [
    registry::RULES,
    coverage::RULES,
    contacts::RULES,
    naming::RULES,
    roles::RULES,
    unassigned::RULES,
    example_left::RULES,
    left_over::RULES,
    offices::RULES,
    almost::RULES,
    outline::RULES,
    headings::RULES,
    enumeration::RULES,
    titles::RULES,
    attachments::RULES,
    dates::RULES,
    deadlines::RULES,
    calendar::RULES,
    repetition::RULES,
    punctuation::RULES,
    half_width::RULES,
    commas::RULES,
    brackets::RULES,
    spaces::RULES,
    digits::RULES,
    ranges::RULES,
    words::RULES,
    spelling::RULES,
    fixed::RULES,
    look_alikes::RULES,
    markup::RULES,
    targets::RULES,
    unrecorded::RULES,
    measures::RULES,
    agreement::RULES,
    disclosure::RULES,
    process::RULES,
    inspection::RULES,
    kinds::RULES,
    kinds_words::RULES,
    checks::RULES,
];

impl Rule {
    /// All rules, ordered by family.
    pub fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| {
            let mut all: Vec<Rule> = FAMILIES.iter().copied().flatten().copied().collect();
            all.sort_by_key(|rule| rule.family);
            all
        });
        &ALL
    }

    /// The rule of an id.
    pub fn find(id: &str) -> Option<&'static Self> {
        Self::all().iter().find(|rule| rule.id == id)
    }
}
