//! Sending one message on a connection. Each command wants the reply of its own kind; whatever
//! else comes means that the server is out of step with us, and what it says next cannot be trusted.

use std::time::Duration;

use super::dialogue::{Dialogue, Trouble};
use super::problems::words;
use super::reply::Reply;
use crate::send::run::Outcome;

/// What became of a message, and whether the connection can be used for the next.
pub(super) struct Ended {
    pub(super) outcome: Outcome,
    pub(super) is_usable: bool,
}

impl Ended {
    fn lost(outcome: Outcome) -> Self {
        Self { outcome, is_usable: false }
    }
}

/// Sends the message of a transaction that was begun with MAIL. `patience` is how long the server
/// may take for all of it.
pub(super) fn send(dialogue: &mut Dialogue, to: &str, message: &[u8], patience: Duration) -> Ended {
    for (command, wanted) in [(format!("RCPT TO:<{to}>"), None), ("DATA".into(), Some(354))] {
        let reply = match dialogue.command(&command) {
            Ok(reply) => reply,
            // Nothing was sent, and what became of the connection is this address's own matter.
            Err(trouble) => return Ended::lost(Outcome::Deferred(words(&trouble))),
        };
        let is_wanted = wanted.map_or(reply.is_yes(), |code| reply.code == code);
        if !is_wanted {
            return refused(dialogue, &reply);
        }
    }
    // Without its end a message is none: until then nothing was sent.
    if let Err(error) = dialogue.write(&stuffed(message), patience) {
        return Ended::lost(Outcome::Deferred(words(&error.into())));
    }
    if dialogue.is_ahead() {
        return match dialogue.reply(Duration::ZERO) {
            Ok(reply) if reply.is_no() || reply.is_later() => {
                Ended { is_usable: false, ..refused(dialogue, &reply) }
            }
            _ => Ended::lost(Outcome::Deferred(words(&Trouble::OutOfStep))),
        };
    }
    if let Err(error) = dialogue.write(b".\r\n", patience) {
        return Ended::lost(Outcome::Uncertain(words(&error.into())));
    }
    let reply = match dialogue.reply(patience) {
        Ok(reply) => reply,
        Err(trouble) => return Ended::lost(Outcome::Uncertain(words(&trouble))),
    };
    ended(dialogue, &reply)
}

/// What it means that a command before the message was answered like this: nothing was sent.
fn refused(dialogue: &mut Dialogue, reply: &Reply) -> Ended {
    let words_of = dialogue.words(reply);
    let is_usable = !reply.is_closing() && (reply.is_no() || reply.is_later());
    let outcome = match reply {
        reply if reply.is_no() => Outcome::Failed(words_of),
        reply if reply.is_later() => Outcome::Deferred(words_of),
        _ => Outcome::Deferred(format!("{} ({words_of})", words(&Trouble::OutOfStep))),
    };
    Ended { outcome, is_usable }
}

/// What the answer to the end of the message means. Where the server said more than that one, the
/// first may be the answer to something before: then all must agree.
fn ended(dialogue: &mut Dialogue, reply: &Reply) -> Ended {
    let mut is_usable = !reply.is_closing();
    let mut agreed = true;
    while dialogue.is_ahead() {
        is_usable = false;
        match dialogue.reply(Duration::ZERO) {
            Ok(more) => agreed &= more.code / 100 == reply.code / 100,
            Err(_) => {
                agreed = false;
                break;
            }
        }
    }
    let out_of_step = format!("{} ({})", words(&Trouble::OutOfStep), dialogue.words(reply));
    match reply {
        _ if !agreed => Ended::lost(Outcome::Uncertain(out_of_step)),
        reply if reply.is_yes() => {
            let after = if is_usable { reset(dialogue) } else { After::Unusable };
            if let After::Shifted(real) = after {
                return Ended::lost(Outcome::Uncertain(format!("{out_of_step} ({real})")));
            }
            let text = Some(dialogue.text(reply)).filter(|text| !text.is_empty());
            Ended { outcome: Outcome::Sent(text), is_usable: matches!(after, After::Usable) }
        }
        reply if reply.is_later() => {
            Ended { outcome: Outcome::Deferred(dialogue.words(reply)), is_usable }
        }
        reply if reply.is_no() => {
            Ended { outcome: Outcome::Failed(dialogue.words(reply)), is_usable }
        }
        _ => Ended::lost(Outcome::Uncertain(out_of_step)),
    }
}

/// How a connection stands behind a message that was taken.
enum After {
    Usable,
    Unusable,
    /// The yes was an answer to something before, and this the one to the message.
    Shifted(String),
}

/// Resets the connection for the next message. A refusal cannot be meant for that: it is the answer to
/// the message, late because of one that nobody asked for.
fn reset(dialogue: &mut Dialogue) -> After {
    match dialogue.command("RSET") {
        Ok(reply) if reply.is_yes() => After::Usable,
        // A command that is not known, a connection that is closed: the message was taken before.
        Ok(reply) if reply.is_closing() || (500..505).contains(&reply.code) => After::Unusable,
        Ok(reply) => After::Shifted(dialogue.words(&reply)),
        Err(_) => After::Unusable,
    }
}

/// A message as it is sent: its lines end in CRLF, and a dot that begins one is doubled, since one
/// alone ends the message. A carriage return or line feed of its own would end a line for some servers.
fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(message.len() + message.len() / 50);
    let mut rest = message;
    while !rest.is_empty() {
        let length = rest.iter().position(|b| matches!(b, b'\r' | b'\n')).unwrap_or(rest.len());
        if rest[0] == b'.' {
            bytes.push(b'.');
        }
        bytes.extend(&rest[..length]);
        bytes.extend(b"\r\n");
        let end = if rest[length..].starts_with(b"\r\n") { 2 } else { 1 };
        rest = rest.get(length + end..).unwrap_or_default();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_dot_alone_does_not_end_a_message() {
        for (message, sent) in [
            (&b"a\r\n.\r\nb"[..], &b"a\r\n..\r\nb\r\n"[..]),
            (b".\r\n..a\r\n", b"..\r\n...a\r\n"),
            (b"a\n.\nb\r.\rc", b"a\r\n..\r\nb\r\n..\r\nc\r\n"),
            (b"", b""),
        ] {
            assert_eq!(stuffed(message), sent);
        }
    }

    proptest! {
        #[test]
        fn no_message_ends_early(message in "[a.\r\n]{0,40}") {
            let sent = [b"\r\n", &stuffed(message.as_bytes())[..]].concat();
            let text = String::from_utf8(sent).unwrap();
            prop_assert!(!text.contains("\r\n.\r\n"));
            let bare = text.replace("\r\n", "");
            prop_assert!(!bare.contains(['\r', '\n']));
        }
    }
}
