//! How much of real notices is read: precision and recall of items, units and leads, and of the
//! headings and numbers around them, over the texts that are kept outside the repository.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Project, shared};

/// What was counted.
#[derive(Default, Clone)]
struct Score {
    name: String,
    items: usize,
    items_found: usize,
    items_extra: usize,
    units: usize,
    units_found: usize,
    units_given: usize,
    leads_right: usize,
    numbers_right: usize,
    sections_right: usize,
}

/// Letters, digits and Han characters, full-width forms folded.
fn bare(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

fn texts(value: &Value) -> Vec<String> {
    let list = value.as_array();
    list.into_iter().flatten().map(|text| bare(text.as_str().unwrap())).collect()
}

fn expectations() -> Vec<PathBuf> {
    let Some(folder) = shared("corpus") else { return Vec::new() };
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_str().unwrap().ends_with(".expect.json"))
        .collect();
    files.sort();
    files
}

/// The units of an item in every reading that counts as right.
fn readings(item: &Value) -> Vec<Vec<String>> {
    let mut readings = vec![texts(&item["units"])];
    if item["alt_units"].is_array() {
        readings.push(texts(&item["alt_units"]));
    }
    if let Some(split) = item["alt_units_split"].as_object() {
        let parts = |unit: &String| {
            let key = split.keys().find(|key| bare(key) == *unit);
            key.map_or(vec![unit.clone()], |key| texts(&split[key]))
        };
        let more: Vec<Vec<String>> =
            readings.iter().map(|units| units.iter().flat_map(parts).collect()).collect();
        readings.extend(more);
    }
    readings
}

fn score(expectation: &PathBuf) -> Score {
    let truth: Value = serde_json::from_str(&fs::read_to_string(expectation).unwrap()).unwrap();
    let stem = expectation.to_str().unwrap().strip_suffix(".expect.json").unwrap().to_string();
    let bytes = fs::read(format!("{stem}.txt")).unwrap();
    let project = Project::empty().file("a.txt", bytes);
    let run = project.en(&["import", "a.txt", "-o", "content/a"]);
    assert_eq!(run.code, Some(0), "{run}");
    let given = project.en(&["list", "items", "--format", "json"]).json();
    let given: Vec<&Value> =
        given.as_array().unwrap().iter().filter(|item| !texts(&item["units"]).is_empty()).collect();

    let name = stem.rsplit('/').next().unwrap_or_default().to_string();
    let mut score = Score { name, ..Score::default() };
    let mut used = BTreeSet::new();
    for item in truth["items"].as_array().unwrap() {
        score.items += 1;
        let start = bare(item["text_start"].as_str().unwrap());
        let found = (0..given.len()).find(|n| {
            let text: String = bare(given[*n]["text"].as_str().unwrap());
            !used.contains(n) && text.starts_with(&start)
        });
        let readings = readings(item);
        let Some(found) = found else {
            score.units += readings[0].len();
            continue;
        };
        used.insert(found);
        score.items_found += 1;
        let units = texts(&given[found]["units"]);
        let hits = |reading: &Vec<String>| reading.iter().filter(|u| units.contains(u)).count();
        let best = readings.iter().max_by_key(|r| (hits(r), usize::MAX - r.len())).unwrap();
        score.units += best.len();
        score.units_found += hits(best);
        score.units_given += units.len();
        let leads: BTreeSet<String> = texts(&given[found]["leads"]).into_iter().collect();
        let right = [&item["lead"], &item["alt_lead"]]
            .into_iter()
            .filter(|lead| lead.is_array())
            .any(|lead| texts(lead).into_iter().collect::<BTreeSet<_>>() == leads);
        score.leads_right += usize::from(right || (item["lead"].is_null() && leads.is_empty()));
        let number = item["number"].as_str().unwrap_or_default();
        score.numbers_right +=
            usize::from(bare(given[found]["label"].as_str().unwrap()) == bare(number));
        let section = item["section"].as_str().unwrap_or_default();
        let section = section.split(" / ").next().unwrap_or_default();
        let path = given[found]["section"].as_str().unwrap();
        score.sections_right += usize::from(bare(path).starts_with(&bare(section)));
    }
    score.items_extra = given.len() - used.len();
    score
}

impl Score {
    fn add(&mut self, other: &Self) {
        self.items += other.items;
        self.items_found += other.items_found;
        self.items_extra += other.items_extra;
        self.units += other.units;
        self.units_found += other.units_found;
        self.units_given += other.units_given;
        self.leads_right += other.leads_right;
        self.numbers_right += other.numbers_right;
        self.sections_right += other.sections_right;
    }

    fn row(&self) -> String {
        let rate = |part: usize, whole: usize| {
            if whole == 0 {
                "–".to_string()
            } else {
                format!("{:.3}", part as f64 / whole as f64)
            }
        };
        format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            self.name,
            self.items,
            rate(self.items_found, self.items),
            rate(self.items_found, self.items_found + self.items_extra),
            rate(self.units_found, self.units),
            rate(self.units_found, self.units_given),
            rate(self.leads_right, self.items),
            rate(self.numbers_right, self.items),
            rate(self.sections_right, self.items),
        )
    }
}

const HEAD: &str = "\
| notice | items | item recall | item precision | unit recall | unit precision | leads | numbers | sections |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
";

#[test]
fn eight_notices_are_read_as_well_as_the_documentation_says() {
    let scores: Vec<Score> = expectations().iter().map(score).collect();
    if scores.is_empty() {
        return;
    }
    let mut all = Score { name: "all".into(), ..Score::default() };
    scores.iter().for_each(|score| all.add(score));
    let mut table = HEAD.to_string();
    for score in scores.iter().chain([&all]) {
        writeln!(table, "{}", score.row()).unwrap();
    }
    println!("{table}");
    assert!(all.units_found as f64 >= 0.95 * all.units as f64, "{table}");
    assert!(all.units_found as f64 >= 0.97 * all.units_given as f64, "{table}");
    let docs = include_str!("../../docs/import.md");
    assert!(docs.contains(&table), "docs/import.md does not hold the table:\n{table}");
}

/// The characters of a text that can be looked for: runs of letters, digits and Han characters
/// between marks, outside of the brackets that name units.
fn runs(text: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let mut run = String::new();
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c.is_alphanumeric() && depth == 0 {
            run.push(c);
        } else if !c.is_whitespace() || c == '\n' {
            runs.push(std::mem::take(&mut run));
        }
    }
    runs.push(run);
    // A number in front is the label's, and is written as numbering.
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    runs.into_iter()
        .map(|run| run.trim_start_matches(numeral).to_string())
        .filter(|run| run.chars().count() >= 3)
        .collect()
}

#[test]
fn every_character_is_accounted_for() {
    let mut files: Vec<PathBuf> = expectations()
        .iter()
        .map(|path| path.to_str().unwrap().replace(".expect.json", ".txt").into())
        .collect();
    files.extend(shared("seed/notice-2024.txt"));
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let options = import::Options { name: "a.txt", ..Default::default() };
        let imported = import::import(text.as_bytes(), options).unwrap();
        let report = &imported.report;
        let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let left: usize = report
            .boilerplate
            .iter()
            .chain(&report.not_understood)
            .map(|left| visible(&left.words))
            .sum();
        assert_eq!(report.recorded + left, visible(&text), "{}", file.display());

        // What is said to be in records is there.
        let records: String = imported.files.iter().map(|file| file.text.as_str()).collect();
        let records: String = bare(&records);
        let mut rest = text.clone();
        for left in report.boilerplate.iter().chain(&report.not_understood) {
            rest = rest.replacen(&left.words, "\n", 1);
        }
        for run in runs(&rest) {
            let run = bare(&run);
            // A number behind a title has a field of its own.
            let run = run.trim_end_matches("国办发").trim_end_matches("国发");
            // Dates and numbers of documents are written as such.
            if run.contains('年') || run.ends_with('号') {
                continue;
            }
            // So has the organ before it.
            let apart = run.char_indices().any(|(at, _)| {
                at > 0 && records.contains(&run[..at]) && records.contains(&run[at..])
            });
            assert!(apart || records.contains(run), "{run} of {} is in no record", file.display());
        }
    }
}
