//! What was measured, as text: the rows, what follows from them, and whether the goals are met.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::instead::SHEETS;
use super::machine;
use super::place::Place;
use super::process::{TIMES, Taken};
use super::table::table;
use super::{sample, scale};

/// Rows that were taken by turns.
pub(super) struct Group {
    title: &'static str,
    synced: bool,
    pub(super) rows: Vec<Row>,
    /// How many files a row writes, where that says more than the row.
    pub(super) files: BTreeMap<String, usize>,
    pub(super) notes: Vec<String>,
}

pub(super) struct Row {
    name: String,
    taken: Vec<Taken>,
    /// Why nothing was taken.
    skipped: Option<String>,
}

impl Row {
    pub(super) fn skipped(name: &str, reason: String) -> Self {
        Self { name: name.into(), taken: Vec::new(), skipped: Some(reason) }
    }

    fn wall(&self) -> f64 {
        median(self.taken.iter().map(|taken| taken.wall.as_secs_f64()).collect())
    }

    fn peak(&self) -> f64 {
        median(self.taken.iter().map(|taken| taken.peak as f64 / 1e6).collect())
    }

    fn cells(&self, files: Option<usize>) -> Vec<String> {
        if let Some(reason) = &self.skipped {
            return vec![format!("{} — skipped: {reason}", self.name)];
        }
        let of = |what: fn(&Taken) -> Duration| {
            let all = self.taken.iter().map(|taken| what(taken).as_secs_f64());
            all.collect::<Vec<f64>>()
        };
        let wall = of(|taken| taken.wall);
        let least = wall.iter().copied().fold(f64::INFINITY, f64::min);
        let most = wall.iter().copied().fold(0.0, f64::max);
        let mut cells = vec![
            self.name.clone(),
            format!("{:.3}", median(wall)),
            format!("{least:.3}–{most:.3}"),
            format!("{:.3}", median(of(|taken| taken.cpu))),
            format!("{:.0}", self.peak()),
        ];
        if let Some(files) = files {
            cells.push(files.to_string());
            cells.push(format!("{:.2}", 1000.0 * self.wall() / files as f64));
        }
        cells
    }
}

impl Group {
    pub(super) fn new(title: &'static str, place: &Place, rows: Vec<(String, Vec<Taken>)>) -> Self {
        let rows = rows.into_iter().map(|(name, taken)| Row { name, taken, skipped: None });
        let (files, notes) = (BTreeMap::new(), Vec::new());
        Self { title, synced: place.synced, rows: rows.collect(), files, notes }
    }

    fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name && !row.taken.is_empty())
    }

    fn text(&self) -> String {
        let synced = if self.synced { "synced" } else { "not synced" };
        let mut head = vec!["row", "seconds", "from–to", "CPU s", "peak MB"];
        if !self.files.is_empty() {
            head.extend(["files", "ms a file"]);
        }
        let rows = self.rows.iter().map(|row| row.cells(self.files.get(&row.name).copied()));
        let mut text = format!("## {}, {synced}\n\n", self.title);
        text += &table(&head, &rows.collect::<Vec<_>>());
        text.push('\n');
        for note in &self.notes {
            text += &format!("{note}\n\n");
        }
        if let (Some(one), Some(ten)) = (self.row(scale::ITEMS[0].1), self.row(scale::ITEMS[1].1)) {
            let exponent = (ten.wall() / one.wall()).log10();
            text += &format!(
                "10 times the items take {:.1} times as long: exponent {exponent:.2}.\n\n",
                ten.wall() / one.wall()
            );
        }
        let of_edit = [sample::ITEM, sample::LIBRARY_ITEM, sample::COLD].map(|name| self.row(name));
        if let [Some(ours), Some(library), Some(cold)] = of_edit {
            text += &format!(
                "An edited item takes {:.2} times as long as the bare library takes for the documents that it changes; that alone is {:.2} of a cold build.\n\n",
                ours.wall() / library.wall(),
                library.wall() / cold.wall()
            );
        }
        if let Some(ours) = self.row(SHEETS) {
            let others = self.rows.iter().filter(|row| row.name.contains("sheets"));
            for other in others.filter(|row| row.name != SHEETS && !row.taken.is_empty()) {
                let times = other.wall() / ours.wall();
                text += &format!("{}: {times:.0} times as long as yinfa.\n\n", other.name);
            }
        }
        text
    }
}

/// All that was measured.
pub(super) struct Report {
    runs: usize,
    folder: PathBuf,
    /// The places with how they sync.
    places: Vec<(&'static str, String)>,
    pub(super) groups: Vec<Group>,
}

/// A goal: what it is about, what it asks, what it is by the figures of a place.
struct Goal {
    what: &'static str,
    asked: &'static str,
    found: fn(&[Row]) -> Option<(String, bool)>,
}

const GOALS: [Goal; 7] = [
    Goal {
        what: "cold build, against the typst command one by one",
        asked: "at least 12 times faster",
        found: |rows| ratio(rows, sample::ONE_BY_ONE, sample::COLD, |r| r >= 12.0),
    },
    Goal {
        what: "cold build, against the bare library",
        asked: "at most 1.5 times as long",
        found: |rows| ratio(rows, sample::COLD, sample::LIBRARY, |r| r <= 1.5),
    },
    Goal {
        what: "nothing changed, against the cold build",
        asked: "at most 0.05 times as long",
        found: |rows| ratio(rows, sample::UNCHANGED, sample::COLD, |r| r <= 0.05),
    },
    Goal {
        what: "one item edited, against the cold build",
        asked: "at most 0.25 times as long",
        found: |rows| ratio(rows, sample::ITEM, sample::COLD, |r| r <= 0.25),
    },
    Goal {
        what: "peak memory, the sample",
        asked: "under 200 MB",
        found: |rows| peak(rows, sample::COLD, 200.0),
    },
    Goal {
        what: "peak memory, 100 publications",
        asked: "under 400 MB",
        found: |rows| peak(rows, scale::PUBLICATIONS[2].1, 400.0),
    },
    Goal {
        what: "peak memory, 100 publications, against 10",
        asked: "flat: at most 1.25 times",
        found: |rows| {
            let (ten, hundred) = (scale::PUBLICATIONS[1].1, scale::PUBLICATIONS[2].1);
            let times = find(rows, hundred)?.peak() / find(rows, ten)?.peak();
            Some((format!("{times:.2}"), times <= 1.25))
        },
    },
];

impl Report {
    pub(super) fn new(runs: usize, places: &[Place]) -> Self {
        let folder = places.first().map(|place| place.folder.clone()).unwrap_or_default();
        let places = places.iter().map(|place| (place.name(), place.how.clone())).collect();
        Self { runs, folder, places, groups: Vec::new() }
    }

    pub(super) fn text(&self) -> String {
        let facts = machine::facts(&self.folder);
        let mut text = String::from(
            "# How long builds take\n\n\
             Written by `make bench`, which runs `cargo bench --locked --bench build -- --write\n\
             benches/RESULTS.md`; the code stands in benches/build. ",
        );
        text += &format!(
            "Whole processes, all rows of a table by turns in one run: medians of {} runs, of {} for rows of less than\n\
             a second, which run once more before, so that what is read is in the system's cache. CPU is that of all\n\
             processes of a row. A process's peak counts the fonts that it maps (the system shares these between\n\
             processes).\n\n",
            self.runs,
            self.runs * TIMES
        );
        for (name, fact) in facts {
            text += &format!("- {name}: {fact}\n");
        }
        for (name, how) in &self.places {
            text += &format!("- {name}: {how}\n");
        }
        text += &format!("\n## Goals\n\n{}\n", self.goals());
        self.groups.iter().for_each(|group| text += &group.text());
        text + COMMANDS
    }

    fn goals(&self) -> String {
        let rows_of = |synced: bool| {
            let groups = self.groups.iter().filter(move |group| group.synced == synced);
            groups.map(|group| group.rows.as_slice())
        };
        let rows = GOALS.iter().map(|goal| {
            let found = |synced| rows_of(synced).find_map(|rows| (goal.found)(rows));
            let (synced, without) = (found(true), found(false));
            let met = match &synced {
                Some((_, true)) => "met",
                Some((_, false)) => "**missed**",
                None => "not measured",
            };
            let figure = |found: Option<(String, bool)>| found.map_or("—".into(), |f| f.0);
            vec![
                goal.what.to_string(),
                goal.asked.to_string(),
                figure(synced),
                met.to_string(),
                figure(without),
            ]
        });
        table(&["goal", "asked", "synced", "", "not synced"], &rows.collect::<Vec<_>>())
    }
}

fn find<'a>(rows: &'a [Row], name: &str) -> Option<&'a Row> {
    rows.iter().find(|row| row.name == name && !row.taken.is_empty())
}

fn ratio(rows: &[Row], of: &str, to: &str, is_met: fn(f64) -> bool) -> Option<(String, bool)> {
    let ratio = find(rows, of)?.wall() / find(rows, to)?.wall();
    Some((format!("{ratio:.3}"), is_met(ratio)))
}

fn peak(rows: &[Row], name: &str, limit: f64) -> Option<(String, bool)> {
    let peak = find(rows, name)?.peak();
    Some((format!("{peak:.0} MB"), peak < limit))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() % 2 {
        0 if middle > 0 => f64::midpoint(values[middle - 1], values[middle]),
        _ => values.get(middle).copied().unwrap_or(f64::NAN),
    }
}

const COMMANDS: &str = "\
## Commands

Every row runs one of these in a folder of its own; before a cold row output/ and .yinfa/ are removed.

```sh
yinfa build --quiet                                              # all rows of yinfa but those of the last table
yinfa build --quiet --only sheets --format pdf                   # its sheets
yinfa build --quiet --unit 区数据局 --format pdf                  # its one sheet
typst compile --root . --jobs 1 --font-path FONTS --ignore-system-fonts --ignore-embedded-fonts \\
    --creation-timestamp=SECONDS --pdf-standard a-2a,ua-1 main.typ NAME.pdf       # for each document; FONTS: links to the faces' files
build-bench child library SOURCES OUT THREADS                    # the bare library: benches/build/library.rs
python benches/build/peers/weasyprint_sheets.py HTML OUT
python benches/build/peers/docxtpl_sheets.py sheets.json OUT
python benches/build/peers/rendercv_one.py benches/build/peers/cv.yaml OUT
```
";
