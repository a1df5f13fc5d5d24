//! Who is answered: the preview's own page, in a browser on this machine, and nobody else.
//!
//! The port is open to every program of the machine, and through its browser to every site that
//! somebody visits. A site can send requests here but not choose their `Host`, `Origin` and
//! `Sec-Fetch-Site`: a name of the site's own that is made to lead here (DNS rebinding) is in
//! `Host`, a request from another page says so in the others.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

/// The addresses that the preview goes by.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    hosts: Arc<[String]>,
}

impl Addresses {
    pub(super) fn new(port: u16) -> Self {
        let mut hosts: Vec<String> =
            ["127.0.0.1", "localhost"].iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            hosts.extend(["127.0.0.1".into(), "localhost".into()]);
        }
        Self { hosts: hosts.into() }
    }

    fn is_own(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host))
    }

    /// Why a request is refused; `None` when it is not.
    fn refusal(
        &self,
        method: &Method,
        authority: Option<&str>,
        headers: &HeaderMap,
    ) -> Option<StatusCode> {
        let one = |name: HeaderName| {
            let mut values = headers.get_all(name).iter();
            let first = values.next().map(|value| value.to_str().unwrap_or("?"));
            if values.next().is_some() { Some("?") } else { first }
        };
        let host = one(header::HOST);
        if !host.is_some_and(|host| self.is_own(host))
            || authority.is_some_and(|authority| !self.is_own(authority))
        {
            return Some(StatusCode::MISDIRECTED_REQUEST);
        }
        let is_own = |origin: &str| origin.strip_prefix("http://").is_some_and(|o| self.is_own(o));
        if one(header::ORIGIN).is_some_and(|origin| !is_own(origin)) {
            return Some(StatusCode::FORBIDDEN);
        }
        // `none` is an address that somebody typed.
        let site = one(HeaderName::from_static("sec-fetch-site"));
        if site.is_some_and(|site| !["same-origin", "none"].contains(&site)) {
            return Some(StatusCode::FORBIDDEN);
        }
        if ![Method::GET, Method::HEAD].contains(method) {
            return Some(StatusCode::METHOD_NOT_ALLOWED);
        }
        None
    }
}

/// Lets through what may pass, and puts on every answer what keeps it here.
pub(super) async fn guard(
    State(addresses): State<Addresses>,
    request: Request,
    next: Next,
) -> Response {
    let authority = request.uri().authority().map(ToString::to_string);
    let refusal = addresses.refusal(request.method(), authority.as_deref(), request.headers());
    let mut response = match refusal {
        None => next.run(request).await,
        Some(status) => {
            let mut response = Response::new(Body::from("refused\n"));
            *response.status_mut() = status;
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
            if status == StatusCode::METHOD_NOT_ALLOWED {
                headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            }
            response
        }
    };
    let headers = response.headers_mut();
    let all = [
        ("cache-control", "no-store"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "SAMEORIGIN"),
    ];
    for (name, value) in all {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // What says nothing of its own shows nothing.
    let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'self'");
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(nothing);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(headers: &[(&str, &str)]) -> Option<u16> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            map.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        let refused = Addresses::new(4780).refusal(&Method::GET, None, &map);
        refused.map(|status| status.as_u16())
    }

    #[test]
    fn only_the_names_of_this_machine_with_the_port() {
        for host in ["127.0.0.1:4780", "localhost:4780", "LOCALHOST:4780"] {
            assert_eq!(refusal(&[("host", host)]), None, "{host}");
        }
        for host in [
            "127.0.0.1",
            "127.0.0.1:4781",
            "localhost",
            "evil.example:4780",
            "[::1]:4780",
            "",
            "localhost.evil.example:4780",
            "127.0.0.1:4780.evil.example",
            "0.0.0.0:4780",
            "127.1:4780",
            " localhost:4780",
            "localhost:4780,evil.example",
            "\u{e9}:4780",
        ] {
            assert_eq!(refusal(&[("host", host)]), Some(421), "{host}");
        }
        assert_eq!(refusal(&[]), Some(421));
        let twice = [("host", "localhost:4780"), ("host", "localhost:4780")];
        assert_eq!(refusal(&twice), Some(421));
    }

    #[test]
    fn no_other_page() {
        let host = ("host", "localhost:4780");
        for origin in ["http://localhost:4780", "http://127.0.0.1:4780"] {
            assert_eq!(refusal(&[host, ("origin", origin)]), None, "{origin}");
        }
        for origin in
            ["null", "https://localhost:4780", "http://localhost:3000", "http://evil.example", ""]
        {
            assert_eq!(refusal(&[host, ("origin", origin)]), Some(403), "{origin}");
        }
        for (site, refused) in [
            ("same-origin", None),
            ("none", None),
            ("same-site", Some(403)),
            ("cross-site", Some(403)),
        ] {
            assert_eq!(refusal(&[host, ("sec-fetch-site", site)]), refused, "{site}");
        }
    }

    #[test]
    fn an_authority_in_the_request_line_counts_too() {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("localhost:4780"));
        let addresses = Addresses::new(4780);
        let refused = |authority| addresses.refusal(&Method::GET, Some(authority), &headers);
        assert_eq!(refused("evil.example"), Some(StatusCode::MISDIRECTED_REQUEST));
        assert_eq!(refused("localhost:4780"), None);
        let post = addresses.refusal(&Method::POST, None, &headers);
        assert_eq!(post, Some(StatusCode::METHOD_NOT_ALLOWED));
    }
}
