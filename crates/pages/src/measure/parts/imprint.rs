//! The imprint at the foot of the last page.

use super::super::expected::Expected;
use super::super::line::Line;
use super::super::standard as gb;
use super::Sheet;
use super::pool::Pool;
use pdf::page::Rule;

/// 版记.
#[derive(Debug)]
pub(in super::super) struct Imprint {
    /// The page.
    pub(in super::super) page: usize,
    /// Its rules, from the top.
    pub(in super::super) rules: Vec<Rule>,
    /// 主送 (where they do not fit on the first page) and 抄送, line by line.
    pub(in super::super) copies: Vec<Line>,
    /// 印发机关.
    pub(in super::super) printed_by: Option<Line>,
    /// 印发日期.
    pub(in super::super) printed: Option<Line>,
}

/// How many characters a line's label has, with its colon: 抄送：, and 报：, 送：, 发： of a bulletin.
pub(in super::super) fn imprint_label(line: &str) -> Option<usize> {
    let labels = ["主送", "抄送", "报", "送", "发"];
    let label = labels.iter().find(|label| {
        line.strip_prefix(**label).is_some_and(|rest| rest.starts_with(['：', ':']))
    })?;
    Some(label.chars().count() + 1)
}

impl Imprint {
    pub(super) fn recognise(
        pool: &mut Pool,
        sheets: &[Sheet],
        expected: &Expected,
    ) -> Option<Self> {
        // The last page that has one: pages after it would be wrong, but that is measured.
        (0..sheets.len()).rev().find_map(|page| Self::on(pool, &sheets[page], page, expected))
    }

    fn on(pool: &mut Pool, sheet: &Sheet, page: usize, expected: &Expected) -> Option<Self> {
        if sheet.turned {
            return None;
        }
        let small = |line: &Line| line.page == page && (line.size() - gb::SMALL).abs() < 1.2;
        let label = |line: &Line| imprint_label(&line.text()).is_some();
        let printed = |line: &Line| line.text().ends_with("印发");
        let named = |line: &Line| small(line) && (label(line) || printed(line));
        let known = |line: &Line| small(line) && Some(line.text()) == expected.printed_by;
        let top = pool.lines().iter().filter(|line| named(line) || known(line)).map(Line::top);
        let top = top.reduce(f64::min)?;
        let in_table = |rule: &Rule| {
            sheet.tables.iter().any(|table| {
                table.contains(f64::midpoint(rule.line.left, rule.line.right), rule.y())
                    || (rule.y() - table.top).abs() < 1.0
                    || (rule.y() - table.bottom).abs() < 1.0
            })
        };
        let mut rules: Vec<Rule> = sheet
            .page
            .rules
            .iter()
            .filter(|rule| rule.is_horizontal() && rule.length() > 100.0 && !in_table(rule))
            .filter(|rule| !rule.color.is_red() && rule.y() > top - 12.0)
            .cloned()
            .collect();
        rules.sort_by(|a, b| a.y().total_cmp(&b.y()));
        let top = rules.first().map_or(top, |rule| rule.y().min(top)) - 0.5;
        let date = pool.take(|line| small(line) && line.y > top && printed(line));
        // A long organ's name is wrapped: its lines go on below the first.
        let printed_by = date.as_ref().and_then(|date| {
            let row = pool.take_all(|line| small(line) && line.y > date.y - 1.0);
            row.into_iter().reduce(|mut whole, line| {
                whole.chars.extend(line.chars);
                whole
            })
        });
        let printed_by = printed_by.or_else(|| pool.take(|line| known(line)));
        let copies = pool.take_all(|line| small(line) && line.y > top);
        Some(Self { page, rules, copies, printed_by, printed: date })
    }
}
