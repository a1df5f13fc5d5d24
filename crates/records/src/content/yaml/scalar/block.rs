//! Block scalars: `|` keeps its lines, `>` folds them.

use std::ops::Range;

use super::Scalar;
use super::mapped::{Mapped, line_break, line_breaks};
use crate::content::yaml::lines::value_start;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chomp {
    Clip,
    Strip,
    Keep,
}

/// The line that opens a block scalar.
struct Header {
    at: usize,
    /// The end of the signs.
    end: usize,
    chomp: Chomp,
    /// The start of the next line; the end of the text where there is none.
    body: usize,
}

/// Decodes a block scalar. The parser's span covers its content only, so the header is looked
/// for first. Returns the value and the whole range from the header to the last line of text.
pub(super) fn decode(scalar: &Scalar<'_>, fold: bool) -> Option<(Mapped, Range<usize>)> {
    let text = scalar.source.text();
    let header = header(text, scalar)?;
    let mut out = Mapped::default();
    // A line of content holds at least one other character.
    if scalar.value.bytes().all(|b| b == b'\n') {
        empty(text, &header, scalar, &mut out);
        return Some((out, header.at..header.end));
    }
    for place in line_breaks(text, header.body.min(scalar.range.start)..scalar.range.start) {
        out.made('\n', place);
    }
    let end = content(text, scalar, &header, fold, &mut out);
    Some((out, header.at..end))
}

fn header(text: &str, scalar: &Scalar<'_>) -> Option<Header> {
    let at = value_start(text, scalar.after);
    if !text[at..].starts_with(['|', '>']) {
        return None;
    }
    let rest = &text[at + 1..];
    let signs = rest.find(|c: char| !matches!(c, '+' | '-' | '1'..='9')).unwrap_or(rest.len());
    let chomp = match &rest[..signs] {
        signs if signs.contains('-') => Chomp::Strip,
        signs if signs.contains('+') => Chomp::Keep,
        _ => Chomp::Clip,
    };
    let end = at + 1 + signs;
    let body = text[end..]
        .find(['\r', '\n'])
        .map_or(text.len(), |found| end + found + line_break(&text[end + found..]));
    Some(Header { at, end, chomp, body })
}

/// A block without a line of text: at most empty lines are kept.
fn empty(text: &str, header: &Header, scalar: &Scalar<'_>, out: &mut Mapped) {
    if header.chomp != Chomp::Keep {
        return;
    }
    let end = scalar.range.end;
    let breaks = line_breaks(text, header.body.min(end)..end);
    let unfinished_line = breaks.is_empty() && header.body < end && end == text.len();
    for place in breaks {
        out.made('\n', place);
    }
    if unfinished_line {
        // Blanks without a line break at the end of the file count as a line.
        out.made('\n', end..end);
    }
}

/// The lines of content from the start of the parser's span on; returns where the text ends.
fn content(
    text: &str,
    scalar: &Scalar<'_>,
    header: &Header,
    fold: bool,
    out: &mut Mapped,
) -> usize {
    let end = scalar.range.end;
    let mut at = scalar.range.start;
    let mut previous_blank = false;
    let mut pending: Vec<Range<usize>> = Vec::new();
    loop {
        let line = &text[at..];
        let blank = line.starts_with([' ', '\t']);
        if fold && !pending.is_empty() && !previous_blank && !blank {
            // One break is a blank; the first of several vanishes.
            if let [only] = pending.as_slice() {
                out.made(' ', only.clone());
            }
            for place in pending.drain(..).skip(1) {
                out.made('\n', place);
            }
        }
        for place in pending.drain(..) {
            out.made('\n', place);
        }
        previous_blank = blank;
        let width = line.find(['\r', '\n']).unwrap_or(line.len());
        out.copy(&line[..width], at);
        let text_end = at + width;
        at = text_end;
        match next_line(text, &mut at, scalar, &mut pending) {
            true if at < end => {}
            _ => {
                chomp(text, header.chomp, text_end, pending, out);
                return text_end;
            }
        }
    }
}

/// Goes over the line break and the empty lines at `at`, and over the indentation of the next
/// line; whether that is indented as deep as the block.
fn next_line(
    text: &str,
    at: &mut usize,
    scalar: &Scalar<'_>,
    pending: &mut Vec<Range<usize>>,
) -> bool {
    loop {
        let width = line_break(&text[*at..]);
        if width == 0 {
            return false;
        }
        pending.push(*at..*at + width);
        *at += width;
        let indent = text[*at..].bytes().take(scalar.column).take_while(|&b| b == b' ').count();
        *at += indent;
        if line_break(&text[*at..]) == 0 {
            return indent == scalar.column;
        }
    }
}

/// The line breaks at the end, as the header wants them.
fn chomp(
    text: &str,
    chomp: Chomp,
    text_end: usize,
    mut breaks: Vec<Range<usize>>,
    out: &mut Mapped,
) {
    if breaks.is_empty() && text_end == text.len() {
        // The last line of the file counts as finished.
        breaks.push(text_end..text_end);
    }
    let kept = match chomp {
        Chomp::Strip => 0,
        Chomp::Clip => 1,
        Chomp::Keep => breaks.len(),
    };
    for place in breaks.into_iter().take(kept) {
        out.made('\n', place);
    }
}
