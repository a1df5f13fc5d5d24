//! `yinfa fonts`, and finding the fonts of a run.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use clap::ArgMatches;

use super::args::is_json;
use super::environment::Environment;
use super::report::{self, Reporter};
use super::table::table;
use super::{Exit, open};
use base::diag::{Diagnostics, Lang, Text};
use base::text;
use pages::typeset::{FontSettings, Fonts, Role, Standing, system_font_dirs};
use records::content::schema::project::FontsRecord;
use records::content::{self, Project};

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    // Outside a project the built-in chains are shown.
    let in_project = matches.contains_id("root") && matches.get_one::<PathBuf>("root").is_some()
        || content::find_root(&environment.folder).is_some();
    let project = if in_project {
        match open::project(matches, environment, reporter) {
            Ok(project) => Some(project),
            Err(exit) => return exit,
        }
    } else {
        None
    };
    let (fonts, diags) = find(matches, project.as_ref(), environment);
    let roles = fonts.report();
    if is_json(matches) {
        let json = serde_json::to_string_pretty(&roles).unwrap_or_default();
        report::output(&format!("{json}\n"));
    } else {
        let zh = reporter.lang == Lang::Zh;
        let head: &[&str] =
            if zh { &["用途", "字体", "", "文件"] } else { &["role", "face", "", "file"] };
        let mut rows = Vec::new();
        for role in Role::ALL {
            for (place, (face, standing)) in fonts.faces(role).enumerate() {
                let name = if place == 0 { role.style() } else { "" };
                let word = standing_name(standing).get(reporter.lang).to_string();
                let path = face.file().path().display().to_string();
                rows.push(vec![name.to_string(), face.family().to_string(), word, path]);
            }
        }
        report::output(&table(head, &rows));
    }
    reporter.problems(&diags);
    if diags.has_errors() { Exit::Problems } else { Exit::Fine }
}

fn standing_name(standing: Standing) -> Text {
    match standing {
        Standing::Chosen => text!("项目指定", "chosen by the project"),
        Standing::Standard => text!("标准字体", "the standard's"),
        Standing::Free => text!("同类替代", "fallback of the same kind"),
        Standing::Stopgap => text!("勉强替代", "stopgap"),
        Standing::LastResort => text!("仅补缺字", "for rare characters only"),
    }
}

/// The fonts that a run cannot do without; what stands in for another is mentioned.
pub(super) fn needed(
    matches: &ArgMatches,
    project: &Project,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Arc<Fonts>, Exit> {
    load(&settings(matches, Some(project), environment), None, reporter)
}

/// Fonts that are looked for while something else is done.
pub(super) struct Search {
    settings: FontSettings,
    thread: JoinHandle<(Fonts, Diagnostics)>,
}

impl Search {
    /// Begins; `None` where there is no thread for it.
    pub(super) fn begin(settings: FontSettings) -> Option<Self> {
        let wanted = settings.clone();
        let thread = Builder::new().spawn(move || Fonts::find(&wanted)).ok()?;
        Some(Self { settings, thread })
    }

    /// What was found, if it is what is wanted now.
    fn end(self, settings: &FontSettings) -> Option<(Fonts, Diagnostics)> {
        if self.settings == *settings { self.thread.join().ok() } else { None }
    }
}

/// The same from settings, by a search that has begun, where it has.
pub(super) fn load(
    settings: &FontSettings,
    begun: Option<Search>,
    reporter: &Reporter,
) -> Result<Arc<Fonts>, Exit> {
    let found = begun.and_then(|search| search.end(settings));
    let (fonts, diags) = found.unwrap_or_else(|| Fonts::find(settings));
    if diags.has_errors() {
        reporter.problems(&diags);
        return Err(Exit::CannotRun);
    }
    reporter.mentions(&diags);
    fonts.remember();
    Ok(Arc::new(fonts))
}

/// The fonts of a run: from the folders on the command line, those of the project, and, unless
/// they are to be ignored, the user's and the system's.
pub(super) fn find(
    matches: &ArgMatches,
    project: Option<&Project>,
    environment: &Environment,
) -> (Fonts, Diagnostics) {
    let (fonts, diags) = Fonts::find(&settings(matches, project, environment));
    fonts.remember();
    (fonts, diags)
}

/// Where the fonts of a run are looked for.
pub(super) fn settings(
    matches: &ArgMatches,
    project: Option<&Project>,
    environment: &Environment,
) -> FontSettings {
    let given = matches.get_many::<PathBuf>("font-dir").into_iter().flatten();
    let mut dirs: Vec<PathBuf> = given.map(|dir| environment.folder.join(dir)).collect();
    let mut families = Vec::new();
    if let Some(project) = project {
        let record = &project.record.fonts;
        dirs.extend(record.folders.iter().map(|folder| project.root.join(folder.trim())));
        families = chosen(record);
    }
    let mut system_dirs = Vec::new();
    if !matches.get_flag("ignore-system-fonts") {
        system_dirs.extend(environment.data.iter().map(|data| data.join("fonts")));
        for dir in system_font_dirs(environment.home.as_deref()) {
            if !system_dirs.contains(&dir) {
                system_dirs.push(dir);
            }
        }
    }
    // Fonts are the machine's, so what is known of them is kept for all projects.
    let cache = environment.cache.as_ref().map(|cache| cache.join("yinfa").join("fonts.json"));
    FontSettings { dirs, system_dirs, families, cache }
}

/// The families that the project puts in front of the built-in ones.
fn chosen(record: &FontsRecord) -> Vec<(Role, String)> {
    let by_role = [
        (Role::Title, &record.title),
        (Role::Body, &record.body),
        (Role::Kai, &record.kai),
        (Role::Hei, &record.hei),
        (Role::Song, &record.song),
    ];
    by_role
        .into_iter()
        .flat_map(|(role, names)| names.iter().map(move |name| (role, name.trim().to_string())))
        .collect()
}
