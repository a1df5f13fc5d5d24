//! `yinfa catalog`.

use std::path::Path;

use super::environment::Environment;
use super::report::Reporter;
use super::{Exit, args};
use crate::catalog::{self, Collected, Options, Site, Written};
use crate::session::{Failure, load_templates};
use base::diag::Diagnostic;
use base::text;
use records::content;

pub(super) fn run(
    args: &args::Catalog,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let audience = args.audience;
    let archive = environment.place(&args.archive);
    let usual = Path::new(if audience.is_public() { "catalog" } else { "catalog-internal" });
    let target = environment.place(args.output.as_deref().unwrap_or(usual));
    // The project's templates where the run is in a project, else the built-in ones.
    let root = match &args.root.root {
        Some(_) => Some(args.root.find(environment)?),
        None => content::find_root(&environment.machine.folder),
    };
    let (templates, remarks) = load_templates(root.as_deref())?;
    reporter.problems(&remarks);

    catalog::recover(&target);
    catalog::may_write(&target, &archive, audience)?;
    let name = archive.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut each = |done: usize, all: usize| reporter.progress(&name, done, all);
    let collected = catalog::collect(&archive, audience, &mut each)?;
    if collected.bags == 0 {
        return Err(nothing(&archive).into());
    }
    reporter.problems(&collected.diags);
    let options = Options {
        audience,
        title: args.title.clone(),
        base_url: args.base_url.clone(),
        archive: archive.clone(),
    };
    let site =
        catalog::site(&collected.documents, &options, &templates).map_err(Failure::of_input)?;
    reporter.mentions(&site.diags);
    let written = catalog::write(&site, &target, audience).map_err(Failure::of_input)?;
    done(&collected, &site, written, &target, reporter);
    Ok(if collected.diags.has_errors() { Exit::Problems } else { Exit::Fine })
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
