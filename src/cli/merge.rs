//! `yinfa merge`.

use std::path::PathBuf;

use clap::ArgMatches;

use super::environment::Environment;
use super::report::Reporter;
use super::{Exit, build, open};
use base::diag::Diagnostic;
use base::text;
use pages::build::merge;

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    Exit::of(try_run(matches, environment, reporter))
}

fn try_run(
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Exit> {
    let project = open::project(matches, environment, reporter)?;
    let given = matches.get_one::<PathBuf>("output").map(|folder| environment.folder.join(folder));
    let output = build::output(given, &project);
    let mut folders: Vec<PathBuf> = vec![output.clone()];
    for dir in matches.get_many::<PathBuf>("dir").into_iter().flatten() {
        let dir = environment.folder.join(dir);
        if !dir.is_dir() {
            let name = dir.display();
            reporter.problem(
                Diagnostic::error(
                    "no-folder",
                    text!("没有“{name}”这个文件夹", "there is no folder “{name}”"),
                )
                .help(text!(
                    "请写 build --shard 的输出文件夹（--output）",
                    "name the output folder (`--output`) of `build --shard`"
                )),
            );
            return Err(Exit::CannotRun);
        }
        if !folders.contains(&dir) {
            folders.push(dir);
        }
    }
    let _lock = open::lock(&project.root, None, reporter)?;
    let (done, problems) = merge(&folders, &output);
    reporter.problems(&problems);
    for (publication, summary) in &done {
        build::built(publication, summary, &output, reporter);
    }
    if done.is_empty() && problems.is_empty() {
        reporter.problem(
            Diagnostic::error(
                "no-parts",
                text!("没有找到要合并的部分", "there are no parts to be joined"),
            )
            .help(text!(
                "先在每台机器上运行 yinfa build --shard 1/N、2/N……",
                "run `yinfa build --shard 1/N`, `2/N` … on each machine first"
            )),
        );
        return Ok(Exit::CannotRun);
    }
    Ok(if problems.has_errors() { Exit::Problems } else { Exit::Fine })
}
