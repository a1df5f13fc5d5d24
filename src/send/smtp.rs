//! Mail. A message is its own transaction with one recipient, so that a refused address takes no
//! other with it; and each step of the transaction says for certain whether something was sent,
//! but for one: between the end of the message and the server's answer nobody knows.
//!
//! The dialogue with the server is our own: docs/decisions/smtp-client.md says why.

mod connection;
mod dialogue;
mod login;
mod problems;
mod reply;
mod secrets;
mod stream;
mod transaction;

use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};

use base::diag::Diagnostic;
use base::text;
use records::content::schema::mail::Security;

use super::ledger::Now;
use super::mail::message;
use super::plan::Parcel;
use super::run::{Carrier, Outcome};
use super::server::Server;
use connection::{Encryption, connect};
use dialogue::Dialogue;
use problems::words;

/// How much longer than for another answer the server may take for a whole message: it may look
/// into it for viruses.
const LONGER: u32 = 5;

/// How long a goodbye is waited for.
const GOODBYE: Duration = Duration::from_secs(5);

/// Sends by mail, through one connection for as long as that holds.
pub struct Smtp<'a> {
    server: Server,
    now: Now<'a>,
    tls: Option<Encryption>,
    connection: Option<Dialogue>,
}

impl<'a> Smtp<'a> {
    /// Mail through a server. Nothing is sent yet.
    ///
    /// # Errors
    /// When the file of an own authority holds no certificates.
    pub fn new(server: Server, now: Now<'a>) -> Result<Self, Diagnostic> {
        let tls = match server.security {
            Security::Plain => None,
            Security::Tls | Security::StartTls => Some(encryption(&server)?),
        };
        Ok(Self { server, now, tls, connection: None })
    }

    fn send(&mut self, parcel: &Parcel) -> Outcome {
        let message = match message(parcel, &self.server, (self.now)()) {
            Ok(message) => message,
            Err(detail) => return Outcome::Failed(detail),
        };
        let mut connection = match self.begun() {
            Ok(connection) => connection,
            Err(outcome) => return outcome,
        };
        let patience = self.server.timeout * LONGER;
        let ended = transaction::send(&mut connection, &parcel.address, &message, patience);
        let sent = matches!(ended.outcome, Outcome::Sent(_));
        if ended.is_usable && (sent || is_reset(&mut connection)) {
            self.connection = Some(connection);
        }
        ended.outcome
    }

    /// A connection on which a message has begun. One that was kept may have been closed by the
    /// server meanwhile, and is opened anew; nothing was sent so far.
    fn begun(&mut self) -> Result<Dialogue, Outcome> {
        let mail = format!("MAIL FROM:<{}>", self.server.from.email);
        if let Some(mut kept) = self.connection.take() {
            match kept.command(&mail) {
                Ok(reply) if reply.is_yes() => return Ok(kept),
                Ok(reply) if !reply.is_closing() && (reply.is_later() || reply.is_no()) => {
                    return Err(self.sender_refused(kept, &reply));
                }
                Ok(_) | Err(_) => {}
            }
        }
        let mut connection = connect(&self.server, self.tls.as_ref())?;
        match connection.command(&mail) {
            Ok(reply) if reply.is_yes() => Ok(connection),
            Ok(reply) => Err(self.sender_refused(connection, &reply)),
            Err(trouble) => Err(Outcome::NoConnection(words(&trouble))),
        }
    }

    /// What it means that a message could not begin.
    fn sender_refused(&mut self, mut connection: Dialogue, reply: &reply::Reply) -> Outcome {
        let detail = connection.words(reply);
        if reply.is_no() {
            return Outcome::Hopeless(problems::sender_refused(&self.server, detail));
        }
        if reply.is_later() && !reply.is_closing() {
            if is_reset(&mut connection) {
                self.connection = Some(connection);
            }
            return Outcome::Deferred(detail);
        }
        Outcome::NoConnection(detail)
    }
}

/// Whether the next message can begin on a connection on which one was refused.
fn is_reset(connection: &mut Dialogue) -> bool {
    connection.command("RSET").is_ok_and(|reply| reply.is_yes())
}

impl Carrier for Smtp<'_> {
    fn carry(&mut self, parcel: &Parcel) -> Outcome {
        self.send(parcel)
    }

    fn finish(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            // Whether the server says goodbye does not matter.
            if connection.write(b"QUIT\r\n", GOODBYE).is_ok() {
                let _ = connection.reply(GOODBYE);
            }
        }
    }
}

/// Certificates are always checked: by the authorities that the program brings, and those of the
/// settings.
fn encryption(server: &Server) -> Result<Encryption, Diagnostic> {
    let wrong = |detail: String| {
        Diagnostic::error(
            "ca-file-wrong",
            text!("mail.ca_file 里没有可用的证书", "`mail.ca_file` holds no certificate"),
        )
        .detail(detail)
        .help(text!(
            "应是 PEM 格式，以 -----BEGIN CERTIFICATE----- 开头",
            "it is a PEM file that begins with -----BEGIN CERTIFICATE-----"
        ))
    };
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    if let Some(authorities) = &server.authorities {
        let mut found = false;
        for certificate in CertificateDer::pem_slice_iter(authorities) {
            let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
            roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
            found = true;
        }
        if !found {
            return Err(wrong(String::new()));
        }
    }
    let failed = |detail: String| problems::no_tls(server, detail);
    let name = ServerName::try_from(server.host.clone());
    let name = name.map_err(|error| failed(error.to_string()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok((Arc::new(config), name))
}
