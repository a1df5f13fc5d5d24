//! Plain and quoted scalars: escapes, and line breaks folded to blanks.

use super::escape::escape;
use super::mapped::{Mapped, line_break};

/// How the scalar is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    None,
    Single,
    Double,
}

/// Decodes `text`, the scalar without its quotes, which begins at `base` in the source. `None`
/// where it holds an escape that YAML does not know.
pub(super) fn decode(text: &str, base: usize, quote: Quote) -> Option<Mapped> {
    let mut out = Mapped::default();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        match rest.as_bytes()[0] {
            b' ' | b'\t' | b'\r' | b'\n' => at += white(rest, base + at, quote, &mut out),
            b'\'' if quote == Quote::Single => {
                let width = if rest.starts_with("''") { 2 } else { 1 };
                out.made('\'', base + at..base + at + width);
                at += width;
            }
            b'\\' if quote == Quote::Double => {
                let width = line_break(&rest[1..]);
                if width > 0 {
                    // An escaped line break is nothing; only further empty lines count.
                    let from = at + 1 + width;
                    at = from + folded(&text[from..], base + from, quote, &mut out).length;
                } else {
                    let (character, width) = escape(rest)?;
                    out.made(character, base + at..base + at + width);
                    at += width;
                }
            }
            _ => {
                let special = |c: char| {
                    matches!(c, ' ' | '\t' | '\r' | '\n')
                        || (c == '\'' && quote == Quote::Single)
                        || (c == '\\' && quote == Quote::Double)
                };
                let width = rest.find(special).unwrap_or(rest.len());
                out.copy(&rest[..width], base + at);
                at += width;
            }
        }
    }
    Some(out)
}

/// Blanks and line breaks at the start of `rest`: kept within a line, folded around a break.
/// Returns how much of `rest` they are.
fn white(rest: &str, base: usize, quote: Quote, out: &mut Mapped) -> usize {
    let blanks = rest.find(|c| c != ' ' && c != '\t').unwrap_or(rest.len());
    let width = line_break(&rest[blanks..]);
    if width == 0 {
        out.copy(&rest[..blanks], base);
        return blanks;
    }
    let from = blanks + width;
    let more = folded(&rest[from..], base + from, quote, out);
    if more.breaks == 0 {
        out.made(' ', base + blanks..base + from);
    }
    from + more.length
}

struct Folded {
    length: usize,
    breaks: usize,
}

/// What follows the first line break: each empty line is a line break of the value.
fn folded(rest: &str, base: usize, quote: Quote, out: &mut Mapped) -> Folded {
    let mut at = 0;
    let mut breaks = 0;
    loop {
        let after = &rest[at..];
        let width = line_break(after);
        if width > 0 {
            out.made('\n', base + at..base + at + width);
            breaks += 1;
            at += width;
        } else if after.starts_with([' ', '\t']) {
            at += 1;
        } else if quote == Quote::None && after.starts_with('#') {
            // The parser skips a comment line within a plain text if it is indented with a tab.
            at += after.find(['\r', '\n']).unwrap_or(after.len());
        } else {
            return Folded { length: at, breaks };
        }
    }
}
