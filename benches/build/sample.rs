//! The sample: cold, and after each kind of change, beside the bare library and the typst command
//! on the same sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use walkdir::WalkDir;

use super::Fallible;
use super::corpus::Project;
use super::export::{Document, Exported};
use super::machine::threads;
use super::place::Place;
use super::process::{Contender, Taken, by_turns, run};
use super::report::Group;

pub(super) const COLD: &str = "yinfa, cold: HTML and PDF, all checks";
pub(super) const LIBRARY: &str = "bare library, same sources and threads, PDFs only";
pub(super) const ONE_BY_ONE: &str = "typst command, same sources, one by one, PDFs only";
pub(super) const TWO: &str = "typst command, two at a time, PDFs only";
pub(super) const UNCHANGED: &str = "yinfa, nothing changed";
pub(super) const ITEM: &str = "yinfa, one item edited";
pub(super) const LIBRARY_ITEM: &str = "bare library, the documents that this changes";
pub(super) const TEMPLATE: &str = "yinfa, the template of sheets edited";
pub(super) const UNIT: &str = "yinfa, one unit renamed";

/// Documents for the typst command.
struct Sources {
    folder: PathBuf,
    exported: Exported,
    /// Links to the font files, since the command takes folders.
    fonts: PathBuf,
    typst: PathBuf,
}

impl Sources {
    /// Exports them from a project.
    fn of(project: &Project, place: &Place, name: &str) -> Fallible<Self> {
        let folder = place.folder.join(name);
        fs::create_dir_all(&folder)?;
        let itself = std::env::current_exe()?;
        run(Command::new(itself).args(["child", "export"]).arg(&project.root).arg(&folder))?;
        let exported = Exported::read(&folder)?;
        let fonts = folder.join("fonts");
        fs::create_dir_all(&fonts)?;
        for (number, (file, _)) in exported.faces.iter().enumerate() {
            let extension = file.extension().unwrap_or_default();
            let link = fonts.join(number.to_string()).with_extension(extension);
            let file = file.canonicalize()?;
            let there = fs::read_dir(&fonts)?.flatten();
            if !there.flat_map(|entry| entry.path().canonicalize()).any(|other| other == file) {
                std::os::unix::fs::symlink(file, link)?;
            }
        }
        let path = std::env::var_os("PATH");
        let typst = pages::typeset::find_program(Path::new("typst"), path.as_deref());
        let typst = typst.ok_or("there is no typst command: scripts/setup.sh --typst")?;
        Ok(Self { folder, exported, fonts, typst })
    }

    /// The arguments of `yinfa build --engine command`.
    fn command(&self, place: &Place, document: &Document, pdf: &Path) -> Fallible<Command> {
        let (year, month, day) = document.date;
        let date = jiff::civil::Date::new(year.try_into()?, month.try_into()?, day.try_into()?)?;
        let midnight = date.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp().as_second();
        let mut command = place.command(&self.typst);
        command.current_dir(self.folder.join(&document.folder));
        command.args(["compile", "--root", ".", "--jobs", "1", "--font-path"]).arg(&self.fonts);
        command.args(["--ignore-system-fonts", "--ignore-embedded-fonts"]);
        command.arg(format!("--creation-timestamp={midnight}"));
        command.arg("--pdf-standard").arg(self.exported.standards.join(","));
        command.arg("main.typ").arg(pdf);
        Ok(command)
    }

    /// Sets all documents, so many at a time.
    fn set(&self, place: &Place, out: &Path, at_once: usize) -> Fallible<Taken> {
        let mut commands = Vec::new();
        for document in &self.exported.documents {
            let first = out.join(&document.files[0]);
            fs::create_dir_all(first.parent().ok_or("a file stands in a folder")?)?;
            commands.push(Mutex::new(self.command(place, document, &first)?));
        }
        let next = AtomicUsize::new(0);
        let all = Mutex::new(Vec::new());
        let work = || {
            while let Some(command) = commands.get(next.fetch_add(1, Ordering::Relaxed)) {
                let taken = command
                    .lock()
                    .map_err(|e| e.to_string())
                    .and_then(|mut command| run(&mut command).map_err(|error| error.to_string()));
                all.lock().expect("no thread has panicked").push(taken);
            }
        };
        let start = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..at_once {
                scope.spawn(work);
            }
        });
        let wall = start.elapsed();
        let mut total = Taken::default();
        for taken in all.into_inner()? {
            total = total.then(taken?);
        }
        // So many of them are in memory at a time.
        Ok(Taken { wall, peak: total.peak * at_once as u64, ..total })
    }

    fn library(&self, place: &Place, out: &Path) -> Fallible<Taken> {
        let itself = std::env::current_exe()?;
        let mut command = place.command(&itself);
        command.args(["child", "library"]).arg(&self.folder).arg(out).arg(threads().to_string());
        run(&mut command)
    }
}

/// The rows of one place.
pub(super) fn group(place: &Place, runs: usize) -> Fallible<Group> {
    eprintln!("the sample, {}", place.name());
    let cold = Project::sample(place, "cold")?;
    let sources = Sources::of(&cold, place, "sources")?;
    let edited = Project::sample(place, "edited")?;
    edited.edit_item()?;
    let mut edited = Sources::of(&edited, place, "sources-edited")?;
    edited.exported.keep_changed(&edited.folder, &sources.folder)?;
    let changed = place.folder.join("library-edited");
    let library = place.folder.join("library");
    let command = place.folder.join("command");
    let equal = compare(place, &cold, &sources, &library, &command)?;

    let [unchanged, item, template, unit] =
        ["unchanged", "item", "template", "unit"].map(|name| Project::sample(place, name));
    let (unchanged, item, template, unit) = (unchanged?, item?, template?, unit?);
    template.edit_template()?;
    for project in [&unchanged, &item, &template, &unit] {
        project.run(place)?;
    }
    let as_cold = [
        is_as_cold(place, &item, Project::edit_item)?,
        is_as_cold(place, &template, Project::edit_template)?,
        is_as_cold(place, &unit, Project::rename_unit)?,
    ];
    let yinfa = |name, project, change: fn(&Project) -> Fallible<()>| {
        contender(name, place, project, change)
    };
    let clear = |folder: &Path| if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) };
    let mut contenders = vec![
        yinfa(COLD, &cold, Project::clear),
        Contender {
            name: LIBRARY,
            before: Box::new(|| Ok(clear(&library)?)),
            run: Box::new(|| sources.library(place, &library)),
        },
        Contender {
            name: ONE_BY_ONE,
            before: Box::new(|| Ok(clear(&command)?)),
            run: Box::new(|| sources.set(place, &command, 1)),
        },
        Contender {
            name: TWO,
            before: Box::new(|| Ok(clear(&command)?)),
            run: Box::new(|| sources.set(place, &command, 2)),
        },
        yinfa(UNCHANGED, &unchanged, |_| Ok(())),
        yinfa(ITEM, &item, Project::edit_item),
        Contender {
            name: LIBRARY_ITEM,
            before: Box::new(|| Ok(clear(&changed)?)),
            run: Box::new(|| edited.library(place, &changed)),
        },
        yinfa(TEMPLATE, &template, Project::edit_template),
        yinfa(UNIT, &unit, Project::rename_unit),
    ];
    let taken = by_turns(&mut contenders, runs)?;
    let rows = contenders.iter().zip(taken).map(|(one, taken)| (one.name.to_string(), taken));
    let mut group = Group::new("The sample", place, rows.collect());
    group.notes.push(equal);
    let files: usize = as_cold.iter().sum();
    group.notes.push(format!(
        "Compared first: after each of the three changes, the {files} files of the three builds are byte for byte those of a cold build of the changed project."
    ));
    let changed = edited.exported.documents.len();
    group.notes.push(format!(
        "The edited item stands in {changed} documents: the notice, the breakdown and sheets."
    ));
    Ok(group)
}

fn contender<'a>(
    name: &'static str,
    place: &'a Place,
    project: &'a Project,
    change: fn(&Project) -> Fallible<()>,
) -> Contender<'a> {
    Contender {
        name,
        before: Box::new(move || change(project)),
        run: Box::new(move || project.run(place)),
    }
}

/// All who set the sources must give the same bytes.
fn compare(
    place: &Place,
    cold: &Project,
    sources: &Sources,
    library: &Path,
    command: &Path,
) -> Fallible<String> {
    cold.clear()?;
    cold.run(place)?;
    sources.library(place, library)?;
    sources.set(place, command, 1)?;
    let all = &sources.exported.documents;
    let files: usize = all.iter().map(|document| document.files.len()).sum();
    let pdfs = tree(&cold.output())?
        .into_keys()
        .filter(|file| file.extension().is_some_and(|e| e == "pdf"));
    if pdfs.count() != files {
        return Err("not every PDF of the build is among the sources".into());
    }
    for document in all {
        for file in &document.files {
            let ours = fs::read(cold.output().join(file))?;
            if ours != fs::read(library.join(file))? {
                return Err(format!("{file}: the bare library gives other bytes").into());
            }
            if ours != fs::read(command.join(&document.files[0]))? {
                return Err(format!("{file}: the typst command gives other bytes").into());
            }
        }
    }
    let documents = all.len();
    Ok(format!(
        "Compared first: all {documents} PDFs are byte for byte the same from yinfa, the bare library and the typst command. yinfa and the library write the notice to its two places ({files} files), the command writes each PDF once and never syncs."
    ))
}

/// Changes a built project and builds it; a cold build must give the same files. How many.
fn is_as_cold(
    place: &Place,
    project: &Project,
    change: fn(&Project) -> Fallible<()>,
) -> Fallible<usize> {
    let before = tree(&project.output())?;
    change(project)?;
    project.run(place)?;
    let warm = tree(&project.output())?;
    project.clear()?;
    project.run(place)?;
    let cold = tree(&project.output())?;
    if warm == before {
        return Err("a change that changes no file".into());
    }
    if warm != cold {
        let other = warm.iter().find(|(file, bytes)| cold.get(*file) != Some(bytes));
        return Err(format!("not as from a cold build: {:?}", other.map(|(file, _)| file)).into());
    }
    Ok(cold.len())
}

/// All files below a folder.
fn tree(folder: &Path) -> Fallible<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder)?.to_owned();
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(files)
}
