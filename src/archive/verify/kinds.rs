//! Every check: its id, its property, its name. docs/archive.md has the same list; a test holds the
//! two together.

use super::report::Kind;
use super::report::Property::{self, Authenticity, Completeness, Security, Usability};
use base::diag::Words;

const fn kind(id: &'static str, property: Property, zh: &'static str, en: &'static str) -> Kind {
    Kind { id, property, name: Words::new(zh, en) }
}

pub(super) static PAYLOAD_DIGESTS: Kind =
    kind("payload-digests", Authenticity, "内容文件的哈希值", "digests of the payload");
pub(super) static TAG_DIGESTS: Kind =
    kind("tag-digests", Authenticity, "标签文件的哈希值", "digests of the tag files");
pub(super) static MANIFESTS: Kind =
    kind("manifests", Authenticity, "清单的规范形式", "canonical manifests");
pub(super) static METADATA_VALUES: Kind = kind(
    "metadata-values",
    Authenticity,
    "元数据的类型、值域和字符",
    "types and ranges of metadata",
);
pub(super) static ARCHIVAL_CODE: Kind =
    kind("archival-code", Authenticity, "档号的形式和一致", "form of the archival code");
pub(super) static FILE_ATTRIBUTES: Kind = kind(
    "file-attributes",
    Authenticity,
    "文件名、大小、格式与元数据一致",
    "names, sizes and formats of files as in the metadata",
);
pub(super) static METADATA_AGREE: Kind = kind(
    "metadata-agree",
    Authenticity,
    "元数据与记录、文件一致",
    "metadata as records, files and manifest give them",
);
pub(super) static DERIVED_FILES: Kind = kind(
    "derived-files",
    Authenticity,
    "说明文件、版面测量与元数据、生成清单一致",
    "note and layout measure as metadata and manifest give them",
);
pub(super) static DOCUMENTS_AGREE: Kind = kind(
    "documents-agree",
    Authenticity,
    "排版稿、网页与元数据一致",
    "title, number and date in PDF and web page as in the metadata",
);
pub(super) static ORIGINAL_AGREES: Kind = kind(
    "original-agrees",
    Authenticity,
    "正本与元数据一致",
    "title and number in the sealed original as in the metadata",
);
pub(super) static ORIGIN_AGREES: Kind = kind(
    "origin-agrees",
    Authenticity,
    "输出文件、记录和模板与生成清单一致",
    "output, records and templates as in the build's manifest",
);
pub(super) static ORIGIN: Kind =
    kind("origin", Authenticity, "来源（登记簿）", "origin, by the register");
pub(super) static REBUILD: Kind =
    kind("rebuild", Authenticity, "由源文件重新生成", "rebuilt from the archived records");

pub(super) static DECLARATION: Kind =
    kind("declaration", Completeness, "BagIt 声明", "declaration of BagIt");
pub(super) static LABELS: Kind = kind("labels", Completeness, "包信息", "labels of the package");
pub(super) static FILES_LISTED: Kind = kind(
    "files-listed",
    Completeness,
    "列出的文件都在，在的文件都列出",
    "every listed file present, every present file listed",
);
pub(super) static FILE_LIST: Kind =
    kind("file-list", Completeness, "文件目录", "list of the payload's files");
pub(super) static METADATA_ELEMENTS: Kind =
    kind("metadata-elements", Completeness, "必备的元数据", "required elements of metadata");
pub(super) static SEALED_ORIGINAL: Kind =
    kind("sealed-original", Completeness, "盖章正本", "the sealed original");
pub(super) static COMPONENTS: Kind =
    kind("components", Completeness, "正文、附属文件和源文件", "body, parts and sources");

pub(super) static METADATA_READABLE: Kind =
    kind("metadata-readable", Usability, "元数据可读", "metadata can be read");
pub(super) static FILES_OPEN: Kind =
    kind("files-open", Usability, "文件可打开，页数一致", "files open, pages counted");
pub(super) static FORMATS: Kind =
    kind("formats", Usability, "适合长期保存的格式", "formats for long keeping");
pub(super) static FONTS_EMBEDDED: Kind =
    kind("fonts-embedded", Usability, "PDF 的字体已嵌入", "fonts of PDFs embedded");
pub(super) static PDF_ARCHIVAL: Kind =
    kind("pdf-archival", Usability, "PDF/A 标识", "the mark of PDF/A");
pub(super) static ENCRYPTION: Kind =
    kind("encryption", Usability, "没有加密", "nothing is encrypted");

pub(super) static NAMES: Kind =
    kind("names", Security, "文件名安全、规范", "names that are safe and the same everywhere");
pub(super) static PLAIN_FILES: Kind =
    kind("plain-files", Security, "没有链接和特殊文件", "no links, no special files");
pub(super) static UNCLASSIFIED: Kind = kind("unclassified", Security, "不涉密", "unclassified");
pub(super) static VIRUSES: Kind = kind("viruses", Security, "病毒", "viruses");
pub(super) static MEDIA: Kind = kind("media", Security, "载体", "the medium");
pub(super) static ACCESS_CONTROL: Kind =
    kind("access-control", Security, "访问控制", "access control");

pub(super) static PIECE_NUMBERS: Kind =
    kind("piece-numbers", Completeness, "件号连续", "no gaps in the numbers");
pub(super) static DUPLICATES: Kind =
    kind("duplicates", Authenticity, "档号、文号不重复", "no code or number twice");
pub(super) static REGISTER: Kind =
    kind("register", Authenticity, "登记簿", "the register, and every package in it");
pub(super) static VERSIONS: Kind =
    kind("versions", Authenticity, "各版相接", "every version with the one before");

/// The checks of a package, in their order.
pub static OF_BAG: [&Kind; 32] = [
    &PAYLOAD_DIGESTS,
    &TAG_DIGESTS,
    &MANIFESTS,
    &METADATA_VALUES,
    &ARCHIVAL_CODE,
    &FILE_ATTRIBUTES,
    &METADATA_AGREE,
    &DERIVED_FILES,
    &DOCUMENTS_AGREE,
    &ORIGINAL_AGREES,
    &ORIGIN_AGREES,
    &ORIGIN,
    &REBUILD,
    &DECLARATION,
    &LABELS,
    &FILES_LISTED,
    &FILE_LIST,
    &METADATA_ELEMENTS,
    &SEALED_ORIGINAL,
    &COMPONENTS,
    &METADATA_READABLE,
    &FILES_OPEN,
    &FORMATS,
    &FONTS_EMBEDDED,
    &PDF_ARCHIVAL,
    &ENCRYPTION,
    &NAMES,
    &PLAIN_FILES,
    &UNCLASSIFIED,
    &VIRUSES,
    &MEDIA,
    &ACCESS_CONTROL,
];

/// The checks of an archive, over all its packages.
pub static OF_ARCHIVE: [&Kind; 4] = [&PIECE_NUMBERS, &DUPLICATES, &VERSIONS, &REGISTER];
