//! From view models to HTML and Typst source.

pub mod escape;
mod rich_html;
mod rich_typst;
#[cfg(test)]
mod sample;

pub use rich_html::rich_html;
pub use rich_typst::rich_typst;
