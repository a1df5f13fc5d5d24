//! Tables for a terminal. A cell is one line, whatever stands in it.

use unicode_width::UnicodeWidthStr;

use base::diag::render::printable;

/// A table with columns as wide as their widest cell, Han characters two columns wide; the last
/// column is not padded.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| one_line(cell)).collect()).collect();
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.width()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let line = |cells: &[&str]| -> String {
        let mut line = String::new();
        for (place, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            line.push_str(cell);
            if place + 1 < cells.len() {
                line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
            }
        }
        format!("{}\n", line.trim_end())
    };
    let mut text = line(head);
    for row in &rows {
        text.push_str(&line(&row.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    text
}

/// A cell as it is printed: as wide as it is measured to be.
fn one_line(cell: &str) -> String {
    printable(&cell.replace("\r\n", " ").replace(['\n', '\r', '\t'], " "))
}

/// The beginning of a text, no wider than `width` columns.
pub(super) fn cut(text: &str, width: usize) -> String {
    let text = text.replace('\n', " ");
    if text.width() <= width {
        return text;
    }
    let mut cut = String::new();
    for c in text.chars() {
        if cut.width() + c.to_string().width() + 2 > width {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_characters_are_two_columns_wide() {
        let rows = [vec!["区教育局".to_string(), "1".into()], vec!["a".into(), "20".into()]];
        assert_eq!(table(&["单位", "n"], &rows), "单位      n\n区教育局  1\na         20\n");
    }

    #[test]
    fn a_cell_stays_in_its_line() {
        let rows = [vec!["a\nb\u{1b}[2J".to_string(), "1".into()]];
        assert_eq!(table(&["名称", "n"], &rows), "名称     n\na b␛[2J  1\n");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(cut("区教育局", 8), "区教育局");
        assert_eq!(cut("区教育局、区科技局", 10), "区教育局…");
    }
}
