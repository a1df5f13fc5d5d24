//! Serving until it is stopped.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::guard::Addresses;
use super::preview::Preview;
use super::routes::routes;

/// So long a connection may take to say what it wants, the next request on it too.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest head of a request.
const LONGEST_HEAD: usize = 32 * 1024;
/// So many connections at a time: a browser opens six. The others wait.
const MOST_CONNECTIONS: usize = 128;
/// So many documents and lists are made at a time.
const MOST_AT_WORK: usize = 8;

/// Ends [`run`], from any thread.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop(Arc<Notify>);

impl Stop {
    /// Ends it; when it does not run yet, as soon as it does.
    pub(crate) fn stop(&self) {
        self.0.notify_one();
    }
}

/// Serves a preview on one thread, until it is stopped. Pages that are open are no reason to go
/// on: they are told that the server is gone by losing it.
///
/// # Errors
/// When the system refuses what a server needs.
pub(super) fn run(listener: TcpListener, preview: Arc<Preview>, stop: &Stop) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(MOST_AT_WORK)
        .build()?;
    let served = runtime.block_on(async {
        let addresses = Addresses::new(listener.local_addr()?.port());
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        tokio::select! {
            () = accept(listener, routes(preview, addresses)) => Ok(()),
            () = stop.0.notified() => Ok(()),
        }
    });
    // A document that is just being set is of use to nobody any more.
    runtime.shutdown_timeout(Duration::from_millis(100));
    served
}

async fn accept(listener: tokio::net::TcpListener, routes: Router) {
    let free = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(permit) = free.clone().acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(answer(stream, routes.clone(), permit))),
            // Too many open files, or somebody who is gone already: the next one may do better.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// Answers what comes over one connection.
async fn answer(stream: TcpStream, routes: Router, permit: OwnedSemaphorePermit) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT).max_buf_size(LONGEST_HEAD);
    // What goes wrong is that the other side is gone.
    let _ = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes)).await;
    drop(permit);
}
