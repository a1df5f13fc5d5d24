//! Publications that can be found, read and proven in thirty years: one package for each document
//! (件), which any tool can verify without this program.
//!
//! A [`Package`] is planned from the built output, the records and the templates, staged beside its
//! place as a BagIt [`bag`], and put there in one step. [`Bag`] reads one, and [`verify`] holds it to
//! the four properties of DA/T 70. What stands where says [`layout`].

pub mod bag;
mod built;
pub mod code;
mod derived;
mod describe;
pub mod documents;
mod enclosure;
mod entries;
mod failure;
pub(crate) mod isolated;
pub mod layout;
mod list;
pub mod metadata;
mod package;
mod placement;
mod printed;
mod read;
mod read_me;
pub mod rebuild;
mod refusal;
mod register;
mod schedule;
mod settings;
pub mod verify;

pub use bag::write::remove_leftovers;
pub use failure::ARCHIVE_FAILED;
pub use list::{List, Listed};
pub use package::{Package, Request};
pub use placement::Placement;
pub use printed::{Lists, Row, lists};
pub use read::{Bag, bags, looks_like_bag};
pub use register::{Register, register};
pub use schedule::hint as retention_hint;
pub use settings::{Enclosures, Settings, Wanted, given_code};
