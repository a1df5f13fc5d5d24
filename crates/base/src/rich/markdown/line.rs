//! The pieces of one paragraph or heading, put together as they come.

use crate::rich::Inline;
use crate::zh::is_cjk;

/// A paragraph or heading that is being read.
pub(super) struct Line {
    /// The level of a heading; `None` for a paragraph.
    pub(super) heading: Option<u8>,
    /// The pieces so far, and around them the pieces of what they stand inside.
    open: Vec<(Wrap, Vec<Inline>)>,
    /// Whether only blanks were seen since the line began.
    at_start: bool,
    last: Option<char>,
}

#[derive(PartialEq, Eq)]
pub(super) enum Wrap {
    /// Nothing around it, or something that adds nothing.
    None,
    Strong,
    Emphasis,
    Link(String),
}

impl Line {
    pub(super) fn new(heading: Option<u8>) -> Self {
        Self { heading, open: vec![(Wrap::None, Vec::new())], at_start: true, last: None }
    }

    pub(super) fn text(&mut self, text: &str) {
        // A line break that is not Markdown's comes from `&#10;`, and is a blank in both formats.
        let text = text.replace(['\n', '\r'], " ");
        let text = if self.at_start { text.trim_start() } else { &text };
        if let Some(last) = text.chars().next_back() {
            self.at_start = false;
            self.last = Some(last);
            self.push_text(text);
        }
    }

    /// The end of a line of the source: Chinese is written on, between words there is a blank.
    pub(super) fn join(&mut self, next: Option<char>) {
        if let (Some(last), Some(next)) = (self.last, next)
            && !(is_cjk(last) && is_cjk(next))
        {
            self.push_text(" ");
        }
        self.at_start = true;
    }

    fn push_text(&mut self, text: &str) {
        let Some((_, inlines)) = self.open.last_mut() else {
            return;
        };
        match inlines.last_mut() {
            Some(Inline::Text { text: before }) => before.push_str(text),
            _ => inlines.push(Inline::Text { text: text.into() }),
        }
    }

    pub(super) fn line_break(&mut self) {
        self.push(Inline::Break);
        self.at_start = true;
        self.last = None;
    }

    fn push(&mut self, inline: Inline) {
        if let Some((_, inlines)) = self.open.last_mut() {
            inlines.push(inline);
        }
    }

    /// Emphasis inside the same emphasis adds nothing, so nothing is nested deeply.
    pub(super) fn open(&mut self, wrap: Wrap) {
        let wrap = if self.open.iter().any(|(open, _)| *open == wrap) { Wrap::None } else { wrap };
        self.open.push((wrap, Vec::new()));
    }

    pub(super) fn close(&mut self) {
        // The outermost is the line itself.
        if self.open.len() < 2 {
            return;
        }
        let Some((wrap, inlines)) = self.open.pop() else {
            return;
        };
        match wrap {
            Wrap::None => {
                for inline in inlines {
                    match inline {
                        Inline::Text { text } => self.push_text(&text),
                        inline => self.push(inline),
                    }
                }
            }
            Wrap::Link(href) if inlines.is_empty() => {
                self.at_start = false;
                self.last = href.chars().next_back();
                let text = href.clone();
                self.push(Inline::Link { href, inlines: vec![Inline::Text { text }] });
            }
            _ if inlines.is_empty() => {}
            Wrap::Strong => self.push(Inline::Strong { inlines }),
            Wrap::Emphasis => self.push(Inline::Emphasis { inlines }),
            Wrap::Link(href) => self.push(Inline::Link { href, inlines }),
        }
    }

    pub(super) fn finish(mut self) -> Vec<Inline> {
        while self.open.len() > 1 {
            self.close();
        }
        self.open.pop().map(|(_, inlines)| inlines).unwrap_or_default()
    }
}
