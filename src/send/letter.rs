//! The texts that go with a packet, from templates of templates/send/.

use serde::Serialize;

use base::diag::Diagnostic;
use base::mail_address::has_line_break;
use base::text;
use pages::render::Templates;
use records::publication::{Publication, Task, UnitId};
use records::view;

use super::changes::Changes;
use super::ledger::{FileEntry, Via};

/// What the templates of templates/send/ see; docs/templates.md describes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Letter {
    /// The unit.
    pub unit: String,
    /// 全称, where known.
    pub unit_full: Option<String>,
    /// Whom to reach there.
    pub person: Option<String>,
    /// The notice's title.
    pub notice_title: String,
    /// The same to stand in 《》: its own are 〈〉.
    pub quoted_title: String,
    /// Its short name.
    pub subject: String,
    /// 发文字号.
    pub doc_number: Option<String>,
    /// 成文日期 as printed.
    pub date: Option<String>,
    /// 发文机关.
    pub organ: Option<String>,
    /// The project's office, else the organ: who sends it.
    pub office: Option<String>,
    /// 征求意见稿 or 送审稿.
    pub draft: Option<String>,
    /// Whether it is the document itself that is sent, since it has no tasks.
    pub is_document: bool,
    /// How many tasks.
    pub count: usize,
    /// `牵头 3 项，责任 5 项`; empty without a task.
    pub summary: String,
    /// The same as a sentence: `共8项：牵头3项、责任5项`.
    pub counted: String,
    /// When, how and to whom to report: sentences.
    pub reporting: Vec<String>,
    /// The unit's files.
    pub files: Vec<LetterFile>,
    /// The files added with `--with`: the sealed notice. Empty: 正式文件另发.
    pub with: Vec<LetterFile>,
    /// What a correction changes; null where it is none.
    pub correction: Option<Changes>,
    /// Whether it is sent again.
    pub resend: bool,
    /// The beginning of the version's hash.
    pub version: String,
    /// `outbox` or `smtp`.
    pub via: &'static str,
    /// The subject asked for on the command line, in place of the usual one.
    pub given_subject: Option<String>,
}

/// A file as texts name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetterFile {
    /// Its name.
    pub name: String,
    /// Its length for people: `205 KB`.
    pub size: String,
    /// SHA-256.
    pub sha256: String,
}

/// What is the same for all units of a run.
#[derive(Debug, Clone)]
pub struct Common<'a> {
    /// The publication.
    pub publication: &'a Publication,
    /// The project's office.
    pub office: Option<&'a str>,
    /// How it is sent.
    pub via: Via,
    /// A subject in place of the usual one.
    pub subject: Option<&'a str>,
}

impl Letter {
    /// The letter to a unit, without files and correction.
    pub fn new(common: &Common<'_>, unit: UnitId, tasks: &[Task], version: &str) -> Self {
        let sheet = view::sheet(common.publication, unit, tasks);
        let contact = &common.publication.registry.unit(unit).contact;
        let office = common.office.map(|office| office.trim().to_string());
        Self {
            unit: sheet.unit,
            unit_full: sheet.unit_full,
            person: contact.person.clone(),
            quoted_title: sheet.about.notice_title.replace('《', "〈").replace('》', "〉"),
            notice_title: sheet.about.notice_title,
            subject: sheet.about.subject,
            doc_number: sheet.about.doc_number,
            date: sheet.about.date,
            office: office.or_else(|| sheet.about.organ.clone()),
            organ: sheet.about.organ,
            draft: sheet.about.draft,
            is_document: common.publication.items.is_empty(),
            count: sheet.count,
            summary: sheet.summary,
            counted: sheet.counted,
            reporting: sheet.reporting,
            files: Vec::new(),
            with: Vec::new(),
            correction: None,
            resend: false,
            version: short(version).to_string(),
            via: common.via.name(),
            given_subject: common.subject.map(str::to_string),
        }
    }
}

/// The beginning of a version, as people compare it.
pub fn short(version: &str) -> &str {
    version.get(..12).unwrap_or(version)
}

impl LetterFile {
    /// Of a file of a packet.
    pub fn new(file: &FileEntry) -> Self {
        Self { name: file.name.clone(), size: size(file.bytes), sha256: file.sha256.clone() }
    }
}

/// A length for people.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => {
            let tenths = (bytes * 10).div_ceil(1_048_576);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// The texts of a packet or a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// The subject, one line.
    pub subject: String,
    /// The text: of the mail, or to be pasted.
    pub text: String,
    /// The same as a page: of the mail, or the cover note.
    pub html: String,
}

/// Runs the templates of a letter.
///
/// # Errors
/// A mistake in a template, and a subject that is empty or more than one line.
pub fn texts(letter: &Letter, templates: &Templates) -> Result<Texts, Diagnostic> {
    let subject = templates.render("send/subject.txt", letter)?.trim().to_string();
    if subject.is_empty() || has_line_break(&subject) {
        return Err(Diagnostic::error(
                "subject-wrong",
                text!("邮件主题应是一行文字", "the subject of a message is one line of text"),
            )
            .help(text!(
                "去掉 --subject、标题、单位名称或模板 send/subject.txt 里的换行",
                "take line breaks out of `--subject`, the title, the unit's name or the template send/subject.txt"
            )));
    }
    let (text, html) = match letter.via {
        "smtp" => ("send/mail.txt", "send/mail.html"),
        _ => ("send/message.txt", "send/cover.html"),
    };
    let text = templates.render(text, letter)?.trim().to_string() + "\n";
    let html = templates.render(html, letter)?;
    Ok(Texts { subject, text, html })
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_for_people() {
        assert_eq!(size(0), "0 B");
        assert_eq!(size(1024), "1 KB");
        assert_eq!(size(209_957), "206 KB");
        assert_eq!(size(1_048_575), "1024 KB");
        assert_eq!(size(1_572_864), "1.5 MB");
    }
}
