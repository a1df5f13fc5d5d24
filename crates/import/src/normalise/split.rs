//! Texts whose whole body stands on one line, cut at headings and items.

use super::Para;
use crate::label::{Label, label};
use crate::units::brackets;
use records::content::schema::section::NumberStyle;

/// Paragraphs longer than this are looked at: an item is hardly ever as long.
const LONG: usize = 900;

/// Words that open a list of measures without a number.
const OPENERS: [&str; 3] = ["具体措施：", "主要措施：", "重点任务："];

/// Cuts a paragraph that holds several headings and items. One that holds none comes back alone.
pub(crate) fn split(para: &Para) -> Vec<Para> {
    if !para.cells.is_empty() || para.text.len() < LONG && !holds_several(para.str()) {
        return vec![para.clone()];
    }
    let text = para.text.as_str();
    let cuts = cuts(text);
    let mut pieces = Vec::new();
    let mut start = 0;
    for end in cuts.into_iter().chain([text.len()]) {
        let piece = para.text.slice(start..end).trim();
        if !piece.is_empty() {
            pieces.push(Para { text: piece, gap: para.gap && start == 0, ..para.clone() });
        }
        start = end;
    }
    pieces
}

/// Whether a number begins right behind a bracket that names units: the line holds several items.
fn holds_several(text: &str) -> bool {
    let mut ends = unit_brackets_end(text);
    ends.pop();
    ends.into_iter().any(|end| label(&text[end..]).is_some())
}

/// Where brackets that name units end, with the marks behind them.
fn unit_brackets_end(text: &str) -> Vec<usize> {
    let end = |end: usize| text.len() - text[end..].trim_start_matches(['。', '；', ' ']).len();
    brackets(text, false).into_iter().map(|found| end(found.range.end)).collect()
}

/// What numbers come next, by style.
#[derive(Default)]
struct Expected {
    last: Vec<(NumberStyle, u32)>,
}

impl Expected {
    /// Whether a label goes on with its series or begins a new one.
    fn goes_on(&self, label: Label) -> bool {
        let last = self.last.iter().find(|(style, _)| *style == label.style);
        label.number == 1 || last.is_some_and(|(_, last)| last + 1 == label.number)
    }

    fn take(&mut self, label: Label) {
        match self.last.iter_mut().find(|(style, _)| *style == label.style) {
            Some((_, last)) => *last = label.number,
            None => self.last.push((label.style, label.number)),
        }
    }

    fn knows(&self, style: NumberStyle) -> bool {
        self.last.iter().any(|(known, _)| *known == style)
    }
}

fn cuts(text: &str) -> Vec<usize> {
    let behind_units = unit_brackets_end(text);
    let mut expected = Expected::default();
    let mut cuts = Vec::new();
    // Where a heading began that no mark has ended yet.
    let mut heading: Option<usize> = None;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let ended = before.is_none_or(|b| "。；：！？”）)".contains(b));
        let rest = &text[at..];
        if ended && OPENERS.iter().any(|word| rest.starts_with(word)) {
            cuts.push(at);
        } else if may_begin(c)
            && let Some(found) = label(rest)
            && (expected.goes_on(found) || at == 0 || behind_units.contains(&at))
        {
            let in_heading = heading.is_some_and(|from| {
                let words = &text[from..at];
                words.chars().count() <= 60 && !words.contains('。')
            });
            let begins = match found.style {
                NumberStyle::HanBracket => {
                    ended
                        || in_heading
                        || (found.number > 1
                            && expected.knows(found.style)
                            && before.is_some_and(|b| b == '。'))
                }
                NumberStyle::Han => {
                    ended && before != Some('：')
                        || found.number == 1 && (before == Some('：') || ends_title(&text[..at]))
                }
                NumberStyle::Dot | NumberStyle::Comma => ended || in_heading,
                NumberStyle::Bracket => ended,
                NumberStyle::None => false,
            };
            // A number inside a list of numbers (一、二、三产业) begins nothing.
            let list =
                label(&rest[found.len..]).is_some_and(|l| l.len < 12 && l.style == found.style);
            if begins && !list {
                cuts.push(at);
                expected.take(found);
                heading = (found.style == NumberStyle::Han).then_some(at);
            }
        }
        before = Some(c);
    }
    cuts
}

/// Whether a title ends here: the text is a plan's, and 一、 begins it.
fn ends_title(text: &str) -> bool {
    ["方案", "意见", "要点", "措施", "计划", "办法", "分工", "安排", "规划", "细则"]
        .iter()
        .any(|word| text.ends_with(word))
}

/// Whether a label can begin with this character.
fn may_begin(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '（' | '(' | '①'..='⒛' | '㈠'..='㈩')
        || base::zh::is_numeral(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traced::Traced;

    fn pieces(text: &str) -> Vec<String> {
        let cuts = cuts(text);
        let mut out = Vec::new();
        let mut start = 0;
        for end in cuts.into_iter().chain([text.len()]) {
            out.push(text[start..end].to_string());
            start = end;
        }
        out
    }

    #[test]
    fn headings_without_a_mark_and_items() {
        let text = "制定如下分工方案。一、把政策和改革结合起来（一）研究做法。（财政部负责）具体措施：1．总结经验。（财政部牵头，各地区负责）2．简化手续，增长3．5倍。（税务总局负责）（二）让企业便利。（人民银行负责）二、放要放出活力、放出创造力（三）系统梳理。（各部门负责）";
        assert_eq!(
            pieces(text),
            [
                "制定如下分工方案。",
                "一、把政策和改革结合起来",
                "（一）研究做法。（财政部负责）",
                "具体措施：",
                "1．总结经验。（财政部牵头，各地区负责）",
                "2．简化手续，增长3．5倍。（税务总局负责）",
                "（二）让企业便利。（人民银行负责）",
                "二、放要放出活力、放出创造力",
                "（三）系统梳理。（各部门负责）",
            ]
        );
    }

    #[test]
    fn short_paragraphs_are_left_alone() {
        let para = Para::new(Traced::new("一、甲。二、乙。", 0));
        assert_eq!(split(&para).len(), 1);
    }

    #[test]
    fn lists_of_numbers_are_no_labels() {
        assert_eq!(pieces("推动一、二、三产业融合发展。（一）甲").len(), 2);
    }
}
