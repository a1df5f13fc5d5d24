//! `yinfa send`.

mod table;

pub(super) use table::{local, remark};

use std::path::PathBuf;

use super::environment::Environment;
use super::report::{self, Reporter};
use super::{Exit, args, events};
use crate::send::ledger::{LEDGER, Ledger, OUTBOX, Via};
use crate::send::{
    self, Allowed, Built, Carrier, Clock, Event, Outbox, Pace, Plan, Request, Server, Smtp, Summary,
};
use crate::session::{Failure, Session, build_for_sending, known_units};
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use pages::render::Templates;
use records::manifest::Manifest;
use records::publication::{Prepared, Publication, UnitId};

/// The time, as the ledger writes it.
pub(super) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

pub(super) fn run(
    args: &args::Send,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let session = &args.root.open(environment)?;
    let one = &session.prepare_one(&args.publication.publication)?;
    let mut problems = session.project.settings.clone();
    problems.append(one.diags.clone());
    let Some(publication) = one.publication.as_ref().filter(|_| !problems.has_errors()) else {
        return Err(Failure::of_input(problems));
    };
    known_units(&args.unit, std::slice::from_ref(one))?;
    let via = args.via;
    let allowed = Allowed { draft: args.draft, internal: args.allow_internal };
    let gated = send::gate(publication, via, allowed);
    if gated.has_errors() {
        return Err(Failure::of_input(gated));
    }
    let (templates, remarks) = session.templates()?;
    reporter.problems(&remarks);
    let dry = args.dry_run;
    let units = send::wanted(publication, &args.unit).map_err(Failure::of_input)?;
    let folder = session.output(None).join(&one.id);
    if !dry {
        let manifest = Manifest::read(&folder).map_err(Failure::of_input)?;
        let (id, sources) = (&one.id, &one.sources);
        let built = Built { id, folder: &folder, manifest: &manifest, sources };
        let names = send::sheet_names(publication, units.as_deref());
        let lack = match publication.items.is_empty() {
            true => built.lacks_document(&names),
            false => built.lack(&names),
        };
        let fonts = args.fonts.options(environment);
        let tell = |event: crate::session::Event<'_>| events::show(event, reporter);
        let root = &session.project.root;
        build_for_sending(root, id, lack, fonts, &environment.machine, &tell)?;
    }
    let mut ledger = match dry {
        true => Ledger::read(&session.project.root, &now)?,
        // Held while something is sent.
        false if args.new_ledger => Some(Ledger::open_new(&session.project.root, &now)?),
        false => Some(Ledger::open(&session.project.root, &now)?),
    };
    let server = match via {
        Via::Smtp => Some(send::server(&session.project, args.rate).map_err(Failure::of_input)?),
        Via::Outbox => None,
    };
    let sending = Sending { args, environment, session, one, publication, units, folder, server };
    let plan = sending.plan(&templates, ledger.as_ref()).map_err(Failure::of_input)?;

    sending.remember(ledger.as_ref(), reporter)?;
    reporter.problems(&plan.problems);
    report::output(&table::plan(&plan, via, &environment.zone, reporter.lang));
    // Nothing is sent that nobody saw.
    report::arrived()?;
    table::remarks(&plan, reporter);
    let complete = |plan: &Plan| if table::is_smooth(plan) { Exit::Fine } else { Exit::Problems };
    if dry {
        return Ok(complete(&plan));
    }
    if plan.parcels.iter().any(|parcel| parcel.action.sends()) {
        let agreed = agreed(&plan, args, environment, reporter)?;
        if !agreed {
            return Ok(Exit::CannotRun);
        }
    }
    let Some(ledger) = ledger.as_mut() else { return Ok(Exit::CannotRun) };
    let summary = sending.carry_out(&plan, ledger, reporter)?;
    if let Err(problem) = ledger.keep_copy() {
        reporter.problem(problem);
    }
    if plan.parcels.iter().any(|parcel| parcel.action.sends()) {
        table::summary(&summary, reporter);
        if via == Via::Outbox && summary.sent > 0 {
            let folder = sending.outbox();
            let folder = folder.display();
            reporter.message(&text!("→ {folder}", "→ {folder}"));
        }
    }
    if let Some(problem) = &summary.hopeless {
        reporter.problem(problem.clone());
    }
    Ok(if summary.is_complete() { complete(&plan) } else { Exit::Problems })
}

/// Whether to go on: somebody is asked, unless the command says yes.
fn agreed(
    plan: &Plan,
    args: &args::Send,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<bool, Failure> {
    if args.yes {
        return Ok(true);
    }
    if !environment.interactive {
        let problem = Diagnostic::error(
            "send-unconfirmed",
            text!(
                "没有终端可以询问，什么也没有发送",
                "there is no terminal to ask at: nothing was sent"
            ),
        );
        return Err(Failure::of_run(problem.help(text!(
            "看过上面的表，确认要发送的，加上 --yes",
            "look at the table above, and add `--yes` to send it"
        ))));
    }
    let n = plan.parcels.iter().filter(|parcel| parcel.action.sends()).count();
    if reporter.confirm(&text!("发送以上 {n} 份？[y/N] ", "send these {n}? [y/N] ")) {
        return Ok(true);
    }
    reporter.message(&text!("没有发送", "nothing was sent"));
    Ok(false)
}

/// What a run sends.
struct Sending<'a> {
    args: &'a args::Send,
    environment: &'a Environment,
    session: &'a Session,
    one: &'a Prepared,
    publication: &'a Publication,
    /// Only these units.
    units: Option<Vec<UnitId>>,
    /// The publication's folder below output/.
    folder: PathBuf,
    /// The server, where it is sent by mail.
    server: Option<Server>,
}

impl Sending<'_> {
    fn plan(&self, templates: &Templates, ledger: Option<&Ledger>) -> Result<Plan, Diagnostics> {
        let args = self.args;
        let manifest = Manifest::read(&self.folder)?;
        let with: Vec<PathBuf> =
            args.with.iter().map(|path| self.environment.place(path)).collect();
        let built = Built {
            id: &self.one.id,
            folder: &self.folder,
            manifest: &manifest,
            sources: &self.one.sources,
        };
        let request = Request {
            publication: self.publication,
            office: self.session.project.record.office.as_deref(),
            built,
            templates,
            via: args.via,
            units: self.units.clone(),
            with: send::enclosures(&with)?,
            resend: args.resend,
            subject: args.subject.as_deref(),
            max_size: self.server.as_ref().map(|server| server.max_size),
            domain: self.server.as_ref().map_or("", |server| server.domain()),
            salt: format!("{} {}", now().as_nanosecond(), std::process::id()),
        };
        send::plan(&request, ledger)
    }

    /// Where packets of the publication go.
    fn outbox(&self) -> PathBuf {
        self.session.project.root.join(OUTBOX).join(&self.one.id)
    }

    /// Warns where packets are there and the ledger knows of none: it was lost, or the folder came
    /// from another machine.
    fn remember(&self, ledger: Option<&Ledger>, reporter: &Reporter) -> Result<(), Failure> {
        let id = &self.one.id;
        let lines = ledger.map(|ledger| ledger.deliveries(Some(id))).transpose()?;
        let known = lines.is_some_and(|lines| !lines.is_empty());
        if known || !Outbox::new(self.outbox()).has_packets() {
            return Ok(());
        }
        reporter.problem(
            Diagnostic::warning(
                "ledger-lost",
                text!(
                    "“{OUTBOX}/{id}”里有以前的文件，台账里却没有“{id}”的记录：以前发过什么已无从知道，各单位会再收到一次",
                    "“{OUTBOX}/{id}” has packets, but the ledger has no line about “{id}”: what was sent before is not known, and everybody would get it again"
                ),
            )
            .help(text!(
                "台账如有备份，请先放回“{LEDGER}”；确要再发的不必理会",
                "if there is a copy of the ledger, put it back as “{LEDGER}” first; otherwise go on"
            )),
        );
        Ok(())
    }

    fn carry_out(
        &self,
        plan: &Plan,
        ledger: &mut Ledger,
        reporter: &Reporter,
    ) -> Result<Summary, Failure> {
        let sleep = std::thread::sleep;
        let clock = Clock { now: &now, sleep: &sleep };
        let is_sent = plan.parcels.iter().any(|parcel| parcel.action.sends());
        let (mut carrier, pace): (Box<dyn Carrier>, Pace) = match self.server.clone() {
            Some(server) if is_sent => {
                let variable = |name: &str| self.environment.variable(name);
                let (server, warnings) = send::equipped(server, &self.session.project, &variable)?;
                reporter.problems(&warnings);
                let pace = server.pace;
                (Box::new(Smtp::new(server, &now)?), pace)
            }
            _ => (Box::new(Outbox::new(self.outbox())), Pace::FREE),
        };
        let mut tell = |event: Event<'_>| table::event(event, reporter);
        Ok(send::run(plan, ledger, carrier.as_mut(), pace, &clock, &mut tell)?)
    }
}
