//! What is not archived: classified documents, drafts, names that are not the same everywhere.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::bag::names::{check_name, folded};
use super::bag::write::Bytes;
use super::layout;
use crate::diag::{Diagnostic, Diagnostics};
use crate::publication::Publication;
use crate::text;

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
        if check_name(path).is_err() {
            diags.push(
                Diagnostic::error(
                    "archive-name",
                    text!(
                        "“{shown}”这个名称不能放进归档包",
                        "the name “{shown}” cannot stand in a package"
                    ),
                )
                .help(text!(
                    "请改名：不用 \\ : * ? \" < > | %，不以句点或空格结尾；改后重新生成",
                    "rename it: none of \\ : * ? \" < > | %, no dot or blank at the end; then build again"
                )),
            );
        }
        if let Some(other) = taken.insert(folded(path), path) {
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
