//! `yinfa build`.

mod messages;
mod trace;

use std::mem::ManuallyDrop;
use std::time::Instant;

pub(super) use self::messages::{built, failed};
use super::Exit;
use super::args;
use super::environment::Environment;
use super::report::Reporter;
use crate::session::{Builder, Event, Failure};

pub(super) fn run(
    args: &args::Build,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let started = Instant::now();
    let trace = args.timings.as_deref().map(|file| trace::begin(file, environment));
    let root = args.how.root.find(environment);
    let built = root.map(|root| {
        // The system takes a program's memory back faster than the program can give it back.
        let mut builder =
            ManuallyDrop::new(Builder::new(root, args.options(environment), &environment.machine));
        ManuallyDrop::new(builder.build(&|event| {
            if let (true, Event::Built { id, summary, .. }) = (args.explain, &event) {
                let (id, summary) = (*id, *summary);
                reporter.show(event);
                messages::explained(id, summary, reporter);
            } else {
                reporter.show(event);
            }
        }))
    });
    if built.as_ref().is_ok_and(|built| !built.made.is_empty()) {
        messages::took(started.elapsed(), reporter);
    }
    let exit = built.map(|built| built.outcome.into());
    trace.map_or(Ok(()), |file| trace::write(&file))?;
    exit
}
