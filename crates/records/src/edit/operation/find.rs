//! What somebody means by a name: an item, a publication, a unit, the project.

use crate::content::yaml::{Node, NodeKind, parse};
use crate::content::{PROJECT_FILE, Project};
use crate::edit::value::Step;
use crate::publication::{Prepared, Publication};
use base::diag::{Diagnostic, Span};
use base::nearest::closest;
use base::text;

/// A record in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: String,
    /// From its root to the record.
    pub path: Vec<Step>,
    /// The publication it belongs to.
    pub publication: Option<String>,
    /// The place of the item among those of the publication, for an item.
    pub item: Option<usize>,
}

/// What is at a name: an item by its id, number or place, a publication's notice by its folder, a unit of the
/// registry by its name, or the project.
///
/// # Errors
/// When nothing or more than one thing has the name.
pub fn find(project: &Project, prepared: &[Prepared], name: &str) -> Result<Place, Diagnostic> {
    let name = name.trim();
    if name == PROJECT_FILE {
        let file = PROJECT_FILE.to_owned();
        return Ok(Place { file, path: Vec::new(), publication: None, item: None });
    }
    let folder = name.replace('\\', "/");
    let folder = folder.trim_end_matches('/');
    let folder = folder.strip_prefix("content/").unwrap_or(folder);
    if let Some(loaded) = project.publications.iter().find(|loaded| loaded.id == folder)
        && let Some(notice) = loaded.sources.first().filter(|s| is_notice(s.path()))
    {
        let publication = Some(loaded.id.clone());
        return Ok(Place {
            file: notice.path().to_owned(),
            path: Vec::new(),
            publication,
            item: None,
        });
    }
    let units: Vec<Place> = project.registries.iter().filter_map(|r| unit(r, name)).collect();
    match &units[..] {
        [only] => return Ok(only.clone()),
        [first, second, ..] => {
            let (first, second) = (&first.file, &second.file);
            return Err(Diagnostic::error(
                "edit-ambiguous",
                text!(
                    "“{name}”在“{first}”和“{second}”里都有",
                    "“{name}” is in “{first}” and in “{second}”"
                ),
            )
            .help(text!("请直接改其中一个文件", "change one of the files by hand")));
        }
        [] => {}
    }
    find_item(prepared, name)
}

fn is_notice(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("notice.yaml" | "notice.yml"))
}

fn unit(registry: &crate::content::LoadedRegistry, name: &str) -> Option<Place> {
    let record = registry.record.as_ref()?;
    let at = record.units.iter().position(|unit| unit.name.trim() == name)?;
    let source = registry.source.as_ref()?;
    let path = path_of(record.units[at].name.span())?;
    let path = path[..path.len().checked_sub(1)?].to_vec();
    Some(Place { file: source.path().to_owned(), path, publication: None, item: None })
}

/// An item by a name: `3`, `PUBLICATION:3`, its id, `SECTION/3`, or `FILE:LINE`.
///
/// # Errors
/// When no item, or several, have the name.
pub fn find_item(prepared: &[Prepared], name: &str) -> Result<Place, Diagnostic> {
    let known = |id: &str| prepared.iter().any(|one| one.id == id);
    let (within, wanted) = match name.rsplit_once([':', '：']) {
        Some((id, rest)) if known(id.trim_start_matches("content/")) => {
            (Some(id.trim_start_matches("content/")), rest)
        }
        _ => (None, name),
    };
    let publications = prepared
        .iter()
        .filter(|one| within.is_none_or(|id| id == one.id))
        .filter_map(|one| one.publication.as_ref());
    let mut found: Vec<(&Publication, usize)> = Vec::new();
    for publication in publications {
        let fits = |at: &usize| is_named(publication, *at, wanted);
        found.extend((0..publication.items.len()).filter(fits).map(|at| (publication, at)));
    }
    match found[..] {
        [(publication, at)] => {
            let item = &publication.items[at];
            let path = path_of(&item.span).ok_or_else(|| unknown(prepared, name))?;
            let file = item.span.source().path().to_owned();
            Ok(Place { file, path, publication: Some(publication.id.clone()), item: Some(at) })
        }
        [] => Err(unknown(prepared, name)),
        [(first, at), ..] => {
            let count = found.len();
            let mut problem = Diagnostic::error(
                "edit-ambiguous",
                text!("有 {count} 条任务叫“{name}”", "{count} items are called “{name}”"),
            )
            .at(&head(&first.items[at].span))
            .help(text!(
                "请写明是哪一条：通知:编号、部分/编号，或 文件:行号，如 {example}",
                "say which: PUBLICATION:NUMBER, SECTION/NUMBER or FILE:LINE, such as {example}",
                example = line(&first.items[at].span)
            ));
            for (publication, at) in found.iter().skip(1).take(4) {
                let span = head(&publication.items[*at].span);
                problem = problem.note(text!("还有这一条", "this one as well"), &span);
            }
            Err(problem)
        }
    }
}

fn head(span: &Span) -> Span {
    crate::content::first_line(span)
}

fn line(span: &Span) -> String {
    format!("{}:{}", span.source().path(), span.start().line)
}

fn is_named(publication: &Publication, at: usize, name: &str) -> bool {
    let item = &publication.items[at];
    if item.id.as_deref() == Some(name) {
        return true;
    }
    if let Some((file, number)) = name.rsplit_once(':')
        && let Ok(number) = number.parse::<usize>()
    {
        let path = item.span.source().path();
        let lines = item.span.start().line..=item.span.end().line;
        return (path == file || path.ends_with(&format!("/{file}"))) && lines.contains(&number);
    }
    let (section, number) = match name.rsplit_once('/') {
        Some((section, number)) => (Some(section), number),
        None => (None, name),
    };
    let in_section = section.is_none_or(|wanted| {
        let section = publication.sections.get(item.section);
        section.is_some_and(|s| {
            s.heading.as_deref() == Some(wanted)
                || s.path == wanted
                || s.id.as_deref() == Some(wanted)
        })
    });
    let is_number =
        number == item.short_label() || number == item.label || number == item.number.to_string();
    in_section && is_number
}

fn unknown(prepared: &[Prepared], name: &str) -> Diagnostic {
    let ids: Vec<&str> = prepared.iter().map(|one| one.id.as_str()).collect();
    let registries = prepared.iter().filter_map(|one| one.registry.as_ref());
    let units: Vec<&str> = registries.flat_map(|r| r.units()).map(|u| u.name.as_str()).collect();
    let near = closest(name, ids.iter().copied().chain(units.iter().copied()));
    Diagnostic::error(
        "edit-unknown",
        text!("不知道“{name}”指的是什么", "it is not clear what “{name}” is"),
    )
    .help(match near {
        Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
        None => text!(
            "任务写编号（yinfa list items 可以查到）、id 或 文件:行号，通知写文件夹名，单位写规范简称",
            "an item by its number (`yinfa list items` shows it), id or FILE:LINE, a notice by its folder, a unit by its name"
        ),
    })
}

/// The path from the root of a file to the value at a place; of several that begin and end there,
/// to the innermost.
pub(super) fn path_of(span: &Span) -> Option<Vec<Step>> {
    let (document, _) = parse(span.source());
    let mut path = Vec::new();
    let mut found = None;
    look(document.root.as_ref()?, span, &mut path, &mut found);
    found
}

fn look(node: &Node, span: &Span, path: &mut Vec<Step>, found: &mut Option<Vec<Step>>) {
    if node.span.used().is_some() {
        return;
    }
    let (wanted, here) = (span.range(), node.span.range());
    if here == wanted {
        *found = Some(path.clone());
    }
    if here.start > wanted.start || here.end < wanted.end {
        return;
    }
    match &node.kind {
        NodeKind::List(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(Step::At(at));
                look(item, span, path, found);
                path.pop();
            }
        }
        NodeKind::Map(entries) => {
            for entry in entries {
                path.push(Step::Key(entry.key.to_string()));
                look(&entry.value, span, path, found);
                path.pop();
            }
        }
        NodeKind::Blank | NodeKind::Text(_) => {}
    }
}
