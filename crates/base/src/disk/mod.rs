//! Files on disk: digests, names and paths that every file system takes, writing that survives a
//! power cut, staging folders, exchanging folders, locks.
//!
//! Whatever writes into a folder that people keep uses this module: a file or folder is the old one
//! or the new one, whole, and a program that was killed leaves only staging folders, which the next
//! run removes.

mod digest;
mod exchange;
mod lock;
mod name;
mod path;
mod staging;
mod sync;

pub use digest::{Digests, Hasher, hex, sha256};
pub use exchange::{exchange, put_back};
pub use lock::{FileLock, LockError, is_locked};
pub use name::{file_name, file_name_folded, file_name_with};
pub use path::{BadPath, LONGEST_PATH, check_path, folded_path, is_escaped, stays_inside};
pub use staging::{Staging, leftovers, remove_leftovers};
pub use sync::{replace, rewrite, sync_folder, write_new};
