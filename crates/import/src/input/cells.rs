//! Several lines in one cell.

use crate::chars::is_blank;
use crate::units::{looks_like_unit, opens_unit_line};

/// One line of them. What the line break said is said by a mark: between units, and before a label.
pub(super) fn joined(lines: &[&str]) -> String {
    let mut out = String::new();
    for line in lines {
        let line = line.trim_matches(is_blank);
        if line.is_empty() {
            continue;
        }
        if !out.is_empty() && !out.ends_with(['。', '；', '，', '、', '：', ':', ';', ',']) {
            if opens_unit_line(line) {
                out.push('；');
            } else if looks_like_unit(last_name(&out))
                && looks_like_unit(line.split(['、', '，']).next().unwrap_or(line))
            {
                out.push('、');
            }
        }
        out.push_str(line);
    }
    out
}

fn last_name(text: &str) -> &str {
    text.rsplit(['、', '：', '，', ':', ',']).next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_in_cells() {
        assert_eq!(joined(&["区发改局", "区财政局、织里镇"]), "区发改局、区财政局、织里镇");
        assert_eq!(
            joined(&["牵头单位：区发改局", "配合单位：区财政局"]),
            "牵头单位：区发改局；配合单位：区财政局"
        );
        assert_eq!(joined(&["推进数字化", "改革。"]), "推进数字化改革。");
    }
}
