//! Attachments that are not bound with their document (7.3.7): each is a paper of its own, which says
//! what it is attached to.

use serde::Serialize;

use super::files::document_file;
use super::notice::{AttachmentView, NoticeView, notice};
use crate::publication::Publication;

/// An attachment as a paper of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ApartView {
    /// The publication's id.
    pub id: String,
    /// The attachment's title on one line.
    pub title: String,
    /// The title of the document that it is attached to, as the web has it.
    pub document: String,
    /// The file of that document without its ending.
    pub document_file: String,
    /// All issuing organs in one line.
    pub organ: Option<String>,
    /// Words for search engines.
    pub keywords: Vec<String>,
    /// Year, month and day of the date.
    pub date_parts: Option<[i32; 3]>,
    /// The attachment, in a list of one; its label begins with the document's number.
    pub attachments: Vec<AttachmentView>,
}

/// Makes the view of the attachment at a place; `None` where it is bound with the document.
pub fn apart(publication: &Publication, place: usize) -> Option<ApartView> {
    let NoticeView { id, web_title, organ, keywords, date_parts, attachments, .. } =
        notice(publication);
    let mut attachment = attachments.into_iter().nth(place).filter(|one| one.apart.is_some())?;
    attachment.apart = None;
    let number = publication.doc_number().unwrap_or_default();
    attachment.label.insert_str(0, &number);
    Some(ApartView {
        id,
        title: attachment.title.clone(),
        document: web_title,
        document_file: document_file(publication),
        organ,
        keywords,
        date_parts,
        attachments: vec![attachment],
    })
}
