//! Opening a project for a subcommand.

use std::path::PathBuf;

use clap::ArgMatches;

use super::Exit;
use super::environment::Environment;
use super::report::Reporter;
use crate::build::{Prepared, prepare};
use crate::content::{self, Project};
use crate::diag::{Diagnostic, Diagnostics};
use crate::publication::Publication;
use crate::text;
use crate::text::closest;

/// The project's root: `--root`, else the nearest one from the working folder upwards.
pub(super) fn root(
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<PathBuf, Exit> {
    let given = matches.get_one::<PathBuf>("root").map(|root| environment.folder.join(root));
    let found = match &given {
        Some(root) => root.join(content::PROJECT_FILE).is_file().then(|| root.clone()),
        None => content::find_root(&environment.folder),
    };
    found.ok_or_else(|| {
        let folder = given.unwrap_or_else(|| environment.folder.clone());
        reporter.problem(
            Diagnostic::error(
                "no-project",
                text!(
                    "“{folder}”不是 yinfa 项目：这里和上级文件夹里都没有 yinfa.yaml",
                    "“{folder}” is no yinfa project: there is no yinfa.yaml here or above",
                    folder = folder.display()
                ),
            )
            .help(text!(
                "请换到项目的文件夹，或用 --root 指定；yinfa init 文件夹名 可新建一个",
                "change to the project's folder or name it with `--root`; `yinfa init DIR` makes a new one"
            )),
        );
        Exit::CannotRun
    })
}

/// Reads the project. Its own problems are left in it.
pub(super) fn project(
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Project, Exit> {
    let root = root(matches, environment, reporter)?;
    content::load(&root).map_err(|problem| {
        reporter.problem(*problem);
        Exit::Problems
    })
}

/// Resolves the publications that are asked for, all when none is.
pub(super) fn publications(
    project: &Project,
    matches: &ArgMatches,
    reporter: &Reporter,
) -> Result<Vec<Prepared>, Exit> {
    let wanted: Vec<String> = matches
        .get_many::<String>("publication")
        .into_iter()
        .flatten()
        .map(|id| clean(id))
        .collect();
    let mut diags = Diagnostics::new();
    for id in &wanted {
        if !project.publications.iter().any(|publication| publication.id == *id) {
            let ids: Vec<&str> = project.publications.iter().map(|p| p.id.as_str()).collect();
            let list = ids.join("、");
            let help = match closest(id, ids.iter().copied()) {
                Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
                None => text!("content 里有：{list}", "content/ has: {list}"),
            };
            diags.push(
                Diagnostic::error(
                    "publication-unknown",
                    text!("没有“{id}”这份通知", "there is no publication “{id}”"),
                )
                .help(help),
            );
        }
    }
    if diags.has_errors() {
        reporter.problems(&diags);
        return Err(Exit::CannotRun);
    }
    Ok(prepare(project, |id| wanted.is_empty() || wanted.iter().any(|wanted| wanted == id)))
}

/// A name that no registry knows is a mistake on the command line, not an empty list.
pub(super) fn known_units(
    units: &[String],
    publications: &[&Publication],
    reporter: &Reporter,
) -> Result<(), Exit> {
    let mut diags = Diagnostics::new();
    for unit in units {
        if publications.iter().any(|p| p.registry.look_up(unit).is_some()) {
            continue;
        }
        let names = publications.iter().flat_map(|p| p.registry.units().iter());
        let near = closest(unit, names.map(|u| u.name.as_str()));
        let diagnostic = Diagnostic::error(
            "unit-unknown",
            text!("单位名录里没有“{unit}”", "“{unit}” is not in the registry of units"),
        );
        diags.push(match near {
            Some(near) => diagnostic.help(text!("是不是“{near}”？", "did you mean “{near}”?")),
            None => diagnostic.help(text!(
                "用 yinfa list units 查看单位名录",
                "`yinfa list units` shows them all"
            )),
        });
    }
    if diags.is_empty() {
        return Ok(());
    }
    reporter.problems(&diags);
    Err(Exit::CannotRun)
}

/// An id as a shell's completion gives it: `content/2025-yaodian/`.
fn clean(id: &str) -> String {
    let id = id.replace('\\', "/");
    let id = id.trim_end_matches('/');
    id.strip_prefix("content/").unwrap_or(id).to_string()
}
