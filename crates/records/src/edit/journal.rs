//! Files changed together, whole or not at all, whatever stops the program.
//!
//! What is to become of the files is on the disk before the first of them changes. A run that finds
//! such a journal completes it; where somebody has changed one of the files since, the others are
//! put back. Each file by itself is the old one or the new one at any moment.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::patch::{Patch, patched};
use super::refuse;
use base::diag::{Diagnostic, Diagnostics};
use base::disk::{FileLock, LockError, remove_leftovers, replace, rewrite, sync_folder};

/// The folder of journal and lock, below the project's root.
const FOLDER: &str = ".yinfa/edit";
const JOURNAL: &str = "journal.json";
const LAST: &str = "last.json";
const LOCK: &str = "lock";
/// Files that are written beside those they replace begin with this.
const BESIDE: &str = ".yinfa-edit-";

/// A file as it was read, and as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    /// Its path from the project's root, with `/` between its parts.
    pub path: String,
    /// Its text when it was read; `None` where it is new.
    pub before: Option<String>,
    /// What is done to it; `before` is nothing where it is new.
    pub patches: Vec<Patch>,
    /// Its text afterwards; `None` where it goes.
    pub after: Option<String>,
}

impl FileEdit {
    /// A file under patches; `None` where they do not fit.
    pub fn new(path: &str, before: &str, patches: Vec<Patch>) -> Option<Self> {
        let after = patched(before, &patches)?;
        let (path, before) = (path.to_owned(), Some(before.to_owned()));
        Some(Self { path, before, patches, after: Some(after) })
    }

    /// A file that is not there yet.
    pub fn create(path: &str, text: &str) -> Self {
        let patches = vec![Patch::new(0..0, text)];
        Self { path: path.to_owned(), before: None, patches, after: Some(text.to_owned()) }
    }
}

/// What is on the disk while files change, and of the last change afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Journal {
    version: u32,
    files: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    before: Option<String>,
    after: Option<String>,
}

/// How the project's journal was ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovered {
    /// The change is whole now.
    Completed(usize),
    /// It was taken back, since these files were changed by somebody else in between.
    PutBack(Vec<String>),
}

/// Changes files: all of them, or none.
///
/// # Errors
/// When another run changes files, when one of them is not as it was read, or cannot be written.
/// Nothing is changed then.
pub fn apply(root: &Path, files: &[FileEdit]) -> Result<(), Diagnostics> {
    let files: Vec<Entry> = files
        .iter()
        .filter(|file| file.before != file.after)
        .map(|file| Entry {
            path: file.path.clone(),
            before: file.before.clone(),
            after: file.after.clone(),
        })
        .collect();
    if files.is_empty() {
        return Ok(());
    }
    let _lock = lock(root)?;
    end_journal(root)?;
    let mut problems = Diagnostics::new();
    for file in &files {
        problems.extend(problem(root, file));
    }
    if problems.has_errors() {
        return Err(problems);
    }
    let journal = Journal { version: 1, files };
    write_journal(root, &journal).map_err(|error| refuse::failed(FOLDER, &error))?;
    for (done, file) in journal.files.iter().enumerate() {
        let Err(error) = put(root, &file.path, file.after.as_deref()) else { continue };
        let mut problems = Diagnostics::from(refuse::failed(&file.path, &error));
        for file in journal.files[..done].iter().rev() {
            if let Err(error) = put(root, &file.path, file.before.as_deref()) {
                // The next run does it.
                problems.push(refuse::failed(&file.path, &error));
                return Err(problems);
            }
        }
        let _ = fs::remove_file(root.join(FOLDER).join(JOURNAL));
        return Err(problems);
    }
    close(root).map_err(|error| refuse::failed(FOLDER, &error).into())
}

/// Ends a change that was interrupted, as every run does before it reads the records.
///
/// # Errors
/// When files cannot be written, or another run is at work for more than a moment.
pub fn recover(root: &Path) -> Result<Option<Recovered>, Diagnostic> {
    let journal = root.join(FOLDER).join(JOURNAL);
    if !journal.exists() {
        return Ok(None);
    }
    // Another run is just writing: it takes a moment.
    for _ in 0..100 {
        match lock(root) {
            Ok(_lock) => return end_journal(root),
            Err(_) if journal.exists() => std::thread::sleep(Duration::from_millis(20)),
            Err(_) => return Ok(None),
        }
    }
    Err(refuse::running())
}

/// What undoes the last change: its files, the other way round.
///
/// # Errors
/// When there is none, or one of its files was changed since.
pub fn last(root: &Path) -> Result<Vec<FileEdit>, Diagnostics> {
    let text = match fs::read(root.join(FOLDER).join(LAST)) {
        Ok(text) => text,
        Err(_) => return Err(refuse::nothing_to_undo().into()),
    };
    let journal: Journal =
        serde_json::from_slice(&text).map_err(|_| Diagnostics::from(refuse::nothing_to_undo()))?;
    let mut problems = Diagnostics::new();
    let mut files = Vec::new();
    for Entry { path, before, after } in journal.files {
        let back = Entry { path: path.clone(), before: after.clone(), after: before.clone() };
        problems.extend(problem(root, &back));
        let old = after.clone().unwrap_or_default();
        let new = before.clone().unwrap_or_default();
        let patch = Patch::new(0..old.len(), new);
        let mut pieces = super::patch::Pieces::of(&old);
        pieces.apply(&[patch]);
        files.push(FileEdit { path, before: after, patches: pieces.patches(), after: before });
    }
    if problems.has_errors() { Err(problems) } else { Ok(files) }
}

fn lock(root: &Path) -> Result<Option<FileLock>, Diagnostic> {
    match FileLock::take(&root.join(FOLDER).join(LOCK)) {
        Ok(lock) => Ok(Some(lock)),
        Err(LockError::Held) => Err(refuse::running()),
        // A drive without locks: the files are compared all the same.
        Err(LockError::Unsupported(_)) => Ok(None),
        Err(LockError::Failed(error)) => Err(refuse::failed(FOLDER, &error)),
    }
}

fn write_journal(root: &Path, journal: &Journal) -> io::Result<()> {
    let text = serde_json::to_vec(journal).map_err(io::Error::other)?;
    replace(&root.join(FOLDER).join(JOURNAL), &text)
}

/// The change is whole: what it was is kept for `undo`.
fn close(root: &Path) -> io::Result<()> {
    let folder = root.join(FOLDER);
    fs::rename(folder.join(JOURNAL), folder.join(LAST))?;
    sync_folder(&folder)
}

/// Ends the journal, if there is one. The lock is held.
fn end_journal(root: &Path) -> Result<Option<Recovered>, Diagnostic> {
    let folder = root.join(FOLDER);
    let path = folder.join(JOURNAL);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refuse::failed(FOLDER, &error)),
    };
    let journal: Journal = serde_json::from_slice(&text).map_err(|error| {
        refuse::failed(&format!("{FOLDER}/{JOURNAL}"), &io::Error::other(error))
    })?;
    let mut changed = Vec::new();
    for file in &journal.files {
        if let Some(folder) = root.join(&file.path).parent() {
            remove_leftovers(folder, BESIDE);
        }
        let now = now(root, &file.path).map_err(|error| refuse::failed(&file.path, &error))?;
        if now != bytes(&file.before) && now != bytes(&file.after) {
            changed.push(file.path.clone());
        }
    }
    let back = !changed.is_empty();
    for file in journal.files.iter().filter(|file| !changed.contains(&file.path)) {
        let wanted = if back { &file.before } else { &file.after };
        let there = now(root, &file.path).map_err(|error| refuse::failed(&file.path, &error))?;
        if there != bytes(wanted) {
            put(root, &file.path, wanted.as_deref())
                .map_err(|error| refuse::failed(&file.path, &error))?;
        }
    }
    if back {
        fs::remove_file(&path).map_err(|error| refuse::failed(FOLDER, &error))?;
        return Ok(Some(Recovered::PutBack(changed)));
    }
    close(root).map_err(|error| refuse::failed(FOLDER, &error))?;
    Ok(Some(Recovered::Completed(journal.files.len())))
}

fn bytes(text: &Option<String>) -> Option<Vec<u8>> {
    text.as_ref().map(|text| text.as_bytes().to_vec())
}

/// A file as it is now; `None` where there is none.
fn now(root: &Path, path: &str) -> io::Result<Option<Vec<u8>>> {
    match fs::read(root.join(path)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// What keeps a file from being changed.
fn problem(root: &Path, file: &Entry) -> Option<Diagnostic> {
    let now = match now(root, &file.path) {
        Ok(now) => now,
        Err(error) => return Some(refuse::failed(&file.path, &error)),
    };
    if now != bytes(&file.before) {
        return Some(refuse::changed(&file.path, file.before.as_deref(), now.as_deref()));
    }
    let metadata = fs::metadata(root.join(&file.path)).ok()?;
    let denied = io::Error::from(io::ErrorKind::PermissionDenied);
    metadata.permissions().readonly().then(|| refuse::failed(&file.path, &denied))
}

/// Makes a file what it is to be, in one step.
fn put(root: &Path, path: &str, text: Option<&str>) -> io::Result<()> {
    let path = root.join(path);
    if let Some(text) = text {
        return rewrite(&path, text.as_bytes(), BESIDE);
    }
    fs::remove_file(&path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> (tempfile::TempDir, Vec<FileEdit>) {
        let dir = tempfile::tempdir().unwrap();
        let files = ["a.yaml", "b.yaml", "c.yaml"].map(|name| {
            fs::write(dir.path().join(name), format!("{name}: 1\n")).unwrap();
            FileEdit::new(name, &format!("{name}: 1\n"), vec![Patch::new(8..9, "2")]).unwrap()
        });
        (dir, files.to_vec())
    }

    fn all(dir: &tempfile::TempDir) -> Vec<String> {
        let read = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
        ["a.yaml", "b.yaml", "c.yaml"].map(|name| read(name)[8..9].to_owned()).to_vec()
    }

    fn journal(files: &[FileEdit]) -> Journal {
        let entry = |f: &FileEdit| Entry {
            path: f.path.clone(),
            before: f.before.clone(),
            after: f.after.clone(),
        };
        Journal { version: 1, files: files.iter().map(entry).collect() }
    }

    #[test]
    fn all_of_them_and_back_again() {
        let (dir, mut files) = project();
        files.push(FileEdit::create("new/d.yaml", "d: 1\n"));
        apply(dir.path(), &files).unwrap();
        assert_eq!(all(&dir), ["2", "2", "2"]);
        assert!(dir.path().join("new/d.yaml").exists());
        let back = last(dir.path()).unwrap();
        assert_eq!(back[0].patches, [Patch::new(8..9, "1")]);
        apply(dir.path(), &back).unwrap();
        assert_eq!(all(&dir), ["1", "1", "1"]);
        assert!(!dir.path().join("new/d.yaml").exists());
        apply(dir.path(), &last(dir.path()).unwrap()).unwrap();
        assert_eq!(all(&dir), ["2", "2", "2"], "undone twice is done");
    }

    #[test]
    fn a_file_that_is_not_the_one_that_was_read() {
        let (dir, files) = project();
        fs::write(dir.path().join("b.yaml"), "b.yaml: 1\n# 新\n").unwrap();
        let problems = apply(dir.path(), &files).unwrap_err();
        let problem = problems.iter().next().unwrap();
        assert_eq!(problem.code, "edit-file-changed");
        assert_eq!(problem.span.as_ref().unwrap().start().line, 2);
        assert_eq!(all(&dir), ["1", "1", "1"]);
        fs::remove_file(dir.path().join("b.yaml")).unwrap();
        assert_eq!(
            apply(dir.path(), &files).unwrap_err().iter().next().unwrap().code,
            "edit-file-changed"
        );
    }

    #[test]
    fn an_interrupted_change_is_completed() {
        for done in 0..=3 {
            let (dir, files) = project();
            write_journal(dir.path(), &journal(&files)).unwrap();
            for file in &files[..done] {
                put(dir.path(), &file.path, file.after.as_deref()).unwrap();
            }
            fs::write(dir.path().join(".yinfa-edit-x"), "half").unwrap();
            assert_eq!(recover(dir.path()).unwrap(), Some(Recovered::Completed(3)));
            assert_eq!(all(&dir), ["2", "2", "2"], "{done}");
            assert!(!dir.path().join(".yinfa-edit-x").exists());
            assert_eq!(recover(dir.path()).unwrap(), None);
        }
    }

    #[test]
    fn an_interrupted_change_is_put_back_where_somebody_went_on() {
        let (dir, files) = project();
        write_journal(dir.path(), &journal(&files)).unwrap();
        put(dir.path(), "a.yaml", files[0].after.as_deref()).unwrap();
        fs::write(dir.path().join("b.yaml"), "b.yaml: 3\n").unwrap();
        assert_eq!(recover(dir.path()).unwrap(), Some(Recovered::PutBack(vec!["b.yaml".into()])));
        assert_eq!(all(&dir), ["1", "3", "1"]);
    }

    #[test]
    fn one_editor_at_a_time() {
        let (dir, files) = project();
        let _held = lock(dir.path()).unwrap();
        let problems = apply(dir.path(), &files).unwrap_err();
        assert_eq!(problems.iter().next().unwrap().code, "edit-running");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay_and_nothing_is_done_by_half() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let (dir, files) = project();
        let at = |name: &str| dir.path().join(name);
        fs::rename(at("a.yaml"), at("real.yaml")).unwrap();
        symlink("real.yaml", at("a.yaml")).unwrap();
        fs::set_permissions(at("real.yaml"), fs::Permissions::from_mode(0o664)).unwrap();
        apply(dir.path(), &files).unwrap();
        assert!(at("a.yaml").is_symlink());
        assert_eq!(fs::metadata(at("real.yaml")).unwrap().permissions().mode() & 0o777, 0o664);
        fs::set_permissions(at("c.yaml"), fs::Permissions::from_mode(0o444)).unwrap();
        let back = last(dir.path());
        assert_eq!(back.unwrap_err().iter().next().unwrap().code, "edit-failed");
        assert_eq!(all(&dir), ["2", "2", "2"]);
    }
}
