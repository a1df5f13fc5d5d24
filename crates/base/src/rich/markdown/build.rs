//! From the events of the parser to rich text.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::Allow;
use super::delimiters::restore;
use super::line::{Line, Wrap};
use super::refuse::{Construct, Refusals};
use super::table::{self, Draft};
use crate::rich::{Block, Rich};

/// How deep lists may be nested: more than a notice needs, and little enough for everything
/// behind to follow the nesting by calling itself.
const MAX_LISTS: usize = 6;
/// The levels of headings of GB/T 9704.
const MAX_HEADING: u8 = 4;

/// An event and the bytes of the draft that it stands for.
pub(super) type Located<'a> = (Event<'a>, Range<usize>);

/// Collects blocks as the events come. What is refused leaves its words behind as plain
/// paragraphs, so that the problems inside it are found too.
pub(super) struct Builder<'a, 'r> {
    refusals: &'r mut Refusals<'a>,
    text: &'a str,
    allow: Allow,
    blocks: Vec<Block>,
    lists: Vec<List>,
    /// Lists open in the source, those too deep for `lists` included.
    depth: usize,
    /// Where the quotation or image ends that was refused last: what is nested in it is not refused
    /// again, thousands of times for one line.
    refused_to: usize,
    line: Option<Line>,
    table: Option<Draft>,
}

struct List {
    start: Option<u64>,
    entries: Vec<Vec<Block>>,
}

impl<'a, 'r> Builder<'a, 'r> {
    pub(super) fn new(text: &'a str, allow: Allow, refusals: &'r mut Refusals<'a>) -> Self {
        Self {
            refusals,
            text,
            allow,
            blocks: Vec::new(),
            lists: Vec::new(),
            depth: 0,
            refused_to: 0,
            line: None,
            table: None,
        }
    }

    /// The whole text.
    pub(super) fn build(mut self, events: &[Located<'_>]) -> Rich {
        for (at, (event, range)) in events.iter().enumerate() {
            match event {
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(*tag, range),
                Event::Text(text)
                | Event::Code(text)
                | Event::Html(text)
                | Event::InlineHtml(text) => self.line().text(&restore(text)),
                Event::SoftBreak => self.line().join(first_char(&events[at + 1..])),
                Event::HardBreak => self.line().line_break(),
                Event::Rule => self.refusals.construct(Construct::Rule, range.clone()),
                // The rest belongs to extensions that are off.
                _ => {}
            }
        }
        self.end_line();
        Rich { blocks: self.blocks }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.end_line();
                if let Some(line) = table::unfit_line(&self.text[range.clone()]) {
                    self.refusals.no_table(range.start + line.start..range.start + line.end);
                }
            }
            Tag::HtmlBlock => self.end_line(),
            Tag::Table(aligns) => {
                self.end_line();
                if self.depth > 0 {
                    self.refusals.construct(Construct::ListedTable, range.clone());
                }
                self.table = Some(Draft::new(aligns));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.begin_row();
                }
            }
            Tag::TableCell => self.line = Some(Line::new(None)),
            Tag::Heading { level, .. } => {
                self.end_line();
                let heading = self.heading(*level, range);
                self.line = Some(Line::new(heading));
            }
            Tag::BlockQuote(_) => {
                self.end_line();
                if self.is_outermost(range) {
                    self.refusals.construct(Construct::Quote, range.clone());
                }
            }
            Tag::CodeBlock(kind) => {
                self.end_line();
                let construct = match kind {
                    CodeBlockKind::Fenced(_) => Construct::Code,
                    CodeBlockKind::Indented => Construct::Indented,
                };
                self.refusals.construct(construct, range.clone());
            }
            Tag::List(start) => self.start_list(*start, range),
            Tag::Item => {
                self.end_line();
                if let Some(list) = self.lists.last_mut() {
                    list.entries.push(Vec::new());
                }
            }
            Tag::Strong => self.line().open(Wrap::Strong),
            Tag::Emphasis => self.line().open(Wrap::Emphasis),
            Tag::Link { link_type, dest_url, title, .. } => {
                if !title.is_empty() {
                    self.refusals.construct(Construct::LinkTitle, range.clone());
                }
                let wrap = self.link(*link_type, dest_url, range);
                self.line().open(wrap);
            }
            Tag::Image { .. } => {
                if self.is_outermost(range) {
                    self.refusals.image(range.clone());
                }
                self.line().open(Wrap::None);
            }
            _ => {}
        }
    }

    /// Whether a refused construct is not inside another one.
    fn is_outermost(&mut self, range: &Range<usize>) -> bool {
        let is_outermost = range.start >= self.refused_to;
        self.refused_to = self.refused_to.max(range.end);
        is_outermost
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::TableCell => {
                let inlines = self.line.take().map(Line::finish).unwrap_or_default();
                if let Some(table) = &mut self.table {
                    table.cell(inlines);
                }
            }
            TagEnd::TableHead => {}
            TagEnd::TableRow => {
                let found = table::cells_in(&self.text[range.clone()]);
                let columns = self.table.as_ref().map_or(found, Draft::columns);
                if found != columns {
                    self.refusals.row(found, columns, range.clone());
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::List(_) => {
                self.end_line();
                if self.depth == self.lists.len()
                    && let Some(List { start, entries }) = self.lists.pop()
                {
                    self.block(Block::List { start, entries });
                }
                self.depth -= 1;
            }
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image => {
                self.line().close();
            }
            _ => self.end_line(),
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        if self.depth == 0 {
            let table = table.finish(&mut self.blocks);
            self.blocks.push(Block::Table(table));
            return;
        }
        for inlines in table.finish(&mut Vec::new()).lines() {
            self.block(Block::Paragraph { inlines });
        }
    }

    fn heading(&mut self, level: HeadingLevel, range: &Range<usize>) -> Option<u8> {
        let refused = if self.text[range.clone()].trim().contains('\n') {
            Construct::Underlined
        } else if !self.allow.headings {
            Construct::Heading
        } else if level as u8 > MAX_HEADING {
            Construct::DeepHeading
        } else {
            return Some(level as u8);
        };
        self.refusals.construct(refused, range.clone());
        None
    }

    fn start_list(&mut self, start: Option<u64>, range: &Range<usize>) {
        self.end_line();
        self.depth += 1;
        if self.depth <= MAX_LISTS {
            self.lists.push(List { start, entries: Vec::new() });
        } else if self.depth == MAX_LISTS + 1 {
            self.refusals.construct(Construct::DeepList, range.clone());
        }
    }

    fn link(&mut self, kind: LinkType, address: &str, range: &Range<usize>) -> Wrap {
        if kind == LinkType::Email {
            return Wrap::Link(format!("mailto:{}", restore(address)));
        }
        let leads_somewhere = ["http://", "https://", "mailto:"].iter().any(|scheme| {
            address.len() > scheme.len()
                && address
                    .get(..scheme.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        if leads_somewhere {
            Wrap::Link(restore(address))
        } else {
            self.refusals.scheme(address, range.clone());
            Wrap::None
        }
    }

    /// The line that is being read; a new paragraph where there is none, as in the entries of a
    /// list without empty lines between them.
    fn line(&mut self) -> &mut Line {
        self.line.get_or_insert_with(|| Line::new(None))
    }

    fn end_line(&mut self) {
        let Some(line) = self.line.take() else { return };
        let heading = line.heading;
        let inlines = line.finish();
        if !inlines.is_empty() {
            self.block(match heading {
                Some(level) => Block::Heading { level, inlines },
                None => Block::Paragraph { inlines },
            });
        }
    }

    fn block(&mut self, block: Block) {
        let entry = self.lists.last_mut().and_then(|l| l.entries.last_mut());
        entry.unwrap_or(&mut self.blocks).push(block);
    }
}

/// The first character of a line of the source.
fn first_char(events: &[Located<'_>]) -> Option<char> {
    events
        .iter()
        .map_while(|(event, _)| match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                Some(restore(text).trim_start().chars().next())
            }
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image) => {
                Some(None)
            }
            _ => None,
        })
        .flatten()
        .next()
}
