//! What a session knows of the machine, read by whoever starts it.

use std::ffi::OsString;
use std::path::PathBuf;

/// The machine of a run, as far as a session needs it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Machine {
    /// The user's own folder.
    pub(crate) home: Option<PathBuf>,
    /// The user's folder of data (`XDG_DATA_HOME`).
    pub(crate) data: Option<PathBuf>,
    /// The user's folder of caches (`XDG_CACHE_HOME`).
    pub(crate) cache: Option<PathBuf>,
    /// Where commands are looked for.
    pub(crate) path: Option<OsString>,
    /// The working folder, from which a project is searched upwards.
    pub(crate) folder: PathBuf,
    /// Distinguishes this program from another build of the same version.
    pub(crate) program: String,
}
