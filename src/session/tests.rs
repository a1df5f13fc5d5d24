use std::fs;
use std::path::Path;
use std::sync::Mutex;

use base::diag::Severity;
use base::watch::{Places, Watcher};
use pages::build::Selection;
use records::check::{Rule, Settings};
use records::content::schema::formats::Format;
use tempfile::TempDir;

use super::*;

const UNITS: &str = "\
units:
  - {name: 区教育局, kind: 政府部门}
  - {name: 区民政局, kind: 政府部门}
";
const NOTICE: &str = "\
title: 关于印发2025年工作要点的通知
number: {code: 云发改, year: 2025, serial: 1}
recipients: [区教育局]
letter: 现印发给你们，请认真执行。
lead: first
issued:
  title: 2025年工作要点
  sections:
    - {id: 民生, heading: 改善民生}
date: 2025-03-06
disclosure: {access: 主动公开}
";
const ITEMS: &str = "\
- section: 民生
  text: 新建托育机构10个。
  units: [区教育局, 区民政局]
";

/// A project with one publication `p`.
fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "yinfa.yaml", "office: 云溪区发改局\n");
    write(&folder, "content/units.yaml", UNITS);
    write(&folder, "content/p/notice.yaml", NOTICE);
    write(&folder, "content/p/items.yaml", ITEMS);
    folder
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn open(folder: &TempDir) -> Session {
    Session::open(folder.path()).unwrap()
}

fn codes(problems: &base::diag::Diagnostics) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.code).collect()
}

/// A build of web pages alone, which needs no fonts.
fn web() -> BuildOptions {
    let selection = Selection::of_formats([Format::Html]);
    BuildOptions { selection, ..BuildOptions::default() }
}

/// Names what a session tells, in order.
#[derive(Default)]
struct Told(Mutex<Vec<String>>);

impl Told {
    fn hear(&self, event: &Event<'_>) {
        let line = match event {
            Event::Problems(problems) | Event::Remarks(problems) if problems.is_empty() => return,
            Event::Problems(problems) => format!("problems {:?}", codes(problems)),
            Event::Remarks(remarks) => format!("remarks {:?}", codes(remarks)),
            Event::Progress { .. } => return,
            Event::Built { id, .. } => format!("built {id}"),
            Event::Failed { id, .. } => format!("failed {id}"),
            Event::RoundEnded => "round ended".into(),
            Event::Waiting => "waiting".into(),
            Event::Finishing => "finishing".into(),
        };
        self.0.lock().unwrap().push(line);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

#[test]
fn a_project_is_found_from_the_working_folder_upwards_or_by_its_name() {
    let folder = project();
    let below = folder.path().join("content/p");
    assert_eq!(find_root(None, &below).unwrap(), folder.path());
    assert_eq!(find_root(Some(folder.path()), Path::new("/")).unwrap(), folder.path());
    for (given, from) in [(Some(below.as_path()), folder.path()), (None, Path::new("/"))] {
        let failure = find_root(given, from).unwrap_err();
        assert_eq!(failure.outcome, Outcome::CannotRun);
        assert_eq!(codes(&failure.problems), ["no-project"]);
    }
}

#[test]
fn publications_are_asked_for_by_their_folders() {
    let folder = project();
    write(&folder, "content/q/notice.yaml", NOTICE);
    let session = open(&folder);
    assert_eq!(session.prepare(&[]).unwrap().len(), 2);
    for id in ["p", "content/p", "content/p/", "content\\p\\"] {
        assert_eq!(session.prepare_one(id).unwrap().id, "p", "{id}");
    }
    let failure = session.prepare(&["p".into(), "pp".into(), "2025-yaodian".into()]).unwrap_err();
    assert_eq!(failure.outcome, Outcome::CannotRun);
    assert_eq!(codes(&failure.problems), ["publication-unknown", "publication-unknown"]);
    let helps: Vec<String> = failure
        .problems
        .iter()
        .map(|p| p.help.as_ref().unwrap().get(base::diag::Lang::Zh).to_string())
        .collect();
    assert_eq!(helps, ["是不是“p”？", "content 里有：p、q"]);
}

#[test]
fn units_that_no_registry_knows_are_reported_together() {
    let folder = project();
    let prepared = open(&folder).prepare(&[]).unwrap();
    assert!(known_units(&["区教育局".into()], &prepared).is_ok());
    let failure =
        known_units(&["区教育厅".into(), "区民政局".into(), "x".into()], &prepared).unwrap_err();
    assert_eq!(codes(&failure.problems), ["unit-unknown", "unit-unknown"]);
}

#[test]
fn folders_are_those_of_the_options_then_of_the_project() {
    let folder = project();
    write(&folder, "yinfa.yaml", "output: ' 成品 '\narchive: {folder: 归档}\n");
    let session = open(&folder);
    assert_eq!(session.output(None), folder.path().join("成品"));
    assert_eq!(session.archive(None), folder.path().join("归档"));
    assert_eq!(session.output(Some(Path::new("/x"))), Path::new("/x"));
}

#[test]
fn findings_are_those_of_the_rules_and_of_reading() {
    let folder = project();
    let session = open(&folder);
    let prepared = session.prepare_one("p").unwrap();
    let mut problems = session.problems(&[]);
    let settings = Settings::of(&session.project.record, &mut problems);
    let clean = findings(&session.project, &prepared, &settings, None);
    assert!(!clean.has_errors(), "{clean:?}");

    write(&folder, "content/p/items.yaml", &ITEMS.replace("区教育局", "区教委会"));
    let session = open(&folder);
    let prepared = session.prepare_one("p").unwrap();
    let found = findings(&session.project, &prepared, &settings, None);
    assert!(codes(&found).contains(&"unit-unknown"));
}

#[test]
fn a_check_uses_the_rules_it_is_given() {
    let folder = project();
    write(&folder, "content/p/items.yaml", &ITEMS.replace("托育机构", "托育机构机构"));
    let machine = Machine::default();
    let rule = Rule::all().iter().find(|rule| rule.severity == Severity::Error).unwrap();
    let all = CheckOptions {
        fonts: FontOptions { ignore_system: true, ..FontOptions::default() },
        ..CheckOptions::default()
    };
    let found = check(&open(&folder), &all, &machine).unwrap();
    assert!(found.iter().any(|finding| finding.code != rule.id), "{found:?}");
    let only = CheckOptions { rules: vec![rule], ..all };
    let found = check(&open(&folder), &only, &machine).unwrap();
    assert!(found.iter().all(|finding| finding.code == rule.id), "{found:?}");
}

#[test]
fn a_build_tells_what_it_does_and_makes_nothing_twice() {
    let folder = project();
    let machine = Machine::default();
    let mut builder = Builder::new(folder.path().to_path_buf(), web(), &machine);
    let told = Told::default();
    let built = builder.build(&|event| told.hear(&event));
    assert_eq!(built.outcome, Outcome::Done, "{:?}", built.problems);
    assert!(built.made.contains("p") && built.engines.is_none());
    assert_eq!(told.take(), ["built p"]);
    assert!(folder.path().join("output/p/public/notice.html").is_file());

    let written = Mutex::new(Vec::new());
    builder.build(&|event| {
        if let Event::Built { summary, .. } = event {
            written.lock().unwrap().push(summary.written);
        }
    });
    assert_eq!(*written.lock().unwrap(), [0]);
}

#[test]
fn an_error_of_one_publication_is_told_once_and_the_others_are_built() {
    let folder = project();
    write(&folder, "content/q/notice.yaml", NOTICE);
    write(&folder, "content/q/items.yaml", &ITEMS.replace("区教育局", "区教委会"));
    let machine = Machine::default();
    let mut builder = Builder::new(folder.path().to_path_buf(), web(), &machine);
    let told = Told::default();
    let built = builder.build(&|event| told.hear(&event));
    assert_eq!(built.outcome, Outcome::Problems);
    assert_eq!(built.made.iter().collect::<Vec<_>>(), ["p"]);
    let unknown = built.problems.iter().filter(|problem| problem.code == "unit-unknown");
    assert_eq!(unknown.count(), 1);
    let told = told.take();
    assert!(told.contains(&"built p".into()) && told.contains(&"failed q".into()), "{told:?}");
}

#[test]
fn a_build_that_finds_another_at_work_does_nothing() {
    let folder = project();
    let lock = open(&folder).lock(None).unwrap();
    let machine = Machine::default();
    let mut builder = Builder::new(folder.path().to_path_buf(), web(), &machine);
    let built = builder.build(&|_| ());
    let round = builder.round(&built);
    assert!(round.was_locked_out && round.outcome == Outcome::CannotRun && built.made.is_empty());
    drop(lock);
    let built = builder.build(&|_| ());
    assert!(!builder.round(&built).was_locked_out && built.made.contains("p"));
}

#[test]
fn rounds_go_on_until_they_are_ended() {
    let folder = project();
    let file = folder.path().join("content/p/items.yaml");
    let places = Places::default().file(file.clone());
    let watcher = Watcher::new(true);
    let stop_handle = watcher.stop_handle();
    let told = Told::default();
    let mut rounds = 0;
    let outcome = repeat(&watcher, places.clone(), &|event| told.hear(&event), || {
        rounds += 1;
        match rounds {
            // A change during a round is the reason for the next one, whatever its outcome is.
            1 => fs::write(&file, "changed\n").unwrap(),
            _ => stop_handle.end(),
        }
        let outcome = if rounds == 1 { Outcome::Problems } else { Outcome::CannotRun };
        Round { places: places.clone(), outcome, was_locked_out: false }
    });
    assert_eq!((outcome, rounds), (Outcome::Done, 2));
    assert_eq!(told.take(), ["round ended", "waiting", "round ended", "waiting"]);
}

#[test]
fn a_first_round_that_cannot_run_is_the_last_unless_another_build_was_in_the_way() {
    let run = |was_locked_out: bool| {
        let watcher = Watcher::new(true);
        let stop_handle = watcher.stop_handle();
        let mut rounds = 0;
        let outcome = repeat(&watcher, Places::default(), &|_| (), || {
            rounds += 1;
            if rounds == 2 {
                stop_handle.end();
            }
            let was_locked_out = was_locked_out && rounds == 1;
            Round { places: Places::default(), outcome: Outcome::CannotRun, was_locked_out }
        });
        (outcome, rounds)
    };
    assert_eq!(run(false), (Outcome::CannotRun, 1));
    assert_eq!(run(true), (Outcome::Done, 2));
}

#[test]
fn certain_fixes_are_made_in_the_files_and_the_rest_is_counted() {
    let folder = project();
    write(&folder, "content/p/items.yaml", &ITEMS.replace("新建托育", "新建,托育"));
    let machine = Machine::default();
    let options = CheckOptions {
        fonts: FontOptions { ignore_system: true, ..FontOptions::default() },
        ..CheckOptions::default()
    };
    let look = |session: &Session| check(session, &options, &machine);
    let session = open(&folder);
    let found = look(&session).unwrap();
    let mut made = Vec::new();
    let fixes = fix(session, found, look, |one| made.push(one.new.to_string())).unwrap();
    assert_eq!((fixes.made, fixes.left), (1, 0), "{:?}", fixes.findings);
    assert_eq!(made, ["，"]);
    let text = fs::read_to_string(folder.path().join("content/p/items.yaml")).unwrap();
    assert_eq!(text, ITEMS.replace("新建托育", "新建，托育"));
}
