//! Why a file is not read.

use crate::limits;
use base::diag::{Diagnostic, Text};
use base::text;

/// The error for a kind of file that is not read.
pub(super) fn unsupported(what: Text) -> Diagnostic {
    Diagnostic::error("import-kind", text!("不能导入{what}", "{what} cannot be imported"; what))
        .help(text!(
            "请用 Word 或 WPS 打开，另存为 .docx、.xlsx 或文本；装了 LibreOffice 的话，.doc、.wps、.rtf 和 .odt 可以直接导入",
            "open it in Word or WPS and save it as .docx, .xlsx or text; where LibreOffice is installed, .doc, .wps, .rtf and .odt are read as they are"
        ))
}

/// The error for an input beyond a limit.
pub(crate) fn too_large(what: Text) -> Diagnostic {
    let mebibytes = limits::INPUT >> 20;
    Diagnostic::error(
        "import-too-large",
        text!("{what}太大，不能导入", "{what} is too large to be imported"; what),
    )
    .help(text!(
        "一份通知不会超过 {mebibytes} MB；请只保留通知的正文，去掉图片等再试",
        "a notice is never more than {mebibytes} MB; keep its text alone, without pictures"
    ))
}

/// The error for elements that stand too deep in one another.
pub(super) fn too_deep() -> Diagnostic {
    let limit = limits::NESTING;
    Diagnostic::error(
        "import-too-deep",
        text!(
            "文件里的层次超过 {limit} 层，不能导入",
            "the file nests more than {limit} levels deep and cannot be imported"
        ),
    )
    .help(text!("请把正文复制到一个新文件里再试", "copy the text into a new file and try that"))
}

/// The error for a file that breaks off or does not fit together.
pub(super) fn damaged(detail: &str) -> Diagnostic {
    Diagnostic::error(
        "import-damaged",
        text!("文件已损坏，打不开", "the file is damaged and cannot be opened"),
    )
    .detail(detail)
    .help(text!(
        "请用 Word 或 WPS 打开，另存一份再试",
        "open it in Word or WPS, save it as a new file and try that"
    ))
}
