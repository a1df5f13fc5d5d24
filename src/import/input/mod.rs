//! A file of any kind to lines of text. The kind is told from the bytes; names are not believed.

mod decode;
mod lines;

pub(crate) use lines::{Extract, Form, Line, Place};

use super::limits;
use crate::diag::Diagnostic;
use crate::text;

/// Reads a file.
pub(crate) fn extract(bytes: &[u8]) -> Result<Extract, Box<Diagnostic>> {
    if bytes.len() > limits::INPUT {
        return Err(too_large(text!("文件", "the file")));
    }
    let text = decode::decode(bytes)?;
    Extract::of_text(&text)
}

/// The error for an input beyond a limit.
fn too_large(what: crate::diag::Text) -> Box<Diagnostic> {
    use crate::diag::{Lang, Text};
    let mebibytes = limits::INPUT >> 20;
    Box::new(
        Diagnostic::error(
            "import-too-large",
            Text::new(
                format!("{}太大，不能导入", what.get(Lang::Zh)),
                format!("{} is too large to be imported", what.get(Lang::En)),
            ),
        )
        .help(text!(
            "一份通知不会超过 {mebibytes} MB；请只保留通知的正文，去掉图片等再试",
            "a notice is never more than {mebibytes} MB; keep its text alone, without pictures"
        )),
    )
}
