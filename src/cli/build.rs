//! `yinfa build`.

mod builder;
mod engines;
mod said;
mod trace;

use std::mem::ManuallyDrop;
use std::time::Instant;

use clap::ArgMatches;

pub(super) use self::builder::{Builder, Built, output};
pub(super) use self::said::built;
use super::Exit;
use super::environment::Environment;
use super::report::Reporter;
use pages::build::{Format, Only, Part, Selection};

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    let started = Instant::now();
    let trace = trace::begin(matches, environment);
    // The system takes a program's memory back faster than the program can give it back.
    let mut builder = ManuallyDrop::new(Builder::new(matches, environment, selection(matches)));
    let built = ManuallyDrop::new(builder.build(reporter));
    if !built.made.is_empty() {
        said::took(started.elapsed(), reporter);
    }
    match trace.map_or(Ok(()), |file| trace::write(&file, reporter)) {
        Ok(()) => built.exit,
        Err(exit) => exit,
    }
}

/// What of each publication is asked for.
pub(super) fn selection(matches: &ArgMatches) -> Selection {
    let mut selection = Selection::default();
    if let Some(formats) = matches.get_many::<String>("format") {
        selection.formats = formats
            .filter_map(|name| Format::ALL.into_iter().find(|format| format.name() == name))
            .collect();
    }
    selection.only = matches.get_one::<String>("only").map(|only| match only.as_str() {
        "notice" => Only::Notice,
        _ => Only::Sheets,
    });
    selection.part = matches.try_get_one::<Part>("shard").ok().flatten().copied();
    selection.units = matches.get_many::<String>("unit").into_iter().flatten().cloned().collect();
    selection
}
