//! What a notice is known to print: with it, elements are found by their words and missed where
//! they are not printed. Of a foreign PDF nothing is known.

use crate::view::{NoticeView, SectionView};

/// The words of a notice's elements, without blanks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// 发文机关标志.
    pub mark: Option<String>,
    /// 信函 rather than the common format.
    pub letter: bool,
    /// 份号.
    pub copy_number: Option<String>,
    /// 密级 with its term.
    pub secrecy: Option<String>,
    /// 紧急程度.
    pub urgency: Option<String>,
    /// 发文字号.
    pub number: Option<String>,
    /// 签发人.
    pub signatory: Vec<String>,
    /// 标题.
    pub title: Option<String>,
    /// 主送机关 without the colon.
    pub recipients: Option<String>,
    /// Headings with their level from 1, in order.
    pub headings: Vec<(usize, String)>,
    /// Title of the issued text.
    pub issued_title: Option<String>,
    /// Names listed in 附件说明, one list for each place.
    pub attachment_notes: Vec<Vec<String>>,
    /// Label and title of each attachment.
    pub attachments: Vec<(String, String)>,
    /// 发文机关署名.
    pub organs: Vec<String>,
    /// 成文日期.
    pub date: Option<String>,
    /// 附注 without brackets.
    pub note: Option<String>,
    /// 抄送 without label and closing mark, a text per line.
    pub copies: Vec<String>,
    /// 印发机关.
    pub printed_by: Option<String>,
    /// 印发日期 without 印发.
    pub printed: Option<String>,
    /// Names that are not broken across lines.
    pub names: Vec<String>,
}

impl From<&NoticeView> for Expected {
    fn from(view: &NoticeView) -> Self {
        let mut headings = Vec::new();
        for section in &view.issued.sections {
            collect(section, &mut headings);
        }
        let notes = [&view.letter_attachments, &view.issued_attachments];
        let sign_off = view.sign_off.as_ref();
        let imprint = view.imprint.as_ref();
        Self {
            mark: close(view.head.mark.as_deref()),
            letter: view.head.format == "letter",
            copy_number: close(view.head.copy_number.as_deref()),
            secrecy: close(view.head.secrecy.as_deref()),
            urgency: close(view.head.urgency.as_deref()),
            number: close(view.doc_number.as_deref()),
            signatory: view.head.signatory.iter().map(|name| without_blanks(name)).collect(),
            title: close(Some(&view.title)),
            recipients: close(view.recipients.as_deref()),
            headings,
            issued_title: close(Some(&view.issued.title)),
            attachment_notes: notes
                .into_iter()
                .filter(|titles| !titles.is_empty())
                .map(|titles| titles.iter().map(|title| without_blanks(title)).collect())
                .collect(),
            attachments: view
                .attachments
                .iter()
                .map(|one| (without_blanks(&one.label), without_blanks(&one.title)))
                .collect(),
            organs: sign_off.iter().flat_map(|s| &s.organs).map(|o| without_blanks(o)).collect(),
            date: sign_off.and_then(|s| close(s.date.as_deref())),
            note: close(view.note.as_deref()),
            copies: imprint.iter().flat_map(|i| &i.copies).map(|c| without_blanks(c)).collect(),
            printed_by: imprint.and_then(|i| close(i.printed_by.as_deref())),
            printed: imprint.and_then(|i| close(i.printed.as_deref())),
            names: Vec::new(),
        }
    }
}

impl Expected {
    /// With names that are not broken across lines.
    #[must_use]
    pub fn with_names<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.names = names.into_iter().map(without_blanks).collect();
        self
    }
}

fn collect(section: &SectionView, headings: &mut Vec<(usize, String)>) {
    headings.extend(close(Some(&section.heading)).map(|heading| (section.level, heading)));
    for inner in &section.sections {
        collect(inner, headings);
    }
}

fn close(text: Option<&str>) -> Option<String> {
    text.map(without_blanks).filter(|text| !text.is_empty())
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
