//! Artifacts for office programs: workbooks and Word documents.

use crate::office::{self, Failure, Properties};
use base::diag::Diagnostic;
use base::text;
use records::publication::Publication;
use records::view;

use super::plan::{Artifact, Content, Format, Plan};

/// The file of an artifact whose format is one of office programs.
pub(super) fn file(
    artifact: &Artifact,
    plan: &Plan,
    publication: &Publication,
) -> Result<Vec<u8>, Diagnostic> {
    write(artifact, plan, publication).map_err(|failure| {
        let file = artifact.paths.join(", ");
        Diagnostic::error(
            "office-file-failed",
            text!("文件“{file}”没有写成", "the file “{file}” could not be written"),
        )
        .detail(failure.to_string())
        .help(text!(
            "表格的一格最多 32767 字；请把过长的任务分成几部分",
            "a cell holds 32,767 characters at the most: divide what is longer"
        ))
    })
}

fn write(artifact: &Artifact, plan: &Plan, publication: &Publication) -> Result<Vec<u8>, Failure> {
    let is_workbook = artifact.format == Format::Xlsx;
    match artifact.content {
        Content::Sheet(unit) => {
            let tasks = plan.tasks.get(&unit).map(Vec::as_slice).unwrap_or_default();
            let view = view::sheet(publication, unit, tasks);
            let title = format!("{}任务单——{}", view.unit, view.about.subject);
            let unit = Some(view.unit.as_str());
            let about = Properties::new(&publication.id, unit, title, &view.about, &view)?;
            if is_workbook {
                office::xlsx::sheet(&view, &about)
            } else {
                office::docx::sheet(&view, &about)
            }
        }
        Content::Breakdown | Content::Index => {
            let view = view::breakdown(publication);
            let title = format!("任务分解总表——{}", view.about.subject);
            let about = Properties::new(&publication.id, None, title, &view.about, &view)?;
            if is_workbook {
                office::xlsx::breakdown(&view, &about)
            } else {
                office::docx::breakdown(&view, &about)
            }
        }
        Content::Notice | Content::NoticeBody => {
            let view = view::notice(publication);
            let about = Properties::of_notice(&view)?;
            office::docx::notice(&view, &about)
        }
    }
}
