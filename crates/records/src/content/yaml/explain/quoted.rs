//! Mistakes with quotes.

use super::{Context, signs};
use crate::content::yaml::lines::{Line, value_start};
use crate::content::yaml::scalar::escape;
use base::diag::Diagnostic;

/// A quote that is never closed.
pub(super) fn unclosed(at: usize, context: &Context<'_>) -> Diagnostic {
    let span = context.rest_of_line(at);
    let written = context.text().get(span.range()).unwrap_or_default();
    // A Chinese input method makes the second quote a Chinese one.
    let chinese = written.contains(['”', '’', '“', '‘']);
    signs::quote_unclosed(&span, chinese)
}

/// Text behind the second quote. Where that stands on a later line than the first, it was
/// meant to open another text, and the first one is not closed.
pub(super) fn text_behind(at: usize, context: &Context<'_>) -> Diagnostic {
    let text = context.text();
    let start = value_start(text, context.last.end);
    let opens = text[start..].starts_with(['"', '\'']);
    if opens && start < Line::at(text, at).start {
        return unclosed(start, context);
    }
    signs::text_after_quote(&context.rest_of_line(at))
}

/// A backslash that begins no escape, in the scalar that begins at `at`.
pub(super) fn bad_escape(at: usize, context: &Context<'_>) -> Diagnostic {
    let text = context.text();
    let mut place = at;
    let mut from = at;
    while let Some(found) = text[from..].find('\\') {
        place = from + found;
        let rest = &text[place..];
        from = match escape(rest) {
            Some((_, width)) => place + width,
            // An escaped line break.
            None if rest[1..].starts_with(['\r', '\n']) => place + 2,
            None => break,
        };
    }
    let width = text[place..].chars().take(2).map(char::len_utf8).sum::<usize>();
    signs::escape(&context.span(place..place + width))
}
