//! Values that several records share: deadlines, targets, contacts.

mod contact;
mod deadline;
mod target;

pub use contact::Contact;
pub use deadline::{Deadline, When};
pub use target::Target;
