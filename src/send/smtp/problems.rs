//! What an error of a connection means, and what is said about those that end a run.

use std::error::Error as _;
use std::io;

use lettre::transport::smtp::Error;

use crate::send::server::Server;
use base::diag::Diagnostic;
use base::text;

/// The server takes nothing from this sender.
pub(super) fn sender_refused(server: &Server, error: &Error) -> Diagnostic {
    let from = &server.from.email;
    Diagnostic::error(
        "sender-refused",
        text!("邮件服务器不接受发件人 {from}", "the mail server refuses the sender {from}"),
    )
    .detail(words(error))
    .help(text!(
        "核对 yinfa.yaml 里的 mail.from；多数服务器要求它就是登录的邮箱，没有登录的要写 mail.user",
        "check `mail.from` in yinfa.yaml: most servers want the address that logs in, and a login (`mail.user`)"
    ))
}

pub(super) fn wrong_certificate(server: &Server, error: &Error) -> Diagnostic {
    let host = &server.host;
    Diagnostic::error(
        "certificate-wrong",
        text!(
            "邮件服务器“{host}”的证书不可信，没有发送",
            "the certificate of the mail server “{host}” is not trusted: nothing was sent"
        ),
    )
    .detail(words(error))
    .help(text!(
        "核对 mail.host；本单位自建证书机构的，把它的根证书（PEM）写在 mail.ca_file",
        "check `mail.host`; the certificate (PEM) of an office's own authority goes into `mail.ca_file`"
    ))
}

pub(super) fn no_tls(server: &Server, error: &Error) -> Diagnostic {
    let (host, port) = (&server.host, server.port);
    Diagnostic::error(
        "tls-failed",
        text!(
            "与邮件服务器“{host}:{port}”建立不了加密连接",
            "no encrypted connection to the mail server “{host}:{port}” came about"
        ),
    )
    .detail(words(error))
    .help(text!(
        "核对 mail.port 和 mail.security：465 端口一般用 tls，587 端口一般用 starttls",
        "check `mail.port` and `mail.security`: 465 is usually `tls`, 587 `starttls`"
    ))
}

pub(super) fn without_starttls(server: &Server) -> Diagnostic {
    let host = &server.host;
    Diagnostic::error(
        "starttls-missing",
        text!("邮件服务器“{host}”不提供 STARTTLS", "the mail server “{host}” offers no STARTTLS"),
    )
    .help(text!(
        "核对 mail.port；服务器用 465 端口的，写 security: tls",
        "check `mail.port`; for a server on port 465 write `security: tls`"
    ))
}

pub(super) fn login_refused(server: &Server, error: &Error) -> Diagnostic {
    let user = server.login.as_ref().map_or("", |(user, _)| user.as_str());
    Diagnostic::error(
        "login-refused",
        text!("邮件服务器不让“{user}”登录", "the mail server refuses the login of “{user}”"),
    )
    .detail(words(error))
    .help(text!(
        "核对登录名和密码；有的邮箱要用专门的授权码",
        "check user and password; some servers want a code made for mail programs"
    ))
}

/// 421: the server closes the connection.
pub(super) fn is_closing(error: &Error) -> bool {
    error.status().is_some_and(|code| code.to_string() == "421")
}

/// What lies under an error of TLS.
fn tls_error(error: &Error) -> Option<&rustls::Error> {
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(tls) = inner.downcast_ref::<rustls::Error>() {
            return Some(tls);
        }
        let under = inner.downcast_ref::<io::Error>().and_then(|error| error.get_ref());
        if let Some(tls) = under.and_then(|under| under.downcast_ref::<rustls::Error>()) {
            return Some(tls);
        }
        source = inner.source();
    }
    None
}

pub(super) fn is_certificate(error: &Error) -> bool {
    matches!(tls_error(error), Some(rustls::Error::InvalidCertificate(_)))
}

pub(super) fn is_tls(error: &Error) -> bool {
    tls_error(error).is_some() || error.is_tls()
}

/// Whether the server took too long: one system calls that a time-out, another says that there is
/// nothing to read yet.
fn is_late(error: &Error) -> bool {
    let io = error.source().and_then(|source| source.downcast_ref::<io::Error>());
    io.is_some_and(|io| matches!(io.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock))
}

/// The server's or the system's words, on one line.
pub(super) fn words(error: &Error) -> String {
    if is_late(error) {
        return "no answer in time".into();
    }
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let more = inner.to_string();
        if !words.contains(&more) {
            words.push_str(": ");
            words.push_str(&more);
        }
        source = inner.source();
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
