//! How storing a publication ended: what was written, or that it could not be.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use base::diag::Diagnostic;
use base::text;

use super::reason::Reason;

/// The code of the problem that output could not be written: then something of it may have been.
pub const OUTPUT_FAILED: &str = "output-failed";

/// What storing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files written.
    pub written: usize,
    /// Files that were there already with the same bytes.
    pub unchanged: usize,
    /// Files removed because the publication no longer has them.
    pub removed: usize,
    /// Why files were made again, by path; those that came out as they were have an entry too.
    pub reasons: BTreeMap<String, Vec<Reason>>,
}

pub(super) fn write_failed(folder: &Path, error: &io::Error) -> Diagnostic {
    let folder = folder.display();
    Diagnostic::error(
        OUTPUT_FAILED,
        text!("写不进输出文件夹“{folder}”", "cannot write into the output folder “{folder}”"),
    )
    .detail(error.to_string())
    .help(text!(
        "请检查磁盘空间和写入权限；其中的文件若正被别的程序打开，请先关闭",
        "check free space and permissions, and close programs that have its files open"
    ))
}
