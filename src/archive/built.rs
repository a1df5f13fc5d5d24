//! The output that is archived: it must be there, whole, untouched, and made from the records and
//! templates as they are now.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use base::diag::{Diagnostic, Diagnostics, Text};
use base::disk::Digests;
use base::disk::{sha256, stays_inside};
use base::text;
use pages::render::Templates;
use records::manifest::{self, ArtifactEntry, Manifest};
use records::publication::Prepared;
use records::publication::Publication;

/// A built publication.
#[derive(Debug, Clone, Default)]
pub(super) struct Built {
    /// Its manifest.
    pub(super) manifest: Manifest,
    /// The manifest's bytes.
    pub(super) manifest_bytes: Vec<u8>,
    /// Its files by their path in the manifest: where they stand, and their digests.
    pub(super) files: BTreeMap<String, (PathBuf, Digests)>,
    /// Records and templates by path, with their text.
    pub(super) inputs: BTreeMap<String, String>,
}

impl Built {
    /// Takes stock of what `output` holds of a publication.
    ///
    /// # Errors
    /// When it was not built, not as a whole, or is not what the records give now: with what to do.
    pub(super) fn of(
        prepared: &Prepared,
        publication: &Publication,
        templates: &Templates,
        output: &Path,
    ) -> Result<Self, Diagnostics> {
        let folder = output.join(&prepared.id);
        let (manifest, manifest_bytes) = read_manifest(&folder, &prepared.id)?;
        let inputs = inputs(prepared, templates, &manifest)?;
        whole(publication, &manifest)?;
        let files = files(&folder, &manifest, &prepared.id)?;
        Ok(Self { manifest, manifest_bytes, files, inputs })
    }

    /// The entry of the notice as PDF.
    pub(super) fn notice(&self) -> Option<(&String, &ArtifactEntry)> {
        self.manifest
            .artifacts
            .iter()
            .find(|(path, entry)| entry.kind == "notice" && path.ends_with(".pdf"))
    }
}

fn build_again(id: &str) -> Text {
    text!(
        "请先运行 yinfa build {id}，看过结果再归档",
        "run `yinfa build {id}`, look at the result, then archive it"
    )
}

fn not_built(id: &str) -> Diagnostics {
    Diagnostic::error(
        "archive-not-built",
        text!(
            "“{id}”还没有生成，没有可以归档的文件",
            "“{id}” is not built: there is nothing to archive"
        ),
    )
    .help(build_again(id))
    .into()
}

fn read_manifest(folder: &Path, id: &str) -> Result<(Manifest, Vec<u8>), Diagnostics> {
    let path = folder.join(manifest::NAME);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(not_built(id)),
        Err(error) => {
            return Err(super::failure::unreadable(&path.display().to_string(), &error).into());
        }
    };
    let manifest = Manifest::parse(&bytes).map_err(|error| {
        Diagnostic::error(
            "archive-output-changed",
            text!("“{id}”的 manifest.json 已损坏", "the manifest.json of “{id}” is damaged"),
        )
        .detail(error.to_string())
        .help(text!(
            "请删去（或移走）它所在的文件夹，再重新生成",
            "delete the folder it stands in, or move it away, and build again"
        ))
    })?;
    Ok((manifest, bytes))
}

/// Records and templates that the output was made from, which must be those of now.
fn inputs(
    prepared: &Prepared,
    templates: &Templates,
    manifest: &Manifest,
) -> Result<BTreeMap<String, String>, Diagnostics> {
    let records: BTreeMap<String, &str> =
        prepared.sources.iter().map(|s| (s.path().to_string(), s.text())).collect();
    let current: BTreeMap<String, &str> = templates
        .sources()
        .map(|(name, source)| (format!("templates/{name}"), source.text()))
        .chain(records.iter().map(|(path, text)| (path.clone(), *text)))
        .collect();
    let mut used: BTreeMap<String, String> = BTreeMap::new();
    let mut changed: BTreeSet<String> = BTreeSet::new();
    for (path, hash) in manifest.artifacts.values().flat_map(|entry| &entry.inputs) {
        match current.get(path) {
            Some(text) if sha256(text.as_bytes()) == *hash => {
                used.insert(path.clone(), (*text).to_string());
            }
            _ => drop(changed.insert(path.clone())),
        }
    }
    changed.extend(records.keys().filter(|path| !used.contains_key(*path)).cloned());
    if changed.is_empty() {
        return Ok(used);
    }
    let id = &prepared.id;
    let list: Vec<String> = changed.into_iter().take(5).collect();
    Err(Diagnostic::error(
        "archive-stale",
        text!(
            "“{id}”生成以后，记录或模板又改过，输出的文件已不是现在的样子",
            "records or templates of “{id}” have changed since it was built"
        ),
    )
    .detail(list.join(", "))
    .help(build_again(id))
    .into())
}

/// Whether everything that the publication consists of was built.
fn whole(publication: &Publication, manifest: &Manifest) -> Result<(), Diagnostics> {
    let id = &publication.id;
    let has = |kind: &str, ending: &str| {
        manifest.artifacts.iter().any(|(path, a)| a.kind == kind && path.ends_with(ending))
    };
    if manifest.artifacts.is_empty() {
        return Err(not_built(id));
    }
    let mut missing = Vec::new();
    if manifest.part.is_some() {
        missing.push(manifest::NAME.to_string());
    }
    let name = publication.kind().file_name();
    if !has("notice", ".pdf") {
        missing.push(format!("{name}.pdf"));
    }
    if publication.has_web_page() && !has("notice", ".html") {
        missing.push(format!("{name}.html"));
    }
    for unit in publication.sheet_units(&publication.tasks()) {
        let name = &publication.registry.unit(unit).name;
        let sheet = manifest.artifacts.values().any(|a| a.unit.as_ref() == Some(name));
        if !sheet {
            missing.push(name.clone());
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    missing.truncate(5);
    Err(Diagnostic::error(
        "archive-not-whole",
        text!(
            "“{id}”只生成了一部分，不能归档",
            "only a part of “{id}” is built: it cannot be archived"
        ),
    )
    .detail(missing.join(", "))
    .help(build_again(id))
    .into())
}

/// The files, which must be those that the manifest names.
fn files(
    folder: &Path,
    manifest: &Manifest,
    id: &str,
) -> Result<BTreeMap<String, (PathBuf, Digests)>, Diagnostics> {
    let mut files = BTreeMap::new();
    let mut changed = Vec::new();
    for (path, entry) in &manifest.artifacts {
        // The manifest is a file like any other: it must not lead outside.
        let safe = stays_inside(path);
        let file = folder.join(path);
        match Digests::of_file(&file) {
            Ok(digests) if safe && digests.sha256 == entry.sha256 => {
                files.insert(path.clone(), (file, digests));
            }
            _ => changed.push(path.clone()),
        }
    }
    if changed.is_empty() {
        return Ok(files);
    }
    changed.truncate(5);
    Err(Diagnostic::error(
        "archive-output-changed",
        text!(
            "“{id}”输出的文件在生成以后被改动或删去",
            "files of “{id}” were changed or removed after it was built"
        ),
    )
    .detail(changed.join(", "))
    .help(build_again(id))
    .into())
}
