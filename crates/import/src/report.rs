//! What an import found, and what it could not place.

use crate::draft::{Draft, Section};
use crate::input::Extract;
use crate::ledger::{Fate, Ledger, Stretch};
use crate::read_back::ReadBack;
use crate::registry::Proposal;
use crate::self_check;
use crate::units::Entry;
use base::diag::{Diagnostic, Diagnostics, Severity, Text, Words};
use base::text;

/// A piece of the source that is in no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Where it stands: a line, a paragraph, a row.
    pub place: Text,
    /// Its words.
    pub words: String,
}

/// What an import found.
#[derive(Debug, Clone)]
pub struct Report {
    /// Headings.
    pub sections: usize,
    /// Items.
    pub items: usize,
    /// Items that name units.
    pub items_with_units: usize,
    /// Units.
    pub units: usize,
    /// Attachments.
    pub attachments: usize,
    /// Characters of the source that are in records.
    pub recorded: usize,
    /// Site menus, the page's head, what is said twice.
    pub boilerplate: Vec<Left>,
    /// What was not understood.
    pub not_understood: Vec<Left>,
    /// What is worth a look.
    pub doubts: Diagnostics,
    /// Whether the records can be used as they are.
    pub usable: bool,
}

impl Report {
    /// The summary on one line.
    pub fn summary(&self) -> Text {
        let (sections, items, units) = (self.sections, self.items, self.units);
        let (with_units, attachments) = (self.items_with_units, self.attachments);
        text!(
            "读出 {sections} 个部分、{items} 条任务（{with_units} 条写明单位）、{units} 个单位、{attachments} 个附件",
            "{sections} sections, {items} items ({with_units} name units), {units} units, {attachments} attachments"
        )
    }

    /// How many characters went where.
    pub fn accounts(&self) -> Text {
        let count = |left: &[Left]| -> usize { left.iter().map(|l| count(&l.words)).sum() };
        let (recorded, boilerplate, unknown) =
            (self.recorded, count(&self.boilerplate), count(&self.not_understood));
        let doubtful = self.doubts.iter().filter(|d| d.severity != Severity::Hint).count();
        text!(
            "原文 {all} 个字符：写进记录 {recorded}，网页套话和重复 {boilerplate}，没有看懂 {unknown}；存疑 {doubtful} 处",
            "{all} characters of the source: {recorded} in records, {boilerplate} of the site or said twice, {unknown} not understood; {doubtful} places are doubtful",
            all = recorded + boilerplate + unknown
        )
    }

    /// One line for each piece that was not understood.
    pub fn warnings(&self) -> Diagnostics {
        let mut diags = Diagnostics::new();
        for left in &self.not_understood {
            diags.push(Diagnostic::warning("import-not-understood", left.line()));
        }
        diags
    }
}

impl Left {
    /// Place and words, cut to a line.
    pub fn line(&self) -> Text {
        let mut words: String = self.words.chars().take(60).collect();
        if words.len() < self.words.len() {
            words.push('…');
        }
        let place = &self.place;
        text!("{place}没有看懂：{words}", "{place} was not understood: {words}"; place)
    }
}

fn count(words: &str) -> usize {
    words.chars().filter(|c| !crate::chars::is_blank(*c)).count()
}

pub(crate) fn report(
    draft: &Draft,
    proposal: &Proposal,
    extract: &Extract,
    ledger: &Ledger,
    missing: Option<&Proposal>,
    back: &ReadBack,
) -> Report {
    let items = draft.items();
    let left = |fate| ledger.stretches(extract, fate).into_iter().map(to_left).collect();
    Report {
        sections: draft
            .sections
            .iter()
            .flat_map(Section::walk)
            .filter(|s| s.heading.is_some())
            .count(),
        items: items.len(),
        items_with_units: items.iter().filter(|item| item.has_units()).count(),
        units: proposal.units.len(),
        attachments: draft.attachments.len(),
        recorded: ledger.count(extract, Fate::Record),
        boilerplate: left(Fate::Boilerplate),
        not_understood: left(Fate::Unknown),
        doubts: doubts(draft, extract, missing, back),
        usable: !back.problems.has_errors(),
    }
}

fn to_left(stretch: Stretch) -> Left {
    Left { place: stretch.place.text(), words: stretch.text }
}

fn doubts(
    draft: &Draft,
    extract: &Extract,
    missing: Option<&Proposal>,
    back: &ReadBack,
) -> Diagnostics {
    let mut diags = extract.notes.diagnostics();
    diags.append(self_check::doubts(draft, extract));
    for item in draft.items() {
        let place = extract.place(item.at).map(crate::input::Place::text);
        let place = place.unwrap_or_else(|| Words::new("", "").into());
        for part in &item.parts {
            for entry in part.assigned.iter().flat_map(|a| a.entries()) {
                if let Entry::Etc(words) = entry {
                    diags.push(Diagnostic::hint(
                        "import-unnamed",
                        text!(
                            "{place}的“{words}”没有指明是谁，没有记作单位",
                            "“{words}” at {place} names nobody and was not taken for a unit";
                            place
                        ),
                    ));
                }
            }
        }
        for comment in &item.comments {
            diags.push(Diagnostic::warning(
                "import-no-field",
                text!(
                    "{place}：“{comment}”记录里没有对应的项，写成了批注",
                    "{place}: there is no field for “{comment}”; it was kept as a comment";
                    place
                ),
            ));
        }
    }
    if let Some(missing) = missing.filter(|missing| !missing.is_empty()) {
        let names: Vec<&str> = missing.names().collect();
        let names = names.join("、");
        diags.push(
            Diagnostic::warning(
                "import-units-missing",
                text!("单位名录里没有：{names}", "not in the registry of units: {names}"),
            )
            .help(text!(
                "核对后把 _units-to-add.yaml 里的内容并入 units.yaml",
                "check the entries of _units-to-add.yaml and move them into units.yaml"
            )),
        );
    }
    diags.extend(unusable(back));
    diags
}

/// What stands in the way of using the records.
fn unusable(back: &ReadBack) -> Option<Diagnostic> {
    use base::diag::Lang::Zh;
    /// So many problems are told at once.
    const SHOWN: usize = 5;
    let errors: Vec<&Diagnostic> =
        back.problems.iter().filter(|p| p.severity == Severity::Error).collect();
    let count = errors.len();
    let place = |problem: &Diagnostic| {
        let span = problem.span.as_ref();
        let at = span.map(|s| format!("{}:{} ", s.source().path(), s.start().line));
        format!("{}{}", at.unwrap_or_default(), problem.message.get(Zh))
    };
    let first: Vec<String> = errors.iter().take(SHOWN).map(|problem| place(problem)).collect();
    (count > 0).then(|| {
        Diagnostic::error(
            "import-check-records",
            text!(
                "写出的记录还不能用，有 {count} 处要改",
                "the records cannot be used yet, places to mend: {count}"
            ),
        )
        .detail(first.join("；"))
        .help(text!(
            "改好以后用 yinfa list items 核对",
            "mend them, then look with `yinfa list items`"
        ))
    })
}
