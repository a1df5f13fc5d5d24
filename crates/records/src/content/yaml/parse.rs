//! Events of the parser to the located tree.

use std::ops::Range;
use std::sync::Arc;

use granit_parser::{
    Event, Parser, ScalarStyle, ScanError, Span as Place, StructureStyle, Tag, options,
};

use super::anchors::{Id, Size};
use super::build::{Builder, Collection};
use super::explain::{Context, explain};
use super::folds::join_chinese;
use super::lines::Line;
use super::node::{Comment, Document, Node, NodeKind};
use super::refuse;
use super::scalar::Scalar;
use super::suspect;
use base::diag::{Diagnostic, Diagnostics, Source, SourceText};
use base::nearest::closest;

/// Reads a YAML file into a located tree. Whatever is wrong comes back as diagnostics; the
/// document then holds what was read soundly before, and says that it is not complete.
pub fn parse(source: &Arc<Source>) -> (Document, Diagnostics) {
    let mut reader = Reader {
        source,
        builder: Builder::new(source.clone()),
        comments: Vec::new(),
        size: Size::default(),
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
    size: Size,
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
                self.stop(problem, drop_last);
                break;
            }
        }
    }

    fn event(&mut self, event: Event<'a>, place: &Place) -> Result<(), Diagnostic> {
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
                    _ => Err(refuse::second_document(&self.builder.span(range))),
                };
            }
            Event::Comment(text, _) => {
                self.comment(&text, range);
                return Ok(());
            }
            // Follows what it marks.
            Event::Anchor(id, name) => {
                let span = self.builder.span(range);
                let problem = self.builder.anchors.mark(id, &name, span);
                self.builder.diagnostics.extend(problem);
                return Ok(());
            }
            Event::Alias(id) => self.alias(id, range.clone())?,
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, range.clone()),
            Event::Scalar(value, scalar_style, anchor, tag) => {
                style = Some(scalar_style);
                self.tag(tag.as_deref(), place);
                self.scalar(&value, scalar_style, range.clone(), place.start.col(), anchor);
            }
            Event::SequenceStart(structure, anchor, tag) => {
                self.tag(tag.as_deref(), place);
                let flow = structure == StructureStyle::Flow;
                self.builder.open(Collection::List, flow, range.start, anchor);
            }
            Event::MappingStart(structure, anchor, tag) => {
                self.tag(tag.as_deref(), place);
                let flow = structure == StructureStyle::Flow;
                self.builder.open(Collection::Map, flow, range.start, anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => self.builder.close(range.end),
            _ => return Ok(()),
        }
        self.last = Last { range, style };
        Ok(())
    }

    fn within_budget(&mut self, event: &Event<'_>, range: &Range<usize>) -> Result<(), Diagnostic> {
        let opens = matches!(event, Event::SequenceStart(..) | Event::MappingStart(..));
        self.count(Size { nodes: 1, depth: usize::from(opens), bytes: 0 }, range)
    }

    /// Counts a value, or all that an alias stands for.
    fn count(&mut self, size: Size, range: &Range<usize>) -> Result<(), Diagnostic> {
        self.size.nodes += size.nodes;
        self.size.bytes += size.bytes;
        let span = || self.builder.span(range.clone());
        let problem = if self.size.nodes > refuse::MAX_NODES {
            refuse::too_many_nodes(&span())
        } else if self.builder.depth() + size.depth > refuse::MAX_DEPTH {
            refuse::too_deep(&span())
        } else if self.size.bytes > refuse::MAX_BYTES {
            refuse::aliases_too_large(&span())
        } else {
            return Ok(());
        };
        Err(problem)
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        range: Range<usize>,
        column: usize,
        anchor: Id,
    ) {
        let plain = style == ScalarStyle::Plain;
        let is_key = self.builder.at_key();
        let blank = plain && (range.is_empty() || !is_key && matches!(value, "~" | "null"));
        if blank {
            let at = self.builder.blank_place(range.start);
            let range = if range.is_empty() { at..at } else { range };
            let span = self.builder.span(range);
            self.builder.add(Node { kind: NodeKind::Blank, span }, anchor);
            return;
        }
        let scalar =
            Scalar { source: self.source, value, style, range, column, after: self.last.range.end };
        let text = scalar.locate();
        let problem = match (plain, is_key) {
            (true, true) if value == "<<" => Some(refuse::merge_key(text.span())),
            (true, true) => suspect::key(&text),
            (true, false) if self.builder.open_bracket().is_none() => suspect::value(&text),
            (false, false) => suspect::swallowed_key(&text),
            _ => None,
        };
        self.text(join_chinese(text), anchor);
        if let Some(problem) = problem {
            if is_key {
                self.builder.refuse_key();
            }
            self.report(problem);
        }
    }

    fn alias(&mut self, id: Id, range: Range<usize>) -> Result<(), Diagnostic> {
        let span = self.builder.span(range.clone());
        // What is not allowed to be copied is not copied.
        let size = match self.builder.anchors.size(id) {
            Some(size) => size,
            None => return Err(refuse::alias_inside_itself(&span)),
        };
        // The alias itself is counted already.
        self.count(Size { nodes: size.nodes.saturating_sub(1), ..size }, &range)?;
        if let Some(node) = self.builder.anchors.copy(id, &span) {
            self.builder.add_at(node, range.end);
        }
        Ok(())
    }

    /// The value is left out: whatever would be said of `*name` follows from this.
    fn unknown_alias(&mut self, name: &str, range: Range<usize>) {
        let span = self.builder.span(range.clone());
        let near = closest(name, self.builder.anchors.names());
        self.report(refuse::alias(name, near, &span));
        self.builder.omit(range.end);
    }

    fn text(&mut self, text: SourceText, anchor: Id) {
        let span = text.span().clone();
        let kind = NodeKind::Text(text);
        self.builder.add(Node { kind, span }, anchor);
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

    fn explained(&self, error: &ScanError) -> Diagnostic {
        let context = Context {
            source: self.source,
            last: self.last.range.clone(),
            last_style: self.last.style,
            bracket: self.builder.open_bracket(),
        };
        explain(error, &context)
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
