//! `yinfa merge`.

use std::path::PathBuf;

use super::environment::Environment;
use super::report::Reporter;
use super::{Exit, args, events};
use crate::session::Failure;
use base::diag::Diagnostic;
use base::text;
use pages::build::merge;

pub(super) fn run(
    args: &args::Merge,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let session = args.root.open(environment)?;
    let given = args.output.as_ref().map(|folder| environment.place(folder));
    let output = session.output(given.as_deref());
    if !args.force_output {
        session.may_build_into(&output, given.is_some())?;
    }
    let mut folders: Vec<PathBuf> = vec![output.clone()];
    for dir in &args.dir {
        let dir = environment.place(dir);
        if !dir.is_dir() {
            let name = dir.display();
            return Err(Failure::of_run(
                Diagnostic::error(
                    "no-folder",
                    text!("没有“{name}”这个文件夹", "there is no folder “{name}”"),
                )
                .help(text!(
                    "请写 build --shard 的输出文件夹（--output）",
                    "name the output folder (`--output`) of `build --shard`"
                )),
            ));
        }
        if !folders.contains(&dir) {
            folders.push(dir);
        }
    }
    let _lock = session.lock(None)?;
    let (done, problems) = merge(&folders, &output);
    reporter.problems(&problems);
    for (publication, summary) in &done {
        events::built(publication, summary, &output, reporter);
    }
    if done.is_empty() && problems.is_empty() {
        return Err(Failure::of_run(
            Diagnostic::error(
                "no-parts",
                text!("没有找到要合并的部分", "there are no parts to be joined"),
            )
            .help(text!(
                "先在每台机器上运行 yinfa build --shard 1/N、2/N……",
                "run `yinfa build --shard 1/N`, `2/N` … on each machine first"
            )),
        ));
    }
    Ok(if problems.has_errors() { Exit::Problems } else { Exit::Fine })
}
