//! What a run leaves for the next one, in the project's `.yinfa` folder and the user's folder of
//! caches: what makes it faster and decides nothing. (The ledger of `send` is no such thing.) Whatever is wrong with one, it counts as not there.

use std::fs;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use base::disk::replace;

/// The folder below a project's root.
pub const FOLDER: &str = ".yinfa";

/// Reads a cache; `None` where there is none of use.
pub fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Writes a cache, whole or not at all.
pub fn write<T: Serialize>(path: &Path, cache: &T) {
    // Where it cannot be written the next run is slower, and that is all.
    let _ = serde_json::to_vec(cache).map(|bytes| replace(path, &bytes));
}
