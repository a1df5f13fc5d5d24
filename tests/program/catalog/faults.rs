//! Damaged packages, targets of others, full disks, kills.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::archive::{Archive, Paper, three_years};
use super::whole::run;

#[test]
fn a_damaged_package_is_named_and_the_others_are_listed() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 8] = [
        ("catalog-damaged", |bag| {
            let path = bag.join("data/其他/源文件/content/2024/items.yaml");
            let text = fs::read_to_string(&path).unwrap();
            fs::write(path, text.replace("12个", "99个")).unwrap();
        }),
        ("bag-unreadable", |bag| {
            let path = bag.join("data/电子档案/2024/0012-WS·2024-D30-BGS-0001/元数据.xml");
            fs::write(path, "<电子文件元数据><坏").unwrap();
        }),
        ("catalog-damaged", |bag| {
            #[cfg(unix)]
            std::os::unix::fs::symlink(
                "/etc/passwd",
                bag.join("data/其他/源文件/content/2024/link.yaml"),
            )
            .unwrap();
            #[cfg(not(unix))]
            fs::remove_file(bag.join("manifest-sha256.txt")).unwrap();
        }),
        ("catalog-damaged", |bag| {
            let path = bag.join("manifest-sha256.txt");
            let text = fs::read_to_string(&path).unwrap();
            fs::write(path, format!("{}  ../../out\n{text}", "0".repeat(64))).unwrap();
        }),
        ("catalog-damaged", |bag| {
            let path = bag.join("data/电子档案/2024/0012-WS·2024-D30-BGS-0001/网页.html");
            fs::remove_file(path).unwrap();
        }),
        ("catalog-damaged", |bag| {
            fs::write(bag.join("data/其他/源文件/yinfa.yaml"), [0xff]).unwrap()
        }),
        // What decides which files are public.
        ("catalog-damaged", |bag| {
            let path = bag.join("data/其他/manifest.json");
            let text = fs::read_to_string(&path).unwrap();
            let (before, digest) = text.rsplit_once("\"sha256\":\"").unwrap();
            let flipped = if digest.starts_with('0') { '1' } else { '0' };
            fs::write(path, format!("{before}\"sha256\":\"{flipped}{}", &digest[1..])).unwrap();
        }),
        ("catalog-damaged", |bag| {
            fs::write(bag.join("data/其他/manifest.json"), "{").unwrap();
        }),
    ];
    for (place, (code, damage)) in damages.into_iter().enumerate() {
        let archive = Archive::of(&three_years());
        damage(&archive.bags().join("0012-WS·2024-D30-BGS-0001"));
        let run = archive.catalog(&[]);
        assert_eq!((run.code, run.codes()), (Some(1), vec![code]), "{place}: {run}");
        assert!(run.stderr.contains("0012-WS·2024-D30-BGS-0001"), "{run}");
        let files = archive.files("site");
        assert!(!files.keys().any(|path| path.starts_with("p/2024-")), "{place}");
        assert!(files.keys().any(|path| path.starts_with("p/2025-")), "{place}");
        let all: Vec<u8> = files.into_values().flatten().collect();
        assert!(!all.windows(5).any(|window| window == b"root:"), "{place}");
    }
}

/// A package with a code and the one that was prepared for it have no name in common.
#[test]
fn what_a_damaged_package_may_have_replaced_is_left_out() {
    let mut papers = three_years();
    let mut prepared = papers[2].clone();
    prepared.pre_archived = true;
    prepared.sections[0].1[0].0 = "尚未编号时的旧文字。".into();
    papers[2].replaces = Some(prepared.bag());
    // Another one that nothing replaces.
    let mut alone =
        Paper::new("alone", 2025, "教育工作要点").section("其他", &[("新建学校2所。", "区教育局")]);
    alone.serial = 7;
    alone.pre_archived = true;
    papers.extend([prepared.clone(), alone.clone()]);
    let archive = Archive::of(&papers);
    let pages = || -> usize {
        let files = archive.files("site");
        files.keys().filter(|p| p.starts_with("p/2025-") && p.ends_with("/index.html")).count()
    };
    let outdated = || {
        let all: Vec<u8> = archive.files("site").into_values().flatten().collect();
        String::from_utf8_lossy(&all).contains("尚未编号时的旧文字")
    };
    archive.catalog(&[]).clean();
    assert!(pages() == 2 && !outdated());
    let coded = archive.bags().join(papers[2].bag());
    let document = format!("data/电子档案/2025/{}", papers[2].bag());
    type Damage<'a> = &'a dyn Fn(String) -> String;
    let damages: [(&str, String, Damage<'_>); 3] = [
        ("bag-unreadable", "bag-info.txt".into(), &|_| "\0".into()),
        ("bag-unreadable", format!("{document}/元数据.xml"), &|_| "<坏".into()),
        // It can be read, and names another package as the one that it replaces.
        ("catalog-damaged", format!("{document}/元数据.xml"), &|text| {
            text.replace(&prepared.bag(), "预归档_云政办〔2025〕9号")
        }),
    ];
    for (code, path, damage) in damages {
        let path = coded.join(path);
        let good = fs::read_to_string(&path).unwrap();
        let damaged = damage(good.clone());
        assert_ne!(damaged, good);
        fs::write(&path, damaged).unwrap();
        let run = archive.catalog(&[]).refused();
        let mut codes = run.codes();
        codes.sort_unstable();
        assert_eq!(codes, [code, "catalog-outdated", "catalog-outdated"], "{run}");
        assert!(run.stderr.contains(&alone.bag()), "{run}");
        assert!(pages() == 0 && !outdated(), "{run}");
        fs::write(&path, good).unwrap();
    }
    archive.catalog(&[]).clean();
    assert_eq!(pages(), 2);
}

#[test]
fn versions_that_replace_each_other_are_no_silence() {
    let mut papers = three_years();
    let mut second = papers[2].clone();
    second.version = 2;
    second.replaces = Some(papers[2].bag());
    papers[2].replaces = Some(second.bag());
    papers.push(second);
    let archive = Archive::of(&papers);
    let run = archive.catalog(&[]).refused();
    assert_eq!(run.codes(), ["catalog-damaged"], "{run}");
    let files = archive.files("site");
    assert!(!files.keys().any(|path| path.starts_with("p/2025-")));
    assert!(files.keys().any(|path| path.starts_with("p/2024-")));
}

#[test]
fn what_stands_at_the_target_is_not_touched() {
    let archive = Archive::of(&three_years());
    let refused = |archive: &Archive| {
        let run = archive.catalog(&[]);
        assert_eq!((run.code, run.codes()), (Some(2), vec!["catalog-target"]), "{run}");
    };
    // Somebody's folder.
    fs::create_dir(archive.path("site")).unwrap();
    fs::write(archive.path("site/mine.txt"), "mine").unwrap();
    refused(&archive);
    assert_eq!(fs::read_to_string(archive.path("site/mine.txt")).unwrap(), "mine");
    // A file.
    fs::remove_dir_all(archive.path("site")).unwrap();
    fs::write(archive.path("site"), "mine").unwrap();
    refused(&archive);
    fs::remove_file(archive.path("site")).unwrap();
    // A catalogue with something of somebody's in it, or changed by hand.
    archive.catalog(&[]).clean();
    fs::write(archive.path("site/CNAME"), "example.gov.cn").unwrap();
    refused(&archive);
    fs::remove_file(archive.path("site/CNAME")).unwrap();
    let home = fs::read(archive.path("site/index.html")).unwrap();
    fs::write(archive.path("site/index.html"), "changed").unwrap();
    refused(&archive);
    fs::write(archive.path("site/index.html"), home).unwrap();
    archive.catalog(&[]).clean();
    // Never inside over outside.
    let run = archive.catalog(&["--audience", "internal"]);
    assert_eq!(run.codes(), ["catalog-target"], "{run}");
    // Nor among the packages.
    let run = self::run(&archive.path(""), &["catalog", "archive", "-o", "archive/site"]);
    assert_eq!(run.codes(), ["catalog-target"], "{run}");
    // An empty folder is fine, one without packages is not.
    fs::create_dir(archive.path("empty")).unwrap();
    self::run(&archive.path(""), &["catalog", "archive", "-o", "empty"]).clean();
    fs::create_dir(archive.path("none")).unwrap();
    let run = self::run(&archive.path(""), &["catalog", "none", "-o", "other"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["nothing-to-list"]), "{run}");
    let run = self::run(&archive.path(""), &["catalog", "nowhere", "-o", "other"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["archive-unreadable"]), "{run}");
    assert_eq!(archive.names(), ["archive", "empty", "none", "site"]);
}

#[test]
fn what_a_killed_run_left_is_put_right() {
    let archive = Archive::of(&three_years());
    archive.catalog(&[]).clean();
    let good = archive.files("site");
    // Killed between the two renames: the old catalogue stands in the staging folder.
    let staging = archive.path(".site.staging-abc");
    fs::create_dir(&staging).unwrap();
    fs::write(staging.join("lock"), "").unwrap();
    fs::rename(archive.path("site"), staging.join("old")).unwrap();
    let run = archive.catalog(&[]).clean();
    assert!(run.stderr.contains("nothing has changed"), "{run}");
    assert_eq!(archive.files("site"), good);
    // Killed while it wrote: what is half written goes.
    fs::create_dir_all(staging.join("new/p")).unwrap();
    archive.catalog(&[]).clean();
    assert_eq!(archive.names(), ["archive", "site"]);
    // Another run is at work there: nothing of it is touched.
    fs::create_dir_all(staging.join("new")).unwrap();
    let lock = fs::File::create(staging.join("lock")).unwrap();
    lock.lock().unwrap();
    archive.catalog(&[]).clean();
    assert_eq!(archive.names(), [".site.staging-abc", "archive", "site"]);
}

/// A write that fails half-way, as on a full disk: the file size is limited.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_what_was_there() {
    let archive = Archive::of(&three_years()[..2]);
    archive.catalog(&[]).clean();
    let good = archive.files("site");
    three_years()[2].put(&archive.bags());
    let script = format!(
        "ulimit -f 8; exec '{}' --lang en catalog archive -o site",
        env!("CARGO_BIN_EXE_yinfa")
    );
    let mut command = Command::new("sh");
    let output = command.current_dir(archive.path("")).args(["-c", &script]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("catalog-failed"), "{said}");
    assert_eq!(archive.files("site"), good);
    assert_eq!(archive.names(), ["archive", "site"]);
    archive.catalog(&[]).clean();
    assert_ne!(archive.files("site"), good);
}

#[test]
fn killed_at_any_moment_the_next_run_has_it_whole() {
    let archive = Archive::of(&three_years()[..2]);
    archive.catalog(&[]).clean();
    let old = archive.files("site");
    three_years()[2].put(&archive.bags());
    run(&archive.path(""), &["catalog", "archive", "-o", "whole"]).clean();
    let new = archive.files("whole");
    fs::remove_dir_all(archive.path("whole")).unwrap();
    let times = if crate::support::is_long() { 100 } else { 8 };
    for time in 0..times {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yinfa"));
        command.current_dir(archive.path("")).args(["-q", "catalog", "archive", "-o", "site"]);
        let mut child = command.spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(5 + time * 400 / times));
        let _ = child.kill();
        child.wait().unwrap();
        // Whole and old, whole and new, or, killed between two renames, not there.
        if archive.path("site").exists() {
            let found = archive.files("site");
            assert!(found == old || found == new, "{time}");
        }
        archive.catalog(&[]).clean();
        assert_eq!(archive.files("site"), new, "{time}");
        assert_eq!(archive.names(), ["archive", "site"], "{time}");
        // Back to the old one for the next time.
        let third = archive.bags().join("0012-WS·2025-D30-BGS-0001");
        fs::rename(&third, archive.path("away")).unwrap();
        archive.catalog(&[]).clean();
        fs::rename(archive.path("away"), third).unwrap();
    }
}
