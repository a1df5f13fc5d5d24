//! `yinfa import`.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::environment::Environment;
use super::report::{self, Reporter};
use super::{Exit, args};
use crate::session::Failure;
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use import::{File, Imported, Options, import, limits};
use records::content::schema::units::UnitsRecord;
use records::content::{self, yaml};

/// How many pieces that were not understood are shown without `--report`.
const SHOWN: usize = 10;

pub(super) fn run(
    args: &args::Import,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let file = &args.file;
    let root = content::find_root(&environment.machine.folder);
    let target = target(args, environment, root.as_deref())?;
    free(&target).map_err(Failure::of_input)?;
    let bytes = read(&environment.place(file)).map_err(Failure::of_input)?;
    let given = args.units.as_ref().map(|path| environment.place(path));
    let registry = registry(given.as_deref(), root.as_deref(), &target)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let options =
        Options { name: &name, registry: registry.as_ref(), registry_is_given: given.is_some() };
    let imported = import(&bytes, options).map_err(Failure::of_input)?;
    store(&target, &imported.files)?;
    show(&imported, &target, args.report, reporter);
    Ok(Exit::Fine)
}

/// The folder to write: `-o`, else one named after the file below content/.
fn target(
    args: &args::Import,
    environment: &Environment,
    root: Option<&Path>,
) -> Result<PathBuf, Failure> {
    if let Some(target) = &args.output {
        return Ok(environment.place(target));
    }
    let stem = args.file.file_stem().map(|stem| base::disk::file_name(&stem.to_string_lossy()));
    match (root, stem) {
        (Some(root), Some(stem)) => Ok(root.join(content::CONTENT).join(stem)),
        _ => Err(Diagnostic::error(
            "import-no-folder",
            text!("不知道写到哪里", "it is not clear where to write to"),
        )
        .help(text!(
            "请在项目的文件夹里运行，或用 -o 写明文件夹，如 -o content/2025-yaodian",
            "run it in a project's folder, or name a folder: -o content/2025-yaodian"
        ))
        .into()),
    }
}

/// Nothing is ever overwritten.
fn free(target: &Path) -> Result<(), Diagnostic> {
    let taken =
        target.is_file() || fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some());
    if !taken {
        return Ok(());
    }
    let folder = target.display();
    Err(Diagnostic::error(
        "import-exists",
        text!("“{folder}”里已经有文件", "there are files in “{folder}” already"),
    )
    .help(text!(
        "已有的文件不会被覆盖；请用 -o 另写一个文件夹",
        "nothing is overwritten; name another folder with -o"
    )))
}

/// Reads the file, never more of it than an import takes.
fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(limits::INPUT).unwrap_or(u64::MAX).saturating_add(1);
    fs::File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|error| content::unreadable_file(&path.display().to_string(), &error))?;
    Ok(bytes)
}

/// The registry to match: the one given, else the nearest one above the target in content/.
fn registry(
    given: Option<&Path>,
    root: Option<&Path>,
    target: &Path,
) -> Result<Option<UnitsRecord>, Failure> {
    let near = || {
        let content = root?.join(content::CONTENT);
        let above = target.ancestors().skip(1).take_while(|folder| folder.starts_with(&content));
        above.map(|folder| folder.join("units.yaml")).find(|path| path.is_file())
    };
    let Some(path) = given.map(Path::to_path_buf).or_else(near) else { return Ok(None) };
    let mut diags = Diagnostics::new();
    let record = match content::read(root.unwrap_or(Path::new("")), &path) {
        Ok(source) => {
            let (document, problems) = yaml::parse(&source);
            diags.append(problems);
            UnitsRecord::read(&document, &mut diags)
        }
        Err(problem) => {
            diags.push(problem);
            None
        }
    };
    if diags.has_errors() {
        return Err(Failure::of_input(diags));
    }
    Ok(record)
}

/// Writes all files beside the target and moves them there at once.
fn store(target: &Path, files: &[File]) -> Result<(), Diagnostic> {
    let failed = |error: std::io::Error| {
        let folder = target.display();
        Diagnostic::error(
            "import-not-written",
            text!("写不出“{folder}”", "cannot write “{folder}”"),
        )
        .detail(error.to_string())
    };
    let parent = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(failed)?;
    let staged = tempfile::Builder::new().prefix(".import-").tempdir_in(parent).map_err(failed)?;
    for file in files {
        let path = staged.path().join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::write(&path, &file.text).map_err(failed)?;
    }
    // Temporary folders are private; this one becomes the author's.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(staged.path(), fs::Permissions::from_mode(0o755)).map_err(failed)?;
    }
    if target.is_dir() {
        // Empty, or it would have been refused.
        fs::remove_dir(target).map_err(failed)?;
    }
    fs::rename(staged.path(), target).map_err(failed)?;
    // Moved away: there is nothing left to clean up.
    let _ = staged.keep();
    Ok(())
}

fn show(imported: &Imported, target: &Path, whole: bool, reporter: &Reporter) {
    let report = &imported.report;
    let folder = target.display();
    let n = imported.files.len();
    reporter
        .message(&text!("已写入“{folder}”，共 {n} 个文件", "{n} files written into “{folder}”"));
    reporter.message(&report.summary());
    reporter.message(&report.accounts());
    if whole {
        report::output(&full(imported, reporter));
    } else {
        let warnings = report.warnings();
        let mut shown = Diagnostics::new();
        shown.extend(warnings.iter().take(SHOWN).cloned());
        shown.extend(
            report
                .doubts
                .iter()
                .filter(|d| d.severity != base::diag::Severity::Hint)
                .take(SHOWN)
                .cloned(),
        );
        reporter.mentions(&shown);
        let more = warnings.len().saturating_sub(SHOWN);
        if more > 0 {
            reporter.message(&text!(
                "还有 {more} 处没有看懂，用 --report 查看",
                "{more} more pieces were not understood; --report shows them"
            ));
        }
    }
    reporter.message(&text!(
        "接下来：核对各文件里的“# ”批注，再运行 yinfa list items",
        "next: look at the comments in the files, then run yinfa list items"
    ));
}

/// Everything that is in no record, and every doubt.
fn full(imported: &Imported, reporter: &Reporter) -> String {
    let lang = reporter.lang;
    let report = &imported.report;
    let mut lines =
        vec![report.summary().get(lang).to_string(), report.accounts().get(lang).to_string()];
    let head = [
        (text!("网页套话和重复：", "Of the site or said twice:"), &report.boilerplate),
        (text!("没有看懂：", "Not understood:"), &report.not_understood),
    ];
    for (title, left) in head {
        if !left.is_empty() {
            lines.push(title.get(lang).to_string());
            lines.extend(left.iter().map(|l| format!("  {}  {}", l.place.get(lang), l.words)));
        }
    }
    if !report.doubts.is_empty() {
        lines.push(text!("请看一看：", "Worth a look:").get(lang).to_string());
        lines.extend(report.doubts.iter().map(|d| format!("  {}", d.message.get(lang))));
    }
    lines.join("\n") + "\n"
}
