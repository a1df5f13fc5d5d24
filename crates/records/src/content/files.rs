//! Finding the files of a project and reading them.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::strays;
use base::diag::{Diagnostic, Diagnostics, Source, Span};
use base::disk::file_name;
use base::text;

/// The folder below a publication that holds what units reported.
pub const PROGRESS: &str = "progress";

/// The files of one publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPublication {
    /// Its folder's path below content/, with `/` between the parts.
    pub id: String,
    /// notice.yaml.
    pub notice: PathBuf,
    /// The nearest registry: in its folder or in one above it, up to content/.
    pub units: Option<PathBuf>,
    /// All other YAML files in its folder, numbers in names counted as numbers.
    pub items: Vec<PathBuf>,
    /// All YAML files below its folder progress/: what units reported.
    pub progress: Vec<PathBuf>,
    /// What is wrong with its folder.
    pub diags: Diagnostics,
}

impl FoundPublication {
    /// Its folder.
    fn folder(&self) -> Option<&Path> {
        self.notice.parent()
    }

    /// Whether a file stands in its folder of what units reported.
    fn is_progress(&self, file: &Path) -> bool {
        self.folder().is_some_and(|folder| file.starts_with(folder.join(PROGRESS)))
    }
}

/// Finds the publications below `content`, ordered by id. What cannot be read inside a
/// publication's folder is that publication's problem, everything else goes to `diags`.
///
/// `more` are files that count as if they were there.
pub fn find(
    root: &Path,
    content: &Path,
    more: &[PathBuf],
    diags: &mut Diagnostics,
) -> Vec<FoundPublication> {
    let (mut files, unreadable) = walk(root, content);
    let new = more.iter().filter(|path| path.starts_with(content) && !files.contains(path));
    let new: Vec<PathBuf> = new.cloned().collect();
    files.extend(new);
    files.sort_by(|a, b| natural_path(a, b));
    let mut found = notices(root, content, &files, diags);
    let there = |path: &Path| files.iter().any(|file| file == path);
    let copies = files
        .iter()
        .filter_map(|file| Some((file.clone(), strays::copy(file, &display(root, file), there)?)));
    let problems: Vec<_> = copies.chain(unreadable).collect();
    assign(root, &files, &mut found, diags);
    for (path, problem) in problems {
        let owner =
            found.iter_mut().find(|p| p.folder().is_some_and(|folder| path.starts_with(folder)));
        match owner {
            Some(publication) => publication.diags.push(problem),
            None => diags.push(problem),
        }
    }
    found
}

/// All YAML files, numbers in names counted as numbers, and what could not be read.
fn walk(root: &Path, content: &Path) -> (Vec<PathBuf>, Vec<(PathBuf, Diagnostic)>) {
    let mut files = Vec::new();
    let mut unreadable = Vec::new();
    let unused = |name: &str| name.starts_with(['.', '_', '~']);
    let walk = WalkDir::new(content)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|e| e.depth() == 0 || !e.file_name().to_str().is_some_and(unused));
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_yaml(entry.path()) => {
                files.push(entry.into_path());
            }
            Ok(entry) if entry.file_type().is_file() => {
                let problem = strays::not_read(entry.path(), &display(root, entry.path()));
                unreadable.extend(problem.map(|problem| (entry.into_path(), problem)));
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(content).to_path_buf();
                let name = display(root, &path);
                unreadable.push((path, unreadable_entry(&name, &error)));
            }
        }
    }
    files.sort_by(|a, b| natural_path(a, b));
    (files, unreadable)
}

/// The publications: folders with a notice, each with its own name, none inside another.
fn notices(
    root: &Path,
    content: &Path,
    files: &[PathBuf],
    diags: &mut Diagnostics,
) -> Vec<FoundPublication> {
    let mut found: Vec<FoundPublication> = Vec::new();
    let mut notices: Vec<&PathBuf> = files.iter().filter(|file| is_named(file, "notice")).collect();
    // An outer folder's notice comes before those inside; otherwise the order stays.
    notices.sort_by_key(|notice| notice.components().count());
    for notice in notices {
        let Some(folder) = notice.parent() else { continue };
        let id = display(content, folder);
        let path = display(root, notice);
        if id.is_empty() {
            diags.push(
                Diagnostic::error(
                    "notice-without-folder",
                    text!(
                        "“{path}”应放在 content 下的一个文件夹里，文件夹的名称就是这份通知的名称",
                        "“{path}” belongs into a folder below content/, which names the publication"
                    ),
                )
                .help(text!(
                    "新建一个文件夹，如 content/2025-gongzuo-yaodian，把它移进去",
                    "make a folder such as content/2025-gongzuo-yaodian and move it there"
                )),
            );
            continue;
        }
        // Two notices in one folder, or one below another, would share items and output.
        let outer = found.iter_mut().find(|p| p.folder().is_some_and(|f| folder.starts_with(f)));
        if let Some(outer) = outer {
            let other = display(root, &outer.notice);
            outer.diags.push(
                Diagnostic::error(
                    "publication-nested",
                    text!(
                        "“{path}”与“{other}”在同一份通知的文件夹里",
                        "“{path}” stands in the folder of “{other}”"
                    ),
                )
                .help(text!(
                    "每份通知单独一个文件夹，互不包含；多余的文件请删去，或在名称前加“_”",
                    "give each publication a folder of its own, none inside another, or put `_` before the name of the file that is not used"
                )),
            );
            continue;
        }
        let units = folder
            .ancestors()
            .take_while(|folder| folder.starts_with(content))
            .find_map(|folder| {
                files.iter().find(|f| is_named(f, "units") && f.parent() == Some(folder))
            })
            .cloned();
        let mut diags = Diagnostics::new();
        if let Some(part) = id.split('/').find(|part| file_name(part) != **part) {
            diags.push(
                Diagnostic::error(
                    "publication-name",
                    text!(
                        "文件夹名“{part}”在别的系统上不能用作文件名",
                        "the folder name “{part}” is no file name on other systems"
                    ),
                )
                .help(text!(
                    "请改名：不用 \\ / : * ? \" < > | 和句点、空格开头或结尾的名称",
                    "rename it: none of \\ / : * ? \" < > |, no dot or blank at either end"
                )),
            );
        }
        let (items, progress) = (Vec::new(), Vec::new());
        let notice = notice.clone();
        found.push(FoundPublication { id, notice, units, items, progress, diags });
    }
    found.sort_by(|a, b| natural_path(&a.notice, &b.notice));
    found
}

/// Gives every other file to the publication in whose folder it stands, and reports those that
/// nobody reads.
fn assign(root: &Path, files: &[PathBuf], found: &mut [FoundPublication], diags: &mut Diagnostics) {
    let used: Vec<PathBuf> = found.iter().filter_map(|p| p.units.clone()).collect();
    for file in files.iter().filter(|f| !is_named(f, "notice") && !used.contains(f)) {
        let owner =
            found.iter_mut().find(|p| p.folder().is_some_and(|folder| file.starts_with(folder)));
        match owner {
            Some(publication) if publication.is_progress(file) => {
                publication.progress.push(file.clone());
            }
            Some(publication) if !is_named(file, "units") => publication.items.push(file.clone()),
            _ => {
                let path = display(root, file);
                diags.push(
                    Diagnostic::warning(
                        "file-orphan",
                        text!("“{path}”没有通知用到", "“{path}” is used by no publication"),
                    )
                    .help(text!(
                        "任务放在有 notice.yaml 的文件夹里，units.yaml 与 notice.yaml 同层或在其上层；不用的文件，名称前加“_”",
                        "items stand in a folder with a notice.yaml, a units.yaml beside or above it; put `_` before the names of files that are not used"
                    )),
                );
            }
        }
    }
}

/// What stands in a folder, or a folder itself, cannot be opened.
pub fn unreadable_entry(name: &str, error: &walkdir::Error) -> Diagnostic {
    unreadable(name, error).help(text!(
        "请检查文件（夹）是否存在、是否有读取权限",
        "check that it exists and may be read"
    ))
}

/// A file cannot be read.
pub fn unreadable_file(name: &str, error: &std::io::Error) -> Diagnostic {
    unreadable(name, error).help(text!(
        "请检查文件是否存在、是否有读取权限、是否正被别的程序占用",
        "check that it exists and may be read"
    ))
}

fn unreadable(name: &str, error: &impl ToString) -> Diagnostic {
    Diagnostic::error("file-unreadable", text!("打不开“{name}”", "cannot read “{name}”"))
        .detail(error.to_string())
}

/// Reads a file as a source. A file that is not UTF-8 (the usual case: GBK, out of an old
/// editor) is an error with the place of the first wrong byte.
pub fn read(root: &Path, path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let name = display(root, path);
    let bytes = std::fs::read(path).map_err(|error| unreadable_file(&name, &error))?;
    String::from_utf8(bytes).map(|text| Source::new(name.clone(), text)).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let source = Source::new(name.clone(), text);
        Diagnostic::error(
            "file-encoding",
            text!("“{name}”不是 UTF-8 编码", "“{name}” is not UTF-8"),
        )
        .at(&Span::new(source, good..good + 1))
        .help(text!("请用记事本、WPS 等打开，另存为 UTF-8 编码", "save it as UTF-8"))
    })
}

/// A path as messages name it: relative to `root`, with `/`.
pub fn display(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    parts.join("/").replace("//", "/")
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"))
}

fn is_named(path: &Path, stem: &str) -> bool {
    path.file_stem().is_some_and(|s| s == stem)
}

/// Compares paths part by part, numbers in names by value: `2.yaml` before `10.yaml`.
fn natural_path(a: &Path, b: &Path) -> Ordering {
    let parts = |path: &Path| -> Vec<String> {
        path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let (parts_a, parts_b) = (parts(a), parts(b));
    for (a, b) in parts_a.iter().zip(&parts_b) {
        match natural(a, b) {
            Ordering::Equal => {}
            unequal => return unequal,
        }
    }
    parts_a.len().cmp(&parts_b.len())
}

/// Compares names, runs of digits by value; equal ones by their bytes, so that the order is
/// total.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a, b);
    loop {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (n_a, n_b) = (digits(rest_a), digits(rest_b));
        let order = if n_a > 0 && n_b > 0 {
            let (number_a, number_b) =
                (rest_a[..n_a].trim_start_matches('0'), rest_b[..n_b].trim_start_matches('0'));
            (rest_a, rest_b) = (&rest_a[n_a..], &rest_b[n_b..]);
            number_a.len().cmp(&number_b.len()).then(number_a.cmp(number_b))
        } else {
            match (rest_a.chars().next(), rest_b.chars().next()) {
                (Some(c), Some(d)) => {
                    (rest_a, rest_b) = (&rest_a[c.len_utf8()..], &rest_b[d.len_utf8()..]);
                    c.cmp(&d)
                }
                (c, d) => return c.is_some().cmp(&d.is_some()).then_with(|| a.cmp(b)),
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = ["10.yaml", "2.yaml", "1.yaml", "02.yaml", "a2b10", "a2b9"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["1.yaml", "02.yaml", "2.yaml", "10.yaml", "a2b9", "a2b10"]);
    }

    #[test]
    fn folders_before_longer_paths() {
        assert_eq!(natural_path(Path::new("a/1"), Path::new("a/1/b")), Ordering::Less);
        assert_eq!(natural_path(Path::new("9/z"), Path::new("10/a")), Ordering::Less);
    }
}
