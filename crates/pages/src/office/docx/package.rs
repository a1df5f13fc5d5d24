//! The package: parts, what they are, how they hang together, and the properties of the document.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::super::{Failure, Properties};
use super::page::{Feet, Page, section};
use super::paragraph::Paragraph;
use super::xml::{Element, R, W, el};
use super::{faces, styles};

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A document that grows paragraph by paragraph.
pub(super) struct Document {
    body: Vec<Element>,
    page: Page,
    feet: Feet,
    /// Whether this is still the first section: only its first page is a first page.
    first: bool,
    links: Vec<String>,
}

impl Document {
    /// An empty one.
    pub(super) fn new(page: Page, feet: Feet) -> Self {
        Self { body: Vec::new(), page, feet, first: true, links: Vec::new() }
    }

    /// Adds a paragraph.
    pub(super) fn push(&mut self, paragraph: Paragraph) {
        self.body.push(paragraph.done());
    }

    /// Adds paragraphs or tables.
    pub(super) fn extend(&mut self, elements: impl IntoIterator<Item = Element>) {
        self.body.extend(elements);
    }

    /// Goes on with pages of another kind.
    pub(super) fn turn(&mut self, page: Page) {
        let ends = section(self.page, &self.feet_ids());
        self.push(Paragraph::new(styles::END).set(ends));
        self.page = page;
        self.first = false;
    }

    /// The id of a link's address.
    pub(super) fn link(&mut self, address: &str) -> String {
        self.links.push(address.to_string());
        format!("rLink{}", self.links.len())
    }

    fn feet_ids(&self) -> Vec<(&'static str, String)> {
        let there = self.feet.iter().filter(|(pages, _)| self.first || *pages != "first");
        there.map(|(pages, _)| (*pages, format!("rFoot-{pages}"))).collect()
    }

    /// The file.
    pub(super) fn pack(self, about: &Properties) -> Result<Vec<u8>, Failure> {
        let ends = section(self.page, &self.feet_ids());
        let document = el("w:document")
            .attr("xmlns:w", W)
            .attr("xmlns:r", R)
            .with(el("w:body").with_all(self.body).with(ends));
        let mut relations = vec![
            relation("rStyles", "styles", "styles.xml"),
            relation("rSettings", "settings", "settings.xml"),
            relation("rFonts", "fontTable", "fontTable.xml"),
        ];
        let mut parts = vec![
            ("word/document.xml".to_string(), document, Some("document.main")),
            ("word/styles.xml".into(), styles::part(), Some("styles")),
            ("word/settings.xml".into(), settings(&self.feet), Some("settings")),
            ("word/fontTable.xml".into(), faces::table(), Some("fontTable")),
        ];
        for (pages, foot) in &self.feet {
            let name = format!("footer-{pages}.xml");
            relations.push(relation(&format!("rFoot-{pages}"), "footer", &name));
            parts.push((format!("word/{name}"), foot.clone(), Some("footer")));
        }
        for (place, address) in self.links.iter().enumerate() {
            let link = relation(&format!("rLink{}", place + 1), "hyperlink", address);
            relations.push(link.attr("TargetMode", "External"));
        }
        parts.push(("word/_rels/document.xml.rels".into(), relations_of(relations), None));
        parts.push(("docProps/core.xml".into(), core(about), None));
        parts.push(("docProps/custom.xml".into(), custom(about), None));
        parts.push(("_rels/.rels".into(), root_relations(), None));
        parts.insert(0, ("[Content_Types].xml".into(), content_types(&parts), None));

        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for (name, part, _) in &parts {
            zip.start_file(name.as_str(), options)?;
            zip.write_all(&part.part()?)?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

fn relation(id: &str, kind: &str, target: &str) -> Element {
    el("Relationship").attr("Id", id).attr("Type", format!("{R}/{kind}")).attr("Target", target)
}

fn relations_of(relations: Vec<Element>) -> Element {
    el("Relationships").attr("xmlns", format!("{PACKAGE}/relationships")).with_all(relations)
}

fn root_relations() -> Element {
    let core = el("Relationship")
        .attr("Id", "rCore")
        .attr("Type", format!("{PACKAGE}/relationships/metadata/core-properties"))
        .attr("Target", "docProps/core.xml");
    relations_of(vec![
        relation("rDocument", "officeDocument", "word/document.xml"),
        core,
        relation("rCustom", "custom-properties", "docProps/custom.xml"),
    ])
}

fn content_types(parts: &[(String, Element, Option<&'static str>)]) -> Element {
    let of = |name: &str, kind: String| {
        el("Override").attr("PartName", format!("/{name}")).attr("ContentType", kind)
    };
    let default = |extension: &str, kind: &str| {
        el("Default").attr("Extension", extension).attr("ContentType", kind)
    };
    let word = parts
        .iter()
        .filter_map(|(name, _, kind)| Some(of(name, format!("{WORD}.{}+xml", (*kind)?))));
    el("Types")
        .attr("xmlns", format!("{PACKAGE}/content-types"))
        .with(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .with(default("xml", "application/xml"))
        .with_all(word)
        .with(of(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml".into(),
        ))
        .with(of(
            "docProps/custom.xml",
            "application/vnd.openxmlformats-officedocument.custom-properties+xml".into(),
        ))
}

fn settings(feet: &Feet) -> Element {
    let mut settings = el("w:settings").attr("xmlns:w", W);
    if feet.iter().any(|(pages, _)| *pages == "even") {
        settings = settings.with(el("w:evenAndOddHeaders"));
    }
    // As Word 2013 and later lay out.
    let mode = el("w:compatSetting")
        .attr("w:name", "compatibilityMode")
        .attr("w:uri", "http://schemas.microsoft.com/office/word")
        .attr("w:val", 15);
    settings
        .with(super::xml::val("w:characterSpacingControl", "compressPunctuation"))
        .with(el("w:compat").with(mode))
}

fn core(about: &Properties) -> Element {
    let [year, month, day] = about.created();
    let when = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    let date = |name: &'static str| el(name).attr("xsi:type", "dcterms:W3CDTF").text(&when);
    el("cp:coreProperties")
        .attr("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .attr("xmlns:dcterms", "http://purl.org/dc/terms/")
        .attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with(el("dc:title").text(&about.title))
        .with(el("dc:creator").text(about.organ.as_deref().unwrap_or_default()))
        .with(date("dcterms:created"))
        .with(date("dcterms:modified"))
}

fn custom(about: &Properties) -> Element {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006";
    let properties = about.custom().into_iter().zip(2..).map(|((name, value), id)| {
        el("property")
            .attr("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")
            .attr("pid", id)
            .attr("name", name)
            .with(el("vt:lpwstr").text(value))
    });
    el("Properties")
        .attr("xmlns", format!("{office}/custom-properties"))
        .attr("xmlns:vt", format!("{office}/docPropsVTypes"))
        .with_all(properties)
}
