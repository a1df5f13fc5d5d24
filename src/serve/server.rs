//! Serving until it is stopped.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::guard::Addresses;
use super::preview::Preview;
use super::routes::routes;

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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let addresses = Addresses::new(listener.local_addr()?.port());
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let serve = axum::serve(listener, routes(preview, addresses));
        tokio::select! {
            served = serve.into_future() => served,
            () = stop.0.notified() => Ok(()),
        }
    });
    // A document that is just being set is of use to nobody any more.
    runtime.shutdown_timeout(Duration::from_millis(100));
    served
}
