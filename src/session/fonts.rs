//! The fonts of a run: where they are looked for, and finding them while something else is done.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use base::diag::Diagnostics;
use pages::typeset::{FontSettings, Fonts, Role, system_font_dirs};
use records::content::Project;
use records::content::schema::project::FontsRecord;

use super::{Failure, Machine};

/// Which fonts a run may use, beside those of the project.
#[derive(Debug, Clone, Default)]
pub(crate) struct FontOptions {
    /// Folders that are searched before those of the project.
    pub(crate) folders: Vec<PathBuf>,
    /// Whether the user's and the system's fonts are left out.
    pub(crate) ignore_system: bool,
}

/// Where the fonts of a run are looked for: in the folders of the options, those of the project,
/// the user's and the system's.
pub(crate) fn font_settings(
    options: &FontOptions,
    project: Option<&Project>,
    machine: &Machine,
) -> FontSettings {
    let mut dirs = options.folders.clone();
    let mut families = Vec::new();
    if let Some(project) = project {
        let record = &project.record.fonts;
        dirs.extend(record.folders.iter().map(|folder| project.root.join(folder.trim())));
        families = chosen(record);
    }
    let mut system_dirs = Vec::new();
    if !options.ignore_system {
        system_dirs.extend(machine.data.iter().map(|data| data.join("fonts")));
        for dir in system_font_dirs(machine.home.as_deref()) {
            if !system_dirs.contains(&dir) {
                system_dirs.push(dir);
            }
        }
    }
    // Fonts belong to the machine, so what is known of them is cached for all projects.
    let cache = machine.cache.as_ref().map(|cache| cache.join("yinfa").join("fonts.json"));
    FontSettings { dirs, system_dirs, families, cache }
}

/// The families that the project puts before the built-in ones.
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

/// The fonts of a run, whatever is wrong with them.
pub(crate) fn find_fonts(
    options: &FontOptions,
    project: Option<&Project>,
    machine: &Machine,
) -> (Fonts, Diagnostics) {
    let (fonts, problems) = Fonts::find(&font_settings(options, project, machine));
    fonts.remember();
    (fonts, problems)
}

/// A search for fonts on a thread of its own.
pub(super) struct FontSearch {
    settings: FontSettings,
    thread: JoinHandle<(Fonts, Diagnostics)>,
}

impl FontSearch {
    /// Begins; `None` where there is no thread for it.
    pub(super) fn begin(settings: FontSettings) -> Option<Self> {
        let wanted = settings.clone();
        let thread = Builder::new().spawn(move || Fonts::find(&wanted)).ok()?;
        Some(Self { settings, thread })
    }

    /// Its result, where the settings are those that are wanted now.
    fn end(self, settings: &FontSettings) -> Option<(Fonts, Diagnostics)> {
        if self.settings == *settings { self.thread.join().ok() } else { None }
    }
}

/// The fonts that a run cannot do without, and remarks about substitutes.
pub(crate) fn load_fonts(settings: &FontSettings) -> Result<(Arc<Fonts>, Diagnostics), Failure> {
    finish(settings, None)
}

/// The same, from a search that has begun, where there is one.
pub(super) fn finish(
    settings: &FontSettings,
    begun: Option<FontSearch>,
) -> Result<(Arc<Fonts>, Diagnostics), Failure> {
    let found = begun.and_then(|search| search.end(settings));
    let (fonts, diags) = found.unwrap_or_else(|| Fonts::find(settings));
    if diags.has_errors() {
        return Err(Failure::of_run(diags));
    }
    fonts.remember();
    Ok((Arc::new(fonts), diags))
}
