//! Diagnostics for people: the message, the lines it is about with marks under the places, and
//! what to do.
//!
//! annotate-snippets draws the lines and the marks. Two things it does not do here. It does not
//! cut long lines: it takes one window for all lines of a drawing, shows long marks whole, and
//! counts Han characters as one column where it shortens them. So it gets lines already cut (see
//! `excerpt`), and as it would count the columns in those, the frame with path, line and column
//! is written here too.

use std::sync::Arc;

use annotate_snippets::renderer as ansi;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::super::{Diagnostic, Lang, LineCol, Severity, Source, Span};
use super::excerpt::{Excerpt, Mark, excerpt};
use super::{Style, clean, cut, words};

/// However narrow the terminal says it is, a line shows at least as much.
const MIN_COLUMNS: usize = 30;

/// The width for annotate-snippets, which shall not cut once more: larger than any line and label.
const UNCUT: usize = 1 << 20;

/// A diagnostic with its places drawn, in several lines, the last without a line ending.
///
/// Notes in the file of the diagnostic are marked in the same drawing, those in other files in
/// further ones.
pub fn human(diagnostic: &Diagnostic, lang: Lang, style: Style) -> String {
    let drawings = Drawing::all(diagnostic, lang);
    let last_line = drawings.iter().map(Drawing::last_line).max().unwrap_or(1);
    let frame =
        Frame { level: level(diagnostic.severity), style, gutter: last_line.to_string().len() };

    let mut lines = vec![frame.header(diagnostic, lang)];
    for (index, drawing) in drawings.iter().enumerate() {
        if index > 0 {
            lines.push(frame.bar());
        }
        lines.push(frame.place(drawing, index == 0));
        if !drawing.is_whole_file() {
            lines.extend(frame.draw(drawing));
        }
    }
    let help = diagnostic.help.as_ref().map(|help| help.get(lang));
    let footers: Vec<String> =
        [(words::HELP.get(lang), help), (words::DETAIL.get(lang), diagnostic.detail.as_deref())]
            .into_iter()
            .filter_map(|(label, text)| Some(frame.footer(label, text?)))
            .collect();
    if !drawings.is_empty() && !footers.is_empty() {
        lines.push(frame.bar());
    }
    lines.extend(footers);
    lines.join("\n")
}

/// A place with what to say beside it.
struct Labelled<'a> {
    span: &'a Span,
    label: Option<String>,
    kind: AnnotationKind,
}

/// The places in one source.
struct Drawing<'a> {
    source: &'a Arc<Source>,
    places: Vec<Labelled<'a>>,
}

impl<'a> Drawing<'a> {
    /// One for each source, first that of the diagnostic itself.
    fn all(diagnostic: &'a Diagnostic, lang: Lang) -> Vec<Self> {
        let primary = diagnostic.span.iter().map(|span| Labelled {
            span,
            label: None,
            kind: AnnotationKind::Primary,
        });
        let notes = diagnostic.notes.iter().map(|note| Labelled {
            span: &note.span,
            label: Some(clean::one_line(note.text.get(lang))),
            kind: AnnotationKind::Context,
        });
        let mut all: Vec<Self> = Vec::new();
        for place in primary.chain(notes) {
            let source = place.span.source();
            match all.iter_mut().find(|drawing| drawing.source == source) {
                Some(drawing) => drawing.places.push(place),
                None => all.push(Self { source, places: vec![place] }),
            }
        }
        all
    }

    /// Whether the problem is the file as a whole: a mark under its first character would mislead.
    fn is_whole_file(&self) -> bool {
        let mut places = self.places.iter();
        places.all(|place| place.label.is_none() && place.span.range() == (0..0))
    }

    fn last_line(&self) -> usize {
        let ends = self.places.iter().map(|place| place.span.end().line);
        ends.max().unwrap_or(1)
    }

    /// How many columns the lines of marks that go over several lines may take.
    fn margin(&self) -> usize {
        let over_lines = |place: &&Labelled<'_>| place.span.start().line < place.span.end().line;
        match self.places.iter().filter(over_lines).count() {
            0 => 0,
            depth => depth + 1,
        }
    }

    fn excerpt(&self, columns: usize) -> Excerpt {
        let marks: Vec<Mark> = self
            .places
            .iter()
            .map(|place| Mark {
                bytes: place.span.range(),
                // The label stands a space behind its mark.
                label: place.label.as_deref().map_or(0, |l| 1 + cut::text_width(l)),
            })
            .collect();
        excerpt(self.source, &marks, columns)
    }
}

/// What is around the drawings.
struct Frame {
    level: Level<'static>,
    style: Style,
    /// The columns of the line numbers.
    gutter: usize,
}

impl Frame {
    fn header(&self, diagnostic: &Diagnostic, lang: Lang) -> String {
        let word = diagnostic.severity.name().get(lang);
        let kind = format!("{word}[{}]", diagnostic.code);
        let message = clean::one_line(diagnostic.message.get(lang));
        let kind = self.paint(&kind, level_style(diagnostic.severity));
        let message = self.paint(&format!(": {message}"), ansi::DEFAULT_EMPHASIS_STYLE);
        kind + &message
    }

    fn place(&self, drawing: &Drawing<'_>, first: bool) -> String {
        let path = clean::one_line(drawing.source.path());
        let arrow = if first { "-->" } else { ":::" };
        let arrow = self.rule(&format!("{}{arrow}", " ".repeat(self.gutter)));
        match drawing.places.first() {
            Some(place) if !drawing.is_whole_file() => {
                let LineCol { line, column } = place.span.start();
                format!("{arrow} {path}:{line}:{column}")
            }
            _ => format!("{arrow} {path}"),
        }
    }

    fn draw(&self, drawing: &Drawing<'_>) -> Vec<String> {
        let taken = self.gutter + " | ".len() + drawing.margin();
        let columns = self.style.width.saturating_sub(taken).max(MIN_COLUMNS);
        let Excerpt { text, first_line, marks, visible } = drawing.excerpt(columns);

        let last_line = first_line + text.lines().count().saturating_sub(1);
        let places = drawing.places.iter().zip(marks);
        let snippet = Snippet::source(&text)
            .line_start(first_line)
            .annotations(places.map(|(p, at)| p.kind.span(at).label(p.label.as_deref())))
            .annotations(visible.into_iter().map(|at| AnnotationKind::Visible.span(at)));
        let renderer = if self.style.color { Renderer::styled() } else { Renderer::plain() };
        let drawn = renderer
            .term_width(UNCUT)
            .render(&[Group::with_level(self.level.clone()).element(snippet)]);
        // Drawings with shorter line numbers than the longest of the diagnostic move to the right.
        let indent = " ".repeat(self.gutter.saturating_sub(last_line.to_string().len()));
        drawn.lines().map(|line| format!("{indent}{line}").trim_end().to_owned()).collect()
    }

    fn footer(&self, label: &str, text: &str) -> String {
        let mark = self.rule(&format!("{} =", " ".repeat(self.gutter)));
        let indent = " ".repeat(self.gutter + " = ".len() + cut::text_width(label));
        let text = clean::harmless(text.trim()).replace('\n', &format!("\n{indent}"));
        let label = self.paint(label, ansi::DEFAULT_EMPHASIS_STYLE);
        format!("{mark} {label}{text}")
    }

    fn bar(&self) -> String {
        self.rule(&format!("{} |", " ".repeat(self.gutter)))
    }

    fn rule(&self, text: &str) -> String {
        self.paint(text, ansi::DEFAULT_LINE_NUM_STYLE)
    }

    fn paint(&self, text: &str, style: ansi::Style) -> String {
        if self.style.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO,
    }
}

fn level_style(severity: Severity) -> ansi::Style {
    match severity {
        Severity::Error => ansi::DEFAULT_ERROR_STYLE,
        Severity::Warning => ansi::DEFAULT_WARNING_STYLE,
        Severity::Hint => ansi::DEFAULT_INFO_STYLE,
    }
}

#[cfg(test)]
mod tests;
