//! Every rule against its examples.

mod cases;
mod documents;
mod fixes;
mod mutation;
mod properties;

use super::example::{Example, ITEMS, NOTICE, UNITS};
use super::*;
use crate::content::schema::item::read_items;
use crate::content::schema::notice::NoticeRecord;
use crate::content::schema::project::ProjectRecord;
use crate::content::schema::units::UnitsRecord;
use crate::content::yaml::parse;
use crate::publication::{Input, Registry, resolve};
use base::diag::{Diagnostic, Diagnostics, Source};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of an example's project.
fn files(example: Example) -> BTreeMap<&'static str, String> {
    let mut files: BTreeMap<&'static str, String> = [
        ("yinfa.yaml", "office: 云溪区发改局\n".to_string()),
        ("units.yaml", UNITS.to_string()),
        ("notice.yaml", NOTICE.to_string()),
        ("items.yaml", ITEMS.to_string()),
    ]
    .into();
    let mut set = |name: &'static str, text: &str| {
        let text = if name == "notice.yaml" { with_fields(text) } else { text.to_string() };
        files.insert(name, text + "\n");
    };
    match example {
        Example::Text(text) => {
            let text = text.replace('\n', "\n    ");
            set(
                "items.yaml",
                &format!(
                    "- section: 加快发展\n  text: |-\n    {text}\n  units: [区发改局, 区教育局, 区委组织部, 东山镇]"
                ),
            );
        }
        Example::Items(items) => set("items.yaml", items),
        Example::Notice(notice) => {
            set("notice.yaml", notice);
            if notice.contains("\nbody:") {
                set("items.yaml", "[]");
            }
        }
        Example::Both(notice, items) => {
            set("notice.yaml", notice);
            set("items.yaml", items);
        }
        Example::Units(units, items) => {
            set("units.yaml", units);
            set("items.yaml", items);
        }
        Example::Project(project) => set("yinfa.yaml", project),
    }
    files
}

/// The notice with some of its fields replaced.
fn with_fields(fields: &str) -> String {
    let key = |line: &str| line.split(':').next().unwrap_or_default().to_string();
    let is_head = |line: &str| !line.starts_with([' ', '-', '#']);
    let mut given: Vec<String> = fields.lines().filter(|l| is_head(l)).map(key).collect();
    if given.iter().any(|key| key == "body") {
        given.extend(["letter".into(), "issued".into()]);
    }
    let mut kept = String::new();
    let mut keep = true;
    for line in NOTICE.lines() {
        if is_head(line) {
            keep = !given.contains(&key(line));
        }
        if keep {
            kept += &format!("{line}\n");
        }
    }
    kept + fields
}

/// Checks a project in memory, all rules that are on and those of `also`.
fn run(
    files: &BTreeMap<&'static str, String>,
    also: Option<&'static Rule>,
) -> (Diagnostics, Vec<Arc<Source>>) {
    let mut diags = Diagnostics::new();
    let sources: BTreeMap<_, _> =
        files.iter().map(|(name, text)| (*name, Source::new(*name, text.as_str()))).collect();
    let documents: BTreeMap<_, _> = sources
        .iter()
        .map(|(name, source)| {
            let (document, problems) = parse(source);
            diags.append(problems);
            (*name, document)
        })
        .collect();
    let project = ProjectRecord::from_document(&documents["yinfa.yaml"], &mut diags);
    let units = UnitsRecord::from_document(&documents["units.yaml"], &mut diags).expect("units");
    let registry = Arc::new(Registry::resolve(&units, &mut diags));
    let notice = NoticeRecord::from_document(&documents["notice.yaml"], &mut diags)
        .unwrap_or_else(|| panic!("{}: {diags:?}", files["notice.yaml"]));
    let items = read_items(&documents["items.yaml"], &mut diags);
    let input =
        Input { id: "p", notice, office: Some("云溪区发改局"), items: &items, registry };
    let publication = resolve(input, &mut diags);
    let mut settings = Settings::of(&project, &mut diags);
    if let Some(rule) = also.filter(|rule| !rule.on) {
        settings = settings.only([rule]);
    }
    let covers = |c: char| !('\u{e000}'..='\u{f8ff}').contains(&c);
    let mut context = Context::new(&publication, &items);
    context.units = Some(&units);
    context.comments = documents.values().flat_map(|d| &d.comments).collect();
    context.covers = Some(&covers);
    context.lexicon = Some(&project.lexicon);
    (check(&context, diags, &settings), sources.into_values().collect())
}

fn codes(diags: &Diagnostics) -> Vec<&'static str> {
    diags.iter().map(|d| d.code).filter(|code| *code != "unit-without-task").collect()
}

#[test]
fn the_examples_own_project_is_clean() {
    let (diags, _) = run(&files(Example::Items(ITEMS)), None);
    assert!(diags.is_empty(), "{diags:#?}");
}

/// What the rule's example is not about: not every unit of the example has a task, and a label
/// without units stands in an item without units.
fn besides(rule: &Rule, diags: &Diagnostics) -> Vec<String> {
    let with = [rule.id, "unit-without-task", "item-without-unit"];
    let other = |code: &str| !with.contains(&code);
    diags.iter().filter(|d| other(d.code)).map(|d| format!("{}: {d:#?}", rule.id)).collect()
}

#[test]
fn every_rule_fires_on_its_bad_example_alone() {
    let mut failed = Vec::new();
    for rule in Rule::all() {
        let (diags, _) = run(&files(rule.bad), Some(rule));
        if diags.iter().all(|d| d.code != rule.id) {
            failed.push(format!("{} does not fire: {diags:#?}", rule.id));
        }
        failed.extend(besides(rule, &diags));
        for found in diags.iter().filter(|d| d.code == rule.id) {
            assert_eq!(found.severity, rule.severity, "{}", rule.id);
            assert!(found.span.is_some(), "{} has no place", rule.id);
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn no_rule_fires_on_its_good_example() {
    let mut failed = Vec::new();
    for rule in Rule::all() {
        let (diags, _) = run(&files(rule.good), Some(rule));
        if diags.iter().any(|d| d.code == rule.id) {
            failed.push(format!("{} fires: {diags:#?}", rule.id));
        }
        failed.extend(besides(rule, &diags));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let mut seen = std::collections::BTreeSet::new();
    for rule in Rule::all() {
        assert!(seen.insert(rule.id), "{}", rule.id);
        assert!(
            rule.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{}",
            rule.id
        );
        assert!(rule.finds.en.ends_with('.') && !rule.finds.zh.ends_with('。'), "{}", rule.id);
    }
}

/// A fix removes its finding, makes no other one, and leaves nothing to a second run.
#[test]
fn fixes_are_certain() {
    let mut fixed = 0;
    for rule in Rule::all() {
        let mut project = files(rule.bad);
        let (before, sources) = run(&project, Some(rule));
        if before.iter().all(|d| d.fix.is_none()) {
            continue;
        }
        fixed += 1;
        for source in sources {
            if let Some((text, changes)) = fixed_text(&source, before.iter()) {
                assert!(!changes.is_empty());
                let name = *project.keys().find(|name| **name == source.path()).expect("a file");
                project.insert(name, text);
            }
        }
        let (after, _) = run(&project, Some(rule));
        let left: Vec<_> = after.iter().filter(|d| d.code != "unit-without-task").collect();
        assert!(left.is_empty(), "{}: {left:#?}", rule.id);
    }
    assert!(fixed >= 18, "{fixed} rules with a fix");
}

#[test]
fn a_comment_switches_a_finding_off() {
    let mut project = files(Example::Text("布署任务。"));
    let items = project["items.yaml"].clone();
    for allowed in [
        items.replace("  text:", "  # yinfa: allow typo 引文\n  text:"),
        items.replace("text: |-", "text: |- # yinfa: allow typo"),
    ] {
        assert_ne!(allowed, items);
        project.insert("items.yaml", allowed);
        let (diags, _) = run(&project, None);
        assert!(codes(&diags).is_empty(), "{diags:#?}");
    }
    project.insert("items.yaml", items.replace("- section", "# yinfa: allow tipo\n- section"));
    assert_eq!(codes(&run(&project, None).0), ["rule-unknown", "typo"]);
}

#[test]
fn a_project_switches_rules() {
    let mut project = files(Example::Text("布署任务"));
    assert_eq!(codes(&run(&project, None).0), ["typo", "full-stop"]);
    project.insert("yinfa.yaml", "check: {typo: off, full-stop: error}\n".into());
    let (diags, _) = run(&project, None);
    assert_eq!(codes(&diags), ["full-stop"]);
    assert!(diags.has_errors());
}

/// What looks after the switches is no switch, and a comment that can do nothing says so.
#[test]
fn switches_that_do_nothing_say_so() {
    let settings = |check: &str| {
        let mut project = files(Example::Items(ITEMS));
        project.insert("yinfa.yaml", format!("check: {check}\n"));
        codes(&run(&project, None).0)
    };
    for fixed in ["rule-unknown", "rule-fixed", "unit-unknown"] {
        assert_eq!(settings(&format!("{{{fixed}: off}}")), ["rule-fixed"], "{fixed}");
        assert_eq!(settings(&format!("{{{fixed}: error}}")), [] as [&str; 0], "{fixed}");
    }
    let comment = |rules: &str, check: &str| {
        let mut project = files(Example::Items(ITEMS));
        project.insert("yinfa.yaml", format!("check: {check}\n"));
        project.insert("items.yaml", format!("# yinfa: {rules}\n{ITEMS}"));
        let diags = run(&project, None).0;
        assert!(!diags.has_errors() && diags.iter().all(|d| d.help.is_some()), "{diags:#?}");
        codes(&diags)
    };
    assert_eq!(comment("allow unit-unknown", "{}"), ["rule-fixed"]);
    assert_eq!(comment("allow allow-unused", "{}"), ["rule-fixed"]);
    assert_eq!(comment("allow rule-unknown typo", "{}"), ["rule-fixed", "allow-unused"]);
    assert_eq!(comment("ignore typo", "{}"), ["allow-wrong"]);
    assert_eq!(comment("ignore typo", "{allow-wrong: off}"), [] as [&str; 0]);
    assert_eq!(comment("allow typo", "{allow-unused: off}"), [] as [&str; 0]);
}

/// The reference page is what the code says. `YINFA_BLESS=1` writes it.
#[test]
fn reference_page() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules.md");
    let wanted = reference();
    if std::env::var_os("YINFA_BLESS").is_some() {
        std::fs::write(path, &wanted).expect("docs/rules.md");
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        there == wanted,
        "docs/rules.md is out of date: YINFA_BLESS=1 cargo test --lib reference_page"
    );
}

/// The text of a source after the fixes that concern it, and what was done.
fn fixed_text<'a>(
    source: &Arc<Source>,
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
) -> Option<(String, Vec<Change<'a>>)> {
    let (file, changes) = apply(source, diagnostics)?;
    Some((file.after?, changes))
}
