//! How fast 1,000 publications' worth of items are checked, and with how much memory; and one text
//! of addresses.
//!
//! The sample's items again and again in one publication, which is harder than many small ones:
//! items are compared with each other.
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use base::diag::{Diagnostics, Source, SourceText, Span};
use records::check::{Context, Rule, Settings, check};
use records::content;
use records::publication::{Input, Registry, resolve};

const ITEMS: usize = 28_000;
const RUNS: usize = 5;
/// Web addresses in one text.
const ADDRESSES: usize = 10_000;

fn main() {
    many_items();
    one_text_of_addresses();
}

/// Addresses are hidden from the rules in one pass: the time grows as the text does, whether they stand
/// apart or run into each other, and never with its square.
fn one_text_of_addresses() {
    let project = content::load(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the sample");
    let units = project.registries[0].record.as_ref().expect("its registry");
    let loaded = &project.publications[0];
    for (what, address) in
        [("apart", "见https://example.com/a,b?c=1。"), ("in a row", "https://example.com/a,")]
    {
        let mut line = format!("check: addresses {what}:");
        for count in [ADDRESSES, 4 * ADDRESSES] {
            let mut diags = Diagnostics::new();
            let registry = Arc::new(Registry::resolve(units, &mut diags));
            let mut items = loaded.items[..1].to_vec();
            let value = address.repeat(count);
            let span = Span::new(Source::new("items.yaml", value.as_str()), 0..value.len());
            items[0].parts[0].text = SourceText::new(value, span, vec![(0, 0)]);
            let notice = loaded.notice.clone().expect("its notice");
            let input = Input { id: "p", notice, office: None, items: &items, registry };
            let publication = resolve(input, &mut diags);
            let context = Context::new(&publication, &items);
            // One rule, so that it is the reading of the text that is measured.
            let settings = Settings::default().only(Rule::find("half-width-mark"));
            let seconds =
                median(|| assert!(check(&context, Diagnostics::new(), &settings).is_empty()));
            line += &format!(" {count} in {:.1} ms", seconds * 1000.0);
        }
        println!("{line}");
    }
}

/// The median time of some runs, in seconds.
fn median(run: impl Fn()) -> f64 {
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[RUNS / 2]
}

fn many_items() {
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

    let median = median(|| {
        assert!(!check(&context, diags.clone(), &Settings::default()).is_empty());
    });
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
