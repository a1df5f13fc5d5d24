//! 8: wide tables on pages turned by 90°.

use super::super::report::Sight;
use super::super::standard as gb;
use super::{Clause, Subject, says};
use base::diag::Words;
use base::text;
use pdf::page::Turn;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "8",
        name: "table-head",
        asks: Words::new(
            "横排表格：单页码页表头在订口一边，双页码页表头在切口一边",
            "a table set broadside: its head at the binding side of odd pages, at the fore-edge of even ones",
        ),
        look: head,
    },
    Clause {
        number: "8",
        name: "table-block",
        asks: Words::new("横排表格：在版心之内", "a table set broadside: inside the text block"),
        look: block,
    },
];

/// The head is at the left of the sheet in both cases, where text runs from the foot to the top.
fn head(subject: &Subject<'_>) -> Vec<Sight> {
    let sheets = subject.notice.sheets.iter().enumerate();
    sheets
        .filter_map(|(page, sheet)| {
            let count = |turn| {
                let of = sheet.page.runs.iter().filter(|run| run.style.turn == turn);
                of.map(|run| run.glyphs.len()).sum::<usize>()
            };
            let (left, right) = (count(Turn::CounterClockwise), count(Turn::Clockwise));
            if left + right <= count(Turn::Upright) {
                return None;
            }
            let binding = page % 2 == 0;
            let ok = left > right;
            let has = if ok == binding {
                text!("表头在订口一边", "head at the binding side")
            } else {
                text!("表头在切口一边", "head at the fore-edge")
            };
            Some(says(page, ok, has))
        })
        .collect()
}

fn block(subject: &Subject<'_>) -> Vec<Sight> {
    let sheets = subject.notice.sheets.iter().enumerate().filter(|(_, sheet)| sheet.turned);
    let mut sights = Vec::new();
    for (page, sheet) in sheets {
        let turned = sheet.page.runs.iter().filter(|run| run.style.turn != Turn::Upright);
        let ink = turned.flat_map(|run| run.glyphs.iter().filter_map(|glyph| glyph.ink));
        let rules = sheet.page.rules.iter().map(|rule| rule.line);
        let Some(all) = ink.chain(rules).reduce(pdf::page::Rect::union) else { continue };
        sights.push(subject.at_least(page, gb::LEFT, all.left));
        sights.push(subject.at_least(page, gb::TOP, all.top));
        sights.push(subject.at_most(page, gb::RIGHT, all.right));
        sights.push(subject.at_most(page, gb::FOOT, all.bottom));
    }
    sights
}
