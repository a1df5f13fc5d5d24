//! Whether a folder is one that builds may write into: not there yet, empty, or one that holds what a
//! build made. Anything else may be somebody's own, such as `/` or a folder of letters.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::part::Part;
use base::diag::Diagnostic;
use base::text;
use records::manifest::{self, Manifest};

/// So many entries are looked at for a manifest of ours.
const MOST_ENTRIES: usize = 20_000;
/// A manifest stands so deep below an output folder at the most.
const DEEPEST: usize = 6;

/// Whether a build of the publications `ids` may write below `output`.
///
/// # Errors
/// When other files stand there, and none that a build made.
pub fn may_write(output: &Path, ids: &[&str]) -> Result<(), Diagnostic> {
    // What is no folder or cannot be listed is refused by whoever writes, in words of its own.
    let Ok(entries) = fs::read_dir(output) else { return Ok(()) };
    let mut entries = entries.filter_map(Result::ok);
    let is_own = |name: &str| name.starts_with(".staging-") || name == ".DS_Store";
    if entries.all(|entry| is_own(&entry.file_name().to_string_lossy())) {
        return Ok(());
    }
    if ids.iter().any(|id| holds_manifest(&output.join(id))) || holds_any(output) {
        return Ok(());
    }
    Err(foreign(output))
}

fn holds_manifest(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.into_iter().any(|entry| is_manifest(&entry.path()))
}

/// Whether there is a manifest of any publication, which may have another name by now.
fn holds_any(output: &Path) -> bool {
    let walk = WalkDir::new(output).min_depth(2).max_depth(DEEPEST).sort_by_file_name();
    let entries = walk.into_iter().take(MOST_ENTRIES).filter_map(Result::ok);
    entries.into_iter().any(|entry| entry.file_type().is_file() && is_manifest(entry.path()))
}

fn is_manifest(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_named = name == manifest::NAME || Part::of_manifest(&name).is_some();
    is_named && fs::read(path).is_ok_and(|bytes| Manifest::parse(&bytes).is_ok())
}

fn foreign(output: &Path) -> Diagnostic {
    let output = output.display();
    Diagnostic::error(
        "output-foreign",
        text!(
            "“{output}”里有别的文件，不是生成过的输出文件夹",
            "“{output}” has other files in it and is no output folder of an earlier build"
        ),
    )
    .help(text!(
        "请写一个空的或新的文件夹；确实要写到这里，就加 --force-output",
        "name an empty or a new folder; where it is meant, add `--force-output`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_empty_or_known() {
        let dir = tempfile::tempdir().unwrap();
        let output = dir.path().join("output");
        assert!(may_write(&output, &["p"]).is_ok(), "not there");
        fs::create_dir(&output).unwrap();
        assert!(may_write(&output, &["p"]).is_ok(), "empty");
        fs::create_dir(output.join(".staging-x")).unwrap();
        assert!(may_write(&output, &["p"]).is_ok(), "what a killed run left");
        fs::write(output.join("letter.docx"), "x").unwrap();
        assert_eq!(may_write(&output, &["p"]).unwrap_err().code, "output-foreign");
        fs::create_dir_all(output.join("q/a")).unwrap();
        fs::write(output.join("q/a/manifest.json"), "{\"name\": \"an app\"}").unwrap();
        assert!(may_write(&output, &["p"]).is_err(), "a manifest of something else");
        let manifest = Manifest { publication: "q/a".into(), ..Manifest::default() };
        fs::write(output.join("q/a/manifest.json"), manifest.to_json().unwrap()).unwrap();
        assert!(may_write(&output, &["p"]).is_ok(), "of a publication that is gone");
        fs::remove_dir_all(output.join("q")).unwrap();
        fs::create_dir(output.join("p")).unwrap();
        let name = Part::new(1, 2).unwrap().manifest();
        fs::write(output.join("p").join(name), manifest.to_json().unwrap()).unwrap();
        assert!(may_write(&output, &["p"]).is_ok(), "a part");
    }
}
