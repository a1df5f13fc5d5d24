//! What the catalogue says of packages that it leaves out.

use std::path::Path;

use base::diag::Diagnostic;
use base::text;

pub(super) fn unlisted(archive: &Path, detail: &str) -> Diagnostic {
    let archive = archive.display();
    Diagnostic::error(
        "archive-unreadable",
        text!("打不开归档文件夹“{archive}”", "the archive “{archive}” cannot be read"),
    )
    .detail(detail)
    .help(text!(
        "请检查文件夹是否存在、是否有读取权限",
        "check that the folder exists and may be read"
    ))
}

pub(super) fn outdated(bag: &str) -> Diagnostic {
    Diagnostic::warning(
        "catalog-outdated",
        text!(
            "“{bag}”后来的版本读不出来，这一件没有编入目录",
            "a later version of “{bag}” cannot be read: the document is left out"
        ),
    )
    .help(text!(
        "先恢复损坏的归档包；旧版不能当作现行的文件列出",
        "restore the damaged package first; an old version is not shown as the current one"
    ))
}

pub(super) fn perhaps_outdated(bag: &str) -> Diagnostic {
    Diagnostic::warning(
        "catalog-outdated",
        text!(
            "有归档包读不出来，它可能替代了“{bag}”，这一件没有编入目录",
            "a package cannot be read that may have replaced “{bag}”: the document is left out"
        ),
    )
    .help(text!(
        "先恢复损坏的归档包，再编一次目录",
        "restore the damaged package, then make the catalogue again"
    ))
}

pub(super) fn records(bag: &str, detail: &str) -> Diagnostic {
    Diagnostic::error(
        "catalog-records",
        text!(
            "归档包“{bag}”里的记录用不了，没有编入目录",
            "the records in the package “{bag}” cannot be used: it is left out"
        ),
    )
    .detail(detail)
    .help(text!(
        "用归档时的程序版本编目，或用 yinfa verify 检查这个包",
        "use the version of the program that archived it, or check the package with `yinfa verify`"
    ))
}

pub(super) fn twice(one: &str, other: &str) -> Diagnostic {
    Diagnostic::error(
        "catalog-twice",
        text!(
            "“{one}”和“{other}”是同一份文件的两个归档包，只编入前一个",
            "“{one}” and “{other}” are two packages of one document: only the first is listed"
        ),
    )
    .help(text!("把多余的一个移出归档文件夹", "move the superfluous one out of the archive"))
}
