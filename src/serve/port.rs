//! The port of the preview.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};

use base::diag::Diagnostic;
use base::text;

/// The port where none is asked for.
const DEFAULT_PORT: u16 = 4780;
/// How many ports from there on are tried.
const TRIED: u16 = 20;

/// Listens on this machine alone: on the port asked for, else on [`DEFAULT_PORT`] or the first
/// free one after it. Port 0 stands for any.
///
/// # Errors
/// When the port asked for, or all that were tried, cannot be had.
pub(crate) fn listen(port: Option<u16>) -> Result<TcpListener, Diagnostic> {
    match port {
        Some(port) => bind(port).map_err(|error| unavailable(port, &error)),
        None => {
            let mut last = None;
            for port in DEFAULT_PORT..DEFAULT_PORT + TRIED {
                match bind(port) {
                    Ok(listener) => return Ok(listener),
                    Err(error) => last = Some((port, error)),
                }
            }
            let (port, error) = last.unwrap_or((DEFAULT_PORT, ErrorKind::AddrInUse.into()));
            Err(unavailable(port, &error))
        }
    }
}

fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

fn unavailable(port: u16, error: &io::Error) -> Diagnostic {
    let message = match error.kind() {
        ErrorKind::AddrInUse => {
            text!("端口 {port} 已被另一个程序占用", "port {port} is taken by another program")
        }
        _ => text!("不能使用端口 {port}", "port {port} cannot be used"),
    };
    Diagnostic::error("port-unavailable", message).detail(error.to_string()).help(text!(
        "可能已有一个 yinfa serve 在运行；用 --port 换一个端口，--port 0 为任意空闲端口",
        "another `yinfa serve` may be running; name another port with `--port`, any free one with `--port 0`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_refused_by_name_and_passed_over_without() {
        let taken = listen(Some(0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let refused = listen(Some(port)).unwrap_err();
        assert_eq!(refused.code, "port-unavailable");
        assert!(refused.message.get(base::diag::Lang::En).contains(&port.to_string()));

        let first = listen(None).unwrap();
        let second = listen(None).unwrap();
        assert_ne!(first.local_addr().unwrap(), second.local_addr().unwrap());
        assert!(second.local_addr().unwrap().ip().is_loopback());
    }
}
