//! Attachments, each on a page of its own.

use super::body::{blank, draft_mark, write};
use super::breakdown::breakdown_table;
use super::lengths::twips;
use super::package::Document;
use super::page::Page;
use super::paragraph::Paragraph;
use super::styles::{ATTACHMENT, TABLE_HEAD, TABLE_TEXT, TEXT, TITLE};
use super::table::{Align, Cell, Column, Row, table};
use crate::geometry::Length;
use crate::tables;
use records::view::{AttachmentContentView, AttachmentView, bound};

/// Writes the attachments; pages are upright again behind the last one.
pub(super) fn write_all(attachments: &[AttachmentView], document: &mut Document) {
    let mut page = Page::Notice;
    for attachment in bound(attachments) {
        let wanted = if attachment.turned { Page::Turned } else { Page::Notice };
        // A section begins a page as well. Two turned ones follow each other in one.
        let turns = wanted != page;
        if turns {
            document.turn(wanted);
            page = wanted;
        }
        one(attachment, !turns, document);
    }
    if page != Page::Notice {
        document.turn(Page::Notice);
    }
}

/// 7.3.7: the label flush left on line 1, the title centred on line 3.
pub(super) fn one(attachment: &AttachmentView, on_new_page: bool, document: &mut Document) {
    let label = Paragraph::new(ATTACHMENT).text(&attachment.label);
    document.push(if on_new_page { label.on_new_page() } else { label });
    blank(document, 1);
    document.push(Paragraph::new(TITLE).lines(&attachment.title_lines));
    draft_mark(attachment.draft.as_deref(), document);
    blank(document, 1);
    write(&attachment.text, document);
    match &attachment.content {
        AttachmentContentView::None => {}
        content @ AttachmentContentView::Table { .. } => {
            document.extend(plain_table(content, attachment.turned));
            blank(document, 1);
        }
        AttachmentContentView::UnitList { units } => {
            document.push(Paragraph::new(TEXT).text(&units.join("、")));
        }
        AttachmentContentView::TaskTable { breakdown } => {
            let table = breakdown_table(breakdown, &tables::of_tasks(breakdown).widths, document);
            document.extend([table]);
            blank(document, 1);
        }
    }
}

/// A table; a heading over several columns stands before each of theirs.
fn plain_table(content: &AttachmentContentView, turned: bool) -> Option<super::xml::Element> {
    let AttachmentContentView::Table { columns, groups, aligns, widths, rows, .. } = content else {
        return None;
    };
    let fitted = tables::of_attachment(columns, widths, rows, turned);
    let above = groups.iter().flat_map(|group| std::iter::repeat_n(&group.title, group.span));
    let above: Vec<&Option<String>> = above.collect();
    let columns: Vec<Column> = columns
        .iter()
        .zip(&fitted.widths)
        .enumerate()
        .map(|(at, (title, &width))| Column {
            title: match above.get(at) {
                Some(Some(group)) => format!("{group}：{title}"),
                _ => title.clone(),
            },
            width: twips(Length::Mm(width)),
            align: aligns.get(at).map_or(Align::Centre, |align| (*align).into()),
        })
        .collect();
    let row = |row: &Vec<String>| {
        let cells = row.iter().zip(&columns);
        let cell = |(words, column): (&String, &Column)| {
            Cell::of(Paragraph::new(TABLE_TEXT).text(words), column.align)
        };
        Row::Cells(cells.map(cell).collect())
    };
    Some(table(TABLE_HEAD, &columns, rows.iter().map(row).collect()))
}
