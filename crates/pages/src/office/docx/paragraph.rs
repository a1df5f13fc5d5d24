//! Paragraphs and runs.

use super::faces::Face;
use super::xml::{Element, el, val};

/// The order that the schema wants of a paragraph's properties.
const ORDER: [&str; 14] = [
    "w:pStyle",
    "w:keepNext",
    "w:keepLines",
    "w:pageBreakBefore",
    "w:framePr",
    "w:pBdr",
    "w:tabs",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:outlineLvl",
    "w:rPr",
    "w:sectPr",
];

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    properties: Vec<Element>,
    runs: Vec<Element>,
}

impl Paragraph {
    /// An empty one of a style, by its id.
    pub(super) fn new(style: &'static str) -> Self {
        Self::default().set(val("w:pStyle", style))
    }

    /// Sets a property; an earlier one of the same name goes.
    pub(super) fn set(mut self, property: Element) -> Self {
        self.properties.retain(|old| old.name() != property.name());
        self.properties.push(property);
        self
    }

    /// Adds a text in the style's own face.
    pub(super) fn text(self, words: &str) -> Self {
        self.runs(Run::default().text(words))
    }

    /// Adds runs.
    pub(super) fn runs(mut self, runs: impl IntoIterator<Item = Element>) -> Self {
        self.runs.extend(runs);
        self
    }

    /// Adds lines with breaks between.
    pub(super) fn lines(mut self, lines: &[String]) -> Self {
        for (place, line) in lines.iter().enumerate() {
            if place > 0 {
                self.runs.push(line_break());
            }
            self = self.text(line);
        }
        self
    }

    /// Adds a tabulator.
    pub(super) fn tab(self) -> Self {
        self.runs([el("w:r").with(el("w:tab"))])
    }

    /// Begins a page.
    pub(super) fn on_new_page(self) -> Self {
        self.set(el("w:pageBreakBefore"))
    }

    /// Stays on a page with what follows.
    pub(super) fn keep_with_next(self) -> Self {
        self.set(el("w:keepNext"))
    }

    /// Stands in from the right, at the right.
    pub(super) fn at_right(self, twips: i32) -> Self {
        let indent = el("w:ind").attr("w:right", twips).attr("w:firstLine", 0);
        self.set(val("w:jc", "right")).set(indent.attr("w:firstLineChars", 0))
    }

    /// As an element.
    pub(super) fn done(mut self) -> Element {
        let place = |e: &Element| ORDER.iter().position(|name| *name == e.name());
        self.properties.sort_by_key(|property| place(property));
        el("w:p").with(el("w:pPr").with_all(self.properties)).with_all(self.runs)
    }
}

/// How a run looks, where that is not its paragraph's style.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    /// The id of a character style.
    pub(super) style: Option<&'static str>,
    /// Another face.
    pub(super) face: Option<Face>,
    /// Another size, in half points.
    pub(super) size: Option<i32>,
    /// How wide its letters are, in percent.
    pub(super) wide: Option<i32>,
    /// A line below.
    pub(super) underlined: bool,
}

impl Run {
    /// A text. Line ends and tabulators inside are blanks, as in every other format.
    pub(super) fn text(self, words: &str) -> Option<Element> {
        if words.is_empty() {
            return None;
        }
        let words = words.replace(['\n', '\t'], " ");
        Some(self.holding(el("w:t").attr("xml:space", "preserve").text(&words)))
    }

    fn holding(self, content: Element) -> Element {
        let mut properties = el("w:rPr");
        if let Some(style) = self.style {
            properties = properties.with(val("w:rStyle", style));
        }
        // Quotation marks are Chinese ones.
        let fonts = self.face.map_or_else(|| el("w:rFonts"), Face::fonts);
        properties = properties.with(fonts.attr("w:hint", "eastAsia"));
        if let Some(percent) = self.wide {
            properties = properties.with(val("w:w", percent));
        }
        if let Some(size) = self.size {
            properties = properties.with(val("w:sz", size)).with(val("w:szCs", size));
        }
        if self.underlined {
            properties = properties.with(val("w:u", "single"));
        }
        el("w:r").with(properties).with(content)
    }
}

/// A line break.
pub(super) fn line_break() -> Element {
    el("w:r").with(el("w:br"))
}

/// A field that a program fills in: `PAGE`, `NUMPAGES`.
pub(super) fn field(name: &'static str) -> Element {
    el("w:fldSimple").attr("w:instr", name).with(el("w:r").with(el("w:t").text("1")))
}
