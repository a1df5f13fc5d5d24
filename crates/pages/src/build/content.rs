//! What files show, and the one table of what makes them: which view, and which template or
//! writer of office programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::sheet_fit::Paper;
use crate::office::{self, Failure, Properties};
use crate::render::Templates;
use crate::tables;
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::content::schema::formats::Format;
use records::publication::{Publication, Task, UnitId};
use records::view::{
    self, ApartView, BreakdownView, DistributionView, FormView, IndexView, NoticeView,
    SheetFormats, SheetView,
};

/// What a file shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// The notice as a page of its own.
    Notice,
    /// The notice without head and styles, for pasting into a site's editor.
    NoticeBody,
    /// An attachment that is not bound with the notice, by its place.
    Apart(usize),
    /// 发文稿纸.
    Form,
    /// 分发清单.
    Distribution,
    /// A unit's sheet.
    Sheet(UnitId),
    /// A page of the index of the sheets, from 0.
    Index(usize),
    /// 任务分解总表.
    Breakdown,
}

impl Content {
    /// The word for it in the manifest, and the templates of web pages and of documents.
    fn row(self) -> (&'static str, Option<&'static str>, Option<&'static str>) {
        let both = |kind, html, typst| (kind, Some(html), Some(typst));
        match self {
            Self::Notice => both("notice", "html/notice.html", "typst/notice.typ"),
            Self::NoticeBody => ("notice-body", Some("html/notice.body.html"), None),
            Self::Apart(_) => {
                both("notice-attachment", "html/attachment.html", "typst/attachment.typ")
            }
            Self::Form => ("notice-form", None, Some("typst/form.typ")),
            Self::Distribution => ("notice-distribution", None, Some("typst/distribution.typ")),
            Self::Sheet(_) => both("sheet", "html/sheet.html", "typst/sheet.typ"),
            Self::Index(_) => ("index", Some("html/index.html"), None),
            Self::Breakdown => both("breakdown", "html/breakdown.html", "typst/breakdown.typ"),
        }
    }

    /// The word for it in the manifest.
    pub(super) fn kind(self) -> &'static str {
        self.row().0
    }

    /// The template that makes it in a format; none where it is written from the view alone.
    pub(super) fn template(self, format: Format) -> Option<&'static str> {
        let (_, html, typst) = self.row();
        match format {
            Format::Html => html,
            Format::Pdf => typst,
            Format::Xlsx | Format::Docx => None,
        }
    }

    /// The view that it is made from, whatever the format.
    fn view(self, of: &Contents<'_>) -> View {
        let publication = of.publication;
        match self {
            Self::Notice | Self::NoticeBody => View::Notice(Box::new(view::notice(publication))),
            Self::Apart(place) => {
                // The plan has those alone that are apart.
                View::Apart(Box::new(view::apart(publication, place)))
            }
            Self::Form => View::Form(Box::new(view::form(publication))),
            Self::Distribution => View::Distribution(Box::new(view::distribution(publication))),
            Self::Sheet(unit) => {
                let tasks = of.tasks.get(&unit).map(Vec::as_slice).unwrap_or_default();
                View::Sheet(Box::new(view::sheet(publication, unit, tasks)))
            }
            Self::Index(page) => {
                let index = view::index(publication, of.tasks, of.sheets, of.formats, page);
                View::Index(Box::new(index))
            }
            Self::Breakdown => View::Breakdown(Box::new(view::breakdown(publication))),
        }
    }
}

/// A view of a publication, as templates see it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum View {
    Notice(Box<NoticeView>),
    Apart(Box<Option<ApartView>>),
    Form(Box<FormView>),
    Distribution(Box<DistributionView>),
    Sheet(Box<SheetView>),
    Index(Box<IndexView>),
    Breakdown(Box<BreakdownView>),
}

impl View {
    /// The sheet or the table of all items as it is laid out.
    fn paper(&self) -> Option<Paper> {
        match self {
            Self::Sheet(view) => Some(Paper::sheet(view)),
            Self::Breakdown(view) => Some(Paper::breakdown(view)),
            Self::Notice(_)
            | Self::Apart(_)
            | Self::Form(_)
            | Self::Distribution(_)
            | Self::Index(_) => None,
        }
    }

    /// The columns of the tables in it, as a Typst module.
    fn columns(&self) -> String {
        match self {
            Self::Notice(view) => tables::of_notice(view),
            Self::Apart(view) => {
                let attachments = view.as_ref().as_ref().map(|view| &view.attachments[..]);
                tables::of_attachments(attachments.unwrap_or_default())
            }
            _ => self.paper().map(|paper| paper.module()).unwrap_or_default(),
        }
    }

    /// The file for office programs; none where there is no such file of it.
    fn office(&self, publication: &str, format: Format) -> Result<Option<Vec<u8>>, Failure> {
        match (self, format) {
            (Self::Notice(view), Format::Docx) => {
                office::docx::notice(view, &Properties::of_notice(view)?)
            }
            (Self::Apart(view), Format::Docx) => match view.as_ref() {
                Some(view) => office::docx::apart(view, &Properties::of_apart(view)?),
                None => return Ok(None),
            },
            (Self::Sheet(view), Format::Xlsx | Format::Docx) => {
                let title = format!("{}任务单——{}", view.unit, view.about.subject);
                let unit = Some(view.unit.as_str());
                let about = Properties::new(publication, unit, title, &view.about, view)?;
                match format {
                    Format::Xlsx => office::xlsx::sheet(view, &about),
                    _ => office::docx::sheet(view, &about),
                }
            }
            (Self::Breakdown(view), Format::Xlsx | Format::Docx) => {
                let title = format!("任务分解总表——{}", view.about.subject);
                let about = Properties::new(publication, None, title, &view.about, view)?;
                match format {
                    Format::Xlsx => office::xlsx::breakdown(view, &about),
                    _ => office::docx::breakdown(view, &about),
                }
            }
            _ => return Ok(None),
        }
        .map(Some)
    }
}

/// What a template gave.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    /// HTML, or Typst source.
    pub(super) text: String,
    /// For Typst, the module that says how wide columns are.
    pub(super) columns: String,
}

/// What the contents of a publication are made from.
pub(super) struct Contents<'a> {
    pub(super) publication: &'a Publication,
    /// The tasks of each unit.
    pub(super) tasks: &'a BTreeMap<UnitId, Vec<Task>>,
    /// The units that have a sheet.
    pub(super) sheets: &'a [UnitId],
    /// What the sheets are there as.
    pub(super) formats: SheetFormats,
}

impl Contents<'_> {
    /// The HTML or the Typst source of a content; empty where no template makes it.
    pub(super) fn source(
        &self,
        content: Content,
        format: Format,
        templates: &Templates,
    ) -> Result<Rendered, Diagnostic> {
        let Some(name) = content.template(format) else { return Ok(Rendered::default()) };
        let view = content.view(self);
        let columns = if format == Format::Pdf { view.columns() } else { String::new() };
        Ok(Rendered { text: templates.render(name, &view)?, columns })
    }

    /// The sheet or the table of all items as it is laid out; none of other contents.
    pub(super) fn paper(&self, content: Content) -> Option<Paper> {
        match content {
            Content::Sheet(_) | Content::Breakdown => content.view(self).paper(),
            Content::Notice
            | Content::NoticeBody
            | Content::Apart(_)
            | Content::Form
            | Content::Distribution
            | Content::Index(_) => None,
        }
    }

    /// The file of a content in a format of office programs; `file` is its name in messages.
    pub(super) fn office(
        &self,
        content: Content,
        format: Format,
        file: &str,
    ) -> Result<Vec<u8>, Diagnostics> {
        let failed = || {
            Diagnostic::error(
                "office-file-failed",
                text!("文件“{file}”没有写成", "the file “{file}” could not be written"),
            )
        };
        let view = content.view(self);
        match view.office(&self.publication.id, format) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(failed().into()),
            Err(failure) => Err(failed()
                .detail(failure.to_string())
                .help(text!(
                    "表格的一格最多 32767 字；请把过长的任务分成几部分",
                    "a cell holds 32,767 characters at the most: divide what is longer"
                ))
                .into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::built_in;

    #[test]
    fn every_template_of_the_table_is_built_in() {
        let names: Vec<String> = built_in().into_iter().map(|(name, _)| name).collect();
        let contents = [
            Content::Notice,
            Content::NoticeBody,
            Content::Apart(0),
            Content::Form,
            Content::Distribution,
            Content::Index(0),
            Content::Breakdown,
        ];
        for content in contents {
            for name in Format::ALL.into_iter().filter_map(|format| content.template(format)) {
                assert!(names.iter().any(|known| known == name), "{name}");
            }
        }
    }
}
