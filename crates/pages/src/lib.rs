//! From publications to files: templates, layout by Typst, the ruler that measures pages,
//! workbooks and Word documents, and the build that puts them in their place.

pub mod build;
pub mod geometry;
pub mod measure;
pub mod office;
pub mod render;
pub mod state;
mod tables;
pub mod typeset;
