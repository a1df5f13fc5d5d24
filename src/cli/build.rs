//! `yinfa build`.

mod builder;
mod engines;

use std::time::Instant;

use clap::ArgMatches;

pub(super) use self::builder::{Builder, Built};
use super::Exit;
use super::environment::Environment;
use super::report::Reporter;
use crate::build::{Format, Only, Selection};
use crate::text;

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    let started = Instant::now();
    let built = Builder::new(matches, environment, selection(matches)).build(reporter);
    if built.finished {
        let seconds = format!("{:.1}", started.elapsed().as_secs_f64());
        reporter.detail(&text!("用时 {seconds} 秒", "{seconds} seconds"));
    }
    built.exit
}

/// What of each publication is asked for.
pub(super) fn selection(matches: &ArgMatches) -> Selection {
    let mut selection = Selection::default();
    if let Some(formats) = matches.get_many::<String>("format") {
        selection.formats = formats
            .map(|format| if format == "html" { Format::Html } else { Format::Pdf })
            .collect();
    }
    selection.only = matches.get_one::<String>("only").map(|only| match only.as_str() {
        "notice" => Only::Notice,
        _ => Only::Sheets,
    });
    selection.units = matches.get_many::<String>("unit").into_iter().flatten().cloned().collect();
    selection
}
