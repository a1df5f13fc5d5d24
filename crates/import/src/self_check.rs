//! What must hold for every import, whatever was read: as many tasks and units as the source has
//! rows and brackets, and nothing in a field that it does not fit.

use std::collections::BTreeSet;

use crate::chars::bare;
use crate::draft::Draft;
use crate::input::{Extract, Place};
use crate::units::{Entry, is_sentence, looks_like_unit};
use base::diag::Lang::{En, Zh};
use base::diag::{Diagnostic, Diagnostics, Text};
use base::text;

/// Names of units and organs are hardly longer.
const NAME: usize = 30;

/// Everything that does not hold, with its place in the source.
pub(crate) fn doubts(draft: &Draft, extract: &Extract) -> Diagnostics {
    let mut diags = Diagnostics::new();
    missing_rows(draft, extract, &mut diags);
    attached(draft, extract, &mut diags);
    missing_brackets(draft, extract, &mut diags);
    names(draft, extract, &mut diags);
    diags
}

/// The place of a byte in both languages, and the words of its line.
fn line(extract: &Extract, at: usize) -> (Text, String) {
    let n = extract.lines.partition_point(|line| line.range.start <= at).saturating_sub(1);
    let words = extract.lines.get(n).map_or("", |line| &extract.text[line.range.clone()]);
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let place = extract.place(at).map(Place::text);
    (place.unwrap_or_else(|| Text::new("", "")), words.chars().take(40).collect())
}

fn is_attached(draft: &Draft, at: usize) -> bool {
    draft.expected.attached.is_some_and(|begin| at >= begin)
}

/// The places that stand before the attachments.
fn of_text<'a>(draft: &'a Draft, places: &'a [usize]) -> impl Iterator<Item = &'a usize> {
    places.iter().filter(|at| !is_attached(draft, **at))
}

/// Rows and brackets in attachments, which keep them and make no tasks of them.
fn attached(draft: &Draft, extract: &Extract, diags: &mut Diagnostics) {
    let Some(begin) = draft.expected.attached else { return };
    let count = |places: &mut dyn Iterator<Item = usize>| places.filter(|at| *at >= begin).count();
    let rows = count(&mut draft.expected.rows.iter().copied());
    let brackets = count(&mut draft.expected.brackets.iter().map(|(at, _)| *at));
    if rows + brackets > 0 {
        let (place, _) = line(extract, begin);
        diags.push(Diagnostic::warning(
            "import-tasks-in-attachment",
            Text::new(
                format!(
                    "{}以后是附件，其中 {rows} 行任务表、{brackets} 处责任单位留在附件里，没有成为任务",
                    place.get(Zh)
                ),
                format!(
                    "{}: attachments begin; their {rows} rows of tasks and {brackets} brackets of units stay in them and are no tasks",
                    place.get(En)
                ),
            ),
        ));
    }
}

/// Rows below the heading of a table of tasks that became no task.
fn missing_rows(draft: &Draft, extract: &Extract, diags: &mut Diagnostics) {
    let items: BTreeSet<usize> = draft.items().iter().map(|item| item.at).collect();
    for at in of_text(draft, &draft.expected.rows).filter(|at| !items.contains(at)) {
        let (place, words) = line(extract, *at);
        diags.push(Diagnostic::warning(
            "import-row-without-task",
            Text::new(
                format!("{}：任务表里的这一行没有成为任务：{words}", place.get(Zh)),
                format!("{}: this row of a table became no task: {words}", place.get(En)),
            ),
        ));
    }
}

/// Brackets and lines that name units, and units that no task, section or part has from them.
fn missing_brackets(draft: &Draft, extract: &Extract, diags: &mut Diagnostics) {
    let mut read: String = String::new();
    for assigned in draft.assignments() {
        read.push_str(&bare(&assigned.printed));
        read.push('\n');
    }
    // They come in the order of the text; one that is not behind the last is looked for everywhere,
    // but not without end.
    let (mut from, mut misses) = (0, 0);
    for (at, printed) in &draft.expected.brackets {
        if is_attached(draft, *at) {
            break;
        }
        let words = bare(printed);
        if let Some(found) = read[from..].find(&words) {
            from += found + words.len();
            continue;
        }
        misses += 1;
        if misses > 100 || read.contains(&words) {
            continue;
        }
        let (place, _) = line(extract, *at);
        diags.push(
            Diagnostic::warning(
                "import-units-without-task",
                Text::new(
                    format!("{}：写明单位的“{printed}”没有归到任务上", place.get(Zh)),
                    format!("{}: the units of “{printed}” belong to no task", place.get(En)),
                ),
            )
            .help(text!(
                "请核对这一处，在记录里补上任务或单位",
                "look at this place and add the task or its units to the records"
            )),
        );
    }
}

/// Names of units and organs that look like none.
fn names(draft: &Draft, extract: &Extract, diags: &mut Diagnostics) {
    let mut seen: Vec<&str> = Vec::new();
    for item in draft.items() {
        let entries = item.parts.iter().filter_map(|part| part.assigned.as_ref());
        for name in entries.flat_map(|assigned| assigned.entries()).filter_map(Entry::unit) {
            if fits(name) || seen.contains(&name) || seen.len() > 100 {
                continue;
            }
            seen.push(name);
            let (place, _) = line(extract, item.at);
            diags.push(doubtful(Text::new(
                format!("{}：“{name}”不像单位的名称", place.get(Zh)),
                format!("{}: “{name}” does not look like a unit's name", place.get(En)),
            )));
        }
    }
    for organ in draft.head.organs.iter().filter(|organ| !fits(organ)) {
        diags.push(doubtful(text!(
            "“{organ}”不像发文机关的名称",
            "“{organ}” does not look like the name of an issuing organ"
        )));
    }
}

fn doubtful(message: Text) -> Diagnostic {
    Diagnostic::warning("import-doubtful-name", message)
        .help(text!("请在记录里改正，或者删去", "correct it in the records, or delete it"))
}

/// Whether a name can be one: it ends as names of units do, or is short and no sentence.
fn fits(name: &str) -> bool {
    let count = name.chars().count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let plain = !is_sentence(name) && digits * 2 < count;
    plain && count <= NAME && (looks_like_unit(name) || (count <= 12 && digits == 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_can_be_ones() {
        for name in [
            "区发改局",
            "城关",
            "区委组织部（人才办）",
            "120急救中心",
            "国网区供电公司",
            "各镇（街道）",
        ] {
            assert!(fits(name), "{name}");
        }
        for name in [
            "1000",
            "并定期通报",
            "以下各项均需各街道",
            "1农村卫生户厕1000",
            "推进项目建设并于六月底以前完成验收工作",
        ] {
            assert!(!fits(name), "{name}");
        }
    }
}
