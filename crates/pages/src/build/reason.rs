//! Why a file was made again: what `build --explain` says.

use base::diag::Text;
use base::text;

use records::manifest::ArtifactEntry;

/// Why a file is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No build made it before.
    New,
    /// It was asked for (`--force`).
    Forced,
    /// It is not there any more.
    Missing,
    /// Somebody changed it.
    Changed,
    /// The version of the program, or of its engine.
    Program,
    /// Fonts, by file name.
    Fonts(Vec<String>),
    /// Records and templates, by path.
    Inputs(Vec<String>),
    /// Nothing of the above: settings of the run, or it is not remembered what it was made under.
    Unknown,
}

impl Reason {
    /// In words.
    pub fn text(&self) -> Text {
        let list = |names: &[String]| names.join("、");
        match self {
            Self::New => text!("新文件", "new"),
            Self::Forced => text!("要求重新生成", "asked for"),
            Self::Missing => text!("文件不见了", "the file is gone"),
            Self::Changed => text!("文件被改动过", "the file was changed by hand"),
            Self::Program => {
                text!("程序或排版引擎换了版本", "another version of program or engine")
            }
            Self::Fonts(names) => {
                let names = list(names);
                text!("字体变了：{names}", "fonts changed: {names}")
            }
            Self::Inputs(paths) => {
                let paths = list(paths);
                text!("来源变了：{paths}", "made from what changed: {paths}")
            }
            Self::Unknown => {
                text!(
                    "没有上次生成的记录，或运行的设置变了",
                    "settings changed, or no memory of the last build"
                )
            }
        }
    }
}

/// What is on the disk in a file's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnDisk {
    /// What the manifest says.
    Same,
    /// Something else.
    Changed,
    /// Nothing.
    Missing,
}

/// Why a file is made whose entry in the manifest was `old` and becomes `new`.
pub(super) fn reasons(
    old: Option<&ArtifactEntry>,
    new: &ArtifactEntry,
    on_disk: OnDisk,
    forced: bool,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if forced {
        reasons.push(Reason::Forced);
    }
    let Some(old) = old else {
        reasons.push(Reason::New);
        return reasons;
    };
    match on_disk {
        OnDisk::Same => {}
        OnDisk::Changed => reasons.push(Reason::Changed),
        OnDisk::Missing => reasons.push(Reason::Missing),
    }
    if old.program != new.program || old.engine != new.engine {
        reasons.push(Reason::Program);
    }
    let changed = |old: &std::collections::BTreeMap<String, String>,
                   new: &std::collections::BTreeMap<String, String>| {
        let mut names: Vec<String> = old.keys().chain(new.keys()).cloned().collect();
        names.sort();
        names.dedup();
        names.retain(|name| old.get(name) != new.get(name));
        names
    };
    let fonts = changed(&old.fonts, &new.fonts);
    if !fonts.is_empty() {
        reasons.push(Reason::Fonts(fonts));
    }
    let inputs = changed(&old.inputs, &new.inputs);
    if !inputs.is_empty() {
        reasons.push(Reason::Inputs(inputs));
    }
    if reasons.is_empty() {
        reasons.push(Reason::Unknown);
    }
    reasons
}
