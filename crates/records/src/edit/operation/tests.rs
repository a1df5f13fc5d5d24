//! Operations on small projects.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;
use crate::content::{Project, load, load_changed};
use crate::edit::journal::apply;
use crate::publication::{Prepared, prepare};
use base::diag::Severity;

const UNITS: &str = "\
units:
  - {name: 区科技局, kind: 政府部门}   # 2024年改过
  - name: 区教育局
    full_name: 青溪区教育局
    kind: 政府部门
    aliases: [区教委]
    qualifiers: [体育科]
    served_by: 区科技局
groups:
  - {name: 有关部门, members: [区科技局, 区教育局], except: [区教育局]}
recipients:
  - text: 区科技局、区教育局
    to: [区科技局, 区教育局]
";

const NOTICE: &str = "\
title: 关于印发工作要点的通知
recipients:
  - 区科技局、区教育局
  - {text: 区科技局（体育科以外）, to: 区科技局}
letter: |
  由区科技局牵头。
issued:
  title: 工作要点
  sections:
    - id: 发展
      heading: 加快发展
    - {heading: 改善民生, units: [区教育局]}
attachments:
  - title: 指标
    kind: table
    columns: [指标, 单位]
    rows:
      - [学校, 区科技局]
      - [实验室, 区科技局、区教育局]
date: 2025-03-06
reporting: {to: 区科技局}
";

const ITEMS: &str = "\
# 第一部分
- section: 发展
  text: 建实验室3个，由区科技局验收。
  units: &both [区科技局, 区教育局（体育科）]
  own:
    - {unit: 区科技局, task: 验收}
- section: 发展
  text: 办比赛。
  units: *both
- section: 改善民生
  text: 建学校。
  units:
    - {name: 区科技局等部门, members: [区科技局]}
";

fn project() -> (tempfile::TempDir, Project) {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("yinfa.yaml", "office: 区府办\n");
    write("content/units.yaml", UNITS);
    write("content/p/notice.yaml", NOTICE);
    write("content/p/items.yaml", ITEMS);
    let project = load(dir.path()).unwrap();
    (dir, project)
}

fn all(project: &Project) -> Vec<Prepared> {
    prepare(project, |_| true)
}

fn errors(root: &Path) -> Vec<String> {
    let project = load(root).unwrap();
    let prepared = all(&project);
    let problems = prepared.iter().flat_map(|one| one.diags.iter());
    let errors = problems.filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| format!("{} {:?}", problem.code, problem.span)).collect()
}

fn path(text: &str) -> Vec<Step> {
    let step = |step: &str| step.parse().map_or_else(|_| Step::Key(step.into()), Step::At);
    text.split('.').filter(|step| !step.is_empty()).map(step).collect()
}

fn written(root: &Path, editing: Editing<'_>) -> String {
    let files = editing.finish();
    apply(root, &files).unwrap();
    fs::read_to_string(root.join("content/p/items.yaml")).unwrap()
}

fn item(text: &str) -> Vec<(String, Value)> {
    vec![("text".into(), Value::Prose(text.into()))]
}

#[test]
fn the_sample_has_no_errors() {
    let (dir, _) = project();
    assert_eq!(errors(dir.path()), [""; 0]);
}

#[test]
fn a_unit_under_another_name() {
    let (dir, project) = project();
    let mut editing = Editing::new(&project, false);
    let renamed = editing
        .rename_unit("区科技局", "区科技和信息化局", Some("青溪区科技和信息化局"), &BTreeSet::new())
        .unwrap();
    let mentions: Vec<String> = renamed
        .mentions
        .iter()
        .map(|span| format!("{}:{}", span.source().path(), span.start().line))
        .collect();
    assert_eq!(
        mentions,
        ["content/p/notice.yaml:6", "content/p/items.yaml:3", "content/p/items.yaml:13"]
    );
    let items = written(dir.path(), editing);
    let text = |text: &str| text.replace("区科技局", "区科技和信息化局");
    assert_eq!(
        items,
        text(ITEMS)
            .replace("由区科技和信息化局验收", "由区科技局验收")
            .replace("区科技和信息化局等部门", "区科技局等部门")
    );
    let notice = fs::read_to_string(dir.path().join("content/p/notice.yaml")).unwrap();
    assert_eq!(notice, text(NOTICE).replace("由区科技和信息化局牵头", "由区科技局牵头"));
    let units = fs::read_to_string(dir.path().join("content/units.yaml")).unwrap();
    let wanted = text(UNITS).replace(
        "- {name: 区科技和信息化局, kind: 政府部门}",
        "- {name: 区科技和信息化局, full_name: 青溪区科技和信息化局, kind: 政府部门, aliases: [区科技局]}",
    );
    assert_eq!(units, wanted);
    assert_eq!(errors(dir.path()), [""; 0]);
    // And back: the old name was an alias, and is no longer.
    let project = load(dir.path()).unwrap();
    let mut editing = Editing::new(&project, false);
    editing.rename_unit("区科技和信息化局", "区科技局", None, &BTreeSet::new()).unwrap();
    assert_eq!(written(dir.path(), editing), ITEMS);
    assert_eq!(errors(dir.path()), [""; 0]);
}

#[test]
fn names_that_cannot_be_given() {
    let (_dir, project) = project();
    let code = |old: &str, new: &str| {
        let done = Editing::new(&project, false).rename_unit(old, new, None, &BTreeSet::new());
        done.unwrap_err().iter().next().unwrap().code
    };
    assert_eq!(code("区科技", "甲"), "unit-unknown");
    assert_eq!(code("区科技局", "区教委"), "edit-name-taken");
    assert_eq!(code("区科技局", "有关部门"), "edit-name-taken");
    assert_eq!(code("区科技局", "区科技局"), "edit-name");
}

#[test]
fn what_was_issued_keeps_the_old_name() {
    let (dir, project) = project();
    let mut editing = Editing::new(&project, false);
    let issued = BTreeSet::from(["p".to_owned()]);
    let renamed = editing.rename_unit("区科技局", "区科数局", None, &issued).unwrap();
    assert_eq!(renamed.kept, ["p"]);
    assert_eq!(written(dir.path(), editing), ITEMS);
    assert_eq!(errors(dir.path()).iter().filter(|e| !e.starts_with("recipient")).count(), 0);
}

#[test]
fn items_are_found_by_what_people_call_them() {
    let (_dir, project) = project();
    let prepared = all(&project);
    let found = |name: &str| {
        find(&project, &prepared, name).map(|p| (p.file, crate::edit::yaml::shown(&p.path)))
    };
    let items = |at: &str| Ok(("content/p/items.yaml".to_owned(), at.to_owned()));
    for name in ["1", "1.", "p:1", "发展/1", "加快发展/1", "items.yaml:4", "content/p/items.yaml:2"]
    {
        assert_eq!(found(name), items("1"), "{name}");
    }
    assert_eq!(found("p:3"), items("3"));
    assert_eq!(found("content/p/"), Ok(("content/p/notice.yaml".into(), String::new())));
    assert_eq!(found("区教育局"), Ok(("content/units.yaml".into(), "units.2".into())));
    assert_eq!(found("yinfa.yaml"), Ok(("yinfa.yaml".into(), String::new())));
    let unknown = found("区教局").unwrap_err();
    assert_eq!(unknown.code, "edit-unknown");
    assert!(unknown.help.clone().unwrap().get(base::diag::Lang::Zh).contains("区教育局"));
}

#[test]
fn fields_of_items_and_notices() {
    let (dir, project) = project();
    let prepared = all(&project);
    let mut editing = Editing::new(&project, false);
    let one = find(&project, &prepared, "1").unwrap();
    let words = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let value =
        |at: &str, typed: &[&str]| value_of("content/p/items.yaml", &path(at), &words(typed));
    assert_eq!(value("deadline", &["2025-09"]), Value::Prose("2025-09".into()));
    let both = Value::List(vec![Value::Text("甲".into()), Value::Text("乙".into())]);
    assert_eq!(value("units", &["甲、乙"]), both);
    assert_eq!(value("leads", &["甲", "乙"]), both);
    let wording = value_of("content/p/notice.yaml", &path("recipients"), &words(&["甲、乙"]));
    assert_eq!(wording, Value::List(vec![Value::Text("甲、乙".into())]));
    editing.set(&one, &path("deadline"), Value::Prose("2025-09".into())).unwrap();
    editing.set(&one, &path("order"), Value::Prose("1".into())).unwrap();
    editing.remove(&one, &path("own.0")).unwrap();
    let items = written(dir.path(), editing);
    assert_eq!(
        items,
        ITEMS
            .replace("发展\n  text: 建", "发展\n  order: 1\n  text: 建")
            .replace("  own:\n    - {unit: 区科技局, task: 验收}\n", "  deadline: 2025-09\n")
    );
}

#[test]
fn sections_attachments_and_rows() {
    let (dir, project) = project();
    let prepared = all(&project);
    let mut editing = Editing::new(&project, false);
    let notice = find(&project, &prepared, "p").unwrap();
    let section = Value::Map(vec![("heading".into(), Value::Text("强化保障".into()))]);
    editing.insert(&notice, &path("issued.sections"), None, section).unwrap();
    editing.shift(&notice, &path("issued.sections"), 2, 0).unwrap();
    let row = Value::List(vec![Value::Text("医院".into()), Value::Text("区教育局".into())]);
    editing.insert(&notice, &path("attachments.0.rows"), Some(1), row).unwrap();
    editing.remove(&notice, &path("attachments.0.rows.0")).unwrap();
    editing.set(&notice, &path("letter"), Value::Prose("现印发给你们。".into())).unwrap();
    apply(dir.path(), &editing.finish()).unwrap();
    let text = fs::read_to_string(dir.path().join("content/p/notice.yaml")).unwrap();
    assert_eq!(
        text,
        NOTICE
            .replace("    - id: 发展", "    - {heading: 强化保障}\n    - id: 发展")
            .replace("- [学校, 区科技局]", "- [医院, 区教育局]")
            .replace("由区科技局牵头。", "现印发给你们。")
    );
    assert_eq!(errors(dir.path()), [""; 0]);
}

#[test]
fn items_come_go_and_move() {
    let (dir, project) = project();
    let prepared = all(&project);
    let mut editing = Editing::new(&project, false);
    let new = |section: Option<&str>, position| NewItem {
        section: section.map(str::to_owned),
        fields: item("修路。"),
        position,
    };
    editing.add_item("p", new(Some("加快发展"), Position::Last)).unwrap();
    let items = written(dir.path(), editing);
    assert_eq!(items, ITEMS.replace("*both\n", "*both\n- section: 发展\n  text: 修路。\n"));

    fs::write(dir.path().join("content/p/items.yaml"), ITEMS).unwrap();
    let mut editing = Editing::new(&project, false);
    let second = find(&project, &prepared, "2").unwrap();
    editing.add_item("p", new(None, Position::Before(second.clone()))).unwrap();
    let items = written(dir.path(), editing);
    assert_eq!(
        items,
        ITEMS.replace(
            "- section: 发展\n  text: 办",
            "- section: 发展\n  text: 修路。\n- section: 发展\n  text: 办"
        )
    );

    fs::write(dir.path().join("content/p/items.yaml"), ITEMS).unwrap();
    let mut editing = Editing::new(&project, false);
    let third = find(&project, &prepared, "3").unwrap();
    editing.move_item(&second, &Position::After(third.clone())).unwrap();
    let items = written(dir.path(), editing);
    let without = ITEMS.replace("- section: 发展\n  text: 办比赛。\n  units: *both\n", "");
    assert_eq!(items, format!("{without}- section: 改善民生\n  text: 办比赛。\n  units: *both\n"));

    fs::write(dir.path().join("content/p/items.yaml"), ITEMS).unwrap();
    let mut editing = Editing::new(&project, false);
    editing.remove_item(&second).unwrap();
    assert_eq!(written(dir.path(), editing), without);

    let mut editing = Editing::new(&project, false);
    let wrong = editing.add_item("p", new(Some("改善民主"), Position::Last)).unwrap_err();
    assert_eq!(wrong.iter().next().unwrap().code, "edit-section");
}

#[test]
fn the_first_item_of_a_section_makes_a_file() {
    let (dir, _) = project();
    fs::write(
        dir.path().join("content/p/items.yaml"),
        "section: 发展\ntext: 一条。\nunits: 区科技局\n",
    )
    .unwrap();
    let project = load(dir.path()).unwrap();
    let mut editing = Editing::new(&project, false);
    let mut fields = item("建学校。");
    fields.push(("units".into(), Value::List(vec![Value::Text("区教育局".into())])));
    let new = NewItem { section: Some("改善民生".into()), fields, position: Position::Last };
    editing.add_item("p", new).unwrap();
    let files = editing.finish();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].path, "content/p/02.yaml");
    let text = files[0].after.clone().unwrap();
    assert_eq!(text, "section: 改善民生\nitems:\n  - text: 建学校。\n    units: [区教育局]\n");
    let changed = [(files[0].path.clone(), text)].into();
    let project = load_changed(dir.path(), &changed).unwrap();
    assert_eq!(project.publications[0].items.len(), 2, "seen before it is written");
}

#[test]
fn ids_for_those_that_have_none() {
    let (dir, project) = project();
    let mut editing = Editing::new(&project, false);
    assert_eq!(editing.give_ids("p").unwrap(), 3);
    let items = written(dir.path(), editing);
    assert_eq!(items.matches("\n  id: t00").count(), 3, "{items}");
    assert!(items.starts_with("# 第一部分\n- section: 发展\n  id: t001\n  text: 建"), "{items}");
    assert_eq!(errors(dir.path()), [""; 0]);
    let project = load(dir.path()).unwrap();
    let mut editing = Editing::new(&project, false);
    assert_eq!(editing.give_ids("p").unwrap(), 0);
    assert!(editing.finish().is_empty());
    fs::write(dir.path().join("content/p/items.yaml"), items.replace("t002", "t003")).unwrap();
    assert!(errors(dir.path())[0].starts_with("item-id-twice"));
}

#[test]
fn what_a_unit_reported() {
    let (dir, project) = project();
    let mut editing = Editing::new(&project, false);
    let text = |text: &str| Value::Text(text.to_owned());
    let head = [("unit".to_owned(), text("区科技局")), ("period".to_owned(), text("2025-06"))];
    let file = "content/p/progress/2025-06/区科技局.yaml";
    let state = |state: &str| {
        vec![
            ("state".to_owned(), text(state)),
            ("progress".to_owned(), Value::Prose("已完成8成。".into())),
        ]
    };
    editing.set_progress(file, &head, "t001", &state("正常推进")).unwrap();
    editing.set_progress(file, &head, "t002", &state("已完成")).unwrap();
    editing.set_progress(file, &head, "t001", &[("state".to_owned(), text("进度滞后"))]).unwrap();
    let files = editing.finish();
    assert_eq!(
        files[0].after.as_deref().unwrap(),
        "unit: 区科技局\nperiod: 2025-06\nentries:\n  - {item: t001, state: 进度滞后, progress: 已完成8成。}\n  - {item: t002, state: 已完成, progress: 已完成8成。}\n"
    );
    apply(dir.path(), &files).unwrap();
}
