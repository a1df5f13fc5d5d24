//! Opening a project and resolving its publications.

use std::path::{Path, PathBuf};

use base::diag::{Diagnostic, Diagnostics};
use base::text;
use pages::build::{Lock, Part, may_write};
use pages::render::Templates;
use records::content::{self, Project};
use records::edit::{self, Recovered};
use records::publication::{Prepared, prepare};

use super::{Failure, clean_id, unknown_publication};

/// A project that is open, with its records as they were when it was read.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) project: Project,
}

/// The root of a project: the given folder, else the nearest project from `folder` upwards.
pub(crate) fn find_root(given: Option<&Path>, folder: &Path) -> Result<PathBuf, Failure> {
    let found = match given {
        Some(root) => root.join(content::PROJECT_FILE).is_file().then(|| root.to_path_buf()),
        None => content::find_root(folder),
    };
    found.ok_or_else(|| {
        let wrong = match given {
            Some(root) => text!(
                "“{root}”里没有 yinfa.yaml，不是 yinfa 项目",
                "“{root}” has no yinfa.yaml: it is no yinfa project",
                root = root.display()
            ),
            None => text!(
                "“{folder}”和它的上级文件夹里都没有 yinfa.yaml，不是 yinfa 项目",
                "there is no yinfa.yaml in “{folder}” or above: it is no yinfa project",
                folder = folder.display()
            ),
        };
        Diagnostic::error("no-project", wrong)
            .help(text!(
                "请换到项目的文件夹，或用 --root 指定；yinfa init 文件夹名 可新建一个",
                "change to the project's folder or name it with `--root`; `yinfa init DIR` makes a new one"
            ))
            .into()
    })
}

/// The templates of a project, or the built-in ones, with remarks about them.
pub(crate) fn load_templates(root: Option<&Path>) -> Result<(Templates, Diagnostics), Failure> {
    Templates::load(root.map(|root| root.join("templates")).as_deref()).map_err(Failure::of_input)
}

/// What became of a change of records that an earlier run did not end.
fn told(recovered: Recovered) -> Diagnostic {
    match recovered {
        Recovered::Completed(count) => Diagnostic::hint(
            "edit-completed",
            text!(
                "上次修改记录时程序中断，{count} 个文件的修改已经补完",
                "a change of {count} files that was interrupted has been completed"
            ),
        ),
        Recovered::PutBack(changed) => {
            let list = changed.join("、");
            Diagnostic::warning(
                "edit-put-back",
                text!(
                    "上次修改记录时程序中断，其后“{list}”又被改过，所以那次修改已经撤回",
                    "a change that was interrupted was taken back, as “{list}” was changed since"
                ),
            )
            .help(text!("请重做那次修改", "make that change again"))
        }
    }
}

impl Session {
    /// Reads the project. Problems of its files are left in it.
    pub(crate) fn open(root: &Path) -> Result<Self, Failure> {
        let recovered = edit::recover(root)?;
        let mut project = content::load(root).map_err(Failure::of_input)?;
        project.files.extend(recovered.map(told));
        Ok(Self { project })
    }

    /// Resolves the publications that are asked for, all when none is.
    pub(crate) fn prepare(&self, ids: &[String]) -> Result<Vec<Prepared>, Failure> {
        let wanted: Vec<String> = ids.iter().map(|id| clean_id(id)).collect();
        let mut diags = Diagnostics::new();
        for id in &wanted {
            if !self.project.publications.iter().any(|publication| publication.id == *id) {
                let message = text!("没有“{id}”这份通知", "there is no publication “{id}”");
                diags.push(unknown_publication(id, &self.project, message));
            }
        }
        if diags.has_errors() {
            return Err(Failure::of_run(diags));
        }
        let is_wanted = |id: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == id);
        Ok(prepare(&self.project, is_wanted))
    }

    /// Resolves one publication.
    pub(crate) fn prepare_one(&self, id: &str) -> Result<Prepared, Failure> {
        let mut prepared = self.prepare(&[id.to_string()])?;
        // The id is known, or the line above had failed.
        prepared.pop().ok_or_else(|| Failure::of_run(Diagnostics::new()))
    }

    /// The problems of the project's files and of some publications.
    pub(crate) fn problems(&self, prepared: &[Prepared]) -> Diagnostics {
        let mut diags = self.project.settings.clone();
        diags.append(self.project.files.clone());
        for one in prepared {
            diags.append(one.diags.clone());
        }
        diags.sorted()
    }

    /// The lock of the project, or of a part of its build.
    pub(crate) fn lock(&self, part: Option<Part>) -> Result<Lock, Failure> {
        Ok(Lock::take(&self.project.root, part)?)
    }

    /// The project's templates, with remarks about them.
    pub(crate) fn templates(&self) -> Result<(Templates, Diagnostics), Failure> {
        load_templates(Some(&self.project.root))
    }

    /// The output folder: the one given, else that of the project.
    pub(crate) fn output(&self, given: Option<&Path>) -> PathBuf {
        self.folder(given, self.project.record.output.as_deref(), "output")
    }

    /// Whether a build may write into a folder. The project's own folder for it, below its root, is
    /// never refused; one that was given, or lies elsewhere, must be new, empty or known.
    ///
    /// # Errors
    /// When other files stand there.
    pub(crate) fn may_build_into(&self, output: &Path, is_given: bool) -> Result<(), Diagnostic> {
        // What is not there yet is nobody's.
        let Ok(place) = output.canonicalize() else { return Ok(()) };
        let root = self.project.root.canonicalize().unwrap_or_default();
        if !is_given && place != root && place.starts_with(&root) {
            return Ok(());
        }
        let ids: Vec<&str> = self.project.publications.iter().map(|p| p.id.as_str()).collect();
        may_write(output, &ids)
    }

    /// The archive: the folder given, else that of the project.
    pub(crate) fn archive(&self, given: Option<&Path>) -> PathBuf {
        self.folder(given, self.project.record.archive.folder.as_deref(), "archive")
    }

    fn folder(&self, given: Option<&Path>, set: Option<&str>, usual: &str) -> PathBuf {
        let set = || self.project.root.join(set.unwrap_or(usual).trim());
        given.map_or_else(set, Path::to_path_buf)
    }
}
