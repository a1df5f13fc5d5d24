//! What YAML allows and a record does not: further documents, references, tags, and more than
//! a record can sensibly hold.

use std::sync::Arc;

use crate::diag::{Diagnostic, Source, Span};
use crate::text;

/// The largest file that is read.
pub(super) const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The most values a file may hold.
pub(super) const MAX_NODES: usize = 200_000;
/// How deep values may lie in each other.
pub(super) const MAX_DEPTH: usize = 64;

/// A file that is too large to read.
pub(super) fn size(source: &Arc<Source>) -> Option<Diagnostic> {
    if source.text().len() <= MAX_BYTES {
        return None;
    }
    let limit = MAX_BYTES / 1024 / 1024;
    Some(
        Diagnostic::error(
            "yaml-too-large",
            text!(
                "文件超过 {limit} MB，没有读取",
                "The file is larger than {limit} MB and was not read"
            ),
        )
        .at(&Span::file(source.clone()))
        .help(text!(
            "请分成几个文件；附件、图片不要写在这里",
            "Split it into several files; attachments and pictures do not belong here",
        )),
    )
}

/// One value too many.
pub(super) fn too_many_nodes(span: &Span) -> Diagnostic {
    let limit = MAX_NODES;
    Diagnostic::error(
        "yaml-too-many-values",
        text!(
            "文件里的内容超过 {limit} 项，从这里起没有读取",
            "The file holds more than {limit} values; from here on it was not read",
        ),
    )
    .at(span)
    .help(text!("请分成几个文件", "Split it into several files"))
}

/// Lists and groups within each other without end.
pub(super) fn too_deep(span: &Span) -> Diagnostic {
    let limit = MAX_DEPTH;
    Diagnostic::error(
        "yaml-too-deep",
        text!("内容嵌套超过 {limit} 层", "The content is nested more than {limit} levels deep"),
    )
    .at(span)
    .help(text!(
        "请检查是不是多写了缩进、“- ”或括号",
        "Check for indentation, “- ” signs or brackets that are too many",
    ))
}

/// A second document in one file.
pub(super) fn second_document(span: &Span) -> Diagnostic {
    Diagnostic::error(
        "yaml-several-documents",
        text!(
            "“---”之后又开始了一份内容，一个文件只能写一份",
            "A second record begins behind “---”; a file holds one",
        ),
    )
    .at(span)
    .help(text!(
        "把这一行之后的内容移到另一个文件，或者删去这一行",
        "Move what follows to a file of its own, or delete this line",
    ))
}

/// `&name`.
pub(super) fn anchor(span: &Span) -> Diagnostic {
    Diagnostic::error(
        "yaml-anchor",
        text!(
            "内容以“&”开头，会被当成给别处引用的记号",
            "A value that begins with “&” is taken for a mark to refer to",
        ),
    )
    .at(span)
    .help(text!(
        "如果“&”是文字，请用引号把整个内容括起来；如果想引用，请把内容在每一处写全",
        "If “&” is text, put the whole value in quotes; if it is to be referred to, write the content out in each place",
    ))
}

/// `*name`.
pub(super) fn alias(span: &Span) -> Diagnostic {
    Diagnostic::error(
        "yaml-alias",
        text!(
            "内容以“*”开头，会被当成引用别处的内容",
            "A value that begins with “*” is taken for a reference to another place",
        ),
    )
    .at(span)
    .help(text!(
        "如果“*”是文字（例如加粗），请用引号把整个内容括起来；如果想引用，请把内容在这里写全",
        "If “*” is text (bold type, say), put the whole value in quotes; if it is a reference, write the content out here",
    ))
}

/// `!tag`.
pub(super) fn tag(span: &Span) -> Diagnostic {
    Diagnostic::error(
        "yaml-tag",
        text!(
            "内容以“!”开头，会被当成类型标记",
            "A value that begins with “!” is taken for a type",
        ),
    )
    .at(span)
    .help(text!(
        "如果“!”是文字，请用引号把整个内容括起来，或者用全角的“！”；否则删去这个标记",
        "If “!” is text, put the whole value in quotes; otherwise delete the mark",
    ))
}

/// Whether a problem only says that something is wrong near by.
pub(super) fn is_vague(problem: &Diagnostic) -> bool {
    matches!(problem.code, "yaml-syntax" | "yaml-indent")
}
