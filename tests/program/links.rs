//! Links in Markdown files lead somewhere.

use std::path::Path;

use crate::markdown::{Page, pages, root};

/// Why a link leads nowhere.
fn broken(pages: &[Page], page: &Page, link: &str) -> Option<String> {
    if link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if path.is_empty() { root().join(&page.path) } else { page.folder().join(path) };
    let Ok(target) = target.canonicalize() else { return Some("is not there".into()) };
    let Ok(inside) = target.strip_prefix(root().canonicalize().unwrap()) else {
        return Some("leads out of the repository".into());
    };
    if anchor.is_empty() {
        return None;
    }
    let linked = pages.iter().find(|page| Path::new(&page.path) == inside);
    let found = linked.is_some_and(|linked| linked.anchors().iter().any(|one| one == anchor));
    (!found).then(|| format!("has no heading “{anchor}”"))
}

#[test]
fn links_lead_somewhere() {
    let pages = pages();
    let mut count = 0;
    let mut problems = Vec::new();
    for page in &pages {
        for (link, line) in page.links() {
            count += 1;
            if let Some(why) = broken(&pages, page, &link) {
                problems.push(format!("{}:{line}: {link} {why}", page.path));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(count > 100, "{count}");
}

#[test]
fn links_that_lead_nowhere_are_found() {
    let text = "# 一 二\n\n[a](nowhere.md) [b](#一-二) [c](#三) [d](../../secret)\n\n<img src=\"no.png\">\n";
    let page = Page { path: "docs/made-up.md".into(), text: text.into() };
    let list: Vec<_> = page.links();
    let pages = [page];
    let found = list.iter().map(|(link, _)| broken(&pages, &pages[0], link).is_some());
    assert_eq!(found.collect::<Vec<_>>(), [true, true, true, true, true]);
    let beside =
        Page { path: "README.md".into(), text: "# 一 二\n\n[b](#一-二) [c](#三)".into() };
    let pages = [beside];
    assert_eq!(broken(&pages, &pages[0], "#一-二"), None);
    assert!(broken(&pages, &pages[0], "#三").is_some());
}

/// Files of code that documents name by their path are there.
#[test]
fn paths_of_code_are_there() {
    let mut problems = Vec::new();
    for page in pages().iter().filter(|page| page.path != "CHANGELOG.md") {
        for code in page.code().into_iter().filter(|code| !code.is_block) {
            let places = ["src/", "crates/", "tests/", "benches/", "scripts/", "assets/", "docs/"];
            let path = code.text.split([' ', ':', '*', '<', '{']).next().unwrap();
            let is_path = places.iter().any(|place| path.starts_with(place));
            if is_path && !path.contains("NAME") && !root().join(path).exists() {
                problems.push(format!("{}:{}: {path} is not there", page.path, code.line));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_readme_of_tests_names_every_file() {
    let readme = std::fs::read_to_string(root().join("tests/README.md")).unwrap();
    let helpers = ["main.rs"];
    for entry in std::fs::read_dir(root().join("tests/program")).unwrap() {
        let entry = entry.unwrap();
        let mut name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            name.push('/');
        }
        let named = readme.contains(&format!("`{name}`")) || helpers.contains(&name.as_str());
        assert!(named, "tests/README.md does not say what tests/program/{name} is for");
    }
}
