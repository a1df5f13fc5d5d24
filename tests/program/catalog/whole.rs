//! Whole runs of `yinfa catalog`: what is in the site, and who may see it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use super::archive::{Archive, Paper, UNITS, three_years};
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
    pub(crate) fn files(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
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

    pub(crate) fn names(&self) -> Vec<String> {
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
    // Printed is 有关单位; whom it means, the records alone say, by members or by a group.
    papers[2].units = UNITS
        .replace("groups:\n", "  - {name: 暗列甲局, kind: 政府部门}\n  - {name: 暗列乙局, kind: 政府部门}\ngroups:\n  - {name: 暗列组, members: [暗列乙局]}\n");
    papers[2].sections[0].1.push((
        "做好配合工作。".into(),
        "区数据局, {name: 区级有关单位, members: [暗列甲局]}, {name: 其他有关部门, group: 暗列组}"
            .into(),
    ));
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
        "暗列",
        "anlie",
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
    for marker in
        ["密钥乙", "内部标记1", "暗列甲局", "暗列乙局", "anlie", "sheet-marker", "保管期限"]
    {
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
    // An old version that is damaged is told, and no more.
    let first = archive.bags().join("0012-WS·2025-D30-BGS-0001/bag-info.txt");
    let labels = fs::read(&first).unwrap();
    fs::write(&first, "\0").unwrap();
    assert_eq!(archive.catalog(&[]).refused().codes(), ["bag-unreadable"]);
    assert!(archive.page("p/2025-", "/index.html").contains("节点15个"));
    fs::write(&first, labels).unwrap();
    // Damaged, it takes the document with it: the first version is not the current text.
    fs::write(archive.bags().join("0012-WS·2025-D30-BGS-0001_v2/bag-info.txt"), "\0").unwrap();
    let run = archive.catalog(&[]).refused();
    assert!(run.codes().contains(&"catalog-outdated"), "{run}");
    assert!(!archive.files("site").keys().any(|path| path.starts_with("p/2025-")));
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
