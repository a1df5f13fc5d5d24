//! `yinfa build`.

mod trace;

use std::mem::ManuallyDrop;
use std::time::Instant;

use super::environment::Environment;
use super::report::Reporter;
use super::{Exit, args, events};
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
                events::show(event, reporter);
                events::explained(id, summary, reporter);
            } else {
                events::show(event, reporter);
            }
        }))
    });
    if built.as_ref().is_ok_and(|built| !built.made.is_empty()) {
        events::took(started.elapsed(), reporter);
    }
    let exit = built.map(|built| built.outcome.into());
    trace.map_or(Ok(()), |file| trace::write(&file))?;
    exit
}
