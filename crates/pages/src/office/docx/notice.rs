//! The notice.

use super::super::{Failure, Properties};
use super::body::{BODY, blank, draft_mark, push};
use super::package::Document;
use super::page::{Page, notice_feet};
use super::paragraph::Paragraph;
use super::rich::{self, Piece};
use super::styles::{RECIPIENTS, TEXT, TITLE, level};
use super::{attachments, ending, head};
use records::content::schema::notice::Format;
use records::view::{ApartView, IssuedView, NoticeView, SectionView};

/// The notice as a document.
///
/// # Errors
/// When it cannot be packed.
pub fn notice(view: &NoticeView, about: &Properties) -> Result<Vec<u8>, Failure> {
    let letter = view.head.format == Format::Letter;
    let mut document = Document::new(Page::Notice, notice_feet(letter && view.head.mark.is_some()));
    head::write(view, &mut document);
    document.push(Paragraph::new(TITLE).lines(&view.title_lines));
    draft_mark(view.draft.as_deref(), &mut document);
    blank(&mut document, 1);
    if let Some(recipients) = &view.recipients {
        document.push(Paragraph::new(RECIPIENTS).text(&format!("{recipients}：")));
    }
    write_letter(view, &mut document);
    if let Some(text) = &view.issued {
        issued(text, &mut document);
        ending::attachment_note(&view.issued_attachments, &mut document);
    }
    attachments::write_all(&view.attachments, &mut document);
    if let Some(imprint) = &view.imprint {
        ending::imprint(imprint, letter, &mut document);
    }
    document.pack(about)
}

/// An attachment that is not bound with its document (7.3.7).
///
/// # Errors
/// When it cannot be packed.
pub fn apart(view: &ApartView, about: &Properties) -> Result<Vec<u8>, Failure> {
    let turned = view.attachments.iter().any(|attachment| attachment.turned);
    let page = if turned { Page::Turned } else { Page::Notice };
    let mut document = Document::new(page, notice_feet(false));
    for attachment in &view.attachments {
        attachments::one(attachment, false, &mut document);
    }
    document.pack(about)
}

/// The letter, or the document's own text, with what is noted and signed below it.
fn write_letter(view: &NoticeView, document: &mut Document) {
    let mut pieces = rich::pieces(&view.letter, BODY, document);
    view.sections.iter().for_each(|inner| section(inner, document, &mut pieces));
    pieces.extend(rich::pieces(&view.closing, BODY, document));
    // 7.3.5.5: a page never carries the sign-off alone.
    if view.sign_off.is_some()
        && view.letter_attachments.is_empty()
        && let Some(Piece::Paragraph(last)) =
            pieces.pop_if(|last| matches!(last, Piece::Paragraph(_)))
    {
        pieces.push(Piece::Paragraph(last.keep_with_next()));
    }
    pieces.into_iter().for_each(|piece| push(piece, document));
    ending::attachment_note(&view.letter_attachments, document);
    ending::attendance(&view.attendance, document);
    if let Some(sign_off) = &view.sign_off {
        ending::sign_off(sign_off, document);
    }
    if let Some(note) = &view.note {
        ending::note(note, document);
    }
}

/// The issued text, on a page of its own.
fn issued(view: &IssuedView, document: &mut Document) {
    document.push(Paragraph::new(TITLE).on_new_page().lines(&view.title_lines));
    draft_mark(view.draft.as_deref(), document);
    blank(document, 1);
    let mut pieces = rich::pieces(&view.preface, BODY, document);
    view.sections.iter().for_each(|inner| section(inner, document, &mut pieces));
    pieces.into_iter().for_each(|piece| push(piece, document));
}

fn section(view: &SectionView, document: &mut Document, pieces: &mut Vec<Piece>) {
    let bracket = rich::runs(&view.bracket, document);
    if !view.heading.is_empty() {
        let heading = Paragraph::new(level(view.level)).text(&view.heading);
        pieces.push(Piece::Paragraph(heading.runs(bracket)));
    } else if !bracket.is_empty() {
        pieces.push(Piece::Paragraph(Paragraph::new(TEXT).runs(bracket)));
    }
    pieces.extend(rich::pieces(&view.before, BODY, document));
    for item in &view.items {
        pieces.extend(rich::pieces(&item.text, BODY, document));
    }
    view.sections.iter().for_each(|inner| section(inner, document, pieces));
    pieces.extend(rich::pieces(&view.after, BODY, document));
}
