//! Problems that several steps of archiving meet.

use std::io;
use std::path::Path;

use base::diag::Diagnostic;
use base::text;

/// The code of the problem that a package could not be written.
pub const ARCHIVE_FAILED: &str = "archive-failed";

/// A file cannot be read.
pub(super) fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error("file-unreadable", text!("打不开“{name}”", "cannot read “{name}”"))
        .detail(error.to_string())
        .help(text!(
            "请检查文件（夹）是否存在、是否有读取权限",
            "check that it exists and may be read"
        ))
}

/// A package could not be written; nothing of it is left.
pub(super) fn not_written(archive: &Path, error: &io::Error) -> Diagnostic {
    let folder = archive.display();
    Diagnostic::error(
        ARCHIVE_FAILED,
        text!(
            "写不进归档文件夹“{folder}”，这次没有归档",
            "cannot write into the archive “{folder}”: nothing was archived"
        ),
    )
    .detail(error.to_string())
    .help(text!(
        "请检查磁盘空间和写入权限；已有的归档包没有改动",
        "check free space and permissions; packages that were there are untouched"
    ))
}
