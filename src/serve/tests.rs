use std::sync::Arc;

use super::assets;
use super::preview::{Preview, PublicationUpdate, Update};
use super::words::words;
use base::diag::{Diagnostic, Diagnostics, Lang, Source, Span};
use base::text;

/// The words that the page's template and its scripts ask for by name.
fn asked() -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir("assets/preview").unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for start in ["words.", "word(\""] {
            for rest in text.split(start).skip(1) {
                let name: String =
                    rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                names.push(name);
            }
        }
    }
    // A file of that name is imported.
    names.retain(|name| name != "js");
    assert!(names.len() > 30, "{names:?}");
    names
}

#[test]
fn every_word_of_the_page_exists_in_both_languages() {
    let (zh, en) = (words(Lang::Zh), words(Lang::En));
    // Those that are named by what is shown.
    let shown =
        ["notice", "breakdown", "index", "sheet", "findings", "building", "built", "failed"];
    let shown = shown.iter().chain(&["lost", "no_web", "not_yet", "errors", "warnings", "hints"]);
    for name in asked().into_iter().chain(shown.map(|name| name.to_string())) {
        assert!(zh.contains_key(name.as_str()), "{name}");
    }
    for (name, word) in &zh {
        let braces = |word: &str| word.matches('{').count();
        assert!(!en[name].is_empty() && braces(word) == braces(&en[name]), "{name}");
    }
}

#[test]
fn the_page_is_in_its_language_and_a_name_is_text() {
    let page = assets::page(Lang::Zh, "<b>&").unwrap();
    assert!(page.contains("lang=\"zh-CN\"") && page.contains("检查结果"));
    assert!(page.contains("&lt;b&gt;&amp;") && !page.contains("<b>&"));
    let page = assets::page(Lang::En, "p").unwrap();
    assert!(
        page.contains("lang=\"en\"") && page.contains(">Findings<")
            || page.contains("\"Findings\"")
    );
    // All that it loads is there, and nothing of it is elsewhere.
    for attribute in ["src=\"", "href=\""] {
        for rest in page.split(attribute).skip(1) {
            let address = rest.split('"').next().unwrap();
            let Some(name) = address.strip_prefix("/assets/") else {
                assert!(address.starts_with('#'), "{address}");
                continue;
            };
            assert!(assets::file(name).is_some(), "{name}");
        }
    }
}

#[test]
fn only_assets_are_assets() {
    for name in ["page.html", "../Cargo.toml", "nothing.css", "app", ".css", ""] {
        assert!(assets::file(name).is_none(), "{name}");
    }
}

fn finding(code: &'static str, source: &Arc<Source>) -> Diagnostic {
    Diagnostic::warning(code, text!("甲", "a")).at(&Span::new(source.clone(), 0..1))
}

fn update(publications: Option<Vec<PublicationUpdate>>) -> Update {
    Update { publications, ..Update::default() }
}

#[test]
fn what_a_build_could_not_read_stays_as_it_was() {
    let preview = Preview::new(Lang::En, "p".into());
    let source = Source::new("a.yaml", "abc\n");
    let one = || PublicationUpdate {
        id: "2025".into(),
        title: Some("title".into()),
        findings: finding("unit-twice", &source).into(),
        made: true,
        ..PublicationUpdate::default()
    };
    preview.update(update(Some(vec![one()])));
    let state = preview.shown().state(Lang::En);
    assert_eq!(state["version"], 1);
    assert_eq!(state["publications"][0]["counts"]["warning"], 1);

    // yinfa.yaml is broken: the list stays, and so do the findings with their lines.
    let problem = Diagnostic::error("yaml-syntax", text!("乙", "b"));
    let broken = Update { failed: true, problems: problem.into(), ..update(None) };
    preview.update(broken);
    let state = preview.shown().state(Lang::En);
    assert_eq!(state["problems"][0]["code"], "yaml-syntax");
    assert_eq!(state["publications"][0]["title"], "title");
    let publication = preview.shown().publication("2025", &[], Lang::En).unwrap();
    let id = publication["findings"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(preview.shown().finding(&id).unwrap().code, "unit-twice");

    // A notice that cannot be read keeps its title; one that is gone leaves the list.
    preview.update(update(Some(vec![PublicationUpdate { title: None, ..one() }])));
    assert_eq!(preview.shown().state(Lang::En)["publications"][0]["title"], "title");
    preview.update(update(Some(Vec::new())));
    assert!(preview.shown().publication("2025", &[], Lang::En).is_none());
}

#[test]
fn an_id_is_good_for_one_build() {
    let preview = Preview::new(Lang::En, "p".into());
    let source = Source::new("a.yaml", "abc\n");
    let mut project = Diagnostics::new();
    project.push(finding("unit-twice", &source));
    preview.update(Update { project, ..Update::default() });
    let shown = preview.shown();
    assert!(shown.finding("1.0").is_some());
    for id in ["0.0", "2.0", "1.1", "1", "", "1.-1", "a.b", "1.0.0", "1.99999999999999999999"] {
        assert!(shown.finding(id).is_none(), "{id}");
    }
}

#[test]
fn those_who_look_are_told() {
    let preview = Preview::new(Lang::En, "p".into());
    let mut news = preview.news();
    assert!(news.borrow_and_update().building);
    preview.update(Update::default());
    assert!(news.has_changed().unwrap());
    let now = *news.borrow_and_update();
    assert_eq!((now.version, now.building), (1, false));
    preview.begin();
    assert!(news.has_changed().unwrap() && news.borrow().building);
}
