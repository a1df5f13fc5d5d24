//! What a run of the bench is asked for.

use std::path::PathBuf;

use super::Fallible;

/// Medians of fewer say little.
const FEWEST: usize = 5;

pub(super) const GROUPS: [&str; 3] = ["sample", "scale", "instead"];

pub(super) struct Options {
    /// Runs of each row (`--runs N`).
    pub(super) runs: usize,
    /// Groups of rows (`--only sample,scale,instead`).
    only: Vec<String>,
    /// The file for the results (`--write FILE`).
    pub(super) write: Option<PathBuf>,
}

impl Options {
    pub(super) fn parse(arguments: &[String]) -> Fallible<Self> {
        let only = GROUPS.map(String::from).to_vec();
        let mut options = Self { runs: FEWEST, only, write: None };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                "--runs" => options.runs = value()?.parse::<usize>()?.max(1),
                "--only" => options.only = value()?.split(',').map(String::from).collect(),
                "--write" => options.write = Some(value()?.into()),
                // Cargo says so to every bench.
                "--bench" => {}
                other => return Err(format!("unknown option {other}").into()),
            }
        }
        if let Some(group) = options.only.iter().find(|group| !GROUPS.contains(&group.as_str())) {
            return Err(format!("no group {group}: there are {}", GROUPS.join(", ")).into());
        }
        Ok(options)
    }

    pub(super) fn has(&self, group: &str) -> bool {
        self.only.iter().any(|only| only == group)
    }

    /// Whether the results are fit to be written down.
    pub(super) fn is_whole(&self) -> bool {
        self.runs >= FEWEST && GROUPS.iter().all(|group| self.has(group))
    }
}
