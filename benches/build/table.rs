//! Tables in Markdown that can be read as they are.

/// A table whose first column is words, the others figures.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([head[column].chars().count(), 3]).max().unwrap_or(3)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &[String]| {
        let cells = widths.iter().enumerate().map(|(column, &width)| {
            let cell = cells.get(column).map_or("", String::as_str);
            if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let rule = widths.iter().enumerate().map(|(column, &width)| {
        if column == 0 { "-".repeat(width) } else { format!("{}:", "-".repeat(width - 1)) }
    });
    let head: Vec<String> = head.iter().map(ToString::to_string).collect();
    line(&head)
        + &line(&rule.collect::<Vec<_>>())
        + &rows.iter().map(|row| line(row)).collect::<String>()
}
