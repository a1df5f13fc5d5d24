//! `mail` in yinfa.yaml: the server that mail goes through. No password stands here: it comes from
//! the environment or a file.

use crate::content::fields::Fields;
use crate::content::yaml::Node;
use base::diag::{Diagnostics, Located, SourceText};
use base::text;

/// How the connection to the server is kept from others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    #[default]
    Tls,
    /// TLS after `STARTTLS`, without which nothing is sent.
    StartTls,
    /// None.
    Plain,
}

impl Security {
    /// Every choice with its name.
    pub const ALL: [(&'static str, Self); 3] =
        [("tls", Self::Tls), ("starttls", Self::StartTls), ("plain", Self::Plain)];

    /// The port that servers use for it.
    pub fn port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::Plain => 25,
        }
    }
}

/// The settings of mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRecord {
    /// The server's name or address.
    pub host: SourceText,
    /// Its port, where it is not the usual one.
    pub port: Option<Located<u32>>,
    /// How the connection is kept from others.
    pub security: Security,
    /// Certificates (PEM) that are trusted beside the usual ones.
    pub ca_file: Option<SourceText>,
    /// Who logs in; nobody where it is left out.
    pub user: Option<SourceText>,
    /// The variable of the environment that holds the password.
    pub password_env: Option<SourceText>,
    /// The file that holds it.
    pub password_file: Option<SourceText>,
    /// The sender: an address, or a name and `<address>`.
    pub from: SourceText,
    /// Where answers go.
    pub reply_to: Option<SourceText>,
    /// What this machine calls itself towards the server.
    pub hello: Option<SourceText>,
    /// At most so many messages a minute.
    pub rate: Option<Located<u32>>,
    /// How often what failed for a while is tried again.
    pub retries: Option<Located<u32>>,
    /// Seconds before the first time; each later one takes twice as long.
    pub retry_wait: Option<Located<u32>>,
    /// Seconds that the server may take for an answer.
    pub timeout: Option<Located<u32>>,
    /// The largest message in megabytes.
    pub max_size: Option<Located<u32>>,
}

/// Reads `mail`.
pub(crate) fn read_mail(node: &Node, diags: &mut Diagnostics) -> Option<MailRecord> {
    let what = text!("发邮件的设置（host、from 等）", "settings of mail (host, from, …)");
    let mut fields = Fields::open(node, &what, diags)?;
    let host = fields.required_text("host");
    let port = fields.integer("port");
    let security = fields.choice("security", &Security::ALL).map(|s| s.value).unwrap_or_default();
    let ca_file = fields.text("ca_file");
    let user = fields.text("user");
    let password_env = fields.text("password_env");
    let password_file = fields.text("password_file");
    let from = fields.required_text("from");
    let reply_to = fields.text("reply_to");
    let hello = fields.text("hello");
    let rate = fields.integer("rate");
    let retries = fields.integer("retries");
    let retry_wait = fields.integer("retry_wait");
    let timeout = fields.integer("timeout");
    let max_size = fields.integer("max_size");
    fields.finish();
    Some(MailRecord {
        host: host?,
        port,
        security,
        ca_file,
        user,
        password_env,
        password_file,
        from: from?,
        reply_to,
        hello,
        rate,
        retries,
        retry_wait,
        timeout,
        max_size,
    })
}
