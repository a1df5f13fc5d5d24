//! 7.3.4 attachment note, 7.3.6 note.

use super::super::line::Line;
use super::super::parts::AttachmentNote;
use super::super::report::Sight;
use super::super::standard as gb;
use super::{Clause, Subject, missing, says, worst};
use base::diag::Words;
use base::text;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "7.3.4",
        name: "attachment-note",
        asks: Words::new(
            "附件说明：“附件：”后为名称，多个的标序号，名称后不加标点",
            "attachment note: names behind 附件：, numbered when there are several, no mark behind",
        ),
        look: attachment_note,
    },
    Clause {
        number: "7.3.4",
        name: "attachment-note-gap",
        asks: Words::new(
            "附件说明：正文下空一行",
            "attachment note: one blank line below the text",
        ),
        look: attachment_note_gap,
    },
    Clause {
        number: "7.3.4",
        name: "attachment-note-indent",
        asks: Words::new("附件说明：左空二字", "attachment note: indented by two characters"),
        look: |s| {
            let lines = s.notice.attachment_notes.iter().map(|note| &note.lines[0]);
            worst(lines.map(|l| s.mm(l.page, gb::LEFT + 2.0 * gb::CELL, l.left())))
        },
    },
    Clause {
        number: "7.3.4",
        name: "attachment-note-hang",
        asks: Words::new(
            "附件说明：名称回行与上一行名称首字对齐，各序号对齐",
            "attachment note: a wrapped name aligns with the name's first character, numbers align",
        ),
        look: attachment_note_hang,
    },
    Clause {
        number: "7.3.6",
        name: "note",
        asks: Words::new("附注：加圆括号", "note: in brackets"),
        look: note,
    },
    Clause {
        number: "7.3.6",
        name: "note-place",
        asks: Words::new(
            "附注：左空二字，成文日期下一行",
            "note: indented by two characters, on the line below the date",
        ),
        look: note_place,
    },
    Clause {
        number: "7.3.6",
        name: "note-page",
        asks: Words::new(
            "附注：与成文日期同在一面；不落款的，不单独成面",
            "note: on the same page as the date, or below text where nobody signs",
        ),
        look: note_page,
    },
];

fn attachment_note(subject: &Subject<'_>) -> Vec<Sight> {
    let notes = &subject.notice.attachment_notes;
    let expected = &subject.expected.attachment_notes;
    let mut sights: Vec<Sight> = notes
        .iter()
        .enumerate()
        .map(|(place, note)| {
            let has: String = note.lines.iter().map(Line::text).collect();
            let last = has.chars().next_back().unwrap_or(' ');
            let ok = match expected.get(place) {
                Some(titles) => has == printed(titles),
                None => has.starts_with("附件：") && !"。；，、;,.".contains(last),
            };
            says(note.lines[0].page, ok, text!("“{has}”", "“{has}”"))
        })
        .collect();
    sights.extend(expected.iter().skip(notes.len()).map(|titles| missing(&printed(titles))));
    sights
}

/// The words of an attachment note.
fn printed(titles: &[String]) -> String {
    let mut words = String::from("附件：");
    for (place, title) in titles.iter().enumerate() {
        if titles.len() > 1 {
            words.push_str(&format!("{}.", place + 1));
        }
        words.push_str(title);
    }
    words
}

/// The last line of the text above a place.
pub(super) fn text_above<'a>(subject: &Subject<'a>, line: &Line) -> Option<&'a Line> {
    let notice = subject.notice;
    let body = notice.body.iter().map(|body| &body.line);
    let notes = notice.attachment_notes.iter().flat_map(|note| &note.lines);
    body.chain(&notice.recipients)
        .chain(notes)
        .filter(|other| other.page == line.page && other.y < line.y - 1.0)
        .max_by(|a, b| a.y.total_cmp(&b.y))
}

fn attachment_note_gap(subject: &Subject<'_>) -> Vec<Sight> {
    let notes = subject.notice.attachment_notes.iter().map(|note| &note.lines[0]);
    // At the top of a page there is no text to be below of.
    let with_text = notes.filter_map(|line| Some((line, text_above(subject, line)?)));
    with_text.map(|(line, text)| subject.lines(line.page, 2.0, line.y - text.y)).collect()
}

fn attachment_note_hang(subject: &Subject<'_>) -> Vec<Sight> {
    worst(subject.notice.attachment_notes.iter().flat_map(|note| hang(subject, note)))
}

/// Numbers stand below numbers, other lines below the first character of a name.
fn hang(subject: &Subject<'_>, note: &AttachmentNote) -> Vec<Sight> {
    let label = "附件：".chars().count();
    let Some(first) = note.lines.first() else { return Vec::new() };
    let Some(number) = first.chars.get(label) else { return Vec::new() };
    let digits = first.chars[label..].iter().take_while(|c| c.first().is_ascii_digit()).count();
    let dot = digits > 0 && first.chars.get(label + digits).is_some_and(|c| c.first() == '.');
    let name = if dot { first.chars.get(label + digits + 1) } else { Some(number) };
    let name = name.map_or(number.x, |c| c.x);
    let mut sights = Vec::new();
    for line in &note.lines[1..] {
        let digits = line.chars.iter().take_while(|c| c.first().is_ascii_digit()).count();
        let numbered =
            dot && digits > 0 && line.chars.get(digits).is_some_and(|c| c.first() == '.');
        let asked = if numbered { number.x } else { name };
        sights.push(subject.mm(line.page, asked, line.left()));
        if numbered && let Some(start) = line.chars.get(digits + 1) {
            sights.push(subject.mm(line.page, name, start.x));
        }
    }
    sights
}

fn note(subject: &Subject<'_>) -> Vec<Sight> {
    let lines = &subject.notice.note;
    let has: String = lines.iter().map(Line::text).collect();
    match (lines.first(), &subject.expected.note) {
        (Some(first), expected) => {
            let inner = has.strip_prefix('（').and_then(|rest| rest.strip_suffix('）'));
            let ok = inner.is_some_and(|inner| expected.as_ref().is_none_or(|e| e == inner));
            vec![says(first.page, ok, text!("“{has}”", "“{has}”"))]
        }
        (None, Some(expected)) => vec![missing(expected)],
        (None, None) => Vec::new(),
    }
}

fn note_place(subject: &Subject<'_>) -> Vec<Sight> {
    let Some(first) = subject.notice.note.first() else { return Vec::new() };
    let mut sights = vec![subject.mm(first.page, gb::LEFT + 2.0 * gb::CELL, first.left())];
    let date = subject.notice.sign_offs.first().and_then(|sign_off| sign_off.date.as_ref());
    if let Some(date) = date.filter(|date| date.page == first.page) {
        sights.push(subject.lines(first.page, 1.0, first.y - date.y));
    }
    sights
}

fn note_page(subject: &Subject<'_>) -> Vec<Sight> {
    let Some(first) = subject.notice.note.first() else { return Vec::new() };
    if subject.notice.sign_offs.is_empty() {
        // Of a text that nobody signs: below a line of it.
        let above = |line: &Line| line.page == first.page && line.y < first.y - 1.0;
        let mut text = subject.notice.running().into_iter();
        let found = text.any(above);
        let has = text!("在第{page}页", "on page {page}", page = first.page + 1);
        return vec![says(first.page, found, has)];
    }
    let date = subject.notice.sign_offs.first().and_then(|sign_off| sign_off.date.as_ref());
    let sight = date.map(|date| {
        let has = text!("在第{page}页", "on page {page}", page = first.page + 1);
        says(first.page, date.page == first.page, has)
    });
    sight.into_iter().collect()
}
