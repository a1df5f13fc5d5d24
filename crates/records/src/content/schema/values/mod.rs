//! Values that several records share: deadlines, periods, targets, contacts.

mod contact;
mod deadline;
mod period;
mod target;

pub use contact::Contact;
pub use deadline::{Deadline, When};
pub use period::Period;
pub use target::Target;
