//! Opening a project for a subcommand.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::Exit;
use super::environment::Environment;
use super::report::Reporter;
use base::diag::{Diagnostic, Diagnostics};
use base::nearest::closest;
use base::text;
use pages::build::{Lock, Part};
use pages::render::Templates;
use records::content::{self, Project};
use records::publication::{Prepared, prepare};

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
        let wrong = match &given {
            Some(root) => text!(
                "“{root}”里没有 yinfa.yaml，不是 yinfa 项目",
                "“{root}” has no yinfa.yaml: it is no yinfa project",
                root = root.display()
            ),
            None => text!(
                "“{folder}”和它的上级文件夹里都没有 yinfa.yaml，不是 yinfa 项目",
                "there is no yinfa.yaml in “{folder}” or above: it is no yinfa project",
                folder = environment.folder.display()
            ),
        };
        reporter.problem(Diagnostic::error("no-project", wrong).help(text!(
            "请换到项目的文件夹，或用 --root 指定；yinfa init 文件夹名 可新建一个",
            "change to the project's folder or name it with `--root`; `yinfa init DIR` makes a new one"
        )));
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
        reporter.problem(problem);
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

/// The lock of a project, or of a part of its build.
pub(super) fn lock(root: &Path, part: Option<Part>, reporter: &Reporter) -> Result<Lock, Exit> {
    Lock::take(root, part).map_err(|problem| {
        reporter.problem(problem);
        Exit::CannotRun
    })
}

/// The project's templates.
pub(super) fn templates(project: &Project, reporter: &Reporter) -> Result<Templates, Exit> {
    match Templates::load(Some(&project.root.join("templates"))) {
        Ok((templates, remarks)) => {
            reporter.problems(&remarks);
            Ok(templates)
        }
        Err(problems) => {
            reporter.problems(&problems);
            Err(Exit::Problems)
        }
    }
}

/// Every problem of the input.
pub(super) fn all_problems(project: &Project, prepared: &[Prepared]) -> Diagnostics {
    let mut diags = project.settings.clone();
    diags.append(project.files.clone());
    for one in prepared {
        diags.append(one.diags.clone());
    }
    diags.sorted()
}

/// A name that no registry knows is a mistake on the command line, not an empty list.
pub(super) fn known_units(
    units: &[String],
    prepared: &[Prepared],
    reporter: &Reporter,
) -> Result<(), Exit> {
    let registries = || prepared.iter().filter_map(|one| one.registry.as_ref());
    let mut diags = Diagnostics::new();
    for unit in units {
        // Without a registry nothing can be said of a name.
        if registries().next().is_none() || registries().any(|r| r.look_up(unit).is_some()) {
            continue;
        }
        let names = registries().flat_map(|r| r.units().iter());
        let near = closest(unit, names.map(|u| u.name.as_str()));
        let diagnostic = Diagnostic::error(
            "unit-unknown",
            text!("单位名录里没有“{unit}”", "“{unit}” is not in the registry of units"),
        );
        diags.push(diagnostic.help(match near {
            Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
            None => text!("用 yinfa list units 查看单位名录", "`yinfa list units` shows them all"),
        }));
    }
    if diags.is_empty() {
        return Ok(());
    }
    reporter.problems(&diags);
    Err(Exit::CannotRun)
}

/// An id as a shell's completion gives it: `content/2025-yaodian/`.
pub(super) fn clean(id: &str) -> String {
    let id = id.replace('\\', "/");
    let id = id.trim_end_matches('/');
    id.strip_prefix("content/").unwrap_or(id).to_string()
}
