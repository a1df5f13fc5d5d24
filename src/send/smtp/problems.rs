//! What an error of a connection means, and what is said about those that end a run.

use std::io;

use super::dialogue::Trouble;
use crate::send::server::Server;
use base::diag::Diagnostic;
use base::text;

/// The server takes nothing from this sender.
pub(super) fn sender_refused(server: &Server, detail: String) -> Diagnostic {
    let from = &server.from.email;
    Diagnostic::error(
        "sender-refused",
        text!("邮件服务器不接受发件人 {from}", "the mail server refuses the sender {from}"),
    )
    .detail(detail)
    .help(text!(
        "核对 yinfa.yaml 里的 mail.from；多数服务器要求它就是登录的邮箱，没有登录的要写 mail.user",
        "check `mail.from` in yinfa.yaml: most servers want the address that logs in, and a login (`mail.user`)"
    ))
}

pub(super) fn wrong_certificate(server: &Server, detail: String) -> Diagnostic {
    let host = &server.host;
    Diagnostic::error(
        "certificate-wrong",
        text!(
            "邮件服务器“{host}”的证书不可信，没有发送",
            "the certificate of the mail server “{host}” is not trusted: nothing was sent"
        ),
    )
    .detail(detail)
    .help(text!(
        "核对 mail.host；本单位自建证书机构的，把它的根证书（PEM）写在 mail.ca_file",
        "check `mail.host`; the certificate (PEM) of an office's own authority goes into `mail.ca_file`"
    ))
}

pub(super) fn no_tls(server: &Server, detail: String) -> Diagnostic {
    let (host, port) = (&server.host, server.port);
    Diagnostic::error(
        "tls-failed",
        text!(
            "与邮件服务器“{host}:{port}”建立不了加密连接",
            "no encrypted connection to the mail server “{host}:{port}” came about"
        ),
    )
    .detail(detail)
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

/// Somebody may be in between.
pub(super) fn early_answers(server: &Server) -> Diagnostic {
    let host = &server.host;
    Diagnostic::error(
        "starttls-early",
        text!(
            "邮件服务器“{host}”在加密之前就发来了以后的应答，可能有人篡改，没有发送",
            "“{host}” answered before the encryption began what was to be asked behind it: nothing was sent"
        ),
    )
    .help(text!(
        "可能有人在中途插入内容：请换 security: tls（465 端口），并告诉网络管理员",
        "somebody in between may have put that in: use `security: tls` (port 465), and tell those who run the network"
    ))
}

pub(super) fn login_refused(server: &Server, detail: String) -> Diagnostic {
    let user = server.login.as_ref().map_or("", |(user, _)| user.as_str());
    Diagnostic::error(
        "login-refused",
        text!("邮件服务器不让“{user}”登录", "the mail server refuses the login of “{user}”"),
    )
    .detail(detail)
    .help(text!(
        "核对登录名和密码；有的邮箱要用专门的授权码",
        "check user and password; some servers want a code made for mail programs"
    ))
}

/// What lies under an error of TLS.
fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

/// What it means that no encryption came about, where it is not that the connection was lost.
pub(super) fn of_tls(server: &Server, error: &io::Error) -> Option<Diagnostic> {
    let tls = tls_error(error)?;
    let detail = one_line(&tls.to_string());
    Some(match tls {
        rustls::Error::InvalidCertificate(_) => wrong_certificate(server, detail),
        _ => no_tls(server, detail),
    })
}

/// In words, on one line.
pub(super) fn words(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Lost(error) if is_late(error) => "no answer in time".into(),
        Trouble::Lost(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            "the server closed the connection".into()
        }
        Trouble::Lost(error) => one_line(&error.to_string()),
        Trouble::OutOfStep => "the server's answers do not fit the commands".into(),
    }
}

/// Whether the server took too long: one system calls that a time-out, another says that there is
/// nothing to read yet.
fn is_late(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
