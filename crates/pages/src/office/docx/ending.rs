//! What ends a letter and a document: attachments noted, sign-off, note, imprint.

use super::body::blank;
use super::faces::Face;
use super::lengths::{cells, eighths, em, points, twips, width};
use super::package::Document;
use super::paragraph::{Paragraph, Run, line_break};
use super::styles::{DATE, END, IMPRINT, NOTE, NOTED, ORGAN};
use super::table::{Rules, at_the_foot};
use super::xml::el;
use crate::geometry::{self, Length};
use records::view::{ImprintView, LabelledRow, SignOffView};

/// 7.3.4: names hang behind `附件：` and their numbers.
pub(super) fn attachment_note(titles: &[String], document: &mut Document) {
    if titles.is_empty() {
        return;
    }
    blank(document, 1);
    for (place, title) in titles.iter().enumerate() {
        let number = if titles.len() == 1 { String::new() } else { format!("{}.", place + 1) };
        let label = if place == 0 { "附件：" } else { "" };
        // Every title begins where the first one does.
        let left = cells(5.0) + width(&number);
        let hanging = width(&number) + if place == 0 { cells(3.0) } else { 0 };
        document.push(
            Paragraph::new(NOTED)
                .set(el("w:ind").attr("w:left", left).attr("w:hanging", hanging))
                .text(&format!("{label}{number}{title}")),
        );
    }
}

/// 10.3: who was at the meeting; names hang behind their label.
pub(super) fn attendance(rows: &[LabelledRow], document: &mut Document) {
    if rows.is_empty() {
        return;
    }
    blank(document, 1);
    let hei = Run { face: Some(Face::Hei), ..Run::default() };
    for row in rows {
        let indent = el("w:ind").attr("w:left", cells(5.0)).attr("w:hanging", cells(3.0));
        let line = Paragraph::new(NOTED).set(indent).runs(hei.text(&format!("{}：", row.label)));
        document.push(line.text(&row.names));
    }
}

/// 7.3.5: organ and date below the letter.
pub(super) fn sign_off(view: &SignOffView, document: &mut Document) {
    // Room for a seal, whose top stands within one line of the text.
    let extra = view.organ_lines.iter().map(|lines| lines.len().saturating_sub(1)).max();
    let blanks = if view.seal { 2_usize.saturating_sub(extra.unwrap_or(0)).max(1) } else { 1 };
    for _ in 0..blanks {
        document.push(Paragraph::new(ORGAN).keep_with_next());
    }
    match (&view.organ_lines[..], view.seal) {
        ([], _) => date(view, if view.seal { cells(4.0) } else { cells(2.0) }, document),
        ([organ], seal) => single(organ, view, seal, document),
        (organs, true) => joint(organs, view, document),
        ([before @ .., last], false) => {
            for organ in before {
                organ_lines(organ, cells(2.0), document);
            }
            single(last, view, false, document);
        }
    }
}

fn date(view: &SignOffView, from_right: i32, document: &mut Document) {
    if let Some(date) = &view.date {
        document.push(Paragraph::new(DATE).at_right(from_right).text(date));
    }
}

/// Lines of an organ's name, centred on one another.
fn organ_lines(lines: &[String], from_right: i32, document: &mut Document) {
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    for line in lines {
        let offset = from_right + (widest - width(line)) / 2;
        document.push(Paragraph::new(ORGAN).keep_with_next().at_right(offset).text(line));
    }
}

/// 7.3.5.1 and 7.3.5.2: one organ.
fn single(organ: &[String], view: &SignOffView, seal: bool, document: &mut Document) {
    let organ_width = organ.iter().map(|line| width(line)).max().unwrap_or(0);
    let date_width = view.date.as_deref().map_or(0, width);
    let (organ_right, date_right) = if seal {
        // The date four characters in, the organ centred on it; a long name keeps inside the
        // text block and takes the date with it.
        let date_right = cells(4.0);
        let organ_right = date_right + (date_width - organ_width) / 2;
        let shift = (-organ_right).max(0);
        (organ_right + shift, date_right + shift)
    } else {
        // The organ two characters in, the date two further than its first one; where the date
        // is the longer, it stands two in and the organ gives way.
        let two = cells(2.0);
        let date_right = organ_width - date_width;
        if date_right >= two {
            (two, date_right)
        } else {
            (2 * two + date_width - organ_width, two)
        }
    };
    organ_lines(organ, organ_right, document);
    date(view, date_right, document);
}

/// 7.3.5.1, joint issue: organs in rows with room for a seal on each, the date below the last.
fn joint(organs: &[Vec<String>], view: &SignOffView, document: &mut Document) {
    const MOST: i32 = 3;
    let names: Vec<String> = organs.iter().map(|lines| lines.concat()).collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let date_width = view.date.as_deref().map_or(0, width);
    let half = twips(geometry::SEAL_SIZE).max(widest) / 2;
    let apart = (twips(geometry::SEAL_SIZE) + twips(geometry::SEAL_GAP)).max(widest + cells(1.0));
    let last = (cells(4.0) + date_width / 2).max(half);
    let block = twips(geometry::BLOCK_WIDTH);
    let fitting = (block - last - half).max(0) / apart + 1;
    let wanted = view.seals_per_row.and_then(|n| i32::try_from(n).ok()).unwrap_or(MOST);
    let columns = wanted.min(MOST).min(fitting).max(1);
    let seal_lines = ((geometry::SEAL_SIZE.mm() + geometry::SEAL_GAP.mm())
        / geometry::line_pitch().mm())
    .ceil() as usize;
    for (place, row) in names.chunks(usize::try_from(columns).unwrap_or(1)).enumerate() {
        if place > 0 {
            for _ in 1..seal_lines {
                document.push(Paragraph::new(ORGAN).keep_with_next());
            }
        }
        let mut tabs = el("w:tabs");
        let mut paragraph =
            Paragraph::new(ORGAN).keep_with_next().set(super::xml::val("w:jc", "left"));
        for (name, behind) in row.iter().zip((0..row.len()).rev()) {
            let behind = i32::try_from(behind).unwrap_or(0);
            let centre = block - last - behind * apart;
            tabs = tabs.with(el("w:tab").attr("w:val", "center").attr("w:pos", centre));
            paragraph = paragraph.tab().text(name);
        }
        document.push(paragraph.set(tabs));
    }
    date(view, last - date_width / 2, document);
}

/// 7.3.6
pub(super) fn note(words: &str, document: &mut Document) {
    document.push(Paragraph::new(NOTE).text(&format!("（{words}）")));
}

/// 7.4: the imprint, at the foot of the page that the text ends on.
pub(super) fn imprint(view: &ImprintView, letter: bool, document: &mut Document) {
    let circulation =
        view.circulation.iter().map(|row| copies(row.label, std::slice::from_ref(&row.names)));
    let copies = (!view.copies.is_empty()).then(|| copies("抄送", &view.copies));
    let printing = if letter { None } else { printing(view) };
    let notices: Vec<Paragraph> = circulation.chain(copies).collect();
    let groups: Vec<Vec<Paragraph>> = [notices, printing.into_iter().collect()]
        .into_iter()
        .filter(|group| !group.is_empty())
        .collect();
    if groups.is_empty() {
        return;
    }
    let rules = (!letter).then(|| Rules {
        outer: eighths(geometry::IMPRINT_RULE_OUTER),
        inner: eighths(geometry::IMPRINT_RULE_INNER),
    });
    document.extend([at_the_foot(twips(geometry::BLOCK_WIDTH), groups, rules)]);
    // What the table hangs on: so small that it takes no line.
    document.push(Paragraph::new(END));
}

/// 7.4.2: one character in at both sides, lines hanging behind the label.
fn copies(label: &str, lines: &[String]) -> Paragraph {
    let words = format!("{label}：");
    let one = twips(geometry::SMALL_SIZE);
    let label = points(em(&words) * geometry::SMALL_SIZE.pt());
    let mut paragraph = Paragraph::new(IMPRINT)
        .set(el("w:ind").attr("w:left", one + label).attr("w:right", one).attr("w:hanging", label))
        .text(&words);
    for (place, line) in lines.iter().enumerate() {
        let is_last = place + 1 == lines.len();
        paragraph = paragraph.text(line).text(if is_last { "。" } else { "，" });
        if !is_last {
            paragraph = paragraph.runs([line_break()]);
        }
    }
    paragraph
}

/// 7.4.3: who printed it at the left, when at the right.
fn printing(view: &ImprintView) -> Option<Paragraph> {
    if view.printed_by.is_none() && view.printed.is_none() {
        return None;
    }
    let one = twips(geometry::SMALL_SIZE);
    let right = Length::Pt(geometry::BLOCK_WIDTH.pt() - geometry::SMALL_SIZE.pt());
    let stop = el("w:tab").attr("w:val", "right").attr("w:pos", twips(right));
    let mut paragraph = Paragraph::new(IMPRINT)
        .set(el("w:ind").attr("w:left", one).attr("w:right", one))
        .set(el("w:tabs").with(stop))
        .text(view.printed_by.as_deref().unwrap_or_default());
    if let Some(printed) = &view.printed {
        paragraph = paragraph.tab().text(&format!("{printed}印发"));
    }
    Some(paragraph)
}
