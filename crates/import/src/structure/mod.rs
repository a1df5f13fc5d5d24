//! What the paragraphs of a notice are: head, title, letter, issued text, attachments.

mod assemble;
mod attachments;
mod body;
mod direct;
mod disclosure;
mod doc_number;
mod expected;
mod front;
mod glued;
mod imprint;
mod noted;
mod outline;
mod sign_off;
mod site;
mod table;
mod title;
mod unnumbered;

use crate::date::year_in;
use crate::draft::{Draft, Section, Sentence};
use crate::label::label;
use crate::ledger::Ledger;
use crate::normalise::split;
use crate::para::{Para, ParaForm};
use crate::units::{brackets, lead_sentence, opens_unit_line};
use body::Body;
use table::Part;

/// Reads the paragraphs. `None` where they have no structure of a notice.
pub(crate) fn read(paras: Vec<Para>, ledger: &mut Ledger) -> Option<Draft> {
    let paras: Vec<Para> = paras.iter().flat_map(split).collect();
    let mut paras = table::undumped(&glued::cut(paras));
    // Before anything is told by its words: what stands in a table of tasks is a task.
    table::mark(&mut paras);
    let bare = outline::uses_bare_lists(&paras);
    let mut draft = Draft::default();
    site::take_out(&mut paras, ledger);
    draft.expected = expected::expected(&paras, bare);
    paras.retain(|para| para.in_table() || !disclosure::read(para, &mut draft.head, ledger));
    imprint::take_out(&mut paras, &mut draft.head, ledger);
    let first = first_entry(&paras, bare)?;
    let front = front::read(&paras, first, &mut draft, ledger);
    let end = attachments::end_of_body(&paras, front.body.max(first));
    draft.expected.attached = paras.get(end).map(|para| para.text.start());
    let start = match draft.direct {
        true => direct::recipients(&paras[..end], front.body, &mut draft.head, ledger),
        false => front.body,
    };
    let mut body = sign_off::take_closing(&paras[start..end], &mut draft, ledger);
    draft.year = year_of(&draft);
    if draft.direct {
        direct::take_last_organ(&mut body, &mut draft, ledger);
        direct::take_attendance(&mut body, &mut draft.head, ledger);
        let closing = body.split_off(direct::closing(&body));
        draft.closing = closing.iter().map(|para| ledger.record(&para.text)).collect();
        body = direct::with_tables(&body);
    }
    read_body(&body, bare, &mut draft, ledger);
    attachments::read(&paras[end..], &front.noted, &mut draft, ledger);
    find_sentence(&mut draft);
    is_notice(&draft, bare).then_some(draft)
}

/// The first paragraph that names units; where none does, the first numbered one, or the first
/// sentence of a document that carries its text itself.
fn first_entry(paras: &[Para], bare: bool) -> Option<usize> {
    let names = |para: &Para| {
        let text = para.str();
        let in_words = !brackets(text, bare).is_empty() || opens_unit_line(text);
        (in_words && !sign_off::is_note(text)) || para.form == ParaForm::Head
    };
    paras
        .iter()
        .position(|para| para.form != ParaForm::Site && names(para))
        .or_else(|| {
            let end = direct::end(paras).unwrap_or(paras.len());
            paras[..end].iter().position(|para| label(para.str()).is_some())
        })
        .or_else(|| direct::start(paras))
}

/// The year that deadlines mean: of the title, else of the date.
fn year_of(draft: &Draft) -> Option<i16> {
    let titled = year_in(&draft.head.title).or_else(|| year_in(&draft.issued_title));
    let dated = draft.head.date.map(|date| date.year());
    let numbered = draft.head.number.as_ref().and_then(|n| i16::try_from(n.1).ok());
    let published = draft.head.published.as_deref().and_then(|p| p.get(..4)?.parse().ok());
    titled.or(dated).or(numbered).or(published)
}

fn read_body(paras: &[Para], bare: bool, draft: &mut Draft, ledger: &mut Ledger) {
    for part in table::parts(paras) {
        match part {
            Part::Text(paras) => {
                let (preface, nodes) = outline::outline(&paras, bare);
                let preface: Vec<String> = preface.iter().map(|p| ledger.record(p)).collect();
                let mut body = Body::new(&nodes, bare, draft, ledger);
                let (more, sections) = body.sections(&nodes);
                let prose = preface.into_iter().chain(more);
                match draft.sections.last_mut() {
                    None => draft.preface.extend(prose),
                    Some(last) => last.after.extend(prose),
                }
                draft.sections.extend(sections);
            }
            Part::Tasks(tasks) => table::read(&tasks, draft, ledger),
        }
    }
    // A text without headings still has its items in one section.
    draft.sections.retain(|section| *section != Section::default());
}

/// Where the text says that the first listed unit leads.
fn find_sentence(draft: &mut Draft) {
    let in_bracket = draft.assignments().iter().find_map(|a| a.sentence.clone());
    let in_text = || draft.prose().iter().any(|text| lead_sentence(text).is_some());
    draft.sentence = match in_bracket {
        Some(words) => Some(Sentence::InBracket(words)),
        None => in_text().then_some(Sentence::InText),
    };
}

/// Whether this is a notice: items that name units, numbered items under a title, or a document
/// that carries its text itself.
fn is_notice(draft: &Draft, bare: bool) -> bool {
    let items = draft.items();
    let with_units = items.iter().filter(|item| item.has_units()).count();
    let under_heading = draft.sections.iter().flat_map(Section::walk).any(|s| s.assigned.is_some());
    let titled = title::is_title(&draft.head.title) || title::is_issued_title(&draft.issued_title);
    let numbered: Vec<_> = items.iter().filter(|item| item.number.is_some()).collect();
    let enough = if bare { 3 } else { 1 };
    // Where nobody is named, only a notice with tasks in whole sentences is one.
    let sentences = numbered.iter().filter(|item| item.plain().chars().count() >= 10).count();
    let formal = title::is_title(&draft.head.title) && !draft.head.title_is_made;
    (with_units >= enough && (titled || with_units >= 2))
        || (under_heading && !numbered.is_empty())
        || (formal && sentences >= 2 && sentences * 2 >= numbered.len())
        || direct::is_document(draft)
}
