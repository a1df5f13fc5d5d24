//! Blanks at the beginning of lines, which a Chinese author uses to indent and CommonMark to
//! mark code.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::draft::{Draft, Edit};

/// The blank of the width of an ideograph.
const IDEOGRAPHIC: char = '\u{3000}';
/// The blanks in front of a line that make it code.
const CODE: usize = 4;

/// The changes to the lines of a text:
/// * a line of nothing but blanks of any kind is empty, as it looks;
/// * a line indented by ideographic blanks begins a paragraph, as in a typed document (the
///   blanks themselves go when the paragraph is built);
/// * tabs in front of a line become blanks.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    let mut previous_is_empty = true;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let content = body.trim_start();
        if content.is_empty() {
            if !body.is_empty() {
                edits.push(Edit::delete(start..start + body.len()));
            }
        } else {
            let indent = &body[..body.len() - content.len()];
            if indent.contains(IDEOGRAPHIC) && !previous_is_empty {
                edits.push(Edit::insert(start, "\n"));
            }
            expand_tabs(body, start, &mut edits);
        }
        previous_is_empty = content.is_empty();
        start += line.len();
    }
    edits
}

fn expand_tabs(line: &str, start: usize, edits: &mut Vec<Edit>) {
    let mut column = 0;
    for (at, c) in line.char_indices() {
        match c {
            '\t' => {
                let width = CODE - column % CODE;
                let at = start + at;
                edits.push(Edit::replace(at..at + 1, " ".repeat(width)));
                column += width;
            }
            ' ' | '-' | '+' | '*' | '>' => column += 1,
            _ => return,
        }
    }
}

/// Takes away the indentation that would make code of a text, and leaves the one that nests
/// lists: what the parser takes for indented code moves left until it is none. Where that is
/// impossible the code block stays, and is refused like any other.
pub(super) fn dedent(draft: &mut Draft) {
    while draft.text().contains("    ") {
        let edits = code_indents(draft.text());
        if edits.is_empty() {
            return;
        }
        draft.apply(edits);
    }
}

fn code_indents(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut block: Option<Vec<Range<usize>>> = None;
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => block = Some(Vec::new()),
            Event::Text(_) => {
                if let Some(lines) = &mut block
                    && !text[range.clone()].trim().is_empty()
                {
                    lines.push(range);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(lines) = block.take() {
                    cut_indent(text, &lines, &mut edits);
                }
            }
            _ => {}
        }
    }
    edits
}

/// Moves the lines of a code block left by the indentation of code and what they share beyond.
fn cut_indent(text: &str, lines: &[Range<usize>], edits: &mut Vec<Edit>) {
    let blanks = |line: &Range<usize>| {
        let line = &text[line.clone()];
        line.len() - line.trim_start_matches(' ').len()
    };
    let shared = lines.iter().map(blanks).min().unwrap_or(0);
    for line in lines {
        let Some(start) = line.start.checked_sub(CODE) else {
            continue;
        };
        let indent = start..line.start + shared;
        if text.as_bytes()[indent.clone()].iter().all(|&b| b == b' ') {
            edits.push(Edit::delete(indent));
        }
    }
}
