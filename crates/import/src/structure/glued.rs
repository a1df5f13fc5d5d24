//! Parts of a notice that stand on one line: title and number, recipients and letter, the last
//! sentence and the sign-off.

use super::doc_number::doc_number;
use crate::chars::fold;
use crate::date::date_in;
use crate::para::Para;

/// Cuts such lines.
pub(super) fn cut(paras: Vec<Para>) -> Vec<Para> {
    let mut out = Vec::new();
    for para in paras {
        let mut rest = para;
        while let Some(at) = cut_at(rest.str()).filter(|_| rest.cells.is_empty()) {
            let first = Para { text: rest.text.slice(0..at).trim(), ..rest.clone() };
            rest = Para { text: rest.text.slice(at..rest.text.len()).trim(), gap: false, ..rest };
            out.push(first);
        }
        out.push(rest);
    }
    out.retain(|para| !para.text.is_empty());
    out
}

fn cut_at(text: &str) -> Option<usize> {
    let inside = |at: usize| (at > 0 && at < text.len()).then_some(at);
    title_and_number(text)
        .or_else(|| title_and_recipients(text))
        .or_else(|| recipients_end(text))
        .or_else(|| sign_off_start(text))
        .or_else(|| date_end(text))
        .and_then(inside)
}

/// …的通知国办发〔2020〕43号
fn title_and_number(text: &str) -> Option<usize> {
    let (_, range) = doc_number(text)?;
    let title = super::title::is_title(&text[..range.start]);
    (title && range.end == text.len()).then_some(range.start)
}

/// …的通知各街道办事处，区政府各部门：
fn title_and_recipients(text: &str) -> Option<usize> {
    let colon = text.find('：')? + '：'.len_utf8();
    let ends = ["通知", "意见", "决定", "函", "通报"];
    let mut found = ends.iter().flat_map(|word| {
        text[..colon].match_indices(word).map(|(at, word)| at + word.len()).collect::<Vec<_>>()
    });
    found.find(|&at| super::title::is_title(&text[..at]) && is_recipients(text[at..colon].trim()))
}

/// 各省…直属机构：党中央高度重视…
fn recipients_end(text: &str) -> Option<usize> {
    let at = text.find('：')?;
    let end = at + '：'.len_utf8();
    (end < text.len() && is_recipients(&text[..end])).then_some(end)
}

/// Whether a line names whom the notice goes to.
pub(super) fn is_recipients(text: &str) -> bool {
    let Some(list) = text.strip_suffix(['：', ':']) else { return false };
    let folded = fold(list);
    let count = folded.chars().count();
    let open = folded.matches('（').count() > folded.matches('）').count();
    if !(2..=220).contains(&count)
        || folded.contains(['。', '；', '《', '“'])
        || open
        || crate::label::label(list).is_some()
    {
        return false;
    }
    let names = folded
        .split(['，', '、', ','])
        .map(crate::units::without_qualifier)
        .filter(|name| !name.is_empty());
    let classes = names.clone().filter(|name| {
        name.contains('各') || name.starts_with("有关") || crate::units::looks_like_unit(name)
    });
    let (good, all) = (classes.count(), names.count());
    let bodies = [
        "政府", "单位", "部门", "机构", "委", "办", "局", "镇", "乡", "街道", "公司", "集团", "院",
        "校", "会", "区", "县", "市", "中心", "企业", "处", "科", "所",
    ];
    let last = crate::units::without_qualifier(&folded);
    let ends = bodies.iter().any(|end| last.ends_with(end));
    ends && good > 0 && good * 4 >= all && crate::units::role_of_label(list).is_none()
}

/// …贯彻落实。国务院办公厅2020年11月1日（此件公开发布）
fn sign_off_start(text: &str) -> Option<usize> {
    let stop = text.rfind('。')?;
    let start = stop + '。'.len_utf8();
    let tail = &text[start..];
    let (_, range) = date_in(tail)?;
    let organ = &tail[..range.start];
    let note = tail[range.end..].trim();
    let short =
        (2..=40).contains(&organ.chars().count()) && !organ.contains(['，', '；', '：', '、']);
    let noted = note.is_empty() || (note.starts_with(['（', '(']) && note.chars().count() <= 30);
    (short && (noted || super::title::is_issued_title(note))).then_some(start)
}

/// 2020年7月15日（此件公开发布）
fn date_end(text: &str) -> Option<usize> {
    let (_, range) = date_in(text)?;
    let note = &text[range.end..];
    let organ = &text[..range.start];
    let short =
        organ.chars().count() <= 40 && !organ.contains(['，', '。', '；', '：', '、', '《']);
    let public =
        note.starts_with(['（', '(']) && note.chars().count() <= 30 && note.contains("公开");
    // The sign-off of the letter, and the title of what it issues.
    let titled = organ.chars().count() >= 4
        && crate::units::looks_like_unit(organ)
        && !note.contains('。')
        && super::title::is_issued_title(note);
    (short && (public || titled)).then_some(range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traced::Traced;

    fn pieces(text: &str) -> Vec<String> {
        cut(vec![Para::new(Traced::new(text, 0))]).iter().map(|p| p.str().to_string()).collect()
    }

    #[test]
    fn lines_are_cut() {
        assert_eq!(
            pieces("国务院办公厅关于印发方案的通知国办发〔2020〕43号"),
            ["国务院办公厅关于印发方案的通知", "国办发〔2020〕43号"]
        );
        assert_eq!(
            pieces(
                "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：方案已经同意，请落实。国务院办公厅2020年11月1日（此件公开发布）"
            ),
            [
                "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
                "方案已经同意，请落实。",
                "国务院办公厅2020年11月1日",
                "（此件公开发布）"
            ]
        );
    }

    #[test]
    fn other_lines_are_not() {
        for text in [
            "具体措施：2021年3月底前设立试点。",
            "责任单位：区发改局、织里镇",
            "一、总体要求：坚持创新。",
        ] {
            assert_eq!(pieces(text), [text]);
        }
    }
}
