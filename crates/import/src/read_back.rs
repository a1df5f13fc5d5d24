//! What was written is read by the program's own reader before anybody sees it.

use std::sync::Arc;

use crate::chars::bare;
use crate::draft::Draft;
use crate::write::File;
use base::diag::{Diagnostics, Source};
use records::content::schema::item::read_items;
use records::content::schema::notice::NoticeRecord;
use records::content::schema::units::UnitsRecord;
use records::content::yaml;
use records::publication::{Input, Publication, Registry, resolve};

/// The publication that the files make, and the problems of reading them.
pub(crate) struct ReadBack {
    pub(crate) publication: Option<Publication>,
    pub(crate) problems: Diagnostics,
}

/// Reads files, with a registry that exists already or the one among them.
pub(crate) fn read_back(files: &[File], registry: Option<&UnitsRecord>) -> ReadBack {
    let mut problems = Diagnostics::new();
    let mut notice = None;
    let mut items = Vec::new();
    let mut own = None;
    for file in files {
        let (document, found) = yaml::parse(&Source::new(file.path.clone(), file.text.clone()));
        problems.append(found);
        match file.path.as_str() {
            "notice.yaml" => notice = NoticeRecord::from_document(&document, &mut problems),
            "units.yaml" => own = UnitsRecord::from_document(&document, &mut problems),
            path if path.starts_with('_') => {}
            _ => items.extend(read_items(&document, &mut problems)),
        }
    }
    let Some((notice, record)) = notice.zip(registry.or(own.as_ref())) else {
        return ReadBack { publication: None, problems };
    };
    let registry = Arc::new(Registry::resolve(record, &mut problems));
    let input = Input { id: "", notice, office: None, items: &items, registry };
    let publication = resolve(input, &mut problems);
    ReadBack { publication: Some(publication), problems }
}

/// For every part in order: the source's bracket, where the record would print other words.
pub(crate) fn rewordings(draft: &Draft, back: &ReadBack) -> Vec<Option<String>> {
    let Some(publication) = &back.publication else { return Vec::new() };
    let printed = publication.items.iter().flat_map(|item| &item.parts);
    let parts =
        draft.items().into_iter().flat_map(|item| item.parts.iter().map(move |part| (item, part)));
    parts
        .zip(printed)
        .map(|((item, part), printed)| {
            let assigned = part.assigned.as_ref()?;
            let mut source = assigned.printed.clone();
            if let Some(due) = &item.due {
                // The deadline is a field of its own.
                source = source
                    .replacen(&due.wording, "", 1)
                    .replace("完成时限", "")
                    .replace("完成", "");
            }
            let ours = printed.assignment.bracket_text();
            let differs = printed.inherited || words(&ours) != words(&source);
            differs.then(|| assigned.printed.clone()).filter(|words| !words.is_empty())
        })
        .collect()
}

/// What a bracket says, without the words that join names.
fn words(bracket: &str) -> String {
    bare(bracket).chars().filter(|c| !"和及与由".contains(*c)).collect()
}
