//! The texts of a publication, each with what it is.

use super::context::Context;
use super::prose::Prose;
use crate::content::schema::assignment::Assignment;
use crate::content::schema::attachment::AttachmentKind;
use crate::content::schema::notice::{LeadSentence, Mark};
use base::diag::SourceText;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// A title: of the notice, of the issued text, of an attachment.
    Title,
    /// A section's heading.
    Heading,
    /// Running text: letter, preface, prose of a body or section, text of an attachment.
    Prose,
    /// An item's text or a part of it.
    Item {
        /// Whether it is the last part.
        last: bool,
    },
    /// A unit's own task.
    Own,
    /// A unit's name as it is printed.
    Name,
    /// A cell of a table.
    Cell,
    /// A line: recipients, copies, note, deadline.
    Line,
}

impl TextKind {
    /// Whether it is written in Markdown.
    pub(super) fn is_markdown(self) -> bool {
        matches!(self, Self::Prose | Self::Item { .. } | Self::Own)
    }
}

/// A text to be checked.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub(super) kind: TextKind,
    pub(super) text: &'a SourceText,
    pub(super) prose: Prose<'a>,
}

/// Calls `each` for every text that is printed.
pub(super) fn for_each<'a>(context: &Context<'a>, mut each: impl FnMut(&Piece<'a>)) {
    let mut give = |kind: TextKind, text: &'a SourceText| {
        each(&Piece { kind, text, prose: Prose::new(text, kind.is_markdown()) });
    };
    let notice = &context.publication.record;
    give(TextKind::Title, &notice.title);
    if let Some(issued) = notice.text.issued() {
        give(TextKind::Title, &issued.title);
    }
    for text in notice.letter.iter().chain(notice.text.prose()) {
        give(TextKind::Prose, text);
    }
    for recipient in &notice.recipients {
        give(TextKind::Line, &recipient.text);
    }
    for text in notice.common.copies.iter().flatten().chain(&notice.note).chain(&notice.subject) {
        give(TextKind::Line, text);
    }
    if let Some(LeadSentence::Words(words)) = &notice.common.lead_sentence {
        give(TextKind::Line, words);
    }
    if let Some(Mark::Words(words)) = &notice.common.mark {
        give(TextKind::Title, words);
    }
    for (_, section) in &context.sections {
        if let Some(heading) = &section.heading {
            give(TextKind::Heading, heading);
        }
        names(&section.assignment, &mut give);
        for text in section.before.iter().chain(&section.after) {
            give(TextKind::Prose, text);
        }
    }
    for checked in &context.items {
        let parts = &checked.record.parts;
        for (place, part) in parts.iter().enumerate() {
            give(TextKind::Item { last: place + 1 == parts.len() }, &part.text);
            names(&part.assignment, &mut give);
        }
        let deadlines = checked.record.all_deadlines();
        for text in deadlines.filter_map(|d| d.value.wording.as_ref()) {
            give(TextKind::Line, text);
        }
        for task in checked.record.own.iter().filter_map(|own| own.task.as_ref()) {
            give(TextKind::Own, task);
        }
    }
    for attachment in &notice.attachments {
        give(TextKind::Title, &attachment.title);
        if let Some(text) = &attachment.text {
            give(TextKind::Prose, text);
        }
        if let AttachmentKind::Table { columns, rows, .. } = &attachment.kind {
            for cell in columns.iter().chain(rows.iter().flatten().flatten()) {
                give(TextKind::Cell, cell);
            }
        }
    }
}

fn names<'a>(assignment: &'a Assignment, give: &mut impl FnMut(TextKind, &'a SourceText)) {
    for entry in assignment.entries() {
        give(TextKind::Name, &entry.name);
    }
}
