//! What every engine takes and gives.

use std::sync::Arc;

use base::diag::Diagnostics;

/// The path of a job's main source.
pub(super) const MAIN: &str = "/main.typ";

/// One document to set.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// The Typst source, which stands at `/main.typ`.
    pub main: String,
    /// Further files by their path from the root, such as `/lib.typ`. The paths should be the
    /// same ones for every job: Typst remembers each path until the program ends.
    pub files: Vec<(String, Arc<str>)>,
    /// What is being set, for messages.
    pub label: String,
    /// The date written into the PDF, at midnight UTC: year, month, day. Without one the PDF has
    /// no date.
    pub date: Option<(i32, u8, u8)>,
}

/// A document that was set.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What somebody should look at; no errors among them.
    pub warnings: Diagnostics,
}

/// Something that sets jobs. It may be used by several threads at once.
pub trait Engine: Send + Sync {
    /// What settings call it.
    fn name(&self) -> &str;

    /// The version of Typst in it.
    fn version(&self) -> String;

    /// Everything about the engine that decides what comes out: its version and its settings.
    fn identity(&self) -> String;

    /// Sets a job and exports it. The result depends on the job, the fonts, the standards and
    /// the version of Typst, on nothing else.
    fn pdf(&self, job: &Job) -> Result<Pdf, Diagnostics>;
}

/// The version of the Typst library in this program.
pub fn typst_version() -> String {
    typst::utils::version().raw().to_owned()
}
