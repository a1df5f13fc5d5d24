//! What the elements of a page mean for its text.

use html5ever::tokenizer::Tag;

/// Elements without an end.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 44] = [
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "aside",
    "main",
    "form",
    "fieldset",
    "figure",
    "figcaption",
    "blockquote",
    "pre",
    "address",
    "hr",
    "body",
    "html",
    "title",
    "option",
    "center",
    "details",
    "summary",
];

/// Elements that only say how words look. Pages leave thousands of them open.
const LOOKS: [&str; 14] = [
    "font", "span", "b", "strong", "i", "em", "u", "big", "small", "tt", "code", "label", "abbr",
    "ins",
];

/// What an element says about the words in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The page shows nothing of it.
    pub(super) hidden: bool,
    /// Its words are struck out.
    pub(super) struck: bool,
    /// Its words are the site's.
    pub(super) site: bool,
    pub(super) heading: bool,
    pub(super) link: bool,
    pub(super) raised: bool,
    /// Line breaks in it count.
    pub(super) preformatted: bool,
    pub(super) form: bool,
    /// Its words are no words: scripts and styles.
    pub(super) code: bool,
}

impl Meaning {
    pub(super) fn of(tag: &Tag) -> Self {
        let name = &*tag.name;
        let style: String = attribute(tag, "style")
            .unwrap_or_default()
            .to_ascii_lowercase()
            .split_whitespace()
            .collect();
        let hides = ["display:none", "visibility:hidden", "mso-hide:all"];
        Self {
            hidden: attribute(tag, "hidden").is_some()
                || hides.iter().any(|rule| style.contains(rule)),
            struck: matches!(name, "del" | "s" | "strike") || style.contains("line-through"),
            site: matches!(
                name,
                "title"
                    | "nav"
                    | "footer"
                    | "aside"
                    | "select"
                    | "button"
                    | "textarea"
                    | "noscript"
                    | "template"
                    | "svg"
            ),
            heading: matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"),
            link: name == "a",
            raised: name == "sup",
            preformatted: name == "pre",
            form: name == "form",
            code: matches!(name, "script" | "style"),
        }
    }
}

pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

pub(super) fn is_look(name: &str) -> bool {
    LOOKS.contains(&name)
}

/// Whether an open element ends where `next` begins.
pub(super) fn ends_before(open: &str, next: &str) -> bool {
    match open {
        "p" => is_block(next),
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "td" | "th" => matches!(next, "td" | "th" | "tr"),
        "tr" => next == "tr",
        "option" => next == "option",
        _ => false,
    }
}

/// Whether an element keeps what begins in it from ending what is open around it.
pub(super) fn shields(open: &str, next: &str) -> bool {
    matches!(open, "table" | "caption")
        || (matches!(open, "td" | "th") && !matches!(next, "td" | "th" | "tr"))
        || (matches!(open, "ul" | "ol") && next == "li")
        || (open == "dl" && matches!(next, "dt" | "dd"))
}

pub(super) fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.trim())
}
