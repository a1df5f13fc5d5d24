//! The text of a document: one that it issues, or its own.

use super::Stage;
use crate::content::fields::{Fields, Key, Mapping, first_line, key};
use crate::content::schema::section::{DEPTH_OF_BODY, DEPTH_OF_ISSUED, SectionRecord, check_depth};
use base::diag::{Diagnostic, SourceText, Span, Words};
use base::text;

/// The issued text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedRecord {
    /// Its title.
    pub title: SourceText,
    /// How far it has come, where that is another thing than of the document.
    pub stage: Stage,
    /// Its preface, Markdown.
    pub preface: Option<SourceText>,
    /// Its sections.
    pub sections: Vec<SectionRecord>,
}

/// A text that the document carries itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyRecord {
    /// What stands before its sections, Markdown.
    pub before: Option<SourceText>,
    /// Its sections.
    pub sections: Vec<SectionRecord>,
    /// What stands after its sections, Markdown.
    pub after: Option<SourceText>,
    /// The whole record.
    pub span: Span,
}

impl BodyRecord {
    /// What is taken for a text that is missing or broken.
    fn nothing(span: &Span) -> Self {
        Self { before: None, sections: Vec::new(), after: None, span: span.clone() }
    }
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextRecord {
    /// A letter that issues a text.
    Issued(IssuedRecord),
    /// A text of its own.
    Direct(BodyRecord),
}

impl TextRecord {
    /// Its sections.
    pub fn sections(&self) -> &[SectionRecord] {
        match self {
            Self::Issued(issued) => &issued.sections,
            Self::Direct(body) => &body.sections,
        }
    }

    /// The key of the record that its sections stand under.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Issued(_) => "issued",
            Self::Direct(_) => "body",
        }
    }

    /// The issued text; none of a document that carries its text itself.
    pub fn issued(&self) -> Option<&IssuedRecord> {
        match self {
            Self::Issued(issued) => Some(issued),
            Self::Direct(_) => None,
        }
    }

    /// The prose that belongs to no section: the preface; what stands before and after.
    pub fn prose(&self) -> impl Iterator<Item = &SourceText> {
        let (first, second) = match self {
            Self::Issued(issued) => (&issued.preface, &None),
            Self::Direct(body) => (&body.before, &body.after),
        };
        first.iter().chain(second)
    }
}

const ISSUED: Key = key(
    "issued",
    "所印发的文本；正文直接写在公文里的，写 body",
    "the issued text; a document that carries its text itself has `body` instead",
);
const BODY: Key = key(
    "body",
    "直接写在公文里的正文，没有另外印发的文本",
    "the text of a document that issues none: in place of `letter` and `issued`",
);

/// Reads `issued` and `body`, of which a document has one. `letter` belongs to an issued text.
pub(super) fn read_text(fields: &mut Fields<'_>, letter: Option<&SourceText>) -> TextRecord {
    let issued: Option<IssuedRecord> = fields.one(ISSUED);
    let body: Option<BodyRecord> = fields.one(BODY);
    let problem = match (&issued, &body) {
        (Some(_), Some(body)) => Some(
            Diagnostic::error(
                "body-and-issued",
                text!("issued 和 body 只能写一个", "a document has `issued` or `body`, not both"),
            )
            .at(&first_line(&body.span))
            .help(text!(
                "印发另一个文本的写 issued；正文直接写在公文里的写 body",
                "`issued` is a text that is issued with a letter, `body` the document's own text"
            )),
        ),
        (None, Some(_)) => letter.map(|letter| {
            Diagnostic::error(
                "body-and-letter",
                text!("有 body 就不写 letter", "a document with a `body` has no `letter`"),
            )
            .at(letter.span())
            .help(text!(
                "letter 是印发另一个文本的通知正文；请把这段话移到 body 的 before",
                "`letter` goes with `issued`; move these words to `before` of `body`"
            ))
        }),
        // A broken one was reported where it stands.
        (None, None) if !fields.has(ISSUED) && !fields.has(BODY) => Some(missing(fields, letter)),
        _ => None,
    };
    fields.diags().extend(problem);
    match issued {
        Some(issued) => TextRecord::Issued(issued),
        None => TextRecord::Direct(body.unwrap_or_else(|| BodyRecord::nothing(fields.span()))),
    }
}

fn missing(fields: &Fields<'_>, letter: Option<&SourceText>) -> Diagnostic {
    let missing = Diagnostic::error(
        "key-missing",
        text!("缺少正文：“issued”或“body”", "there is no text: `issued` or `body` is missing"),
    );
    match letter {
        Some(letter) => missing.at(letter.span()).help(text!(
            "不另外印发文本的，把 letter 改成 body 下面的 before",
            "where nothing else is issued, write `before` below `body` instead of `letter`"
        )),
        None => missing.at(&first_line(fields.span())).help(text!(
            "印发另一个文本的写 issued；正文直接写在公文里的写 body",
            "`issued` is a text that is issued with a letter, `body` the document's own text"
        )),
    }
}

impl Mapping for IssuedRecord {
    const NAME: &'static str = "issued";
    const WHAT: Words =
        Words::new("所印发的文本（title、sections 等）", "the issued text (title, sections, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let title = fields.required_text(key("title", "所印发文本的标题", "its title"));
        let stage = fields.choice(
            key(
                "stage",
                "所印发的文本还是征求意见稿、送审稿的：公文本身照样署名、盖章",
                "how far the issued text has come, where the document itself is final: a 函 that asks for opinions on a draft",
            ),
            &Stage::ALL,
        );
        let preface = fields.text(key("preface", "前言（Markdown）", "its preface (Markdown)"));
        let sections: Vec<SectionRecord> =
            fields.required_list(key("sections", "各部分", "its sections, below"));
        check_depth(&sections, DEPTH_OF_ISSUED, fields.diags());
        let title =
            title.unwrap_or_else(|| SourceText::new(String::new(), fields.span().clone(), vec![]));
        let stage = stage.map(|stage| stage.value).unwrap_or_default();
        Some(Self { title, stage, preface, sections })
    }
}

impl Mapping for BodyRecord {
    const NAME: &'static str = "body";
    const WHAT: Words = Words::new(
        "公文自己的正文（before、sections、after）",
        "the document's own text (before, sections, after)",
    );

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let before = fields.text(key(
            "before",
            "各部分前面的文字（Markdown）；没有部分的短文全写在这里",
            "prose before its sections (Markdown); all of a short text without sections",
        ));
        let sections: Vec<SectionRecord> = fields.list(key(
            "sections",
            "各部分，最多四层：一、（一）1.（1）",
            "its sections, to four levels: 一、（一）1.（1）",
        ));
        check_depth(&sections, DEPTH_OF_BODY, fields.diags());
        let after = fields.text(key(
            "after",
            "各部分后面的文字，如结束语（Markdown）",
            "prose after its sections, such as the closing words (Markdown)",
        ));
        if before.is_none() && sections.is_empty() && after.is_none() {
            let at = first_line(fields.span());
            fields.diags().push(
                Diagnostic::error(
                    "body-empty",
                    text!("body 里没有文字", "there is no text in `body`"),
                )
                .at(&at)
                .help(text!(
                    "写 before（一段文字）或 sections（分几部分）",
                    "write `before` (prose) or `sections`"
                )),
            );
        }
        Some(Self { before, sections, after, span: fields.span().clone() })
    }
}
