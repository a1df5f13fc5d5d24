//! What YAML allows and a record does not: further documents, tags, merge keys, references that
//! lead nowhere, and more than a record can sensibly hold.

use std::sync::Arc;

use base::diag::{Diagnostic, Source, Span};
use base::text;

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
                "the file is larger than {limit} MB and was not read"
            ),
        )
        .at(&Span::file(source.clone()))
        .help(text!(
            "请分成几个文件；附件、图片不要写在这里",
            "split it into several files; attachments and pictures do not belong here",
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
            "the file holds more than {limit} values; from here on it was not read",
        ),
    )
    .at(span)
    .help(text!("请分成几个文件", "split it into several files"))
}

/// Lists and groups within each other without end.
pub(super) fn too_deep(span: &Span) -> Diagnostic {
    let limit = MAX_DEPTH;
    Diagnostic::error(
        "yaml-too-deep",
        text!("内容嵌套超过 {limit} 层", "the content is nested more than {limit} levels deep"),
    )
    .at(span)
    .help(text!(
        "请检查是不是多写了缩进、“- ”或括号",
        "check for indentation, “- ” signs or brackets that are too many",
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
        "move what follows to a file of its own, or delete this line",
    ))
}

/// `&name` that nothing refers to.
pub(super) fn anchor_unused(name: &str, span: &Span) -> Diagnostic {
    Diagnostic::warning(
        "yaml-anchor-unused",
        text!(
            "“&{name}”被当成给别处引用的记号，没有读入，也没有地方引用它",
            "“&{name}” was taken for a mark to refer to and left out, and nothing refers to it"
        ),
    )
    .at(span)
    .help(text!(
        "如果“&”是文字，请用引号把整个内容括起来；如果是记号，在要引用的地方写“*{name}”，不用就删去",
        "if “&” is text, put the whole value in quotes; if it is a mark, write “*{name}” where the value is used again, or delete it",
    ))
}

/// `&name` a second time.
pub(super) fn anchor_twice(name: &str, span: &Span, first: &Span) -> Diagnostic {
    Diagnostic::error(
        "yaml-anchor-twice",
        text!("记号“&{name}”写了两次", "the mark “&{name}” is given twice"),
    )
    .at(span)
    .note(text!("第一次写在这里", "the first one is here"), first)
    .help(text!(
        "给其中一个换个名称，否则看不出“*{name}”引用的是哪一个",
        "give one of them another name: which one “*{name}” refers to cannot be seen",
    ))
}

/// `*name` of a mark that does not stand above; `near` is a name like it.
pub(super) fn alias(name: &str, near: Option<&str>, span: &Span) -> Diagnostic {
    let problem = Diagnostic::error(
        "yaml-alias",
        text!(
            "内容以“*”开头，会被当成引用，可是前面没有“&{name}”这个记号",
            "A value that begins with “*” is taken for a reference, but no mark “&{name}” stands above"
        ),
    )
    .at(span);
    problem.help(match near {
        Some(near) => text!("是不是“*{near}”？", "did you mean “*{near}”?"),
        None => text!(
            "如果“*”是文字（例如加粗），请用引号把整个内容括起来；如果想引用，请在前面那处内容的开头写上“&{name} ”",
            "if “*” is text (bold type, say), put the whole value in quotes; if it is a reference, write “&{name} ” before the value above",
        ),
    })
}

/// `*name` inside the value that `&name` marks.
pub(super) fn alias_inside_itself(span: &Span) -> Diagnostic {
    Diagnostic::error(
        "yaml-alias-inside-itself",
        text!("这里引用的内容包含这里自己", "this reference stands inside what it refers to"),
    )
    .at(span)
    .help(text!("请把这里的内容写全", "write the content out here"))
}

/// References to so much text that the file grows without measure.
pub(super) fn aliases_too_large(span: &Span) -> Diagnostic {
    let limit = MAX_BYTES / 1024 / 1024;
    Diagnostic::error(
        "yaml-too-large",
        text!(
            "各处引用的内容合起来超过 {limit} MB，从这里起没有读取",
            "what the references stand for is larger than {limit} MB; from here on it was not read"
        ),
    )
    .at(span)
    .help(text!("请减少引用", "use fewer references"))
}

/// `<<`.
pub(super) fn merge_key(span: &Span) -> Diagnostic {
    Diagnostic::error(
        "yaml-merge-key",
        text!("不能用“<<”合并另一组内容", "A group cannot be merged into another with “<<”"),
    )
    .at(span)
    .help(text!(
        "请把各项写全；单独一项的内容可以用“*名称”引用",
        "write the fields out; the value of a single one may be a reference, “*name”",
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
        "if “!” is text, put the whole value in quotes; otherwise delete the mark",
    ))
}

/// Whether a problem only says that something is wrong near by.
pub(super) fn is_vague(problem: &Diagnostic) -> bool {
    matches!(problem.code, "yaml-syntax" | "yaml-indent")
}
