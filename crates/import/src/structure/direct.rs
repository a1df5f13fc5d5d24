//! Documents that carry their text themselves: no other text is issued by them, and where nobody is
//! named, numbered paragraphs are text and no tasks.

use super::attachments::end_of_body;
use super::glued::is_recipients;
use super::sign_off::{imprint_alone, is_organ};
use super::title;
use crate::draft::{Draft, Head};
use crate::label::label;
use crate::ledger::{Fate, Ledger};
use crate::para::Para;
use crate::traced::Traced;
use base::rich::is_caption;
use records::content::schema::notice::Kind;

/// Sentences that close a document, by how they begin.
const CLOSINGS: [&str; 16] = [
    "特此",
    "妥否",
    "当否",
    "可否",
    "以上",
    "请予",
    "请审",
    "请批",
    "盼",
    "专此",
    "此复",
    "望予",
    "敬请",
    "如无不妥",
    "请支持",
    "此函",
];

/// Who was there, as minutes name them, and the key of the record.
const ATTENDANCE: [(&str, &str); 5] = [
    ("出席", "present"),
    ("参加", "present"),
    ("参会", "present"),
    ("请假", "excused"),
    ("列席", "observers"),
];

/// Where the text of a document begins that names nobody and numbers nothing: the first sentence
/// behind recipients and title.
pub(super) fn start(paras: &[Para]) -> Option<usize> {
    let greeting = paras.iter().position(|para| is_recipients(para.str())).map(|at| at + 1);
    let titles = title::titles(paras, paras.len());
    let head = greeting.or_else(|| titles.first().map(|title| title.end))?;
    (head..paras.len()).find(|&n| paras[n].str().contains('。'))
}

/// Where attachments begin below a title that issues no text: what is numbered in them is no part
/// of the document's own text.
pub(super) fn end(paras: &[Para]) -> Option<usize> {
    let end = end_of_body(paras, 0);
    let titles = title::titles(paras, end);
    let issues = titles.iter().any(|title| title::issued_name(&title.text).is_some());
    (end < paras.len() && !titles.is_empty() && !issues).then_some(end)
}

/// The line behind the title that says whom the document is sent to, whatever they are called.
pub(super) fn recipients(paras: &[Para], at: usize, head: &mut Head, ledger: &mut Ledger) -> usize {
    /// Words of sentences that open a text.
    const OPENS: [&str; 7] = ["如下", "现将", "为", "根据", "通知", "报告", "会议"];
    let is_list =
        |text: &str| text.chars().count() <= 40 && !OPENS.iter().any(|word| text.contains(word));
    let Some(para) = paras.get(at).filter(|_| head.recipients.is_empty()) else { return at };
    let list = para.str().strip_suffix('：').filter(|list| is_list(list));
    let Some(list) = list.filter(|_| label(para.str()).is_none()) else { return at };
    head.recipients = super::front::classes(list);
    ledger.mark(&para.text, Fate::Record);
    at + 1
}

/// Takes the organ alone on the last line: of minutes, which nobody signs, it is the imprint's;
/// else it has signed without a date.
pub(super) fn take_last_organ(paras: &mut Vec<Para>, draft: &mut Draft, ledger: &mut Ledger) {
    let Some(last) = paras.last().filter(|last| is_organ(last.str())) else { return };
    if draft.head.kind() == Some(Kind::Minutes) || draft.head.signed {
        imprint_alone(last, draft, ledger);
    } else {
        draft.head.organs = vec![ledger.record(&last.text)];
        draft.head.signed = true;
    }
    paras.pop();
}

/// Takes who was there from minutes.
pub(super) fn take_attendance(paras: &mut Vec<Para>, head: &mut Head, ledger: &mut Ledger) {
    if head.kind() != Some(Kind::Minutes) {
        return;
    }
    paras.retain(|para| {
        let Some((key, names)) = attendance(para.str()) else { return true };
        if head.attendance.iter().any(|(known, _)| *known == key) {
            return true;
        }
        head.attendance.push((key, names.to_string()));
        ledger.mark(&para.text, Fate::Record);
        false
    });
}

/// 出席：甲、乙 or 列席人员：丙.
fn attendance(text: &str) -> Option<(&'static str, &str)> {
    let (word, names) = text.split_once('：')?;
    let bare = word.trim_end_matches("人员").trim_end_matches("单位").trim_end_matches("同志");
    let (_, key) = ATTENDANCE.iter().find(|(known, _)| *known == bare)?;
    let names = names.trim().trim_end_matches('。');
    (!names.is_empty()).then_some((key, names))
}

/// Where the sentences begin that close a document.
pub(super) fn closing(paras: &[Para]) -> usize {
    let closes = |para: &Para| {
        let text = para.str();
        para.cells.is_empty()
            && text.chars().count() <= 40
            && CLOSINGS.iter().any(|words| text.starts_with(words))
    };
    let count = paras.iter().rev().take(3).take_while(|para| closes(para)).count();
    paras.len() - count
}

/// The rows of each table as one paragraph ([`Traced::of_table`]).
pub(super) fn with_tables(paras: &[Para]) -> Vec<Para> {
    let mut out: Vec<Para> = Vec::new();
    let mut rows: Vec<&Para> = Vec::new();
    let end = |rows: &mut Vec<&Para>, out: &mut Vec<Para>| {
        match rows[..] {
            [] => {}
            // One row is no table.
            [one] => out.push(one.clone()),
            [first, ..] => {
                if let Some(above) = out.last_mut().filter(|above| is_caption(above.str())) {
                    above.text = parted(&above.text);
                }
                let cells: Vec<&[Traced]> = rows.iter().map(|row| &row.cells[..]).collect();
                let text = Traced::of_table(&cells);
                out.push(Para { text, cells: Vec::new(), ..first.clone() });
            }
        }
        rows.clear();
    };
    for para in paras {
        let goes_on = rows.last().is_some_and(|last| last.table == para.table);
        if !goes_on {
            end(&mut rows, &mut out);
        }
        if para.table.is_some() && para.cells.len() >= 2 && !para.in_table() {
            rows.push(para);
        } else {
            end(&mut rows, &mut out);
            out.push(para.clone());
        }
    }
    end(&mut rows, &mut out);
    out
}

/// A caption with a blank behind its number, which paragraphs lose: 表1 主要指标.
fn parted(caption: &Traced) -> Traced {
    let text = caption.as_str();
    let digits = |c: char| c.is_ascii_digit() || "-—".contains(c);
    let rest = text.trim_start_matches('表').trim_start_matches(digits);
    let at = text.len() - rest.len();
    if at == '表'.len_utf8() || rest.is_empty() || rest.starts_with(' ') {
        return caption.clone();
    }
    let mut out = caption.slice(0..at);
    out.push(' ', caption.place(at));
    out.append(&caption.slice(at..text.len()));
    out
}

/// Whether what was read is such a document: under its title it has somebody that it is sent to, a
/// number, a date or who was there, and it says something.
pub(super) fn is_document(draft: &Draft) -> bool {
    let head = &draft.head;
    let formal = !head.recipients.is_empty()
        || head.number.is_some()
        || head.date.is_some()
        || !head.attendance.is_empty();
    let says = || draft.prose().iter().any(|text| text.contains('。'));
    draft.direct && formal && (!draft.items().is_empty() || says())
}
