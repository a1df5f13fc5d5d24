//! The files that a build made for each unit, as far as they are what the records say now.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::diag::{Diagnostic, Diagnostics, Source};
use base::disk::sha256;
use base::text;
use records::manifest::{ArtifactEntry, Manifest};

use super::ledger::FileEntry;

/// The formats of a packet, by the ends of their names. The first one must be there.
const FORMATS: [&str; 2] = ["pdf", "xlsx"];

/// A file to be sent. Its bytes are read, and compared with the hash, when it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in the packet, with its hash and length.
    pub entry: FileEntry,
}

impl SheetFile {
    /// A file under a name for the packet.
    ///
    /// # Errors
    /// The words of the operating system.
    pub fn open(path: &Path, name: String) -> std::io::Result<Self> {
        let bytes = fs::read(path)?;
        let entry = FileEntry { name, sha256: sha256(&bytes), bytes: bytes.len() as u64 };
        Ok(Self { path: path.to_path_buf(), entry })
    }

    /// Its bytes, which must still be those of the hash.
    ///
    /// # Errors
    /// In the words of the operating system, or that the file is another one now.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        let bytes = fs::read(&self.path).map_err(|error| error.to_string())?;
        if sha256(&bytes) == self.entry.sha256 {
            Ok(bytes)
        } else {
            Err(format!("{} was changed meanwhile", self.path.display()))
        }
    }

    /// `pdf`, `xlsx`.
    pub fn format(&self) -> &str {
        self.path.extension().and_then(|e| e.to_str()).unwrap_or_default()
    }
}

/// What has to be built before sheets can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Nothing: they are what the records say now.
    Nothing,
    /// Workbooks.
    Workbooks,
    /// Sheets that are not there, or not what the records say now.
    Sheets,
    /// The document itself, where there are no sheets.
    Document,
}

/// What was built of a publication.
#[derive(Debug)]
pub struct Built<'a> {
    /// The publication's id.
    pub id: &'a str,
    /// The publication's folder below output/.
    pub folder: &'a Path,
    /// Its manifest.
    pub manifest: &'a Manifest,
    /// The records as they are now.
    pub sources: &'a [Arc<Source>],
}

impl Built<'_> {
    /// The files of each of these units, under names made by `name`.
    ///
    /// # Errors
    /// Sheets that are not there, that were made from other records, or that are no longer the
    /// files that the build wrote.
    pub fn sheets(
        &self,
        units: &[&str],
        name: impl Fn(&str, &str) -> String,
    ) -> Result<BTreeMap<String, Vec<SheetFile>>, Diagnostics> {
        let now = self.now();
        let mut found = BTreeMap::new();
        let (mut missing, mut altered) = (Vec::new(), Vec::new());
        let mut stale: Vec<&str> = Vec::new();
        let mut changed: Vec<String> = Vec::new();
        for &unit in units {
            let mut files = Vec::new();
            for format in FORMATS {
                let Some((path, entry)) = self.artifact(unit, format) else {
                    if format == FORMATS[0] {
                        missing.push(unit);
                    }
                    continue;
                };
                let differing = differing(entry, &now);
                if !differing.is_empty() {
                    stale.push(unit);
                    changed.extend(differing);
                    continue;
                }
                match SheetFile::open(&self.folder.join(path), name(unit, format)) {
                    Ok(file) if file.entry.sha256 == entry.sha256 => files.push(file),
                    _ => altered.push(path.as_str()),
                }
            }
            found.insert(unit.to_string(), files);
        }
        stale.dedup();
        changed.sort();
        changed.dedup();
        let mut diags = Diagnostics::new();
        diags.extend((!missing.is_empty()).then(|| self.missing(&missing)));
        diags.extend((!stale.is_empty()).then(|| self.stale(&stale, &changed)));
        diags.extend((!altered.is_empty()).then(|| self.altered(&altered)));
        if diags.is_empty() { Ok(found) } else { Err(diags) }
    }

    /// The document itself for each of these units, with the attachments that are not bound with it:
    /// what is sent where there are no tasks. The document is named after its title.
    ///
    /// # Errors
    /// As of [`Self::sheets`].
    pub fn documents(
        &self,
        units: &[&str],
        title: &str,
    ) -> Result<BTreeMap<String, Vec<SheetFile>>, Diagnostics> {
        let now = self.now();
        let mut files = Vec::new();
        let mut altered = Vec::new();
        let mut changed: Vec<String> = Vec::new();
        for (path, entry) in &self.manifest.artifacts {
            let stem = path.strip_prefix("internal/").and_then(|name| name.strip_suffix(".pdf"));
            let Some(stem) = stem else { continue };
            let name = match (entry.kind.as_str(), stem.split_once('-')) {
                ("notice", _) => format!("{title}.pdf"),
                ("notice-attachment", Some((_, name))) => format!("{name}.pdf"),
                _ => continue,
            };
            changed.extend(differing(entry, &now));
            match SheetFile::open(&self.folder.join(path), name) {
                Ok(file) if file.entry.sha256 == entry.sha256 => files.push((entry, file)),
                _ => altered.push(path.as_str()),
            }
        }
        // The document before what is attached to it.
        files.sort_by(|(one, _), (two, _)| one.kind.cmp(&two.kind));
        changed.sort();
        changed.dedup();
        let mut diags = Diagnostics::new();
        if files.is_empty() && altered.is_empty() {
            diags.push(self.missing(units));
        }
        diags.extend((!changed.is_empty()).then(|| self.stale(units, &changed)));
        diags.extend((!altered.is_empty()).then(|| self.altered(&altered)));
        if !diags.is_empty() {
            return Err(diags);
        }
        let files: Vec<SheetFile> = files.into_iter().map(|(_, file)| file).collect();
        Ok(units.iter().map(|unit| (unit.to_string(), files.clone())).collect())
    }

    /// Whether the document itself lacks anything to be sent.
    pub fn lacks_document(&self, units: &[&str]) -> Lack {
        match self.documents(units, "-") {
            Ok(_) => Lack::Nothing,
            Err(_) => Lack::Document,
        }
    }

    fn now(&self) -> BTreeMap<&str, String> {
        self.sources.iter().map(|s| (s.path(), sha256(s.text().as_bytes()))).collect()
    }

    /// What the sheets of these units lack to be sent.
    pub fn lack(&self, units: &[&str]) -> Lack {
        let has_workbooks =
            units.iter().all(|unit| FORMATS.iter().all(|f| self.artifact(unit, f).is_some()));
        match self.sheets(units, |unit, format| format!("{unit}.{format}")) {
            Err(_) => Lack::Sheets,
            Ok(_) if has_workbooks => Lack::Nothing,
            Ok(_) => Lack::Workbooks,
        }
    }

    fn artifact(&self, unit: &str, format: &str) -> Option<(&String, &ArtifactEntry)> {
        self.manifest.artifacts.iter().find(|(path, entry)| {
            let extension = Path::new(path).extension().and_then(|e| e.to_str());
            entry.kind == "sheet"
                && entry.unit.as_deref() == Some(unit)
                && extension == Some(format)
        })
    }

    fn missing(&self, units: &[&str]) -> Diagnostic {
        let (n, some) = (units.len(), some(units));
        Diagnostic::error(
            "sheet-missing",
            text!(
                "要发给 {n} 个单位的文件（PDF）还没有生成：{some}",
                "what {n} units are sent (PDF) is not built: {some}"
            ),
        )
        .help(self.build())
    }

    fn stale(&self, units: &[&str], changed: &[String]) -> Diagnostic {
        let (n, records) = (units.len(), changed.join("、"));
        Diagnostic::error(
            "sheet-stale",
            text!(
                "要发给 {n} 个单位的文件和现在的记录对不上，生成以后改过：{records}",
                "what {n} units are sent is not what the records say now; changed since it was built: {records}"
            ),
        )
        .help(self.build())
    }

    fn altered(&self, paths: &[&str]) -> Diagnostic {
        let (n, some) = (paths.len(), some(paths));
        Diagnostic::error(
            "sheet-altered",
            text!(
                "要发的文件有 {n} 个被改动过或不见了：{some}",
                "{n} files to be sent are gone, or not those that the build wrote: {some}"
            ),
        )
        .help(self.build())
    }

    fn build(&self) -> base::diag::Text {
        let id = self.id;
        text!(
            "发送前会自动生成；想先看看，运行 yinfa build {id}",
            "it is built before anything is sent; to look at it first, run `yinfa build {id}`"
        )
    }
}

/// The first few names of a list, and how many more there are.
fn some(names: &[&str]) -> String {
    let shown = names.iter().take(5).copied().collect::<Vec<_>>().join("、");
    match names.len().saturating_sub(5) {
        0 => shown,
        more => format!("{shown}… (+{more})"),
    }
}

/// The records in which what a file was made from differs from what is there now.
fn differing(entry: &ArtifactEntry, now: &BTreeMap<&str, String>) -> Vec<String> {
    let is_record = |path: &str| !path.starts_with("templates/");
    let then: BTreeMap<&str, &String> = entry
        .inputs
        .iter()
        .filter(|(path, _)| is_record(path))
        .map(|(path, hash)| (path.as_str(), hash))
        .collect();
    let paths = then.keys().chain(now.keys());
    let mut differing: Vec<String> = paths
        .filter(|path| then.get(*path).copied() != now.get(*path))
        .map(|path| path.to_string())
        .collect();
    differing.sort();
    differing.dedup();
    differing
}
