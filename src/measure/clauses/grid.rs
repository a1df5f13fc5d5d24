//! 5.2.3: the grid of 22 lines and 28 characters.

use super::super::line::{Char, Line};
use super::super::report::{Has, Sight};
use super::super::standard as gb;
use super::{Clause, Subject, says, worst};
use crate::text;

/// How far the distance of two characters may be off: what a reader's eye allows, and less than
/// justified text would need.
const PITCH_TOLERANCE: f64 = 0.03;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "5.2.3",
        name: "line-pitch",
        asks: ("每面排22行：各行都在网格上", "22 lines a page: every line on the grid"),
        look: line_pitch,
    },
    Clause {
        number: "5.2.3",
        name: "full-page",
        asks: (
            "排满版心：下文转到次页的页面，剩余不足一行",
            "filled: no room for another line on a page whose text goes on",
        ),
        look: full_page,
    },
    Clause {
        number: "5.2.3",
        name: "character-pitch",
        asks: (
            "每行排28字：相邻全角字间距 5.571 mm（挤压的标点除外）",
            "28 characters a line: full-width characters stand 5.571 mm apart, squeezed marks excepted",
        ),
        look: character_pitch,
    },
    Clause {
        number: "5.2.3",
        name: "full-line",
        asks: (
            "撑满版心：段内各行排到版心右边（相差不足一字，避头尾和整体词语除外）",
            "filled: a line that does not end its paragraph ends within a character of the right edge, \
             except where the next word must stay whole",
        ),
        look: full_line,
    },
    Clause {
        number: "5.2.3",
        name: "characters",
        asks: (
            "每行排28字：排满的行恰好28字",
            "28 characters a line: a full line of Han characters has 28",
        ),
        look: characters,
    },
];

/// The grid begins at the top of the text block. Below a mark, whose height is free, it begins
/// with the first line of the text.
fn line_pitch(subject: &Subject<'_>) -> Vec<Sight> {
    let notice = subject.notice;
    let mut sights = Vec::new();
    for page in 0..notice.sheets.len() {
        let pitch = subject.pitch() * notice.fit(page).line;
        let lines: Vec<&Line> = notice.running().into_iter().filter(|l| l.page == page).collect();
        let Some(first) = lines.first() else { continue };
        let mark = page == 0 && !notice.head.mark.is_empty();
        let tables = &notice.sheets[page].tables;
        let mut origin = if mark { first.top() } else { gb::TOP };
        for line in &lines {
            // Below a table the grid begins anew.
            let new = tables.iter().filter(|t| t.bottom < line.top()).map(|t| t.bottom);
            if let Some(table) = new.reduce(f64::max)
                && table > origin
            {
                origin = line.top();
            }
            let from = line.top() - origin;
            let nearest = (from / pitch).round() * pitch;
            sights.push(subject.mm(page, gb::TOP.max(origin) + nearest, line.top()));
        }
    }
    worst(sights)
}

fn full_page(subject: &Subject<'_>) -> Vec<Sight> {
    let notice = subject.notice;
    let pitch = subject.pitch();
    let running = notice.running();
    let mut sights = Vec::new();
    for page in 0..notice.sheets.len().saturating_sub(1) {
        let last = running.iter().rfind(|line| line.page == page);
        let next = running.iter().find(|line| line.page == page + 1);
        let (Some(last), Some(next)) = (last, next) else { continue };
        let imprint = notice.imprint.as_ref().map(|imprint| imprint.page);
        if notice.begins(page + 1) || notice.sheets[page + 1].turned || imprint == Some(page) {
            continue;
        }
        // What stays together moves together.
        let heading = notice.body.iter().any(|b| std::ptr::eq(&b.line, *next) && b.level.is_some());
        let ending =
            notice.sign_offs.iter().flat_map(|s| s.lines()).any(|l| std::ptr::eq(l, *next));
        let note = notice.attachment_notes.iter().any(|n| std::ptr::eq(&n.lines[0], *next));
        let blank_lines = if ending {
            4.0
        } else if heading || note {
            2.0
        } else {
            1.0
        };
        let table_next = notice.sheets[page + 1].tables.iter().any(|t| t.top < next.top());
        let table_last = notice.sheets[page].tables.iter().any(|t| t.bottom > last.bottom());
        if table_next || table_last {
            continue;
        }
        let room = gb::FOOT - last.bottom();
        let most = blank_lines * pitch;
        let ok = room < most - 0.01;
        sights.push(Sight { page: page + 1, asked: Some(most), has: Has::Mm(room), ok });
    }
    sights
}

/// Neighbours that are full-width characters in the type of the body; the first one not a mark
/// that was squeezed.
fn character_pitch(subject: &Subject<'_>) -> Vec<Sight> {
    let lines = subject.notice.running();
    let cell = if subject.settings.foreign { is_han_cell } else { is_cell };
    worst(lines.iter().flat_map(|line| {
        let pairs = line.chars.windows(2);
        let pairs = pairs.filter(|p| p.iter().all(cell) && !is_squeezed(&p[0]));
        pairs.map(|pair| {
            let asked = gb::CELL * subject.notice.fit(line.page).character;
            subject.within(line.page, asked, pair[1].x - pair[0].x, tolerance(subject))
        })
    }))
}

/// For pages of others, the tolerance is one of a whole line: 1 mm in 28 characters is much less
/// than a ruler sees in one.
fn tolerance(subject: &Subject<'_>) -> f64 {
    if subject.settings.foreign { 0.25 } else { PITCH_TOLERANCE }
}

fn is_cell(c: &Char) -> bool {
    (c.is_han() || is_full_width_mark(c)) && (c.style.size - gb::BODY).abs() < 0.25
}

fn is_han_cell(c: &Char) -> bool {
    c.is_han() && is_cell(c)
}

fn is_full_width_mark(c: &Char) -> bool {
    "，。、；：？！（）〔〕《》“”‘’".contains(c.first())
}

/// Whether a mark takes less than its cell.
fn is_squeezed(c: &Char) -> bool {
    is_full_width_mark(c) && c.advance < 0.9 * c.style.em()
}

/// Each line of the text with the line that goes on with its paragraph.
fn continued<'a>(subject: &Subject<'a>) -> Vec<(&'a Line, &'a Line)> {
    let body = &subject.notice.body;
    let flush = |line: &Line| line.left() < gb::LEFT + 0.5 * gb::CELL;
    let mut pairs: Vec<(&Line, &Line)> = body
        .windows(2)
        .filter(|pair| !pair[1].first && flush(&pair[1].line))
        .filter(|pair| follows(subject, &pair[0].line, &pair[1].line))
        .map(|pair| (&pair[0].line, &pair[1].line))
        .collect();
    pairs.extend(subject.notice.recipients.windows(2).map(|pair| (&pair[0], &pair[1])));
    pairs
}

/// Whether a line stands right below another one, or on the next page.
fn follows(subject: &Subject<'_>, line: &Line, next: &Line) -> bool {
    if line.page == next.page {
        next.y - line.y < 1.5 * subject.pitch()
    } else {
        next.page == line.page + 1 && !subject.notice.begins(next.page)
    }
}

fn full_line(subject: &Subject<'_>) -> Vec<Sight> {
    let pairs = continued(subject);
    worst(pairs.into_iter().map(|(line, next)| {
        let room = gb::RIGHT - line.right() - squeezed(line);
        let whole = room <= gb::CELL + subject.settings.tolerance;
        if whole || first_word(next, subject) > room - subject.settings.tolerance {
            return subject.at_most(line.page, gb::CELL, room.min(gb::CELL));
        }
        let has = text!(
            "“{end}”后空 {room:.1} mm，而“{start}”排得下",
            "{room:.1} mm left behind “{end}”, where “{start}” would have stood",
            end = last_words(line),
            start = next.text().chars().take(4).collect::<String>()
        );
        says(line.page, false, has)
    }))
}

/// How much a mark at the end of a line was squeezed there: it had its full width when it was
/// decided that nothing else fits.
fn squeezed(line: &Line) -> f64 {
    let Some(last) = line.chars.last().filter(|last| is_closing(last.first())) else { return 0.0 };
    let full = !last.first().is_ascii() && last.advance < 0.75 * last.style.em();
    if full { last.style.em() - last.advance } else { 0.0 }
}

fn last_words(line: &Line) -> String {
    let text = line.text();
    let start = text.char_indices().rev().nth(5).map_or(0, |(place, _)| place);
    text[start..].to_string()
}

/// How wide the part of a line's beginning is that may not be divided: a name, a number or word in
/// Latin letters, a character with the marks that must stand before or behind it.
fn first_word(line: &Line, subject: &Subject<'_>) -> f64 {
    let names = &subject.expected.names;
    let text: String = line.chars.iter().map(|c| c.first()).collect();
    let opening = text.chars().take_while(|&c| is_opening(c)).count();
    let rest: String = text.chars().skip(opening).collect();
    let longest = if subject.settings.foreign {
        // Any enumeration may be one of names.
        rest.chars().take_while(|&c| !is_closing(c)).count()
    } else {
        let name = names.iter().filter(|name| rest.starts_with(name.as_str()));
        name.map(|name| name.chars().count()).max().unwrap_or(0)
    };
    let latin = rest.chars().take_while(|&c| is_latin(c)).count();
    let dashes = rest.chars().take_while(|&c| matches!(c, '—' | '…')).count();
    let mut count = opening + longest.max(latin).max(dashes).max(1);
    count += text.chars().skip(count).take_while(|&c| is_closing(c)).count();
    let end = line.chars.get(count.min(line.chars.len()) - 1).map_or(line.right(), Char::right);
    end - line.left()
}

fn is_latin(c: char) -> bool {
    c.is_ascii_graphic() || matches!(c, '%' | '‰' | '℃' | '·')
}

/// Marks that may not end a line.
fn is_opening(c: char) -> bool {
    "（〔［【《〈「『“‘(".contains(c)
}

/// Marks that may not begin a line.
fn is_closing(c: char) -> bool {
    "，。、；：？！）〕］】》〉」』”’…—·%‰℃),.;:?!～".contains(c)
}

/// A line that is full of Han characters, without any mark that could be squeezed.
fn characters(subject: &Subject<'_>) -> Vec<Sight> {
    let full = continued(subject).into_iter().map(|(line, _)| line).filter(|line| {
        line.left() < gb::LEFT + 0.5 * gb::CELL
            && line.chars.iter().all(|c| c.is_han())
            && gb::RIGHT - line.right() < gb::CELL - 0.2
    });
    worst(full.map(|line| {
        let count = line.chars.len();
        // 7.3.5.5: a changed pitch may make room for one more or one less.
        let exact = (subject.notice.fit(line.page).character - 1.0).abs() < 1e-9;
        let off = count.abs_diff(gb::CHARACTERS as usize);
        says(line.page, off <= usize::from(!exact), text!("{count}字", "{count} characters"))
    }))
}

#[cfg(test)]
mod tests {
    use super::super::super::line::{lines, tests::run};
    use super::super::super::page::{PT_PER_MM, Page};
    use super::super::super::{Expected, Settings, parts::Notice};
    use super::*;

    fn line(text: &str) -> Line {
        let page = Page { runs: vec![run(text, 28.0, 50.0, 16.0)], ..Page::default() };
        lines(0, &page).remove(0)
    }

    #[test]
    fn what_may_not_be_divided_moves_as_a_whole() {
        let em = 16.0 / PT_PER_MM;
        let names = vec!["区发改局".to_string()];
        let expected = Expected { names, ..Expected::default() };
        let (notice, settings) = (Notice::default(), Settings::default());
        let subject = Subject { notice: &notice, expected: &expected, settings: &settings };
        for (text, cells) in [
            ("建设", 1.0),
            ("建，设", 2.0),
            ("（区发改局、区教育局）", 6.0),
            ("2025年", 4.0),
            ("12%以上", 3.0),
            ("“十四五”规划", 2.0),
            ("——其中", 2.0),
            ("区", 1.0),
        ] {
            let width = first_word(&line(text), &subject) / em;
            assert!((width - cells).abs() < 0.01, "{text}: {width}");
        }
    }
}
