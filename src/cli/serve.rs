//! `yinfa serve`.

use super::environment::Environment;
use super::report::{self, Reporter};
use super::{Exit, args, ending, events};
use crate::serve::{self, Preview};
use crate::session::{BuildOptions, Builder, Event, Failure};
use base::text;
use base::watch::Watcher;

pub(super) fn run(
    args: &args::Serve,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let root = args.how.root.find(environment)?;
    let listener = serve::listen(args.port)?;
    let address = listener.local_addr().map_err(|error| serve::cannot_serve(&error))?;
    let preview = Preview::new(reporter.lang, name(&root));
    let watcher = Watcher::new(args.poll);
    let (stop_handle, stop) = (watcher.stop_handle(), serve::Stop::default());
    let stopper = stop.clone();
    ending::at_ctrl_c(move || {
        stop_handle.end();
        stopper.stop();
    });
    let where_to = text!(
        "预览：http://{address}/（只有本机能打开），按 Ctrl+C 结束\n",
        "preview: http://{address}/ (for this machine only), Ctrl+C ends it\n"
    );
    report::output(where_to.get(reporter.lang));
    let options = BuildOptions { needed: serve::shown_formats(), ..args.options(environment) };
    let builder = Builder::new(root, options, &environment.machine);
    let tell = |event: Event<'_>| events::show(event, reporter);
    let outcome = serve::build_and_serve(builder, watcher, listener, preview, &stop, &tell)?;
    Ok(outcome.into())
}

/// What the page calls the project: its folder's name.
fn name(root: &std::path::Path) -> String {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
