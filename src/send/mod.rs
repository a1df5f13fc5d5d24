//! Sending every unit its sheet, once, with a ledger of what was sent and of every doubt.
//!
//! [`plan()`] compares what was built with the records and with the ledger and says what is to be
//! done for each unit; [`run()`] carries it out through a [`Carrier`]: an
//! [`Outbox`] or [`Smtp`]. Nothing here prints.

pub mod address;
pub mod changes;
pub mod csv;
mod enclosures;
mod foreign;
mod gate;
pub mod ledger;
pub mod letter;
mod login;
mod mail;
pub mod missing;
pub(crate) mod names;
mod outbox;
mod plan;
pub mod receipt;
pub mod replies;
mod run;
mod server;
pub mod sheet_content;
mod sheets;
mod smtp;
mod wanted;
mod zip;

pub(crate) use address::addresses;
pub use enclosures::enclosures;
pub use gate::{Allowed, gate};
pub(crate) use login::{equipped, server};
pub use outbox::Outbox;
pub use plan::{Action, Parcel, Plan, Request, plan};
pub use run::{Carrier, Clock, Event, Outcome, Pace, Summary, run};
pub use server::{PASSWORD, Secret, Server};
pub use sheets::{Built, Lack, SheetFile};
pub use smtp::Smtp;
pub use wanted::{sheet_names, wanted};
