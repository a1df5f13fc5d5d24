//! 7.3.2 recipients, 7.3.3 text.

use super::super::line::Line;
use super::super::parts::{Level, TitleOf};
use super::super::report::Sight;
use super::super::standard::{self as gb, Kind, blanks};
use super::{Clause, Subject, missing, says, worst};
use base::diag::Words;
use base::text;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "7.3.2",
        name: "recipients",
        asks: Words::new(
            "主送机关：如记录所写，末用全角冒号",
            "recipients: as in the records, a full-width colon at the end",
        ),
        look: recipients,
    },
    Clause {
        number: "7.3.2",
        name: "recipients-gap",
        asks: Words::new("主送机关：标题下空一行", "recipients: one blank line below the title"),
        look: recipients_gap,
    },
    Clause {
        number: "7.3.2",
        name: "recipients-left",
        asks: Words::new("主送机关：顶格，回行仍顶格", "recipients: flush left, also when wrapped"),
        look: |s| worst(s.notice.recipients.iter().map(|l| s.mm(l.page, gb::LEFT, l.left()))),
    },
    Clause {
        number: "7.3.3",
        name: "first-page",
        asks: Words::new("首页必须显示正文", "the first page shows text"),
        look: first_page,
    },
    Clause {
        number: "7.3.3",
        name: "indent",
        asks: Words::new("正文：每段左空二字", "text: every paragraph indented by two characters"),
        look: indent,
    },
    Clause {
        number: "7.3.3",
        name: "level-1",
        asks: Words::new("一、：三号黑体", "一、: 16 pt Hei"),
        look: |s| level(s, Level::One, Kind::Hei),
    },
    Clause {
        number: "7.3.3",
        name: "level-2",
        asks: Words::new("（一）：三号楷体", "（一）: 16 pt Kai"),
        look: |s| level(s, Level::Two, Kind::Kai),
    },
    Clause {
        number: "7.3.3",
        name: "level-3",
        asks: Words::new("1.：三号仿宋", "1.: 16 pt FangSong"),
        look: |s| level(s, Level::Three, Kind::FangSong),
    },
    Clause {
        number: "7.3.3",
        name: "level-4",
        asks: Words::new("（1）：三号仿宋", "(1): 16 pt FangSong"),
        look: |s| level(s, Level::Four, Kind::FangSong),
    },
    Clause {
        number: "7.3.3",
        name: "no-bold",
        asks: Words::new("正文和各级标题不加粗", "neither text nor headings are bold"),
        look: no_bold,
    },
    Clause {
        number: "7.3.3",
        name: "names-whole",
        asks: Words::new(
            "单位名称不跨行（本程序的要求；太长的除外）",
            "no unit's name is divided across lines (asked by this program, not by the standard; \
             very long names excepted)",
        ),
        look: names_whole,
    },
    Clause {
        number: "7.3.3",
        name: "bracket-page",
        asks: Words::new(
            "责任单位的括号不单独落在页首（本程序的要求）",
            "the bracket with the responsible units does not begin a page alone (asked by this \
             program, not by the standard)",
        ),
        look: bracket_page,
    },
];

/// A name longer than this may be divided: to keep it whole would leave half a line empty.
const LONGEST_WHOLE: usize = 18;

fn recipients(subject: &Subject<'_>) -> Vec<Sight> {
    let lines = &subject.notice.recipients;
    let has: String = lines.iter().map(|line| line.text()).collect();
    let Some(first) = lines.first() else {
        // Too many for the first page: they stand in the imprint, which has its own clause.
        let moved = subject.notice.imprint.as_ref().is_some_and(|imprint| {
            imprint.copies.iter().any(|line| line.text().starts_with("主送"))
        });
        let expected = subject.expected.recipients.as_ref().filter(|_| !moved);
        return expected.map(|words| missing(words)).into_iter().collect();
    };
    let ok = match &subject.expected.recipients {
        Some(words) => has == format!("{words}："),
        None => has.ends_with('：'),
    };
    vec![says(first.page, ok, text!("“{has}”", "“{has}”"))]
}

fn recipients_gap(subject: &Subject<'_>) -> Vec<Sight> {
    let title = subject.notice.titles.iter().find(|title| title.of == TitleOf::Notice);
    let (Some(title), Some(first)) = (title, subject.notice.recipients.first()) else {
        return Vec::new();
    };
    let Some(above) = title.below.as_ref().or(title.lines.last()) else { return Vec::new() };
    // The line above owns its gap, then comes the blank line.
    let own = subject.pitch() - above.style().em();
    let gap = first.top() - above.bottom();
    vec![subject.mm(first.page, own + blanks(1, subject.pitch()), gap)]
}

fn first_page(subject: &Subject<'_>) -> Vec<Sight> {
    let body = &subject.notice.body;
    let lines = body.iter().filter(|body| body.line.page == 0).count();
    let nothing = body.is_empty();
    if nothing {
        Vec::new()
    } else {
        vec![says(0, lines > 0, text!("{lines}行", "{lines} lines"))]
    }
}

/// A paragraph's first line. Lines that hang in a list begin where its text does, and are no
/// first lines: a line above them reaches the right edge.
fn indent(subject: &Subject<'_>) -> Vec<Sight> {
    let body = &subject.notice.body;
    let hanging = |place: usize| {
        let line = &body[place].line;
        place > 0 && {
            let above = &body[place - 1];
            let next_word = gb::RIGHT - above.line.right() < 2.0 * gb::CELL;
            let deeper = line.left() > gb::LEFT + 2.4 * gb::CELL;
            deeper && next_word
        }
    };
    // The entry of a list inside an entry stands in further.
    let listed = |line: &Line| {
        let text = line.text();
        let number = text.strip_prefix('（').and_then(|rest| rest.split_once('）'));
        let number = number.is_some_and(|(n, _)| n.bytes().all(|c| c.is_ascii_digit()));
        let mark = number || text.starts_with(|c| matches!(c, '·' | '－' | '①'..='⑩'));
        mark && line.left() > gb::LEFT + 2.4 * gb::CELL
    };
    let firsts = body
        .iter()
        .enumerate()
        .filter(|(place, body)| body.first && !hanging(*place) && !listed(&body.line));
    worst(
        firsts.map(|(_, body)| {
            subject.mm(body.line.page, gb::LEFT + 2.0 * gb::CELL, body.line.left())
        }),
    )
}

/// The type of a heading's first characters: text may follow behind them on the line.
fn level(subject: &Subject<'_>, level: Level, kind: Kind) -> Vec<Sight> {
    let lines = subject.notice.body.iter().filter(|body| body.level == Some(level));
    worst(lines.map(|body| {
        let mut start = body.line.clone();
        let text: String = start.chars.iter().map(|c| c.first()).collect();
        let number =
            text.find(['、', '）', ')', '.', '．']).map_or(0, |end| text[..end].chars().count());
        let han = start.chars.iter().skip(number).filter(|c| c.is_han()).count().min(2);
        let mut seen = 0;
        let end = start.chars.iter().enumerate().skip(number).find(|(_, c)| {
            seen += usize::from(c.is_han());
            seen >= han
        });
        let end = end.map_or(start.chars.len(), |(place, _)| place + 1);
        start.chars.truncate(end.max(1));
        subject.set_in(&start, gb::BODY, kind)
    }))
}

fn no_bold(subject: &Subject<'_>) -> Vec<Sight> {
    worst(subject.notice.body.iter().map(|body| {
        let bold = body.line.chars.iter().find(|c| {
            let family = c.style.family.to_lowercase();
            c.is_han() && (c.style.weight >= 600 || family.contains("bold"))
        });
        match bold {
            None => says(body.line.page, true, text!("不加粗", "not bold")),
            Some(c) => {
                let (c, family) = (&c.text, &c.style.family);
                says(
                    body.line.page,
                    false,
                    text!("“{c}”加粗（{family}）", "“{c}” is bold ({family})"),
                )
            }
        }
    }))
}

/// Only where the records tell which words are names.
fn names_whole(subject: &Subject<'_>) -> Vec<Sight> {
    let names = subject.expected.names.iter();
    let whole = |name: &&String| (3..=LONGEST_WHOLE).contains(&name.chars().count());
    let names: Vec<&String> = names.filter(whole).collect();
    if names.is_empty() || !subject.settings.names_whole {
        return Vec::new();
    }
    // Names in running text may be broken as other words: a bracket must be open at the break.
    let mut open = 0;
    let pairs = subject.notice.body.windows(2).filter(|pair| {
        if pair[0].first {
            open = 0;
        }
        for c in pair[0].line.text().chars() {
            open += i32::from(c == '（') - i32::from(c == '）');
        }
        !pair[1].first && open > 0
    });
    let pairs: Vec<_> = pairs.collect();
    worst(pairs.into_iter().map(|pair| {
        let (before, after) = (pair[0].line.text(), pair[1].line.text());
        let torn = names.iter().find(|name| {
            name.char_indices().skip(1).any(|(place, _)| {
                before.ends_with(&name[..place]) && after.starts_with(&name[place..])
            })
        });
        match torn {
            None => says(pair[0].line.page, true, text!("完整", "whole")),
            Some(name) => says(
                pair[0].line.page,
                false,
                text!("“{name}”跨行", "“{name}” is divided across lines"),
            ),
        }
    }))
}

/// A page that begins with the bracket of what stands on the page before.
fn bracket_page(subject: &Subject<'_>) -> Vec<Sight> {
    let pages =
        subject.notice.body.windows(2).filter(|pair| pair[1].line.page != pair[0].line.page);
    pages
        .map(|pair| {
            let start: String = pair[1].line.text().chars().take(12).collect();
            let line = &pair[1].line;
            let units =
                begins_bracket(line, subject) && !is_behind_table(&pair[0].line, line, subject);
            says(line.page, !units, text!("“{start}”", "“{start}”"))
        })
        .collect()
}

/// Whether a table stands above the first line of a page, or so tall a one ends the page before that
/// nothing of the item could come along.
fn is_behind_table(last: &Line, line: &Line, subject: &Subject<'_>) -> bool {
    let sheets = &subject.notice.sheets;
    let above = line.page.checked_sub(1).and_then(|page| sheets.get(page).map(|s| (page, s)));
    let here = sheets
        .get(line.page)
        .is_some_and(|sheet| sheet.tables.iter().any(|table| table.bottom < line.bottom()));
    here || above.is_some_and(|(page, sheet)| {
        sheet.ends_in_tall_table(if last.page == page { last.bottom() } else { 0.0 })
    })
}

/// Whether a line begins with a bracket of responsible units.
pub(super) fn begins_bracket(line: &Line, subject: &Subject<'_>) -> bool {
    let text = line.text();
    let start: String = text.chars().take(12).collect();
    let names = &subject.expected.names;
    text.strip_prefix('（').is_some_and(|inner| {
        start.contains("单位：") || names.iter().any(|name| inner.starts_with(name.as_str()))
    })
}
