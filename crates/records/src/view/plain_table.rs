//! Tables of attachments: whether their page is turned, where their cells stand, and headings over
//! several columns.

use crate::content::schema::attachment::ColumnLook;
use base::columns::{ColumnAlign, Table};

use serde::Serialize;

/// A heading over several columns of a table; null over those without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadGroup {
    /// Its words.
    pub title: Option<String>,
    /// Over how many columns it stands.
    pub span: usize,
}

/// The width of the text block in em of a table's type: 156 mm of 12 points (5.2.1).
const UPRIGHT: f64 = 36.8;
/// Whether every word has room on an upright page, and no row is taller than a third of it.
pub(super) fn stands_upright(
    titles: &[String],
    looks: &[ColumnLook],
    rows: &[Vec<String>],
) -> bool {
    const TALLEST: usize = 12;
    let widths: Vec<Option<u32>> = looks.iter().map(|look| look.width).collect();
    let widths = Table::plain(titles, &widths, rows).widths(UPRIGHT);
    widths.fit && widths.lines.iter().all(|lines| *lines <= TALLEST)
}

/// Where the cells of columns stand: as the record says, or by what stands in them.
pub(super) fn aligns(looks: &[ColumnLook], rows: &[Vec<String>]) -> Vec<ColumnAlign> {
    let of = |(at, look): (usize, &ColumnLook)| {
        let cells = rows.iter().filter_map(move |row| row.get(at));
        look.align.unwrap_or_else(|| ColumnAlign::of(cells.map(String::as_str)))
    };
    looks.iter().enumerate().map(of).collect()
}

/// The headings over several columns.
pub(super) fn groups(looks: &[ColumnLook]) -> Vec<HeadGroup> {
    let mut groups: Vec<HeadGroup> = Vec::new();
    for look in looks {
        let title = look.group.as_deref().map(|group| group.trim().to_string());
        match groups.last_mut() {
            Some(last) if last.title == title && title.is_some() => last.span += 1,
            _ => groups.push(HeadGroup { title, span: 1 }),
        }
    }
    if groups.iter().all(|group| group.title.is_none()) { Vec::new() } else { groups }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| text.to_string()).collect()
    }

    #[test]
    fn by_its_contents() {
        let titles = texts(&["序号", "项目", "总投资"]);
        let rows: Vec<Vec<String>> = (1..5)
            .map(|n| vec![n.to_string(), "青溪算力中心二期建设项目".into(), "1200".into()])
            .collect();
        let mut looks = vec![ColumnLook::default(); 3];
        looks[2].align = Some(ColumnAlign::Center);
        use ColumnAlign::{Center, Left};
        assert_eq!(aligns(&looks, &rows), [Center, Left, Center]);
        assert!(stands_upright(&titles, &looks, &rows));
        // Fourteen columns of dates are turned by themselves.
        let titles = vec!["开工时间".to_string(); 14];
        let rows = vec![vec!["2025年11月".to_string(); 14]];
        assert!(!stands_upright(&titles, &vec![ColumnLook::default(); 14], &rows));
    }
}
