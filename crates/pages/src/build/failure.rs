//! Where in a project's templates a mistake is that Typst found in what was made from them.

use crate::render::Templates;
use base::diag::{Diagnostics, Source, Span};

/// Gives Typst's problems a place in the templates: the file that Typst names, or, in the
/// `generated` source of a document, the line of its template `name` that reads the same.
pub(super) fn locate(
    diags: Diagnostics,
    name: &str,
    generated: &str,
    templates: &Templates,
) -> Diagnostics {
    let mut located = Diagnostics::new();
    located.extend(diags.into_iter().map(|diagnostic| {
        let place = diagnostic.detail.as_deref().and_then(|d| place(d, name, generated, templates));
        match place {
            Some(place) if diagnostic.span.is_none() => diagnostic.at(&place),
            _ => diagnostic,
        }
    }));
    located
}

fn place(detail: &str, name: &str, generated: &str, templates: &Templates) -> Option<Span> {
    let (file, line, column) = detail.lines().find_map(named_place)?;
    if file != "/main.typ" {
        let source = templates.source(&format!("typst{file}"))?;
        return span_of(source, line, column);
    }
    let source = templates.source(name)?;
    let wrong = generated.lines().nth(line.checked_sub(1)?)?.trim();
    let same = source.text().lines().position(|line| line.trim() == wrong && !wrong.is_empty());
    match same {
        Some(at) => span_of(source, at + 1, column),
        // The line was made from data; the file is all that can be said.
        None => Some(Span::file(source.clone())),
    }
}

/// `/layout.typ:12:3` at the start of a line of Typst's words.
fn named_place(line: &str) -> Option<(&str, usize, usize)> {
    let mut parts = line.trim().rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let number = parts.next()?.parse().ok()?;
    let file = parts.next()?;
    (file.starts_with('/') && file.ends_with(".typ")).then_some((file, number, column))
}

fn span_of(source: &std::sync::Arc<Source>, line: usize, column: usize) -> Option<Span> {
    let range = source.line(line)?;
    let text = source.text().get(range.clone())?;
    let at = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    Some(Span::new(source.clone(), range.start + at..range.end))
}

#[cfg(test)]
mod tests {
    use super::named_place;

    #[test]
    fn places_in_typsts_words() {
        assert_eq!(named_place("/layout.typ:12:3"), Some(("/layout.typ", 12, 3)));
        assert_eq!(named_place("  /main.typ:1:1"), Some(("/main.typ", 1, 1)));
        assert_eq!(named_place("cannot add: 1:2"), None);
        assert_eq!(named_place("unknown variable: x"), None);
    }
}
