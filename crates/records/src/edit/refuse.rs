//! Why nothing was changed.

use std::io;

use base::diag::{Diagnostic, Source, Span};
use base::text;

/// Another run is changing files.
pub(super) fn running() -> Diagnostic {
    Diagnostic::error(
        "edit-running",
        text!(
            "另一个 yinfa 正在修改这个项目的记录",
            "another run of yinfa is changing the records"
        ),
    )
    .help(text!(
        "请等它结束（一般只要几秒）再试；这次没有改动任何文件",
        "wait until it has ended, mostly some seconds, and try again; nothing was changed"
    ))
}

/// A file is not the one that was read.
pub(super) fn changed(path: &str, before: Option<&str>, now: Option<&[u8]>) -> Diagnostic {
    let help = text!(
        "有人在这期间保存过它：请先看看改了什么，再重做一次；这次没有改动任何文件",
        "somebody has saved it meanwhile: look at what changed and try again; nothing was changed"
    );
    let problem = match (before, now) {
        (None, _) => Diagnostic::error(
            "edit-file-changed",
            text!("“{path}”已经有了", "“{path}” is there already"),
        ),
        (_, None) => {
            Diagnostic::error("edit-file-changed", text!("“{path}”不见了", "“{path}” is gone"))
        }
        _ => Diagnostic::error(
            "edit-file-changed",
            text!("“{path}”和读入时不一样了", "“{path}” is not as it was when it was read"),
        ),
    };
    let (Some(before), Some(now)) = (before, now) else { return problem.help(help) };
    // The first line that differs.
    let now = String::from_utf8_lossy(now).into_owned();
    let line = before.lines().zip(now.lines()).take_while(|(a, b)| a == b).count();
    let source = Source::new(path, now);
    let range = source.line(line + 1).or_else(|| source.line(line.max(1))).unwrap_or(0..0);
    problem.at(&Span::new(source, range)).help(help)
}

/// A file cannot be read or written.
pub(super) fn failed(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error("edit-failed", text!("改不了“{path}”", "cannot change “{path}”"))
        .detail(error.to_string())
        .help(text!(
            "检查文件是否只读、磁盘是否已满、是否正被别的程序占用",
            "check whether it is read-only, the disk is full or another program holds it"
        ))
}

/// No change is known that could be undone.
pub(super) fn nothing_to_undo() -> Diagnostic {
    Diagnostic::error(
        "edit-nothing-to-undo",
        text!("没有可以撤销的修改", "there is no change to undo"),
    )
    .help(text!(
        "只能撤销这台机器上最近一次用 yinfa 作的修改",
        "only the last change made by yinfa on this machine can be undone"
    ))
}
