//! How fast 1,000 publications' worth of items are checked, and with how much memory.
//!
//! The sample's items again and again in one publication, which is harder than many small ones:
//! items are compared with each other.
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use yinfa::check::{Context, Settings, check};
use yinfa::content;
use yinfa::diag::Diagnostics;
use yinfa::publication::{Input, Registry, resolve};

const ITEMS: usize = 28_000;
const RUNS: usize = 5;

fn main() {
    let project = content::load(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the sample");
    let units = project.registries[0].record.as_ref().expect("its registry");
    let mut diags = Diagnostics::new();
    let registry = Arc::new(Registry::resolve(units, &mut diags));
    let loaded = &project.publications[0];
    let mut notice = loaded.notice.clone().expect("its notice");
    notice.common = notice.common.or(&project.record.defaults);
    let items: Vec<_> = loaded.items.iter().cycle().take(ITEMS).cloned().collect();
    let input = Input { id: "p", notice, office: None, items: &items, registry };
    let publication = resolve(input, &mut diags);
    let mut context = Context::new(&publication, &items);
    context.units = Some(units);

    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            let found = check(&context, diags.clone(), &Settings::default());
            assert!(!found.is_empty());
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let median = seconds[RUNS / 2];
    println!(
        "check: {ITEMS} items, median of {RUNS} runs {median:.2} s, {:.0} items per second, peak {} MiB",
        ITEMS as f64 / median,
        peak_kib() / 1024
    );
}

/// The peak of memory in KiB, where the system says it.
fn peak_kib() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
}
