//! 5.2.3: pages of 22 lines and lines of 28 characters are filled.

use super::super::line::{Char, Line};
use super::super::report::{Has, Sight};
use super::super::standard as gb;
use super::body::begins_bracket;
use super::{Clause, Subject, says, worst};
use base::diag::Words;
use base::text;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "5.2.3",
        name: "lines",
        asks: Words::new(
            "每面排22行：只有正文的整页恰好22行",
            "22 lines a page: a full page of nothing but text has 22",
        ),
        look: lines,
    },
    Clause {
        number: "5.2.3",
        name: "full-page",
        asks: Words::new(
            "排满版心：下文转到次页的页面，剩余不足一行",
            "filled: no room for another line on a page whose text goes on",
        ),
        look: full_page,
    },
    Clause {
        number: "5.2.3",
        name: "full-line",
        asks: Words::new(
            "撑满版心：段内各行排到版心右边（相差不足一字，避头尾和整体词语除外）",
            "filled: a line that does not end its paragraph ends within a character of the right edge, \
             except where the next word must stay whole",
        ),
        look: full_line,
    },
    Clause {
        number: "5.2.3",
        name: "characters",
        asks: Words::new(
            "每行排28字：排满的行恰好28字",
            "28 characters a line: a full line of Han characters has 28",
        ),
        look: characters,
    },
];

/// A page whose text goes on on the next one.
struct Continuing<'a> {
    page: usize,
    last: &'a Line,
    /// How many lines may be left empty, because what comes next stays together.
    spare: usize,
}

fn continuing<'a>(subject: &Subject<'a>) -> Vec<Continuing<'a>> {
    let notice = subject.notice;
    let running = notice.running();
    let imprint = notice.imprint.as_ref().map(|imprint| imprint.page);
    let mut found = Vec::new();
    for page in 0..notice.sheets.len().saturating_sub(1) {
        let last = running.iter().rfind(|line| line.page == page);
        let next = running.iter().find(|line| line.page == page + 1);
        let (Some(&last), Some(&next)) = (last, next) else { continue };
        let [sheet, following] = [&notice.sheets[page], &notice.sheets[page + 1]];
        let table = following.tables.iter().any(|table| table.top < next.top())
            || sheet.tables.iter().any(|table| table.bottom > last.bottom());
        if notice.begins(page + 1) || following.turned || imprint == Some(page) || table {
            continue;
        }
        found.push(Continuing { page, last, spare: spare(subject, next) });
    }
    found
}

/// Headings move to the next page with their text, an attachment note as a whole with the blank
/// line above it; a sign-off moves with its note and takes a line of text, or the attachment note,
/// along.
fn spare(subject: &Subject<'_>, next: &Line) -> usize {
    let notice = subject.notice;
    if let Some(lines) = signed(subject, next) {
        return lines;
    }
    let here = |line: &Line| std::ptr::eq(line, next);
    if let Some(place) = notice.body.iter().position(|body| here(&body.line)) {
        let below = &notice.body[place..];
        let headings = below.iter().take_while(|body| body.level.is_some()).count();
        // A bracket of responsible units takes text along: a line, or its whole item.
        let bracket = below.iter().take(12).position(|body| begins_bracket(&body.line, subject));
        let with_bracket = bracket.filter(|&place| place > 0).unwrap_or(0);
        return headings.max(with_bracket);
    }
    let mut note = notice.attachment_notes.iter().map(|note| &note.lines[0]);
    if note.any(here) { 1 } else { 3 }
}

/// How many lines a sign-off takes with all that goes to its page: what stands above it there, that
/// is a few lines of text or an attachment note, and the note below it.
fn signed(subject: &Subject<'_>, next: &Line) -> Option<usize> {
    /// A paragraph of three lines goes as a whole where page 1 shows text without it.
    const TEXT: f64 = 2.5;
    let notice = subject.notice;
    let sign_off =
        notice.sign_offs.iter().find(|s| s.first().is_some_and(|l| l.page == next.page))?;
    let first = sign_off.first()?;
    let is_noted = notice.attachment_notes.iter().any(|note| std::ptr::eq(&note.lines[0], next));
    let mut text = notice.body.iter().map(|body| &body.line);
    let last = text.rfind(|line| line.page == next.page && line.y < first.y);
    let is_short = last.is_none_or(|last| last.y - next.y < TEXT * subject.pitch());
    if !is_noted && !is_short {
        return None;
    }
    let below = sign_off.lines().chain(&notice.note).filter(|line| line.page == next.page);
    let end = below.map(|line| line.y).fold(first.y, f64::max);
    Some(((end - next.y) / subject.pitch()).round() as usize)
}

fn full_page(subject: &Subject<'_>) -> Vec<Sight> {
    let pages = continuing(subject).into_iter();
    pages
        .map(|page| {
            let room = gb::FOOT - page.last.bottom();
            let most = (page.spare + 1) as f64 * subject.pitch();
            let ok = room < most - 0.01;
            Sight { page: page.page + 1, asked: Some(most), has: Has::Mm(room), ok }
        })
        .collect()
}

/// Pages without head, title, table, attachment note and sign-off.
fn lines(subject: &Subject<'_>) -> Vec<Sight> {
    let notice = subject.notice;
    let running = notice.running();
    let pages = continuing(subject).into_iter().filter(|page| {
        let page = page.page;
        page > 0
            && notice.sheets[page].tables.is_empty()
            && (notice.fit(page).line - 1.0).abs() < 1e-9
            && !notice.titles.iter().any(|title| title.page() == page)
            && !notice.attachment_notes.iter().any(|note| note.lines[0].page == page)
            && !notice.sign_offs.iter().flat_map(|s| s.lines()).any(|line| line.page == page)
    });
    pages
        .map(|page| {
            let count = running.iter().filter(|line| line.page == page.page).count();
            let most = gb::LINES as usize;
            let ok = (most.saturating_sub(page.spare)..=most).contains(&count);
            says(page.page, ok, text!("{count}行", "{count} lines"))
        })
        .collect()
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
    use super::super::super::{Expected, Settings, parts::Notice};
    use super::*;
    use pdf::page::{PT_PER_MM, Page};

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
