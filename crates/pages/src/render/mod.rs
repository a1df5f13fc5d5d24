//! From view models to HTML and Typst source.

pub mod escape;
mod failure;
mod filters;
mod latin;
mod rich_html;
mod rich_typst;
#[cfg(test)]
pub mod sample;
mod templates;
mod whole;

pub use rich_html::rich_html;
pub use rich_typst::rich_typst;
pub(crate) use rich_typst::whole_key;
pub use templates::{Templates, built_in};
