//! Titles: of the notice, and of the text that it issues.

use crate::chars::{bare, fold};
use crate::label::label;
use crate::para::Para;
use crate::units::looks_like_unit;
use base::rich::is_caption;

const ENDINGS: [&str; 32] = [
    "通知",
    "意见",
    "方案",
    "办法",
    "规定",
    "决定",
    "通报",
    "批复",
    "函",
    "公告",
    "通告",
    "要点",
    "计划",
    "措施",
    "规划",
    "细则",
    "清单",
    "分工",
    "安排",
    "任务",
    "分解表",
    "举措",
    "纲要",
    "决议",
    "规程",
    "制度",
    "建议",
    "要求",
    "台账",
    "表",
    "若干政策",
    "条例",
];

/// Whether a line can be the title of a notice: it is about something and ends in a kind of
/// document.
pub(super) fn is_title(text: &str) -> bool {
    let folded = fold(text).into_owned();
    let folded = without_tail(&folded);
    let formal = folded.contains("关于")
        && ENDINGS.iter().chain(&["报告", "请示"]).any(|end| folded.ends_with(end));
    // Minutes are of a meeting and not about something.
    is_short(folded, 120) && (formal || folded.ends_with("会议纪要"))
}

/// Whether a line can be the title of an issued text.
pub(super) fn is_issued_title(text: &str) -> bool {
    let folded = fold(text).into_owned();
    let folded = without_tail(&folded);
    is_short(folded, 60)
        && !is_caption(folded)
        && folded.chars().count() >= 4
        && ENDINGS.iter().any(|end| folded.ends_with(end))
}

/// A title without （征求意见稿) and the like.
fn without_tail(text: &str) -> &str {
    let text = text.trim();
    match text.rfind(['（', '(']) {
        Some(at) if text.ends_with(['）', ')']) && at > 0 => text[..at].trim(),
        _ => text,
    }
}

fn is_short(text: &str, limit: usize) -> bool {
    text.chars().count() <= limit
        && !text.contains(['。', '；', '：', '！', '？'])
        && label(text).is_none()
}

/// Lines that together are a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TitleAt {
    /// The first line.
    pub(super) start: usize,
    /// Behind the last line.
    pub(super) end: usize,
    /// Its words.
    pub(super) text: String,
}

/// All titles among the first `end` paragraphs; broken ones are put together.
pub(super) fn titles(paras: &[Para], end: usize) -> Vec<TitleAt> {
    let mut found = Vec::new();
    let mut n = 0;
    // A page may link to any number of notices; the one it holds is among the first.
    while n < end.min(paras.len()) && found.len() < 200 {
        let mut text = String::new();
        let mut hit = None;
        for (k, para) in paras[n..end.min(paras.len())].iter().take(4).enumerate() {
            let piece = para.str();
            if piece.chars().count() > 70 || (k > 0 && label(piece).is_some()) {
                break;
            }
            text.push_str(piece);
            if is_title(&text) {
                hit = Some(TitleAt { start: n, end: n + k + 1, text: text.clone() });
                break;
            }
            // Only an organ can stand on a line of its own before 关于.
            if k == 0 && !fold(&text).contains("关于") && !is_organ(&text) {
                break;
            }
            if k > 0 && !fold(&text).contains("关于") {
                break;
            }
        }
        match hit {
            Some(title) => {
                n = title.end;
                found.push(title);
            }
            None => n += 1,
        }
    }
    found
}

fn is_organ(text: &str) -> bool {
    text.chars().count() <= 30 && (looks_like_unit(text) || fold(text).ends_with("国务院"))
}

/// The lines that repeat a text, broken or whole.
pub(super) fn find(paras: &[Para], from: usize, end: usize, wanted: &str) -> Option<TitleAt> {
    let wanted = bare(wanted);
    if wanted.is_empty() {
        return None;
    }
    (from..end.min(paras.len())).find_map(|start| {
        let mut text = String::new();
        for (k, para) in paras[start..].iter().take(4).enumerate() {
            text.push_str(para.str());
            if bare(&text) == wanted {
                return Some(TitleAt { start, end: start + k + 1, text });
            }
        }
        None
    })
}

/// The name of the text that a notice issues: 印发《…》, 印发…的通知.
pub(super) fn issued_name(title: &str) -> Option<String> {
    let folded = fold(title).into_owned();
    let issues = ["印发", "转发", "下发", "发布"]
        .iter()
        .find_map(|word| folded.find(word).map(|at| at + word.len()))?;
    let rest = &title[issues..];
    if let Some(open) = rest.find('《') {
        let inner = &rest[open + '《'.len_utf8()..];
        return inner.rfind('》').map(|close| inner[..close].to_string());
    }
    let end = fold(rest).find("的通知")?;
    Some(rest[..end].to_string()).filter(|name| !name.is_empty())
}

/// The organ in front of 关于, and the title behind it.
pub(super) fn organ_and_title(title: &str) -> (Option<&str>, &str) {
    match fold(title).find("关于") {
        Some(at) if at > 0 && title[..at].chars().count() <= 40 => {
            (Some(title[..at].trim()), &title[at..])
        }
        _ => (None, title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traced::Traced;

    #[test]
    fn names_of_issued_texts() {
        assert_eq!(issued_name("关于印发2024年工作要点的通知").as_deref(), Some("2024年工作要点"));
        assert_eq!(
            issued_name("关于印发《2024年工作要点》的通知").as_deref(),
            Some("2024年工作要点")
        );
        assert_eq!(issued_name("关于促进就业工作的若干意见"), None);
        assert_eq!(
            organ_and_title("国务院办公厅关于印发方案的通知"),
            (Some("国务院办公厅"), "关于印发方案的通知")
        );
    }

    #[test]
    fn broken_titles_are_put_together() {
        let paras: Vec<Para> =
            ["国务院关于做好当前和今后一个时期", "促进就业工作的若干意见", "国发〔2018〕39号"]
                .iter()
                .map(|t| Para::new(Traced::new(t, 0)))
                .collect();
        let found = titles(&paras, 3);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].start, found[0].end), (0, 2));
    }
}
