//! Files that are taken for records by mistake, or are none by mistake: `01.yaml.txt` of an editor
//! that adds its own ending, and the copies that cloud drives and file managers put beside a file.

use std::path::Path;

use base::diag::Diagnostic;
use base::text;

/// The endings of records.
const ENDINGS: [&str; 2] = ["yaml", "yml"];

/// What marks a copy that a cloud drive made when two people changed a file.
const CONFLICTS: [&str; 10] = [
    "sync-conflict",
    "conflicted copy",
    "conflict copy",
    "conflicted-copy",
    "case conflict",
    "conflict-",
    "-conflict",
    "_conflict",
    "冲突",
    "衝突",
];

/// What marks a copy that a person made in a file manager.
const COPIES: [&str; 5] = ["副本", "复制", "複製", " - copy", "copy of "];

/// A file that is no record by its ending and was meant as one.
pub(super) fn not_read(path: &Path, shown: &str) -> Option<Diagnostic> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    let stem = path.file_stem()?.to_str()?.to_lowercase();
    let ending = path.extension()?.to_str()?.to_lowercase();
    let doubled = ENDINGS.iter().any(|yaml| stem.ends_with(&format!(".{yaml}")))
        && ["txt", "text", "doc", "docx", "rtf", "wps"].contains(&ending.as_str());
    let misspelt = ENDINGS.iter().any(|yaml| strsim::osa_distance(yaml, &ending) == 1)
        && !ENDINGS.contains(&ending.as_str());
    if (!doubled && !misspelt) || name.starts_with(['.', '_', '~']) {
        return None;
    }
    Some(
        Diagnostic::error(
            "file-suffix",
            text!(
                "“{shown}”的扩展名不是 .yaml，没有读入，里面的任务会漏掉",
                "“{shown}” does not end in .yaml and was not read: its tasks would be missing"
            ),
        )
        .help(text!(
            "在资源管理器里打开“查看—文件扩展名”，把它改名为 .yaml 结尾；不用的文件，名称前加“_”",
            "rename it so that it ends in .yaml (show file name extensions first); put `_` before the name of a file that is not used"
        )),
    )
}

/// A record that is a copy of another one by its name: its tasks would be printed twice. Certain
/// where the other one is there too.
pub(super) fn copy(path: &Path, shown: &str, there: impl Fn(&Path) -> bool) -> Option<Diagnostic> {
    let stem = path.file_stem()?.to_str()?;
    let conflict = CONFLICTS.iter().any(|mark| stem.to_lowercase().contains(mark));
    let original = original(stem).is_some_and(|stem| {
        ENDINGS.iter().any(|ending| there(&path.with_file_name(format!("{stem}.{ending}"))))
    });
    if !conflict && !original {
        return None;
    }
    let message = text!(
        "“{shown}”像是网盘或复制产生的副本，里面的任务会印两遍",
        "“{shown}” looks like a copy made by a cloud drive or a file manager: its tasks would be printed twice"
    );
    let problem = match original {
        true => Diagnostic::error("file-copy", message),
        false => Diagnostic::warning("file-copy", message),
    };
    Some(problem.help(text!(
        "核对哪一份是要用的，把另一份删去，或在名称前加“_”；两份都要用，请改名",
        "see which of them is meant and delete the other or put `_` before its name; where both are, rename this one"
    )))
}

/// The name that a copy was made from: `01` of `01 (1)`, `01 - 副本`, `副本01`, `01.sync-conflict-…`.
fn original(stem: &str) -> Option<String> {
    let lower = stem.to_lowercase();
    let cut = CONFLICTS.iter().chain(&COPIES).filter_map(|mark| lower.find(mark)).min();
    if let Some(at) = cut {
        // Lower case may be longer: then the name is left alone.
        let before = stem.get(..at)?;
        // The mark may stand in brackets behind other words: 01 (somebody's conflicted copy …).
        let open = before.rfind(['(', '（']).filter(|&open| !before[open..].contains([')', '）']));
        let before = before[..open.unwrap_or(before.len())]
            .trim_end_matches([' ', '-', '_', '.', '(', '（', '【', '[']);
        if !before.is_empty() {
            return Some(before.to_string());
        }
        let mark = COPIES.iter().find(|mark| lower.starts_with(*mark))?;
        let behind = stem.get(mark.len()..)?.trim_start_matches([' ', '-', '_', '：']);
        return Some(behind.to_string());
    }
    let inner = stem.strip_suffix([')', '）'])?;
    let (before, number) = inner.rsplit_once(['(', '（'])?;
    let counted = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    counted.then(|| before.trim_end().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_know_their_original() {
        for (copy, name) in [
            ("01.sync-conflict-20250301-101010-ABCDEFG", "01"),
            ("01 (张三's conflicted copy 2025-03-01)", "01"),
            ("01（冲突副本 2025-03-01）", "01"),
            ("01_conflict-20250301", "01"),
            ("01 - 副本", "01"),
            ("01 - Copy (2)", "01"),
            ("副本01", "01"),
            ("01 (1)", "01"),
            ("01（2）", "01"),
        ] {
            assert_eq!(original(copy).as_deref(), Some(name), "{copy}");
        }
        for name in ["01", "02-shuzichanye", "一、（一）", "重点任务（第2批）", "(2)a"]
        {
            assert_eq!(original(name), None, "{name}");
        }
    }

    #[test]
    fn endings_that_editors_add() {
        let read = |name: &str| not_read(Path::new(name), name).is_some();
        for name in ["01.yaml.txt", "01.YML.TXT", "01.yaml.docx", "01.yam", "01.yalm", "01.ymal"] {
            assert!(read(name), "{name}");
        }
        for name in
            ["01.yaml", "01.yml", "01.yaml.bak", "01.txt", "README.md", "_01.yaml.txt", "01"]
        {
            assert!(!read(name), "{name}");
        }
    }
}
