//! Ctrl+C for what runs on until then.

/// Calls `end` at the first Ctrl+C, or when the system asks the program to go. What is at work
/// then may finish; a second one ends the program at once, which leaves no file half written
/// either.
pub(super) fn at_ctrl_c(end: impl Fn() + Send + 'static) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    // Without a runtime Ctrl+C still does what it does to every program.
    let Ok(runtime) = runtime else { return };
    std::thread::spawn(move || {
        runtime.block_on(async {
            if asked().await {
                end();
            }
            if asked().await {
                std::process::exit(130);
            }
        });
    });
}

/// Whether somebody asks the program to end, as soon as it is known.
async fn asked() -> bool {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut interrupt), Ok(mut terminate)) =
            (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
        else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => true,
            _ = terminate.recv() => true,
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.is_ok()
}
