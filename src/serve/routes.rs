//! What can be asked for.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt as _};

use super::excerpt::Excerpt;
use super::guard::{Addresses, guard};
use super::preview::Preview;
use super::{assets, files};
use base::diag::render;

type Shared = State<Arc<Preview>>;

/// The routes, guarded.
pub(super) fn routes(preview: Arc<Preview>, addresses: Addresses) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/assets/{name}", get(asset))
        .route("/api/events", get(events))
        .route("/api/state", get(state))
        .route("/api/publication", get(publication))
        .route("/api/pages", get(pages))
        .route("/api/source", get(source))
        .route("/page/{name}", get(picture))
        .route("/output/{*path}", get(output))
        .fallback(|| async { missing() })
        .with_state(preview)
        .layer(axum::middleware::from_fn_with_state(addresses, guard))
}

async fn page(State(preview): Shared) -> Response {
    match assets::page(preview.lang, &preview.name) {
        Some(page) => sent(page.into_bytes().into(), "text/html; charset=utf-8", assets::POLICY),
        None => missing(),
    }
}

async fn asset(Path(name): Path<String>) -> Response {
    match assets::file(&name) {
        Some((bytes, content_type)) => sent(bytes.into(), content_type, assets::POLICY),
        None => missing(),
    }
}

/// Tells of every build that begins or ends, the present state first.
async fn events(State(preview): Shared) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = WatchStream::new(preview.news());
    let events = news.map(|news| {
        let data = serde_json::to_string(&news).unwrap_or_default();
        Ok(Event::default().data(data))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn state(State(preview): Shared) -> Response {
    json_of(&preview.shown().state(preview.lang))
}

#[derive(Deserialize)]
struct Wanted {
    id: String,
    #[serde(default)]
    document: String,
    unit: Option<String>,
    note: Option<usize>,
}

async fn publication(State(preview): Shared, Query(wanted): Query<Wanted>) -> Response {
    // The manifest is read from disk.
    in_background(move || {
        let good = preview.good(&wanted.id);
        let units = good.iter().flat_map(|good| good.publication.registry.units());
        let units: Vec<&str> = units.map(|unit| unit.name.as_str()).collect();
        let found = preview.shown().publication(&wanted.id, &units, preview.lang);
        found.as_ref().map_or_else(missing, json_of)
    })
    .await
}

/// The pages of a document, or why there are none.
async fn pages(State(preview): Shared, Query(wanted): Query<Wanted>) -> Response {
    in_background(move || {
        let Some(good) = preview.good(&wanted.id) else {
            return json_of(&json!({"pages": null}));
        };
        match preview.pages.of(&good, &wanted.document, wanted.unit.as_deref()) {
            None => missing(),
            Some(Ok(pages)) => json_of(&json!({"pages": pages})),
            Some(Err(problems)) => {
                let list = render::json(problems.iter().as_slice(), preview.lang);
                let list: Value = serde_json::from_str(&list).unwrap_or_default();
                json_of(&json!({"pages": null, "problems": list}))
            }
        }
    })
    .await
}

/// The lines around a finding, or around one of its notes.
async fn source(State(preview): Shared, Query(wanted): Query<Wanted>) -> Response {
    let shown = preview.shown();
    let span = shown.finding(&wanted.id).and_then(|finding| match wanted.note {
        None => finding.span.as_ref(),
        Some(place) => finding.notes.get(place).map(|note| &note.span),
    });
    match span.map(Excerpt::around).map(|excerpt| json!(excerpt)) {
        Some(excerpt) => json_of(&excerpt),
        None => missing(),
    }
}

async fn picture(State(preview): Shared, Path(name): Path<String>) -> Response {
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
    match name.strip_suffix(".svg").and_then(|name| preview.pages.picture(name)) {
        Some(svg) => sent(svg.as_bytes().to_vec().into(), "image/svg+xml", POLICY),
        None => missing(),
    }
}

/// A file of output/. Its path is taken from the address as it was sent: decoded once, by whoever
/// judges it.
async fn output(State(preview): Shared, uri: Uri) -> Response {
    let Some(path) = uri.path().strip_prefix("/output/").map(str::to_owned) else {
        return missing();
    };
    in_background(move || {
        let shown = preview.shown();
        // Before the first build there is no output folder.
        if shown.output.as_os_str().is_empty() {
            return missing();
        }
        match files::read(&shown.output, &path) {
            Some(file) => {
                let length = [(header::CONTENT_LENGTH, file.length.to_string())];
                let body = Body::from_stream(tokio_stream::iter(file.pieces));
                let headers = [
                    (header::CONTENT_TYPE, file.content_type),
                    (header::CONTENT_SECURITY_POLICY, file.policy),
                ];
                (length, headers, body).into_response()
            }
            None => missing(),
        }
    })
    .await
}

/// What takes a while must not keep the others waiting.
async fn in_background(work: impl FnOnce() -> Response + Send + 'static) -> Response {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn sent(bytes: Bytes, content_type: &'static str, policy: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, content_type), (header::CONTENT_SECURITY_POLICY, policy)];
    (headers, bytes).into_response()
}

fn json_of(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain")], "not found\n").into_response()
}
