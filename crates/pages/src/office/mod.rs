//! From view models to the files of office programs: workbooks (.xlsx) and Word documents
//! (.docx). What is printed is decided in `view`; measures come from `geometry`.
//!
//! The same view gives the same bytes: there is no clock in a file, the date of its making is
//! the notice's.

pub mod docx;
mod properties;
mod text;
pub mod xlsx;

pub use properties::Properties;

use std::fmt;

/// Why a file could not be written: words of the library that writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

macro_rules! failure_from {
    ($($error:ty),*) => { $(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self(error.to_string())
            }
        }
    )* };
}

failure_from!(rust_xlsxwriter::XlsxError, serde_json::Error, std::io::Error, zip::result::ZipError);
