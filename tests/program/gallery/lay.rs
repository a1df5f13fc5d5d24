//! Laying a project's notice out inside the test, and measuring it.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use base::diag::Diagnostics;
use pages::build::notice_job;
use pages::measure::{Expected, Report, Settings, measure};
use pages::render::Templates;
use pages::typeset::{EmbeddedEngine, Engine, FontSettings, Fonts, Job, Standards};
use pdf::page::Page;
use records::publication::prepare;
use records::view;

use crate::support::{Project, font_args};

/// A notice that is ready to be laid out.
pub(crate) struct Ready {
    pub(crate) job: Job,
    pub(crate) expected: Expected,
    pub(crate) settings: Settings,
}

/// The fonts of set-up, loaded once.
pub(crate) fn fonts() -> Arc<Fonts> {
    static FONTS: OnceLock<Arc<Fonts>> = OnceLock::new();
    let find = || {
        let dirs = font_args()[1..].chunks(2).map(|pair| PathBuf::from(&pair[1])).collect();
        let (fonts, diags) = Fonts::find(&FontSettings { dirs, ..FontSettings::default() });
        assert!(!diags.has_errors(), "{diags:?}");
        Arc::new(fonts)
    };
    FONTS.get_or_init(find).clone()
}

/// Prepares the publication `p` of a project, which can be laid out.
#[track_caller]
pub(crate) fn ready(project: &Project) -> Ready {
    try_ready(project).unwrap_or_else(|diags| panic!("{diags:#?}"))
}

/// Prepares the publication `p` of a project; what the layout refuses is an error.
pub(crate) fn try_ready(project: &Project) -> Result<Ready, Diagnostics> {
    let loaded = records::content::load(&project.root()).unwrap();
    let prepared = prepare(&loaded, |id| id == "p").remove(0);
    assert!(!prepared.diags.has_errors(), "{:#?}", prepared.diags);
    let publication = prepared.publication.unwrap();
    let (templates, _) = Templates::load(None).unwrap();
    let engine = EmbeddedEngine::new(fonts(), Standards::default());
    Ok(Ready {
        job: notice_job(&publication, &templates, &fonts(), &engine)?,
        expected: Expected::from(&view::notice(&publication)),
        settings: Settings::of(&publication.record.common.layout),
    })
}

impl Ready {
    /// Writes the PDF for somebody to look at, where `YINFA_GALLERY_OUT` names a folder.
    pub(crate) fn show(&self, name: &str) {
        let Some(folder) = std::env::var_os("YINFA_GALLERY_OUT") else { return };
        let engine = EmbeddedEngine::new(fonts(), Standards::default());
        let pdf = engine.pdf(&self.job).unwrap_or_else(|diags| panic!("{diags:#?}"));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(PathBuf::from(folder).join(format!("{name}.pdf")), pdf.bytes).unwrap();
    }

    /// The pages.
    pub(crate) fn pages(&self) -> Vec<Page> {
        let engine = EmbeddedEngine::new(fonts(), Standards::default());
        engine.lay_out(&self.job).unwrap_or_else(|diags| panic!("{diags:#?}")).pages()
    }

    /// The report.
    pub(crate) fn report(&self) -> Report {
        measure(&self.pages(), &self.expected, &self.settings)
    }
}
