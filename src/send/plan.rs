//! What a run is going to do for each unit: send, send as a correction, send again, or nothing and
//! why. Nothing is sent here.

mod history;
mod unit;

use base::diag::{Diagnostic, Diagnostics};
use base::disk::file_name_with;
use base::text;
use pages::render::Templates;
use records::publication::{Publication, Unit, UnitId};

use super::enclosures::clashes;
use super::ledger::{Delivery, Ledger, NewDelivery, Via};
use super::letter::{Letter, Texts};
use super::sheets::{Built, SheetFile};
use unit::Planner;

/// What is asked for.
pub struct Request<'a> {
    /// The publication.
    pub publication: &'a Publication,
    /// The project's office.
    pub office: Option<&'a str>,
    /// What was built of it.
    pub built: Built<'a>,
    /// Templates.
    pub templates: &'a Templates,
    /// How it is sent.
    pub via: Via,
    /// Only these units; all that are sent something when it is `None`.
    pub units: Option<Vec<UnitId>>,
    /// Files added to every packet: the sealed notice.
    pub with: Vec<SheetFile>,
    /// Sent again although it was sent.
    pub resend: bool,
    /// A subject in place of the usual one.
    pub subject: Option<&'a str>,
    /// The largest message in bytes; packets have no such limit.
    pub max_size: Option<u64>,
    /// The domain that Message-IDs end in.
    pub domain: &'a str,
    /// What makes Message-IDs of two runs differ.
    pub salt: String,
}

/// What is done for an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Sent for the first time.
    Send,
    /// Sent as a correction of what was sent before.
    Correct,
    /// Sent again.
    Resend,
    /// Nothing: it was sent.
    Done {
        /// When, UTC.
        at: String,
        /// How.
        via: Via,
    },
    /// Nothing: it may have been sent.
    Doubt {
        /// When, UTC.
        at: String,
    },
    /// Nothing: it cannot be sent.
    Blocked {
        /// Why: a code of [`Diagnostic`].
        why: &'static str,
    },
}

impl Action {
    /// Whether something is sent.
    pub fn sends(&self) -> bool {
        matches!(self, Self::Send | Self::Correct | Self::Resend)
    }
}

/// One sending, or why there is none.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// The unit.
    pub unit: String,
    /// The address; empty for outbox and where there is none.
    pub address: String,
    /// What is done.
    pub action: Action,
    /// What the templates see.
    pub letter: Letter,
    /// What they made of it.
    pub texts: Texts,
    /// The files, the unit's own first.
    pub files: Vec<SheetFile>,
    /// The line of the ledger.
    pub delivery: NewDelivery,
}

/// The plan of a run.
#[derive(Debug, Default)]
pub struct Plan {
    /// All sendings and all that is not sent, in official order.
    pub parcels: Vec<Parcel>,
    /// What is wrong with single units; the others can be sent.
    pub problems: Diagnostics,
}

/// Plans a run against what the ledger knows; without a ledger nothing was ever sent.
///
/// # Errors
/// What keeps all of it from being sent.
pub fn plan(request: &Request<'_>, ledger: Option<&Ledger>) -> Result<Plan, Diagnostics> {
    let publication = request.publication;
    let tasks = publication.tasks();
    let with_sheet = publication.sent_to();
    let is_wanted = |unit: &UnitId| request.units.as_ref().is_none_or(|all| all.contains(unit));
    let units: Vec<UnitId> = with_sheet.iter().copied().filter(is_wanted).collect();
    let names: Vec<&str> =
        units.iter().map(|&unit| publication.registry.unit(unit).name.as_str()).collect();
    let mut files = match publication.items.is_empty() {
        true => {
            let title = file_name_with(&publication.title(), publication.file_suffix());
            request.built.documents(&names, &title)?
        }
        false => request.built.sheets(&names, |unit, format| {
            let suffix = format!("任务单{}", publication.tasks_suffix());
            format!("{}.{format}", file_name_with(unit, &suffix))
        })?,
    };
    let mut twice = Diagnostics::new();
    for own in files.values() {
        twice.extend(clashes(&request.with, own));
    }
    if twice.has_errors() {
        return Err(twice);
    }
    let history = match ledger {
        Some(ledger) => ledger.deliveries(Some(&publication.id))?,
        None => Vec::new(),
    };
    let mut plan = Plan::default();
    if request.units.is_none() {
        plan.problems.extend(strangers(publication));
    }
    plan.problems.extend(withdrawn(publication, &with_sheet, &is_wanted, &history));
    for id in units {
        let unit = publication.registry.unit(id);
        let own_tasks = tasks.get(&id).map(Vec::as_slice).unwrap_or_default();
        let mut own_files = files.remove(&unit.name).unwrap_or_default();
        own_files.extend(request.with.iter().cloned());
        let past: Vec<&Delivery> = history.iter().filter(|d| is_of(d, unit)).collect();
        let planner = Planner { request, ledger, unit, past, files: own_files };
        planner.plan(id, own_tasks, &mut plan)?;
    }
    Ok(plan)
}

/// Whom a document without tasks goes to by its words, and nobody knows where that is.
fn strangers(publication: &Publication) -> Option<Diagnostic> {
    if !publication.items.is_empty() {
        return None;
    }
    let addressees = publication.addressees().into_iter();
    let names: Vec<String> =
        addressees.filter(|one| one.unit.is_none()).map(|one| one.name).collect();
    let mut recipients = publication.recipients.iter().zip(&publication.record.recipients);
    let first = recipients.find(|(recipient, _)| recipient.units.is_empty());
    let first = first.map(|(_, record)| record.text.span());
    (!names.is_empty()).then(|| {
        let names = names.join("、");
        Diagnostic::warning(
            "recipient-not-sent",
            text!(
                "名录里没有、不能代发的主送和抄送机关：{names}",
                "recipients and copies that the registry does not know, so that they are not sent to: {names}"
            ),
        )
        .at(first.unwrap_or(&publication.span))
        .help(text!(
            "请另行送达；经常要发的，登记到 units.yaml",
            "deliver it to them yourself, or enter them in units.yaml"
        ))
    })
}

/// A unit that has a sheet no longer is told nothing by us: somebody has to tell it.
fn withdrawn(
    publication: &Publication,
    with_sheet: &[UnitId],
    is_wanted: &dyn Fn(&UnitId) -> bool,
    history: &[Delivery],
) -> Option<Diagnostic> {
    let units = publication.registry.units().iter();
    let gone: Vec<&Unit> = units
        .filter(|unit| !with_sheet.contains(&unit.id))
        .filter(|unit| is_wanted(&unit.id))
        .filter(|unit| history.iter().any(|d| is_of(d, unit) && d.status.may_have_arrived()))
        .collect();
    let first = gone.first()?;
    let names = gone.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join("、");
    let diagnostic = Diagnostic::warning(
        "sheet-withdrawn",
        text!(
            "以前发过任务单、现在没有任务单的单位：{names}",
            "units that were sent a sheet and have none now: {names}"
        ),
    );
    Some(diagnostic.at(&first.span).help(text!(
        "请另行告知任务已取消；要发一份空的任务单，在 units.yaml 里给它写 sheet: true，在 sheets.without_task 里写它的类别",
        "tell them that their tasks are cancelled; for an empty sheet write `sheet: true` in units.yaml and its kind under `sheets: without_task`"
    )))
}

/// Whether a line of the ledger is about a unit, under the name it has or had.
fn is_of(delivery: &Delivery, unit: &Unit) -> bool {
    let mut names = std::iter::once(&unit.name).chain(&unit.full_name).chain(&unit.aliases);
    names.any(|name| *name == delivery.unit)
}
