use std::fs;
use std::path::Path;
use std::thread;

use tempfile::TempDir;

use super::*;

/// Longer than any machine needs, so that a missed change fails instead of hanging.
const PATIENCE: Option<Duration> = Some(Duration::from_secs(30));
/// In which nothing may be noticed.
const A_WHILE: Option<Duration> = Some(Duration::from_millis(400));

fn project() -> (TempDir, Places) {
    let dir = tempfile::tempdir().unwrap();
    let content = dir.path().join("content");
    fs::create_dir_all(content.join("p")).unwrap();
    fs::write(content.join("p/notice.yaml"), "a: 1\n").unwrap();
    fs::write(dir.path().join("yinfa.yaml"), "office: x\n").unwrap();
    let places = Places::default()
        .folder(content)
        .folder(dir.path().join("templates"))
        .file(dir.path().join("yinfa.yaml"));
    (dir, places)
}

/// Both ways of waiting see what `change` does, when it is done while they wait.
fn sees(change: impl Fn(&Path) + Send + Sync) {
    for poll in [false, true] {
        let (dir, places) = project();
        let before = places.snapshot();
        let watcher = Watcher::new(poll);
        let woken = thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let watcher = watcher;
                watcher.wait(&places, &before, PATIENCE)
            });
            thread::sleep(Duration::from_millis(50));
            change(dir.path());
            waiting.join().unwrap()
        });
        assert_eq!(woken, WakeReason::Changed, "poll: {poll}");
        assert_ne!(places.snapshot(), before);
    }
}

#[test]
fn an_edit() {
    sees(|root| fs::write(root.join("content/p/notice.yaml"), "a: 2\n").unwrap());
}

#[test]
fn a_save_by_rename() {
    sees(|root| {
        let target = root.join("content/p/notice.yaml");
        fs::write(root.join("content/p/.notice.swp"), "a: 2\n").unwrap();
        fs::rename(root.join("content/p/.notice.swp"), target).unwrap();
    });
    sees(|root| {
        fs::write(root.join("yinfa.new"), "office: y\n").unwrap();
        fs::rename(root.join("yinfa.new"), root.join("yinfa.yaml")).unwrap();
    });
}

#[test]
fn a_new_file_in_a_new_folder() {
    sees(|root| {
        fs::create_dir_all(root.join("content/q/items")).unwrap();
        fs::write(root.join("content/q/items/a.yaml"), "").unwrap();
    });
    sees(|root| {
        fs::create_dir_all(root.join("templates/html")).unwrap();
        fs::write(root.join("templates/html/notice.html"), "").unwrap();
    });
}

#[test]
fn a_deleted_and_a_renamed_file() {
    sees(|root| fs::remove_file(root.join("content/p/notice.yaml")).unwrap());
    sees(|root| {
        fs::rename(root.join("content/p/notice.yaml"), root.join("content/p/b.yaml")).unwrap();
    });
    sees(|root| fs::rename(root.join("content"), root.join("old")).unwrap());
}

#[test]
fn what_changed_before_waiting_began() {
    let (dir, places) = project();
    let before = places.snapshot();
    fs::write(dir.path().join("yinfa.yaml"), "office: other\n").unwrap();
    assert_eq!(Watcher::new(false).wait(&places, &before, A_WHILE), WakeReason::Changed);
}

#[test]
fn reading_and_what_editors_leave_is_no_change() {
    for poll in [false, true] {
        let (dir, places) = project();
        let before = places.snapshot();
        fs::read(dir.path().join("content/p/notice.yaml")).unwrap();
        fs::write(dir.path().join("content/p/.notice.yaml.swp"), "x").unwrap();
        fs::write(dir.path().join("content/p/notice.yaml~"), "x").unwrap();
        fs::create_dir(dir.path().join("output")).unwrap();
        assert_eq!(Watcher::new(poll).wait(&places, &before, A_WHILE), WakeReason::TimedOut);
    }
}

#[test]
fn a_file_replaced_by_one_as_long_and_as_old() {
    let (dir, places) = project();
    let before = places.snapshot();
    let path = dir.path().join("content/p/notice.yaml");
    let old = fs::metadata(&path).unwrap().modified().unwrap();
    let other = dir.path().join("other");
    fs::write(&other, "a: 2\n").unwrap();
    fs::File::options().append(true).open(&other).unwrap().set_modified(old).unwrap();
    fs::rename(other, path).unwrap();
    assert_eq!(places.snapshot() != before, cfg!(unix));
}

#[test]
fn places_that_are_watched_from_now_on_are_no_change() {
    let (dir, places) = project();
    let before = places.snapshot();
    fs::create_dir(dir.path().join("fonts")).unwrap();
    fs::write(dir.path().join("fonts/a.ttf"), "x").unwrap();
    let more = places.clone().folder(dir.path().join("fonts"));
    let both = more.snapshot_keeping(&before);
    assert_eq!(both, more.snapshot());
    // What changed meanwhile at a place that was watched all along still shows.
    fs::write(dir.path().join("content/p/new.yaml"), "x").unwrap();
    assert_ne!(more.snapshot_keeping(&before), more.snapshot());
}

#[test]
fn waiting_can_be_ended_once_for_all() {
    let (_dir, places) = project();
    let before = places.snapshot();
    let watcher = Watcher::new(false);
    watcher.stop_handle().end();
    assert_eq!(watcher.wait(&places, &before, PATIENCE), WakeReason::Ended);
    assert_eq!(watcher.wait(&places, &before, PATIENCE), WakeReason::Ended);
}
