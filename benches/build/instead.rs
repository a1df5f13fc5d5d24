//! What somebody might use instead: other programs that make documents, on our sheets or, where
//! they cannot take those, on one document of their own. `scripts/bench-peers.sh` installs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Fallible;
use super::corpus::Project;
use super::machine::version;
use super::place::Place;
use super::process::{Contender, by_turns, run};
use super::report::{Group, Row};

pub(super) const SHEETS: &str = "yinfa, all sheets as PDF, cold";
const ONE: &str = "yinfa, one sheet as PDF, cold";
const WEASYPRINT: &str = "WeasyPrint, our HTML of the same sheets";
const DOCXTPL: &str = "docxtpl and LibreOffice, the same sheets' contents";
const RENDERCV: &str = "RenderCV, one document of its own";
/// A unit with a sheet of usual size.
const UNIT: &str = "区数据局";

/// The rows; those of programs that are not there say so.
pub(super) fn group(place: &Place, runs: usize) -> Fallible<Group> {
    eprintln!("other programs");
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/build/peers");
    let work = place.folder.join("instead");
    fs::create_dir_all(&work)?;
    let project = Project::sample(place, "instead-sheets")?;
    let one = Project::sample(place, "instead-one")?;
    run(&mut project.build(place, &["--only", "sheets"]))?;
    let html = work.join("html");
    fs::create_dir_all(&html)?;
    let tasks = project.output().join("internal/tasks");
    let mut sheets = 0;
    for entry in fs::read_dir(&tasks)? {
        let file = entry?.path();
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if file.extension().is_some_and(|e| e == "html") && stem != "index" {
            fs::copy(&file, html.join(format!("{stem}.html")))?;
            sheets += 1;
        }
    }
    let itself = std::env::current_exe()?;
    let data = work.join("data");
    fs::create_dir_all(&data)?;
    run(Command::new(itself).args(["child", "export"]).arg(&project.root).arg(&data))?;

    let mut contenders = vec![
        Contender {
            name: SHEETS,
            before: Box::new(|| project.clear()),
            run: Box::new(|| {
                run(&mut project.build(place, &["--only", "sheets", "--format", "pdf"]))
            }),
        },
        Contender {
            name: ONE,
            before: Box::new(|| one.clear()),
            run: Box::new(|| run(&mut one.build(place, &["--unit", UNIT, "--format", "pdf"]))),
        },
    ];
    let mut skipped = Vec::new();
    let mut notes = Vec::new();
    let peers = [
        Peer { name: WEASYPRINT, script: "weasyprint_sheets.py", input: html, makes: sheets },
        Peer {
            name: DOCXTPL,
            script: "docxtpl_sheets.py",
            input: data.join("sheets.json"),
            makes: sheets,
        },
        Peer {
            name: RENDERCV,
            script: "rendercv_one.py",
            input: scripts.join("cv.yaml"),
            makes: 1,
        },
    ];
    let python = python();
    for peer in peers {
        let out = work.join(peer.script);
        let command = {
            let (python, script) = (python.clone(), scripts.join(peer.script));
            let (input, out) = (peer.input, out.clone());
            move || {
                let mut command = Command::new(&python);
                command.arg(&script).arg(&input).arg(&out);
                command
            }
        };
        // The first run says whether it works, and fills the caches of its own.
        match try_out(command(), &out, peer.makes) {
            Ok(()) => {
                let versions = version(
                    &python.to_string_lossy(),
                    &[&scripts.join(peer.script).to_string_lossy(), "--version"],
                );
                notes.push(format!("{}: {versions}.", peer.name));
                contenders.push(Contender {
                    name: peer.name,
                    before: Box::new(move || {
                        fs::remove_dir_all(&out)?;
                        Ok(())
                    }),
                    run: Box::new(move || run(&mut command())),
                });
            }
            Err(reason) => skipped.push(Row::skipped(peer.name, reason)),
        }
    }
    let taken = by_turns(&mut contenders, runs)?;
    let rows = contenders.iter().zip(taken).map(|(one, taken)| (one.name.to_string(), taken));
    let mut group = Group::new("What somebody might use instead", place, rows.collect());
    group.rows.extend(skipped);
    notes.insert(0, format!(
        "{sheets} sheets. The other programs run as is best for them: a single process for all sheets where they can, caches warm, without syncing. Compared first: each makes all files, and each is a PDF."
    ));
    group.notes = notes;
    Ok(group)
}

struct Peer {
    name: &'static str,
    script: &'static str,
    input: PathBuf,
    /// How many PDFs.
    makes: usize,
}

/// The Python that `scripts/bench-peers.sh` installs into.
fn python() -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(std::env::home_dir()?.join(".cache"))).unwrap_or_default();
    cache.join("yinfa/bench-venv/bin/python")
}

/// Runs a peer once; the reason where it does not do what it should.
fn try_out(mut command: Command, out: &Path, makes: usize) -> Result<(), String> {
    if !Path::new(command.get_program()).is_file() {
        return Err("not installed (scripts/bench-peers.sh)".into());
    }
    run(&mut command).map_err(|error| {
        let said = error.to_string();
        let last = said.trim().lines().last().unwrap_or_default().to_string();
        format!("does not run here: {last}")
    })?;
    let files = walkdir::WalkDir::new(out).into_iter().filter_map(Result::ok);
    let is_pdf = |file: &Path| {
        file.extension().is_some_and(|e| e == "pdf")
            && fs::read(file).is_ok_and(|bytes| bytes.starts_with(b"%PDF-"))
    };
    match files.filter(|file| is_pdf(file.path())).count() {
        made if made == makes => Ok(()),
        made => Err(format!("makes {made} PDFs, not {makes}")),
    }
}
