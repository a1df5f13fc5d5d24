//! The view models: plain data that HTML and Typst both are made from, so that the two cannot
//! differ. What is printed is decided here, how it looks is not.
//!
//! Templates see these structs by their field names; docs/templates.md lists them.

mod breakdown;
mod index;
mod notice;
mod rich;
mod sheet;

pub use breakdown::{BreakdownRow, BreakdownView, UnitRow, UnitTask, breakdown};
pub use index::{IndexCell, IndexRow, IndexView, index};
pub use notice::{
    AttachmentContentView, AttachmentView, DisclosureRow, HeadView, ImprintView, IssuedView,
    ItemView, LinkView, NoticeView, SectionView, SignOffView, notice,
};
pub use sheet::{SheetRow, SheetView, sheet};
