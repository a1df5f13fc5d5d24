//! The Typst sources of a build, written down for those who set them without yinfa.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use base::diag::{Diagnostics, Lang};
use pages::build::{self, Selection, Tools};
use pages::render::Templates;
use pages::typeset::{
    EmbeddedEngine, Engine, FontSettings, Fonts, Job, Pdf, Role, Standards, system_font_dirs,
};
use records::content;
use records::content::schema::formats::Format;
use records::view;
use serde::{Deserialize, Serialize};

use super::Fallible;

/// What stands in the folder of sources beside a folder for each document.
#[derive(Serialize, Deserialize)]
pub(super) struct Exported {
    pub(super) documents: Vec<Document>,
    /// The faces, in the order in which yinfa knows them.
    pub(super) faces: Vec<(PathBuf, u32)>,
    /// The PDF standards.
    pub(super) standards: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Document {
    /// Its folder, with `main.typ` and what that imports.
    pub(super) folder: String,
    /// The files to be made of it, below the publication's folder.
    pub(super) files: Vec<String>,
    /// Year, month, day.
    pub(super) date: (i32, u8, u8),
}

impl Exported {
    const NAME: &str = "sources.json";

    pub(super) fn read(folder: &Path) -> Fallible<Self> {
        Ok(serde_json::from_slice(&fs::read(folder.join(Self::NAME))?)?)
    }

    fn write(&self, folder: &Path) -> Fallible<()> {
        Ok(fs::write(folder.join(Self::NAME), serde_json::to_vec_pretty(self)?)?)
    }

    /// Leaves in a folder the documents whose sources are others in `before`.
    pub(super) fn keep_changed(&mut self, folder: &Path, before: &Path) -> Fallible<()> {
        let main = |folder: &Path, number: &str| fs::read(folder.join(number).join("main.typ"));
        let mut changed = Vec::new();
        for document in self.documents.drain(..) {
            // The documents of both are in the order of the plan.
            if main(folder, &document.folder)? != main(before, &document.folder)? {
                changed.push(document);
            }
        }
        self.documents = changed;
        self.write(folder)
    }
}

/// An engine that keeps what it was asked to set.
struct Keeping<'a> {
    engine: &'a EmbeddedEngine,
    jobs: Mutex<Vec<Job>>,
}

impl Engine for Keeping<'_> {
    fn name(&self) -> &str {
        self.engine.name()
    }

    fn version(&self) -> String {
        self.engine.version()
    }

    fn identity(&self) -> String {
        self.engine.identity()
    }

    fn pdf(&self, job: &Job) -> Result<Pdf, Diagnostics> {
        self.jobs.lock().expect("no thread has panicked").push(job.clone());
        self.engine.pdf(job)
    }
}

/// Builds the only publication of a project and writes its Typst sources, and what its sheets
/// say, to `out`.
pub(super) fn child(project: &Path, out: &Path) -> Fallible<()> {
    let project =
        content::load(project).map_err(|problem| problem.message.get(Lang::En).to_string())?;
    let home = std::env::home_dir();
    let mut system_dirs = system_font_dirs(home.as_deref());
    if let Some(data) = std::env::var_os("XDG_DATA_HOME") {
        system_dirs.insert(0, Path::new(&data).join("fonts"));
    }
    let (fonts, _) = Fonts::find(&FontSettings { system_dirs, ..FontSettings::default() });
    let fonts = Arc::new(fonts);
    let standards = Standards::archival();
    let embedded = EmbeddedEngine::new(fonts.clone(), standards.clone());
    let (templates, _) = Templates::load(None).map_err(said)?;
    let keeping = Keeping { engine: &embedded, jobs: Mutex::default() };
    let tools = Tools {
        templates: &templates,
        engine: Some(&keeping),
        fonts: Some(&fonts),
        layout: Some(&embedded),
        strict: false,
        force: true,
        state: None,
        program: "bench",
        jobs: NonZeroUsize::MIN,
        progress: &|_, _| {},
    };
    let prepared =
        records::publication::prepare(&project, |_| true).pop().ok_or("the project is empty")?;
    let publication = prepared.publication.ok_or("the publication has errors")?;
    let job = build::Job { publication: &publication, sources: &prepared.sources };
    build::build(
        job,
        &Selection::of_formats([Format::Html, Format::Pdf]),
        &tools,
        &out.join("built"),
    )
    .map_err(said)?;

    let tasks = publication.tasks();
    let sheets = publication.sheet_units(&tasks);
    let sheets: Vec<_> = sheets
        .iter()
        .map(|unit| view::sheet(&publication, *unit, tasks.get(unit).map_or(&[], Vec::as_slice)))
        .collect();
    fs::write(out.join("sheets.json"), serde_json::to_vec(&sheets)?)?;

    let jobs = keeping.jobs.into_inner()?;
    let documents = jobs.iter().enumerate().map(|(number, job)| write(out, number, job));
    let exported = Exported {
        documents: documents.collect::<Fallible<_>>()?,
        faces: faces(&fonts),
        standards: standards.names().to_vec(),
    };
    exported.write(out)
}

fn write(out: &Path, number: usize, job: &Job) -> Fallible<Document> {
    let folder = number.to_string();
    let root = out.join(&folder);
    fs::create_dir_all(&root)?;
    fs::write(root.join("main.typ"), &job.main)?;
    for (path, text) in &job.files {
        fs::write(root.join(path.trim_start_matches('/')), text.as_bytes())?;
    }
    let files = job.label.split(", ").map(String::from).collect();
    Ok(Document { folder, files, date: job.date.ok_or("the sample has a date")? })
}

/// Each face that a role uses, once.
fn faces(fonts: &Fonts) -> Vec<(PathBuf, u32)> {
    let mut seen = BTreeSet::new();
    let listed = Role::ALL.into_iter().flat_map(|role| {
        let marks = fonts.marks(role).map(|(face, _)| face);
        fonts.faces(role).map(|(face, _)| face).chain(marks)
    });
    let faces = listed.map(|face| (face.file().path().to_owned(), face.index()));
    faces.filter(|face| seen.insert(face.clone())).collect()
}

fn said(diags: Diagnostics) -> String {
    diags.iter().map(|diag| diag.message.get(Lang::En)).collect::<Vec<_>>().join("\n")
}
