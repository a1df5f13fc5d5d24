//! A new project, or the built-in templates for a project to change.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use rust_embed::RustEmbed;

use super::Failure;
use base::diag::Diagnostic;
use base::text;
use pages::render::built_in;

/// The small project of an invented office.
#[derive(RustEmbed)]
#[folder = "templates/init/"]
struct Example;

/// Writes the example; the number of its files.
pub(crate) fn write_example(dir: &Path) -> Result<usize, Failure> {
    let names = Example::iter();
    let files = names
        .filter_map(|name| Some((name.to_string(), Example::get(&name)?.data.into_owned())))
        .collect();
    write_all(dir, files)
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
