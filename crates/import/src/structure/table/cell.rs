//! What stands in one cell: lines of a text, or names.

use crate::label::label;
use crate::traced::Traced;
use crate::units::{looks_like_unit, opens_unit_line};

/// The lines of a cell.
fn lines(cell: &Traced) -> Vec<&str> {
    cell.as_str().split('\n').filter(|line| !line.is_empty()).collect()
}

/// The paragraphs of a text: a line goes on with the one before unless that one ended or it has a
/// number of its own.
pub(super) fn paragraphs(cell: &Traced) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in lines(cell) {
        match out.last_mut() {
            Some(last) if !ended(last) && label(line).is_none() => last.push_str(line),
            _ => out.push(line.to_string()),
        }
    }
    out
}

fn ended(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '！', '？', '…'])
}

/// The words of a cell of any kind, on one line.
pub(in crate::structure) fn text(cell: &Traced) -> String {
    if lines(cell).iter().all(|line| looks_like_unit(line)) {
        names(cell)
    } else {
        paragraphs(cell).concat()
    }
}

/// Names on one line, with a mark where a line ended between two of them.
pub(super) fn names(cell: &Traced) -> String {
    let mut out = String::new();
    for line in lines(cell) {
        if out.is_empty() || out.ends_with(['。', '；', '，', '、', '：']) || goes_on(&out, line)
        {
        } else if opens_unit_line(line) {
            out.push('；');
        } else {
            out.push('、');
        }
        out.push_str(line);
    }
    out
}

/// Whether a line goes on with the name that the one before began: 区发展和改 | 革局, 区文旅局 | （区文物局）.
fn goes_on(before: &str, line: &str) -> bool {
    let parts = ['、', '，', '；', '：', ' '];
    let last = before.rsplit(parts).next().unwrap_or(before);
    let first = line.split(parts).next().unwrap_or(line);
    line.starts_with(['（', '）', '、', '，', '；', '等'])
        || (!looks_like_unit(last) && !looks_like_unit(first) || short(first))
            && !looks_like_unit(last)
            && looks_like_unit(&format!("{last}{first}"))
}

/// Whether a word is too short for a name of its own: 局, 革局.
fn short(word: &str) -> bool {
    word.chars().count() <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        names(&Traced::new(text, 0))
    }

    #[test]
    fn lines_part_names() {
        assert_eq!(of("区发改局\n区财政局、织里镇"), "区发改局、区财政局、织里镇");
        assert_eq!(
            of("牵头单位：区发改局\n配合单位：区财政局"),
            "牵头单位：区发改局；配合单位：区财政局"
        );
        assert_eq!(of("县交通局、县财\n政局"), "县交通局、县财政局");
        assert_eq!(of("区发展和改\n革局\n织里镇"), "区发展和改革局、织里镇");
        assert_eq!(of("区文旅局\n（区文物局）"), "区文旅局（区文物局）");
        assert_eq!(of("高新区\n临港经济园"), "高新区、临港经济园");
    }

    #[test]
    fn lines_of_a_text_are_joined_where_they_were_broken() {
        let of = |text: &str| paragraphs(&Traced::new(text, 0));
        assert_eq!(of("推进数字化\n改革。"), ["推进数字化改革。"]);
        assert_eq!(of("推进改革。\n出台方案。"), ["推进改革。", "出台方案。"]);
        assert_eq!(of("1.推进改革\n2.出台方案"), ["1.推进改革", "2.出台方案"]);
    }
}
