//! The escapes of the two formats: the only way for a text to get into either.

use std::fmt;

/// Writes a text into HTML, as the content of an element or the value of an attribute in either
/// kind of quotation marks. Control characters, which HTML cannot hold, are dropped.
pub fn html(text: &str, out: &mut (impl fmt::Write + ?Sized)) -> fmt::Result {
    for c in text.chars() {
        match c {
            '&' => out.write_str("&amp;")?,
            '<' => out.write_str("&lt;")?,
            '>' => out.write_str("&gt;")?,
            '"' => out.write_str("&quot;")?,
            '\'' => out.write_str("&#39;")?,
            '\t' | '\n' => out.write_char(c)?,
            c if c.is_control() => {}
            c => out.write_char(c)?,
        }
    }
    Ok(())
}

/// Writes a text into Typst markup, as an embedded string: `#"…";`. Inside a string no markup
/// is read, no quotation mark or dash is exchanged, and no blank is merged with another; the
/// semicolon keeps what follows from being read as a continuation.
///
/// A text is one piece of a line, so line ends become blanks. An empty text is written as
/// `#none;`, which prints nothing but still separates what stands on its two sides.
///
/// Where Typst expects code, the `#` is an error that stops the build, never something that
/// runs: templates write `typst_string` there.
pub fn typst(text: &str, out: &mut (impl fmt::Write + ?Sized)) -> fmt::Result {
    if text.is_empty() {
        return out.write_str("#none;");
    }
    out.write_str("#\"")?;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_line_end(c) {
            if c == '\r' {
                let _ = chars.next_if_eq(&'\n');
            }
            out.write_char(' ')?;
        } else {
            string_char(c, out)?;
        }
    }
    out.write_str("\";")
}

/// A text as a string of Typst code, quotation marks included, with nothing changed in it.
pub(crate) fn typst_string(text: &str) -> String {
    TypstString(text).to_string()
}

struct TypstString<'a>(&'a str);

impl fmt::Display for TypstString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        self.0.chars().try_for_each(|c| string_char(c, f))?;
        f.write_str("\"")
    }
}

fn string_char(c: char, out: &mut (impl fmt::Write + ?Sized)) -> fmt::Result {
    match c {
        '\\' => out.write_str("\\\\"),
        '"' => out.write_str("\\\""),
        c if c.is_control() || is_line_end(c) => write!(out, "\\u{{{:x}}}", u32::from(c)),
        c => out.write_char(c),
    }
}

/// What Typst takes for the end of a line.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use typst::syntax::{SyntaxKind, SyntaxNode, ast, parse, parse_code};

    use super::*;

    /// Every character that means something in HTML or in Typst, and what only looks like it.
    pub(in crate::render) const SPECIAL: &str = r##"([&<>"'`#$*_=+\-/~@\\\[\](){}:;.,|^!?%0-9a区 “”　]|//|/\*|--|\.\.\.|\\u\{41\}|&amp;|<!--|https?://|#"|";){0,24}"##;

    pub(in crate::render) fn unescape_html(html: &str) -> String {
        assert!(!html.contains(['<', '>', '"', '\'']), "{html}");
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .iter()
            .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
    }

    /// The strings of a piece of Typst markup, one after the other; it must have no errors.
    pub(in crate::render) fn typst_strings(markup: &str) -> String {
        let root = parse(markup);
        assert!(!has_errors(&root), "{markup}: {:?}", root.errors_and_warnings());
        let mut strings = String::new();
        collect(&root, &mut strings);
        strings
    }

    fn has_errors(node: &SyntaxNode) -> bool {
        !node.errors_and_warnings().0.is_empty()
    }

    fn collect(node: &SyntaxNode, strings: &mut String) {
        if let Some(string) = node.cast::<ast::Str>() {
            strings.push_str(&string.get());
        }
        for child in node.children() {
            collect(child, strings);
        }
    }

    fn html_of(text: &str) -> String {
        let mut out = String::new();
        html(text, &mut out).unwrap();
        out
    }

    fn typst_of(text: &str) -> String {
        let mut out = String::new();
        typst(text, &mut out).unwrap();
        out
    }

    #[test]
    fn html_drops_control_characters() {
        assert_eq!(html_of("a\0\u{1b}\r\n\tb\u{9f}"), "a\n\tb");
    }

    #[test]
    fn typst_text_stays_on_its_line() {
        assert_eq!(typst_of("甲\r\n乙\n\r丙\u{2028}"), "#\"甲 乙  丙 \";");
        assert_eq!(typst_of("\0\t"), "#\"\\u{0}\\u{9}\";");
        assert_eq!(typst_of(""), "#none;");
    }

    #[test]
    fn typst_strings_keep_line_ends() {
        assert_eq!(typst_string("a\"\\\n\u{2029}"), r#""a\"\\\u{a}\u{2029}""#);
    }

    #[test]
    fn a_text_in_the_place_of_code_is_an_error() {
        for text in ["甲", "", "1 + 1", "panic()"] {
            assert!(has_errors(&parse_code(&typst_of(text))), "{text}");
        }
    }

    proptest! {
        #[test]
        fn html_gives_back_every_text(text in SPECIAL) {
            prop_assert_eq!(unescape_html(&html_of(&text)), text);
        }

        #[test]
        fn typst_gives_back_every_text_between_any_neighbours(
            text in SPECIAL,
            after in r##"[ a1(\[.;"'区#-]{0,1}"##
        ) {
            let markup = format!("{}{}", typst_of(&text), typst_of(&text));
            let root = parse(&markup);
            let kinds: Vec<_> = root.children().map(SyntaxNode::kind).collect();
            if text.is_empty() {
                prop_assert!(!has_errors(&root));
            } else {
                use SyntaxKind::{Hash, Semicolon, Str};
                prop_assert_eq!(kinds, [Hash, Str, Semicolon, Hash, Str, Semicolon]);
                prop_assert_eq!(typst_strings(&markup), text.repeat(2));
            }
            // Nothing that follows can be read as a part of the text.
            let alone = root.children().len();
            let followed = parse(&format!("{markup}{after}"));
            let same = root
                .children()
                .zip(followed.children())
                .all(|(a, b)| a.kind() == b.kind() && a.len() == b.len());
            prop_assert!(same && followed.children().len() >= alone);
        }

        #[test]
        fn typst_string_gives_back_every_text(text in any::<String>()) {
            prop_assert_eq!(typst_strings(&format!("#{}", typst_string(&text))), text);
        }
    }
}
