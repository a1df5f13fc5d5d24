//! Organ, date and note at the end of a letter or text.

use super::doc_number::number;
use crate::chars::fold;
use crate::date::date_in;
use crate::draft::Draft;
use crate::label::label;
use crate::ledger::{Fate, Ledger};
use crate::para::Para;
use crate::units::looks_like_unit;

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
fn is_note(text: &str) -> bool {
    let folded = fold(text);
    (folded.starts_with('（') || folded.starts_with('('))
        && (folded.ends_with(['）', ')']))
        && folded.chars().count() <= 40
        && ["此件", "公开", "联系人", "发至", "传达"].iter().any(|word| folded.contains(word))
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

/// Takes sign-off, note and noted attachments from the end of a text.
pub(super) fn take_closing(paras: &[Para], draft: &mut Draft, ledger: &mut Ledger) -> Vec<Para> {
    // They stand in the last lines, with nothing of the text behind.
    let rows = paras.iter().rposition(Para::in_table).map_or(0, |last| last + 1);
    let tail = paras.len().saturating_sub(12).max(rows);
    let signed = |n: usize| {
        let words = paras[n].str();
        date_in(words).is_some_and(|(_, range)| {
            let organ = words[..range.start].trim();
            range.end == words.len() && (organ.is_empty() || is_organ(organ))
        })
    };
    let start = (tail..paras.len()).find(|&n| {
        let organs = paras[n..].iter().take(6).take_while(|para| is_organ(para.str())).count();
        signed(n)
            || is_note(paras[n].str())
            || (organs > 0 && n + organs < paras.len() && signed(n + organs))
    });
    let Some(start) = start else { return paras.to_vec() };
    // What is none of these is left to the report.
    for (n, para) in paras[start..].iter().enumerate() {
        let _ =
            sign_off(para, &paras[start + n + 1..], draft, ledger) || number(para, draft, ledger);
    }
    paras[..start].to_vec()
}
