//! A connection on which messages can be sent: greeted, encrypted and logged in.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;

use records::content::schema::mail::Security;

use super::dialogue::{Dialogue, Trouble};
use super::login::{Login, log_in};
use super::problems::{self, words};
use super::reply::Reply;
use super::secrets::Secrets;
use super::stream::Stream;
use crate::send::run::Outcome;
use crate::send::server::Server;

/// How a connection is encrypted: with what, and for which name.
pub(super) type Encryption = (Arc<ClientConfig>, ServerName<'static>);

/// Connects; nothing of a message is sent yet.
///
/// # Errors
/// What that means for the message that was to be sent.
pub(super) fn connect(server: &Server, tls: Option<&Encryption>) -> Result<Dialogue, Outcome> {
    let lost = |trouble: Trouble| Outcome::NoConnection(words(&trouble));
    let encrypted = |trouble: Trouble| match &trouble {
        Trouble::Lost(error) => match problems::of_tls(server, error) {
            Some(problem) => Outcome::Hopeless(problem),
            None => lost(trouble),
        },
        Trouble::OutOfStep => Outcome::Hopeless(problems::early_answers(server)),
    };
    let stream = Stream::connect(&server.host, server.port, server.timeout);
    let mut stream = stream.map_err(|error| lost(error.into()))?;
    if let (Security::Tls, Some((config, name))) = (server.security, tls) {
        let until = Instant::now() + server.timeout;
        let shaken = stream.encrypt(config.clone(), name.clone(), until);
        stream = shaken.map_err(|error| encrypted(error.into()))?;
    }
    let mut dialogue = Dialogue::new(stream, server.timeout);
    let greeting = dialogue.reply(server.timeout).map_err(lost)?;
    if !greeting.is_yes() {
        return Err(Outcome::NoConnection(dialogue.words(&greeting)));
    }
    let mut offers = hello(&mut dialogue, server)?;
    if let (Security::StartTls, Some((config, name))) = (server.security, tls) {
        if offers.offers("STARTTLS").is_none() {
            return Err(Outcome::Hopeless(problems::without_starttls(server)));
        }
        let answer = dialogue.command("STARTTLS").map_err(encrypted)?;
        if answer.is_no() {
            let detail = dialogue.words(&answer);
            return Err(Outcome::Hopeless(problems::no_tls(server, detail)));
        }
        if !answer.is_yes() {
            return Err(Outcome::NoConnection(dialogue.words(&answer)));
        }
        dialogue = dialogue.encrypt(config.clone(), name.clone()).map_err(encrypted)?;
        // What was offered in clear counts no longer.
        offers = hello(&mut dialogue, server)?;
    }
    if let Some((user, password)) = &server.login {
        let password = password.reveal();
        dialogue.keep_secret(Secrets::new(user, password));
        let ways = offers.offers("AUTH").unwrap_or_default();
        let refused =
            |detail: String| Err(Outcome::Hopeless(problems::login_refused(server, detail)));
        match log_in(&mut dialogue, &ways, user, password).map_err(lost)? {
            Login::Done => {}
            Login::NoWay => return refused("the server offers neither PLAIN nor LOGIN".into()),
            Login::Answered(reply) if reply.is_later() => {
                return Err(Outcome::NoConnection(dialogue.words(&reply)));
            }
            Login::Answered(reply) => return refused(dialogue.words(&reply)),
        }
    }
    Ok(dialogue)
}

/// Says who is there; the answer lists what the server can.
fn hello(dialogue: &mut Dialogue, server: &Server) -> Result<Reply, Outcome> {
    let lost = |trouble: Trouble| Outcome::NoConnection(words(&trouble));
    let own = || dialogue.own_address().map_or_else(|| "[127.0.0.1]".into(), literal);
    let name = server.hello.clone().unwrap_or_else(own);
    let mut answer = dialogue.command(&format!("EHLO {name}")).map_err(lost)?;
    // A server of old knows nothing of what can be offered.
    if answer.is_no() {
        answer = dialogue.command(&format!("HELO {name}")).map_err(lost)?;
    }
    if answer.is_yes() { Ok(answer) } else { Err(Outcome::NoConnection(dialogue.words(&answer))) }
}

/// An address in brackets, as it stands in place of a name.
fn literal(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => format!("[{address}]"),
        IpAddr::V6(address) => format!("[IPv6:{address}]"),
    }
}
