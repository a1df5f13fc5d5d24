//! A new project, or the built-in templates for a project to change.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use rust_embed::RustEmbed;

use super::Failure;
use base::diag::Diagnostic;
use base::disk::stays_inside;
use base::text;
use pages::render::built_in;
use records::content::PROJECT_FILE;
use records::content::schema::notice::Kind;

/// The small project of an invented office.
#[derive(RustEmbed)]
#[folder = "templates/init/"]
struct Example;

/// A short document of each kind, by the name of its files.
#[derive(RustEmbed)]
#[folder = "templates/kinds/"]
struct Documents;

/// Writes the example; the number of its files.
pub(crate) fn write_example(dir: &Path) -> Result<usize, Failure> {
    write_all(dir, example(|_| true))
}

/// Writes a short document of a kind into a project, below content/ in a folder of that name, and a
/// project around it where there is none; the number of files.
pub(crate) fn write_document(dir: &Path, kind: Kind, folder: &str) -> Result<usize, Failure> {
    if folder.is_empty() || !stays_inside(folder) {
        return Err(Failure::of_input(
            Diagnostic::error(
                "init-id",
                text!(
                    "--id 写的“{folder}”不是 content 里的文件夹",
                    "“{folder}” is no folder below content/"
                ),
            )
            .help(text!("写成 2026-han 这样", "write it like `--id 2026-han`")),
        ));
    }
    // The example's publication is left out, its settings and units are not.
    let mut files = match dir.join(PROJECT_FILE).exists() {
        true => Vec::new(),
        false => example(|name| name.split('/').count() < 3),
    };
    let document = Documents::get(&format!("{}.yaml", kind.file_name()));
    let document = document.map(|file| file.data.into_owned()).unwrap_or_default();
    files.push((format!("content/{folder}/notice.yaml"), document));
    write_all(dir, files)
}

/// Files of the example.
fn example(wanted: impl Fn(&str) -> bool) -> Vec<(String, Vec<u8>)> {
    let names = Example::iter().filter(|name| wanted(name));
    names
        .filter_map(|name| Some((name.to_string(), Example::get(&name)?.data.into_owned())))
        .collect()
}

/// Writes the built-in templates; their number.
pub(crate) fn write_templates(dir: &Path) -> Result<usize, Failure> {
    let files = built_in();
    let files = files.into_iter().map(|(name, text)| (format!("templates/{name}"), text.into()));
    write_all(dir, files.collect())
}

/// Writes files none of which may be there yet.
fn write_all(dir: &Path, mut files: Vec<(String, Vec<u8>)>) -> Result<usize, Failure> {
    files.sort();
    // Everything is checked before anything is written: half a project helps nobody.
    let taken: Vec<String> = files
        .iter()
        .map(|(name, _)| name.clone())
        .filter(|name| dir.join(name).symlink_metadata().is_ok())
        .collect();
    if !taken.is_empty() {
        // The first few say enough.
        let rest = taken.len().saturating_sub(3);
        let (zh, en) =
            (taken[..taken.len() - rest].join("、"), taken[..taken.len() - rest].join(", "));
        let (zh_rest, en_rest) = match rest {
            0 => (String::new(), String::new()),
            n => (format!("等 {} 个文件", n + 3), format!(" and {n} more")),
        };
        return Err(Failure::of_input(
            Diagnostic::error(
                "init-exists",
                text!(
                    "“{dir}”里已有：{zh}{zh_rest}",
                    "“{dir}” already has: {en}{en_rest}",
                    dir = dir.display()
                ),
            )
            .help(text!(
                "请另选一个文件夹；已有的文件不会被覆盖",
                "choose another folder; nothing is overwritten"
            )),
        ));
    }
    for (name, bytes) in &files {
        let path = dir.join(name);
        if let Err(error) = write_new(&path, bytes) {
            return Err(Failure::of_run(
                Diagnostic::error(
                    "init-failed",
                    text!("写不出“{file}”", "cannot write “{file}”", file = path.display()),
                )
                .help(text!("请检查磁盘空间和写入权限", "check free space and permissions"))
                .detail(error.to_string()),
            ));
        }
    }
    Ok(files.len())
}

/// Writes a file that must not be there yet.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}
