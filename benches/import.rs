//! How long an import takes: a notice of usual size, the largest that is read, and inputs that
//! are made to take long.
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

use std::time::Instant;

use import::{Options, import, limits};

const RUNS: usize = 5;

fn main() {
    let usual = notice(28, 1);
    let largest = notice(9_900, 3);
    let mut long_sentence = "一、设施\n1.加快建设。（责任单位：".to_string();
    while long_sentence.len() < 1 << 20 {
        long_sentence.push_str("区科技局、");
    }
    let brackets = format!("1.{}", "（".repeat(1 << 19));
    let prose = "加快建设，完善机制。\n".repeat(limits::TEXT / 31);
    let tags = "<div>".repeat(limits::INPUT / 5 - 1);
    let years = "〔2024〕".repeat(limits::INPUT / 16);

    let first = time("28 items", usual.as_bytes(), None);
    for (name, input) in [
        ("9,900 items", &largest),
        ("1 MiB of units in one bracket", &long_sentence),
        ("512 Ki open brackets", &brackets),
        ("16 MiB of prose", &prose),
        ("16 MiB of nested tags", &tags),
        ("16 MiB of years", &years),
    ] {
        time(name, input.as_bytes(), Some(first));
    }
}

/// A notice with so many items, of so many sentences each.
fn notice(items: usize, sentences: usize) -> String {
    let mut text = String::from("关于印发2025年全区工作要点的通知\n各镇人民政府，区级各部门：\n");
    for n in 1..=items {
        if n % 28 == 1 {
            text.push_str("一、完善设施\n");
        }
        let sentence = "加快算力中心建设，新增企业10家，覆盖率达到80%以上。".repeat(sentences);
        text.push_str(&format!(
            "{n}.{sentence}（责任单位：区数据局、区科技局、区财政局、各镇人民政府）\n"
        ));
    }
    text
}

/// Prints the median and returns it, in seconds.
fn time(name: &str, input: &[u8], first: Option<f64>) -> f64 {
    let mut read = false;
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            read = import(input, Options::default()).is_ok();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let median = seconds[RUNS / 2];
    let of_first =
        first.map_or(String::new(), |first| format!(", {:.0} × 28 items", median / first));
    let what = if read { "read" } else { "refused" };
    println!(
        "import: {name} ({} KiB) {what}, median of {RUNS} runs {median:.3} s{of_first}",
        input.len() / 1024
    );
    median
}
