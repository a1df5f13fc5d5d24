//! 5.2.2 type of the text, 6 colours.

use super::super::line::Line;
use super::super::report::{Has, Sight};
use super::super::standard::{self as gb, Kind};
use super::{Clause, Subject, says, worst};
use base::diag::{Text, Words};
use base::text;
use pdf::page::Color;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "5.2.2",
        name: "body-type",
        asks: Words::new("正文三号（16磅）仿宋", "text in 16 pt FangSong"),
        look: body_type,
    },
    Clause {
        number: "5.2.2",
        name: "other-type",
        asks: Words::new(
            "版心内没有其他字号的文字（表格除外）",
            "no type of another size in the text block, except in tables",
        ),
        look: other_type,
    },
    Clause {
        number: "6",
        name: "red",
        asks: Words::new("红色：Y80 M80", "red: Y80 M80"),
        look: red,
    },
    Clause {
        number: "6",
        name: "black",
        asks: Words::new("其他文字和线：黑色 K100", "all other text and rules: black, K100"),
        look: black,
    },
];

/// Lines of the text that begin with no number of a level; those have clauses of their own.
fn body_type(subject: &Subject<'_>) -> Vec<Sight> {
    let notice = subject.notice;
    let mut lines: Vec<&Line> = Vec::new();
    let mut heading = false;
    for body in &notice.body {
        // A heading's type goes on in the lines below that belong to it.
        heading = body.level.is_some() || heading && !body.first;
        // What the author made strong is set in Hei, and emphasis in Kai.
        let stressed = subject.expected.stressed.iter().any(|words| {
            let line = body.line.text();
            line.contains(words.as_str()) || words.contains(&line)
        });
        let other = || matches!(Kind::of_line(&body.line), Some(Kind::Hei | Kind::Kai));
        if !(heading || stressed && other()) {
            lines.push(&body.line);
        }
    }
    lines.extend(&notice.recipients);
    lines.extend(notice.attachment_notes.iter().flat_map(|note| &note.lines));
    lines.extend(notice.sign_offs.iter().flat_map(|sign_off| sign_off.lines()));
    lines.extend(&notice.note);
    worst(lines.into_iter().map(|line| subject.set_in(line, gb::BODY, Kind::FangSong)))
}

fn other_type(subject: &Subject<'_>) -> Vec<Sight> {
    let inside = |line: &&Line| line.top() > gb::TOP - 5.0 && line.bottom() < gb::FOOT + 5.0;
    let others = subject.notice.others.iter().filter(inside).map(|line| {
        let size = (line.size() * 10.0).round() / 10.0;
        let words: String = line.text().chars().take(12).collect();
        says(line.page, false, text!("{size}磅“{words}”", "{size} pt “{words}”"))
    });
    worst(others)
}

/// Y80 M80 on a screen: no cyan, a fifth of the light left by the other two.
fn is_srgb_red(parts: [f64; 3]) -> bool {
    parts.iter().zip([1.0, 0.2, 0.2]).all(|(has, asked): (&f64, f64)| (has - asked).abs() < 0.005)
}

/// Everything red: mark and rules, and what else was drawn so.
fn red(subject: &Subject<'_>) -> Vec<Sight> {
    let sheets = subject.notice.sheets.iter().enumerate();
    worst(sheets.flat_map(|(page, sheet)| {
        let text = sheet.page.runs.iter().map(|run| run.style.color);
        let rules = sheet.page.rules.iter().map(|rule| rule.color);
        let reddish = |color: &Color| !is_black(subject, *color) && !is_white(*color);
        text.chain(rules).filter(reddish).map(move |color| {
            let ok = match color {
                Color::Cmyk([c, m, y, k]) => {
                    let near = |has: f64, asked: f64| (has - asked).abs() < 0.006;
                    near(c, 0.0) && near(m, 0.8) && near(y, 0.8) && near(k, 0.0)
                }
                // In PDF/A, which Typst writes no CMYK into, the sRGB equivalent.
                Color::Rgb(parts) if is_srgb_red(parts) => true,
                // Another screen's colour has no Y and M: whether it is red can still be seen.
                Color::Rgb(_) if subject.settings.foreign => color.is_red(),
                Color::Rgb(_) | Color::Gray(_) | Color::Other => false,
            };
            Sight { page: page + 1, asked: None, has: Has::Words(words(color)), ok }
        })
    }))
}

fn black(subject: &Subject<'_>) -> Vec<Sight> {
    let notice = subject.notice;
    let mut lines = notice.running();
    for title in &notice.titles {
        lines.extend(title.lines.iter().chain(&title.label).chain(&title.below));
    }
    let head = &notice.head;
    let head_lines = [&head.copy_number, &head.secrecy, &head.urgency, &head.number];
    lines.extend(head_lines.into_iter().flatten());
    lines.extend(head.signatory.iter().chain(&notice.numbers).chain(&notice.others));
    let mut colors: Vec<(usize, Color)> = lines
        .iter()
        .flat_map(|line| line.chars.iter().map(|c| (line.page, c.style.color)))
        .collect();
    if let Some(imprint) = &notice.imprint {
        let lines = imprint.copies.iter().chain(&imprint.printed_by).chain(&imprint.printed);
        colors.extend(lines.map(|line| (line.page, line.style().color)));
        colors.extend(imprint.rules.iter().map(|rule| (imprint.page, rule.color)));
    }
    worst(
        colors.into_iter().map(|(page, color)| says(page, is_black(subject, color), words(color))),
    )
}

/// Pages of others are read as red, green and blue: there, what looks black is.
fn is_black(subject: &Subject<'_>, color: Color) -> bool {
    /// What rounding may leave of an ink.
    const TRACE: f64 = 0.006;
    if subject.settings.foreign {
        return color.is_black();
    }
    match color {
        Color::Cmyk([c, m, y, k]) => k > 1.0 - TRACE && [c, m, y].iter().all(|ink| *ink < TRACE),
        Color::Rgb(parts) => parts.iter().all(|part| *part < TRACE),
        Color::Gray(gray) => gray < TRACE,
        Color::Other => false,
    }
}

fn is_white(color: Color) -> bool {
    matches!(color, Color::Gray(gray) if gray > 0.99)
        || matches!(color, Color::Rgb(rgb) if rgb.iter().all(|&part| part > 0.99))
}

fn words(color: Color) -> Text {
    let percent = |part: f64| (part * 100.0).round();
    match color {
        Color::Cmyk(parts) => {
            let [c, m, y, k] = parts.map(percent);
            text!("C{c} M{m} Y{y} K{k}", "C{c} M{m} Y{y} K{k}")
        }
        Color::Rgb(parts) => {
            let [r, g, b] = parts.map(|part| (part * 255.0).round());
            text!("RGB {r} {g} {b}", "RGB {r} {g} {b}")
        }
        Color::Gray(gray) => {
            let k = percent(1.0 - gray);
            text!("K{k}", "K{k}")
        }
        Color::Other => text!("不是单色", "no plain colour"),
    }
}
