//! What a notice is known to print: with it, elements are found by their words and missed where
//! they are not printed. Of a foreign PDF nothing is known.

use base::rich::{Block, Inline, Rich, plain};
use records::content::schema::notice::Format;
use records::view::{AttachmentContentView, ImprintView, NoticeView, SectionView, bound};

/// The words of a notice's elements, without blanks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// 发文机关标志.
    pub mark: Option<String>,
    /// The organs stacked before the mark of a joint notice.
    pub joint: Vec<String>,
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
    /// Organ and date above the red rule, of a paper that is not signed.
    pub dateline: Vec<String>,
    /// 出席, 请假, 列席, each with its label and colon.
    pub attendance: Vec<String>,
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
    /// Whether seals are put on the sign-off; `None` where that has to be seen from its place.
    pub sealed: Option<bool>,
    /// 成文日期.
    pub date: Option<String>,
    /// 附注 without brackets.
    pub note: Option<String>,
    /// 抄送, or 报, 送 and 发, without closing marks, a text per line; labels stand before their first.
    pub copies: Vec<String>,
    /// 印发机关.
    pub printed_by: Option<String>,
    /// 印发日期 without 印发.
    pub printed: Option<String>,
    /// Names of units.
    pub names: Vec<String>,
    /// What the author made strong or emphasised.
    pub stressed: Vec<String>,
    /// What stands above tables in texts: captions, and what their numbers are counted in.
    pub captions: Vec<String>,
}

impl From<&NoticeView> for Expected {
    fn from(view: &NoticeView) -> Self {
        let mut headings = Vec::new();
        let mut names = Vec::new();
        for text in view.prose() {
            names_of_blocks(&text.blocks, &mut names);
        }
        for section in view.all_sections() {
            collect(section, &mut headings, &mut names);
        }
        for attachment in bound(&view.attachments) {
            names_of_blocks(&attachment.text.blocks, &mut names);
            if let AttachmentContentView::UnitList { units } = &attachment.content {
                names.extend(units.iter().map(|unit| without_blanks(unit)));
            }
        }
        let mut stressed = Vec::new();
        for blocks in texts(view) {
            stressed_of_blocks(blocks, &mut stressed);
        }
        let captions = texts(view).into_iter().flat_map(captions_of_blocks).collect();
        // An attachment's headings are set as those of the text.
        for attachment in bound(&view.attachments) {
            headings_of_blocks(&attachment.text.blocks, &mut headings);
        }
        names.sort();
        names.dedup();
        let notes = [&view.letter_attachments, &view.issued_attachments];
        let sign_off = view.sign_off.as_ref();
        let imprint = view.imprint.as_ref();
        Self {
            mark: close(view.head.mark.as_deref()),
            joint: view.head.joint.iter().map(|organ| without_blanks(organ)).collect(),
            letter: view.head.format == Format::Letter,
            copy_number: close(view.head.copy_number.as_deref()),
            secrecy: close(view.head.secrecy.as_deref()),
            urgency: close(view.head.urgency.as_deref()),
            number: close(view.doc_number.as_deref()),
            signatory: view.head.signatory.iter().map(|name| without_blanks(name)).collect(),
            dateline: (view.head.dateline.iter())
                .flat_map(|dateline| [&dateline.organ, &dateline.date])
                .filter_map(|words| close(words.as_deref()))
                .collect(),
            attendance: (view.attendance.iter())
                .map(|row| format!("{}：{}", row.label, without_blanks(&row.names)))
                .collect(),
            title: close(Some(&view.title)),
            recipients: close(view.recipients.as_deref()),
            headings,
            issued_title: view.issued.as_ref().and_then(|issued| close(Some(&issued.title))),
            attachment_notes: notes
                .into_iter()
                .filter(|titles| !titles.is_empty())
                .map(|titles| titles.iter().map(|title| without_blanks(title)).collect())
                .collect(),
            attachments: bound(&view.attachments)
                .map(|one| (without_blanks(&one.label), without_blanks(&one.title)))
                .collect(),
            organs: sign_off.iter().flat_map(|s| &s.organs).map(|o| without_blanks(o)).collect(),
            sealed: sign_off.map(|s| s.seal),
            date: sign_off.and_then(|s| close(s.date.as_deref())),
            note: close(view.note.as_deref()),
            copies: imprint.map(imprint_lists).unwrap_or_default(),
            printed_by: imprint.and_then(|i| close(i.printed_by.as_deref())),
            printed: imprint.and_then(|i| close(i.printed.as_deref())),
            names,
            stressed,
            captions,
        }
    }
}

fn imprint_lists(imprint: &ImprintView) -> Vec<String> {
    let circulation = imprint.circulation.iter();
    let mut lists: Vec<String> =
        circulation.map(|row| format!("{}：{}", row.label, without_blanks(&row.names))).collect();
    for (place, line) in imprint.copies.iter().enumerate() {
        let label = if place == 0 { "抄送：" } else { "" };
        lists.push(format!("{label}{}", without_blanks(line)));
    }
    lists
}

/// The texts of a notice.
fn texts(view: &NoticeView) -> Vec<&[Block]> {
    fn of_section<'a>(section: &'a SectionView, texts: &mut Vec<&'a [Block]>) {
        texts.extend([&section.before.blocks[..], &section.after.blocks[..]]);
        texts.extend(section.items.iter().map(|item| &item.text.blocks[..]));
        section.sections.iter().for_each(|inner| of_section(inner, texts));
    }
    let mut texts: Vec<&[Block]> = view.prose().map(|text| &text.blocks[..]).collect();
    view.all_sections().iter().for_each(|section| of_section(section, &mut texts));
    texts.extend(bound(&view.attachments).map(|attachment| &attachment.text.blocks[..]));
    texts
}

fn headings_of_blocks(blocks: &[Block], headings: &mut Vec<(usize, String)>) {
    for block in blocks {
        if let Block::Heading { level, .. } = block {
            let words = Rich { blocks: vec![block.clone()] }.plain();
            headings.extend(close(Some(&words)).map(|words| (usize::from(*level), words)));
        }
    }
}

fn captions_of_blocks(blocks: &[Block]) -> impl Iterator<Item = String> {
    // Lists hold no tables.
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.flat_map(|table| {
        [close(Some(&plain(&table.caption))), close(table.unit.as_deref())].into_iter().flatten()
    })
}

fn stressed_of_blocks(blocks: &[Block], stressed: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph { inlines } | Block::Heading { inlines, .. } => {
                for inline in inlines {
                    if let Inline::Strong { .. } | Inline::Emphasis { .. } = inline {
                        let blocks = vec![Block::Paragraph { inlines: vec![inline.clone()] }];
                        stressed.extend(close(Some(&Rich { blocks }.plain())));
                    }
                }
            }
            Block::List { entries, .. } => {
                entries.iter().for_each(|entry| stressed_of_blocks(entry, stressed));
            }
            // What stands in tables is no line of the text.
            Block::Table(_) => {}
        }
    }
}

fn collect(section: &SectionView, headings: &mut Vec<(usize, String)>, names: &mut Vec<String>) {
    headings.extend(close(Some(&section.heading)).map(|heading| (section.level, heading)));
    let items = section.items.iter().map(|item| &item.text);
    let texts: [&Rich; 3] = [&section.bracket, &section.before, &section.after];
    for text in texts.into_iter().chain(items) {
        names_of_blocks(&text.blocks, names);
    }
    for inner in &section.sections {
        collect(inner, headings, names);
    }
}

fn names_of_blocks(blocks: &[Block], names: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph { inlines } | Block::Heading { inlines, .. } => {
                names_of_inlines(inlines, names);
            }
            Block::List { entries, .. } => {
                for entry in entries {
                    names_of_blocks(entry, names);
                }
            }
            Block::Table(_) => {}
        }
    }
}

fn names_of_inlines(inlines: &[Inline], names: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Name { text } => names.push(without_blanks(text)),
            Inline::Strong { inlines }
            | Inline::Emphasis { inlines }
            | Inline::Link { inlines, .. } => names_of_inlines(inlines, names),
            Inline::Text { .. } | Inline::Break => {}
        }
    }
}

fn close(text: Option<&str>) -> Option<String> {
    text.map(without_blanks).filter(|text| !text.is_empty())
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
