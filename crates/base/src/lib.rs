//! What every layer of yinfa uses: diagnostics, formatted text, waiting for changes of files.
//! Knows nothing of notices.

pub mod diag;
pub mod text;
pub mod watch;
