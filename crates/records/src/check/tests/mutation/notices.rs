//! Errors in the record of the notice.

use jiff::civil::Date;

use super::texts::put;
use super::{Dice, text};
use crate::content::schema::notice::{
    Access, IssuedRecord, NoticeRecord, Secrecy, Stage, TextRecord,
};
use crate::content::schema::section::Start;
use base::diag::Located;
use base::zh::is_han;

fn issued(notice: &mut NoticeRecord) -> Option<&mut IssuedRecord> {
    match &mut notice.text {
        TextRecord::Issued(issued) => Some(issued),
        TextRecord::Direct(_) => None,
    }
}

/// Puts one error into the record of the notice.
pub(super) type SpoilNotice = fn(&mut NoticeRecord, &mut Dice) -> Option<()>;

pub(super) const NOTICES: [(&str, SpoilNotice); 16] = [
    ("number-year", |notice, dice| {
        notice.number.as_mut()?.year -= 1 + dice.roll(3) as u32;
        Some(())
    }),
    ("title-year", |notice, dice| {
        let year = 2021 + dice.roll(4);
        let issued = issued(notice)?;
        issued.title = text(&issued.title.replace("2025", &year.to_string()));
        Some(())
    }),
    ("date-order", |notice, dice| {
        let before = days_before(&notice.date, dice)?;
        match dice.roll(2) {
            0 => notice.printed.as_mut()?.value = before,
            _ => notice.published = Some((before, None)),
        }
        Some(())
    }),
    ("letter-title", |notice, dice| {
        let letter: Vec<char> = notice.letter.as_ref()?.chars().collect();
        let close = letter.iter().position(|&c| c == '》')?;
        let at = 1 + dice.roll(close - 1);
        notice.letter = Some(text(&put(letter, at, 1, "某")?));
        Some(())
    }),
    ("title-mismatch", |notice, dice| {
        let title: Vec<char> = notice.title.chars().collect();
        let at = 4 + dice.roll(title.len() - 7);
        let han = is_han(title[at]);
        notice.title = text(&put(title, at, 1, "某")?);
        han.then_some(())
    }),
    ("section-empty", |notice, dice| {
        let sections = &mut issued(notice)?.sections;
        let at = dice.roll(sections.len());
        let mut new = sections.get(at)?.clone();
        (new.id, new.heading, new.before) =
            (Some(text("空")), Some(text("完善数字工作机制")), None);
        sections.insert(at, new);
        Some(())
    }),
    ("heading-parallel", |notice, dice| {
        let sections = &mut issued(notice)?.sections;
        let odd = dice.roll(sections.len());
        for (at, section) in sections.iter_mut().enumerate() {
            let verb = if at == odd { "" } else { "实施" };
            let theme = section.heading.as_ref()?.chars().skip(2).collect::<String>();
            section.heading = Some(text(&format!("{verb}{theme}行动")));
        }
        Some(())
    }),
    ("number-twice", |notice, dice| {
        let sections = &mut issued(notice)?.sections;
        let at = 1 + dice.roll(sections.len() - 1);
        sections.get_mut(at)?.start = Some(Start::At(at as u32));
        Some(())
    }),
    ("number-gap", |notice, dice| {
        let sections = &mut issued(notice)?.sections;
        let at = 1 + dice.roll(sections.len() - 1);
        sections.get_mut(at)?.start = Some(Start::At(at as u32 + 3));
        Some(())
    }),
    ("note-against-access", |notice, dice| {
        match dice.roll(3) {
            0 => notice.note = Some(text("此件依申请公开")),
            1 => notice.note = Some(text("此件不公开")),
            _ => notice.common.disclosure.as_mut()?.access = Some(Access::OnRequest),
        }
        Some(())
    }),
    ("secrecy-public", |notice, dice| {
        let level = ["秘密", "机密", "绝密"][dice.roll(3)];
        notice.secrecy = Some(Secrecy { level, term: None });
        Some(())
    }),
    ("disclosure-missing", |notice, dice| {
        match dice.roll(3) {
            0 => notice.number = None,
            1 => notice.date = None,
            _ => notice.common.disclosure.as_mut()?.index = None,
        }
        Some(())
    }),
    ("index-year", |notice, dice| {
        let year = 2021 + dice.roll(4);
        let index = &mut notice.common.disclosure.as_mut()?.index;
        *index = Some(text(&index.as_ref()?.replace("2025", &year.to_string())));
        Some(())
    }),
    ("signed-date", |notice, dice| {
        let before = days_before(&notice.date, dice)?;
        let signed = notice.process.steps.iter_mut().find(|step| step.step == "signed")?;
        signed.when.as_mut()?.value = before;
        Some(())
    }),
    ("number-stage", |notice, dice| {
        match dice.roll(3) {
            0 => notice.stage = Stage::Comment,
            1 => notice.stage = Stage::Review,
            _ => notice.number.as_mut()?.serial = None,
        }
        Some(())
    }),
    ("unit-not-recipient", |notice, dice| {
        let at = dice.roll(notice.recipients.len());
        notice.recipients.remove(at);
        notice.attachments.clear();
        Some(())
    }),
];

fn days_before(date: &Option<Located<Date>>, dice: &mut Dice) -> Option<Date> {
    let days = jiff::Span::new().days(1 + dice.roll(60) as i64);
    date.as_ref()?.value.checked_sub(days).ok()
}
