//! What stands before the first item: title, number, recipients, letter, sign-off, the issued
//! text's title. And the sign-off at the end of a notice that issues nothing.

use super::doc_number::{doc_number, number};
use super::glued::is_recipients;
use super::noted::{self, attachment_note, is_mark};
use super::sign_off::{is_organ, sign_off};
use super::title::{self, TitleAt};
use crate::chars::bare;
use crate::draft::Draft;
use crate::label::label;
use crate::ledger::{Fate, Ledger};
use crate::para::Para;
use records::content::schema::notice::Kind;

/// Where the text begins, and what was noted on the way.
pub(super) struct Front {
    /// The first paragraph of the text (its preface).
    pub(super) body: usize,
    /// Titles of attachments as they are noted.
    pub(super) noted: Vec<String>,
}

/// Reads everything before the text. `first` is the first paragraph that surely belongs to it.
pub(super) fn read(paras: &[Para], first: usize, draft: &mut Draft, ledger: &mut Ledger) -> Front {
    let titles = title::titles(paras, first);
    let greeting = (0..first).find(|&n| is_recipients(paras[n].str()));
    let chosen = choose(&titles, greeting);
    let mut from = 0;
    if let Some(chosen) = &chosen {
        set_title(chosen, draft);
        for para in &paras[chosen.start..chosen.end] {
            ledger.mark(&para.text, Fate::Record);
        }
        for other in titles.iter().filter(|t| *t != chosen && bare(&t.text) == bare(&chosen.text)) {
            paras[other.start..other.end].iter().for_each(|para| ledger.boilerplate(para));
        }
        for para in &paras[..chosen.start] {
            let _ = number(para, draft, ledger) || mark(para, draft, ledger);
        }
        if draft.head.kind() == Some(Kind::Minutes) {
            minutes_head(&paras[..chosen.start], draft, ledger);
        }
        from = chosen.end;
    }
    if let Some(at) = greeting {
        ledger.mark(&paras[at].text, Fate::Record);
        draft.head.recipients = classes(paras[at].str().trim_end_matches(['：', ':']));
    }
    let name = chosen.as_ref().and_then(|t| title::issued_name(&t.text));
    let issued =
        issued_title(paras, from.max(greeting.map_or(0, |at| at + 1)), first, name.as_deref());
    let mut front = Front { body: 0, noted: Vec::new() };
    match &issued {
        Some(found) => {
            draft.issued_title = found.text.clone();
            for para in &paras[found.start..found.end] {
                ledger.mark(&para.text, Fate::Record);
            }
            let start = greeting.map_or(from, |at| (at + 1).max(from));
            letter(&paras[start.min(found.start)..found.start], draft, ledger, &mut front.noted);
            front.body = found.end;
            // The title of the text is often followed by its date or status in a bracket.
            while front.body < first && is_bracketed_note(paras[front.body].str()) {
                let stage = noted::stage(paras[front.body].str());
                draft.issued_stage = draft.issued_stage.or(stage);
                let fate = if stage.is_some() { Fate::Record } else { Fate::Boilerplate };
                ledger.mark(&paras[front.body].text, fate);
                front.body += 1;
            }
        }
        None => {
            front.body = greeting.map_or(from, |at| (at + 1).max(from));
            if chosen.is_none() && greeting.is_none() {
                front.body = bare_title(paras, first, draft, ledger);
            }
            draft.title_is_made = true;
            draft.direct = chosen.is_some() && name.is_none() && draft.head.kind().is_some();
            if draft.issued_title.is_empty() {
                draft.issued_title = name.unwrap_or_else(|| draft.head.title.clone());
            } else {
                draft.title_is_made = false;
            }
        }
    }
    // Before the title and between it and the recipients: number and sign-off, nothing else.
    let loose: Vec<&Para> = paras
        [from.min(front.body)..greeting.unwrap_or(from).max(from).min(front.body)]
        .iter()
        .collect();
    for para in loose {
        number(para, draft, ledger);
    }
    while front.body < first && number(&paras[front.body], draft, ledger) {
        front.body += 1;
    }
    front
}

/// The title that counts: the one nearest before the recipients, else the one said most often,
/// else the first.
fn choose(titles: &[TitleAt], greeting: Option<usize>) -> Option<TitleAt> {
    let before = greeting.and_then(|at| titles.iter().rev().find(|t| t.end <= at));
    // The red words at the head of minutes end in 纪要 too.
    let minutes = titles.iter().take_while(|t| t.text.ends_with("纪要")).last();
    let before = before.or(minutes);
    let count = |t: &TitleAt| titles.iter().filter(|o| bare(&o.text) == bare(&t.text)).count();
    let repeated = titles.iter().rev().find(|t| count(t) > 1);
    before.or(repeated).or(titles.first()).cloned()
}

fn set_title(chosen: &TitleAt, draft: &mut Draft) {
    // …的通知（青数办〔2025〕3号，2025年3月18日）
    let open = chosen.text.rfind('（');
    let number = open.and_then(|at| Some((at, doc_number(&chosen.text[at..])?.0)));
    let mut text = chosen.text.as_str();
    if let Some((at, number)) = number {
        text = &text[..at];
        draft.head.number.get_or_insert(number);
    }
    let (organ, title) = title::organ_and_title(text);
    draft.head.title = title.to_string();
    if let Some(organ) = organ {
        draft.head.organs = vec![organ.to_string()];
        draft.head.organ_in_title = true;
    }
}

/// 10.3: above the title of minutes stand their mark, 第N期, and organ and date.
fn minutes_head(paras: &[Para], draft: &mut Draft, ledger: &mut Ledger) {
    for (n, para) in paras.iter().enumerate() {
        let text = para.str();
        if let Some(issue) = issue(text) {
            draft.head.issue.get_or_insert(issue);
            ledger.mark(&para.text, Fate::Record);
        } else if text.ends_with("纪要") && is_short(text) && draft.head.mark.is_none() {
            draft.head.mark = Some(ledger.record(&para.text));
        } else {
            let _ = sign_off(para, &paras[n + 1..], draft, ledger);
        }
    }
}

/// 第3期, （第3期）
fn issue(text: &str) -> Option<u32> {
    let inner = text.trim_matches(['（', '）', '(', ')', ' ']);
    inner.strip_prefix('第')?.strip_suffix('期')?.trim().parse().ok()
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= 30 && !text.contains(['。', '，'])
}

/// 高新区管委会，各乡镇人民政府、街道办事处，区府各部门 to its classes.
pub(super) fn classes(list: &str) -> Vec<String> {
    list.split(['，', ',', '；'])
        .map(str::trim)
        .filter(|c| !c.is_empty())
        .map(str::to_string)
        .collect()
}

/// The issued text's title: as the notice names it, else below the mark of an attachment, else a
/// line that looks like one.
fn issued_title(paras: &[Para], from: usize, first: usize, name: Option<&str>) -> Option<TitleAt> {
    if let Some(found) = name.and_then(|name| title::find(paras, from, first + 1, name)) {
        return Some(found);
    }
    if let Some(mark) = (from..first).rev().find(|&n| is_mark(paras[n].str())) {
        let start = mark + 1;
        let mut text = String::new();
        for (k, para) in paras[start..first.min(paras.len())].iter().take(3).enumerate() {
            text.push_str(para.str());
            if title::is_issued_title(&text) {
                return Some(TitleAt { start, end: start + k + 1, text });
            }
        }
    }
    // Only behind something that can be a letter: else it is the notice's own title.
    let behind = (from..first).find(|&n| paras[n].str().contains('。'))?;
    let at = (behind + 1..first).rev().find(|&n| {
        let text = paras[n].str();
        title::is_issued_title(text) && !text.starts_with("附件") && text.chars().count() >= 6
    })?;
    Some(TitleAt { start: at, end: at + 1, text: paras[at].str().to_string() })
}

/// A text alone, without a notice around it: its title is its first line, or its first lines.
fn bare_title(paras: &[Para], first: usize, draft: &mut Draft, ledger: &mut Ledger) -> usize {
    let lines = &paras[..first.min(paras.len())];
    let mut text = String::new();
    for (n, para) in lines.iter().enumerate().take(3) {
        text.push_str(para.str());
        if title::is_issued_title(&text) {
            lines[..=n].iter().for_each(|para| ledger.mark(&para.text, Fate::Record));
            draft.issued_title = text;
            return n + 1;
        }
    }
    let Some(line) = lines.first() else { return 0 };
    let words = line.str();
    let short = (4..=40).contains(&words.chars().count());
    let ended = words.ends_with(['。', '：', '；', '，', '、']);
    if short && !ended && label(words).is_none() && line.cells.is_empty() {
        draft.issued_title = ledger.record(&line.text);
        return 1;
    }
    0
}

/// The paragraphs between recipients and issued text: letter, attachments noted, sign-off, note.
fn letter(paras: &[Para], draft: &mut Draft, ledger: &mut Ledger, noted: &mut Vec<String>) {
    let mut n = 0;
    while n < paras.len() {
        let para = &paras[n];
        let taken = attachment_note(&paras[n..], noted, ledger);
        if taken > 0 {
            n += taken;
            continue;
        }
        if number(para, draft, ledger) || sign_off(para, &paras[n + 1..], draft, ledger) {
            n += 1;
            continue;
        }
        if is_mark(para.str()) {
            ledger.boilerplate(para);
        } else {
            draft.letter.push(ledger.record(&para.text));
        }
        n += 1;
    }
}

fn is_bracketed_note(text: &str) -> bool {
    text.starts_with(['（', '(']) && text.ends_with(['）', ')']) && text.chars().count() <= 30
}

/// The red words above a document's number: an organ's name and 文件; of a letter the name alone.
fn mark(para: &Para, draft: &mut Draft, ledger: &mut Ledger) -> bool {
    let text = para.str();
    let is_letter = draft.head.kind() == Some(Kind::Letter);
    let organ = text.strip_suffix("文件").or(is_letter.then_some(text));
    let Some(organ) = organ.filter(|organ| is_organ(organ)) else {
        return false;
    };
    if draft.head.organs.is_empty() {
        draft.head.organs.push(organ.to_string());
    }
    ledger.mark(&para.text, Fate::Record);
    true
}
