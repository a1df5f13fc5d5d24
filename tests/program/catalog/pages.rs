//! The catalogue in a real browser, from a folder and from a server.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::archive::{Archive, three_years};
use super::generated;
use super::server::serve;
use super::whole::run;
use crate::browser::{Browser, key};
use crate::support::{is_long, skip};

fn made(archive: &Archive, args: &[&str]) -> PathBuf {
    let mut all = vec!["catalog", "archive", "-o", "site"];
    all.extend(args);
    run(&archive.path(""), &all).clean();
    archive.path("site")
}

fn from_folder(site: &Path) -> String {
    format!("file://{}/", site.display())
}

/// Searches from the page that is open and gives what is announced and the results' links.
fn search(browser: &Browser, base: &str, query: &str) -> (String, Vec<String>) {
    browser.open("about:blank");
    browser.open(&format!("{base}index.html#q={query}"));
    browser.wait("/找到|没有|请输入|读不出来/.test(document.getElementById('status').textContent)");
    let said = browser.script("return document.getElementById('status').textContent");
    let links = browser.script(
        "return [...document.querySelectorAll('#hits a')].map(a => a.getAttribute('href'))",
    );
    let links = links.as_array().unwrap().iter().map(|link| link.as_str().unwrap().into());
    (said.as_str().unwrap().into(), links.collect())
}

#[test]
fn is_searched_from_a_folder_and_from_a_server() {
    let Some(browser) = Browser::start() else { return };
    let archive = Archive::of(&three_years());
    let site = made(&archive, &[]);
    let port = serve(&site, "/some/path/");
    for base in [from_folder(&site), format!("http://127.0.0.1:{port}/some/path/")] {
        let count = |query: &str| {
            let (said, links) = search(&browser, &base, query);
            assert!(
                links.is_empty() || said.contains(&format!("找到 {} 条", links.len())),
                "{query}: {said}"
            );
            links.len()
        };
        assert_eq!(count("12345热线"), 2);
        assert_eq!(count("１２３４５ 热线"), 2);
        assert_eq!(count("5g"), 2);
        assert_eq!(count("90.5"), 1);
        assert_eq!(count("云"), 6, "three publications by their organ, and an item of each year");
        assert_eq!(count("区发改局"), 2);
        assert_eq!(count("算力 区数据局"), 3);
        assert_eq!(count("没有这个"), 0);
        assert_eq!(count("%EF%BC%8C"), 0, "punctuation alone is no query");
        assert_eq!(count("场馆数字化"), 1);
        // A result leads to its item, which is there.
        let (_, links) = search(&browser, &base, "场馆数字化");
        browser.open(&format!("{base}{}", links[0]));
        let text = browser.script("return document.querySelector(location.hash).innerText");
        assert!(text.as_str().unwrap().contains("老旧场馆数字化改造3处"), "{text}");
    }
    assert_eq!(browser.log(), "");
}

#[test]
fn the_page_is_used_by_keyboard_and_keeps_the_query_in_its_address() {
    let Some(browser) = Browser::start() else { return };
    let archive = Archive::of(&three_years());
    let site = made(&archive, &[]);
    let base = from_folder(&site);
    browser.open(&format!("{base}units/index.html"));
    // The first stop of the keyboard skips the head.
    browser.press(&[key::TAB]);
    assert_eq!(browser.script("return document.activeElement.className"), "skip");
    browser.press(&["/"]);
    assert_eq!(browser.script("return document.activeElement.id"), "q");
    browser.type_into("#q", "政务云平台");
    browser.press(&[key::ENTER]);
    browser.wait("document.getElementById('status').textContent.includes('找到 3 条')");
    let hash = browser.script("return decodeURIComponent(location.hash)");
    assert_eq!(hash, "#q=政务云平台");
    let title = browser.script("return document.title");
    assert!(title.as_str().unwrap().starts_with("政务云平台——"), "{title}");
    let marks =
        browser.script("return [...document.querySelectorAll('mark')].map(m => m.textContent)");
    assert_eq!(marks, json!(["政务云平台", "政务云平台", "政务云平台"]));
    assert_eq!(
        browser.script("return document.getElementById('status').getAttribute('aria-live')"),
        "polite"
    );
    browser.script(
        "const year = document.getElementById('year'); year.value = '2024'; year.dispatchEvent(new Event('change'))",
    );
    browser.wait("document.getElementById('status').textContent.includes('找到 1 条')");
    // Back to all years, and back to where it began.
    browser.script("history.back()");
    browser.wait("document.getElementById('status').textContent.includes('找到 3 条')");
    browser.script(
        "document.getElementById('q').value = ''; document.querySelector('form').requestSubmit()",
    );
    browser.wait(
        "!document.getElementById('browse').hidden && document.getElementById('results').hidden",
    );
    assert_eq!(browser.log(), "");
}

#[test]
fn queries_are_read_as_the_index_is_made() {
    let Some(browser) = Browser::start() else { return };
    let archive = Archive::of(&three_years());
    let site = made(&archive, &[]);
    browser.open(&format!("{}index.html", from_folder(&site)));
    let mut texts: Vec<String> = vec![
        "“１２３４５”热线，1,000万元、5．2％。ＡＩ+5Ｇ".into(),
        "İstanbul ΑΣ ﬃ ㎡ Ⅻ ½ ª ǆ 𝐀 𠮷 \u{301}e\u{301} 가 ｶﾞ ① ㈱".into(),
    ];
    // Every character of many blocks, but for those that the browser's Unicode does not have yet.
    let unknown = browser.script(
        "return Array.from({length: 0x20000}, (_, i) => i).filter(i => /[\\p{Cn}\\p{Cs}]/u.test(String.fromCodePoint(i)))",
    );
    let unknown: std::collections::BTreeSet<u64> =
        unknown.as_array().unwrap().iter().map(|code| code.as_u64().unwrap()).collect();
    let all: Vec<char> = (0x20..0x3400)
        .chain(0x4e00..0x5000)
        .chain(0xa000..0xd800)
        .chain(0xf900..0x20000)
        .filter(|code| !unknown.contains(&u64::from(*code)))
        .filter_map(char::from_u32)
        .collect();
    assert!(all.len() > 40_000, "{}", all.len());
    texts.extend(all.chunks(500).map(|chunk| chunk.iter().flat_map(|c| [*c, '1']).collect()));
    for text in texts {
        let script = format!(
            "return yinfaCatalog.fold({}).map(f => [f.sign, f.begins, f.gap])",
            serde_json::to_string(&text).unwrap()
        );
        let theirs = browser.script(&script);
        let theirs = theirs.as_array().unwrap();
        let ours: Vec<Value> = yinfa::catalog::search::fold::fold(&text)
            .into_iter()
            .map(|f| json!([f.sign, f.begins, f.gap]))
            .collect();
        let differing = ours.iter().zip(theirs).find(|(a, b)| a != b);
        assert_eq!(ours.len(), theirs.len(), "{differing:?}");
        assert_eq!(differing, None);
    }
}

/// What axe-core finds on the page that is open; `None` where it is not installed.
fn violations(browser: &Browser, axe: &str) -> Vec<String> {
    browser.script(axe);
    browser.script(
        "window.found = null; axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => { window.found = r })",
    );
    browser.wait("window.found");
    let found = browser.script(
        "return window.found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).slice(0, 3).join(' | '))",
    );
    found.as_array().unwrap().iter().map(|found| found.as_str().unwrap().into()).collect()
}

/// axe-core, which set-up puts into the cache. On CI its absence is a failure.
fn axe() -> Option<String> {
    let setup = include_str!("../../../scripts/setup.sh");
    let pin = setup.lines().find_map(|line| line.strip_prefix("axe_version=")).unwrap();
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .unwrap_or_else(|| std::env::home_dir().expect("a home folder").join(".cache"));
    let path = cache.join(format!("yinfa/axe-core-{pin}/axe.min.js"));
    let read = std::fs::read_to_string(&path).ok();
    let ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    assert!(read.is_some() || !ci, "axe-core is missing; scripts/setup.sh --test installs it");
    if read.is_none() {
        skip("axe-core is missing (scripts/setup.sh --test)");
    }
    read
}

#[test]
fn everybody_can_use_it() {
    let (Some(browser), Some(axe)) = (Browser::start(), axe()) else { return };
    let archive = Archive::of(&three_years());
    let site = made(&archive, &["--audience", "internal"]);
    let base = from_folder(&site);
    let files = yinfa_paths(&site);
    let page = |start: &str, end: &str| {
        files.iter().find(|path| path.starts_with(start) && path.ends_with(end)).unwrap().clone()
    };
    let pages = [
        "index.html".into(),
        "index.html#q=5G".into(),
        "index.html#q=没有这个".into(),
        "years/2024.html".into(),
        "organs/index.html".into(),
        "units/index.html".into(),
        page("topics/zong", ".html"),
        page("units/qufagaiju", "index.html"),
        page("units/qushujuju", "2024.html"),
        page("p/2024-", "/index.html"),
        page("p/2024-", "/history.html"),
    ];
    let keep = std::env::var_os("YINFA_CATALOG_SHOTS").map(PathBuf::from);
    for (width, height) in [(1440, 900), (390, 844)] {
        browser.size(width, height);
        for dark in [false, true] {
            browser.prefer_dark(dark);
            for (number, page) in pages.iter().enumerate() {
                browser.open("about:blank");
                browser.open(&format!("{base}{page}"));
                if page.contains("#q=") {
                    browser.wait("/找到/.test(document.getElementById('status').textContent)");
                }
                let found = violations(&browser, &axe);
                assert!(found.is_empty(), "{page} {width} dark: {dark}\n{}", found.join("\n"));
                let wide = browser.script(
                    "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
                );
                assert_eq!(wide, 0, "{page} is wider than {width}");
                if let Some(keep) = &keep {
                    let name = format!("{number}-{width}{}.png", if dark { "-dark" } else { "" });
                    browser.screenshot(&keep.join(name));
                }
            }
        }
    }
}

/// Whether axe-core sees anything at all.
#[test]
fn the_checker_sees_what_is_wrong() {
    let (Some(browser), Some(axe)) = (Browser::start(), axe()) else { return };
    browser.open("data:text/html,<html lang=zh><title>a</title><main><h1>a</h1><p style='color:%23bbb'>text</p><img src=x>");
    let found = violations(&browser, &axe).join("\n");
    assert!(found.contains("color-contrast") && found.contains("image-alt"), "{found}");
}

fn yinfa_paths(site: &Path) -> Vec<String> {
    let list = std::fs::read(site.join(yinfa::catalog::LIST)).unwrap();
    let list: Value = serde_json::from_slice(&list).unwrap();
    list["files"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn a_large_archive_is_searched_with_little() {
    let count = if is_long() { 1000 } else { 50 };
    let archive = generated::archive(count);
    let began = std::time::Instant::now();
    let site = made(&archive, &["--base-url", "https://example.gov.cn/catalog"]);
    let took = began.elapsed();
    let index: Vec<u64> = std::fs::read_dir(site.join("search"))
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .collect();
    println!(
        "{count} publications in {took:.1?}; index {} files, {} KB in all",
        index.len(),
        index.iter().sum::<u64>() / 1024
    );
    let Some(browser) = Browser::start() else { return };
    let port = serve(&site, "/");
    for base in [from_folder(&site), format!("http://127.0.0.1:{port}/")] {
        for query in [
            "低空经济",
            "检查结果互认",
            "工作",
            "企",
            "数据共享 区教育局",
            "AI",
            "数字政府建设工作要点",
        ] {
            let (said, links) = search(&browser, &base, query);
            let cost = browser.script(
                "const files = performance.getEntriesByType('resource').filter(e => e.name.includes('/search/'));
                 return [yinfaCatalog.loaded.files, files.reduce((sum, e) => sum + e.decodedBodySize, 0),
                         Number(document.getElementById('results').dataset.milliseconds)]",
            );
            println!("{query}: {said}; [files, bytes (server), ms] {cost}");
            assert!(!links.is_empty(), "{query}: {said}");
            if query == "低空经济" {
                assert_eq!(links.len(), 1, "{said}");
                browser.open(&format!("{base}{}", links[0]));
                let text = browser.script("return document.querySelector(location.hash).innerText");
                assert!(text.as_str().unwrap().contains("飞行服务站"), "{text}");
            }
        }
        // More are shown when they are asked for, and the keyboard stands on the first of them.
        search(&browser, &base, "推进");
        browser.click("#more");
        browser.wait("document.querySelectorAll('#hits > li').length === 40");
        assert_eq!(
            browser.script(
                "return [...document.querySelectorAll('#hits a')].indexOf(document.activeElement)"
            ),
            20
        );
    }
    assert_eq!(browser.log(), "");
}
