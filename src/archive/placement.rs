//! Where a package goes: the document's archival code, the version, and what it replaces.

use std::fs;
use std::path::Path;

use super::bag::manifest::Algorithm;
use super::code::{ArchivalCode, next_free};
use super::layout;
use super::metadata::Replaced;
use super::read::{Bag, bags};
use super::settings::{Settings, Wanted};
use base::diag::{Diagnostic, Diagnostics};
use base::disk::Digests;
use base::text;
use records::publication::Publication;

/// The place of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Its archival code; `None` for 预归档.
    pub code: Option<ArchivalCode>,
    /// What the document is called.
    pub document: String,
    /// From 1.
    pub version: u32,
    /// The package it replaces.
    pub replaces: Option<Replaced>,
}

impl Placement {
    /// The name of the package's folder.
    pub fn bag(&self) -> String {
        layout::bag_name(&self.document, self.version)
    }

    /// The place of a package that is there.
    fn of(bag: &Bag) -> Self {
        Self {
            code: bag.code(),
            document: bag.document.clone(),
            version: bag.metadata.version.number,
            replaces: bag.metadata.version.replaces.clone(),
        }
    }
}

/// What an archive holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    bags: Vec<Bag>,
}

impl Held {
    /// Reads the packages of an archive; a folder that is not there holds none.
    ///
    /// # Errors
    /// Packages that cannot be read: without them nobody knows which numbers are free.
    pub(super) fn of(archive: &Path) -> Result<Self, Diagnostics> {
        if !archive.exists() {
            return Ok(Self::default());
        }
        let folders = bags(archive).map_err(|error| {
            Diagnostics::from(super::failure::unreadable(&archive.display().to_string(), &error))
        })?;
        let mut held = Self::default();
        let mut diags = Diagnostics::new();
        for folder in folders {
            match Bag::open(&folder) {
                Ok(bag) => held.bags.push(bag),
                Err(problem) => diags.push(problem),
            }
        }
        if diags.has_errors() { Err(diags) } else { Ok(held) }
    }

    /// The newest package of a document: of the same number, or, where either has none, of the
    /// same publication and year.
    pub(super) fn newest(&self, publication: &Publication, year: u32) -> Option<&Bag> {
        let number = publication.doc_number();
        let same = |bag: &&Bag| {
            let content = &bag.metadata.content;
            match (&content.doc_number, &number) {
                (Some(held), Some(number)) if held == number => true,
                // A number that was corrected leaves the publication what it was.
                _ => content.publication == publication.id && bag.metadata.year == year.to_string(),
            }
        };
        let replaced = |bag: &Bag| {
            let names = self.bags.iter().filter_map(|b| b.metadata.version.replaces.as_ref());
            names.into_iter().any(|replaced| replaced.bag == bag.name)
        };
        self.bags.iter().filter(same).find(|bag| !replaced(bag))
    }
}

/// The place of a document's package, and, where one is there already, the place of that: a
/// package that would be the same is not written again.
///
/// # Errors
/// When the code is taken by another document, the document has another code already, or settings
/// are missing.
pub(super) fn place(
    held: &Held,
    publication: &Publication,
    year: u32,
    settings: &Settings,
) -> Result<(Placement, Option<Placement>), Diagnostic> {
    let newest = held.newest(publication, year);
    let code = match (&settings.wanted, newest.and_then(Bag::code)) {
        (Wanted::Given(given), Some(has)) if *given != has => {
            return Err(other_code(&publication.id, &has));
        }
        (Wanted::Given(given), None) => {
            if let Some(taken) = held.bags.iter().find(|bag| bag.code().as_ref() == Some(given)) {
                return Err(taken_by(given, taken));
            }
            if given.class.year != year {
                return Err(other_year(given, year));
            }
            Some(given.clone())
        }
        (Wanted::None, None) => None,
        (Wanted::None, Some(has)) => return Err(other_code(&publication.id, &has)),
        (_, Some(has)) => {
            // What the settings say now must not silently be something else.
            if settings.wanted == Wanted::Next
                && settings.class(year).is_ok_and(|class| class != has.class)
            {
                return Err(other_code(&publication.id, &has));
            }
            Some(has)
        }
        (Wanted::Next, None) => {
            let class = settings.class(year)?;
            let used: Vec<ArchivalCode> = held.bags.iter().filter_map(Bag::code).collect();
            Some(next_free(&class, &used).ok_or_else(|| full(&class.to_string()))?)
        }
    };
    let number = publication.doc_number().unwrap_or_else(|| publication.id.clone());
    let document = layout::document_name(code.as_ref(), &number);
    let Some(newest) = newest else {
        return Ok((Placement { code, document, version: 1, replaces: None }, None));
    };
    let before = Placement::of(newest);
    let document = if before.code == code { before.document.clone() } else { document };
    let version = if before.code == code { before.version + 1 } else { 1 };
    let placement = Placement { code, document, version, replaces: Some(replaced(newest)?) };
    let existing = (before.code == placement.code).then_some(before);
    Ok((placement, existing))
}

fn replaced(bag: &Bag) -> Result<Replaced, Diagnostic> {
    let path = bag.folder.join(Algorithm::Sha256.tag_manifest());
    let bytes = fs::read(&path)
        .map_err(|error| super::failure::unreadable(&path.display().to_string(), &error))?;
    Ok(Replaced { bag: bag.name.clone(), sha256: Digests::of(&bytes).sha256 })
}

fn other_code(id: &str, has: &ArchivalCode) -> Diagnostic {
    Diagnostic::error(
        "archive-other-code",
        text!("“{id}”已经归档，档号是 {has}", "“{id}” is archived already, as {has}"),
    )
    .help(text!(
        "更正后的文件沿用原档号：用 --code {has}，会存成新的一版",
        "a corrected document keeps its code: with `--code {has}` it becomes a new version"
    ))
}

fn taken_by(code: &ArchivalCode, bag: &Bag) -> Diagnostic {
    let title = &bag.metadata.content.title;
    Diagnostic::error(
        "archive-code-taken",
        text!("档号 {code} 已用于“{title}”", "the code {code} is taken by “{title}”"),
    )
    .help(text!(
        "换一个件号，或不写 --code，由程序取下一个",
        "give another number, or leave out `--code` for the next free one"
    ))
}

fn other_year(code: &ArchivalCode, year: u32) -> Diagnostic {
    Diagnostic::error(
        "archive-code-year",
        text!(
            "档号 {code} 的年度与成文日期的年份（{year}）不一致",
            "the year of the code {code} is not that of the document, {year}"
        ),
    )
    .help(text!("年度是文件形成的年度，请改档号", "correct the code's year"))
}

fn full(class: &str) -> Diagnostic {
    Diagnostic::error(
        "archive-numbers-used-up",
        text!("{class} 的件号已用到 9999", "the numbers of {class} are used up to 9999"),
    )
    .help(text!("请改用另一个机构代码", "use another division"))
}
