//! What is not archived: classified documents, drafts, names that are not the same everywhere,
//! packages that do not pass their own check.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::bag::write::Bytes;
use super::layout::{self, role};
use super::verify::{BagReport, Outcome};
use base::diag::{Diagnostic, Diagnostics};
use base::disk::{check_path, folded_path};
use base::text;
use records::publication::Publication;

/// The date of a document that may be archived.
pub(super) fn may_be_archived(publication: &Publication) -> Result<Date, Diagnostics> {
    let record = &publication.record;
    let id = &publication.id;
    if let Some(secrecy) = &record.secrecy {
        let level = secrecy.level;
        return Err(Diagnostic::error(
            "archive-secrecy",
            text!(
                "“{id}”定为{level}，本程序不归档涉密文件",
                "“{id}” is classified ({level}): this program archives no such documents"
            ),
        )
        .at(&record.span)
        .help(text!(
            "请按涉密档案的规定，在涉密系统里归档",
            "archive it in a system for classified documents, by their own rules"
        ))
        .into());
    }
    let unsigned = record.number.as_ref().is_some_and(|number| number.serial.is_none());
    if publication.is_draft() || unsigned {
        return Err(Diagnostic::error(
            "archive-draft",
            text!(
                "“{id}”还是征求意见稿、送审稿，或还没有发文字号",
                "“{id}” is still a draft, or has no serial number yet"
            ),
        )
        .at(&record.span)
        .help(text!(
            "印发以后再归档；定稿用 --final-draft 放进正式文件的归档包",
            "archive it once it is issued; the final draft goes into the same package with `--final-draft`"
        ))
        .into());
    }
    match &record.date {
        Some(date) => Ok(date.value),
        None => Err(Diagnostic::error(
            "archive-undated",
            text!("“{id}”没有成文日期，不能归档", "“{id}” has no date and cannot be archived"),
        )
        .at(&record.span)
        .help(text!(
            "在 notice.yaml 里写上 date，重新生成后再归档",
            "write `date` in notice.yaml, build again, then archive it"
        ))
        .into()),
    }
}

/// Names that are the same on every system, and no two that are one on some.
pub(super) fn check_names(payload: &BTreeMap<String, Bytes>) -> Result<(), Diagnostics> {
    let mut diags = Diagnostics::new();
    let mut taken: BTreeMap<String, &String> = BTreeMap::new();
    for path in payload.keys() {
        let shown = path.strip_prefix(layout::SOURCES).unwrap_or(path).trim_start_matches('/');
        if check_path(path).is_err() {
            diags.push(
                Diagnostic::error(
                    "archive-name",
                    text!(
                        "“{shown}”这个名称不能放进归档包",
                        "the name “{shown}” cannot stand in a package"
                    ),
                )
                .help(text!(
                    "请改名：不用 \\ : * ? \" < > | 和 %0A、%0D、%25，不以句点或空格结尾；改后重新生成",
                    "rename it: none of \\ : * ? \" < > | or %0A, %0D, %25, no dot or blank at the end; then build again"
                )),
            );
        }
        if let Some(other) = taken.insert(folded_path(path), path) {
            diags.push(
                Diagnostic::error(
                    "archive-names-collide",
                    text!(
                        "“{shown}”与“{other}”在有的系统上是同一个名称",
                        "“{shown}” and “{other}” are one name on some systems"
                    ),
                )
                .help(text!("请改名后重新生成", "rename one of them and build again")),
            );
        }
    }
    if diags.has_errors() { Err(diags) } else { Ok(()) }
}

/// Checks that may fail for a file which somebody handed in without the package being refused: what
/// others made is kept as they made it. What it may not be, such as classified, no file may be.
const OF_OTHERS: [&str; 5] =
    ["original-agrees", "formats", "fonts-embedded", "encryption", "files-open"];

/// What verifying a new package found, as problems. That a file which others made is not as ours
/// would be, or shows something else, may be meant, and is a warning.
pub(super) fn judge(found: &BagReport) -> Diagnostics {
    /// So many findings of a check say what is wrong.
    const SHOWN: usize = 5;
    let mut diags = Diagnostics::new();
    for check in found.checks.iter().filter(|check| check.outcome == Outcome::Failed) {
        let name = check.kind.name;
        let of_others = OF_OTHERS.contains(&check.kind.id);
        for finding in check.findings.iter().take(SHOWN) {
            let path = finding.path.as_deref().unwrap_or_default();
            let why = &finding.message;
            let message = text!(
                "归档前的核对没有通过：{name}：{path} {why}",
                "the package does not pass its check: {name}: {path} {why}";
                name, why
            );
            diags.push(if of_others && is_enclosed(path) {
                Diagnostic::warning("archive-enclosure", message).help(text!(
                    "请确认附上的是这一份文件的正本、定稿和稿纸",
                    "make sure that the enclosed files are those of this document"
                ))
            } else {
                Diagnostic::error("archive-not-sound", message).help(text!(
                    "请按所列的问题改正，重新生成后再归档",
                    "put right what is listed, build again, then archive it"
                ))
            });
        }
    }
    diags
}

/// Whether a path is that of a file which somebody handed in.
fn is_enclosed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    [role::ORIGINAL, role::FINAL_DRAFT, role::APPROVAL_SHEET].contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::super::verify::{Check, OF_BAG, Summary};
    use super::*;

    #[test]
    fn what_others_made_is_not_excused_for_everything() {
        let judged = |id: &str, file: &str| {
            let kind = OF_BAG.iter().find(|kind| kind.id == id).unwrap();
            let mut check = Check::new(kind);
            check.fail(Some(&format!("data/电子档案/2025/甲/{file}")), text!("错", "wrong"));
            judge(&BagReport {
                bag: "甲".into(), summary: Summary::default(), checks: vec![check]
            })
        };
        for id in ["unclassified", "payload-digests", "files-listed", "file-attributes", "names"] {
            for file in ["正本.pdf", "定稿.docx", "发文稿纸.jpg", "排版稿.pdf"] {
                assert!(judged(id, file).has_errors(), "{id} {file}");
            }
        }
        for id in OF_OTHERS {
            for file in ["正本.pdf", "定稿.docx", "发文稿纸.jpg"] {
                assert!(!judged(id, file).has_errors(), "{id} {file}");
            }
            assert!(judged(id, "排版稿.pdf").has_errors(), "{id}");
        }
    }
}
