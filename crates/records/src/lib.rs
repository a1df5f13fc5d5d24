//! The records of a project: read, resolved, checked, and viewed. Knows no format of output.

pub mod carriers;
pub mod check;
pub mod content;
pub mod edit;
pub mod manifest;
pub mod publication;
pub mod view;
