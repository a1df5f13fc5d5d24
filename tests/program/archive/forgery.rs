//! Forgeries: a field is changed, every manifest and the list are written anew, so that no digest
//! shows it, and `verify` finds it. The fields are taken from the files themselves: none is left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use yinfa::archive::metadata::Metadata;
use yinfa::archive::verify::verify_bag;

use super::{CODE, bag, copy, project, seal, seal_with_list};
use crate::support::{Project, is_long};

/// A package whose metadata have every element: the second version of a document with all records,
/// with an original, a draft and an approval sheet.
fn full() -> Project {
    let more = "\
copies: [区委办, 区人大办]
urgency: 特急
signatory: 王某
process:
  drafted: {who: 甲, when: 2025-02-01}
  reviewed: {who: 乙, when: 2025-02-02}
  countersigned: {who: 丙, when: 2025-02-03}
  signed: {who: 丁, when: 2025-03-06}
published: 2025-03-07 17:16
printed: 2025-03-07
printed_by: 云溪区发改局办公室
publisher: 区发改局
";
    let disclosure =
        "disclosure: {access: 主动公开, index: X-1, topic: 综合, keywords: [要点, 任务]}";
    let project = project()
        .add("content/p/notice.yaml", more)
        .change("content/p/notice.yaml", "disclosure: {access: 主动公开}", disclosure)
        .file("draft.txt", "定稿")
        .file("sheet.tif", b"II*\0\0\0");
    project.build(&[]).fine();
    project.en(&["archive", "p"]).fine();
    super::stamped(&project, "output/p/public/notice.pdf", &project);
    let enclosed = ["--original", "sealed.pdf", "--final-draft", "draft.txt"];
    let args = [&["archive", "p"], &enclosed[..], &["--approval-sheet", "sheet.tif"]].concat();
    project.en(&args).fine();
    project
}

/// A step into a value.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Key(String),
    Place(usize),
}

/// One change of a value.
#[derive(Debug, Clone, PartialEq)]
enum Change {
    /// Another value of the same kind.
    Other,
    /// It is gone.
    Gone,
    /// A list has its last element once more.
    Longer,
}

/// Every change of every field of a value, by construction.
fn changes(value: &Value, path: &mut Vec<Step>, all: &mut Vec<(Vec<Step>, Change)>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                path.push(Step::Key(key.clone()));
                all.push((path.clone(), Change::Gone));
                changes(inner, path, all);
                path.pop();
            }
        }
        Value::Array(list) => {
            all.push((path.clone(), Change::Longer));
            for (place, inner) in list.iter().enumerate() {
                path.push(Step::Place(place));
                all.push((path.clone(), Change::Gone));
                changes(inner, path, all);
                path.pop();
            }
        }
        _ => all.push((path.clone(), Change::Other)),
    }
}

fn shown(path: &[Step], change: &Change) -> String {
    let steps: Vec<String> = path
        .iter()
        .map(|step| match step {
            Step::Key(key) => key.clone(),
            Step::Place(place) => place.to_string(),
        })
        .collect();
    format!("{} {change:?}", steps.join("/"))
}

fn inside<'v>(value: &'v mut Value, path: &[Step]) -> &'v mut Value {
    path.iter().fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key).unwrap(),
        Step::Place(place) => value.get_mut(place).unwrap(),
    })
}

/// A value with one change.
fn changed(value: &Value, path: &[Step], change: &Change) -> Value {
    let mut value = value.clone();
    match change {
        Change::Other => {
            let at = inside(&mut value, path);
            *at = match &*at {
                Value::String(text) => other_text(text).into(),
                Value::Number(number) => (number.as_u64().unwrap() + 1).into(),
                Value::Bool(yes) => (!yes).into(),
                _ => "x".into(),
            };
        }
        Change::Gone => {
            let (last, above) = path.split_last().unwrap();
            match (inside(&mut value, above), last) {
                (Value::Object(map), Step::Key(key)) => drop(map.shift_remove(key)),
                (Value::Array(list), Step::Place(place)) => drop(list.remove(*place)),
                other => unreachable!("{other:?}"),
            }
        }
        Change::Longer => {
            let list = inside(&mut value, path).as_array_mut().unwrap();
            let last = list.last().cloned().unwrap_or("x".into());
            list.push(last);
        }
    }
    value
}

/// Another text of the same form: dates, digests and numbers stay such.
fn other_text(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for c in chars.iter_mut().rev() {
        let other = match c {
            '0'..='8' => char::from(*c as u8 + 1),
            '9' => '8',
            'a'..='e' => char::from(*c as u8 + 1),
            _ => continue,
        };
        *c = other;
        return chars.into_iter().collect();
    }
    format!("伪{text}")
}

/// How forgeries of one kind came out.
#[derive(Default)]
struct Tally {
    tried: usize,
    missed: Vec<String>,
}

impl Tally {
    fn add(&mut self, name: String, folder: &Path) {
        self.tried += 1;
        if verify_bag(folder).is_good() {
            self.missed.push(name);
        }
    }

    /// How many were tried; all must have been found.
    fn end(self, kind: &str, least: usize) -> usize {
        assert!(self.missed.is_empty(), "{kind}: not found: {:#?}", self.missed);
        assert!(self.tried >= least, "{kind}: only {}", self.tried);
        self.tried
    }
}

/// Of each element, whatever its place in a list, the change to another value, or else the first.
fn one_of_each(all: Vec<(Vec<Step>, Change)>) -> Vec<(Vec<Step>, Change)> {
    let mut seen = BTreeSet::new();
    let (values, rest): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(_, change)| *change == Change::Other);
    let keys = |path: &[Step]| -> Vec<String> {
        let keys = path.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.clone()),
            Step::Place(_) => None,
        });
        keys.collect()
    };
    values.into_iter().chain(rest).filter(|(path, _)| seen.insert(keys(path))).collect()
}

/// Every so many-th of a list in the usual run, all of it in the long one.
fn some<T>(all: Vec<T>, most: usize) -> impl Iterator<Item = T> {
    let step = if is_long() { 1 } else { all.len().div_ceil(most).max(1) };
    all.into_iter().step_by(step)
}

#[test]
fn every_forged_field_is_found() {
    let project = full();
    let folder = project.path(&format!("{}_v2", bag()));
    assert!(verify_bag(&folder).is_good(), "{:#?}", verify_bag(&folder));
    let document = folder.join(format!("data/电子档案/2025/{CODE}"));
    let most = 8;
    let mut total = 0;

    // The metadata, in XML and JSON alike.
    let (xml, json) = (document.join("元数据.xml"), document.join("元数据.json"));
    let text = fs::read_to_string(&json).unwrap();
    let metadata: Value = serde_json::from_str(&text).unwrap();
    every_element_is_there(&metadata);
    let mut all = Vec::new();
    changes(&metadata, &mut Vec::new(), &mut all);
    let mut tally = Tally::default();
    let before = (fs::read(&xml).unwrap(), fs::read(&json).unwrap());
    for (path, change) in if is_long() { all } else { one_of_each(all) } {
        let value = changed(&metadata, &path, &change);
        // What is no metadata any more is found by whoever reads them.
        let Ok(forged) = serde_json::from_value::<Metadata>(value) else { continue };
        fs::write(&xml, forged.to_xml().unwrap()).unwrap();
        fs::write(&json, serde_json::to_string_pretty(&forged).unwrap() + "\n").unwrap();
        seal_with_list(&folder);
        tally.add(shown(&path, &change), &folder);
    }
    fs::write(&xml, before.0).unwrap();
    fs::write(&json, before.1).unwrap();
    total += tally.end("metadata", if is_long() { 200 } else { 50 });

    // The same in one of the two only, and words that are no values.
    let mut tally = Tally::default();
    for (file, from, to) in [
        (&xml, "</电子文件元数据>", "<!-- 已公开 --></电子文件元数据>"),
        (&xml, "<题名>", "<题名 真=\"是\">"),
        (&xml, "encoding=\"UTF-8\"?>", "encoding=\"UTF-8\"?>\n<!-- 复制件 -->"),
        (&xml, "特急", "加急"),
        (&json, "特急", "加急"),
        (&json, "{\n", "{\n\n"),
    ] {
        forge_text(&folder, file, from, to, &mut tally);
    }
    total += tally.end("one of the two", 6);

    // The labels: each changed, each gone, one more, two in another order.
    let info = folder.join("bag-info.txt");
    let text = fs::read_to_string(&info).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut tally = Tally::default();
    let mut forge = |name: String, lines: Vec<String>| {
        fs::write(&info, lines.join("\n") + "\n").unwrap();
        seal(&folder);
        tally.add(name, &folder);
    };
    for (place, line) in some(lines.iter().enumerate().collect::<Vec<_>>(), most) {
        let with = |new: Option<String>| -> Vec<String> {
            let mut lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            match new {
                Some(new) => lines[place] = new,
                None => drop(lines.remove(place)),
            }
            lines
        };
        // Sealing writes this one as it is.
        if !line.starts_with("Payload-Oxum") {
            let (label, value) = line.split_once(": ").unwrap();
            forge(line.to_string(), with(Some(format!("{label}: {}", other_text(value)))));
        }
        forge(format!("{line} gone"), with(None));
    }
    for label in
        ["Contact-Name: 甲", "Internal-Sender-Description: x", "BagIt-Profile-Identifier: x"]
    {
        let more = lines.iter().map(ToString::to_string).chain([label.to_string()]);
        forge(label.into(), more.collect());
    }
    let mut swapped: Vec<String> = lines.iter().map(ToString::to_string).collect();
    swapped.swap(0, 1);
    forge("swapped".into(), swapped);
    fs::write(&info, &text).unwrap();
    seal(&folder);
    total += tally.end("labels", if is_long() { 25 } else { 8 });

    // The note, line by line.
    let note = folder.join("data/说明文件.TXT");
    let text = fs::read_to_string(&note).unwrap();
    let mut tally = Tally::default();
    for line in some(text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(), most) {
        forge_text(
            &folder,
            &note,
            &format!("{line}\n"),
            &format!("{}\n", other_text(line)),
            &mut tally,
        );
        forge_text(&folder, &note, &format!("{line}\n"), "", &mut tally);
    }
    total += tally.end("note", 6);

    // Measure, manifest of the build, list of files.
    for (file, least) in [("data/其他/版面测量.json", 6), ("data/其他/manifest.json", 6)] {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let mut all = Vec::new();
        changes(&value, &mut Vec::new(), &mut all);
        let mut tally = Tally::default();
        for (at, change) in some(all, most) {
            let forged = changed(&value, &at, &change);
            fs::write(&path, serde_json::to_string_pretty(&forged).unwrap() + "\n").unwrap();
            seal_with_list(&folder);
            tally.add(shown(&at, &change), &folder);
        }
        fs::remove_file(&path).unwrap();
        seal(&folder);
        tally.add("gone".into(), &folder);
        fs::write(&path, text).unwrap();
        total += tally.end(file, least);
    }
    seal_with_list(&folder);
    let list = folder.join("data/文件目录.XML");
    let text = fs::read_to_string(&list).unwrap();
    let mut tally = Tally::default();
    for line in some(text.lines().filter(|line| line.contains("</")).collect::<Vec<_>>(), most) {
        let Some((tag, rest)) = line.trim().trim_start_matches('<').split_once('>') else {
            continue;
        };
        let Some((value, _)) = rest.split_once('<') else { continue };
        let other = line.replace(&format!(">{value}<"), &format!(">{}<", other_text(value)));
        fs::write(&list, text.replacen(line, &other, 1)).unwrap();
        seal(&folder);
        tally.add(format!("{tag}: {value}"), &folder);
    }
    fs::write(&list, &text).unwrap();
    seal(&folder);
    total += tally.end("list", 6);
    assert!(verify_bag(&folder).is_good(), "as it was");
    println!("{total} forgeries, all found");
}

/// Every element of the metadata's form stands in them, so that each is forged.
fn every_element_is_there(metadata: &Value) {
    fn keys(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, inner)| {
                found.insert(key.clone());
                keys(inner, found);
            }),
            Value::Array(list) => list.iter().for_each(|inner| keys(inner, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    keys(metadata, &mut found);
    let source = include_str!("../../../src/archive/metadata.rs");
    let wanted: BTreeSet<String> = source
        .split("rename = \"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_string())
        // Only where the original is not enclosed.
        .filter(|name| name != "说明")
        .collect();
    assert!(wanted.len() > 40, "{wanted:?}");
    assert_eq!(wanted.difference(&found).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// Forges some words of a file, and puts them right again.
fn forge_text(folder: &Path, file: &Path, from: &str, to: &str, tally: &mut Tally) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
    seal_with_list(folder);
    tally.add(format!("{} → {}", from.trim(), to.trim()), folder);
    fs::write(file, text).unwrap();
    seal_with_list(folder);
}

/// A value that is changed in all places that say it: records, files and manifest are not among them.
#[test]
fn what_is_forged_everywhere_is_found_by_the_records() {
    let project = full();
    let whole = project.path(&format!("{}_v2", bag()));
    let document = format!("data/电子档案/2025/{CODE}");
    let files = ["元数据.xml", "元数据.json"].map(|name| format!("{document}/{name}"));
    let files = files.iter().map(String::as_str).chain(["bag-info.txt", "data/说明文件.TXT"]);
    let files: Vec<&str> = files.collect();
    let forgeries = [
        ("丁", "戊"),
        ("2025-02-03", "2025-02-13"),
        ("云溪区发改局办公室", "云溪区政府办公室"),
        ("主动公开", "不予公开"),
        ("X-1", "X-2"),
        ("综合", "农业"),
        ("要点</主题词>", "工作</主题词>"),
        ("特急", "加急"),
        ("区人大办", "区政协办"),
        ("各镇街", "各部门"),
        ("云溪区发改局", "云溪区教育局"),
        ("会签", "审核"),
        ("yinfa-", "yinfa-0"),
        ("通知</文种>", "通报</文种>"),
        ("2025-03-07", "2025-03-08"),
        ("王某", "李某"),
    ];
    let mut tally = Tally::default();
    for (place, (from, to)) in forgeries.iter().enumerate() {
        let folder = project.path(&format!("copies/{place}/{CODE}_v2"));
        copy(&whole, &folder);
        for file in &files {
            let path = folder.join(file);
            let text = fs::read_to_string(&path).unwrap();
            let forged = text.replace(from, to);
            // A mark of XML stands for a string of JSON.
            let (value, other) = (from.split('<').next().unwrap(), to.split('<').next().unwrap());
            let json = forged.replace(&format!("\"{value}\""), &format!("\"{other}\""));
            fs::write(&path, if file.ends_with("json") { json } else { forged }).unwrap();
        }
        seal_with_list(&folder);
        let report = verify_bag(&folder);
        let found = report.check("metadata-agree").unwrap();
        assert!(!found.findings.is_empty(), "{from} → {to}: {report:#?}");
        tally.add(format!("{from} → {to}"), &folder);
    }
    tally.end("everywhere", forgeries.len());
}

/// What BagIt allows beside a package's own files, and other ways in from outside.
#[test]
fn what_does_not_belong_is_found_although_the_manifests_list_it() {
    let project = full();
    let whole = project.path(&format!("{}_v2", bag()));
    let mut tally = Tally::default();
    let mut forge = |name: &str, check: &str, change: &dyn Fn(&Path)| {
        let folder = project.path(&format!("copies/{name}/{CODE}_v2"));
        copy(&whole, &folder);
        change(&folder);
        let outcome = verify_bag(&folder).check(check).unwrap().clone();
        assert!(!outcome.findings.is_empty(), "{name}: {outcome:?}");
        tally.add(name.into(), &folder);
    };
    forge("fetch", "files-listed", &|bag| {
        fs::write(bag.join("fetch.txt"), "https://example.org/x 3 data/其他/x\n").unwrap();
        seal(bag);
    });
    forge("tag-file", "files-listed", &|bag| {
        fs::write(bag.join("readme.txt"), "x").unwrap();
        seal(bag);
    });
    forge("manifest-md5", "files-listed", &|bag| {
        fs::write(bag.join("manifest-md5.txt"), "").unwrap();
        seal(bag);
    });
    forge("tagmanifest-sha1", "files-listed", &|bag| {
        fs::write(bag.join("tagmanifest-sha1.txt"), "").unwrap();
    });
    forge("folder", "files-listed", &|bag| {
        fs::create_dir(bag.join("metadata")).unwrap();
        fs::write(bag.join("metadata/x.xml"), "<x/>").unwrap();
        seal(bag);
    });
    forge("other", "components", &|bag| {
        fs::write(bag.join("data/其他/批示.txt"), "x").unwrap();
        seal(bag);
    });
    forge("source", "origin-agrees", &|bag| {
        fs::write(bag.join("data/其他/源文件/content/p/more.yaml"), "[]").unwrap();
        seal(bag);
    });
    forge("second-original", "metadata-agree", &|bag| {
        let document = bag.join(format!("data/电子档案/2025/{CODE}"));
        fs::write(document.join("正本.png"), b"\x89PNG\r\n\x1a\n").unwrap();
        seal(bag);
    });
    #[cfg(unix)]
    forge("hard-link", "plain-files", &|bag| {
        fs::hard_link(bag.join("data/说明文件.TXT"), bag.join("../outside.txt")).unwrap();
    });
    tally.end("added", 8);
}

/// Records that cannot be read any more prove nothing: that is not the same as nothing wrong.
#[test]
fn metadata_that_no_record_gives_are_not_proven() {
    let project = full();
    let folder = project.path(&format!("{}_v2", bag()));
    let sources = folder.join("data/其他/源文件");
    let notice = sources.join("content/p/notice.yaml");
    let text = fs::read_to_string(&notice).unwrap();
    fs::write(&notice, text + "nonsense: [\n").unwrap();
    seal_with_list(&folder);
    let report = verify_bag(&folder);
    assert!(
        report.check("metadata-agree").unwrap().outcome.name().get(base::diag::Lang::En)
            == "not proven",
        "{report:#?}"
    );
    assert!(!report.is_good());
}
