//! Organ, date and note at the end of a letter or text.

use super::doc_number::number;
use crate::chars::fold;
use crate::date::date_in;
use crate::draft::Draft;
use crate::label::label;
use crate::ledger::{Fate, Ledger};
use crate::para::Para;
use crate::units::{brackets, looks_like_unit, opens_unit_line};

/// Organ and date, or a note in brackets.
pub(super) fn sign_off(para: &Para, next: &[Para], draft: &mut Draft, ledger: &mut Ledger) -> bool {
    let text = para.str();
    if is_note(text) {
        draft.head.note = Some(text.trim_matches(['（', '）', '(', ')', '。']).to_string());
        ledger.mark(&para.text, Fate::Record);
        return true;
    }
    if let Some((date, range)) = date_in(text) {
        let organ = text[..range.start].trim();
        let rest = text[range.end..].trim();
        if rest.is_empty() && (organ.is_empty() || is_organ(organ)) {
            if !organ.is_empty() {
                sign(organ, draft);
            }
            draft.head.date = Some(date);
            draft.head.signed = true;
            ledger.mark(&para.text, Fate::Record);
            return true;
        }
    }
    // Of a joint notice several organs stand above the date.
    let others = next.iter().take(5).take_while(|para| is_organ(para.str())).count();
    if is_organ(text) && next.get(others).is_some_and(is_date) {
        sign(text, draft);
        ledger.mark(&para.text, Fate::Record);
        return true;
    }
    false
}

/// An organ that signs. The first of them takes the place of the one in the title.
fn sign(organ: &str, draft: &mut Draft) {
    let head = &mut draft.head;
    if !head.signed && !head.signing {
        head.organs.clear();
        head.signing = true;
    }
    if !head.organs.iter().any(|known| known == organ) {
        head.organs.push(organ.to_string());
    }
}

/// Whether a line is a date and nothing else.
fn is_date(para: &Para) -> bool {
    date_in(para.str()).is_some_and(|(_, range)| range == (0..para.str().len()))
}

/// （此件公开发布）
pub(super) fn is_note(text: &str) -> bool {
    let folded = fold(text);
    let begins = [
        "此件",
        "此文",
        "公开",
        "主动公开",
        "依申请公开",
        "不予公开",
        "不公开",
        "信息公开",
        "联系人",
        "发至",
        "传达",
    ];
    let inner = folded.trim_start_matches(['（', '(']);
    inner.len() < folded.len()
        && folded.ends_with(['）', ')'])
        && folded.chars().count() <= 60
        && begins.iter().any(|word| inner.starts_with(word))
        && (!opens_unit_line(text) || is_contact(inner))
}

/// 联系人：甲，电话：0570-5550101
fn is_contact(text: &str) -> bool {
    text.starts_with("联系人") && text.contains("电话")
}

pub(super) fn is_organ(text: &str) -> bool {
    let count = text.chars().count();
    (2..=40).contains(&count)
        && !text.contains(['，', '。', '；', '：', '、', '“'])
        && label(text).is_none()
        && (looks_like_unit(text)
            || fold(text).ends_with("国务院")
            || fold(text).ends_with("人民政府"))
}

/// Whether a note, a date, or organs above a date begin here.
pub(super) fn closes(paras: &[Para]) -> bool {
    let signed = |para: &Para| {
        let words = para.str();
        date_in(words).is_some_and(|(_, range)| {
            let organ = words[..range.start].trim();
            range.end == words.len() && (organ.is_empty() || is_organ(organ))
        })
    };
    let organs = paras.iter().take(6).take_while(|para| is_organ(para.str())).count();
    paras.first().is_some_and(|first| signed(first) || is_note(first.str()))
        || (organs > 0 && paras.get(organs).is_some_and(signed))
}

/// The organ that printed, alone on the last line: an imprint without a date.
pub(super) fn imprint_alone(para: &Para, draft: &mut Draft, ledger: &mut Ledger) -> bool {
    let found = is_organ(para.str()) && draft.head.printed_by.is_none();
    if found {
        draft.head.printed_by = Some(ledger.record(&para.text));
    }
    found
}

/// Takes sign-off, note and noted attachments from the end of a text.
pub(super) fn take_closing(paras: &[Para], draft: &mut Draft, ledger: &mut Ledger) -> Vec<Para> {
    // They stand in the last lines, with nothing of the text behind.
    let entry = |para: &Para| {
        let text = para.str();
        let names = opens_unit_line(text) || !brackets(text, false).is_empty();
        para.in_table() || (names && !is_note(text))
    };
    let last = paras.iter().rposition(entry).map_or(0, |last| last + 1);
    let tail = paras.len().saturating_sub(12).max(last);
    let Some(start) = (tail..paras.len()).find(|&n| closes(&paras[n..])) else {
        return paras.to_vec();
    };
    // What is none of these is left to the report.
    for (n, para) in paras[start..].iter().enumerate() {
        let rest = &paras[start + n + 1..];
        let _ = sign_off(para, rest, draft, ledger)
            || number(para, draft, ledger)
            || (rest.is_empty() && imprint_alone(para, draft, ledger));
    }
    paras[..start].to_vec()
}
