//! One command, one reply. A reply that nobody asked for would be taken for the answer to the next
//! command, and all that follow would shift: so a server that is ahead has lost its turn, and
//! the connection ends.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::ClientConfig;
use rustls::pki_types::ServerName;

use super::reply::Reply;
use super::secrets::Secrets;
use super::stream::Stream;

/// A connection on which commands are answered.
pub(super) struct Dialogue {
    stream: Stream,
    /// What arrived and was not read as a reply yet.
    arrived: Vec<u8>,
    timeout: Duration,
    secrets: Secrets,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The connection broke, or no answer came in time.
    Lost(io::Error),
    /// The server says more than it was asked, or what is no reply.
    OutOfStep,
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Lost(error)
    }
}

impl Dialogue {
    pub(super) fn new(stream: Stream, timeout: Duration) -> Self {
        Self { stream, arrived: Vec::new(), timeout, secrets: Secrets::default() }
    }

    /// From here on no text of the server shows these.
    pub(super) fn keep_secret(&mut self, secrets: Secrets) {
        self.secrets = secrets;
    }

    /// The address of this end.
    pub(super) fn own_address(&self) -> Option<IpAddr> {
        self.stream.own_address()
    }

    /// The rest is encrypted. Nothing may have arrived that was not asked for: it came from
    /// somebody in between, and must never be taken for an answer of the server.
    pub(super) fn encrypt(
        mut self,
        config: Arc<ClientConfig>,
        name: ServerName<'static>,
    ) -> Result<Self, Trouble> {
        if self.is_ahead() {
            return Err(Trouble::OutOfStep);
        }
        let stream = self.stream.encrypt(config, name, Instant::now() + self.timeout)?;
        Ok(Self::new(stream, self.timeout))
    }

    /// Whether the server says something that nobody asked for.
    pub(super) fn is_ahead(&mut self) -> bool {
        !self.arrived.is_empty() || self.stream.has_bytes()
    }

    /// Sends a command and waits for its reply.
    pub(super) fn command(&mut self, line: &str) -> Result<Reply, Trouble> {
        if self.is_ahead() {
            return Err(Trouble::OutOfStep);
        }
        self.write(format!("{line}\r\n").as_bytes(), self.timeout)?;
        self.reply(self.timeout)
    }

    pub(super) fn write(&mut self, bytes: &[u8], patience: Duration) -> io::Result<()> {
        self.stream.write(bytes, Instant::now() + patience)
    }

    /// Waits for the next reply.
    pub(super) fn reply(&mut self, patience: Duration) -> Result<Reply, Trouble> {
        let until = Instant::now() + patience;
        loop {
            match Reply::parse(&self.arrived) {
                Ok(Some((reply, length))) => {
                    self.arrived.drain(..length);
                    return Ok(reply);
                }
                Ok(None) => self.stream.read(&mut self.arrived, until)?,
                Err(_) => return Err(Trouble::OutOfStep),
            }
        }
    }

    /// What a server says, as it may be shown: `550 5.1.1 no such user`.
    pub(super) fn words(&self, reply: &Reply) -> String {
        let text = self.text(reply);
        format!("{} {text}", reply.code).trim_end().to_string()
    }

    /// The same without the code.
    pub(super) fn text(&self, reply: &Reply) -> String {
        self.secrets.without(reply.text())
    }
}
