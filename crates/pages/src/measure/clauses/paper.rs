//! 5.1 paper, 5.2.1 margins and text block.

use super::super::line::Line;
use super::super::parts::TitleOf;
use super::super::report::Sight;
use super::super::standard as gb;
use super::{Clause, Subject, greatest, worst};
use base::diag::Words;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "5.1",
        name: "width",
        asks: Words::new("纸宽 210 mm", "paper 210 mm wide"),
        look: |s| sizes(s, gb::PAPER.0, |width, _| width),
    },
    Clause {
        number: "5.1",
        name: "height",
        asks: Words::new("纸高 297 mm", "paper 297 mm high"),
        look: |s| sizes(s, gb::PAPER.1, |_, height| height),
    },
    Clause {
        number: "5.2.1",
        name: "head-margin",
        asks: Words::new(
            "天头 37 mm：每页首行字框顶边",
            "head margin 37 mm: the em box of a page's first line",
        ),
        look: head_margin,
    },
    Clause {
        number: "5.2.1",
        name: "binding-margin",
        asks: Words::new(
            "订口 28 mm：顶格各行左边",
            "binding margin 28 mm: the left of flush lines",
        ),
        look: binding_margin,
    },
    Clause {
        number: "5.2.1",
        name: "right-edge",
        asks: Words::new(
            "版心宽 156 mm：各行不超出版心右边（距纸左边 184 mm）",
            "text block 156 mm wide: no line passes its right edge, 184 mm from the paper's left",
        ),
        look: right_edge,
    },
    Clause {
        number: "5.2.1",
        name: "foot-edge",
        asks: Words::new(
            "版心高 225 mm：各行不超出版心下边（距纸上边 262 mm）",
            "text block 225 mm high: no line passes its foot, 262 mm from the paper's top",
        ),
        look: foot_edge,
    },
];

fn sizes(subject: &Subject<'_>, asked: f64, side: fn(f64, f64) -> f64) -> Vec<Sight> {
    let sheets = subject.notice.sheets.iter().enumerate();
    sheets
        .map(|(place, sheet)| {
            subject.within(place, asked, side(sheet.page.width, sheet.page.height), 0.5)
        })
        .collect()
}

/// The lines that belong into the text block.
fn inside<'a>(subject: &Subject<'a>) -> Vec<&'a Line> {
    let notice = subject.notice;
    let head = &notice.head;
    let mut lines = notice.running();
    for title in &notice.titles {
        lines.extend(title.lines.iter().chain(&title.label).chain(&title.below));
    }
    let head_lines = [&head.copy_number, &head.secrecy, &head.urgency, &head.number];
    lines.extend(head_lines.into_iter().flatten());
    lines.extend(&head.signatory);
    lines.extend(&notice.others);
    if let Some(imprint) = &notice.imprint {
        lines.extend(imprint.copies.iter().chain(&imprint.printed_by).chain(&imprint.printed));
    }
    lines
}

/// Page 1 begins with the mark, which has a clause of its own, except without a mark.
fn head_margin(subject: &Subject<'_>) -> Vec<Sight> {
    let notice = subject.notice;
    let lines = inside(subject);
    let pages = (0..notice.sheets.len()).filter(|&page| page > 0 || notice.head.mark.is_empty());
    pages
        .filter_map(|page| {
            let tables = &notice.sheets[page].tables;
            let first = lines.iter().filter(|line| line.page == page);
            let top = first.map(|line| line.top()).reduce(f64::min)?;
            // A page may begin with a table, and the imprint stands at the foot.
            let below_table = tables.iter().any(|table| table.top < top);
            let imprint = notice.imprint.as_ref().filter(|imprint| imprint.page == page);
            let only_imprint = imprint.is_some_and(|imprint| {
                imprint.rules.first().map_or(gb::FOOT - 40.0, |rule| rule.y()) < top
            });
            (!below_table && !only_imprint).then(|| subject.mm(page, gb::TOP, top))
        })
        .collect()
}

fn binding_margin(subject: &Subject<'_>) -> Vec<Sight> {
    let notice = subject.notice;
    let body = notice.body.iter().filter(|body| !body.first).map(|body| &body.line);
    let labels = notice
        .titles
        .iter()
        .filter(|title| title.of == TitleOf::Attachment)
        .filter_map(|title| title.label.as_ref());
    // A hanging line of a list is neither flush nor indented: it is not measured here.
    let lines = body.chain(&notice.recipients).chain(labels);
    let near = lines.filter(|line| line.left() < gb::LEFT + 0.9 * gb::CELL);
    worst(near.map(|line| subject.mm(line.page, gb::LEFT, line.left())))
}

fn right_edge(subject: &Subject<'_>) -> Vec<Sight> {
    let ends = inside(subject).into_iter().map(|line| (line.page, line.right()));
    greatest(ends).into_iter().map(|(page, x)| subject.at_most(page, gb::RIGHT, x)).collect()
}

fn foot_edge(subject: &Subject<'_>) -> Vec<Sight> {
    let sheets = subject.notice.sheets.iter().enumerate();
    let tables =
        sheets.flat_map(|(page, sheet)| sheet.tables.iter().map(move |table| (page, table.bottom)));
    let feet = inside(subject).into_iter().map(|line| (line.page, line.bottom())).chain(tables);
    greatest(feet).into_iter().map(|(page, y)| subject.at_most(page, gb::FOOT, y)).collect()
}
