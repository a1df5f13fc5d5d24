//! Rich text to paragraphs and tables.

use super::lengths::{cells, twips};
use super::package::Document;
use super::paragraph::{Paragraph, Run, line_break};
use super::styles::{EMPHASIS, LINK, STRONG, TABLE_HEAD, TABLE_TEXT, level};
use super::table::{Cell, Column, Row, table};
use super::xml::{Element, el, val};
use crate::geometry::Length;
use crate::tables;
use base::rich::{Block, Inline, Rich, Table};

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The style of its paragraphs.
    pub(super) style: &'static str,
    /// Whether its paragraphs and lists are indented on the grid of body type.
    pub(super) on_grid: bool,
    /// Whether it is the entry of a list.
    pub(super) listed: bool,
}

/// What a text is written as.
pub(super) enum Piece {
    /// A paragraph of the document.
    Paragraph(Paragraph),
    /// A table, which no other may follow at once.
    Table(Element),
}

/// A text as pieces of the document.
pub(super) fn pieces(rich: &Rich, place: Place, document: &mut Document) -> Vec<Piece> {
    let mut out = Vec::new();
    for block in &rich.blocks {
        let mut written = Vec::new();
        if let Block::Table(table) = block {
            lines_above(table, document, &mut written);
            out.extend(written.into_iter().map(Piece::Paragraph));
            out.push(Piece::Table(text_table(table, document)));
            out.push(Piece::Paragraph(Paragraph::new(TABLE_TEXT)));
        } else {
            blocks(std::slice::from_ref(block), place, None, document, &mut written);
            out.extend(written.into_iter().map(Piece::Paragraph));
        }
    }
    out
}

/// Caption and unit.
fn lines_above(table: &Table, document: &mut Document, out: &mut Vec<Paragraph>) {
    if !table.caption.is_empty() {
        let mut runs = Vec::new();
        inlines(&table.caption, Run::default(), document, &mut runs);
        out.push(Paragraph::new(TABLE_HEAD).runs(runs).keep_with_next());
    }
    if let Some(unit) = &table.unit {
        let line = Paragraph::new(TABLE_TEXT).text(unit).set(val("w:jc", "right"));
        out.push(line.keep_with_next());
    }
}

fn text_table(content: &Table, document: &mut Document) -> Element {
    let widths = tables::of_text(content).widths;
    let columns: Vec<Column> = Table::plain_row(&content.head)
        .into_iter()
        .zip(widths)
        .zip(&content.aligns)
        .map(|((title, width), align)| Column {
            title,
            width: twips(Length::Mm(width)),
            align: (*align).into(),
        })
        .collect();
    let mut cell = |(content, column): (&Vec<Inline>, &Column)| {
        let mut runs = Vec::new();
        inlines(content, Run::default(), document, &mut runs);
        Cell::of(Paragraph::new(TABLE_TEXT).runs(runs), column.align)
    };
    let mut row =
        |row: &Vec<Vec<Inline>>| Row::Cells(row.iter().zip(&columns).map(&mut cell).collect());
    let rows = content.rows.iter().map(&mut row).collect();
    table(TABLE_HEAD, &columns, rows)
}

/// A text's paragraphs, each a paragraph of the document. Numbers and marks of lists are text, and so
/// are tables: they are told in lines.
pub(super) fn paragraphs(rich: &Rich, place: Place, document: &mut Document) -> Vec<Paragraph> {
    let mut out = Vec::new();
    blocks(&rich.clone().without_tables().blocks, place, None, document, &mut out);
    out
}

/// The runs of a text that is one paragraph, as a bracket behind a heading is.
pub(super) fn runs(rich: &Rich, document: &mut Document) -> Vec<Element> {
    let mut out = Vec::new();
    for block in &rich.blocks {
        if let Block::Paragraph { inlines: content } | Block::Heading { inlines: content, .. } =
            block
        {
            inlines(content, Run::default(), document, &mut out);
        }
    }
    out
}

/// What stands before an entry of a list.
#[derive(Debug, Clone, Copy)]
enum Mark {
    Number(u64),
    Dot,
    /// Those of a list inside an entry.
    Circled(u64),
    Dash,
}

impl Mark {
    fn words(self) -> String {
        match self {
            Self::Circled(number @ 1..=10) => {
                let circled = u32::try_from(number).ok().and_then(|n| char::from_u32(0x245f + n));
                circled.map(String::from).unwrap_or_default()
            }
            Self::Number(number) | Self::Circled(number) => format!("（{number}）"),
            Self::Dot => "·".into(),
            Self::Dash => "－".into(),
        }
    }

    /// How many characters of the grid it takes.
    fn cells(self) -> f64 {
        match self {
            Self::Number(..10) => 2.5,
            Self::Number(_) => 3.0,
            Self::Circled(_) => 2.0,
            Self::Dot | Self::Dash => 1.0,
        }
    }
}

/// Writes blocks. `mark` stands before the first paragraph: it is an entry of a list.
fn blocks(
    blocks: &[Block],
    place: Place,
    mut mark: Option<Mark>,
    document: &mut Document,
    out: &mut Vec<Paragraph>,
) {
    for block in blocks {
        match block {
            Block::Paragraph { inlines: content } => {
                let paragraph = match mark.take() {
                    Some(mark) => entry(place, mark),
                    None => Paragraph::new(place.style),
                };
                let mut runs = Vec::new();
                inlines(content, Run::default(), document, &mut runs);
                out.push(paragraph.runs(runs));
            }
            Block::Heading { level: depth, inlines: content } => {
                let style = if place.on_grid { level(usize::from(*depth)) } else { place.style };
                let mut runs = Vec::new();
                inlines(content, Run::default(), document, &mut runs);
                out.push(
                    Paragraph::new(style)
                        .text(&mark.take().map(Mark::words).unwrap_or_default())
                        .runs(runs),
                );
            }
            Block::List { start, entries } => {
                for (number, content) in (0..).zip(entries) {
                    let mark = match (start, place.listed) {
                        (Some(start), false) => Mark::Number(start.saturating_add(number)),
                        (Some(start), true) => Mark::Circled(start.saturating_add(number)),
                        (None, false) => Mark::Dot,
                        (None, true) => Mark::Dash,
                    };
                    let inside = Place { listed: true, ..place };
                    // The mark of an entry that begins with a list, or is empty.
                    if !matches!(
                        content.first(),
                        Some(Block::Paragraph { .. } | Block::Heading { .. })
                    ) {
                        out.push(entry(place, mark));
                        self::blocks(content, inside, None, document, out);
                    } else {
                        self::blocks(content, inside, Some(mark), document, out);
                    }
                }
            }
            // Written by `pieces`, or told in lines.
            Block::Table(_) => {}
        }
    }
    if let Some(mark) = mark {
        out.push(entry(place, mark));
    }
}

/// A list's entry: its mark two characters in, its lines behind the mark.
fn entry(place: Place, mark: Mark) -> Paragraph {
    let wide = mark.cells();
    let paragraph = Paragraph::new(place.style).text(&mark.words());
    if !place.on_grid {
        return paragraph;
    }
    paragraph.set(
        el("w:ind")
            .attr("w:left", cells(2.0 + wide))
            .attr("w:firstLineChars", 0)
            .attr("w:hanging", cells(wide)),
    )
}

fn inlines(content: &[Inline], look: Run, document: &mut Document, out: &mut Vec<Element>) {
    for inline in content {
        match inline {
            Inline::Text { text } | Inline::Name { text } => out.extend(look.text(text)),
            Inline::Strong { inlines: content } => {
                inlines(content, Run { style: Some(STRONG), ..look }, document, out);
            }
            Inline::Emphasis { inlines: content } => {
                inlines(content, Run { style: Some(EMPHASIS), ..look }, document, out);
            }
            Inline::Link { href, inlines: content } => {
                let id = document.link(href);
                let mut runs = Vec::new();
                inlines(content, Run { style: Some(LINK), ..look }, document, &mut runs);
                out.push(el("w:hyperlink").attr("r:id", id).with_all(runs));
            }
            Inline::Break => out.push(line_break()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::super::page::Page;
    use super::super::styles::{LEVEL_1, TEXT};
    use super::*;
    use crate::render::sample::sample;
    use base::rich::plain_text;

    const BODY: Place = Place { style: TEXT, on_grid: true, listed: false };

    /// The paragraphs of a text, as whoever reads the document's XML sees them: style and words.
    fn read(rich: &Rich) -> Vec<(String, String)> {
        let mut document = Document::new(Page::Notice, Vec::new());
        let paragraphs = paragraphs(rich, BODY, &mut document);
        let root =
            el("w:body").attr("xmlns:w", "w").with_all(paragraphs.into_iter().map(Paragraph::done));
        let xml = String::from_utf8(root.part().unwrap()).unwrap();
        let mut reader = Reader::from_str(&xml);
        let mut out: Vec<(String, String)> = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => return out,
                Event::Start(tag) if tag.name().as_ref() == "w:p" => out.push(Default::default()),
                Event::Empty(tag) if tag.name().as_ref() == "w:pStyle" => {
                    let style = tag.attributes().next().unwrap().unwrap();
                    out.last_mut().unwrap().0 = style.value.to_string();
                }
                Event::Empty(tag) if tag.name().as_ref() == "w:br" => {
                    out.last_mut().unwrap().1.push('\n');
                }
                Event::Text(text) => out.last_mut().unwrap().1.push_str(&text),
                Event::GeneralRef(name) => {
                    let text = format!("&{};", &*name);
                    let text = quick_xml::escape::unescape(&text).unwrap();
                    out.last_mut().unwrap().1.push_str(&text);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn all_there_is() {
        let read = read(&sample());
        let read: Vec<(&str, &str)> = read.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let text = |words| (TEXT, words);
        assert_eq!(
            read,
            [
                (LEVEL_1, "一、甲"),
                text("乙“重点”和丙见丁<\n戊"),
                text("（3）己"),
                text("－庚"),
                text("（4）辛"),
                text("壬"),
                text("·癸"),
                text("·"),
            ]
        );
    }

    proptest! {
        #[test]
        fn every_text_comes_out_as_itself(text in any::<String>()) {
            let clean = super::super::super::text::clean(&text).replace(['\n', '\t'], " ");
            let words: String = read(&plain_text(&text)).into_iter().map(|(_, words)| words).collect();
            prop_assert_eq!(words, clean);
        }
    }
}
