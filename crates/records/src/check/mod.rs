//! `yinfa check`: what an experienced clerk would catch before it is printed.
//!
//! A [`Rule`] has an id, a severity, a reason, an example that fires and one that does not, and a
//! function that looks at a publication or at one of its texts. Rules of one family stand in one
//! file below `rules`; [`Rule::all`] lists them. What they find is pure data: nothing here
//! reads a file or prints.
//!
//! A finding is certain to point into the YAML value it is about. Where the remedy is certain
//! too it carries a fix; [`apply`] makes fixes in a text, and leaves out those that would
//! change anything else.

mod allow;
mod context;
pub mod example;
mod finding;
mod fix;
mod lexicon;
mod numbers;
mod prose;
mod reference;
mod rule;
mod rules;
mod run;
mod settings;
#[cfg(test)]
mod tests;
mod texts;
mod words;

pub use context::{Context, Covers};
pub use fix::{Change, apply};
pub use reference::{explain, reference};
pub use rule::{Family, Rule};
pub use run::check;
pub use settings::Settings;
pub use settings::unknown_rule;
