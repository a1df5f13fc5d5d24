//! What an input may cost. Whatever lies beyond is refused with a message, before it is read.

/// Bytes of the file.
pub const INPUT: usize = 16 << 20;
/// Bytes of everything packed in it (.docx, .xlsx).
pub(crate) const UNPACKED: u64 = 64 << 20;
/// Bytes of text, once markup is taken away.
pub const TEXT: usize = 16 << 20;
/// Elements inside elements, brackets inside brackets.
pub(crate) const NESTING: usize = 256;
/// Headings and items.
pub(crate) const ENTRIES: usize = 10_000;
/// Bytes of a bracket or line that names units, and of one name in it.
pub(crate) const BRACKET: usize = 12_000;
/// See [`BRACKET`].
pub(crate) const NAME: usize = 300;
/// Cells of a row.
pub(crate) const COLUMNS: usize = 256;
/// Cells of all tables.
pub(crate) const CELLS: usize = 1 << 20;
/// Pages of a PDF.
pub(crate) const PAGES: usize = 1_000;
