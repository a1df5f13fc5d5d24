//! Last year's notice, or another document, to records: a web page, a Word file, a table or plain text
//! becomes a publication that builds.
//!
//! ```text
//! bytes ──input──▶ lines ──normalise──▶ paragraphs ──structure──▶ Draft ──write──▶ files
//!                                          units reads brackets     │ registry, targets
//!                       ledger: what became of every character ─────┴──▶ report
//! ```
//!
//! Rules are about kinds of notices, never about one file. What they cannot place is reported
//! with its line; nothing is dropped silently and no record is invented.
//!
//! ARCHITECTURE.md says which module uses which; there is no circle among them.
//! Inside `input` the readers of each kind stand on `lines`, `grid`, `packed`, `notes` and `refusal`;
//! inside `structure` the parts of a notice (`front`, `body`, `table`, `attachments`) stand on what
//! several of them need (`doc_number`, `noted`, `sign_off`, `title`, `glued`, `outline`, `assemble`).

mod chars;
mod columns;
mod date;
mod draft;
mod input;
mod label;
mod ledger;
pub mod limits;
mod normalise;
mod para;
#[cfg(test)]
mod property;
mod read_back;
mod registry;
mod report;
mod self_check;
mod structure;
mod targets;
mod traced;
mod units;
mod write;

pub use input::kind_to_convert;
pub use report::{Left, Report};
pub use targets::propose as proposed_targets;
pub use write::File;

use base::diag::{Diagnostic, Diagnostics};
use base::text;
use ledger::Ledger;
use records::content::schema::units::UnitsRecord;
use records::publication::Registry;

/// What an import is asked for besides the file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// The name of the file, for comments.
    pub name: &'a str,
    /// A registry that exists already.
    pub registry: Option<&'a UnitsRecord>,
    /// Whether that registry is to be used whatever it knows; else only where it knows at least
    /// half of the names.
    pub registry_is_given: bool,
}

/// What an import gives.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The files of the publication's folder.
    pub files: Vec<File>,
    /// What was found and what was not understood.
    pub report: Report,
}

/// Reads a notice from the bytes of a file.
///
/// # Errors
/// When the file is too large, damaged or of a kind that cannot be read, and when its text has no
/// structure of a notice. Then nothing should be written.
pub fn import(bytes: &[u8], options: Options<'_>) -> Result<Imported, Diagnostic> {
    let extract = input::extract(bytes, options.name)?;
    let mut ledger = Ledger::new(extract.text.len());
    let paras = normalise::paragraphs(&extract);
    let mut draft = structure::read(paras, &mut ledger)
        .ok_or_else(|| if extract.is_unit_form { unit_form() } else { no_structure() })?;
    draft.name_after(options.name);
    let entries =
        draft.items().len() + draft.sections.iter().map(|s| s.walk().len()).sum::<usize>();
    if entries > limits::ENTRIES {
        return Err(input::too_large(text!("条目的数目", "the number of items")));
    }

    let proposal = registry::propose(&draft);
    let known =
        options.registry.map(|record| (record, Registry::resolve(record, &mut Diagnostics::new())));
    let matched = known.filter(|(_, registry)| {
        options.registry_is_given || registry::knows_half(&proposal, registry)
    });
    let missing = matched.as_ref().map(|(_, registry)| registry::missing(&proposal, registry));
    let recipients = match &matched {
        None => draft.head.recipients.clone(),
        Some((_, registry)) => {
            let knows = |text: &String| {
                registry.look_up(text).is_some() || registry.wording(text).is_some()
            };
            draft.head.recipients.iter().filter(|text| knows(text)).cloned().collect()
        }
    };
    let mut setting = write::Setting {
        source: options.name,
        proposal: matched.is_none().then_some(&proposal),
        known_recipients: &recipients,
        rewordings: &[],
    };
    let files = write::files(&draft, &setting);
    // Read back what was written: brackets that would be printed in other words than the
    // source's get the source's words as a comment.
    let record = matched.as_ref().map(|(record, _)| *record);
    let back = read_back::read_back(&files, record);
    let rewordings = read_back::rewordings(&draft, &back);
    setting.rewordings = &rewordings;
    let mut files = write::files(&draft, &setting);
    if let Some(missing) = missing.as_ref().filter(|missing| !missing.is_empty()) {
        files.push(write::units_to_add(missing, options.name));
    }
    let report = report::report(&draft, &proposal, &extract, &ledger, missing.as_ref(), &back);
    Ok(Imported { files, report })
}

fn unit_form() -> Diagnostic {
    Diagnostic::error(
        "import-unit-form",
        text!(
            "这是发给一个单位填报进展的表，上面没有各项任务的责任单位，不能当作通知导入",
            "this is the form in which one unit reports its progress: it does not name the units of its tasks and is no notice"
        ),
    )
    .help(text!(
        "请导入通知本身，或者任务分解总表.xlsx；什么都没有写出",
        "import the notice itself, or its 任务分解总表.xlsx; nothing was written"
    ))
}

fn no_structure() -> Diagnostic {
    Diagnostic::error(
            "import-no-structure",
            text!(
                "看不出这是一份公文：没有找到写明责任单位的条目，也没有找到标题和主送机关、发文字号或日期",
                "this does not look like a document: neither items that name units were found, nor a title with recipients, number or date"
            ),
        )
        .help(text!(
            "请确认文件里有正文，标题以通知、函、报告等文种结尾，条目像“1.……（责任单位：……）”这样写；什么都没有写出",
            "check that the file holds the text, that its title ends in its kind, such as 通知, and that items look like “1.……（责任单位：……）”; nothing was written"
        ))
}
