//! Places in a file.

use std::fmt;

use base::diag::Text;
use base::text;

/// Where a line stands in the file, in the words of that kind of file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// The line of a text or a page.
    Line(usize),
    /// The paragraph of a Word file.
    Paragraph(usize),
    /// The row of a sheet.
    Row(String, usize),
    /// The page of a PDF.
    Page(usize),
}

impl Place {
    /// In both languages.
    pub(crate) fn text(&self) -> Text {
        match self {
            Self::Line(n) => text!("第 {n} 行", "line {n}"),
            Self::Paragraph(n) => text!("第 {n} 段", "paragraph {n}"),
            Self::Row(sheet, n) => text!("“{sheet}”第 {n} 行", "“{sheet}” row {n}"),
            Self::Page(n) => text!("第 {n} 页", "page {n}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text().get(base::diag::Lang::Zh))
    }
}
