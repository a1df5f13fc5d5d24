//! How fast, and how much memory: `cargo test --release --lib speed -- --ignored --nocapture`.

use std::time::Instant;

use super::super::Settings;
use super::mutation::{codes, sample};

/// 1,000 publications' worth of items: the sample's items again and again in one publication,
/// which is harder than many small ones, since items are compared with each other.
#[test]
#[ignore = "a measurement, not a test"]
fn speed_of_28000_items() {
    let project = sample();
    let own = &project.publications[0].items;
    let items: Vec<_> = own.iter().cycle().take(28_000).cloned().collect();
    // Equal records stand at equal places: what is compared is found again and again.
    let before = memory();
    let start = Instant::now();
    let found = codes(&project, &items, &Settings::default());
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{} items, {} findings in {seconds:.2} s: {:.0} items per second, {} MiB more at the peak",
        items.len(),
        found.len(),
        items.len() as f64 / seconds,
        (memory() - before) / 1024
    );
    assert!(seconds < 60.0);
}

/// The peak of memory so far in KiB, where the system says it.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
}
