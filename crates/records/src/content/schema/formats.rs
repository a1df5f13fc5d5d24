//! The formats that a publication is made in.

use std::collections::BTreeSet;

use crate::content::fields::{
    Fields, Mapping, Shape, Value, empty_list, key, mapping_shape, read_choice,
};
use crate::content::yaml::{Node, NodeKind};
use base::diag::{Diagnostics, Words};

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Web pages.
    Html,
    /// PDF.
    Pdf,
    /// Workbooks of sheets and breakdown.
    Xlsx,
    /// Word documents, to be edited.
    Docx,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Html, Self::Pdf, Self::Xlsx, Self::Docx];

    /// Its name and file extension.
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
        }
    }

    /// The format of a file, by the end of its name.
    pub fn of(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        Self::ALL.into_iter().find(|format| format.name() == extension)
    }
}

/// The formats of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formats {
    /// Those of the notice. A workbook of it there is none.
    pub notice: BTreeSet<Format>,
    /// Those of the sheets, with their index, and of the breakdown.
    pub sheets: BTreeSet<Format>,
}

impl Default for Formats {
    /// What an office needs: the notice also as a document that leaders revise, the sheets also as
    /// workbooks that units fill in.
    fn default() -> Self {
        let both = [Format::Html, Format::Pdf];
        let with = |format| both.into_iter().chain([format]).collect();
        Self { notice: with(Format::Docx), sheets: with(Format::Xlsx) }
    }
}

impl Formats {
    /// The same formats for both halves.
    pub fn same(formats: BTreeSet<Format>) -> Self {
        Self { notice: formats.clone(), sheets: formats }
    }

    /// These and those.
    pub fn and(&self, those: &Self) -> Self {
        Self {
            notice: self.notice.union(&those.notice).copied().collect(),
            sheets: self.sheets.union(&those.sheets).copied().collect(),
        }
    }

    /// Whether these have all of those.
    pub fn is_superset(&self, those: &Self) -> bool {
        self.notice.is_superset(&those.notice) && self.sheets.is_superset(&those.sheets)
    }

    /// The formats of both halves.
    pub fn all(&self) -> BTreeSet<Format> {
        self.notice.union(&self.sheets).copied().collect()
    }
}

/// The words of all formats.
fn words() -> [(&'static str, Format); 4] {
    Format::ALL.map(|format| (format.name(), format))
}

impl Value for Format {
    fn shape() -> Shape {
        Shape::choice(&words())
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        read_choice(node, &words(), diags).map(|format| format.value)
    }
}

impl Value for Formats {
    fn shape() -> Shape {
        let list = Shape::OneOrMore(Box::new(Format::shape()));
        Shape::Either(vec![list, Shape::Mapping(mapping_shape::<Halves>())])
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(_) => Halves::read(node, diags).map(|halves| halves.0),
            NodeKind::List(list) if list.is_empty() => {
                diags.push(empty_list("formats", &node.span));
                None
            }
            // A wrong name is reported, and the others count.
            NodeKind::List(list) => {
                let formats = list.iter().filter_map(|node| Format::read(node, diags));
                Some(Self::same(formats.collect()))
            }
            _ => Format::read(node, diags).map(|format| Self::same([format].into())),
        }
    }
}

/// Formats told for each half.
struct Halves(Formats);

impl Mapping for Halves {
    const NAME: &'static str = "formats";
    const WHAT: Words = Words::new("成品的格式（notice、sheets）", "formats (notice, sheets)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let usual = Formats::default();
        let mut half = |key, usual| match fields.filled_list(key) {
            formats if formats.is_empty() => usual,
            formats => formats.into_iter().collect(),
        };
        let notice = key(
            "notice",
            "通知的格式，不写就是 html、pdf、docx",
            "`[html, pdf, docx]` when left out",
        );
        let sheets = key(
            "sheets",
            "任务单和总表的格式，不写就是 html、pdf、xlsx",
            "also of index and breakdown; `[html, pdf, xlsx]` when left out",
        );
        let formats =
            Formats { notice: half(notice, usual.notice), sheets: half(sheets, usual.sheets) };
        Some(Self(formats))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::schema::project::ProjectRecord;
    use crate::content::yaml;
    use base::diag::Source;

    fn read(text: &str) -> (Formats, Vec<&'static str>) {
        let (document, mut diags) = yaml::parse(&Source::new("yinfa.yaml", text));
        let record = ProjectRecord::from_document(&document, &mut diags);
        (record.formats, diags.iter().map(|problem| problem.code).collect())
    }

    fn names(formats: &BTreeSet<Format>) -> String {
        formats.iter().map(|format| format.name()).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn a_list_is_for_both_a_mapping_for_each() {
        for (text, notice, sheets) in [
            ("office: a\n", "html,pdf,docx", "html,pdf,xlsx"),
            ("formats: [pdf]\n", "pdf", "pdf"),
            ("formats: pdf\n", "pdf", "pdf"),
            ("formats: [docx, html, html]\n", "html,docx", "html,docx"),
            ("formats: {sheets: [pdf, xlsx]}\n", "html,pdf,docx", "pdf,xlsx"),
            ("formats: {notice: pdf, sheets: [html]}\n", "pdf", "html"),
        ] {
            let (formats, codes) = read(text);
            assert_eq!(
                (names(&formats.notice), names(&formats.sheets)),
                (notice.into(), sheets.into()),
                "{text}"
            );
            assert!(codes.is_empty(), "{text}: {codes:?}");
        }
    }

    #[test]
    fn what_is_no_format_is_reported() {
        for (text, code) in [
            ("formats: [pdf, doc]\n", "value-unknown"),
            ("formats: doc\n", "value-unknown"),
            ("formats: {letter: [pdf]}\n", "key-unknown"),
            ("formats: {notice: []}\n", "list-empty"),
            ("formats: []\n", "list-empty"),
        ] {
            let (_, codes) = read(text);
            assert_eq!(codes, [code], "{text}");
        }
    }
}
