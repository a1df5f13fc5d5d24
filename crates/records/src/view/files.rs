//! What the files of a document are called, and which of its attachments have files of their own.

use crate::content::schema::attachment::AttachedTo;
use crate::publication::{Attachment, Publication};

/// All attachments in the order in which they are bound in: those of the letter, then those of the
/// issued text.
pub(super) fn attachments_in_order(publication: &Publication) -> impl Iterator<Item = &Attachment> {
    let of = |of: AttachedTo| publication.attachments.iter().filter(move |one| one.of == of);
    of(AttachedTo::Letter).chain(of(AttachedTo::Issued))
}

/// The places of the attachments that are not bound with the document.
pub fn apart_places(publication: &Publication) -> Vec<usize> {
    let attachments = attachments_in_order(publication).enumerate();
    attachments.filter(|(_, one)| one.apart).map(|(place, _)| place).collect()
}

/// The name of the document's files, without their endings.
pub fn document_file(publication: &Publication) -> String {
    format!("{}{}", publication.kind().file_name(), publication.file_suffix())
}

/// The name of the files of an attachment that is not bound with the document, without their endings.
pub fn apart_file(publication: &Publication, place: usize) -> String {
    let (kind, suffix) = (publication.kind().file_name(), publication.file_suffix());
    format!("{kind}-附件{}{suffix}", place + 1)
}
