//! Logging in (RFC 4954) with user and password: PLAIN, or LOGIN for servers that know no other.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::dialogue::{Dialogue, Trouble};
use super::reply::Reply;
use super::secrets::plain;

/// How a login ended.
pub(super) enum Login {
    Done,
    /// The server wants another way than those two.
    NoWay,
    /// The server said this instead.
    Answered(Reply),
}

/// Logs in by the ways that the server offers.
pub(super) fn log_in(
    dialogue: &mut Dialogue,
    offered: &[String],
    user: &str,
    password: &str,
) -> Result<Login, Trouble> {
    let offers = |way: &str| offered.iter().any(|offered| offered == way);
    let (first, then) = if offers("PLAIN") {
        let token = plain(user, password);
        // Some servers ask for what stands there already.
        (format!("AUTH PLAIN {token}"), vec![token])
    } else if offers("LOGIN") {
        ("AUTH LOGIN".to_string(), vec![STANDARD.encode(user), STANDARD.encode(password)])
    } else {
        return Ok(Login::NoWay);
    };
    let mut reply = dialogue.command(&first)?;
    for line in then {
        if reply.code != 334 {
            break;
        }
        reply = dialogue.command(&line)?;
    }
    Ok(if reply.code == 235 { Login::Done } else { Login::Answered(reply) })
}
