//! `yinfa send`.

mod server;
mod table;

pub(super) use table::{local, remark};

use std::path::PathBuf;

use clap::ArgMatches;

use super::environment::Environment;
use super::report::{self, Reporter};
use super::{Exit, open};
use crate::send::ledger::{LEDGER, Ledger, Via};
use crate::send::{
    self, Allowed, Built, Carrier, Clock, Event, Outbox, Pace, Plan, Request, Server, Smtp, Summary,
};
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use pages::render::Templates;
use records::content::Project;
use records::manifest::Manifest;
use records::publication::Prepared;
use records::publication::Publication;

/// The folder of packets, beside output/.
const OUTBOX: &str = "outbox";

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    Exit::of(try_run(matches, environment, reporter))
}

/// The time, as the ledger writes it.
pub(super) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

fn try_run(
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Exit> {
    let project = open::project(matches, environment, reporter)?;
    let prepared = open::publications(&project, matches, reporter)?;
    let Some(one) = prepared.first() else { return Err(Exit::CannotRun) };
    let refuse = |diags: Diagnostics| {
        reporter.problems(&diags);
        Exit::Problems
    };
    let mut problems = project.settings.clone();
    problems.append(one.diags.clone());
    let Some(publication) = one.publication.as_ref().filter(|_| !problems.has_errors()) else {
        return Err(refuse(problems));
    };
    let names = given(matches, "unit");
    open::known_units(&names, &prepared, reporter)?;
    let via = match matches.get_one::<String>("via").map(String::as_str) {
        Some("smtp") => Via::Smtp,
        _ => Via::Outbox,
    };
    let allowed =
        Allowed { draft: matches.get_flag("draft"), internal: matches.get_flag("allow-internal") };
    let gated = send::gate(publication, via, allowed);
    if gated.has_errors() {
        return Err(refuse(gated));
    }
    let templates = open::templates(&project, reporter)?;
    let dry = matches.get_flag("dry-run");
    let mut ledger = ledger(&project, dry, reporter)?;
    let server = match via {
        Via::Smtp => {
            let rate = matches.get_one::<u32>("rate").copied();
            Some(server::server(&project, rate, reporter)?)
        }
        Via::Outbox => None,
    };
    let project = &project;
    let sending = Sending { matches, environment, project, one, publication, via, server };
    let plan = sending.plan(&names, &templates, ledger.as_ref()).map_err(refuse)?;

    sending.remember(ledger.as_ref(), reporter)?;
    reporter.problems(&plan.problems);
    report::output(&table::plan(&plan, via, &environment.zone, reporter.lang));
    table::remarks(&plan, one.id.as_str(), reporter);
    let complete = |plan: &Plan| if table::is_smooth(plan) { Exit::Fine } else { Exit::Problems };
    if dry {
        return Ok(complete(&plan));
    }
    if plan.parcels.iter().any(|parcel| parcel.action.sends()) {
        agreed(&plan, matches, environment, reporter)?;
    }
    let Some(ledger) = ledger.as_mut() else { return Err(Exit::CannotRun) };
    let summary = sending.carry_out(&plan, ledger, reporter)?;
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

fn given(matches: &ArgMatches, name: &str) -> Vec<String> {
    matches.get_many::<String>(name).into_iter().flatten().cloned().collect()
}

/// The ledger: held while something is sent, only read for `--dry-run`.
fn ledger(project: &Project, dry: bool, reporter: &Reporter) -> Result<Option<Ledger>, Exit> {
    let opened = match dry {
        true => Ledger::read(&project.root, &now),
        false => Ledger::open(&project.root, &now).map(Some),
    };
    opened.map_err(|problem| {
        reporter.problem(problem);
        Exit::CannotRun
    })
}

/// Asks whether to go on, unless that was said before.
fn agreed(
    plan: &Plan,
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<(), Exit> {
    if matches.get_flag("yes") {
        return Ok(());
    }
    if !environment.interactive {
        reporter.problem(
            Diagnostic::error(
                "send-unconfirmed",
                text!(
                    "没有终端可以询问，什么也没有发送",
                    "there is no terminal to ask at: nothing was sent"
                ),
            )
            .help(text!(
                "看过上面的表，确认要发送的，加上 --yes",
                "look at the table above, and add `--yes` to send it"
            )),
        );
        return Err(Exit::CannotRun);
    }
    let n = plan.parcels.iter().filter(|parcel| parcel.action.sends()).count();
    if reporter.confirm(&text!("发送以上 {n} 份？[y/N] ", "send these {n}? [y/N] ")) {
        return Ok(());
    }
    reporter.message(&text!("没有发送", "nothing was sent"));
    Err(Exit::CannotRun)
}

/// What a run sends.
struct Sending<'a> {
    matches: &'a ArgMatches,
    environment: &'a Environment,
    project: &'a Project,
    one: &'a Prepared,
    publication: &'a Publication,
    via: Via,
    /// The server, where it is sent by mail.
    server: Option<Server>,
}

impl Sending<'_> {
    fn plan(
        &self,
        names: &[String],
        templates: &Templates,
        ledger: Option<&Ledger>,
    ) -> Result<Plan, Diagnostics> {
        let folder = super::build::output(None, self.project).join(&self.one.id);
        let manifest = Manifest::read(&folder)?;
        let with: Vec<PathBuf> = self
            .matches
            .get_many::<PathBuf>("with")
            .into_iter()
            .flatten()
            .map(|path| self.environment.folder.join(path))
            .collect();
        let built = Built {
            id: &self.one.id,
            folder: &folder,
            manifest: &manifest,
            sources: &self.one.sources,
        };
        let request = Request {
            publication: self.publication,
            office: self.project.record.office.as_deref(),
            built,
            templates,
            via: self.via,
            units: send::wanted(self.publication, names)?,
            with: send::with_files(&with)?,
            resend: self.matches.get_flag("resend"),
            subject: self.matches.get_one::<String>("subject").map(String::as_str),
            max_size: self.server.as_ref().map(|server| server.max_size),
            domain: self.server.as_ref().map_or("", |server| server.domain()),
            salt: format!("{} {}", now().as_nanosecond(), std::process::id()),
        };
        send::plan(&request, ledger)
    }

    /// Where packets of the publication go.
    fn outbox(&self) -> PathBuf {
        self.project.root.join(OUTBOX).join(&self.one.id)
    }

    /// Warns where packets are there and the ledger knows of none: it was lost, or the folder came
    /// from another machine.
    fn remember(&self, ledger: Option<&Ledger>, reporter: &Reporter) -> Result<(), Exit> {
        let id = &self.one.id;
        let known = match ledger.map(|ledger| ledger.deliveries(Some(id))).transpose() {
            Ok(lines) => lines.is_some_and(|lines| !lines.is_empty()),
            Err(problem) => {
                reporter.problem(problem);
                return Err(Exit::CannotRun);
            }
        };
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
    ) -> Result<Summary, Exit> {
        let sleep = std::thread::sleep;
        let clock = Clock { now: &now, sleep: &sleep };
        let stop = |problem: Diagnostic| {
            reporter.problem(problem);
            Exit::CannotRun
        };
        let is_sent = plan.parcels.iter().any(|parcel| parcel.action.sends());
        let (mut carrier, pace): (Box<dyn Carrier>, Pace) = match self.server.clone() {
            Some(server) if is_sent => {
                let server = server::equipped(server, self.project, self.environment, reporter)?;
                let pace = server.pace;
                (Box::new(Smtp::new(server, &now).map_err(stop)?), pace)
            }
            _ => (Box::new(Outbox::new(self.outbox())), Pace::FREE),
        };
        let mut tell = |event: Event<'_>| table::event(event, reporter);
        send::run(plan, ledger, carrier.as_mut(), pace, &clock, &mut tell).map_err(stop)
    }
}
