//! Bringing up to date what is sent.

use std::collections::BTreeSet;
use std::path::Path;

use pages::build::{Only, Selection};
use records::content::schema::formats::{Format, Formats};

use super::{BuildOptions, Builder, EngineOptions, Failure, FontOptions, Machine, Outcome, Tell};
use crate::send::Lack;

/// Builds what sheets lack before they are sent: their workbooks alone where only those are not
/// there, else the whole publication, so that nothing in its folder differs from what was sent.
pub(crate) fn build_for_sending(
    root: &Path,
    id: &str,
    lack: Lack,
    fonts: FontOptions,
    machine: &Machine,
    tell: Tell<'_>,
) -> Result<(), Failure> {
    let mut options = BuildOptions {
        publications: vec![id.to_string()],
        engines: EngineOptions { fonts, ..EngineOptions::default() },
        ..BuildOptions::default()
    };
    match lack {
        Lack::Nothing => return Ok(()),
        Lack::Workbooks => {
            options.selection =
                Selection { only: Some(Only::Sheets), ..Selection::of_formats([Format::Xlsx]) };
        }
        Lack::Document => {
            options.needed = Formats { notice: [Format::Pdf].into(), sheets: BTreeSet::new() };
        }
        Lack::Sheets => {
            let sheets = [Format::Pdf, Format::Xlsx].into();
            options.needed = Formats { notice: BTreeSet::new(), sheets };
        }
    }
    let built = Builder::new(root.to_path_buf(), options, machine).build(tell);
    match built.outcome {
        Outcome::Done => Ok(()),
        // The reasons were told.
        outcome => Err(Failure { outcome, problems: base::diag::Diagnostics::new() }),
    }
}
