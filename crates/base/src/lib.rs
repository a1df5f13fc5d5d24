//! What every layer of yinfa uses: diagnostics, formatted text, Chinese, titles, files on disk,
//! waiting for changes. Knows nothing of notices.

pub mod columns;
pub mod diag;
pub mod disk;
pub mod mail_address;
pub mod nearest;
pub mod rich;
pub mod spelling;
pub mod title;
pub mod watch;
pub mod zh;
