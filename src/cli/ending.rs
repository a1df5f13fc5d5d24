//! Signals: Ctrl+C for what runs on until then, and files that may not grow.

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

/// A file that may grow no further (`ulimit -f`) makes a write fail, as a full disk does, in place of
/// ending the program in the middle: what was begun is taken back then. (A pipe whose reader went away
/// does so anyway: Rust's programs ignore that signal.)
pub(super) fn survive_full_files() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        /// The number of SIGXFSZ on all systems on which the program runs.
        const FILE_TOO_LARGE: i32 = 25;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        // Without one the system's way stays: the program ends, and the next run clears up.
        let Ok(runtime) = runtime else { return };
        let _inside = runtime.enter();
        // A handler that was once set stays for as long as the program runs.
        let _ = signal(SignalKind::from_raw(FILE_TOO_LARGE));
    }
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
