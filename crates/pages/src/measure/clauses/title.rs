//! 7.3.1: the title of the notice, of the text it issues, of attachments.

use super::super::line::Line;
use super::super::parts::{Title, TitleOf};
use super::super::report::Sight;
use super::super::standard::{self as gb, Kind, blanks};
use super::{Clause, Subject, missing, says, worst};
use base::diag::Words;
use base::text;
use pdf::page::PT_PER_MM;

/// Lines count as equally long when they differ by less, in em.
const EQUAL: f64 = 0.25;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "7.3.1",
        name: "title",
        asks: Words::new("标题：如记录所写", "titles: as in the records"),
        look: title,
    },
    Clause {
        number: "7.3.1",
        name: "title-gap",
        asks: Words::new("标题：红色分隔线下空二行", "title: two blank lines below the red rule"),
        look: title_gap,
    },
    Clause {
        number: "7.3.1",
        name: "title-centre",
        asks: Words::new("标题：各行居中", "titles: every line centred"),
        look: |s| worst(lines(s).map(|line| s.mm(line.page, gb::MIDDLE, line.middle()))),
    },
    Clause {
        number: "7.3.1",
        name: "title-type",
        asks: Words::new("标题：二号（22磅）小标宋", "titles: 22 pt XiaoBiaoSong"),
        look: |s| worst(lines(s).map(|line| s.set_in(line, gb::TITLE, Kind::XiaoBiaoSong))),
    },
    Clause {
        number: "7.3.1",
        name: "title-shape",
        asks: Words::new(
            "标题多行时：梯形或菱形",
            "titles of several lines: a trapezoid or a diamond",
        ),
        look: |s| several(s, shape),
    },
    Clause {
        number: "7.3.1",
        name: "title-short-line",
        asks: Words::new(
            "标题多行时：没有一二字的行",
            "titles of several lines: no line of one or two characters",
        ),
        look: |s| several(s, short_line),
    },
    Clause {
        number: "7.3.1",
        name: "title-words",
        asks: Words::new(
            "标题回行：词意完整，不拆书名号、数字和名称",
            "titles of several lines: nothing between 《 and 》, no number and no name is divided",
        ),
        look: |s| several(s, words_whole),
    },
];

fn lines<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Line> {
    subject.notice.titles.iter().flat_map(|title| &title.lines)
}

fn title(subject: &Subject<'_>) -> Vec<Sight> {
    let titles = &subject.notice.titles;
    let expected = subject.expected;
    let one = |of: TitleOf, words: &String| {
        let same_kind = titles.iter().filter(|title| title.of == of);
        match same_kind.clone().find(|title| title.text() == *words).or(same_kind.clone().next()) {
            Some(title) => {
                let has = title.text();
                says(title.page(), has == *words, text!("“{has}”", "“{has}”"))
            }
            None => missing(words),
        }
    };
    let notice = expected.title.iter().map(|words| one(TitleOf::Notice, words));
    let issued = expected.issued_title.iter().map(|words| one(TitleOf::Issued, words));
    notice.chain(issued).collect()
}

/// Measured from the rule's middle. Without a rule there is nothing to measure from.
fn title_gap(subject: &Subject<'_>) -> Vec<Sight> {
    let notice = subject.notice;
    let title = notice.titles.iter().find(|title| title.of == TitleOf::Notice);
    let (Some(rule), Some(title)) = (&notice.head.rule, title) else { return Vec::new() };
    let gap = title.lines[0].top() - rule.y();
    vec![subject.mm(0, blanks(2, subject.pitch()), gap)]
}

fn several(subject: &Subject<'_>, look: fn(&Subject<'_>, &Title) -> Sight) -> Vec<Sight> {
    let titles = subject.notice.titles.iter().filter(|title| title.lines.len() > 1);
    titles.map(|title| look(subject, title)).collect()
}

fn shape(_: &Subject<'_>, title: &Title) -> Sight {
    let em = title.lines[0].style().em();
    let widths: Vec<f64> = title.lines.iter().map(|l| (l.right() - l.left()) / em).collect();
    let ok = is_shapely(&widths);
    let widths: Vec<String> = widths.iter().map(|width| format!("{width:.1}")).collect();
    let widths = widths.join("、");
    says(title.lines[0].page, ok, text!("各行字数 {widths}", "lines of {widths} characters"))
}

/// A trapezoid grows or shrinks from line to line, a diamond grows and then shrinks.
fn is_shapely(widths: &[f64]) -> bool {
    let steps: Vec<f64> = widths.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let grows = |step: &f64| *step >= EQUAL;
    let shrinks = |step: &f64| *step <= -EQUAL;
    // Three lines and more that differ by less than a character have no better shape.
    let even = |step: &f64| step.abs() < 1.0;
    if steps.len() > 1 && steps.iter().all(even) {
        return true;
    }
    let rising = steps.iter().take_while(|step| grows(step)).count();
    steps[rising..].iter().all(shrinks)
}

fn short_line(_: &Subject<'_>, title: &Title) -> Sight {
    let shortest = title.lines.iter().map(|line| line.text().chars().count()).min().unwrap_or(0);
    let has = text!("最短的行{shortest}字", "the shortest line has {shortest} characters");
    says(title.lines[0].page, shortest > 2, has)
}

fn words_whole(subject: &Subject<'_>, title: &Title) -> Sight {
    let lines: Vec<String> = title.lines.iter().map(Line::text).collect();
    let torn = (1..lines.len()).find(|&place| {
        let (before, after) = (lines[..place].concat(), lines[place..].concat());
        is_torn(&before, &after, &subject.expected.names)
    });
    let page = title.lines[0].page;
    match torn {
        None => says(page, true, text!("完整", "whole")),
        Some(place) => {
            let (end, start) = (&lines[place - 1], &lines[place]);
            says(
                page,
                false,
                text!("断在“{end}”与“{start}”之间", "broken between “{end}” and “{start}”"),
            )
        }
    }
}

/// Whether the 《…》 that a line breaks in is longer than a line, so that it cannot be whole.
fn is_long(before: &str, after: &str) -> bool {
    /// Characters of the title's type on a line.
    const LINE: usize = (gb::WIDTH / gb::TITLE * PT_PER_MM) as usize;
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in before.char_indices() {
        match c {
            '《' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let end = after.char_indices().find(|(_, c)| {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    let end = end.map_or(after.len(), |(at, c)| at + c.len_utf8());
    before[start..].chars().count() + after[..end].chars().count() > LINE
}

fn is_torn(before: &str, after: &str, names: &[String]) -> bool {
    let open =
        before.matches('《').count() > before.matches('》').count() && !is_long(before, after);
    let last = before.chars().next_back().unwrap_or(' ');
    let first = after.chars().next().unwrap_or(' ');
    let number = last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric();
    let measure = last.is_ascii_digit() && "年月日个项条号届次".contains(first);
    let mark = "，、。；：”》）".contains(first) || "“《（".contains(last);
    let name = names.iter().any(|name| {
        name.char_indices()
            .skip(1)
            .any(|(place, _)| before.ends_with(&name[..place]) && after.starts_with(&name[place..]))
    });
    open || number || measure || mark || name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trapezoids_and_diamonds_are_shapely() {
        for (widths, ok) in [
            (&[10.0, 14.0][..], true),
            (&[14.0, 10.0], true),
            (&[10.0, 14.0, 8.0], true),
            (&[8.0, 10.0, 12.0], true),
            (&[12.0, 12.0], false),
            (&[14.0, 10.0, 14.0], false),
            (&[14.0, 8.0, 10.0], false),
            (&[15.0, 14.4, 15.0], true),
        ] {
            assert_eq!(is_shapely(widths), ok, "{widths:?}");
        }
    }

    #[test]
    fn titles_are_not_torn_in_a_word() {
        let names = ["青溪区".to_string()];
        for (before, after, torn) in [
            ("关于印发", "《工作要点》的通知", false),
            ("关于印发《工作", "要点》的通知", true),
            ("关于印发20", "25年要点", true),
            ("关于印发2025", "年要点", true),
            ("关于印发青溪", "区要点", true),
            ("关于印发青溪区", "要点", false),
            ("关于转发《国家发展改革委办公厅财政部办公厅", "关于印发〈方案〉的通知》的通知", false),
        ] {
            assert_eq!(is_torn(before, after, &names), torn, "{before}|{after}");
        }
    }
}
