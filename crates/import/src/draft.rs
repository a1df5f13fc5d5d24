//! What was read, before it is written: a notice and its items as plain values.

use crate::units::Assigned;
use crate::units::deadline::Due;
use records::content::schema::notice::Kind;
use records::content::schema::section::NumberStyle;
use records::content::schema::stage::Stage;

/// A whole notice.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Draft {
    pub(crate) head: Head,
    /// Whether the document carries its text itself: `preface` and `sections` are its body.
    pub(crate) direct: bool,
    /// The sentences that close the body of such a document.
    pub(crate) closing: Vec<String>,
    /// The letter's paragraphs.
    pub(crate) letter: Vec<String>,
    /// The issued text's title, and whether the text has one of its own.
    pub(crate) issued_title: String,
    pub(crate) title_is_made: bool,
    /// How far the issued text has come, where a line below its title says so.
    pub(crate) issued_stage: Option<Stage>,
    pub(crate) preface: Vec<String>,
    pub(crate) sections: Vec<Section>,
    pub(crate) attachments: Vec<Attachment>,
    /// The sentence that the first listed unit leads: printed in the first bracket, or said in
    /// the text.
    pub(crate) sentence: Option<Sentence>,
    /// The year that deadlines without one mean.
    pub(crate) year: Option<i16>,
    /// What the source has, to be compared with what was read.
    pub(crate) expected: Expected,
}

/// What a source has, told without its structure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Expected {
    /// Where the rows of tasks begin.
    pub(crate) rows: Vec<usize>,
    /// The brackets and lines that name units: where, and their words.
    pub(crate) brackets: Vec<(usize, String)>,
    /// Where the attachments begin.
    pub(crate) attached: Option<usize>,
}

/// Where a text says that the first listed unit leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sentence {
    /// In a bracket, in these words.
    InBracket(String),
    /// In the running text, which keeps it.
    InText,
}

/// Everything around the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) title: String,
    /// Whether the title is none of the source's.
    pub(crate) title_is_made: bool,
    /// 发文机关, several for a joint notice.
    pub(crate) organs: Vec<String>,
    pub(crate) organ_in_title: bool,
    /// 发文机关代字, year and serial.
    pub(crate) number: Option<(String, u32, Option<u32>)>,
    /// 签发人.
    pub(crate) signatories: Vec<String>,
    /// The red words at the head of minutes.
    pub(crate) mark: Option<String>,
    /// 第N期 of minutes.
    pub(crate) issue: Option<u32>,
    /// Keys and values of who was at a meeting.
    pub(crate) attendance: Vec<(&'static str, String)>,
    pub(crate) recipients: Vec<String>,
    /// Whether organ and date stand below the letter.
    pub(crate) signed: bool,
    /// Whether an organ has signed already.
    pub(crate) signing: bool,
    pub(crate) date: Option<jiff::civil::Date>,
    pub(crate) published: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) note: Option<String>,
    /// 抄送, a line each.
    pub(crate) copies: Vec<String>,
    pub(crate) printed_by: Option<String>,
    pub(crate) printed: Option<jiff::civil::Date>,
    /// Keys and values of the web page's head.
    pub(crate) disclosure: Vec<(&'static str, String)>,
}

/// A section.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Section {
    pub(crate) heading: Option<String>,
    pub(crate) number: Option<(NumberStyle, u32)>,
    pub(crate) assigned: Option<Assigned>,
    pub(crate) before: Vec<String>,
    pub(crate) items: Vec<Item>,
    pub(crate) sections: Vec<Section>,
    pub(crate) after: Vec<String>,
}

/// An item.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Item {
    pub(crate) number: Option<(NumberStyle, u32)>,
    pub(crate) parts: Vec<Part>,
    pub(crate) due: Option<Due>,
    /// What the record has no field for, kept as comments.
    pub(crate) comments: Vec<String>,
    /// Byte of the input where it begins.
    pub(crate) at: usize,
}

/// A part of an item.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Part {
    /// What the task is called, printed strong in front of its text.
    pub(crate) strong: Option<String>,
    /// Its paragraphs.
    pub(crate) text: Vec<String>,
    pub(crate) assigned: Option<Assigned>,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attachment {
    pub(crate) title: String,
    pub(crate) of_letter: bool,
    /// How far it has come, where its page says so.
    pub(crate) stage: Option<Stage>,
    pub(crate) content: AttachmentContent,
}

/// What an attachment holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AttachmentContent {
    /// Paragraphs.
    Text(Vec<String>),
    /// A list of units, with the sentences that introduce it.
    Units { text: Vec<String>, units: Vec<String> },
    /// A table: its columns and rows.
    Table(Vec<String>, Vec<Vec<String>>),
}

impl Head {
    /// The kind that the title names; `None` for 决定 and others that are not made.
    pub(crate) fn kind(&self) -> Option<Kind> {
        Kind::of_title(&self.title)
    }
}

impl Section {
    /// All items below, in the order of the text.
    pub(crate) fn all_items(&self) -> Vec<&Item> {
        let mut items: Vec<&Item> = self.items.iter().collect();
        items.extend(self.sections.iter().flat_map(Self::all_items));
        items
    }

    /// All sections below and itself.
    pub(crate) fn walk(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.sections.iter().flat_map(Self::walk));
        all
    }
}

impl Item {
    /// Whether it names a unit.
    pub(crate) fn has_units(&self) -> bool {
        self.parts.iter().any(|part| part.assigned.as_ref().is_some_and(|a| !a.is_empty()))
    }

    /// Its paragraphs, each on a line.
    pub(crate) fn plain(&self) -> String {
        let texts = self.parts.iter().flat_map(|part| part.strong.iter().chain(&part.text));
        texts.map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

impl Draft {
    /// Gives a text without any title the name of its file: a record needs one.
    pub(crate) fn name_after(&mut self, file: &str) {
        if self.issued_title.trim().is_empty() {
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).trim();
            self.issued_title = if stem.is_empty() { "工作任务".into() } else { stem.into() };
            self.title_is_made = true;
        }
        if self.head.title.trim().is_empty() {
            self.head.title = format!("关于印发{}的通知", self.issued_title);
            self.head.title_is_made = true;
        }
    }

    /// The paragraphs before the first section, those of sections, and those that close the text.
    pub(crate) fn prose(&self) -> Vec<&String> {
        let sections = self.sections.iter().flat_map(Section::walk);
        let inside = sections.flat_map(|s| s.before.iter().chain(&s.after));
        self.letter.iter().chain(&self.preface).chain(inside).chain(&self.closing).collect()
    }

    /// All items in the order of the text.
    pub(crate) fn items(&self) -> Vec<&Item> {
        self.sections.iter().flat_map(Section::all_items).collect()
    }

    /// Every assignment: of sections, then of parts.
    pub(crate) fn assignments(&self) -> Vec<&Assigned> {
        let sections: Vec<&Section> = self.sections.iter().flat_map(Section::walk).collect();
        let mut all: Vec<&Assigned> = Vec::new();
        for section in sections {
            all.extend(section.assigned.as_ref());
            all.extend(
                section
                    .items
                    .iter()
                    .flat_map(|i| i.parts.iter().filter_map(|p| p.assigned.as_ref())),
            );
        }
        all
    }
}
