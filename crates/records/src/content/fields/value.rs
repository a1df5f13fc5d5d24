//! What can stand behind a key: each kind of value tells its shape and how it is read.

use base::diag::{Diagnostic, Diagnostics, Located, SourceText, Words};
use base::nearest::closest;
use base::text;

use super::problem::wrong_kind;
use super::shape::Shape;
use crate::content::yaml::{Node, NodeKind};

/// A value of the records.
pub(crate) trait Value: Sized {
    /// What it looks like in a file.
    fn shape() -> Shape;
    /// Reads it; what is wrong is reported, `None` where nothing can be made of it.
    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self>;
}

impl Value for SourceText {
    fn shape() -> Shape {
        Shape::Text
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        read_text(node, diags)
    }
}

impl Value for Located<u32> {
    fn shape() -> Shape {
        Shape::Integer
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        let value = read_text(node, diags)?;
        let number = value.parse().ok();
        if number.is_none() {
            diags.push(
                Diagnostic::error(
                    "not-a-number",
                    text!(
                        "这里应为整数，不是“{value}”",
                        "“{value}” is not a whole number",
                        value = &*value
                    ),
                )
                .help(text!("只写数字，如 3", "digits only, such as 3"))
                .at(value.span()),
            );
        }
        number.map(|number| Located::new(number, value.span().clone()))
    }
}

/// A text; a list or a mapping in its place is an error.
pub(crate) fn read_text(node: &Node, diags: &mut Diagnostics) -> Option<SourceText> {
    match &node.kind {
        NodeKind::Text(text) if !text.trim().is_empty() => {
            if let Some((at, c)) = text.char_indices().find(|&(_, c)| is_invisible(c)) {
                let code = format!("U+{:04X}", u32::from(c));
                diags.push(
                    Diagnostic::error(
                        "invisible-character",
                        text!(
                            "这里有一个看不见的字符（{code}）",
                            "there is an invisible character ({code})"
                        ),
                    )
                    .at(&text.span_of(at..at + c.len_utf8()))
                    .help(text!(
                        "多半是从网页或别的文件带来的，请删去后重新输入前后的文字",
                        "most come along with text copied from elsewhere: delete it"
                    )),
                );
            }
            Some(text.clone())
        }
        NodeKind::Text(_) | NodeKind::Blank => {
            diags.push(
                Diagnostic::error("value-blank", text!("这里没有内容", "the value is blank"))
                    .at(&node.span)
                    .help(text!("写上内容，或删去这一行", "write the value or delete the line")),
            );
            None
        }
        _ => {
            diags.push(wrong_kind(node, Words::new("一段文字", "a text")));
            None
        }
    }
}

/// Control characters, and those that have no width or turn the direction of writing: no font
/// draws them, and nobody sees that they are there.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// One of several words.
pub(crate) fn read_choice<T: Copy>(
    node: &Node,
    choices: &[(&'static str, T)],
    diags: &mut Diagnostics,
) -> Option<Located<T>> {
    let value = read_text(node, diags)?;
    if let Some(&(_, meaning)) = choices.iter().find(|(word, _)| *word == value.trim()) {
        return Some(Located::new(meaning, value.span().clone()));
    }
    let words: Vec<_> = choices.iter().map(|&(word, _)| word).collect();
    let (zh, en) = (words.join("、"), words.join(", "));
    let mut diagnostic = Diagnostic::error(
        "value-unknown",
        text!("不能写“{value}”", "“{value}” is not one of the possible values", value = &*value),
    )
    .at(value.span());
    diagnostic = diagnostic.help(match closest(&value, words.iter().copied()) {
        Some(near) => {
            text!("是不是“{near}”？可以写：{zh}", "did you mean “{near}”? possible: {en}")
        }
        None => text!("可以写：{zh}", "possible: {en}"),
    });
    diags.push(diagnostic);
    None
}
