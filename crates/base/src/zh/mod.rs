//! What is known of Chinese text.

mod cjk;

pub use cjk::is_cjk;
pub(crate) use cjk::{closes, opens};
