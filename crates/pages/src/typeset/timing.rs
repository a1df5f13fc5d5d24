//! How long what takes, as a trace: Typst's own clock, so that a run and what Typst does in it
//! stand side by side.

use std::io::{self, Write};

/// A stretch of time that ends when this is dropped.
pub struct Timed(
    #[allow(dead_code, reason = "what counts is when it is dropped")]
    Option<typst_timing::TimingScope>,
);

/// Begins a stretch of time. It costs nothing unless [`record_timings`] was called.
pub fn timed(name: &'static str) -> Timed {
    Timed(typst_timing::TimingScope::new(name))
}

/// Begins to record.
pub fn record_timings() {
    typst_timing::enable();
}

/// Writes what was recorded, in the trace event format that browsers and Perfetto open.
///
/// # Errors
/// When it cannot be written.
pub fn write_timings(to: impl Write) -> io::Result<()> {
    typst_timing::export_json(to, |_| (String::new(), 0)).map_err(io::Error::other)
}
