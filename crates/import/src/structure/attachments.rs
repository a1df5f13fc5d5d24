//! What follows the text: attachments, and among them lists of units.

use super::noted::{attachment_note, is_mark, stage, without_stage};
use super::sign_off::take_closing;
use super::table::cell_text;
use crate::chars::{bare, fold};
use crate::draft::{Attachment, AttachmentContent, Draft};
use crate::ledger::{Fate, Ledger};
use crate::para::Para;
use crate::units::{Entry, looks_like_unit, split_names};

/// Where the text ends and what is attached begins.
pub(super) fn end_of_body(paras: &[Para], first: usize) -> usize {
    (first..paras.len())
        .find(|&n| {
            let text = paras[n].str();
            !paras[n].in_table() && is_mark(text)
                || attachment_note(&paras[n..], &mut Vec::new(), &mut Ledger::new(0)) > 0
        })
        .unwrap_or(paras.len())
}

/// Reads the attachments.
pub(super) fn read(paras: &[Para], noted: &[String], draft: &mut Draft, ledger: &mut Ledger) {
    let mut of_issued = Vec::new();
    let mut n = 0;
    let mut seen_mark = false;
    while n < paras.len() {
        let taken = attachment_note(&paras[n..], &mut of_issued, ledger);
        if taken > 0 {
            n += taken;
            continue;
        }
        if is_mark(paras[n].str()) {
            ledger.mark(&paras[n].text, Fate::Record);
            seen_mark = true;
            let end =
                (n + 1..paras.len()).find(|&m| is_mark(paras[m].str())).unwrap_or(paras.len());
            attachment(&paras[n + 1..end], noted, &of_issued, draft, ledger);
            n = end;
            continue;
        }
        // Behind the note of attachments the sign-off may still follow; it is left to the report
        // unless it is one.
        if !seen_mark {
            let end = (n..paras.len()).find(|&m| is_mark(paras[m].str())).unwrap_or(paras.len());
            take_closing(&paras[n..end], draft, ledger);
            n = end;
            continue;
        }
        n += 1;
    }
}

fn attachment(
    paras: &[Para],
    noted: &[String],
    of_issued: &[String],
    draft: &mut Draft,
    ledger: &mut Ledger,
) {
    let Some(first) = paras.first() else { return };
    // The title may be broken: as many lines as the noted title takes, else one.
    let known = noted.iter().chain(of_issued).flat_map(|name| [name, without_stage(name)]);
    let titled = known.filter_map(|name| super::title::find(paras, 0, 1, name)).next();
    let (title, start) = match titled {
        Some(found) => (found.text, found.end),
        None => (first.str().to_string(), 1),
    };
    paras[..start].iter().for_each(|para| ledger.mark(&para.text, Fate::Record));
    let mut rest = &paras[start..];
    let stage = rest.first().and_then(|para| stage(para.str()));
    if stage.is_some() {
        ledger.mark(&rest[0].text, Fate::Record);
        rest = &rest[1..];
    }
    let is_this = |name: &String| bare(without_stage(name)) == bare(without_stage(&title));
    let of_letter = noted.iter().any(is_this);
    let Some(content) = content(rest, ledger) else { return };
    draft.attachments.push(Attachment { title, of_letter, stage, content });
}

fn content(paras: &[Para], ledger: &mut Ledger) -> Option<AttachmentContent> {
    if paras.is_empty() {
        return None;
    }
    let introduction = paras.iter().take_while(|para| introduces(para)).count();
    if let Some(units) = unit_list(&paras[introduction..]) {
        paras.iter().for_each(|para| ledger.mark(&para.text, Fate::Record));
        let text = paras[..introduction].iter().map(|para| para.str().to_string()).collect();
        return Some(AttachmentContent::Units { text, units });
    }
    let width = paras.iter().map(|para| para.cells.len()).max().unwrap_or(0);
    if width >= 2 && paras.iter().all(|para| para.cells.len() >= 2) {
        let row = |para: &Para, ledger: &mut Ledger| -> Vec<String> {
            let mut cells: Vec<String> = para.cells.iter().map(cell_text).collect();
            para.cells.iter().for_each(|cell| ledger.mark(cell, Fate::Record));
            ledger.mark(&para.text, Fate::Record);
            cells.resize(width, String::new());
            cells
        };
        let columns = row(&paras[0], ledger);
        // A column needs a heading; one without is no table of ours.
        if columns.iter().all(|cell| !cell.is_empty()) && paras.len() > 1 {
            let rows = paras[1..].iter().map(|para| row(para, ledger)).collect();
            return Some(AttachmentContent::Table(columns, rows));
        }
    }
    let text = |para: &Para| {
        ledger.mark(&para.text, Fate::Record);
        para.cells.iter().for_each(|cell| ledger.mark(cell, Fate::Record));
        let cells: Vec<String> =
            para.cells.iter().map(cell_text).filter(|cell| !cell.is_empty()).collect();
        if cells.is_empty() { para.str().to_string() } else { cells.join(" ") }
    };
    Some(AttachmentContent::Text(paras.iter().map(text).collect()))
}

/// Whether a paragraph is a sentence that introduces the list below it: 下列单位为…成员单位。
fn introduces(para: &Para) -> bool {
    let text = para.str();
    let announces = ["下列", "以下", "如下"].iter().any(|word| text.contains(word));
    para.cells.is_empty() && announces && text.ends_with(['。', '：'])
}

/// The units of a text that is nothing but a list of them.
fn unit_list(paras: &[Para]) -> Option<Vec<String>> {
    let mut units = Vec::new();
    for para in paras {
        let cells: Vec<String> = para.cells.iter().map(cell_text).collect();
        let cells = cells.join("、");
        let text = if cells.is_empty() { para.str() } else { &cells };
        let text = text.trim_end_matches(['。', '；']);
        // 一、党委部门：A、B
        let text = match text.split_once('：') {
            Some((class, rest)) if class.chars().count() <= 14 => rest,
            _ => text,
        };
        units.extend(split_names(text));
    }
    let names: Vec<String> = units
        .iter()
        .filter_map(Entry::unit)
        .map(|name| crate::label::label(name).map_or(name, |l| &name[l.len..]).to_string())
        .collect();
    let good = names.iter().filter(|name| looks_like_unit(name)).count();
    let short = names.iter().all(|name| fold(name).chars().count() <= 30 && !name.contains('。'));
    (names.len() >= 3 && short && good * 10 >= names.len() * 9).then_some(names)
}
