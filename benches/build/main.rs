//! How long builds take, and with how much memory: whole processes of the release program, against
//! the typst command and the bare library on the same sources, and against the programs that
//! somebody might use instead. `make bench` runs all of it and writes benches/RESULTS.md.
//!
//! `cargo bench --bench build -- --runs 1 --only sample` is for work on it: options stand in
//! `options.rs`.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]
#![allow(missing_docs)]

mod corpus;
mod export;
mod instead;
mod library;
mod machine;
mod options;
mod place;
mod process;
mod report;
mod sample;
mod scale;
mod table;

use std::error::Error;
use std::path::Path;

use self::options::Options;
use self::place::Place;
use self::report::Report;

/// That of the program, so that the bare library differs by what yinfa does and by nothing else.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Whatever went wrong: a figure that could not be taken is worth nothing.
type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // What needs much memory runs in a process of its own: a process that is started counts
    // that of the one it comes from as its peak.
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["child", "export", project, out] => export::child(Path::new(project), Path::new(out)),
        ["child", "library", sources, out, threads] => {
            library::child(Path::new(sources), Path::new(out), threads.parse()?)
        }
        _ => run(&Options::parse(&arguments)?),
    }
}

fn run(options: &Options) -> Fallible<()> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(target)?;
    let places = Place::all(folder.path())?;
    let mut report = Report::new(options.runs, &places);
    if options.has("sample") {
        for place in &places {
            report.groups.push(sample::group(place, options.runs)?);
        }
    }
    if options.has("scale") {
        for place in &places {
            report.groups.push(scale::group(place, options.runs)?);
        }
    }
    if options.has("instead") {
        report.groups.push(instead::group(&places[0], options.runs)?);
    }
    let text = report.text();
    println!("{text}");
    match &options.write {
        Some(file) if options.is_whole() => std::fs::write(file, text)?,
        Some(file) => eprintln!("{} is written by a whole run only", file.display()),
        None => {}
    }
    Ok(())
}
