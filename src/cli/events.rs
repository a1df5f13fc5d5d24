//! The messages of what a session tells: builds and rounds.

use std::path::Path;
use std::time::Duration;

use super::report::{self, Reporter};
use crate::session::Event;
use base::diag::{Diagnostics, Lang, Text};
use base::text;
use pages::build::{self, Summary};

/// Shows what a session tells.
pub(super) fn show(event: Event<'_>, reporter: &Reporter) {
    match event {
        Event::Problems(problems) => reporter.problems(problems),
        Event::Remarks(remarks) => reporter.mentions(remarks),
        Event::Progress { name, done, all } => reporter.progress(name, done, all),
        Event::Built { id, summary, output } => built(id, summary, output, reporter),
        Event::Failed { id, problems } => failed(id, problems, reporter),
        Event::RoundEnded => reporter.forget(),
        Event::Waiting => reporter
            .message(&text!("等待改动，按 Ctrl+C 结束……", "waiting for changes, Ctrl+C ends it …")),
        Event::Finishing => reporter.message(&text!(
            "等待这次生成结束；再按一次 Ctrl+C 立即结束",
            "waiting for this build to end; Ctrl+C once more ends at once"
        )),
    }
}

/// A publication was built: what became of its files.
pub(super) fn built(id: &str, summary: &Summary, output: &Path, reporter: &Reporter) {
    let folder = output.join(id);
    reporter.message(&text!(
        "{id}：写入 {written} 个文件，{unchanged} 个未变，删去 {removed} 个 → {folder}",
        "{id}: {written} files written, {unchanged} unchanged, {removed} removed → {folder}",
        written = summary.written,
        unchanged = summary.unchanged,
        removed = summary.removed,
        folder = folder.display(),
    ));
    let made = summary.reasons.len();
    reporter.detail(&text!("{id}：重新生成 {made} 个", "{id}: {made} made again"));
}

/// A publication was not built, and why.
fn failed(id: &str, diags: &Diagnostics, reporter: &Reporter) {
    reporter.problems(diags);
    reporter.message(&if diags.iter().any(|d| d.code == build::OUTPUT_FAILED) {
        text!(
            "{id}：没有写完，请排除问题后重新生成",
            "{id}: not finished, build again when it is mended"
        )
    } else {
        text!(
            "{id}：有错误，未生成；原有的文件没有改动",
            "{id}: not built because of errors; what was there is untouched"
        )
    });
}

/// Why each file was made again.
pub(super) fn explained(id: &str, summary: &Summary, reporter: &Reporter) {
    for (path, reasons) in &summary.reasons {
        let list = |lang: Lang, between: &str| {
            let texts: Vec<Text> = reasons.iter().map(build::Reason::text).collect();
            texts.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(between)
        };
        let (zh, en) = (list(Lang::Zh, "；"), list(Lang::En, "; "));
        let line = text!("{id}/{path}：{zh}", "{id}/{path}: {en}");
        report::output(&format!("{}\n", line.get(reporter.lang)));
    }
}

/// How long a run took.
pub(super) fn took(time: Duration, reporter: &Reporter) {
    let seconds = format!("{:.2}", time.as_secs_f64());
    reporter.message(&text!("用时 {seconds} 秒", "{seconds} seconds"));
}
