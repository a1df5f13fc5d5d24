//! `yinfa catalog`.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::environment::Environment;
use super::report::Reporter;
use super::{Exit, open};
use crate::catalog::{self, Audience, Collected, Options, Site, Written};
use base::diag::Diagnostic;
use base::text;
use pages::render::Templates;
use records::content;

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    Exit::of(try_run(matches, environment, reporter))
}

fn try_run(
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Exit> {
    let stop = |problem: Diagnostic, exit: Exit| {
        reporter.problem(problem);
        exit
    };
    let path =
        |name: &str| matches.get_one::<PathBuf>(name).map(|path| environment.folder.join(path));
    let word = |name: &str| matches.get_one::<String>(name).cloned();
    let audience = word("audience").and_then(|name| Audience::from_name(&name));
    let audience = audience.unwrap_or(Audience::Public);
    let archive = path("archive").unwrap_or_else(|| environment.folder.clone());
    let usual = if audience.is_public() { "catalog" } else { "catalog-internal" };
    let target = path("output").unwrap_or_else(|| environment.folder.join(usual));
    let templates = templates(matches, environment, reporter)?;

    catalog::recover(&target);
    catalog::may_write(&target, &archive, audience).map_err(|p| stop(p, Exit::CannotRun))?;
    let name = archive.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut each = |done: usize, all: usize| reporter.progress(&name, done, all);
    let collected = catalog::collect(&archive, audience, &mut each)
        .map_err(|problem| stop(problem, Exit::CannotRun))?;
    if collected.bags == 0 {
        return Err(stop(nothing(&archive), Exit::CannotRun));
    }
    reporter.problems(&collected.diags);
    let options = Options {
        audience,
        title: word("title"),
        base_url: word("base-url"),
        archive: archive.clone(),
    };
    let site = catalog::site(&collected.documents, &options, &templates)
        .map_err(|problem| stop(problem, Exit::Problems))?;
    reporter.mentions(&site.diags);
    let written = catalog::write(&site, &target, audience).map_err(|p| stop(p, Exit::Problems))?;
    done(&collected, &site, written, &target, reporter);
    Ok(if collected.diags.has_errors() { Exit::Problems } else { Exit::Fine })
}

/// The project's templates where the run is in a project, else the built-in ones.
fn templates(
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Templates, Exit> {
    let root = match matches.get_one::<PathBuf>("root") {
        Some(_) => Some(open::root(matches, environment, reporter)?),
        None => content::find_root(&environment.folder),
    };
    match Templates::load(root.map(|root| root.join("templates")).as_deref()) {
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

fn nothing(archive: &Path) -> Diagnostic {
    let archive = archive.display();
    Diagnostic::error(
        "nothing-to-list",
        text!("“{archive}”里没有归档包", "there is no package in “{archive}”"),
    )
    .help(text!(
        "写上归档文件夹（yinfa archive 写进去的那个）",
        "name the archive, the folder that `yinfa archive` writes into"
    ))
}

fn done(collected: &Collected, site: &Site, written: Written, target: &Path, reporter: &Reporter) {
    let target = target.display();
    let publications = collected.documents.len();
    let Site { items, units, links, .. } = site;
    if collected.withheld > 0 {
        reporter.message(&text!(
            "{n} 份文件不是主动公开，没有编入",
            "{n} publications are not 主动公开 and were left out",
            n = collected.withheld
        ));
    }
    if written.unchanged {
        reporter.message(&text!("目录没有变化 → {target}", "nothing has changed → {target}"));
        return;
    }
    reporter.message(&text!(
        "{publications} 份文件，{items} 项任务，{units} 个单位，{links} 处历年衔接，{files} 个文件 {size} → {target}",
        "{publications} publications, {items} items, {units} units, {links} links between years, {files} files, {size} → {target}",
        files = written.files,
        size = size(written.bytes)
    ));
}

fn size(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1_048_576.0)
}
