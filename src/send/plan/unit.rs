//! What is done for one unit, at each of its addresses.

use std::collections::BTreeMap;

use crate::send::address::address;
use crate::send::changes::Changes;
use crate::send::ledger::{Delivery, Ledger, NewDelivery, Status, Via};
use crate::send::letter::{Common, Letter, LetterFile, Texts, size, texts};
use crate::send::sheet_content::SheetContent;
use crate::send::sheets::SheetFile;
use base::diag::{Diagnostic, Diagnostics, SourceText};
use base::mail_address::has_line_break;
use base::text;
use records::publication::{Task, Unit, UnitId};

use super::history::{arrived_at, is_awaited, open, since_another};
use super::{Action, Parcel, Plan, Request};

/// Planning for one unit.
pub(super) struct Planner<'a> {
    pub(super) request: &'a Request<'a>,
    pub(super) ledger: Option<&'a Ledger>,
    pub(super) unit: &'a Unit,
    pub(super) past: Vec<&'a Delivery>,
    pub(super) files: Vec<SheetFile>,
}

impl Planner<'_> {
    pub(super) fn plan(
        &self,
        id: UnitId,
        tasks: &[Task],
        plan: &mut Plan,
    ) -> Result<(), Diagnostic> {
        let request = self.request;
        let said = SheetContent::of(request.publication, id, tasks);
        let version = said.version();
        let common = Common {
            publication: request.publication,
            office: request.office,
            via: request.via,
            subject: request.subject,
        };
        let mut letter = Letter::new(&common, id, tasks, &version);
        let own = self.files.len() - request.with.len();
        let named = |files: &[SheetFile]| files.iter().map(|f| LetterFile::new(&f.entry)).collect();
        letter.files = named(&self.files[..own]);
        letter.with = named(&self.files[own..]);
        let corrects = self.corrects(&said, &version);
        if let (Some(before), Some(ledger)) = (&corrects, self.ledger) {
            let old = ledger.said(before)?.unwrap_or_default();
            letter.correction = Some(Changes::between(&old, &said));
        }
        let places = self.places(&mut plan.problems);
        for (place, blocked) in places {
            let mut action = match blocked {
                Some(why) => Action::Blocked { why },
                None => self.action(&version, &place, corrects.is_some()),
            };
            let mut letter = letter.clone();
            letter.resend = action == Action::Resend;
            let texts = match action.sends() {
                true => texts(&letter, request.templates)?,
                false => Texts::default(),
            };
            if action.sends() && self.is_too_large(&texts, &mut plan.problems) {
                action = Action::Blocked { why: "message-too-large" };
            }
            let delivery = self.delivery(&said, &version, &place, corrects.clone(), &action);
            plan.parcels.push(Parcel {
                unit: self.unit.name.clone(),
                address: place,
                action,
                letter,
                texts,
                files: self.files.clone(),
                delivery,
            });
        }
        Ok(())
    }

    /// The version that this one corrects: the last one that the unit has or may have, if it was a
    /// final text as this one is, or a draft of the same stage.
    fn corrects(&self, said: &SheetContent, version: &str) -> Option<String> {
        let mut arrived = self.past.iter().rev().filter(|d| d.status.may_have_arrived());
        let last = arrived.find(|d| d.draft == said.draft)?;
        if last.version == version {
            last.correction_of.clone()
        } else {
            Some(last.version.clone())
        }
    }

    /// The addresses, each with what keeps it from being written to.
    fn places(&self, problems: &mut Diagnostics) -> Vec<(String, Option<&'static str>)> {
        if has_line_break(&self.unit.name) {
            problems.push(
                Diagnostic::error(
                    "unit-line-break",
                    text!("单位名称里有换行", "the unit's name has a line break"),
                )
                .at(&self.unit.span)
                .help(text!("写成一行", "write it on one line")),
            );
            return vec![(String::new(), Some("unit-line-break"))];
        }
        if self.request.via == Via::Outbox {
            return vec![(String::new(), None)];
        }
        let written = &self.unit.contact.email;
        if written.is_empty() {
            problems.push(no_address(self.unit));
            return vec![(String::new(), Some("address-missing"))];
        }
        let mut places: BTreeMap<String, Option<&'static str>> = BTreeMap::new();
        let mut order = Vec::new();
        for text in written {
            let (place, blocked) = self.place(text, problems);
            if places.insert(place.to_lowercase(), blocked).is_none() {
                order.push((place, blocked));
            }
        }
        order
    }

    fn place(
        &self,
        text: &SourceText,
        problems: &mut Diagnostics,
    ) -> (String, Option<&'static str>) {
        match address(text) {
            Ok(address) => (address.to_string(), None),
            Err(problem) => {
                let (code, place) = (problem.code, text.split_whitespace().collect());
                problems.push(problem);
                (place, Some(code))
            }
        }
    }

    /// What to do for an address.
    fn action(&self, version: &str, place: &str, corrects: bool) -> Action {
        let send = if corrects { Action::Correct } else { Action::Send };
        let lines = since_another(&self.past, version);
        let elsewhere = lines.iter().rev().find(|d| d.status.may_have_arrived()).copied();
        let before = arrived_at(&lines, place).or(elsewhere.filter(|_| !is_awaited(&lines, place)));
        // A `--resend` that was cut short is finished without being asked for again.
        let half_way = open(&lines, place, self.request.via, true).is_some();
        match before {
            None => send,
            Some(_) if self.request.resend || half_way => Action::Resend,
            Some(d) if d.status == Status::Sent => {
                Action::Done { at: d.changed_at.clone(), via: d.via }
            }
            Some(d) => Action::Doubt { at: d.changed_at.clone() },
        }
    }

    fn is_too_large(&self, texts: &Texts, problems: &mut Diagnostics) -> bool {
        let Some(limit) = self.request.max_size else { return false };
        let files: u64 = self.files.iter().map(|file| file.entry.bytes).sum();
        let text = (texts.text.len() + texts.html.len()) as u64;
        // Base64 in lines of 76 characters; the rest is room for heads.
        let all = (files + text).div_ceil(3) * 4 * 78 / 76 + 8192;
        if all <= limit {
            return false;
        }
        let unit = &self.unit.name;
        let (shown, limit) = (size(all), size(limit));
        problems.push(
            Diagnostic::error(
                "message-too-large",
                text!(
                    "给“{unit}”的邮件约 {shown}，超过 {limit} 的上限",
                    "the message to “{unit}” has about {shown}, the limit is {limit}"
                ),
            )
            .at(&self.unit.span)
            .help(text!(
                "用 --via outbox，或减小 --with 的文件；服务器允许更大的，改 yinfa.yaml 里的 mail.max_size",
                "use `--via outbox` or a smaller `--with` file; where the server allows more, change `mail.max_size` in yinfa.yaml"
            )),
        );
        true
    }

    fn delivery(
        &self,
        said: &SheetContent,
        version: &str,
        place: &str,
        corrects: Option<String>,
        action: &Action,
    ) -> NewDelivery {
        let request = self.request;
        let blocked = match action {
            Action::Blocked { why } => Some((*why).to_string()),
            _ => None,
        };
        // A line that never sent anything is gone on with, under its Message-ID.
        let lines = since_another(&self.past, version);
        let goes_on = open(&lines, place, request.via, *action == Action::Resend);
        let message_id = match goes_on {
            Some(line) => line.message_id.clone(),
            None if request.via == Via::Smtp => Some(self.message_id(version, place)),
            None => None,
        };
        NewDelivery {
            publication: request.publication.id.clone(),
            said: said.clone(),
            version: version.to_string(),
            via: request.via,
            address: place.to_string(),
            message_id,
            correction_of: corrects.filter(|_| *action != Action::Send),
            resend: *action == Action::Resend,
            files: self.files.iter().map(|file| file.entry.clone()).collect(),
            blocked,
            goes_on: goes_on.map(|line| line.id),
        }
    }

    fn message_id(&self, version: &str, place: &str) -> String {
        let request = self.request;
        let parts = [&request.publication.id, version, &self.unit.name, place, &request.salt];
        let hash = base::disk::sha256(parts.join("\n").as_bytes());
        format!("{}.yinfa@{}", &hash[..32], request.domain)
    }
}

fn no_address(unit: &Unit) -> Diagnostic {
    let name = &unit.name;
    Diagnostic::error(
        "address-missing",
        text!("“{name}”没有登记邮箱", "“{name}” has no e-mail address"),
    )
    .at(&unit.span)
    .help(text!(
        "在 units.yaml 里写 contact: {{email: 地址}}，或用 --via outbox",
        "write `contact: {{email: …}}` in units.yaml, or use `--via outbox`"
    ))
}
