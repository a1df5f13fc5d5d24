//! Markdown: its marks taken away line by line. A notice in Markdown numbers its headings and
//! items itself, so a parser that makes lists of them would lose the numbers.

use super::grid::{self, Cell, Row};
use super::lines::{Extract, Form, Place};
use base::diag::Diagnostic;

/// Whether a text is Markdown.
pub(super) fn looks_like(text: &str) -> bool {
    let mut marks = 0;
    for line in text.lines().take(400) {
        let line = line.trim();
        let heading = line.trim_start_matches('#');
        marks += usize::from(
            heading.len() < line.len()
                && line.len() - heading.len() <= 6
                && heading.starts_with(' '),
        );
        marks += usize::from(is_rule(line));
        marks += usize::from(line.starts_with("**") && line.ends_with("**") && line.len() > 4);
    }
    marks > 0
}

/// `|---|:--:|` between the heading and the rows of a table.
fn is_rule(line: &str) -> bool {
    line.len() >= 5
        && line.contains('|')
        && line.contains("---")
        && line.chars().all(|c| "|-: ".contains(c))
}

/// Reads Markdown.
pub(super) fn extract(text: &str) -> Result<Extract, Diagnostic> {
    let mut out = Extract::new(true);
    let mut rows: Vec<Row> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let place = Place::Line(n + 1);
        let trimmed = line.trim();
        if trimmed.starts_with('|') && trimmed.len() > 1 {
            if !is_rule(trimmed) {
                let inner = trimmed.trim_start_matches('|').trim_end_matches('|');
                let cells = inner
                    .split('|')
                    .map(|cell| {
                        let lines = cell.replace("<br>", "\n").replace("<br/>", "\n");
                        let lines: Vec<String> = lines.lines().map(plain).collect();
                        Cell { text: lines.join("\n").trim().to_string(), across: 1, down: 1 }
                    })
                    .collect();
                rows.push(Row { place, cells });
            }
            continue;
        }
        grid::push(&mut out, &std::mem::take(&mut rows))?;
        let heading = trimmed.trim_start_matches('#');
        let marks = trimmed.len() - heading.len();
        if (1..=6).contains(&marks) && (heading.starts_with(' ') || heading.is_empty()) {
            out.push(&plain(heading.trim_end_matches('#')), place, Form::Heading)?;
        } else {
            let body = ["- ", "* ", "+ ", "> "]
                .iter()
                .find_map(|mark| trimmed.strip_prefix(mark))
                .unwrap_or(line);
            out.push(&plain(body), place, Form::Text)?;
        }
    }
    grid::push(&mut out, &rows)?;
    Ok(out)
}

/// A line without emphasis, code marks and backslashes; links keep their words and address.
fn plain(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars().peekable();
    let strong = line.matches("**").count().is_multiple_of(2);
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => {
                out.extend(chars.next())
            }
            '*' if strong && chars.peek() == Some(&'*') => {
                chars.next();
            }
            '`' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_numbers_stay() {
        let text = "# 关于印发要点的通知\n\n## 一、总体要求\n\n1. **推进**数字化\\*。\n\n| 序号 | 任务 |\n|---|---|\n| 1 | 甲 |\n";
        assert!(looks_like(text));
        let extract = extract(text).unwrap();
        let lines: Vec<&str> = extract
            .lines
            .iter()
            .map(|l| extract.text[l.range.clone()].trim())
            .filter(|l| !l.is_empty())
            .collect();
        assert_eq!(
            lines,
            ["关于印发要点的通知", "一、总体要求", "1. 推进数字化*。", "序号 \t 任务", "1 \t 甲"]
                .map(|l| l.replace(" \t ", "\t"))
        );
        assert!(!looks_like("一、总体要求\n1.推进#2工程\n"));
    }
}
