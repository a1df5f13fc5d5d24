//! The mistakes that can be seen in a line as it stands.

use std::sync::Arc;

use super::{Context, signs, words};
use crate::content::yaml::lines::Line;
use base::diag::{Diagnostic, Source, Span};

/// How long the name before a colon may be to be taken for one, in characters.
const LONGEST_NAME: usize = 24;

/// The first line with a known mistake, from the last part that was read on to `at`.
pub(super) fn mistake_before(at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    // A text that goes on over several lines may have swallowed them.
    let swallowed =
        context.last_style.is_some() && context.last.end >= Line::at(context.text(), at).start;
    let from = if swallowed { context.last.start } else { context.last.end };
    Line::between(context.text(), from.min(at)..at)
        .iter()
        .find_map(|line| line_mistake(context.source, line, from.min(at)))
}

/// A mistake in the indentation, the dash or the colon of a line. A line whose text was read
/// before `from` is not looked at.
pub(in crate::content::yaml) fn line_mistake(
    source: &Arc<Source>,
    line: &Line<'_>,
    from: usize,
) -> Option<Diagnostic> {
    let entry = line.entry_start();
    let span = |start: usize, width: usize| Span::new(source.clone(), start..start + width);
    if from > entry || line.from(entry).starts_with('#') {
        return None;
    }
    let indent = &line.text[..line.indent()];
    if indent.len() < line.text.len()
        && let Some((at, blank)) = indent.char_indices().find(|&(_, c)| c != ' ')
    {
        let place = span(line.start + at, blank.len_utf8());
        return Some(match blank {
            '\t' => words::tab_indent(&place),
            _ => words::fullwidth_blank(&place),
        });
    }
    let body = line.from(entry);
    let behind_dash = body.strip_prefix('-').and_then(|rest| rest.chars().next());
    if let Some(c) = behind_dash
        && c != '-'
        && c != ' '
        && !c.is_ascii_digit()
    {
        return Some(words::dash_needs_blank(&span(entry, 1)));
    }
    let (at, colon) = name_and_colon(body)?;
    let place = span(entry + at, colon.len_utf8());
    Some(match colon {
        '：' => words::fullwidth_colon(&place),
        _ => words::colon_needs_blank(&place),
    })
}

/// The colon that ends the name at the start of `body` but is not one for YAML: a full-width
/// one, or one without a blank behind it.
fn name_and_colon(body: &str) -> Option<(usize, char)> {
    if body.contains(": ") || body.ends_with(':') || body.starts_with(['"', '\'', '[', '{']) {
        return None;
    }
    let (at, colon) = body.char_indices().find(|&(_, c)| matches!(c, '：' | ':'))?;
    let name = body[..at].trim_end();
    let is_name = !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.contains(['，', '。', '；', '、', '！', '？', '“', '”', ',', ';'])
        && !name.chars().all(|c| c.is_ascii_digit());
    let is_address = colon == ':' && body[at + 1..].starts_with("//");
    (is_name && !is_address).then_some((at, colon))
}

/// A tab in the indentation of the line at `at` or, where a text runs on, of a later one.
pub(super) fn tab(at: usize, context: &Context<'_>) -> Diagnostic {
    let text = context.text();
    let indented = Line::between(text, at..text.len())
        .iter()
        .find_map(|line| line.text[..line.indent()].find('\t').map(|tab| line.start + tab));
    words::tab_indent(&context.sign(indented.unwrap_or(at)))
}

/// A colon where none can be: a second one in the line, or one in a line that is indented as
/// if it went on with the text above.
pub(super) fn second_colon(at: usize, context: &Context<'_>) -> Diagnostic {
    let line = Line::at(context.text(), at);
    let entry = line.entry_start();
    let before = context.text().get(entry..at).unwrap_or_default();
    if before.contains(": ") || before.starts_with(['"', '\'']) {
        words::colon_in_text(&context.sign(at))
    } else {
        words::indent(&context.body(&line))
    }
}

/// Something wrong inside brackets: mostly, that they are never closed.
pub(super) fn bracket(open: usize, at: usize, context: &Context<'_>) -> Diagnostic {
    let line = Line::at(context.text(), open);
    let rest = line.from(open);
    let closed = rest.contains(if rest.starts_with('[') { ']' } else { '}' });
    if closed {
        signs::bracket_syntax(&context.rest_of_line(at))
    } else {
        signs::bracket_unclosed(&context.sign(open))
    }
}

/// Whether a line above, up to the last blank one, begins in the same column.
pub(super) fn is_aligned(line: &Line<'_>, context: &Context<'_>) -> bool {
    Line::between(context.text(), 0..line.start.saturating_sub(1))
        .iter()
        .rev()
        .filter(|above| above.start < line.start && !above.body().is_empty())
        .take_while(|above| above.indent() >= line.indent())
        .any(|above| above.indent() == line.indent())
}
