//! Who is responsible: the brackets, lines and columns that name units.

mod assigned;
mod bracket;
mod clauses;
pub(crate) mod deadline;
pub(crate) mod kinds;
mod names;
mod roles;

pub(crate) use assigned::{Assigned, Entry};
pub(crate) use bracket::{Style, brackets};
pub(crate) use clauses::{lead_sentence, parse, parse_as, says_first_leads};
pub(crate) use names::{is_sentence, looks_like_unit, split_names, without_qualifier};
pub(crate) use roles::{Role, opens_unit_line, role_of_label};
