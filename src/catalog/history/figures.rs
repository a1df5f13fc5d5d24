//! The numbers in a text that are to be reached.

use base::zh;
use import::proposed_targets;

/// A number that is to be reached, as a text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    comparison: zh::Comparison,
    value: String,
    /// What it counts in.
    pub(super) measure: String,
}

impl Figure {
    /// As a text prints it.
    pub(super) fn print(&self) -> String {
        let comparison = self.comparison.print();
        format!("{comparison}{}{}", self.value, self.measure)
    }
}

/// The numbers of a text that are to be reached.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    // Full-width digits are the same number; full-width commas still end a clause.
    let narrow = |c| if matches!(c, '０'..='９' | '．' | '％') { zh::half_width(c) } else { c };
    let text: String = text.chars().map(narrow).collect();
    let found = proposed_targets(&text).into_iter();
    found.map(|f| Figure { comparison: f.comparison, value: f.value, measure: f.measure }).collect()
}
