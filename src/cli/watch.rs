//! `yinfa watch`.

use super::environment::Environment;
use super::report::Reporter;
use super::{Exit, args, ending, events};
use crate::session::{Builder, Failure, repeat};
use base::watch::Watcher;

pub(super) fn run(
    args: &args::Watch,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let root = args.how.root.find(environment)?;
    let mut builder = Builder::new(root, args.options(environment), &environment.machine);
    let watcher = Watcher::new(args.poll);
    let stop_handle = watcher.stop_handle();
    ending::at_ctrl_c(move || stop_handle.end());
    let tell = |event: crate::session::Event<'_>| events::show(event, reporter);
    let outcome = repeat(&watcher, builder.places(), &tell, || {
        let built = builder.build(&tell);
        builder.round(&built)
    });
    Ok(outcome.into())
}
