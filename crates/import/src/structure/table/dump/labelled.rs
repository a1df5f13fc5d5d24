//! Tables whose cells each have their heading before them: 工作任务：… 责任单位：… 完成时限：….

use crate::columns::{Column, column, columns};
use crate::para::Para;
use crate::traced::Traced;

/// A cell with its heading.
struct Field {
    heading: Traced,
    words: Traced,
    /// The signs around them.
    signs: Traced,
    /// The paragraph it stands in.
    para: usize,
}

/// The rows at the beginning of some paragraphs, and how many paragraphs they take. At least two
/// rows that begin with the same heading must follow each other.
pub(super) fn rows(paras: &[Para]) -> Option<(Vec<Para>, usize)> {
    let first = field_at(&paras.first()?.text)?.0;
    let fields = fields(paras);
    let starts: Vec<usize> =
        (0..fields.len()).filter(|&n| fields[n].heading.as_str() == first.as_str()).collect();
    // Rows begin where paragraphs do.
    let begin = |n: &usize| *n == 0 || fields[*n].para != fields[*n - 1].para;
    if starts.len() < 2 || !starts.iter().all(begin) {
        return None;
    }
    let mut headings: Vec<&Traced> = Vec::new();
    for field in &fields {
        if !headings.iter().any(|heading| heading.as_str() == field.heading.as_str()) {
            headings.push(&field.heading);
        }
    }
    let texts: Vec<&str> = headings.iter().map(|heading| heading.as_str()).collect();
    let has_task = texts.iter().any(|text| column(text) == Column::Task);
    columns(&texts).filter(|_| has_task)?;

    let para = |cells: Vec<Traced>, at: usize| {
        let mut text = Traced::default();
        cells.iter().for_each(|cell| text.append(cell));
        Para { text, cells, ..paras[at].clone() }
    };
    let mut rows = vec![para(headings.iter().map(|h| (*h).clone()).collect(), 0)];
    for (k, &start) in starts.iter().enumerate() {
        let end = starts.get(k + 1).copied().unwrap_or(fields.len());
        let row = &fields[start..end];
        let mut signs = Traced::default();
        row.iter().for_each(|field| signs.append(&field.signs));
        let of = |text: &str, part: fn(&Field) -> &Traced| {
            row.iter().find(|f| f.heading.as_str() == text).map(part).cloned()
        };
        if k > 0 {
            // The headings said again, which the table leaves out.
            let at = row[0].heading.start();
            let again = texts
                .iter()
                .map(|text| of(text, |f| &f.heading).unwrap_or_else(|| placed(text, at)));
            rows.push(para(again.collect(), row[0].para));
        }
        if let Some(headings) = rows.last_mut() {
            headings.text.append(&signs);
        }
        let cells = texts.iter().map(|text| of(text, |f| &f.words).unwrap_or_default());
        rows.push(para(cells.collect(), row[0].para));
    }
    let taken = fields.last().map_or(0, |field| field.para + 1);
    Some((rows, taken))
}

/// A text all of which stands at one place.
fn placed(text: &str, at: usize) -> Traced {
    let mut out = Traced::default();
    text.chars().for_each(|c| out.push(c, at));
    out
}

/// The fields of paragraphs that hold nothing else.
fn fields(paras: &[Para]) -> Vec<Field> {
    let mut fields = Vec::new();
    for (n, para) in paras.iter().enumerate() {
        let found = of_paragraph(para, n);
        if found.is_empty() || !para.cells.is_empty() {
            break;
        }
        fields.extend(found);
    }
    fields
}

/// 重点任务：…；牵头单位：…；完成时限：…
fn of_paragraph(para: &Para, n: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut rest = para.text.clone();
    while let Some((heading, behind)) = field_at(&rest) {
        let text = behind.as_str();
        let next = text
            .match_indices(['；', '，', '。', ' '])
            .map(|(at, sign)| at + sign.len())
            .find(|&at| field_at(&behind.slice(at..text.len())).is_some());
        let end = next.unwrap_or(text.len());
        let words = behind.slice(0..end).trim();
        let kept = words.as_str().trim_end_matches(['；', '，', ' ']).len();
        let mut signs = rest.slice(heading.len()..rest.len() - behind.len());
        signs.append(&words.slice(kept..words.len()));
        fields.push(Field { heading, words: words.slice(0..kept), signs, para: n });
        rest = behind.slice(end..text.len());
    }
    if rest.trim().is_empty() { fields } else { Vec::new() }
}

/// The heading that a text begins with, and what stands behind its colon.
fn field_at(text: &Traced) -> Option<(Traced, Traced)> {
    let at = text.as_str().find('：')?;
    let heading = text.slice(0..at);
    let known = (2..=8).contains(&heading.as_str().chars().count())
        && column(heading.as_str()) != Column::Other;
    known.then(|| (heading, text.slice(at + '：'.len_utf8()..text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> Option<Vec<String>> {
        let paras: Vec<Para> = lines.iter().map(|line| Para::new(Traced::new(line, 0))).collect();
        let (rows, taken) = rows(&paras)?;
        assert_eq!(taken, lines.len());
        let row = |para: &Para| para.cells.iter().map(Traced::as_str).collect::<Vec<_>>().join("/");
        Some(
            rows.iter()
                .map(row)
                .filter(|row| !row.starts_with("序号") && !row.starts_with("重点"))
                .collect(),
        )
    }

    #[test]
    fn a_field_a_line() {
        assert_eq!(
            found(&[
                "序号：1",
                "工作任务：修路。",
                "责任单位：区交通局",
                "序号：2",
                "工作任务：建桥。",
                "责任单位：区住建局",
            ]),
            Some(vec!["1/修路。/区交通局".into(), "2/建桥。/区住建局".into()])
        );
    }

    #[test]
    fn a_row_a_line() {
        assert_eq!(
            found(&[
                "重点任务：修路；牵头单位：区交通局；完成时限：6月底前",
                "重点任务：建桥；牵头单位：区住建局",
            ]),
            Some(vec!["修路/区交通局/6月底前".into(), "建桥/区住建局/".into()])
        );
    }

    #[test]
    fn lines_of_units_are_no_table() {
        assert_eq!(found(&["牵头单位：区交通局", "配合单位：区住建局"]), None);
        assert_eq!(found(&["工作目标：建成。", "责任单位：区交通局"]), None);
    }
}
