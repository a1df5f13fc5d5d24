//! Attachments, each on a page of its own.

use super::body::{blank, write};
use super::breakdown::breakdown_table;
use super::lengths::{em, points, twips};
use super::package::Document;
use super::page::Page;
use super::paragraph::Paragraph;
use super::styles::{ATTACHMENT, TABLE_HEAD, TABLE_TEXT, TEXT, TITLE};
use super::table::{Align, Cell, Column, Row, table};
use crate::{geometry, tables};
use records::view::{AttachmentContentView, AttachmentView};

/// Writes the attachments; pages are upright again behind the last one.
pub(super) fn write_all(attachments: &[AttachmentView], document: &mut Document) {
    let mut page = Page::Notice;
    for attachment in attachments {
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
fn one(attachment: &AttachmentView, on_new_page: bool, document: &mut Document) {
    let label = Paragraph::new(ATTACHMENT).text(&attachment.label);
    document.push(if on_new_page { label.on_new_page() } else { label });
    blank(document, 1);
    document.push(Paragraph::new(TITLE).lines(&attachment.title_lines));
    blank(document, 1);
    write(&attachment.text, document);
    let width = if attachment.turned { geometry::BLOCK_HEIGHT } else { geometry::BLOCK_WIDTH };
    match &attachment.content {
        AttachmentContentView::None => {}
        AttachmentContentView::Table { columns, rows, .. } => {
            document.extend([plain_table(columns, rows, twips(width))]);
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

/// A table whose columns are as wide as their contents and share what is left; contents too wide
/// for the page share the page.
fn plain_table(columns: &[String], rows: &[Vec<String>], width: i32) -> super::xml::Element {
    let natural = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).chain(columns.get(column));
        let widest = cells.map(|words| em(words)).fold(1.0, f64::max);
        points((widest + 1.4) * geometry::TABLE_SIZE.pt())
    };
    let natural: Vec<i32> = (0..columns.len()).map(natural).collect();
    let spare = width - natural.iter().sum::<i32>();
    let count = i32::try_from(columns.len().max(1)).unwrap_or(1);
    let widths: Vec<i32> = if spare >= 0 {
        natural.iter().map(|natural| natural + spare / count).collect()
    } else {
        shared(&natural, width)
    };
    let columns: Vec<Column> = columns
        .iter()
        .zip(&widths)
        .map(|(title, &width)| Column { title: title.clone(), width, align: Align::Centre })
        .collect();
    let rows = rows.iter().map(|row| {
        Row::Cells(
            row.iter()
                .map(|words| Cell::of(Paragraph::new(TABLE_TEXT).text(words), Align::Centre))
                .collect(),
        )
    });
    table(TABLE_HEAD, &columns, rows.collect())
}

/// Narrow columns keep their width, the wide ones share what is left of the page by their
/// contents.
fn shared(natural: &[i32], width: i32) -> Vec<i32> {
    let fair = width / i32::try_from(natural.len().max(1)).unwrap_or(1);
    let kept: i32 = natural.iter().filter(|natural| **natural <= fair).sum();
    let wide: i32 = natural.iter().filter(|natural| **natural > fair).sum();
    let left = f64::from(width - kept) / f64::from(wide.max(1));
    natural
        .iter()
        .map(|&natural| if natural <= fair { natural } else { (f64::from(natural) * left) as i32 })
        .collect()
}
