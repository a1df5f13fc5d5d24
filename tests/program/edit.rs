//! `yinfa edit`: single changes, a unit renamed in many publications, runs that are killed, two at
//! once, what was issued.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{ITEMS, NOTICE, Project, Random, UNITS, font_args, is_long};

const FILE: &str = "content/p/items.yaml";

#[test]
fn one_line_changes() {
    let commented = ITEMS.replace("10个。\n", "10个。   # 待定\n");
    let project = Project::new().file(FILE, &commented);
    let run = project.zh(&["edit", "set", "1", "deadline", "2025-09"]).clean();
    assert_eq!(run.stderr, "改了 content/p/items.yaml 第 4 行\n");
    let wanted = commented.replace("东山镇]\n", "东山镇]\n  deadline: 2025-09\n");
    assert_eq!(project.read(FILE), wanted);
    let run = project.zh(&["edit", "set", "1", "deadline", "2025-09"]).clean();
    assert_eq!(run.stderr, "已经是这样，没有改动\n");
    project.en(&["edit", "unset", "1", "deadline"]).clean();
    assert_eq!(project.read(FILE), commented);
    let run = project.en(&["edit", "undo"]).clean();
    assert_eq!(run.stderr, "content/p/items.yaml changed: line 4\n");
    assert_eq!(project.read(FILE), wanted);
    project.en(&["edit", "set", "p", "reporting.due", "25日前"]).clean();
    assert_eq!(
        project.read("content/p/notice.yaml"),
        format!("{NOTICE}reporting: {{due: 25日前}}\n")
    );
    project.en(&["edit", "set", "区教育局", "contact.phone", "0570-5550107"]).clean();
    let units = project.read("content/units.yaml");
    assert!(
        units.contains("{name: 区教育局, kind: 政府部门, contact: {phone: 0570-5550107}}"),
        "{units}"
    );
    project.en(&["check"]).fine();
}

#[test]
fn a_dry_run_shows_the_lines() {
    let project = Project::new();
    let before = project.files("");
    let run = project.en(&["edit", "rename-unit", "区教育局", "区教体局", "--dry-run"]).clean();
    assert_eq!(
        run.stdout,
        "\
--- content/p/items.yaml
+++ content/p/items.yaml
@@ -6,1 +6,1 @@
-  units: [区教育局]
+  units: [区教体局]
--- content/units.yaml
+++ content/units.yaml
@@ -4,1 +4,1 @@
-  - {name: 区教育局, kind: 政府部门}
+  - {name: 区教体局, kind: 政府部门, aliases: [区教育局]}
"
    );
    assert_eq!(project.files(""), before);
    let run =
        project.en(&["edit", "rename-unit", "区教育局", "区教体局", "--format", "json"]).clean();
    let report = run.json();
    assert_eq!(report["written"], true);
    assert_eq!(report["files"][0]["path"], FILE);
    assert_eq!(report["files"][0]["changes"][0]["line"], 6);
    assert_eq!(report["files"][0]["changes"][0]["new"][0], "  units: [区教体局]");
    assert_eq!(report["mentions"].as_array().unwrap().len(), 0);
    // `patch` understands what a dry run shows.
    let run = project
        .en(&[
            "edit",
            "add-item",
            "--section",
            "民生",
            "--text",
            "修路5公里。",
            "--units",
            "东山镇、区教体局",
            "--deadline",
            "2025",
            "--dry-run",
        ])
        .clean();
    assert!(run.stdout.ends_with(
        "@@ -6,0 +7,4 @@\n+- section: 民生\n+  text: 修路5公里。\n+  units: [东山镇, 区教体局]\n+  deadline: 2025\n"
    ), "{run}");
}

#[test]
fn items_come_move_and_go() {
    let project = Project::new();
    project
        .en(&[
            "edit",
            "add-item",
            "--section",
            "发展",
            "--text",
            "修路5公里。",
            "--units",
            "东山镇",
        ])
        .clean();
    project.en(&["edit", "move-item", "p:2", "--before", "p:1"]).clean();
    project.en(&["edit", "give-ids"]).clean();
    let rows = project.en(&["list", "items", "--format", "json"]).clean().json();
    let texts: Vec<&str> =
        rows.as_array().unwrap().iter().map(|r| r["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["修路5公里。", "开工重大项目10个。", "新建学校2所。"]);
    project.en(&["edit", "remove-item", "t002"]).clean();
    let text = project.read(FILE);
    assert!(
        !text.contains("重大项目") && text.contains("id: t001\n") && text.contains("id: t003\n"),
        "{text}"
    );
    for _ in 0..1 {
        project.en(&["edit", "undo"]).clean();
    }
    assert!(project.read(FILE).contains("重大项目"));
}

#[test]
fn what_would_be_wrong_is_not_written() {
    let project = Project::new();
    let before = project.files("content");
    for (args, codes) in [
        (&["set", "1", "units", "区教局"][..], &["unit-unknown", "edit-refused"][..]),
        (&["set", "1", "deadline", "下个月"], &["deadline-wrong", "edit-refused"]),
        (&["set", "1", "dedline", "2025"], &["key-unknown", "edit-refused"]),
        (&["set", "9", "deadline", "2025"], &["edit-unknown"]),
        (&["unset", "1", "deadline"], &["edit-no-place"]),
        (&["unset", "1", "units..1"], &["edit-field"]),
        (&["rename-unit", "区教局", "甲"], &["unit-unknown"]),
        (&["rename-unit", "区教育局", "区发改委"], &["edit-name-taken"]),
        (&["add-item", "--section", "民政", "--text", "甲"], &["edit-section"]),
    ] {
        let args: Vec<&str> = std::iter::once("edit").chain(args.iter().copied()).collect();
        let run = project.zh(&args).refused();
        assert_eq!(run.codes(), codes, "{run}");
    }
    assert_eq!(project.files("content"), before);
    let undo = project.zh(&["edit", "undo"]).refused();
    assert_eq!(undo.codes(), ["edit-nothing-to-undo"]);
    // An error that was there before does not stop a change that has nothing to do with it.
    let project = project.change(FILE, "学校2所", "学校2所[x](ftp://y)");
    project.en(&["edit", "set", "1", "deadline", "2025"]).fine();
}

#[test]
fn values_behind_aliases() {
    let items = "- section: 发展\n  text: 甲。\n  units: &both [区发改局, 东山镇]\n- section: 民生\n  text: 乙。\n  units: *both\n";
    let project = Project::new().file(FILE, items);
    let run = project.zh(&["edit", "add", "2", "units", "区教育局"]).refused();
    assert_eq!(run.codes(), ["edit-alias"]);
    assert!(run.stderr.contains("--write-out"), "{run}");
    project.en(&["edit", "add", "2", "units", "区教育局", "--write-out"]).fine();
    let wanted = items.replace("&both ", "").replace("*both", "[区发改局, 东山镇, 区教育局]");
    assert_eq!(project.read(FILE), wanted, "an anchor that nothing uses goes");
}

#[test]
fn two_at_once() {
    let project = Project::new();
    project.en(&["edit", "set", "1", "deadline", "2025"]).clean();
    let lock = File::options().append(true).open(project.path(".yinfa/edit/lock")).unwrap();
    lock.lock().unwrap();
    let before = project.read(FILE);
    let run = project.zh(&["edit", "set", "1", "deadline", "2025-09"]).refused();
    assert_eq!(run.codes(), ["edit-running"]);
    assert!(run.stderr.contains("请等它结束") && run.stderr.contains("没有改动任何文件"), "{run}");
    assert_eq!(project.read(FILE), before);
    drop(lock);
    // Both at the same moment, several times over: what one of them wrote is whole, and each that
    // did not write says why.
    for round in 0..6 {
        let start = |when: String| {
            let mut command = project.command();
            command.args(["--lang", "en", "edit", "set", "1", "deadline", &when]);
            command.stdout(Stdio::null()).stderr(Stdio::piped());
            command.spawn().unwrap()
        };
        let (one, two) =
            (start(format!("2026-0{}", round + 1)), start(format!("2027-0{}", round + 1)));
        let ends = [one.wait_with_output().unwrap(), two.wait_with_output().unwrap()];
        let written = ends.iter().filter(|end| end.status.success()).count();
        assert!(written > 0);
        for end in ends.iter().filter(|end| !end.status.success()) {
            let words = String::from_utf8_lossy(&end.stderr);
            assert!(
                words.contains("edit-running") || words.contains("edit-file-changed"),
                "{words}"
            );
        }
        let text = project.read(FILE);
        let whole = |year: &str| {
            text == before.replace("deadline: 2025", &format!("deadline: {year}-0{}", round + 1))
        };
        assert!(whole("2026") || whole("2027"), "{text}");
    }
}

/// A project with many publications, each with a notice and items of its own.
fn many(count: usize) -> Project {
    let mut project = Project::empty().file("content/units.yaml", UNITS);
    for n in 0..count {
        let items: String = (0..20)
            .map(|item| format!("- section: {}\n  text: 任务{item}，新建学校{n}所。   # 第{item}条\n  units: [{}]\n", if item % 2 == 0 { "发展" } else { "民生" }, if item % 3 == 0 { "区教育局, 东山镇" } else { "区发改局, 各镇街" }))
            .collect();
        project = project
            .file(
                &format!("content/p{n:03}/notice.yaml"),
                NOTICE.replace("serial: 1", &format!("serial: {}", n + 1)),
            )
            .file(&format!("content/p{n:03}/items.yaml"), items);
    }
    project
}

#[test]
fn a_unit_renamed_in_many_publications() {
    let count = if is_long() { 100 } else { 4 };
    let project = many(count);
    let sheets = |project: &Project| {
        // A build of one format leaves what it does not make.
        let _ = fs::remove_dir_all(project.path("output"));
        project.build_html(&[]).fine();
        let files = project.files("output");
        let html = files.into_iter().filter(|(path, _)| path.ends_with(".html"));
        html.map(|(path, text)| (path, String::from_utf8(text).unwrap()))
            .collect::<BTreeMap<_, _>>()
    };
    let tasks =
        |project: &Project| project.en(&["list", "tasks", "--format", "json"]).fine().stdout;
    let checked = |project: &Project| project.en(&["check", "--format", "short"]).stdout;
    let (before_tasks, before_check) = (tasks(&project), checked(&project));
    let before_sheets = sheets(&project);
    let started = Instant::now();
    project.en(&["edit", "rename-unit", "区教育局", "区教育体育局"]).clean();
    println!("{count} publications: renamed in {:.2} s", started.elapsed().as_secs_f64());
    let renamed = |text: &str| text.replace("区教育局", "区教育体育局");
    assert_eq!(tasks(&project), renamed(&before_tasks));
    assert_eq!(checked(&project), renamed(&before_check));
    let after = sheets(&project);
    let names: Vec<String> = before_sheets.keys().map(|path| renamed(path)).collect();
    assert_eq!(after.keys().cloned().collect::<Vec<_>>(), names);
    for (path, text) in &before_sheets {
        // In the addresses of links.
        let linked = renamed(text).replace(
            "%E5%8C%BA%E6%95%99%E8%82%B2%E5%B1%80",
            "%E5%8C%BA%E6%95%99%E8%82%B2%E4%BD%93%E8%82%B2%E5%B1%80",
        );
        assert!(after[&renamed(path)] == linked, "{path} differs in more than the name");
    }
    project.en(&["edit", "rename-unit", "区教育体育局", "区教育局"]).clean();
    assert_eq!(tasks(&project), before_tasks);
    for n in 0..count {
        assert!(!project.read(&format!("content/p{n:03}/items.yaml")).contains("体育"));
    }
}

/// Killed at any moment, an operation over 40 files is whole or not at all once the next run has
/// looked at the project.
#[test]
fn killed_in_the_middle() {
    let kills = if is_long() { 50 } else { 8 };
    let project = many(39);
    let state = |project: &Project| {
        let mut files = project.files("content");
        files.retain(|path, _| !path.contains(".yinfa-edit-"));
        files
    };
    let names = ["区教育局", "区教育体育局"];
    let run = |old: &str, new: &str| {
        let mut command = project.command();
        command.args(["edit", "rename-unit", old, new, "-q"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let first = state(&project);
    let started = Instant::now();
    assert!(run(names[0], names[1]).status().unwrap().success());
    let whole = started.elapsed();
    let second = state(&project);
    assert_eq!(first.iter().filter(|(path, text)| second[*path] != **text).count(), 40);
    assert!(run(names[1], names[0]).status().unwrap().success());
    let back = state(&project);
    let mut random = Random(16);
    let (mut old, mut ended, mut caught) = (0, 0, 0);
    for round in 0..kills {
        let mut child = run(names[0], names[1]).spawn().unwrap();
        // Most of the time goes into reading and checking: aim at the end, where files are written.
        let journal = project.path(".yinfa/edit/journal.json");
        let aimed = round % 4 != 3;
        let deadline = Instant::now() + whole * 3;
        if aimed {
            while !journal.exists()
                && child.try_wait().unwrap().is_none()
                && Instant::now() < deadline
            {
                std::hint::spin_loop();
            }
            std::thread::sleep(Duration::from_micros(random.next() % 40_000));
        } else {
            std::thread::sleep(whole.mul_f64(random.below(1000) as f64 / 1000.0));
        }
        let _ = child.kill();
        child.wait().unwrap();
        let torn = state(&project);
        caught += usize::from(torn != back && torn != second);
        // Any command completes it.
        let listed = project.en(&["list", "units"]).fine();
        let now = state(&project);
        let is_new = now == second || now != back && all_new(&now, &second);
        let is_old = now == back;
        assert!(is_new || is_old, "round {round}: neither old nor new\n{listed}");
        assert!(!journal.exists(), "round {round}");
        let left = project
            .files("content")
            .into_keys()
            .filter(|path| path.contains(".yinfa-edit-"))
            .count();
        assert!(left == 0, "round {round}: {left} files left over");
        if is_new {
            ended += 1;
            assert!(run(names[1], names[0]).status().unwrap().success());
            assert!(state(&project) == back, "round {round}: not renamed back");
        } else {
            old += 1;
        }
    }
    println!("{kills} kills: {old} old, {ended} new, {caught} caught between two files");
    assert!(caught > 0, "no kill fell between two files");
}

fn all_new(now: &BTreeMap<String, Vec<u8>>, second: &BTreeMap<String, Vec<u8>>) -> bool {
    // The alias that the way back leaves may stand in another order.
    now.iter().all(|(path, text)| path == "units.yaml" || second.get(path) == Some(text))
}

#[test]
fn what_was_sent_stays() {
    let project = Project::new();
    let mut send = project.command();
    send.args(["send", "p", "--via", "outbox", "--yes"]).args(font_args());
    project.finish(&mut send).fine();
    let before = project.files("content");
    for args in [
        &["edit", "set", "1", "deadline", "2025-09"][..],
        &["edit", "set", "p", "letter", "改过。"],
        &["edit", "remove-item", "2"],
    ] {
        let run = project.zh(args).refused();
        assert_eq!(run.codes(), ["edit-issued"], "{run}");
        assert!(run.stderr.contains("更正") && run.stderr.contains("调整"), "{run}");
    }
    assert_eq!(project.files("content"), before);
    let run = project.zh(&["edit", "rename-unit", "区教育局", "区教体局"]).fine();
    assert!(run.stderr.contains("保留旧名称：p"), "{run}");
    assert_eq!(project.read(FILE), ITEMS);
    assert!(
        project
            .read("content/units.yaml")
            .contains("{name: 区教体局, kind: 政府部门, aliases: [区教育局]}")
    );
    project.en(&["check"]).fine();
    project.en(&["edit", "give-ids"]).fine();
    assert!(project.read(FILE).contains("id: t001"), "an id is no text");
    fs::remove_dir_all(project.path(".yinfa/edit")).unwrap();
}
