//! The pinned corpus: projects made from the sample in content/, the same ones every time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use walkdir::WalkDir;

use super::Fallible;
use super::place::Place;
use super::process::{self, Taken};

/// The sample's publication.
pub(super) const PUBLICATION: &str = "2025-yaodian";

/// Nothing but a word of one item is changed, as a clerk would.
const ITEM: (&str, &str) = ("着力破解基站", "着力解决基站");
const ITEM_FILE: &str = "content/2025-yaodian/items/01-jichusheshi.yaml";
/// A unit is called another name, wherever it stands.
const UNIT: (&str, &str) = ("区大数据中心", "区数字中心");
/// The project's own words at the foot of every sheet.
const TEMPLATE_FILE: &str = "templates/typst/sheet.typ";
const TEMPLATE: [&str; 2] = ["进展请如实填写。", "进展请按时填写。"];

/// A project in a folder of its own.
pub(super) struct Project {
    pub(super) root: PathBuf,
}

impl Project {
    /// The sample's notice as it is.
    pub(super) fn sample(place: &Place, name: &str) -> Fallible<Self> {
        let project = Self { root: place.folder.join(name) };
        let source = Path::new(env!("CARGO_MANIFEST_DIR"));
        let content = project.root.join("content");
        copy(&source.join("content").join(PUBLICATION), &content.join(PUBLICATION))?;
        fs::copy(source.join("content/units.yaml"), content.join("units.yaml"))?;
        fs::copy(source.join("yinfa.yaml"), project.root.join("yinfa.yaml"))?;
        Ok(project)
    }

    /// So many publications of the sample's size: other numbers, and a few other words in every
    /// item, so that no paragraph is the same in two of them.
    pub(super) fn of_publications(place: &Place, name: &str, count: usize) -> Fallible<Self> {
        let project = Self::sample(place, name)?;
        let content = project.root.join("content");
        let first = content.join(PUBLICATION);
        for number in 1..=count {
            let folder = content.join(format!("{PUBLICATION}-{number:03}"));
            copy(&first, &folder)?;
            edit(&folder.join("notice.yaml"), |text| {
                text.replace("serial: 3}", &format!("serial: {}}}", 100 + number))
            })?;
            for file in items(&folder)? {
                edit(&file, |text| marked(text, number))?;
            }
        }
        fs::remove_dir_all(first)?;
        Ok(project)
    }

    /// One publication with so many times the sample's items.
    pub(super) fn of_items(place: &Place, name: &str, times: usize) -> Fallible<Self> {
        const START: &str = "items:\n";
        let project = Self::sample(place, name)?;
        for file in items(&project.root.join("content").join(PUBLICATION))? {
            edit(&file, |text| {
                let Some((head, list)) = text.split_once(START) else { return text.to_string() };
                let lists = (1..=times).map(|number| marked(list, number));
                format!("{head}{START}{}", lists.collect::<Vec<_>>().join("\n"))
            })?;
        }
        Ok(project)
    }

    /// `yinfa build` here, with further arguments.
    pub(super) fn build(&self, place: &Place, arguments: &[&str]) -> Command {
        let mut command = place.command(Path::new(env!("CARGO_BIN_EXE_yinfa")));
        command.current_dir(&self.root).args(["build", "--quiet"]).args(arguments);
        // The formats that earlier versions made are compared.
        if !arguments.contains(&"--format") {
            command.args(["--format", "html,pdf"]);
        }
        command
    }

    pub(super) fn run(&self, place: &Place) -> Fallible<Taken> {
        process::run(&mut self.build(place, &[]))
    }

    pub(super) fn output(&self) -> PathBuf {
        self.root.join("output").join(PUBLICATION)
    }

    /// Nothing is there of an earlier build.
    pub(super) fn clear(&self) -> Fallible<()> {
        for folder in ["output", ".yinfa"] {
            let folder = self.root.join(folder);
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        Ok(())
    }

    /// Changes a word of one item, or changes it back.
    pub(super) fn edit_item(&self) -> Fallible<()> {
        edit(&self.root.join(ITEM_FILE), |text| swapped(text, ITEM))
    }

    /// Renames one unit, or gives it its name back.
    pub(super) fn rename_unit(&self) -> Fallible<()> {
        for file in yaml(&self.root.join("content")) {
            let text = fs::read_to_string(&file)?;
            let new = swapped(&text, UNIT);
            if new != text {
                fs::write(&file, new)?;
            }
        }
        Ok(())
    }

    /// Changes the project's template of the sheets, making it first.
    pub(super) fn edit_template(&self) -> Fallible<()> {
        let file = self.root.join(TEMPLATE_FILE);
        let folder = file.parent().ok_or("a template stands in a folder")?;
        fs::create_dir_all(folder)?;
        let there = fs::read_to_string(&file).unwrap_or_default();
        let words = TEMPLATE[usize::from(there.contains(TEMPLATE[0]))];
        let text = format!(
            "{{% extends \"yinfa/typst/sheet.typ\" %}}\n\
             {{% block reporting %}}{{{{ super() }}}}\n{words}\n{{% endblock reporting %}}\n"
        );
        Ok(fs::write(file, text)?)
    }
}

fn swapped(text: &str, (one, other): (&str, &str)) -> String {
    if text.contains(one) { text.replace(one, other) } else { text.replace(other, one) }
}

/// Says in the first line of every item which one of many it is.
fn marked(text: &str, number: usize) -> String {
    let mut marked = String::with_capacity(text.len());
    let mut in_text = false;
    for line in text.lines() {
        let (indent, words) = line.split_at(line.len() - line.trim_start().len());
        if in_text && !words.is_empty() {
            marked.push_str(&format!("{indent}按第{number}批任务，{words}\n"));
            in_text = false;
        } else {
            marked.push_str(line);
            marked.push('\n');
            in_text = line.starts_with("  - text: |");
        }
    }
    marked
}

fn items(publication: &Path) -> Fallible<Vec<PathBuf>> {
    let files = yaml(&publication.join("items"));
    if files.is_empty() { Err("the sample has no items".into()) } else { Ok(files) }
}

fn yaml(folder: &Path) -> Vec<PathBuf> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.map(walkdir::DirEntry::into_path);
    files.filter(|file| file.extension().is_some_and(|extension| extension == "yaml")).collect()
}

/// A change that changes nothing would measure something else.
fn edit(file: &Path, change: impl FnOnce(&str) -> String) -> Fallible<()> {
    let text = fs::read_to_string(file)?;
    let new = change(&text);
    if new == text {
        return Err(format!("{}: nothing to change there any more", file.display()).into());
    }
    Ok(fs::write(file, new)?)
}

fn copy(from: &Path, to: &Path) -> Fallible<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
