//! Addresses and names that may stand in the head of a message.

use lettre::Address;
use lettre::message::Mailbox;

use crate::diag::{Diagnostic, SourceText, Text};
use crate::text;

/// An address of the records.
///
/// # Errors
/// With its place, when mail cannot be sent there.
pub fn address(written: &SourceText) -> Result<Address, Box<Diagnostic>> {
    parse(written).map_err(|help| Box::new(wrong(written, help)))
}

/// A sender of the settings: an address, or a name and `<address>`.
///
/// # Errors
/// With its place, when it is none.
pub fn mailbox(written: &SourceText) -> Result<Mailbox, Box<Diagnostic>> {
    let text = written.trim();
    let (name, inner) = match text.strip_suffix('>').and_then(|text| text.split_once('<')) {
        Some((name, inner)) => (name.trim().trim_matches('"').trim(), inner),
        None => ("", text),
    };
    if has_line_break(name) {
        return Err(Box::new(line_break(written)));
    }
    let address = parse(inner).map_err(|help| Box::new(wrong(written, help)))?;
    Ok(Mailbox::new((!name.is_empty()).then(|| name.to_string()), address))
}

/// Whether a text would end a line of a message's head, and with it begin another.
pub fn has_line_break(text: &str) -> bool {
    text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

fn parse(text: &str) -> Result<Address, Text> {
    let text = text.trim();
    if has_line_break(text) {
        return Err(text!("地址要写在一行里", "an address stands on one line"));
    }
    if text.contains(['＠', '．', '　', '，', '、', '；']) {
        return Err(text!(
            "用半角的 @ 和 .；几个地址写成列表",
            "use half-width `@` and `.`; write several addresses as a list"
        ));
    }
    if text.contains([',', ';', ' ']) {
        return Err(text!(
            "几个地址写成列表，中间不空格",
            "write several addresses as a list, without blanks"
        ));
    }
    if !text.is_ascii() {
        return Err(text!(
            "地址只能用英文字母、数字和符号",
            "an address has ASCII characters alone"
        ));
    }
    // What lettre takes beside this is a quoted name, which nobody uses.
    if text.contains('"') {
        return Err(text!("地址里不要写引号", "leave out quotation marks"));
    }
    text.parse().map_err(|_| text!("写成 name@example.com 的样子", "write it as name@example.com"))
}

fn wrong(written: &SourceText, help: Text) -> Diagnostic {
    let shown = written.trim();
    Diagnostic::error(
        "address-wrong",
        text!("“{shown}”不是邮箱地址", "“{shown}” is no e-mail address"),
    )
    .at(written.span())
    .help(help)
}

fn line_break(written: &SourceText) -> Diagnostic {
    Diagnostic::error(
        "name-line-break",
        text!("发件人的名称要写在一行里", "the sender's name stands on one line"),
    )
    .at(written.span())
    .help(text!("去掉换行", "take out the line break"))
}
