//! The Typst library as an engine.

use std::sync::Arc;

use typst::diag::Warned;
use typst::foundations::{Label, Selector, Smart};
use typst::introspection::Introspector;
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use super::engine::{Engine, Job, Pdf, typst_version};
use super::fonts::Fonts;
use super::modules::Modules;
use super::standards::Standards;
use super::world::{JobWorld, date};
use super::{fonts, frames, glyphs, messages, pool};
use base::diag::Diagnostics;
use pdf::page::Page;

/// Typst inside this program: nothing to install, and fonts and caches are shared by all jobs.
pub struct EmbeddedEngine {
    fonts: Arc<Fonts>,
    standards: Standards,
    library: LazyHash<Library>,
    modules: Modules,
}

/// A document that was laid out: pages of positioned text, lines and images.
#[derive(Debug, Clone)]
pub struct Laid {
    /// The pages, as Typst has them.
    pub document: PagedDocument,
    /// What somebody should look at.
    pub warnings: Diagnostics,
}

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The page, from 1.
    pub page: usize,
    /// From the top of the page, in millimetres.
    pub y: f64,
}

impl Laid {
    /// The pages as plain data.
    pub fn pages(&self) -> Vec<Page> {
        frames::pages(&self.document)
    }
}

impl Laid {
    /// Where elements with a label stand, in their order.
    pub(crate) fn places_of(&self, label: &str) -> Vec<Place> {
        let Some(label) = Label::new(PicoStr::intern(label)) else { return Vec::new() };
        let introspector = self.document.introspector();
        introspector
            .query(&Selector::Label(label))
            .iter()
            .filter_map(|element| {
                let position = introspector.position(element.location()?)?;
                Some(Place { page: position.page.get(), y: position.point.y.to_mm() })
            })
            .collect()
    }
}

impl EmbeddedEngine {
    /// An engine with these fonts, whose PDFs are held to these standards.
    pub fn new(fonts: Arc<Fonts>, standards: Standards) -> Self {
        let library = LazyHash::new(Library::default());
        Self { fonts, standards, library, modules: Modules::default() }
    }

    /// Whether jobs with or without a date are held to a PDF standard.
    pub(crate) fn keeps_standards(&self, dated: bool) -> bool {
        self.standards.apply(dated)
    }

    /// Lays a job out without exporting it. Characters that no font can draw are errors.
    pub fn lay_out(&self, job: &Job) -> Result<Laid, Diagnostics> {
        let world = self.world(job)?;
        pool::alone(|| self.lay_out_world(&world, job))
    }

    fn world(&self, job: &Job) -> Result<JobWorld<'_>, Diagnostics> {
        JobWorld::new(&self.library, &self.fonts, &self.modules, job)
    }

    fn lay_out_world(&self, world: &JobWorld<'_>, job: &Job) -> Result<Laid, Diagnostics> {
        let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
        let mut warnings = messages::from_library(world, &job.label, &warnings);
        warnings.extend(self.fonts.lost().map(|file| fonts::lost(file.path())));
        match output {
            Ok(document) => {
                for missing in glyphs::missing(&document) {
                    warnings.push(messages::missing_glyph(&missing, &self.fonts, &job.label));
                }
                if warnings.has_errors() {
                    return Err(warnings);
                }
                Ok(Laid { document, warnings })
            }
            Err(errors) => {
                let mut problems = messages::from_library(world, &job.label, &errors);
                problems.append(warnings);
                Err(problems)
            }
        }
    }

    fn export(&self, world: &JobWorld<'_>, job: &Job, laid: Laid) -> Result<Pdf, Diagnostics> {
        // As the command does it: both must give the same bytes.
        let options = PdfOptions {
            ident: Smart::Auto,
            creator: Smart::Auto,
            timestamp: date(job)?.map(Timestamp::new_utc),
            page_ranges: None,
            standards: self.standards.of(job).parsed().clone(),
            tagged: true,
            pretty: false,
        };
        match typst_pdf::pdf(&laid.document, &options) {
            Ok(bytes) => {
                Ok(Pdf { bytes, pages: laid.document.pages().len(), warnings: laid.warnings })
            }
            Err(errors) => {
                let mut problems = messages::from_library(world, &job.label, &errors);
                problems.append(laid.warnings);
                Err(problems)
            }
        }
    }
}

impl Engine for EmbeddedEngine {
    fn name(&self) -> &str {
        "embedded"
    }

    fn version(&self) -> String {
        typst_version()
    }

    fn identity(&self) -> String {
        format!("typst {} ({}) {:?}", self.version(), self.name(), self.standards)
    }

    fn pdf(&self, job: &Job) -> Result<Pdf, Diagnostics> {
        let world = self.world(job)?;
        pool::alone(|| {
            let laid = self.lay_out_world(&world, job)?;
            self.export(&world, job, laid)
        })
    }
}

/// Drops what Typst remembers of work that the last `rounds` calls of this function have not
/// used again. Every document leaves about a megabyte behind, a failed one too; a run of some
/// dozens needs no call, one of hundreds one every few documents.
pub fn evict(rounds: usize) {
    typst::comemo::evict(rounds);
}
