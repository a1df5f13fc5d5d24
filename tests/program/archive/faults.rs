//! A full disk, a read-only archive, a run that is killed: a clear word, and nothing half written
//! that looks whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use yinfa::archive::verify::verify_bag;

use super::{CODE, archived, bag, built};
use crate::support::{Project, is_long, skip};

/// The packages that an archive shows: everything in it that is not hidden.
fn shown(archive: &Path) -> Vec<String> {
    let entries = fs::read_dir(archive).into_iter().flatten().filter_map(Result::ok);
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    // The register stands beside the packages.
    let is_shown = |name: &String| !name.starts_with('.') && name != "登记簿.txt";
    let mut names: Vec<String> = names.filter(is_shown).collect();
    names.sort();
    names
}

/// A small file system in memory; taken away when it is dropped.
struct Mount(PathBuf);

impl Mount {
    /// `None` where this user may not mount, which is said.
    fn new(at: PathBuf, options: &str) -> Option<Self> {
        fs::create_dir_all(&at).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(&at)
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self(at));
        }
        skip("this user may not mount a tmpfs");
        None
    }

    fn read_only(&self) {
        let done = Command::new("mount").args(["-o", "remount,ro"]).arg(&self.0).status();
        assert!(done.unwrap().success());
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk() {
    let project = built();
    let Some(mount) = Mount::new(project.path("disk"), "size=200k") else { return };
    let run = project.en(&["archive", "p", "--to", "disk"]).refused();
    assert_eq!(run.codes(), ["archive-failed"]);
    assert!(run.stderr.contains("check free space"), "{run}");
    assert!(run.stderr.contains("o space left"), "{run}");
    // Nothing is left but the lock.
    let left = fs::read_dir(&mount.0).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(left.collect::<Vec<_>>(), [".yinfa"]);
}

/// Where nobody may mount: a limit on the size of files fails a write in the same way.
#[cfg(unix)]
#[test]
fn a_write_that_fails() {
    let project = archived();
    let project = project.change("content/p/items.yaml", "10个", "12个");
    project.build(&[]).clean();
    let program = env!("CARGO_BIN_EXE_yinfa");
    // 40 blocks of 512 or 1024 bytes: less than the notice has. The signal for it would end the
    // program in the middle, if it did not take care.
    let script = format!("ulimit -f 40; exec '{program}' --lang en archive p");
    let mut command = project.command();
    let mut limited = Command::new("sh");
    limited.args(["-c", &script]).current_dir(project.root()).env_clear();
    limited.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let run = project.finish(&mut limited);
    assert_eq!(run.code, Some(1), "{run}");
    assert_eq!(run.codes(), ["archive-failed"], "{run}");
    assert_eq!(shown(&project.path("archive")), [CODE]);
    project.en(&["verify", "archive"]).clean();
    let hidden = fs::read_dir(project.path("archive")).unwrap().filter_map(Result::ok);
    let staging = hidden.filter(|e| e.file_name().to_string_lossy().starts_with(".staging"));
    assert_eq!(staging.count(), 0);
    command.args(["archive", "p"]);
    assert_eq!(project.finish(&mut command).code, Some(0));
}

#[test]
fn a_read_only_archive() {
    let project = built();
    let Some(mount) = Mount::new(project.path("disk"), "size=20m") else { return };
    mount.read_only();
    let run = project.en(&["archive", "p", "--to", "disk"]).refused();
    assert_eq!(run.codes(), ["archive-failed"]);
    assert!(run.stderr.contains("permissions"), "{run}");
    // What can be read can be verified.
    drop(mount);
    let project = archived();
    let Some(mount) = Mount::new(project.path("disk"), "size=20m") else { return };
    super::copy(&project.path("archive"), &mount.0);
    mount.read_only();
    project.en(&["verify", "disk"]).clean();
}

#[test]
fn a_file_in_the_place_of_the_archive() {
    let project = built().file("archive", "x");
    let run = project.en(&["archive", "p"]).refused();
    assert_eq!(run.codes(), ["file-unreadable"]);
    assert_eq!(project.read("archive"), "x");
}

#[test]
fn what_stands_in_the_place_of_a_package_stays() {
    // Not a package, so no number is taken by it.
    let project = built().file(&format!("archive/{CODE}/mine.txt"), "x");
    let run = project.en(&["archive", "p"]).refused();
    assert_eq!(run.codes(), ["archive-failed"]);
    assert_eq!(project.tree(&bag()), "mine.txt");
}

#[test]
fn killed_at_any_moment() {
    let rounds: u32 = if is_long() { 300 } else { 20 };
    let project = built();
    let archive = project.path("archive");
    // How long a run takes, so that kills fall everywhere in it.
    let started = std::time::Instant::now();
    project.en(&["archive", "p", "--to", "timed"]);
    let whole = started.elapsed();
    let mut whole_bags = 0;
    for round in 0..rounds {
        let mut child = project
            .command()
            .args(["archive", "p"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * round / rounds + Duration::from_micros(u64::from(round) * 37));
        child.kill().unwrap();
        child.wait().unwrap();
        // Either there is nothing that looks like a package, or a whole one.
        match &shown(&archive)[..] {
            [] => {}
            [only] => {
                assert_eq!(only, CODE);
                let report = verify_bag(&archive.join(only));
                let failed = report
                    .checks
                    .iter()
                    .filter(|c| c.outcome == yinfa::archive::verify::Outcome::Failed);
                assert_eq!(failed.count(), 0, "{report:#?}");
                whole_bags += 1;
                fs::remove_dir_all(archive.join(only)).unwrap();
            }
            more => panic!("{more:?}"),
        }
    }
    println!("{rounds} kills, {whole_bags} of them too late");
    // The next run clears away what the killed ones left.
    assert_eq!(project.en(&["archive", "p"]).code, Some(0));
    let left: Vec<_> = fs::read_dir(&archive)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".staging"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
    project.en(&["verify", "archive"]).refused();
}

#[test]
fn nobody_archives_while_somebody_else_does() {
    let project = archived();
    let lock = pages::build::Lock::take(&project.path("archive"), None).unwrap();
    let run = project.en(&["archive", "p"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["archive-busy"]));
    drop(lock);
    project.en(&["archive", "p"]).clean();
}

/// A project whose archive is its own is not needed for verifying.
#[test]
fn verifying_needs_no_project() {
    let project = archived();
    let elsewhere = Project::bare();
    super::copy(&project.path("archive"), &elsewhere.path("archive"));
    elsewhere.en(&["verify", "archive"]).clean();
}
