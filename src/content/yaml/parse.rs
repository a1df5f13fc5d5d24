//! Events of the parser to the located tree.

use std::ops::Range;
use std::sync::Arc;

use granit_parser::{
    Event, Parser, ScalarStyle, ScanError, Span as Place, StructureStyle, Tag, options,
};

use super::build::{Builder, Collection};
use super::explain::{Context, explain};
use super::folds::join_chinese;
use super::lines::Line;
use super::node::{Comment, Document, Node, NodeKind};
use super::refuse;
use super::scalar::Scalar;
use super::suspect;
use crate::diag::{Diagnostic, Diagnostics, Source, SourceText};

/// Reads a YAML file into a located tree. Whatever is wrong comes back as diagnostics; the
/// document then holds what was read soundly before, and says that it is not complete.
pub fn parse(source: &Arc<Source>) -> (Document, Diagnostics) {
    let mut reader = Reader {
        source,
        builder: Builder::new(source.clone()),
        comments: Vec::new(),
        nodes: 0,
        documents: 0,
        last: Last::default(),
    };
    match refuse::size(source) {
        Some(problem) => reader.stop(problem, true),
        None => reader.read(),
    }
    reader.finish()
}

/// The last event other than a comment.
#[derive(Debug, Clone, Default)]
struct Last {
    range: Range<usize>,
    /// Of a scalar.
    style: Option<ScalarStyle>,
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    builder: Builder,
    comments: Vec<Comment>,
    nodes: usize,
    documents: usize,
    last: Last,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        let options = options! {
            disallow_directives: true,
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            max_buffered_comment_events: refuse::MAX_BYTES,
            flow_nesting_limit: refuse::MAX_DEPTH,
            block_nesting_limit: refuse::MAX_DEPTH,
        };
        let source: &'a Arc<Source> = self.source;
        for event in Parser::new_from_str_with_options(source.text(), options) {
            let done = match event {
                Ok((event, place)) => self.event(event, &place),
                Err(error) => Err(self.explained(&error)),
            };
            if let Err(problem) = done {
                let drop_last = self.is_touched_by(&problem);
                self.stop(*problem, drop_last);
                break;
            }
        }
    }

    fn event(&mut self, event: Event<'a>, place: &Place) -> Result<(), Box<Diagnostic>> {
        let range = place.byte_range().unwrap_or_default();
        if event.is_node() {
            self.within_budget(&event, &range)?;
        }
        let mut style = None;
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                return match self.documents {
                    1 => Ok(()),
                    _ => Err(Box::new(refuse::second_document(&self.builder.span(range)))),
                };
            }
            Event::Comment(text, _) => {
                self.comment(&text, range);
                return Ok(());
            }
            Event::Anchor(..) => {
                self.report(refuse::anchor(&self.builder.span(range)));
                return Ok(());
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.alias(range.clone()),
            Event::Scalar(value, scalar_style, _, tag) => {
                style = Some(scalar_style);
                self.tag(tag.as_deref(), place);
                self.scalar(&value, scalar_style, range.clone(), place.start.col());
            }
            Event::SequenceStart(structure, _, tag) => {
                self.tag(tag.as_deref(), place);
                let flow = structure == StructureStyle::Flow;
                self.builder.open(Collection::List, flow, range.start);
            }
            Event::MappingStart(structure, _, tag) => {
                self.tag(tag.as_deref(), place);
                let flow = structure == StructureStyle::Flow;
                self.builder.open(Collection::Map, flow, range.start);
            }
            Event::SequenceEnd | Event::MappingEnd => self.builder.close(range.end),
            _ => return Ok(()),
        }
        self.last = Last { range, style };
        Ok(())
    }

    fn within_budget(
        &mut self,
        event: &Event<'_>,
        range: &Range<usize>,
    ) -> Result<(), Box<Diagnostic>> {
        self.nodes += 1;
        let opens = matches!(event, Event::SequenceStart(..) | Event::MappingStart(..));
        let problem = if self.nodes > refuse::MAX_NODES {
            refuse::too_many_nodes(&self.builder.span(range.clone()))
        } else if opens && self.builder.depth() >= refuse::MAX_DEPTH {
            refuse::too_deep(&self.builder.span(range.clone()))
        } else {
            return Ok(());
        };
        Err(Box::new(problem))
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, range: Range<usize>, column: usize) {
        let plain = style == ScalarStyle::Plain;
        if plain && range.is_empty() {
            let at = self.builder.blank_place(range.start);
            let span = self.builder.span(at..at);
            let kind = NodeKind::Blank;
            self.builder.add(Node { kind, span });
            return;
        }
        let is_key = self.builder.at_key();
        if plain && !is_key && matches!(value, "~" | "null") {
            let span = self.builder.span(range);
            let kind = NodeKind::Blank;
            self.builder.add(Node { kind, span });
            return;
        }
        let scalar =
            Scalar { source: self.source, value, style, range, column, after: self.last.range.end };
        let text = scalar.locate();
        let problem = match (plain, is_key) {
            (true, true) => suspect::key(&text),
            (true, false) if self.builder.open_bracket().is_none() => suspect::value(&text),
            _ => None,
        };
        self.text(join_chinese(text));
        if let Some(problem) = problem {
            if is_key {
                self.builder.refuse_key();
            }
            self.report(problem);
        }
    }

    /// A reference is refused, but what was written stays: most are text that begins with `*`.
    fn alias(&mut self, range: Range<usize>) {
        let value = self.source.text().get(range.clone()).unwrap_or_default();
        let span = self.builder.span(range.clone());
        self.report(refuse::alias(&span));
        self.text(SourceText::new(value.to_owned(), span, vec![(0, range.start)]));
    }

    fn text(&mut self, text: SourceText) {
        let span = text.span().clone();
        let kind = NodeKind::Text(text);
        self.builder.add(Node { kind, span });
    }

    fn tag(&mut self, tag: Option<&Tag>, place: &Place) {
        if tag.is_some() {
            let whole = place.tag_span().unwrap_or(*place);
            let span = self.builder.span(whole.byte_range().unwrap_or_default());
            self.report(refuse::tag(&span));
        }
    }

    fn comment(&mut self, text: &str, range: Range<usize>) {
        let span = self.builder.span(range);
        if self.last.style == Some(ScalarStyle::Plain)
            && let Some(problem) = suspect::comment(&span, text, self.last.range.clone())
        {
            self.report(problem);
        }
        self.comments.push(Comment { text: text.trim().to_owned(), span });
    }

    fn explained(&self, error: &ScanError) -> Box<Diagnostic> {
        let context = Context {
            source: self.source,
            last: self.last.range.clone(),
            last_style: self.last.style,
            bracket: self.builder.open_bracket(),
        };
        Box::new(explain(error, &context))
    }

    /// Whether what was finished last may be part of the problem: it reaches into its line,
    /// the line is indented as if it belonged to it, or it is a block of lines that may have
    /// ended too early.
    fn is_touched_by(&self, problem: &Diagnostic) -> bool {
        let Some(span) = &problem.span else {
            return true;
        };
        let line = Line::at(self.source.text(), span.range().start);
        let Some(outer) = self.builder.outermost() else {
            return true;
        };
        let block = matches!(self.last.style, Some(ScalarStyle::Literal | ScalarStyle::Folded));
        let root = Line::at(self.source.text(), outer.start);
        (block && self.builder.depth() > 0)
            || outer.end >= line.start
            || line.indent() > root.indent()
    }

    /// Reports the problem that ends the reading.
    fn stop(&mut self, problem: Diagnostic, drop_last: bool) {
        self.builder.abandon(drop_last);
        // A reference or a tag that was refused on the same line is the cause.
        let line = |problem: &Diagnostic| {
            let span = problem.span.as_ref()?;
            Some(Line::at(self.source.text(), span.range().start).start)
        };
        let follows = refuse::is_vague(&problem) && {
            let here = line(&problem);
            self.builder.diagnostics.iter().any(|d| line(d) == here)
        };
        if !follows {
            self.report(problem);
        }
    }

    fn report(&mut self, problem: Diagnostic) {
        self.builder.diagnostics.push(problem);
    }

    fn finish(self) -> (Document, Diagnostics) {
        let (mut root, mut diagnostics, mut complete) = self.builder.finish();
        // A file of text is none of ours, and mostly one with wrong colons throughout.
        if let Some(NodeKind::Text(text)) = root.as_ref().map(|root| &root.kind)
            && !diagnostics.has_errors()
            && let Some(problem) = suspect::mistaken_entry(text)
        {
            diagnostics.push(problem);
            root = None;
            complete = false;
        }
        let mut comments = self.comments;
        comments.sort_by_key(|comment| comment.span.range().start);
        let document = Document { root, comments, complete };
        (document, diagnostics)
    }
}
