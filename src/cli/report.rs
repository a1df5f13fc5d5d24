//! Printing: results on standard output, messages on standard error. All of it goes through here,
//! and nothing that others wrote (a subject, a server's words, the name of a file) reaches a terminal
//! with characters that it would act on.

use std::io::{self, Write as _};
use std::sync::{Mutex, OnceLock, PoisonError};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Exit;
use super::environment::Environment;
use crate::session::Failure;
use base::diag::render::{Format, Style, is_acted_on, printable, render_all, short, summary};
use base::diag::{Diagnostic, Diagnostics, Lang, Severity, Text};
use base::text;

/// At most this many problems are printed in full: nobody reads more at once.
const MOST: usize = 100;

/// When output has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// How much is said, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) color: Color,
    pub(super) quiet: bool,
    pub(super) verbose: bool,
}

/// Prints what a run has to say.
#[derive(Debug)]
pub(super) struct Reporter {
    /// The language.
    pub(super) lang: Lang,
    /// What the terminal can do.
    pub(super) style: Style,
    /// What was asked for, whatever the terminal of the messages can do.
    pub(super) colors: Color,
    pub(super) quiet: bool,
    pub(super) verbose: bool,
    terminal: bool,
    /// The progress bar, while there is one.
    shown: Mutex<Option<ProgressBar>>,
    /// What was printed, and what `--quiet` kept from it: publications share problems, and each is
    /// said once.
    said: Mutex<Vec<Diagnostic>>,
}

impl Reporter {
    pub(super) fn new(wanted: Wanted, lang: Lang, environment: &Environment) -> Self {
        let color = match wanted.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => environment.color,
        };
        Self {
            lang,
            style: Style { color, width: environment.width },
            colors: wanted.color,
            quiet: wanted.quiet,
            verbose: wanted.verbose,
            terminal: environment.terminal,
            shown: Mutex::default(),
            said: Mutex::default(),
        }
    }

    /// Prints problems that were not printed before, and how many they are.
    pub(super) fn problems(&self, diags: &Diagnostics) {
        let mut new = Diagnostics::new();
        let mut rest = 0;
        {
            let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
            let mut printed = said.iter().filter(|d| self.wants(d)).count();
            for diagnostic in diags.clone().sorted() {
                if said.contains(&diagnostic) {
                    continue;
                }
                if self.wants(&diagnostic) {
                    if printed < MOST {
                        printed += 1;
                        new.push(diagnostic.clone());
                    } else {
                        rest += 1;
                    }
                }
                said.push(diagnostic);
            }
        }
        if new.is_empty() && rest == 0 {
            return;
        }
        let mut text = render_all(&new, Format::Human, self.lang, self.style);
        let count = summary(&new);
        let more = match (new.is_empty(), rest) {
            (_, 0) => count,
            (false, _) => text!(
                "{count}，另有 {rest} 个没有列出",
                "{count}, and {rest} more that are not shown";
                count
            ),
            (true, _) => text!("另有 {rest} 个问题没有列出", "{rest} more problems are not shown"),
        };
        text.push_str(more.get(self.lang));
        text.push('\n');
        error(&text);
    }

    /// Prints why a run stops; how it ends.
    pub(super) fn stop(&self, failure: &Failure) -> Exit {
        self.problems(&failure.problems);
        failure.outcome.into()
    }

    /// A round of a run that repeats has ended: the next one reports all of its problems.
    pub(super) fn forget(&self) {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Prints problems as one line each: what a run should mention but not dwell on.
    pub(super) fn mentions(&self, diags: &Diagnostics) {
        for diagnostic in diags.iter().filter(|d| self.wants(d)) {
            error(&format!("{}\n", short(diagnostic, self.lang)));
        }
    }

    /// Prints one problem that stops the run.
    pub(super) fn problem(&self, diagnostic: Diagnostic) {
        self.problems(&diagnostic.into());
    }

    /// Prints a message about what was done.
    pub(super) fn message(&self, text: &Text) {
        if !self.quiet {
            error(&format!("{}\n", printable(text.get(self.lang))));
        }
    }

    /// Prints a message that only `-v` shows.
    pub(super) fn detail(&self, text: &Text) {
        if self.verbose {
            self.message(text);
        }
    }

    /// Shows how far a run is, on a terminal; it goes when all is done.
    pub(super) fn progress(&self, name: &str, done: usize, all: usize) {
        if !self.terminal || self.quiet {
            return;
        }
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = shown.get_or_insert_with(|| bar(name, all));
        bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        if done == all {
            bar.finish_and_clear();
            *shown = None;
        }
    }

    /// Asks for a yes; anything else, and the end of the input, is a no.
    pub(super) fn confirm(&self, question: &Text) -> bool {
        error(&printable(question.get(self.lang)));
        let mut answer = String::new();
        if io::stdin().read_line(&mut answer).is_err() {
            return false;
        }
        matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "是" | "好" | "确认")
    }

    fn wants(&self, diagnostic: &Diagnostic) -> bool {
        !self.quiet || diagnostic.severity == Severity::Error
    }
}

fn bar(name: &str, all: usize) -> ProgressBar {
    let all = u64::try_from(all).unwrap_or(u64::MAX);
    // The template is right, a test says so.
    let style = ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr());
    bar.set_style(style.progress_chars("━╸─"));
    bar.set_message(printable(name));
    bar
}

/// Name, bar, and how many files of how many.
const BAR: &str = "{msg} {bar:30.green} {pos}/{len}";

/// Why a result could not be written.
static LOST: OnceLock<String> = OnceLock::new();

/// Prints a result. Whether it arrived is told by [`arrived`], which the end of each run asks, and
/// a run that does something after it before that.
pub(super) fn output(text: &str) {
    painted(&printable(text));
}

/// Prints a result with colours of our own, in which nothing of others is left to be cleaned.
pub(super) fn painted(text: &str) {
    if LOST.get().is_some() {
        return;
    }
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        // A reader that went away (`yinfa list | head`) is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let _ = LOST.set(error.to_string());
        }
        _ => {}
    }
}

/// Whether all results so far were written.
///
/// # Errors
/// When they were not: a full disk, as a rule.
pub(super) fn arrived() -> Result<(), Diagnostic> {
    let Some(detail) = LOST.get() else { return Ok(()) };
    Err(Diagnostic::error(
        "output-failed",
        text!("结果没有写完", "the output could not be written to its end"),
    )
    .detail(detail.clone())
    .help(text!(
        "写进文件的，那份文件不完整，不要用；检查磁盘空间后再运行一次",
        "where it went into a file, that file is not whole: check the free space and run it again"
    )))
}

/// JSON as a terminal may show it: in its strings such characters are written as escapes, so that
/// a program reads the same.
pub(super) fn json_escaped(json: &str) -> String {
    escaped(json, |c| format!("\\u{:04x}", u32::from(c)))
}

/// The same of a web page.
pub(super) fn html_escaped(html: &str) -> String {
    escaped(html, |c| format!("&#x{:x};", u32::from(c)))
}

fn escaped(text: &str, escape: impl Fn(char) -> String) -> String {
    let mut all = String::with_capacity(text.len());
    for c in text.chars() {
        if is_acted_on(c) && c != '\r' { all.push_str(&escape(c)) } else { all.push(c) }
    }
    all
}

fn error(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_bar_is_one() {
        assert!(indicatif::ProgressStyle::with_template(super::BAR).is_ok());
    }
}
