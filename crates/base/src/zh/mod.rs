//! What is known of Chinese text.

mod cjk;
mod look_alikes;

pub use cjk::is_cjk;
pub(crate) use cjk::{closes, opens};
pub use look_alikes::meant;
