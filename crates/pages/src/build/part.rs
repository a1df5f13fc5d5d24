//! One of several parts that a build is cut into, so that several machines build it.
//!
//! Each machine has all records, makes its part of every publication, and leaves a manifest of
//! that part; [`merge`](super::merge) joins them. Which file belongs to which part follows from
//! the plan alone: all machines agree without talking to each other.

use std::cmp::Reverse;
use std::path::Path;
use std::{fmt, fs};

use base::diag::Diagnostics;
use base::disk::sha256;
use records::manifest::{Manifest, ManifestFile};

/// A part: one of `of`, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    part: u32,
    of: u32,
}

impl Part {
    /// Part `part` of `of`; `None` where there is no such part.
    pub fn new(part: u32, of: u32) -> Option<Self> {
        (1..=of).contains(&part).then_some(Self { part, of })
    }

    /// Reads `2/8`.
    pub fn parse(text: &str) -> Option<Self> {
        let (part, of) = text.split_once('/')?;
        Self::new(part.trim().parse().ok()?, of.trim().parse().ok()?)
    }

    /// Which, from 1.
    pub fn part(self) -> u32 {
        self.part
    }

    /// Of how many.
    pub fn of(self) -> u32 {
        self.of
    }

    /// The name of its manifest.
    pub(super) fn manifest(self) -> String {
        format!("{PREFIX}{self}.json")
    }

    /// The part that a file is the manifest of.
    pub(super) fn of_manifest(name: &str) -> Option<Self> {
        let name = name.strip_prefix(PREFIX)?.strip_suffix(".json")?;
        let (part, of) = name.split_once("-of-")?;
        Self::new(part.parse().ok()?, of.parse().ok()?)
    }

    /// Which of a publication's files belong to this part, by their weights: the file that takes
    /// longest goes to the part that has the least to do, and so on. Publications begin with another
    /// part each, since the first gets the notice.
    pub(super) fn takes(self, weights: &[usize], publication: &str) -> Vec<bool> {
        let mut order: Vec<usize> = (0..weights.len()).collect();
        // The plan's own order decides among equals: it is the same everywhere.
        order.sort_by_key(|&place| (Reverse(weights[place]), place));
        let digest = sha256(publication.as_bytes());
        let start = u32::from_str_radix(&digest[..4], 16).unwrap_or(0) % self.of;
        let mut loads = vec![0; self.of as usize];
        let mut takes = vec![false; weights.len()];
        for place in order {
            let least = (0..self.of)
                .map(|step| (start + step) % self.of)
                .min_by_key(|&part| loads[part as usize])
                .unwrap_or(0);
            loads[least as usize] += weights[place];
            takes[place] = least == self.part - 1;
        }
        takes
    }
}

/// The manifests of parts in a publication's folder, by name.
pub(super) fn manifests(folder: &Path) -> Result<Vec<(String, Manifest)>, Diagnostics> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| Part::of_manifest(name).is_some()).collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let manifest = ManifestFile::read(folder, &name)?.manifest;
            Ok((name, manifest))
        })
        .collect()
}

const PREFIX: &str = "manifest.";

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-of-{}", self.part, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_and_named() {
        let part = Part::parse("2/8").unwrap();
        assert_eq!((part.part(), part.of()), (2, 8));
        assert_eq!(part.manifest(), "manifest.2-of-8.json");
        assert_eq!(Part::of_manifest("manifest.2-of-8.json"), Some(part));
        for wrong in ["", "0/3", "4/3", "1", "1/", "/2", "a/b", "-1/2", "1/0"] {
            assert_eq!(Part::parse(wrong), None, "{wrong}");
        }
        for other in ["manifest.json", "manifest.x.json", "manifest.0-of-2.json", "a.1-of-2.json"] {
            assert_eq!(Part::of_manifest(other), None, "{other}");
        }
    }
}
