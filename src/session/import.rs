//! Importing a published notice into a folder of records.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use ::import::{File, Imported, Options, import, kind_to_convert, limits};
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::content::schema::units::UnitsRecord;
use records::content::{self, yaml};

use super::convert::to_docx;
use super::{Failure, Machine};

/// What is imported, and to where.
#[derive(Debug)]
pub(crate) struct ImportOptions {
    pub(crate) file: PathBuf,
    /// The folder to write; below content/ of the project when left out.
    pub(crate) output: Option<PathBuf>,
    /// A registry of units to match.
    pub(crate) units: Option<PathBuf>,
}

/// Reads a notice into records, which it writes to a folder of their own; that folder, what is
/// known of the notice, and its office where the settings of the example took it over. The project is searched from the machine's working folder.
pub(crate) fn import_file(
    options: &ImportOptions,
    machine: &Machine,
) -> Result<(PathBuf, Imported, Option<String>), Failure> {
    let root = content::find_root(&machine.folder);
    let target = target(options, root.as_deref())?;
    free(&target).map_err(Failure::of_input)?;
    let bytes = read(&options.file).map_err(Failure::of_input)?;
    let registry = registry(options.units.as_deref(), root.as_deref(), &target)?;
    let name = options.file.file_name();
    let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let registry_is_given = options.units.is_some();
    let matched = Options { name: &name, registry: registry.as_ref(), registry_is_given };
    let converted = match kind_to_convert(&bytes) {
        Some(extension) => to_docx(&bytes, extension, &name, machine).map_err(Failure::of_input)?,
        None => None,
    };
    let bytes = converted.unwrap_or(bytes);
    let imported = import(&bytes, matched).map_err(Failure::of_input)?;
    store(&target, &imported.files)?;
    let office = match (&root, organ(&imported.files)) {
        (Some(root), Some(organ)) => take_over(root, &organ)?.then_some(organ),
        _ => None,
    };
    Ok((target, imported, office))
}

/// The one office that issued the notice.
fn organ(files: &[File]) -> Option<String> {
    let notice = files.iter().find(|file| file.path == "notice.yaml")?;
    let found = notice.text.lines().find_map(|line| line.strip_prefix("organ: "))?;
    (!found.starts_with(['[', '"', '\''])).then(|| found.trim().to_string())
}

/// What stands behind each value of the example that `init` writes.
const EXAMPLE: &str = "# 示例";

/// Puts the office of an imported notice in place of the invented one that `init` wrote, on the
/// lines of the settings that are marked as examples; whether there were any.
fn take_over(root: &Path, organ: &str) -> Result<bool, Diagnostic> {
    let path = root.join(content::PROJECT_FILE);
    let Ok(text) = fs::read_to_string(&path) else { return Ok(false) };
    let line = |line: &str| -> String {
        let marked =
            line.split_once('#').filter(|(_, comment)| comment.trim_start().starts_with("示例"));
        let key = marked.and_then(|(code, _)| code.split_once(':')).map(|(key, _)| key);
        match key.filter(|key| ["office", "publisher", "printed_by"].contains(&key.trim())) {
            Some(key) => format!("{key}: {organ}"),
            None => line.to_string(),
        }
    };
    let mut taken: String = text.lines().map(line).collect::<Vec<_>>().join("\n");
    taken.push('\n');
    if taken.trim_end() == text.trim_end() {
        return Ok(false);
    }
    let written = || {
        let mut staged = tempfile::Builder::new().prefix(".import-").tempfile_in(root)?;
        staged.write_all(taken.as_bytes())?;
        staged.as_file().sync_all()?;
        fs::set_permissions(staged.path(), fs::metadata(&path)?.permissions())?;
        staged.persist(&path).map_err(|error| error.error)
    };
    written().map_err(|error| {
        let file = path.display();
        Diagnostic::error("import-not-written", text!("写不出“{file}”", "cannot write “{file}”"))
            .detail(error.to_string())
    })?;
    Ok(true)
}

/// The folder to write: the one given, else one named after the file below content/.
fn target(options: &ImportOptions, root: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(target) = &options.output {
        return Ok(target.clone());
    }
    let stem = options.file.file_stem().map(|stem| base::disk::file_name(&stem.to_string_lossy()));
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
        // The registry of the example names units of an invented office.
        let example =
            |path: &PathBuf| fs::read_to_string(path).is_ok_and(|text| text.contains(EXAMPLE));
        above
            .map(|folder| folder.join("units.yaml"))
            .find(|path| path.is_file())
            .filter(|path| !example(path))
    };
    let Some(path) = given.map(Path::to_path_buf).or_else(near) else { return Ok(None) };
    let mut diags = Diagnostics::new();
    let record = match content::read(root.unwrap_or(Path::new("")), &path) {
        Ok(source) => {
            let (document, problems) = yaml::parse(&source);
            diags.append(problems);
            UnitsRecord::from_document(&document, &mut diags)
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
