//! What the program takes from its environment, read once.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use crate::session::Machine;
use base::diag::Lang;

/// The environment of a run.
#[derive(Debug, Clone)]
pub(super) struct Environment {
    /// The language of the locale; English where it is neither Chinese nor English.
    pub(super) lang: Lang,
    /// Whether messages go to a terminal that shows colours.
    pub(super) color: bool,
    /// Whether messages go to a terminal.
    pub(super) terminal: bool,
    /// Whether somebody can be asked: answers come from a terminal.
    pub(super) interactive: bool,
    /// The time zone in which times are shown.
    pub(super) zone: jiff::tz::TimeZone,
    /// Columns of the terminal.
    pub(super) width: usize,
    /// What a session is told.
    pub(super) machine: Machine,
}

impl Environment {
    pub(super) fn read() -> Self {
        let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        // The order that gettext uses: the first that is set decides.
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| text(name));
        let preferred = text("LANGUAGE").filter(|_| locale.is_some());
        let lang = preferred
            .iter()
            .chain(&locale)
            .find_map(|value| Lang::from_locale(value))
            .unwrap_or(Lang::En);
        let terminal = std::io::stderr().is_terminal();
        let dumb = text("TERM").is_some_and(|term| term == "dumb");
        let home = std::env::home_dir();
        Self {
            lang,
            color: terminal && !dumb && text("NO_COLOR").is_none(),
            terminal,
            interactive: terminal && std::io::stdin().is_terminal(),
            zone: jiff::tz::TimeZone::system(),
            width: text("COLUMNS").and_then(|n| n.parse().ok()).unwrap_or(100),
            machine: Machine {
                data: text("XDG_DATA_HOME")
                    .map(PathBuf::from)
                    .or_else(|| home.as_ref().map(|home| home.join(".local/share"))),
                cache: text("XDG_CACHE_HOME")
                    .map(PathBuf::from)
                    .or_else(|| home.as_ref().map(|home| home.join(".cache"))),
                home,
                path: std::env::var_os("PATH"),
                folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
                program: program(),
            },
        }
    }

    /// A path of the command line, from the working folder.
    pub(super) fn place(&self, path: &Path) -> PathBuf {
        self.machine.folder.join(path)
    }

    /// A variable that the project's settings name.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }
}

/// The version, and of the program's file what changes when it is built anew.
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let print = file.and_then(|file| Ok((file.len(), file.modified()?)));
    format!("yinfa {} {print:?}", env!("CARGO_PKG_VERSION"))
}
