//! The package of a publication: what goes into it, and writing it.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

use super::bag::manifest::Algorithm;
use super::bag::write::{Bytes, NewBag};
use super::built::Built;
use super::derived;
use super::describe::{Keeping, describe};
use super::enclosure::{self, Enclosed};
use super::entries;
use super::layout::{self, role};
use super::list::List;
use super::metadata::{FileEntry, Metadata};
use super::placement::{Held, Placement, place};
use super::read_me;
use super::refusal::{check_names, judge, may_be_archived};
use super::settings::{Enclosures, Settings};
use super::verify::verify_bag;
use base::diag::{Diagnostic, Diagnostics};
use base::disk::sha256;
use base::text;
use pages::render::Templates;
use records::publication::Prepared;
use records::publication::Publication;

/// What is to be archived.
pub struct Request<'a> {
    /// The publication with its sources.
    pub prepared: &'a Prepared,
    /// The templates in use.
    pub templates: &'a Templates,
    /// The output folder.
    pub output: &'a Path,
    /// Settings.
    pub settings: &'a Settings,
    /// The sealed original, the final draft and the approval sheet.
    pub enclosures: &'a Enclosures,
}

/// A package that is ready to be written.
#[derive(Debug, Clone)]
pub struct Package {
    /// Its place.
    pub placement: Placement,
    /// Its metadata.
    pub metadata: Metadata,
    /// Whether a package with the same bytes is there already.
    pub unchanged: bool,
    bag: NewBag,
}

impl Package {
    /// Plans the package of a publication in an archive. Nothing is written.
    ///
    /// # Errors
    /// Everything that keeps it from being archived.
    pub fn plan(request: &Request<'_>, archive: &Path) -> Result<Self, Diagnostics> {
        let prepared = request.prepared;
        let publication = match &prepared.publication {
            Some(publication) if !prepared.diags.has_errors() => publication,
            _ => return Err(prepared.diags.clone()),
        };
        let date = may_be_archived(publication)?;
        let built = Built::of(prepared, publication, request.templates, request.output)?;
        let held = Held::of(archive)?;
        let year = u32::from(date.year().unsigned_abs());
        let notice = built.notice().map(|(_, entry)| entry.sha256.as_str());
        let before = held.newest(publication, year).filter(|bag| {
            bag.metadata.file(role::NOTICE).map(|file| file.sha256.as_str()) == notice
        });
        let made: Vec<&str> =
            built.manifest.artifacts.values().map(|artifact| artifact.sha256.as_str()).collect();
        let enclosed = enclosure::read(request.enclosures, before, &made)?;
        let (new, existing) = place(&held, publication, year, request.settings)?;
        let source = Source { publication, date, built: &built, enclosed: &enclosed, request };
        if let Some(existing) = existing {
            let same = source.package(existing)?;
            if same.is_at(archive) {
                return Ok(Self { unchanged: true, ..same });
            }
        }
        source.package(new)
    }

    /// The name of its folder.
    pub fn name(&self) -> String {
        self.placement.bag()
    }

    /// The payload's files by path, with their length.
    pub fn files(&self) -> impl Iterator<Item = (&str, u64)> {
        self.bag.payload.iter().map(|(path, bytes)| (path.as_str(), bytes.digests().bytes))
    }

    /// Whether the package stands in an archive with the same bytes: the tag manifest stands for
    /// every one of them.
    fn is_at(&self, archive: &Path) -> bool {
        let name = Algorithm::Sha256.tag_manifest();
        let held = std::fs::read(archive.join(self.name()).join(&name));
        let new = self.bag.tag_files();
        held.is_ok_and(|held| new.get(&name).is_some_and(|new| new.as_bytes() == held))
    }

    /// SHA-256 of its tag manifest, which stands for every byte of it.
    pub fn tag_manifest(&self) -> String {
        let text = self.bag.tag_files().remove(&Algorithm::Sha256.tag_manifest());
        sha256(text.unwrap_or_default().as_bytes())
    }

    /// Writes the package beside its place, verifies it there, and puts it into its place in one
    /// step. With the folder come warnings about what others made.
    ///
    /// # Errors
    /// When it cannot be written, does not pass its own check, or something stands in its place:
    /// nothing is left then, and a package is never changed.
    pub fn write(&self, archive: &Path) -> Result<(PathBuf, Diagnostics), Diagnostics> {
        let failed = |error: io::Error| super::failure::not_written(archive, &error);
        let staged = self.bag.stage(archive, &self.name()).map_err(failed)?;
        let found = judge(&verify_bag(staged.folder()));
        if found.has_errors() {
            return Err(found);
        }
        let place = staged.commit().map_err(failed)?;
        Ok((place, found))
    }
}

/// What a package is made from.
struct Source<'a> {
    publication: &'a Publication,
    date: Date,
    built: &'a Built,
    enclosed: &'a [Enclosed],
    request: &'a Request<'a>,
}

impl Source<'_> {
    fn package(&self, placement: Placement) -> Result<Package, Diagnostics> {
        let year = format!("{:04}", self.date.year());
        let folder = layout::document_folder(&year, &placement.document);
        let mut payload: BTreeMap<String, Bytes> = BTreeMap::new();
        let mut files = Vec::new();
        for enclosed in self.enclosed {
            files.push(enclosed.entry.clone());
            let bytes = Bytes::File(enclosed.path.clone(), enclosed.digests.clone());
            payload.insert(format!("{folder}/{}", enclosed.entry.name), bytes);
        }
        for (entry, bytes) in self.output()? {
            payload.insert(format!("{folder}/{}", entry.name), bytes);
            files.push(entry);
        }
        let metadata = self.metadata(&placement, files)?;
        let xml = metadata.to_xml().map_err(unwritable)?;
        let json = metadata.to_json().map_err(unwritable)?;
        payload.insert(format!("{folder}/{}", layout::XML), Bytes::Here(xml.into_bytes()));
        payload.insert(format!("{folder}/{}", layout::JSON), Bytes::Here(json.into_bytes()));
        self.add_origin(&mut payload)?;
        let note = read_me::text(&metadata, &placement.document);
        payload.insert(layout::READ_ME.into(), Bytes::Here(note.into_bytes()));
        let list = List::of(&payload).map_err(unwritable)?;
        payload.insert(layout::LIST.into(), Bytes::Here(list.into_bytes()));
        check_names(&payload)?;
        let bag = NewBag { payload, info: derived::labels(&metadata) };
        Ok(Package { placement, metadata, unchanged: false, bag })
    }

    /// The files of the output, each once: the notice stands in public/ and in internal/.
    fn output(&self) -> Result<Vec<(FileEntry, Bytes)>, Diagnostics> {
        let mut files = Vec::new();
        for placed in entries::of_output(&self.built.manifest) {
            let Some((file, digests)) = self.built.files.get(placed.path) else { continue };
            let (format, pages) = enclosure::format_of(file)
                .map_err(|error| super::failure::unreadable(placed.path, &error))?;
            let entry = placed.described(format, pages);
            files.push((entry, Bytes::File(file.clone(), digests.clone())));
        }
        Ok(files)
    }

    fn metadata(
        &self,
        placement: &Placement,
        files: Vec<FileEntry>,
    ) -> Result<Metadata, Diagnostics> {
        let settings = self.request.settings;
        let creator = settings.creator.clone().or_else(|| self.publication.organ());
        let creator = creator.ok_or_else(|| {
            Diagnostic::error(
                "archive-creator-missing",
                text!("没有写立档单位", "nobody is named who keeps the documents"),
            )
            .help(text!(
                "在 yinfa.yaml 里写上 office，或 archive 里的 creator",
                "write `office` in yinfa.yaml, or `creator` below `archive`"
            ))
        })?;
        let manifest_sha256 = sha256(&self.built.manifest_bytes);
        let formed = derived::electronic_number(&manifest_sha256);
        let keeping = Keeping {
            fonds_name: settings.fonds_name.as_deref(),
            creator: &creator,
            electronic_number: settings.electronic_number.as_deref().unwrap_or(&formed),
            placement,
            archiver: concat!("yinfa ", env!("CARGO_PKG_VERSION")),
            manifest_sha256: &manifest_sha256,
        };
        Ok(describe(self.publication, self.date, &self.built.manifest, &keeping, files))
    }

    /// Records, templates, the build's manifest and the measure of its pages.
    fn add_origin(&self, payload: &mut BTreeMap<String, Bytes>) -> Result<(), Diagnostics> {
        for (path, text) in &self.built.inputs {
            let path: String = path.nfc().collect();
            let path = format!("{}/{path}", layout::SOURCES);
            payload.insert(path, Bytes::Here(text.as_bytes().to_vec()));
        }
        let manifest = Bytes::Here(self.built.manifest_bytes.clone());
        payload.insert(layout::BUILD_MANIFEST.into(), manifest);
        if let Some(json) = derived::measure(&self.built.manifest).map_err(unwritable)? {
            payload.insert(layout::MEASURE.into(), Bytes::Here(json));
        }
        Ok(())
    }
}

fn unwritable(detail: String) -> Diagnostics {
    Diagnostic::error("archive-metadata", text!("元数据写不出来", "the metadata cannot be written"))
        .detail(detail)
        .help(text!(
            "请检查题名等处有没有特殊字符",
            "look for unusual characters in the title and the like"
        ))
        .into()
}
