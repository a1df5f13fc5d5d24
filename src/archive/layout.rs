//! What stands where in a package.
//!
//! ```text
//! 0012-WS·2025-D30-BGS-0001/
//!     bagit.txt  bag-info.txt  manifest-*.txt  tagmanifest-*.txt
//!     data/说明文件.TXT
//!     data/文件目录.XML
//!     data/电子档案/2025/0012-WS·2025-D30-BGS-0001/   the document
//!     data/其他/                                      what it was made from
//! ```

use unicode_normalization::UnicodeNormalization as _;

use super::code::ArchivalCode;
use base::disk::{file_name, is_escaped};

/// The note for people.
pub(crate) const READ_ME: &str = "data/说明文件.TXT";
/// The list of the payload's files.
pub const LIST: &str = "data/文件目录.XML";
/// The folder of documents.
pub(crate) const DOCUMENTS: &str = "data/电子档案";
/// The manifest of the build.
pub const BUILD_MANIFEST: &str = "data/其他/manifest.json";
/// How the notice's pages met the standard.
pub(crate) const MEASURE: &str = "data/其他/版面测量.json";
/// Records and templates: a project that can be built.
pub const SOURCES: &str = "data/其他/源文件";
/// The metadata as XML, in the document's folder.
pub const XML: &str = "元数据.xml";
/// The same as JSON.
pub const JSON: &str = "元数据.json";

/// How the names of packages without an archival code begin.
pub(crate) const PRE_ARCHIVED: &str = "预归档_";

/// What a file of the document is. The names stand in the metadata.
pub mod role {
    /// The sealed original.
    pub(crate) const ORIGINAL: &str = "正本";
    /// The final draft.
    pub(crate) const FINAL_DRAFT: &str = "定稿";
    /// The approval sheet.
    pub(crate) const APPROVAL_SHEET: &str = "发文稿纸";
    /// Our notice.
    pub const NOTICE: &str = "排版稿";
    /// The notice in a format that can be edited, for whoever goes on working with it.
    pub(crate) const EDITABLE: &str = "编辑稿";
    /// The web page.
    pub const PAGE: &str = "网页";
    /// The web page's body for pasting.
    pub(crate) const PAGE_BODY: &str = "网页正文";
    /// A unit's task sheet.
    pub const SHEET: &str = "任务单";
    /// The index of the sheets.
    pub(crate) const INDEX: &str = "任务单目录";
    /// Anything else among the output.
    pub(crate) const OTHER: &str = "附属文件";
}

/// The folder of the sheets inside the document's.
const SHEETS: &str = "任务单";

/// The role and the name, below the document's folder, of a file among the output: by the kind
/// and the path that the manifest gives it. Links between the pages of the sheets stay good, since
/// they stand to one another as before.
pub fn place(kind: &str, path: &str) -> (&'static str, String) {
    // public/ and internal/ say who may see a file on the web, which is no matter here.
    let inner = path.split_once('/').map_or(path, |(_, inner)| inner);
    let extension = inner.rsplit_once('.').map_or("", |(_, extension)| extension);
    match kind {
        "notice" if extension == "html" => (role::PAGE, "网页.html".into()),
        "notice" if extension == "pdf" => (role::NOTICE, "排版稿.pdf".into()),
        "notice" => (role::EDITABLE, format!("编辑稿.{extension}")),
        "notice-body" => (role::PAGE_BODY, format!("网页正文.{extension}")),
        "sheet" => (role::SHEET, below_sheets(inner)),
        "index" => (role::INDEX, below_sheets(inner)),
        _ => (role::OTHER, inner.into()),
    }
}

/// The name that a file of the output has in a package: its own, in NFC. Where tools for BagIt would
/// read it in different ways, `%` is full-width.
pub(crate) fn file_in_package(name: &str) -> String {
    let name: String = name.nfc().collect();
    if is_escaped(&name) { name.replace('%', "％") } else { name }
}

fn below_sheets(inner: &str) -> String {
    format!("{SHEETS}/{}", inner.strip_prefix("tasks/").unwrap_or(inner))
}

/// What the document is called: its archival code, or, without one, its number or id.
pub(crate) fn document_name(code: Option<&ArchivalCode>, number_or_id: &str) -> String {
    match code {
        Some(code) => code.to_string(),
        None => file_name(&format!("{PRE_ARCHIVED}{number_or_id}")),
    }
}

/// The name of a package: the document's, and from the second version on the version.
pub fn bag_name(document: &str, version: u32) -> String {
    match version {
        0 | 1 => document.into(),
        _ => format!("{document}_v{version}"),
    }
}

/// The document's folder inside the bag.
pub fn document_folder(year: &str, document: &str) -> String {
    format!("{DOCUMENTS}/{year}/{document}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_finds_its_place_by_kind() {
        for (kind, path, role, name) in [
            ("notice", "public/notice.pdf", role::NOTICE, "排版稿.pdf"),
            ("notice", "internal/notice.docx", role::EDITABLE, "编辑稿.docx"),
            ("notice", "public/notice.html", role::PAGE, "网页.html"),
            ("notice-body", "public/notice.body.html", role::PAGE_BODY, "网页正文.html"),
            ("sheet", "internal/tasks/东山镇.pdf", role::SHEET, "任务单/东山镇.pdf"),
            ("index", "internal/tasks/index.html", role::INDEX, "任务单/index.html"),
            ("breakdown", "internal/任务分解总表.xlsx", role::OTHER, "任务分解总表.xlsx"),
            ("new-kind", "internal/a/b.bin", role::OTHER, "a/b.bin"),
        ] {
            assert_eq!(place(kind, path), (role, name.to_string()));
        }
    }

    #[test]
    fn names_are_kept_where_all_tools_read_them_alike() {
        assert_eq!(file_in_package("任务单/甲%办.pdf"), "任务单/甲%办.pdf");
        assert_eq!(file_in_package("任务单/甲%0a%办.pdf"), "任务单/甲％0a％办.pdf");
        assert_eq!(file_in_package("e\u{301}.pdf"), "é.pdf");
    }

    #[test]
    fn names() {
        let code = ArchivalCode::parse("0012-WS·2025-D30-BGS-0001").unwrap();
        let document = document_name(Some(&code), "青数办〔2025〕3号");
        assert_eq!(bag_name(&document, 1), "0012-WS·2025-D30-BGS-0001");
        assert_eq!(bag_name(&document, 2), "0012-WS·2025-D30-BGS-0001_v2");
        assert_eq!(document_name(None, "2025/要点"), "预归档_2025／要点");
    }
}
