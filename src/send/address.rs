//! Addresses and names that may stand in the head of a message.

use lettre::Address;
use lettre::message::Mailbox;

use base::diag::{Diagnostic, SourceText, Text};
use base::mail_address::{has_line_break, mail_address};
use base::text;
use records::content::schema::mail::MailRecord;

/// An address of the records.
///
/// # Errors
/// With its place, when mail cannot be sent there.
pub fn address(written: &SourceText) -> Result<Address, Diagnostic> {
    mail_address(written).map_err(|help| wrong(written, help))
}

/// The office's own addresses, in lower case: those that mail is sent from, and answered to.
pub(crate) fn addresses(mail: &MailRecord) -> Vec<String> {
    let written = std::iter::once(&mail.from).chain(&mail.reply_to);
    let mailboxes = written.filter_map(|written| mailbox(written).ok());
    mailboxes.map(|mailbox| mailbox.email.to_string().to_lowercase()).collect()
}

/// A sender of the settings: an address, or a name and `<address>`.
///
/// # Errors
/// With its place, when it is none.
pub fn mailbox(written: &SourceText) -> Result<Mailbox, Diagnostic> {
    let text = written.trim();
    let (name, inner) = match text.strip_suffix('>').and_then(|text| text.split_once('<')) {
        Some((name, inner)) => (name.trim().trim_matches('"').trim(), inner),
        None => ("", text),
    };
    if has_line_break(name) {
        return Err(line_break(written));
    }
    let address = mail_address(inner).map_err(|help| wrong(written, help))?;
    Ok(Mailbox::new((!name.is_empty()).then(|| name.to_string()), address))
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
