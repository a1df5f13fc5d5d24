//! Mail. A message is its own transaction with one recipient, so that a refused address takes no
//! other with it; and each step of the transaction says for certain whether something was sent,
//! but for one: between the end of the message and the server's answer nobody knows.

mod problems;

use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    Certificate, SmtpConnection, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;

use base::diag::Diagnostic;
use base::text;
use records::content::schema::mail::Security;

use super::ledger::Now;
use super::mail::message;
use super::plan::Parcel;
use super::run::{Carrier, Outcome};
use super::server::Server;
use problems::{is_certificate, is_closing, is_tls, words};

/// How much longer than for another answer the server may take for a whole message: it may look
/// into it for viruses.
const LONGER: u32 = 5;

/// Sends by mail, through one connection for as long as that holds.
pub struct Smtp<'a> {
    server: Server,
    now: Now<'a>,
    tls: Option<TlsParameters>,
    connection: Option<SmtpConnection>,
}

impl<'a> Smtp<'a> {
    /// Mail through a server. Nothing is sent yet.
    ///
    /// # Errors
    /// When the file of an own authority holds no certificates.
    pub fn new(server: Server, now: Now<'a>) -> Result<Self, Diagnostic> {
        let tls = match server.security {
            Security::Plain => None,
            Security::Tls | Security::StartTls => Some(parameters(&server)?),
        };
        Ok(Self { server, now, tls, connection: None })
    }

    fn connect(&self) -> Result<SmtpConnection, Outcome> {
        let server = &self.server;
        let hello = server.hello.clone().map(ClientId::Domain).unwrap_or_default();
        let at_once = self.tls.as_ref().filter(|_| server.security == Security::Tls);
        let place = (server.host.as_str(), server.port);
        let failed = |error: Error| self.no_connection(&error);
        let timeout = Some(server.timeout);
        let mut connection =
            SmtpConnection::connect(place, timeout, &hello, at_once, None).map_err(failed)?;
        if let (Security::StartTls, Some(tls)) = (server.security, &self.tls) {
            if !connection.can_starttls() {
                connection.abort();
                return Err(hopeless(problems::without_starttls(&self.server)));
            }
            connection.starttls(tls, &hello).map_err(failed)?;
        }
        if let Some((user, password)) = &server.login {
            let credentials = Credentials::new(user.clone(), password.reveal().to_string());
            let ways = [Mechanism::Plain, Mechanism::Login];
            if let Err(error) = connection.auth(&ways, &credentials) {
                connection.abort();
                return Err(match error.status() {
                    Some(_) if error.is_permanent() => {
                        hopeless(problems::login_refused(&self.server, &error))
                    }
                    None if error.is_client() => {
                        hopeless(problems::login_refused(&self.server, &error))
                    }
                    _ => Outcome::NoConnection(words(&error)),
                });
            }
        }
        Ok(connection)
    }

    /// What it means that no connection came about.
    fn no_connection(&self, error: &Error) -> Outcome {
        if is_certificate(error) {
            return hopeless(problems::wrong_certificate(&self.server, error));
        }
        if is_tls(error) {
            return hopeless(problems::no_tls(&self.server, error));
        }
        Outcome::NoConnection(words(error))
    }

    fn send(&mut self, parcel: &Parcel) -> Outcome {
        let built = match message(parcel, &self.server, (self.now)()) {
            Ok(built) => built,
            Err(detail) => return Outcome::Failed(detail),
        };
        let (envelope, bytes) = (built.envelope().clone(), built.formatted());
        let Some(to) = envelope.to().first().cloned() else {
            return Outcome::Failed("no recipient".into());
        };
        let mail = Mail::new(envelope.from().cloned(), Vec::new());
        let mut connection = match self.begun(mail) {
            Ok(connection) => connection,
            Err(outcome) => return outcome,
        };
        if let Err(error) = connection.command(Rcpt::new(to, Vec::new())) {
            return self.refused(connection, &error);
        }
        if let Err(error) = connection.command(Data) {
            return self.refused(connection, &error);
        }
        let patient = self.server.timeout * LONGER;
        let _ = connection.set_timeout(Some(patient));
        let answer = connection.message(&bytes);
        let _ = connection.set_timeout(Some(self.server.timeout));
        match answer {
            Ok(response) => {
                self.connection = Some(connection);
                let text: Vec<&str> = response.message().collect();
                Outcome::Sent(Some(text.join(" ")).filter(|text| !text.is_empty()))
            }
            Err(error) if error.status().is_some() => self.refused(connection, &error),
            Err(error) => {
                connection.abort();
                Outcome::Uncertain(words(&error))
            }
        }
    }

    /// A connection on which a message has begun. One that was kept may have been closed by the
    /// server meanwhile, and is opened anew; nothing was sent so far.
    fn begun(&mut self, mail: Mail) -> Result<SmtpConnection, Outcome> {
        if let Some(mut kept) = self.connection.take() {
            match kept.command(mail.clone()) {
                Ok(_) => return Ok(kept),
                Err(error) if is_closing(&error) || error.status().is_none() => kept.abort(),
                Err(error) => return Err(self.sender_refused(kept, &error)),
            }
        }
        let mut connection = self.connect()?;
        match connection.command(mail) {
            Ok(_) => Ok(connection),
            Err(error) => Err(self.sender_refused(connection, &error)),
        }
    }

    /// What it means that a step before the message was refused: nothing was sent.
    fn refused(&mut self, connection: SmtpConnection, error: &Error) -> Outcome {
        let answered = error.status().is_some();
        self.keep(connection, error);
        match (answered, error.is_permanent()) {
            (true, true) => Outcome::Failed(words(error)),
            (true, false) => Outcome::Deferred(words(error)),
            (false, _) => Outcome::NoConnection(words(error)),
        }
    }

    fn sender_refused(&mut self, connection: SmtpConnection, error: &Error) -> Outcome {
        let permanent = error.is_permanent();
        let outcome = self.refused(connection, error);
        if !permanent {
            return outcome;
        }
        hopeless(problems::sender_refused(&self.server, error))
    }

    /// Keeps a connection for the next message, unless the server is closing it.
    fn keep(&mut self, mut connection: SmtpConnection, error: &Error) {
        let is_lost = error.status().is_none() || is_closing(error);
        if is_lost || connection.command(Rset).is_err() {
            connection.abort();
        } else {
            self.connection = Some(connection);
        }
    }
}

impl Carrier for Smtp<'_> {
    fn carry(&mut self, parcel: &Parcel) -> Outcome {
        self.send(parcel)
    }

    fn finish(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            // Whether the server says goodbye does not matter.
            let _ = connection.set_timeout(Some(Duration::from_secs(5)));
            let _ = connection.quit();
        }
    }
}

fn hopeless(problem: Diagnostic) -> Outcome {
    Outcome::Hopeless(problem)
}

fn parameters(server: &Server) -> Result<TlsParameters, Diagnostic> {
    let mut builder = TlsParametersBuilder::new(server.host.clone());
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
    if let Some(authorities) = &server.authorities {
        if !String::from_utf8_lossy(authorities).contains("-----BEGIN CERTIFICATE-----") {
            return Err(wrong(String::new()));
        }
        let certificate =
            Certificate::from_pem(authorities).map_err(|error| wrong(error.to_string()))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(|error| wrong(words(&error)))
}
