//! The view models: plain data that HTML and Typst both are made from, so that the two cannot
//! differ. What is printed is decided here, how it looks is not.
//!
//! Templates see these structs by their field names; docs/templates.md lists them.

mod about;
mod apart;
mod breakdown;
mod column;
mod files;
mod forms;
mod index;
mod listing;
mod notice;
mod plain_table;
mod progress;
mod reporting;
mod rich;
mod role;
mod sheet;
#[cfg(test)]
mod tests;

pub use about::AboutNotice;
pub use apart::{ApartView, apart};
pub use breakdown::{BreakdownRow, BreakdownView, UnitRow, UnitTask, breakdown};
pub use column::{ColumnKey, TaskColumn};
pub use files::{apart_file, apart_places, document_file};
pub use forms::{
    AccessChoice, DistributionRow, DistributionView, FormView, StepView, distribution, form,
};
pub use index::{
    ITEMS_ON_A_PAGE, IndexCell, IndexItem, IndexPage, IndexRow, IndexView, SheetFormats, index,
    index_file, index_pages,
};
pub use listing::{
    DeadlineListing, ItemListing, PublicationListing, TargetListing, TaskListing, UnitListing,
    list_items, list_publications, list_tasks, list_units,
};
pub use notice::{
    AttachmentContentView, AttachmentView, DisclosureRow, HeadView, ImprintView, IssuedView,
    ItemView, LabelledRow, LinkView, NoticeView, SectionView, SignOffView, bound, notice,
};
pub use plain_table::HeadGroup;
pub use progress::{
    MissingListing, ProgressListing, SourceListing, ValueListing, VerifiedListing, list_missing,
    list_progress,
};
pub use role::{RoleNote, ShownRole};
pub use sheet::{Carried, CarriedGoal, OWN_TARGETS, OWN_TASK, SheetRow, SheetView, listed, sheet};

/// Between the headings above an item, where they stand on one line.
const BETWEEN_HEADINGS: &str = "　";

/// Fields that say nothing new: they spare templates and workbooks to conclude from other fields
/// what those mean. The version of a paper does not depend on them.
pub const CONCLUDED: [&str; 4] = ["turned", "ends_turned", "shown_role", "carried"];
