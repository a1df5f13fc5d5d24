//! `yinfa archive` and `yinfa verify`.

mod damage;
mod faults;
mod forgery;
mod hostile;
mod package;
mod rebuild;
mod reference;
mod register;
mod verify;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::support::Project;

/// The settings of an archive.
const SETTINGS: &str = "\
office: 云溪区发改局
archive: {fonds: \"0012\", fonds_name: 云溪区发改局, division: BGS, retention: D30}
";

/// The archival code of the first package.
const CODE: &str = "0012-WS·2025-D30-BGS-0001";

/// The first package.
fn bag() -> String {
    format!("archive/{CODE}")
}

/// A file of the first package's document.
fn of_document(file: &str) -> String {
    format!("{}/data/电子档案/2025/{CODE}/{file}", bag())
}

fn project() -> Project {
    Project::new().file("yinfa.yaml", SETTINGS)
}

/// A project that is built. What a build writes is the same everywhere, so one is enough.
fn built() -> Project {
    static OUTPUT: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    let output = OUTPUT.get_or_init(|| {
        let project = project();
        project.build(&[]).clean();
        project.files("output")
    });
    let mut project = project();
    for (path, bytes) in output {
        project = project.file(&format!("output/{path}"), bytes);
    }
    project
}

/// Makes `sealed.pdf` of a printed notice: another file, as one with a seal is.
fn stamped(from: &Project, printed: &str, to: &Project) {
    let mut bytes = fs::read(from.path(printed)).unwrap();
    bytes.extend_from_slice(b"\n% sealed\n");
    fs::write(to.path("sealed.pdf"), bytes).unwrap();
}

/// A project with one package that has everything.
fn archived() -> Project {
    let project = built();
    stamped(&project, "output/p/public/notice.pdf", &project);
    project.en(&["archive", "p", "--original", "sealed.pdf"]).clean();
    project
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Writes all manifests of a bag anew: for damage that digests do not show.
fn seal(bag: &Path) {
    use base::disk::Digests;
    use std::fmt::Write as _;

    let mut files: Vec<(String, PathBuf)> = Vec::new();
    let mut folders = vec![bag.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(bag).unwrap().to_str().unwrap().to_string();
                files.push((name, path));
            }
        }
    }
    files.sort();
    let is_payload = |name: &str| name.starts_with("data/");
    let sizes: Vec<u64> = files
        .iter()
        .filter(|(name, _)| is_payload(name))
        .map(|(_, path)| path.metadata().unwrap().len())
        .collect();
    let info = fs::read_to_string(bag.join("bag-info.txt")).unwrap();
    let oxum = format!("Payload-Oxum: {}.{}", sizes.iter().sum::<u64>(), sizes.len());
    let info: String = info
        .lines()
        .map(|line| if line.starts_with("Payload-Oxum") { &*oxum } else { line })
        .fold(String::new(), |text, line| text + line + "\n");
    fs::write(bag.join("bag-info.txt"), info).unwrap();
    for tags in [false, true] {
        let mut texts = [String::new(), String::new()];
        for (name, path) in &files {
            if is_payload(name) == tags || name.starts_with("tagmanifest-") {
                continue;
            }
            let digests = Digests::of_file(path).unwrap();
            writeln!(texts[0], "{}  {name}", digests.sha256).unwrap();
            writeln!(texts[1], "{}  {name}", digests.sha512).unwrap();
        }
        let prefix = if tags { "tag" } else { "" };
        for (text, name) in texts.iter().zip(["sha256", "sha512"]) {
            fs::write(bag.join(format!("{prefix}manifest-{name}.txt")), text).unwrap();
        }
    }
}

/// Writes 文件目录.XML of a bag anew, then its manifests.
fn seal_with_list(bag: &Path) {
    use base::disk::Digests;

    let list = bag.join("data/文件目录.XML");
    let xml = fs::read_to_string(&list).unwrap();
    let mut out = String::new();
    let mut path = String::new();
    for line in xml.lines() {
        let value = |tag: &str| {
            line.trim().strip_prefix(&format!("<{tag}>"))?.strip_suffix(&format!("</{tag}>"))
        };
        if let Some(found) = value("路径") {
            path = found.replace("&amp;", "&");
        }
        let digests = || Digests::of_file(&bag.join(&path)).unwrap();
        if value("大小").is_some() {
            out += &format!("    <大小>{}</大小>\n", digests().bytes);
        } else if value("SHA-256").is_some() {
            out += &format!("    <SHA-256>{}</SHA-256>\n", digests().sha256);
        } else {
            out += &format!("{line}\n");
        }
    }
    fs::write(list, out).unwrap();
    seal(bag);
}
