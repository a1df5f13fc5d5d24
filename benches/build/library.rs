//! The bare library: a process that does nothing but set the sources and write the files, as
//! somebody would write it who knows the sources, the faces and the PDF standards already. Fonts
//! are mapped, sources that all documents import are parsed once, all threads have work, and
//! files are synced and renamed as yinfa does it.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use mmap_io::MemoryMappedFile;
use typst::diag::{FileError, FileResult, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::Fallible;
use super::export::{Document, Exported};

/// What all documents share.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// Files that were parsed, by path and text.
    parsed: Mutex<HashMap<(FileId, String), Source>>,
}

/// A document as Typst sees it.
struct DocumentWorld<'a> {
    shared: &'a Shared,
    main: FileId,
    sources: HashMap<FileId, Source>,
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets the sources in a folder and writes the files below `out`.
pub(super) fn child(folder: &Path, out: &Path, threads: usize) -> Fallible<()> {
    let exported = Exported::read(folder)?;
    let names: Vec<PdfStandard> = exported
        .standards
        .iter()
        .map(|name| serde_json::from_value(name.as_str().into()))
        .collect::<Result<_, _>>()?;
    let standards = PdfStandards::new(&names).map_err(|error| error.message().to_string())?;
    let fonts = fonts(&exported.faces)?;
    let shared = Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        parsed: Mutex::default(),
    };
    // What takes longest first.
    let length = |d: &&Document| {
        fs::metadata(folder.join(&d.folder).join("main.typ")).map_or(0, |m| m.len())
    };
    let mut documents: Vec<&Document> = exported.documents.iter().collect();
    documents.sort_by_cached_key(|document| std::cmp::Reverse(length(document)));

    let next = AtomicUsize::new(0);
    let made = Mutex::new(Vec::new());
    let work = || {
        // Typst hands work to rayon, which would begin another document inside of one.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
            let bytes = pool.install(|| set(folder, document, &shared, &standards));
            made.lock().expect("no thread has panicked").push((*document, bytes));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let made = made.into_inner().map_err(|error| error.to_string())?;
    let mut files = BTreeMap::new();
    for (document, bytes) in &made {
        let bytes = bytes.as_ref().map_err(Clone::clone)?;
        files.extend(document.files.iter().map(|file| (out.join(file), bytes.as_slice())));
    }
    write(files)
}

fn set(
    folder: &Path,
    document: &Document,
    shared: &Shared,
    standards: &PdfStandards,
) -> Result<Vec<u8>, String> {
    let mut sources = HashMap::new();
    let files = fs::read_dir(folder.join(&document.folder)).map_err(|e| e.to_string())?;
    for file in files {
        let file = file.map_err(|e| e.to_string())?;
        let path =
            VirtualPath::new(file.file_name().to_string_lossy()).map_err(|e| format!("{e:?}"))?;
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        let text = fs::read_to_string(file.path()).map_err(|e| e.to_string())?;
        let mut parsed = shared.parsed.lock().map_err(|e| e.to_string())?;
        let source = parsed
            .entry((id, text))
            .or_insert_with_key(|(id, text)| Source::new(*id, text.clone()));
        sources.insert(id, source.clone());
    }
    let path = VirtualPath::new("main.typ").map_err(|e| format!("{e:?}"))?;
    let main = RootedPath::new(VirtualRoot::Project, path).intern();
    let world = DocumentWorld { shared, main, sources };
    let Warned { output, .. } = typst::compile::<PagedDocument>(&world);
    let laid = output.map_err(|errors| format!("{errors:?}"))?;
    let (year, month, day) = document.date;
    let date = Datetime::from_ymd_hms(year, month, day, 0, 0, 0);
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Auto,
        timestamp: date.map(Timestamp::new_utc),
        page_ranges: None,
        standards: standards.clone(),
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(&laid, &options).map_err(|errors| format!("{errors:?}"))
}

struct Mapped(MemoryMappedFile);

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        self.0.as_slice_bytes(0, self.0.len()).unwrap_or_default()
    }
}

fn fonts(faces: &[(PathBuf, u32)]) -> Fallible<Vec<Font>> {
    let mut files: HashMap<&Path, Bytes> = HashMap::new();
    let mut fonts = Vec::new();
    for (path, index) in faces {
        if !files.contains_key(path.as_path()) {
            files.insert(path, Bytes::new(Mapped(MemoryMappedFile::open_ro(path)?)));
        }
        fonts.push(Font::new(files[path.as_path()].clone(), *index).ok_or("a font is damaged")?);
    }
    Ok(fonts)
}

/// Writes files beside where they belong, has them on the disk, and renames them.
fn write(files: BTreeMap<PathBuf, &[u8]>) -> Fallible<()> {
    const AT_ONCE: usize = 8;
    let mut folders: Vec<&Path> = Vec::new();
    let mut open = Vec::new();
    for (target, bytes) in &files {
        let folder = target.parent().ok_or("a file stands in a folder")?;
        if !folders.contains(&folder) {
            fs::create_dir_all(folder)?;
            folders.push(folder);
        }
        let mut file = File::create(target.with_extension("new"))?;
        file.write_all(bytes)?;
        open.push(file);
    }
    std::thread::scope(|scope| {
        let sync = |files: &[File]| files.iter().try_for_each(File::sync_all);
        let threads: Vec<_> = open
            .chunks(open.len().div_ceil(AT_ONCE).max(1))
            .map(|files| scope.spawn(move || sync(files)))
            .collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("no thread has panicked"))
    })?;
    for target in files.keys() {
        fs::rename(target.with_extension("new"), target)?;
    }
    for folder in folders {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
