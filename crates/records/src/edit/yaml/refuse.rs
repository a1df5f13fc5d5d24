//! Why a file is not changed.

use base::diag::{Diagnostic, Diagnostics, Span};
use base::text;

use super::doc::Doc;
use super::same::Difference;

/// The file has errors of its own.
pub(super) fn broken(path: &str, problems: Diagnostics) -> Diagnostics {
    let mut all = problems;
    all.push(
        Diagnostic::error(
            "edit-file-broken",
            text!(
                "“{path}”本身有错，没有改动",
                "“{path}” has errors of its own and was not changed"
            ),
        )
        .help(text!("请先改正上面的错误", "correct the errors above first")),
    );
    all
}

/// The place that is to be changed is not there.
pub(super) fn no_place(doc: &Doc<'_>, path: &str, at: Option<Span>) -> Diagnostic {
    let file = doc.source.path();
    Diagnostic::error("edit-no-place", text!("“{file}”里没有“{path}”", "“{file}” has no `{path}`"))
        .at(&at.unwrap_or_else(|| Span::file(doc.source.clone())))
        .help(text!(
            "核对名称和序号；列表里的序号从 1 数起",
            "check the name and the number; entries of lists are counted from 1"
        ))
}

/// What is to be changed is used from elsewhere through an alias.
pub(super) fn behind_alias(alias: &Span) -> Diagnostic {
    let name = &alias.source().text()[alias.range()];
    Diagnostic::error(
        "edit-alias",
        text!(
            "这里的内容是用“{name}”引用来的，单独改这一处会把别处一起改掉",
            "the value here is written elsewhere and used through `{name}`: changing it would change the other places too"
        ),
    )
    .at(alias)
    .help(text!(
        "加上 --write-out，先把引用的内容在这里写全，再改",
        "with `--write-out` the value is first written out here"
    ))
}

/// What is to be changed is used by aliases further below.
pub(super) fn with_aliases(uses: &[Span]) -> Option<Diagnostic> {
    let (first, more) = uses.split_first()?;
    let name = &first.source().text()[first.range()];
    let mut problem = Diagnostic::error(
        "edit-anchor",
        text!(
            "要改的内容在别处用“{name}”引用，改了这里，那里也会变",
            "what is to be changed is used elsewhere through `{name}` and would change there too"
        ),
    )
    .at(first)
    .help(text!(
        "加上 --write-out，先把引用的地方都写全，再改",
        "with `--write-out` all these places are written out first"
    ));
    for span in more {
        problem = problem.note(text!("这里也引用了它", "used here as well"), span);
    }
    Some(problem)
}

/// No way to make the change leaves the rest as it is.
pub(super) fn no_way(doc: &Doc<'_>, at: Option<Span>, why: Option<Difference>) -> Diagnostic {
    let file = doc.source.path();
    let reason = match why {
        Some(Difference::Comments) => {
            text!("改后会丢失批注", "a comment would be lost")
        }
        Some(Difference::Broken) => {
            text!("改后的文件读不出来", "the file could not be read any more")
        }
        Some(Difference::Value) => {
            text!("改后别的内容也会变", "other values would change as well")
        }
        None => text!("这里的写法太特别", "it is written in an unusual way"),
    };
    Diagnostic::error(
        "edit-not-possible",
        text!(
            "“{file}”没有改动：不能稳妥地改这一处",
            "“{file}” was not changed: this cannot be done safely"
        ),
    )
    .at(&at.unwrap_or_else(|| Span::file(doc.source.clone())))
    .detail(format!("{} / {}", reason.get(base::diag::Lang::Zh), reason.get(base::diag::Lang::En)))
    .help(text!("请打开文件手工修改", "change it by hand"))
}
