//! 5.2.3: pages of 22 lines and lines of 28 characters are filled.

use super::super::line::{Char, Line};
use super::super::report::{Has, Sight};
use super::super::standard as gb;
use super::body::begins_bracket;
use super::{Clause, Subject, says, worst};
use base::diag::Words;
use base::text;
use base::zh;

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
        name: "short-lines",
        asks: Words::new(
            "撑满版心：段内各行比版心短一字以上的，只有遇到不可拆开的词语或避头尾",
            "filled: lines that do not end their paragraph are more than a character short only before \
             what cannot be divided",
        ),
        look: short_lines,
    },
    Clause {
        number: "5.2.3",
        name: "whole-words",
        asks: Words::new(
            "数字和量词、日期、文号、人名：不多空一字就能排在一行的，不拆开",
            "numbers with their measure words, dates, document numbers and persons' names are not divided \
             where that costs a character at the most",
        ),
        look: whole_words,
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
    if let Some(lines) = signed(subject, next).or_else(|| noted(subject, next)) {
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

/// How many lines go to the page of the note of a text that nobody signs, so that it does not stand
/// alone there: the last lines of a short paragraph, or an attachment note with its blank line.
fn noted(subject: &Subject<'_>, next: &Line) -> Option<usize> {
    let notice = subject.notice;
    let note = notice.note.first().filter(|note| note.page == next.page)?;
    if notice.sign_offs.iter().flat_map(|s| s.lines()).any(|line| line.page == next.page) {
        return None;
    }
    let is_noted = notice.attachment_notes.iter().any(|note| std::ptr::eq(&note.lines[0], next));
    let lines = ((note.y - next.y) / subject.pitch()).round() as usize;
    (is_noted || (1..=2).contains(&lines)).then_some(lines + usize::from(is_noted))
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
        .filter(|pair| !is_carried(subject, &pair[0].line, &pair[1].line))
        .map(|pair| (&pair[0].line, &pair[1].line))
        .collect();
    pairs.extend(subject.notice.recipients.windows(2).map(|pair| (&pair[0], &pair[1])));
    pairs
}

/// 7.3.5.5: whether the last words of a short text went to the page of its sign-off.
fn is_carried(subject: &Subject<'_>, line: &Line, next: &Line) -> bool {
    next.page == line.page + 1
        && gb::RIGHT - line.right() > gb::CELL
        && signed(subject, next).is_some()
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

/// How many lines of all are more than a character short.
fn short_lines(subject: &Subject<'_>) -> Vec<Sight> {
    let pairs = continued(subject);
    let all = pairs.len();
    if all == 0 {
        return Vec::new();
    }
    let short = pairs.iter().filter(|(line, _)| {
        gb::RIGHT - line.right() - squeezed(line) > gb::CELL + subject.settings.tolerance
    });
    let short: Vec<&(&Line, &Line)> = short.collect();
    let page = short.first().map_or(0, |(line, _)| line.page);
    let count = short.len();
    let has = text!("{all}行中{count}行", "{count} of {all} lines");
    let rest = short.iter().all(|(line, next)| {
        let room = gb::RIGHT - line.right() - squeezed(line);
        first_word(next, subject) > room - subject.settings.tolerance
    });
    vec![says(page, rest, has)]
}

/// A number, date or name that a line divides.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Torn {
    page: usize,
    pub(in super::super) before: String,
    pub(in super::super) part: String,
}

/// What lines divide although it takes a character of them at the most.
pub(in super::super) fn torn(subject: &Subject<'_>) -> Vec<Torn> {
    let mut found = Vec::new();
    for (line, next) in continued(subject) {
        let (text, rest) = (line.text(), next.text());
        let both = format!("{text}{rest}");
        let divided =
            zh::whole(&both).into_iter().find(|p| p.start < text.len() && text.len() < p.end);
        let Some(part) = divided else { continue };
        let place = text[..part.start].chars().count();
        let mut chars = line.chars.iter().filter(|c| !c.text.trim().is_empty());
        let Some(first) = chars.nth(place) else { continue };
        let opening = text[..part.start].ends_with(is_opening);
        if !opening && gb::RIGHT - first.x <= gb::CELL + subject.settings.tolerance {
            let (before, part) = (both[..part.start].into(), both[part].into());
            found.push(Torn { page: line.page, before, part });
        }
    }
    found
}

fn whole_words(subject: &Subject<'_>) -> Vec<Sight> {
    // Others may have squeezed and stretched.
    if subject.settings.foreign || subject.notice.body.is_empty() {
        return Vec::new();
    }
    let torn = torn(subject);
    if torn.is_empty() {
        return vec![says(0, true, text!("完整", "whole"))];
    }
    let says_torn = |torn: &Torn| {
        let part = &torn.part;
        says(torn.page, false, text!("“{part}”跨行", "“{part}” is divided across lines"))
    };
    torn.iter().map(says_torn).collect()
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
        let whole = subject.settings.names_whole;
        let name = names.iter().filter(|name| whole && rest.starts_with(name.as_str()));
        let part = zh::whole(&rest).into_iter().find(|part| part.start == 0);
        let part = part.map(|part| rest[part].chars().count());
        name.map(|name| name.chars().count()).max().max(part).unwrap_or(0)
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
    "，。、；：？！）〕］】》〉」』”’…—·%‰℃),.;:?!～々〻ーゝ".contains(c)
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
        let settings = Settings { names_whole: true, ..Settings::default() };
        let notice = Notice::default();
        let subject = Subject { notice: &notice, expected: &expected, settings: &settings };
        for (text, cells) in [
            ("建设", 1.0),
            ("建，设", 2.0),
            ("（区发改局、区教育局）", 6.0),
            ("2025年", 5.0),
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
