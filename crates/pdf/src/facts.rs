//! What a PDF says of itself: pages, fonts, the mark of PDF/A, whether it is encrypted; and its
//! text.

use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::read::{guarded, pages};
use base::diag::Diagnostic;

/// How deep mappings inside mappings are looked at for fonts.
const DEPTH: usize = 6;

/// What a PDF says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PdfFacts {
    /// Pages.
    pub pages: u32,
    /// Names of fonts that are not embedded.
    pub loose_fonts: Vec<String>,
    /// How many fonts there are.
    pub fonts: usize,
    /// The mark of PDF/A in its XMP metadata: part and conformance, `2A`.
    pub pdf_a: Option<String>,
    /// The part of PDF/UA in its XMP metadata.
    pub pdf_ua: Option<String>,
    /// Whether it is encrypted, even with an empty password.
    pub encrypted: bool,
    /// The date it was made at by its own words: year, month, day.
    pub created: Option<(u16, u8, u8)>,
}

impl PdfFacts {
    /// What metadata call the format: `PDF/A-2A` or `PDF`.
    pub fn format(&self) -> String {
        match &self.pdf_a {
            Some(mark) => format!("PDF/A-{mark}"),
            None => "PDF".into(),
        }
    }

    /// The names of the standards it says to keep, as `yinfa build --pdf-standard` takes them.
    pub fn standards(&self) -> Vec<String> {
        let a = self.pdf_a.as_ref().map(|mark| format!("a-{}", mark.to_ascii_lowercase()));
        let ua = self.pdf_ua.as_ref().map(|part| format!("ua-{part}"));
        a.into_iter().chain(ua).collect()
    }
}

/// Why a file cannot be read as a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It wants a password.
    Locked,
    /// It is no PDF, or it is damaged.
    Damaged,
}

/// Reads what a PDF says of itself.
///
/// # Errors
/// Why the file cannot be read.
pub fn facts(bytes: Vec<u8>) -> Result<PdfFacts, Unreadable> {
    guarded(|| read(bytes)).unwrap_or(Err(Unreadable::Damaged))
}

fn read(bytes: Vec<u8>) -> Result<PdfFacts, Unreadable> {
    let encrypted = mentions_encryption(&bytes);
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Unreadable::Locked,
        LoadPdfError::Invalid => Unreadable::Damaged,
    })?;
    let mut fonts = Fonts::default();
    for object in pdf.objects() {
        fonts.look(object, DEPTH);
    }
    let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    let xmp = root.and_then(|root| root.get::<Stream<'_>>("Metadata"));
    let xmp = xmp.and_then(|stream| stream.decoded().ok().map(|data| data.into_owned()));
    let marks = xmp.map(|xmp| marks(&String::from_utf8_lossy(&xmp))).unwrap_or_default();
    let created = pdf.metadata().creation_date.map(|d| (d.year, d.month, d.day));
    fonts.loose.sort();
    fonts.loose.dedup();
    Ok(PdfFacts {
        pages: u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX),
        loose_fonts: fonts.loose,
        fonts: fonts.count,
        pdf_a: marks.part.map(|part| part + &marks.conformance.unwrap_or_default()),
        pdf_ua: marks.ua,
        encrypted,
        created,
    })
}

/// The text that a PDF prints, without white space, and how many pages it has.
///
/// # Errors
/// The file is no PDF, is damaged or wants a password.
pub fn printed_text(bytes: Vec<u8>, name: &str) -> Result<(String, usize), Diagnostic> {
    let pages = pages(bytes, name)?;
    let glyphs = pages.iter().flat_map(|page| &page.runs).flat_map(|run| &run.glyphs);
    let text = glyphs.flat_map(|glyph| glyph.text.chars()).filter(|c| !c.is_whitespace());
    Ok((text.collect(), pages.len()))
}

/// Whether the file says anywhere that it is encrypted. hayro opens files with an empty password
/// without a word.
fn mentions_encryption(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"/Encrypt";
    let ends = |next: Option<&u8>| next.is_none_or(|b| b.is_ascii_whitespace() || *b == b'<');
    let mut windows = bytes.windows(KEY.len()).enumerate();
    windows.any(|(at, window)| window == KEY && ends(bytes.get(at + KEY.len())))
}

/// Fonts as they are found.
#[derive(Default)]
struct Fonts {
    count: usize,
    loose: Vec<String>,
}

impl Fonts {
    fn look(&mut self, object: Object<'_>, depth: usize) {
        let dict = match object {
            Object::Dict(dict) => dict,
            Object::Stream(stream) => stream.dict().clone(),
            _ => return,
        };
        let is = |key: &str, value: &str| {
            dict.get::<Name<'_>>(key).is_some_and(|name| name.as_ref() == value.as_bytes())
        };
        // A Type 0 font has its file in a descendant, a Type 3 font in itself.
        if is("Type", "Font") && !is("Subtype", "Type0") {
            self.count += 1;
            if !is("Subtype", "Type3") && !is_embedded(&dict) {
                let name = dict.get::<Name<'_>>("BaseFont");
                let name = name.map(|name| String::from_utf8_lossy(name.as_ref()).into_owned());
                self.loose.push(name.unwrap_or_else(|| "?".into()));
            }
        }
        if depth == 0 {
            return;
        }
        // Only what stands inside this object: what is referred to is an object of its own.
        for key in dict.keys() {
            if dict.get_ref(&key).is_some() {
                continue;
            }
            if let Some(inner) = dict.get::<Dict<'_>>(&key) {
                self.look(Object::Dict(inner), depth - 1);
            } else if key.as_ref() == b"DescendantFonts"
                && let Some(array) = dict.get::<Array<'_>>(&key)
            {
                for entry in array.raw_iter() {
                    if let MaybeRef::NotRef(inner) = entry {
                        self.look(inner, depth - 1);
                    }
                }
            }
        }
    }
}

fn is_embedded(font: &Dict<'_>) -> bool {
    let descriptor = font.get::<Dict<'_>>("FontDescriptor");
    descriptor.is_some_and(|descriptor| {
        ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| descriptor.contains_key(key))
    })
}

/// The marks of standards in XMP metadata.
#[derive(Debug, Default, PartialEq, Eq)]
struct Marks {
    part: Option<String>,
    conformance: Option<String>,
    ua: Option<String>,
}

/// Reads the marks, which stand as elements or as attributes.
fn marks(xmp: &str) -> Marks {
    let mut marks = Marks::default();
    let mut open: Vec<String> = Vec::new();
    let mut reader = Reader::from_str(xmp);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) if open.len() > 100 => drop(tag),
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                for attribute in tag.attributes().filter_map(Result::ok) {
                    marks.note(attribute.key.as_ref(), &attribute.value);
                }
                if matches!(event, Event::Start(_)) {
                    open.push(tag.name().as_ref().to_string());
                }
            }
            Event::Text(text) => {
                if let Some(name) = open.last() {
                    marks.note(name, &text);
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    marks
}

impl Marks {
    fn note(&mut self, name: &str, value: &str) {
        let value = value.trim();
        // A part is a digit, a conformance a letter: anything else is no mark.
        if value.is_empty() || value.len() > 2 || !value.bytes().all(|b| b.is_ascii_alphanumeric())
        {
            return;
        }
        let place = match name {
            "pdfaid:part" => &mut self.part,
            "pdfaid:conformance" => &mut self.conformance,
            "pdfuaid:part" => &mut self.ua,
            _ => return,
        };
        place.get_or_insert_with(|| value.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_as_elements_and_as_attributes() {
        let elements = "<x:xmpmeta><rdf:Description><pdfaid:part>2</pdfaid:part>\
            <pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\
            </rdf:Description></x:xmpmeta>";
        let attributes =
            "<rdf:Description pdfaid:part=\"2\" pdfaid:conformance=\"A\" pdfuaid:part='1'/>";
        for xmp in [elements, attributes] {
            let marks = marks(xmp);
            assert_eq!(marks.part.as_deref(), Some("2"), "{xmp}");
            assert_eq!(marks.conformance.as_deref(), Some("A"), "{xmp}");
            assert_eq!(marks.ua.as_deref(), Some("1"), "{xmp}");
        }
        assert_eq!(marks("<a><b></a>"), Marks::default());
    }

    #[test]
    fn standards_by_their_names() {
        let facts =
            PdfFacts { pdf_a: Some("2A".into()), pdf_ua: Some("1".into()), ..PdfFacts::default() };
        assert_eq!(facts.format(), "PDF/A-2A");
        assert_eq!(facts.standards(), ["a-2a", "ua-1"]);
        assert_eq!(PdfFacts::default().format(), "PDF");
    }

    #[test]
    fn encryption_is_a_key_of_its_own() {
        assert!(mentions_encryption(b"trailer << /Encrypt 5 0 R >>"));
        assert!(mentions_encryption(b"<</Encrypt<</V 5>>>>"));
        assert!(!mentions_encryption(b"/EncryptMetadata false"));
        assert_eq!(facts(b"no pdf".to_vec()), Err(Unreadable::Damaged));
    }
}
