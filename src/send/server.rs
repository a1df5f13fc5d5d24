//! The mail server of a project: the settings of yinfa.yaml, checked, with the password that never
//! stands there.

use std::fmt;
use std::time::Duration;

use lettre::message::Mailbox;

use base::diag::{Diagnostic, Diagnostics, Located, Span};
use base::mail_address::{is_address_literal, is_domain};
use base::text;
use records::content::schema::mail::{MailRecord, Security};

use super::address::mailbox;
use super::run::Pace;

/// A password: nothing prints it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A password as it was read; the line end of a file is no part of it.
    pub fn new(text: &str) -> Self {
        Self(text.trim_end_matches(['\r', '\n']).to_string())
    }

    /// The characters, for the server alone.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a run knows of the server.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept from others.
    pub security: Security,
    /// Certificates (PEM) that are trusted beside the usual ones.
    pub authorities: Option<Vec<u8>>,
    /// Who logs in, with what.
    pub login: Option<(String, Secret)>,
    /// The sender.
    pub from: Mailbox,
    /// Where answers go.
    pub reply_to: Option<Mailbox>,
    /// What this machine calls itself.
    pub hello: Option<String>,
    /// How long the server may take for an answer.
    pub timeout: Duration,
    /// The largest message in bytes.
    pub max_size: u64,
    /// How fast, and how often again.
    pub pace: Pace,
}

/// The variable of the environment that holds the password where no other is named.
pub const PASSWORD: &str = "YINFA_SMTP_PASSWORD";

impl Server {
    /// The server of a project's settings, without login and authorities, which come from outside.
    ///
    /// # Errors
    /// Settings that cannot be meant, each with its place.
    pub fn new(record: &MailRecord, rate: Option<u32>) -> Result<Self, Diagnostics> {
        let mut diags = Diagnostics::new();
        let mut or_report = |result: Result<Mailbox, Diagnostic>| match result {
            Ok(mailbox) => Some(mailbox),
            Err(problem) => {
                diags.push(problem);
                None
            }
        };
        let from = or_report(mailbox(&record.from));
        let reply_to = record.reply_to.as_ref().and_then(|text| or_report(mailbox(text)));
        let given = record.port.as_ref();
        let port = given.map_or(Ok(record.security.port()), |port| u16::try_from(port.value));
        let port = port.ok().filter(|&port| port > 0);
        if let (None, Some(given)) = (port, given) {
            diags.push(wrong(&given.span, text!("端口在 1 到 65535 之间", "a port is 1 to 65535")));
        }
        for (value, limit) in [(&record.retries, 20), (&record.retry_wait, 3600)] {
            if let Some(value) = value.as_ref().filter(|value| value.value > limit) {
                diags.push(wrong(&value.span, text!("至多 {limit}", "at most {limit}")));
            }
        }
        for value in [&record.rate, &record.timeout, &record.max_size] {
            if let Some(value) = value.as_ref().filter(|value| value.value == 0) {
                diags.push(wrong(&value.span, text!("应大于 0", "more than 0")));
            }
        }
        for (name, written) in [("host", Some(&record.host)), ("hello", record.hello.as_ref())] {
            if let Some(written) =
                written.filter(|written| !is_host(written.trim(), name == "hello"))
            {
                diags.push(wrong(
                    written.span(),
                    text!(
                        "{name} 是域名或 IP 地址，如 mail.example.com",
                        "`{name}` is the name or address of a machine, such as mail.example.com"
                    ),
                ));
            }
        }
        let (Some(from), Some(port), false) = (from, port, diags.has_errors()) else {
            return Err(diags);
        };
        let or = |value: &Option<Located<u32>>, usual| value.as_ref().map_or(usual, |v| v.value);
        let rate = rate.or(record.rate.as_ref().map(|rate| rate.value));
        Ok(Self {
            host: record.host.trim().to_string(),
            port,
            security: record.security,
            authorities: None,
            login: None,
            from,
            reply_to,
            hello: record.hello.as_deref().map(|name| name.trim().to_string()),
            timeout: Duration::from_secs(or(&record.timeout, 60).into()),
            max_size: u64::from(or(&record.max_size, 20)) * 1024 * 1024,
            pace: Pace {
                between: rate.map_or(Duration::ZERO, |n| Duration::from_secs(60) / n.max(1)),
                retries: or(&record.retries, 3),
                wait: Duration::from_secs(or(&record.retry_wait, 30).into()),
            },
        })
    }

    /// The domain of the sender, for Message-IDs.
    pub(crate) fn domain(&self) -> &str {
        self.from.email.domain()
    }
}

/// Whether a text is the name of a machine, or its address: in brackets as mail has it, or plain.
fn is_host(text: &str, in_brackets: bool) -> bool {
    let is_address = match in_brackets {
        true => is_address_literal(text),
        false => text.parse::<std::net::IpAddr>().is_ok(),
    };
    is_address || is_domain(text.strip_suffix('.').unwrap_or(text))
}

fn wrong(span: &Span, help: base::diag::Text) -> Diagnostic {
    Diagnostic::error(
        "mail-setting-wrong",
        text!("发邮件的这个设置用不了", "this setting of mail cannot be used"),
    )
    .at(span)
    .help(help)
}

#[cfg(test)]
mod tests {
    use super::{Secret, is_host};

    #[test]
    fn names_and_addresses_of_machines() {
        for (text, host, hello) in [
            ("mail.example.com", true, true),
            ("MX-1.example.com.", true, true),
            ("localhost", true, true),
            ("10.0.0.1", true, true),
            ("::1", true, false),
            ("[10.0.0.1]", false, true),
            ("[IPv6:2001:db8::1]", false, true),
            ("[10.0.0.1", false, false),
            ("[10.0.0.256]", false, false),
            ("[::1]", false, false),
            ("[a]", false, false),
            ("", false, false),
            ("a..b", false, false),
            ("-a.example.com", false, false),
            ("a b", false, false),
            ("a\r\nMAIL FROM:<b@c>", false, false),
            ("邮件.example.com", false, false),
            ("mail.example.com:25", false, false),
            ("<a>", false, false),
        ] {
            assert_eq!((is_host(text, false), is_host(text, true)), (host, hello), "{text:?}");
        }
    }

    #[test]
    fn a_password_is_never_printed() {
        let secret = Secret::new("hunter2\r\n");
        assert_eq!(secret.reveal(), "hunter2");
        assert!(!format!("{secret:?} {:?}", Some(("user", secret.clone()))).contains("hunter2"));
    }
}
