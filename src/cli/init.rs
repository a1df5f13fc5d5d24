//! `yinfa init`.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use rust_embed::RustEmbed;

use super::report::Reporter;
use super::{Exit, args};
use crate::session::Failure;
use base::diag::Diagnostic;
use base::text;
use pages::render::built_in;

/// The small project that `init` writes.
#[derive(RustEmbed)]
#[folder = "templates/init/"]
struct Example;

pub(super) fn run(args: &args::Init, reporter: &Reporter) -> Result<Exit, Failure> {
    let dir = &args.dir;
    let mut files: Vec<(String, Vec<u8>)> = if args.templates {
        built_in()
            .into_iter()
            .map(|(name, text)| (format!("templates/{name}"), text.into()))
            .collect()
    } else {
        let names = Example::iter();
        names
            .filter_map(|name| Some((name.to_string(), Example::get(&name)?.data.into_owned())))
            .collect()
    };
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
    let dir = dir.display();
    reporter.message(&text!(
        "已写入“{dir}”，共 {n} 个文件",
        "{n} files written into “{dir}”",
        n = files.len()
    ));
    if !args.templates {
        reporter.message(&text!(
            "接下来：cd {dir}，再运行 yinfa build",
            "next: cd {dir}, then yinfa build"
        ));
    }
    Ok(Exit::Fine)
}

/// Writes a file that must not be there yet.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}
