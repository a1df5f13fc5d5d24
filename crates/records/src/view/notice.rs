//! The notice.

use serde::Serialize;

use crate::content::dates::print_date;
use crate::content::schema::attachment::AttachedTo;
use crate::content::schema::notice::{Format, ImprintSide, IssuedRecord, Kind, Mark, OrganInTitle};
use crate::publication::{
    Attachment, AttachmentContent, Publication, Section, SectionId, attachment_label,
};
use base::columns::ColumnAlign;
use base::diag::SourceText;
use base::rich::Rich;
use base::title::{Width, break_title};

use super::about::date_parts;
use super::breakdown::{BreakdownView, breakdown};
use super::files::{apart_file, apart_places};
use super::plain_table::{HeadGroup, aligns, groups, stands_upright};
use super::rich;

/// A notice, ready to be laid out. Absent values are null, and nothing is printed for them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NoticeView {
    /// The publication's id.
    pub id: String,
    /// Title in print: its lines as the author broke them, else broken into words in the shapes
    /// of GB/T 9704 7.3.1.
    pub title_lines: Vec<String>,
    /// Title in print, on one line: the PDF's own title.
    pub title: String,
    /// Title on the web page.
    pub web_title: String,
    /// 征求意见稿 or 送审稿; null for the final text.
    pub draft: Option<String>,
    /// 发文机关.
    pub organ: Option<String>,
    /// Everything above the red rule.
    pub head: HeadView,
    /// 发文字号.
    pub doc_number: Option<String>,
    /// 成文日期 as printed.
    pub date: Option<String>,
    /// 成文日期 as `[year, month, day]`, for the PDF's own date.
    pub date_parts: Option<[i32; 3]>,
    /// 成文日期 as `2025-03-06`.
    pub date_iso: Option<String>,
    /// 主送机关 on one line, without the colon; null without recipients.
    pub recipients: Option<String>,
    /// 文种.
    pub kind: Kind,
    /// The letter; of a document that carries its text itself, what stands before its sections.
    pub letter: Rich,
    /// The sections of a document that carries its text itself; empty where it issues another.
    pub sections: Vec<SectionView>,
    /// What stands behind these.
    pub closing: Rich,
    /// The issued text; null where the document carries its text itself.
    pub issued: Option<IssuedView>,
    /// Titles of the letter's attachments, noted before its sign-off.
    pub letter_attachments: Vec<String>,
    /// Titles of the issued text's attachments, noted after it.
    pub issued_attachments: Vec<String>,
    /// All attachments in the order in which they are bound in.
    pub attachments: Vec<AttachmentView>,
    /// Whether the last page of them is turned by 90°: what follows begins a page of its own.
    pub ends_turned: bool,
    /// Organ and date below the letter.
    pub sign_off: Option<SignOffView>,
    /// 出席, 请假, 列席 of minutes; empty otherwise.
    pub attendance: Vec<LabelledRow>,
    /// 附注 without brackets.
    pub note: Option<String>,
    /// 版记.
    pub imprint: Option<ImprintView>,
    /// Whether an imprint stands on an even page; recipients may be moved there where there is
    /// none otherwise.
    pub even_imprint: bool,
    /// Rows of the web page's head, as label and value.
    pub disclosure: Vec<DisclosureRow>,
    /// 发布机构.
    pub publisher: Option<String>,
    /// 发布日期 as printed on the web page.
    pub published: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// The first words of the text, for search engines.
    pub description: String,
    /// Links of the web page.
    pub links: Vec<LinkView>,
}

/// 版头.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadView {
    /// The red words; null for a page without a red head.
    pub mark: Option<String>,
    /// The same on the lines that it takes where it does not fit on one.
    pub mark_lines: Vec<String>,
    /// The organs of a joint notice, stacked before the mark; empty otherwise.
    pub joint: Vec<String>,
    /// `normal` or `letter`.
    pub format: Format,
    /// 份号.
    pub copy_number: Option<String>,
    /// 密级 with its term: `机密★1年`.
    pub secrecy: Option<String>,
    /// 紧急程度.
    pub urgency: Option<String>,
    /// 签发人.
    pub signatory: Vec<String>,
    /// Organ and date above the red rule, of documents without a sign-off: minutes.
    pub dateline: Option<DatelineView>,
}

/// Who issued a paper without a sign-off, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DatelineView {
    /// 发文机关.
    pub organ: Option<String>,
    /// 成文日期 as printed.
    pub date: Option<String>,
}

/// A list with its label: who was at a meeting, whom a bulletin goes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LabelledRow {
    /// 出席, 请假, 列席; 报, 送, 发.
    pub label: &'static str,
    /// Units and names as printed.
    pub names: String,
}

/// The issued text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssuedView {
    /// Title, its lines like those of the notice's.
    pub title_lines: Vec<String>,
    /// Title on one line.
    pub title: String,
    /// 征求意见稿 or 送审稿 of a text that a final document issues; null otherwise.
    pub draft: Option<String>,
    /// Preface.
    pub preface: Rich,
    /// Sections.
    pub sections: Vec<SectionView>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionView {
    /// Depth from 1.
    pub level: usize,
    /// Its anchor on the web page.
    pub anchor: String,
    /// Number and heading as printed; empty without a heading.
    pub heading: String,
    /// The bracket behind the heading.
    pub bracket: Rich,
    /// Prose before its items.
    pub before: Rich,
    /// Items.
    pub items: Vec<ItemView>,
    /// Sections inside.
    pub sections: Vec<SectionView>,
    /// Prose after them.
    pub after: Rich,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemView {
    /// Its number.
    pub number: u32,
    /// Its anchor on the web page.
    pub anchor: String,
    /// The item as printed, number and brackets included.
    pub text: Rich,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AttachmentView {
    /// `附件`, or `附件1` where there are several.
    pub label: String,
    /// Its anchor on the web page.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// The same, broken over lines.
    pub title_lines: Vec<String>,
    /// 征求意见稿 or 送审稿 of an attachment of a final document; null otherwise.
    pub draft: Option<String>,
    /// Of one that is not bound with the document, the name of its files without their endings.
    pub apart: Option<String>,
    /// Its text.
    pub text: Rich,
    /// What it shows besides.
    pub content: AttachmentContentView,
    /// Whether it stands on pages turned by 90°.
    pub turned: bool,
}

/// What an attachment shows besides its text; `kind` names it in templates.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AttachmentContentView {
    /// Nothing.
    None,
    /// A table.
    Table {
        /// Column headings.
        columns: Vec<String>,
        /// Headings over several columns, in order; empty where no column has one.
        groups: Vec<HeadGroup>,
        /// Where the cells of each column stand: `left`, `center`, `right`.
        aligns: Vec<ColumnAlign>,
        /// How many characters wide each column is, where the record says so.
        widths: Vec<Option<u32>>,
        /// Rows.
        rows: Vec<Vec<String>>,
        /// On a page turned by 90°.
        wide: bool,
    },
    /// Names of units.
    UnitList {
        /// The names, in order.
        units: Vec<String>,
    },
    /// The breakdown of all items.
    TaskTable {
        /// The breakdown.
        breakdown: Box<BreakdownView>,
    },
}

/// 发文机关署名 and 成文日期.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignOffView {
    /// Organs, in order.
    pub organs: Vec<String>,
    /// The same, a name that is nearly as long as a line broken over several.
    pub organ_lines: Vec<Vec<String>>,
    /// Date as printed.
    pub date: Option<String>,
    /// Whether seals are put on it.
    pub seal: bool,
    /// Seals in a row; null for as many as fit.
    pub seals_per_row: Option<u32>,
}

/// 版记.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImprintView {
    /// 抄送, a line per class, without the closing mark.
    pub copies: Vec<String>,
    /// 报, 送, 发 of a bulletin; empty otherwise.
    pub circulation: Vec<LabelledRow>,
    /// 印发机关.
    pub printed_by: Option<String>,
    /// 印发日期 as printed, without 印发.
    pub printed: Option<String>,
}

/// A row of the web page's head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisclosureRow {
    /// 索引号, 公开方式, ….
    pub label: &'static str,
    /// Its value.
    pub value: String,
}

/// A link of the web page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// What is shown.
    pub text: String,
    /// Where it leads.
    pub url: String,
}

impl NoticeView {
    /// All outermost sections, wherever they stand.
    pub fn all_sections(&self) -> &[SectionView] {
        self.issued.as_ref().map_or(&self.sections, |issued| &issued.sections)
    }

    /// The prose that belongs to no section: the letter, the preface, what stands at the end.
    pub fn prose(&self) -> impl Iterator<Item = &Rich> {
        let preface = self.issued.iter().map(|issued| &issued.preface);
        std::iter::once(&self.letter).chain(preface).chain([&self.closing])
    }

    /// All its words in the order of the pages, a line each: of two documents they are the same where
    /// the documents say the same.
    pub fn plain(&self) -> String {
        let mut lines: Vec<String> = self.recipients.iter().cloned().collect();
        lines.push(self.letter.plain());
        if let Some(issued) = &self.issued {
            lines.extend([issued.title.clone(), issued.preface.plain()]);
        }
        self.all_sections().iter().for_each(|section| section.plain(&mut lines));
        lines.push(self.closing.plain());
        lines.extend(self.attendance.iter().map(|row| format!("{}：{}", row.label, row.names)));
        lines.extend(self.note.clone());
        for attachment in &self.attachments {
            lines.extend([
                attachment.label.clone(),
                attachment.title.clone(),
                attachment.text.plain(),
            ]);
            match &attachment.content {
                AttachmentContentView::Table { columns, rows, .. } => {
                    lines.extend([columns].into_iter().chain(rows).map(|row| row.join("\t")));
                }
                AttachmentContentView::UnitList { units } => lines.push(units.join("、")),
                // Its tasks stand in the text.
                AttachmentContentView::TaskTable { .. } | AttachmentContentView::None => {}
            }
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}

impl SectionView {
    fn plain(&self, lines: &mut Vec<String>) {
        lines.extend([self.heading.clone(), self.before.plain()]);
        lines.extend(self.items.iter().map(|item| item.text.plain()));
        self.sections.iter().for_each(|section| section.plain(lines));
        lines.push(self.after.plain());
    }
}

/// Makes the view of a notice.
pub fn notice(publication: &Publication) -> NoticeView {
    let record = &publication.record;
    let title = publication.title();
    let organ_in_title = record.common.organ_in_title.unwrap_or_default();
    let in_print = matches!(organ_in_title, OrganInTitle::Print | OrganInTitle::Both);
    let on_web = matches!(organ_in_title, OrganInTitle::Web | OrganInTitle::Both);
    let organ = publication.organ().unwrap_or_default();
    let names = names(publication);
    let whole = format!("{}{}", if in_print { organ.as_str() } else { "" }, record.title.trim());
    let title_lines = title_lines(&whole, &names);
    let date = record.date.as_ref().map(|d| d.value);
    let attachments = attachments(publication, &names);
    let issued = record.text.issued().map(|record| issued(publication, record, &names));
    let of =
        |of| publication.attachments.iter().filter(|a| a.of == of).map(Attachment::noted).collect();
    NoticeView {
        id: publication.id.clone(),
        title: title_lines.concat(),
        title_lines,
        web_title: if on_web { format!("{organ}{title}") } else { title },
        draft: record.stage.mark().map(str::to_string),
        organ: publication.organ(),
        head: head(publication),
        doc_number: publication.number_line(),
        date: date.map(print_date),
        date_parts: date.map(date_parts),
        date_iso: date.map(|d| d.to_string()),
        recipients: recipients(publication),
        kind: publication.kind(),
        letter: publication.letter.clone(),
        sections: match &issued {
            Some(_) => Vec::new(),
            None => sections(publication, &publication.roots),
        },
        closing: publication.closing.clone(),
        issued,
        letter_attachments: of(AttachedTo::Letter),
        issued_attachments: of(AttachedTo::Issued),
        ends_turned: bound(&attachments).last().is_some_and(|last| last.turned),
        attachments,
        sign_off: sign_off(publication),
        attendance: attendance(publication),
        // A draft is not published.
        note: record.note.as_deref().filter(|_| !publication.is_draft()).map(without_brackets),
        imprint: imprint(publication),
        even_imprint: record.common.layout.imprint.unwrap_or_default() == ImprintSide::Even,
        disclosure: disclosure(publication),
        publisher: plain(record.common.publisher.as_deref()),
        published: record.published.map(|(date, time)| match time {
            Some(time) => format!("{date} {}", time.strftime("%H:%M")),
            None => date.to_string(),
        }),
        keywords: keywords(publication),
        description: description(publication),
        links: links(publication),
    }
}

/// 附注 without the brackets around the whole of it, which the layout adds.
fn without_brackets(note: &str) -> String {
    let note = note.trim();
    let inner = [('（', '）'), ('(', ')')]
        .into_iter()
        .find_map(|(open, close)| note.strip_prefix(open)?.strip_suffix(close));
    // `（一）和（二）` is no pair around the whole.
    let mut depth = 0;
    let whole = inner.is_some_and(|inner| {
        inner.chars().all(|c| {
            depth += i32::from("（(".contains(c)) - i32::from("）)".contains(c));
            depth >= 0
        })
    });
    inner.filter(|_| whole).unwrap_or(note).to_string()
}

fn plain(text: Option<&str>) -> Option<String> {
    text.map(|text| text.trim().to_string())
}

/// The lines of a title.
fn title_lines(title: &str, names: &[&str]) -> Vec<String> {
    break_title(title.trim(), names, Width::default())
}

/// Names that a title must not break: organs and units. The shortest ones are words anyway.
fn names(publication: &Publication) -> Vec<&str> {
    let units = publication.registry.units().iter();
    let units = units.flat_map(|unit| std::iter::once(&unit.name).chain(&unit.full_name));
    let names = publication.organs.iter().chain(units).map(String::as_str);
    names.filter(|name| name.chars().count() > 2).collect()
}

fn head(publication: &Publication) -> HeadView {
    let record = &publication.record;
    let format = publication.format();
    let minutes = publication.kind() == Kind::Minutes;
    let mut joint = Vec::new();
    let mark = match (&record.common.mark, &publication.organs[..]) {
        (Some(Mark::None), _) | (None, []) => None,
        (Some(Mark::Words(words)), _) => Some(words.trim().to_string()),
        // 10.1: a letter's mark is the organ's name alone, of several organs that of the host.
        (None, [organ, ..]) if format == Format::Letter => Some(organ.clone()),
        (None, [_, ..]) if format == Format::Bulletin => Some("工作简报".into()),
        (None, [organ, ..]) if minutes => Some(format!("{organ}会议纪要")),
        (None, [organ]) => Some(format!("{organ}文件")),
        (None, organs) => {
            joint = organs.to_vec();
            Some("文件".into())
        }
    };
    let mark_lines = mark.as_deref().map(mark_lines).unwrap_or_default();
    HeadView {
        mark,
        mark_lines,
        joint,
        format,
        copy_number: plain(record.copy_number.as_deref()),
        secrecy: record.secrecy.as_ref().map(|secrecy| match &secrecy.term {
            Some(term) => format!("{}★{}", secrecy.level, term.trim()),
            None => secrecy.level.to_string(),
        }),
        urgency: record.urgency.map(str::to_string),
        signatory: record.signatory.iter().map(|name| name.trim().to_string()).collect(),
        dateline: publication.is_unsigned().then(|| dateline(publication)).flatten(),
    }
}

fn dateline(publication: &Publication) -> Option<DatelineView> {
    if publication.is_draft() {
        return None;
    }
    // Of several organs the host keeps the minutes.
    let organ = publication.organs.first().cloned();
    let date = publication.record.date.as_ref().map(|date| print_date(date.value));
    (organ.is_some() || date.is_some()).then_some(DatelineView { organ, date })
}

/// The lines of a long mark: as the author broke it, else two of about the same length.
fn mark_lines(mark: &str) -> Vec<String> {
    let own: Vec<String> =
        mark.lines().map(|line| line.trim().to_string()).filter(|line| !line.is_empty()).collect();
    if own.len() > 1 {
        return own;
    }
    let count = mark.chars().count();
    let widths = count.div_ceil(2)..count;
    let broken = widths.map(|width| break_title(mark, &[], Width::em(width as f64)));
    broken.into_iter().find(|lines| lines.len() == 2).unwrap_or(own)
}

fn recipients(publication: &Publication) -> Option<String> {
    let classes: Vec<&str> = publication.recipients.iter().map(|r| r.text.as_str()).collect();
    (!classes.is_empty()).then(|| classes.join("，"))
}

fn issued(publication: &Publication, record: &IssuedRecord, names: &[&str]) -> IssuedView {
    let title_lines = title_lines(&record.title, names);
    IssuedView {
        title: title_lines.concat(),
        title_lines,
        draft: record.stage.mark().map(str::to_string),
        preface: publication.preface.clone(),
        sections: sections(publication, &publication.roots),
    }
}

fn sections(publication: &Publication, ids: &[SectionId]) -> Vec<SectionView> {
    ids.iter().map(|&id| section(publication, id)).collect()
}

fn section(publication: &Publication, id: SectionId) -> SectionView {
    let section: &Section = &publication.sections[id];
    let mut bracket = Rich::default();
    for inline in rich::bracket(&section.assignment) {
        bracket.append_inline(inline);
    }
    SectionView {
        level: section.depth,
        anchor: format!("section-{}", id + 1),
        heading: format!("{}{}", section.label, section.heading.as_deref().unwrap_or_default()),
        bracket,
        before: section.before.clone(),
        items: section
            .items
            .iter()
            .map(|&place| {
                let item = &publication.items[place];
                ItemView {
                    number: item.number,
                    // By place: numbers may restart.
                    anchor: format!("item-{}", place + 1),
                    text: rich::item(item),
                }
            })
            .collect(),
        sections: sections(publication, &section.sections),
        after: section.after.clone(),
    }
}

fn attachments(publication: &Publication, names: &[&str]) -> Vec<AttachmentView> {
    let view = |of: AttachedTo| {
        let of_these: Vec<&Attachment> =
            publication.attachments.iter().filter(|a| a.of == of).collect();
        let count = of_these.len();
        let views: Vec<_> = of_these
            .into_iter()
            .enumerate()
            .map(|(place, attachment)| AttachmentView {
                label: attachment_label(place, count),
                anchor: match of {
                    AttachedTo::Letter => format!("letter-attachment-{}", place + 1),
                    AttachedTo::Issued => format!("attachment-{}", place + 1),
                },
                title: attachment.title.clone(),
                title_lines: title_lines(&attachment.title, names),
                draft: attachment.draft().map(str::to_string),
                apart: None,
                text: attachment.text.clone(),
                content: content(publication, &attachment.content),
                turned: is_turned(&attachment.content),
            })
            .collect();
        views
    };
    let mut all = view(AttachedTo::Letter);
    all.extend(view(AttachedTo::Issued));
    for place in apart_places(publication) {
        all[place].apart = Some(apart_file(publication, place));
    }
    all
}

/// The attachments that are bound with the document.
pub fn bound(attachments: &[AttachmentView]) -> impl Iterator<Item = &AttachmentView> {
    attachments.iter().filter(|attachment| attachment.apart.is_none())
}

/// Tables of all items are always too wide for an upright page.
fn is_turned(content: &AttachmentContent) -> bool {
    match content {
        AttachmentContent::Tasks => true,
        AttachmentContent::Table { columns, looks, rows, wide } => {
            wide.unwrap_or_else(|| !stands_upright(columns, looks, rows))
        }
        AttachmentContent::None | AttachmentContent::Units(_) => false,
    }
}

fn content(publication: &Publication, content: &AttachmentContent) -> AttachmentContentView {
    match content {
        AttachmentContent::None => AttachmentContentView::None,
        AttachmentContent::Table { columns, looks, rows, .. } => AttachmentContentView::Table {
            columns: columns.clone(),
            groups: groups(looks),
            aligns: aligns(looks, rows),
            widths: looks.iter().map(|look| look.width).collect(),
            rows: rows.clone(),
            wide: is_turned(content),
        },
        AttachmentContent::Units(units) => AttachmentContentView::UnitList {
            units: units.iter().map(|&u| publication.registry.unit(u).name.clone()).collect(),
        },
        AttachmentContent::Tasks => {
            AttachmentContentView::TaskTable { breakdown: Box::new(breakdown(publication)) }
        }
    }
}

fn attendance(publication: &Publication) -> Vec<LabelledRow> {
    labelled(publication.record.attendance.iter().flat_map(|record| record.lists()))
}

fn labelled<'a>(lists: impl Iterator<Item = (&'static str, &'a SourceText)>) -> Vec<LabelledRow> {
    lists
        .map(|(label, names)| LabelledRow {
            label,
            names: names.lines().map(|line| line.trim().trim_end_matches('。')).collect(),
        })
        .collect()
}

/// Nothing is signed before it is final; minutes (10.3) and bulletins are not signed.
fn sign_off(publication: &Publication) -> Option<SignOffView> {
    let record = &publication.record;
    if publication.is_unsigned() || publication.is_draft() || record.common.sign_off == Some(false)
    {
        return None;
    }
    let date = record.date.as_ref().map(|d| print_date(d.value));
    // Four characters less than a line of body type, as far as a sign-off stands in.
    const LONGEST: f64 = 24.0;
    let organs = publication.organs.clone();
    let organ_lines =
        organs.iter().map(|organ| break_title(organ, &[], Width::em(LONGEST))).collect();
    let layout = &record.common.layout;
    (!organs.is_empty() || date.is_some()).then_some(SignOffView {
        organs,
        organ_lines,
        date,
        seal: layout.seal.unwrap_or(true),
        seals_per_row: layout.seals_per_row,
    })
}

fn imprint(publication: &Publication) -> Option<ImprintView> {
    let record = &publication.record;
    if publication.is_draft() {
        return None;
    }
    let imprint = ImprintView {
        circulation: labelled(record.circulation.iter().flat_map(|record| record.lists())),
        copies: record
            .common
            .copies
            .iter()
            .flatten()
            .map(|line| line.trim().trim_end_matches(['。', '，', '；']).to_string())
            .collect(),
        printed_by: plain(record.common.printed_by.as_deref()),
        printed: record.printed.as_ref().map(|d| print_date(d.value)),
    };
    let empty = imprint.copies.is_empty()
        && imprint.circulation.is_empty()
        && imprint.printed_by.is_none()
        && imprint.printed.is_none();
    (!empty).then_some(imprint)
}

fn disclosure(publication: &Publication) -> Vec<DisclosureRow> {
    let record = &publication.record;
    let given = record.common.disclosure.clone().unwrap_or_default();
    let rows = [
        ("索引号", plain(given.index.as_deref())),
        ("发布机构", plain(record.common.publisher.as_deref())),
        ("文件编号", publication.doc_number()),
        ("成文日期", record.date.as_ref().map(|d| d.value.to_string())),
        ("公开方式", given.access.map(|access| access.name().to_string())),
        ("公开时限", plain(given.period.as_deref())),
        ("主题分类", plain(given.topic.as_deref())),
        ("体裁", plain(given.genre.as_deref())),
        ("有效性", plain(given.validity.as_deref())),
    ];
    rows.into_iter()
        .filter_map(|(label, value)| value.map(|value| DisclosureRow { label, value }))
        .collect()
}

fn keywords(publication: &Publication) -> Vec<String> {
    let given = publication.record.common.disclosure.iter().flat_map(|d| &d.keywords);
    given.map(|word| word.trim().to_string()).collect()
}

fn links(publication: &Publication) -> Vec<LinkView> {
    let given = publication.record.common.disclosure.iter().flat_map(|d| &d.links);
    given.map(|l| LinkView { text: l.text.trim().into(), url: l.url.trim().into() }).collect()
}

/// The letter's words, else the preface's, cut to what search engines show.
fn description(publication: &Publication) -> String {
    const LONGEST: usize = 120;
    let text = [&publication.letter, &publication.preface]
        .into_iter()
        .find(|text| !text.is_empty())
        .map(Rich::plain)
        .unwrap_or_default()
        .replace('\n', "");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
