//! Whole runs of `yinfa catalog`: what is in the site, who may see it, and what happens to bad input.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use super::archive::{Archive, Paper, three_years};
use crate::support::Run;

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yinfa"));
    command.env_clear().current_dir(folder).args(["--lang", "en"]).args(args);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

impl Archive {
    pub(crate) fn catalog(&self, args: &[&str]) -> Run {
        let mut all = vec!["catalog", "archive", "-o", "site"];
        all.extend(args);
        run(&self.path(""), &all)
    }

    /// All files of a folder by path.
    fn files(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path(name);
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else {
                    let path = entry.path();
                    let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_string();
                    files.insert(name, fs::read(path).unwrap());
                }
            }
        }
        files
    }

    fn page(&self, start: &str, end: &str) -> String {
        let files = self.files("site");
        let found =
            files.into_iter().find(|(path, _)| path.starts_with(start) && path.ends_with(end));
        String::from_utf8(found.unwrap_or_else(|| panic!("no {start}…{end}")).1).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("")).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// Publications of every access, with something in each that only insiders may see.
fn mixed() -> Vec<Paper> {
    let mut papers = three_years();
    for (place, access) in ["依申请公开", "不予公开"].into_iter().enumerate() {
        let mut paper =
            Paper::new(&format!("hidden{place}"), 2025, &format!("内部标记{place}专项方案"))
                .section("内部标记章节", &[("内部标记任务：核查线索。", "区城管局")]);
        paper.access = access;
        paper.serial = 80 + place as u32;
        paper.topic = "内部标记主题";
        papers.push(paper);
    }
    papers
}

#[test]
fn outside_nothing_internal_is_in_any_byte() {
    let mut papers = mixed();
    papers[0].id = "draft-of-lisi".into();
    let archive = Archive::of(&papers);
    let run = archive.catalog(&["--base-url", "https://example.gov.cn/mulu/"]).clean();
    assert!(run.stderr.contains("2 publications are not 主动公开"), "{run}");
    let markers = [
        "secret-a",
        "secret-b",
        "@example.com",
        "0571-",
        "密钥",
        "内部标记",
        "hidden0",
        "lisi",
        "hidden1",
        "sheet-marker",
        "tasks/",
        "internal/",
        "content/",
        "notice.yaml",
        "D30</",
        "保管期限",
        archive.path("").to_str().unwrap(),
    ]
    .map(str::to_string);
    let files = archive.files("site");
    assert!(files.len() > 40, "{}", files.len());
    for (path, bytes) in &files {
        for marker in &markers {
            assert!(!path.contains(marker.as_str()), "{path} is named by {marker}");
            let there = bytes.windows(marker.len()).any(|window| window == marker.as_bytes());
            assert!(!there, "{path} has {marker}");
        }
    }
    // Inside all of it is there, so the markers are good ones.
    run_internal(&archive);
    let all: Vec<u8> = archive.files("inside").into_values().flatten().collect();
    for marker in ["密钥乙", "内部标记1", "sheet-marker", "保管期限"] {
        assert!(all.windows(marker.len()).any(|window| window == marker.as_bytes()), "{marker}");
    }
}

fn run_internal(archive: &Archive) {
    run(&archive.path(""), &["catalog", "archive", "--audience", "internal", "-o", "inside"])
        .clean();
}

/// Every link and every address on every page leads somewhere.
#[test]
fn every_link_leads_somewhere() {
    let archive = Archive::of(&mixed());
    run_internal(&archive);
    let files = archive.files("inside");
    let ids: BTreeMap<&String, BTreeSet<String>> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| {
            let html = String::from_utf8_lossy(bytes).into_owned();
            let ids =
                html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap().into());
            let ids: Vec<String> = ids.collect();
            let set: BTreeSet<String> = ids.iter().cloned().collect();
            assert_eq!(set.len(), ids.len(), "an id stands twice in {path}");
            (path, set)
        })
        .collect();
    let mut links = 0;
    for path in ids.keys() {
        let html = String::from_utf8_lossy(&files[*path]).into_owned();
        for attribute in ["href=\"", "src=\"", "action=\""] {
            for link in html.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap()) {
                let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
                let mut at: Vec<&str> = path.split('/').collect();
                at.pop();
                for part in file.split('/').filter(|_| !file.is_empty()) {
                    if part == ".." {
                        at.pop().unwrap();
                    } else {
                        at.push(part);
                    }
                }
                let target = if file.is_empty() { (*path).clone() } else { decoded(&at.join("/")) };
                assert!(files.contains_key(&target), "{path}: {link}");
                let has = anchor.is_empty() || ids[&target].contains(anchor);
                assert!(has, "{path}: {link} has no such place");
                links += 1;
            }
        }
    }
    assert!(links > 500, "{links}");
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_history_of_a_task() {
    let archive = Archive::of(&three_years());
    archive.catalog(&[]).clean();
    let page = archive.page("p/2024-", "/index.html");
    for words in ["10个 → 12个", "目标调整", "牵头调整", "未再列入", "新增", "与2023年对照"]
    {
        assert!(page.contains(words), "{words}");
    }
    // The unit was renamed, which is no other lead.
    let page = archive.page("p/2025-", "/history.html");
    assert!(page.contains("<strong>0</strong> 牵头调整"), "{page}");
    let unit = archive.page("units/qufagaiju-", "/index.html");
    assert!(unit.contains("又名：<a href=\"../qufagaiwei-"), "{unit}");
}

#[test]
fn addresses_stay_when_others_come() {
    let before = Archive::of(&three_years()[..2]);
    before.catalog(&[]).clean();
    let mut papers = three_years();
    papers.push(
        Paper::new("other", 2026, "教育工作要点").section("其他", &[("新建学校2所。", "区教育局")]),
    );
    // One more item in front of the others.
    papers[1].sections[0]
        .1
        .insert(0, ("编制数字政府年度报告，向社会公开。".into(), "区数据局".into()));
    let after = Archive::of(&papers);
    after.catalog(&[]).clean();
    let anchors = |archive: &Archive| -> BTreeSet<String> {
        let page = archive.page("p/2024-", "/index.html");
        page.split(" id=\"i-").skip(1).map(|rest| rest.split('"').next().unwrap().into()).collect()
    };
    let (old, new) = (anchors(&before), anchors(&after));
    assert!(old.len() == 4 && new.len() == 5 && old.is_subset(&new), "{old:?} {new:?}");
    let (old, new) = (before.files("site"), after.files("site"));
    let pages = |files: &BTreeMap<String, Vec<u8>>| -> BTreeSet<String> {
        let keep = |path: &&String| path.ends_with(".html");
        files.keys().filter(keep).cloned().collect()
    };
    assert!(pages(&old).is_subset(&pages(&new)));
}

#[test]
fn the_newest_version_counts() {
    let mut papers = three_years();
    let mut second = papers[2].clone();
    second.version = 2;
    second.replaces = Some(papers[2].bag());
    second.sections[0].1[0].0 = "升级政务云平台，新增算力节点15个。".into();
    papers.push(second);
    let archive = Archive::of(&papers);
    archive.catalog(&[]).clean();
    let page = archive.page("p/2025-", "/index.html");
    assert!(page.contains("节点15个") && page.contains("第 2 版"), "{page}");
    assert!(
        page.contains("此前版本</dt><dd><span class=\"unit\">0012-WS·2025-D30-BGS-0001"),
        "{page}"
    );
    assert!(page.contains("p/2024-"), "{page}");
    // Damaged, it takes the document with it: the first version is not the current text.
    fs::write(archive.bags().join("0012-WS·2025-D30-BGS-0001_v2/bag-info.txt"), "\0").unwrap();
    let run = archive.catalog(&[]).refused();
    assert!(run.codes().contains(&"catalog-outdated"), "{run}");
    assert!(!archive.files("site").keys().any(|path| path.starts_with("p/2025-")));
}

#[test]
fn a_damaged_package_is_named_and_the_others_are_listed() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 6] = [
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
fn the_same_archive_gives_the_same_bytes() {
    let (one, other) = (Archive::of(&mixed()), Archive::of(&mixed()));
    one.catalog(&[]).clean();
    other.catalog(&[]).clean();
    assert_eq!(one.files("site"), other.files("site"));
    let run = one.catalog(&[]).clean();
    assert!(run.stderr.contains("nothing has changed"), "{run}");
    // What is not there any more goes.
    fs::remove_dir_all(one.bags().join("0012-WS·2023-D30-BGS-0001")).unwrap();
    one.catalog(&[]).clean();
    assert!(!one.files("site").keys().any(|path| path.contains("2023")));
    assert_eq!(one.names(), ["archive", "site"]);
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

/// A write that fails half-way, as on a full disk: the file size is limited, and the signal ignored.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_what_was_there() {
    let archive = Archive::of(&three_years()[..2]);
    archive.catalog(&[]).clean();
    let good = archive.files("site");
    three_years()[2].put(&archive.bags());
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec '{}' --lang en catalog archive -o site",
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

#[test]
fn feed_and_sitemap() {
    let archive = Archive::of(&three_years());
    let run = archive.catalog(&[]).clean();
    assert!(run.stderr.contains("sitemap.xml"), "{run}");
    let feed = archive.page("feed", ".xml");
    assert!(feed.contains("href=\"p/2025-") && feed.contains("urn:uuid:"), "{feed}");
    assert!(!archive.path("site/sitemap.xml").exists());
    let ids = |feed: &str| -> Vec<String> {
        feed.split("<id>").skip(1).map(|rest| rest.split('<').next().unwrap().into()).collect()
    };
    let before = ids(&feed);
    assert_eq!(before.len(), 4);
    archive.catalog(&["--base-url", "https://example.gov.cn/mulu"]).clean();
    let feed = archive.page("feed", ".xml");
    assert_eq!(ids(&feed), before, "ids stay when the site moves");
    assert!(feed.contains(
        "rel=\"self\" type=\"application/atom+xml\" href=\"https://example.gov.cn/mulu/feed.xml\""
    ));
    let map = archive.page("sitemap", ".xml");
    let pages = archive.files("site").keys().filter(|path| path.ends_with(".html")).count();
    assert_eq!(map.matches("<url>").count(), pages);
    assert!(map.contains("<loc>https://example.gov.cn/mulu/index.html</loc>"), "{map}");
    for wrong in ["example.gov.cn", "ftp://a", "https://", "https://a/?b"] {
        assert_eq!(archive.catalog(&["--base-url", wrong]).code, Some(2), "{wrong}");
    }
}

#[test]
fn templates_are_overridden() {
    let archive = Archive::of(&three_years());
    fs::write(archive.path("yinfa.yaml"), "office: 甲\n").unwrap();
    fs::create_dir_all(archive.path("content")).unwrap();
    fs::create_dir_all(archive.path("templates/catalog")).unwrap();
    let own = "{% extends \"yinfa/catalog/base.html\" %}{% block foot %}<footer>自定页脚</footer>{% endblock foot %}";
    fs::write(archive.path("templates/catalog/base.html"), own).unwrap();
    archive.catalog(&["--title", "云溪文库<&>"]).clean();
    let home = archive.page("index", ".html");
    assert!(home.contains("自定页脚") && home.contains("云溪文库&lt;&amp;&gt;"), "{home}");
}

#[test]
fn diff_of_packages() {
    let archive = Archive::of(&three_years());
    let (old, new) = ("archive/0012-WS·2023-D30-BGS-0001", "archive/0012-WS·2024-D30-BGS-0001");
    let diff = |args: &[&str]| {
        let mut all = vec!["diff", old, new];
        all.extend(args);
        run(&archive.path(""), &all).clean()
    };
    let text = diff(&[]).stdout;
    for words in [
        "target changed 2",
        "lead changed 1",
        "10个 → 12个",
        "区数据局 → 区发改委",
        "+    4",
        "-    4",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let json = diff(&["--format", "json"]).json();
    assert_eq!(
        json["counts"],
        serde_json::json!({
            "carried": 0, "unchanged": 0, "target": 2, "lead": 1, "added": 1, "dropped": 1
        })
    );
    assert_eq!(json["changed"][0]["changes"], serde_json::json!(["target"]));
    let html = diff(&["--format", "html"]).stdout;
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<del>10个</del>"), "{html}");
    // The same publication against itself.
    let same = run(&archive.path(""), &["diff", old, old, "--format", "json"]).clean().json();
    assert_eq!(same["counts"]["unchanged"], 4);
    let wrong = run(&archive.path(""), &["diff", old, "nowhere"]);
    assert_eq!(wrong.codes(), ["no-project"], "{wrong}");
}

#[test]
fn diff_in_a_project() {
    use crate::support::{ITEMS, NOTICE, Project};
    let project = Project::new()
        .file(
            "content/q/notice.yaml",
            NOTICE.replace("2025", "2026").replace("serial: 1", "serial: 2"),
        )
        .file("content/q/items.yaml", ITEMS.replace("10个", "12个"));
    let run = project.zh(&["diff", "p", "content/q/"]).clean();
    assert!(run.stdout.contains("目标调整 1") && run.stdout.contains("10个 → 12个"), "{run}");
    let other = project.en(&["diff", "p", "qq"]);
    assert_eq!(other.codes(), ["publication-unknown"], "{other}");
    assert!(other.stderr.contains("did you mean “q”"), "{other}");
    let broken = project.change("content/q/items.yaml", "section: 发展", "section: 无");
    assert_eq!(broken.en(&["diff", "p", "q"]).refused().codes(), ["section-unknown"]);
}
