//! Fixes: their places, what is certain, several at once, and texts behind aliases.

use super::*;

/// The place is that of the word, and the fix changes it alone, in every form that YAML has.
#[test]
fn every_form_of_a_value() {
    for items in [
        "- {section: 加快发展, text: 抓项目，工做部署。, units: [区发改局, 东山镇]}\n",
        "- section: 加快发展\n  text: 抓项目，工做部署。 # 工做部署\n  units: [区发改局]\n",
        "- section: 加快发展\n  text: \"抓项目，工做部署。\"\n  units: [区发改局]\n",
        "- section: 加快发展\n  text: \"抓\\u9879目，工做部署。\"\n  units: [区发改局]\n",
        "- section: 加快发展\n  text: '抓''项目''，工做部署。'\n  units: [区发改局]\n",
        "- section: 加快发展\n  text: |\n    抓项目，\n    工做部署。\n  units: [区发改局]\n",
        "- section: 加快发展\n  text: >-\n    抓项目，\n    工做部署。\n  units: [区发改局]\n",
        "- section: 加快发展\n  text: 抓项目，\n    工做部署。\n  units: [区发改局]\n",
        "- section: 加快发展\r\n  text: |\r\n    抓项目，工做部署。\r\n  units: [区发改局]\r\n",
    ] {
        let mut project = files(Example::Items(""));
        project.insert("items.yaml", items.into());
        let (diags, sources) = run(&project, None);
        let typo = diags.iter().find(|d| d.code == "typo").unwrap_or_else(|| panic!("{items}"));
        let span = typo.span.as_ref().expect("a place");
        assert_eq!(&items[span.range()], "工做部署", "{items}");
        let source = sources.iter().find(|s| s.path() == "items.yaml").expect("the items");
        let (text, _) =
            fixed_text(source, diags.iter()).unwrap_or_else(|| panic!("no fix: {items}"));
        let mut wanted = items.to_string();
        wanted.replace_range(span.range(), "工作部署");
        assert_eq!(text, wanted);
    }
}

/// What is broken by an escape or a line end is reported and left alone.
#[test]
fn what_is_not_certain_is_not_fixed() {
    for items in [
        "- section: 加快发展\n  text: \"布\\u7f72任务。\"\n  units: [区发改局]\n",
        "- section: 加快发展\n  text: >-\n    抓项目，工做\n    部署。\n  units: [区发改局]\n",
        "- section: 加快发展\n  text: 抓项目\\,工做部署。\n  units: [区发改局]\n",
    ] {
        let mut project = files(Example::Items(""));
        project.insert("items.yaml", items.into());
        let (diags, sources) = run(&project, None);
        let source = sources.iter().find(|s| s.path() == "items.yaml").expect("the items");
        let rules = ["typo", "half-width-mark"];
        let first = diags.iter().find(|d| rules.contains(&d.code));
        let first = first.unwrap_or_else(|| panic!("{items}: {diags:?}"));
        assert!(first.code == "typo" && items.contains("\\,") || first.fix.is_none(), "{items}");
        if let Some((text, _)) = fixed_text(source, diags.iter()) {
            assert_eq!(text, items.replace("工做部署", "工作部署"));
        }
    }
}

/// Every text a rule fixes is right afterwards, whatever else is wrong with it.
#[test]
fn fixes_together() {
    let text = "抓项目,,工做部署　任务(秋季),成本下降10-20%,落实国办发[2018]39号、等\"一网通办\"要求,6月30号前完成２所";
    let mut project = files(Example::Text(text));
    for _ in 0..8 {
        let (diags, sources) = run(&project, None);
        let source = sources.iter().find(|s| s.path() == "items.yaml").expect("the items");
        let Some((text, _)) = fixed_text(source, diags.iter()) else { break };
        project.insert("items.yaml", text);
    }
    let left = codes(&run(&project, None).0);
    // Of two different marks a person must choose one.
    assert!(left.is_empty(), "{left:?}\n{}", project["items.yaml"]);
    let wanted = "抓项目，工作部署任务（秋季），成本下降10%～20%，落实国办发〔2018〕39号等“一网通办”要求，6月30日前完成2所。";
    assert!(project["items.yaml"].contains(wanted), "{}", project["items.yaml"]);
}

/// Items of which the second uses the first one's text and units.
const ALIASED: &str = "\
- section: 加快发展
  text: &话 |
    抓项目，工做部署
  units: &单位 [区发改委, 东山镇]
- {section: 加快发展, text: *话, units: *单位}
";

fn aliased(items: &str) -> (Diagnostics, Arc<Source>) {
    let mut project = files(Example::Items(""));
    project.insert("items.yaml", items.into());
    let (diags, sources) = run(&project, None);
    let items = sources.into_iter().find(|s| s.path() == "items.yaml").expect("the items");
    (diags, items)
}

/// What stands behind an alias is reported where it is written, once, and changed there once.
#[test]
fn aliases_are_fixed_at_their_anchor() {
    let (diags, source) = aliased(ALIASED);
    for (code, line, used) in
        [("typo", 3, "*话"), ("full-stop", 3, "*话"), ("unit-alias", 4, "*单位")]
    {
        let found: Vec<_> = diags.iter().filter(|d| d.code == code).collect();
        let [found] = found[..] else { panic!("{code}: {found:#?}") };
        assert_eq!(found.span.as_ref().map(|s| s.start().line), Some(line), "{code}");
        let notes: Vec<_> = found.notes.iter().map(|n| &ALIASED[n.span.range()]).collect();
        assert_eq!(notes, [used], "{code}");
    }
    let (fixed, _) = fixed_text(&source, diags.iter()).expect("fixes");
    let (diags, source) = aliased(&fixed);
    let fixed = fixed_text(&source, diags.iter()).map_or(fixed, |(text, _)| text);
    let wanted = ALIASED.replace("工做部署", "工作部署。").replace("发改委", "发改局");
    assert_eq!(fixed, wanted);
    assert!(fixed_text(&aliased(&fixed).1, aliased(&fixed).0.iter()).is_none());
}

/// What is wrong in one place of use is not changed in the others.
#[test]
fn a_fix_that_one_use_does_not_ask_for_is_not_made() {
    let items = ALIASED.replace("- {section", "- {label: *话, section").replace("工做", "工作");
    let (diags, source) = aliased(&items);
    assert!(diags.iter().any(|d| d.code == "full-stop" && d.fix.is_some()), "{diags:#?}");
    let fixed = fixed_text(&source, diags.iter()).map_or(items.clone(), |(text, _)| text);
    assert_eq!(fixed, items.replace("发改委", "发改局"), "no full stop in the label");
}

/// A comment at the alias speaks of that use, one at the anchor of all.
#[test]
fn comments_at_aliases() {
    let lines = |items: &str| {
        let (diags, _) = aliased(items);
        let typos = diags.iter().filter(|d| d.code == "typo");
        typos.map(|d| d.notes.len()).collect::<Vec<_>>()
    };
    assert_eq!(lines(ALIASED), [1]);
    let comment = "# yinfa: allow typo\n";
    assert_eq!(lines(&ALIASED.replace("- {", &format!("{comment}- {{"))), [0]);
    assert_eq!(
        lines(&ALIASED.replace("- section", &format!("{comment}- section"))),
        [] as [usize; 0]
    );
}

/// Typos of two characters are found and left to a person; longer ones are fixed.
#[test]
fn only_long_typos_are_fixed() {
    for (text, fixed) in
        [("查堪现场。", false), ("布署年度任务。", false), ("印发工做方案。", true)]
    {
        let (diags, _) = run(&files(Example::Text(text)), None);
        let typo = diags.iter().find(|d| d.code == "typo").unwrap_or_else(|| panic!("{text}"));
        assert_eq!(typo.fix.is_some(), fixed, "{text}");
    }
}

#[test]
fn fixes_only_where_they_are_certain() {
    for (text, rule, fixed) in [
        ("6月30号前完成。", "day-hao", true),
        ("6月30号召开会议。", "day-hao", false),
        ("1.开工重大项目一批。", "number-in-text", true),
        ("1.*开工*重大项目一批。", "number-in-text", false),
        ("落实国办发[2018]39号文件。", "doc-number", true),
        ("落实国办发[2018]第39号文件。", "doc-number", false),
        ("落实云发改[2025]第02号文件。", "doc-number", true),
    ] {
        let (diags, _) = run(&files(Example::Text(text)), None);
        let found = diags.iter().find(|d| d.code == rule).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(found.fix.is_some(), fixed, "{text}");
    }
}
