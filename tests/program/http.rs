//! HTTP by hand, since tests send what no client would.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take on a slow machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    /// The status code.
    pub(crate) status: u16,
    /// The header lines.
    pub(crate) head: String,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A connection to a port of this machine.
pub(crate) fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends bytes as they are and reads one answer.
pub(crate) fn send(port: u16, request: &[u8]) -> Response {
    let mut stream = connect(port);
    stream.write_all(request).unwrap();
    let is_head = request.starts_with(b"HEAD ");
    answer(&mut stream, is_head)
}

/// Asks for a path, with header lines (`Name: value`) besides `Host`.
pub(crate) fn get(port: u16, path: &str, headers: &[&str]) -> Response {
    let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    let host = format!("Host: 127.0.0.1:{port}\r\n");
    send(port, format!("GET {path} HTTP/1.1\r\n{host}{lines}Connection: close\r\n\r\n").as_bytes())
}

/// Sends a JSON body.
pub(crate) fn send_json(port: u16, method: &str, path: &str, body: &serde_json::Value) -> Response {
    let body = body.to_string();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    send(port, (head + &body).as_bytes())
}

fn answer(stream: &mut TcpStream, is_head: bool) -> Response {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 << 10];
    loop {
        if let Some(response) = whole(&bytes, is_head) {
            return response;
        }
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => bytes.extend_from_slice(&buffer[..n]),
            Err(error) => panic!("{error}: {}", String::from_utf8_lossy(&bytes)),
        }
    }
    let (head, body) = parts(&bytes).unwrap_or_else(|| panic!("no answer: {bytes:?}"));
    Response { status: status(&head), head, body }
}

/// The answer, when its length says that all of it is there.
fn whole(bytes: &[u8], is_head: bool) -> Option<Response> {
    let (head, body) = parts(bytes)?;
    let response = Response { status: status(&head), head, body };
    let length = response.header("content-length")?.parse::<usize>().unwrap();
    (is_head || response.body.len() >= length).then_some(response)
}

fn parts(bytes: &[u8]) -> Option<(String, Vec<u8>)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some((String::from_utf8_lossy(&bytes[..end]).into_owned(), bytes[end + 4..].to_vec()))
}

fn status(head: &str) -> u16 {
    let word = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    word.unwrap_or_else(|| panic!("no status: {head}"))
}
