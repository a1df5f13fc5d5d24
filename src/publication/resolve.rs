//! Records to a publication.

use std::sync::Arc;

use crate::content::schema::attachment::{AttachmentKind, AttachmentRecord};
use crate::content::schema::item::{ItemRecord, PartRecord};
use crate::content::schema::notice::{
    Format, LeadConvention, LeadSentence, NoticeRecord, RecipientRecord,
};
use crate::diag::{Diagnostic, Diagnostics, SourceText};
use crate::text;
use crate::text::{Allow, Rich, markdown};

use super::assignment::{Assignment, Convention};
use super::item::{Item, Own, Part};
use super::registry::{Registry, UnitId};
use super::section::{ItemNumbers, Outline, Section, SectionId};
use super::{Attachment, AttachmentContent, Publication, Recipient};

/// What a publication is made from.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    /// Its folder's path below content/.
    pub id: &'a str,
    /// The notice, with the project's defaults filled in.
    pub notice: NoticeRecord,
    /// The project's office.
    pub office: Option<&'a str>,
    /// All items in the order of their files and of their places there.
    pub items: &'a [ItemRecord],
    /// The units.
    pub registry: Arc<Registry>,
}

/// Resolves a publication. Everything that can be resolved is, whatever else is wrong.
pub fn resolve(input: Input<'_>, diags: &mut Diagnostics) -> Publication {
    let Input { id, notice, office, items, registry } = input;
    let outline = Outline::new(&notice.issued);
    outline.check_ids(diags);
    let by_section = place_items(&outline, items, diags);

    let resolver = Resolver { notice: &notice, registry: &registry };
    let mut numbers = ItemNumbers::new(&notice.common);
    let mut sentence = resolver.lead_sentence();
    let mut sections = Vec::new();
    let mut resolved_items = Vec::new();
    for (section, placed) in by_section.iter().enumerate() {
        let entry = &outline.entries[section];
        let assignment = resolver.assignment(&entry.record.assignment, &mut sentence, diags);
        let labels = numbers.of_section(entry.record, placed.len());
        let mut places = Vec::new();
        for (&record, (number, label)) in placed.iter().zip(labels) {
            places.push(resolved_items.len());
            let parts = resolver.parts(&items[record], section, &outline, &mut sentence, diags);
            resolved_items.push(resolver.item(
                &items[record],
                section,
                number,
                label,
                parts,
                diags,
            ));
        }
        sections.push(Section {
            depth: entry.depth,
            number: entry.number,
            label: entry.label.clone(),
            heading: entry.record.heading.as_deref().map(|h| h.trim().to_string()),
            path: entry.path.clone(),
            before: rich(entry.record.before.as_ref(), diags),
            after: rich(entry.record.after.as_ref(), diags),
            assignment,
            items: places,
            sections: entry.children.clone(),
            span: entry.record.span.clone(),
        });
    }

    let recipients = notice.recipients.iter().map(|r| resolver.recipient(r, diags)).collect();
    let attachments = notice.attachments.iter().map(|a| resolver.attachment(a, diags)).collect();
    let report_to = resolver.report_to(diags);
    let organs = match &notice.common.organ {
        Some(organs) => organs.iter().map(|organ| organ.trim().to_string()).collect(),
        None => office.iter().map(|office| office.trim().to_string()).collect(),
    };
    check_joint(&notice, diags);
    Publication {
        id: id.to_string(),
        organs,
        recipients,
        letter: rich(notice.letter.as_ref(), diags),
        preface: rich(notice.issued.preface.as_ref(), diags),
        sections,
        roots: outline.roots,
        items: resolved_items,
        attachments,
        report_to,
        span: notice.span.clone(),
        registry: registry.clone(),
        record: notice.clone(),
    }
}

/// 7.2.4: a joint notice has two to five organs here, and the letter format has one.
fn check_joint(notice: &NoticeRecord, diags: &mut Diagnostics) {
    const MOST: usize = 5;
    let organs = notice.common.organ.as_deref().unwrap_or_default();
    let letter = notice.common.format == Some(Format::Letter);
    let Some(extra) = organs.get(if letter { 1 } else { MOST }) else { return };
    let diagnostic = if letter {
        Diagnostic::error(
            "joint-letter",
            text!("信函格式只能有一个发文机关", "the letter format has one issuing organ"),
        )
        .help(text!("改用 format: normal", "use `format: normal`"))
    } else {
        Diagnostic::error(
            "joint-too-many",
            text!("联合行文最多 {MOST} 个机关", "a joint notice has {MOST} organs at the most"),
        )
        .help(text!("请减到 {MOST} 个以内", "leave {MOST} or fewer"))
    };
    diags.push(diagnostic.at(extra.span()));
}

/// For each section the places of its items in `items`, in the order in which they are printed:
/// those with an `order` by it, then the others as they came.
fn place_items(
    outline: &Outline<'_>,
    items: &[ItemRecord],
    diags: &mut Diagnostics,
) -> Vec<Vec<usize>> {
    let mut by_section = vec![Vec::new(); outline.entries.len()];
    for (place, item) in items.iter().enumerate() {
        if let Some(section) = outline.find(&item.section, diags) {
            by_section[section].push(place);
        }
    }
    for places in &mut by_section {
        let order = |place: &usize| items[*place].order.as_ref();
        places.sort_by_key(|place| order(place).map_or((1, 0), |order| (0, order.value)));
        for pair in places.windows(2) {
            let (Some(a), Some(b)) = (order(&pair[0]), order(&pair[1])) else {
                continue;
            };
            if a.value == b.value {
                diags.push(
                    Diagnostic::error(
                        "order-twice",
                        text!(
                            "同一部分里有两条任务的 order 都是 {n}",
                            "two items of a section have the order {n}",
                            n = a.value
                        ),
                    )
                    .at(&b.span)
                    .note(text!("另一条在这里", "the other one"), &a.span)
                    .help(text!(
                        "改成不同的数，或都删去，按文件先后排列",
                        "give them different numbers, or none"
                    )),
                );
            }
        }
    }
    by_section
}

fn rich(text: Option<&SourceText>, diags: &mut Diagnostics) -> Rich {
    rich_with(text, Allow::default(), diags)
}

fn rich_with(text: Option<&SourceText>, allow: Allow, diags: &mut Diagnostics) -> Rich {
    let Some(text) = text else {
        return Rich::default();
    };
    let (rich, problems) = markdown(text, allow);
    diags.append(problems);
    rich
}

/// What resolving one thing needs to know of the rest.
struct Resolver<'a> {
    notice: &'a NoticeRecord,
    registry: &'a Registry,
}

impl Resolver<'_> {
    fn convention(&self) -> Convention<'_> {
        let common = &self.notice.common;
        Convention {
            lead: common.lead.unwrap_or(LeadConvention::None),
            label: common.label.as_deref().unwrap_or("责任单位"),
        }
    }

    /// The sentence that the first bracket prints, if any.
    fn lead_sentence(&self) -> Option<String> {
        match self.notice.common.lead_sentence.as_ref()? {
            LeadSentence::No => None,
            LeadSentence::Usual => Some("排名第一责任单位为牵头单位，以下同".into()),
            LeadSentence::Words(words) => Some(words.trim().to_string()),
        }
    }

    /// Resolves an assignment; the first one that names somebody takes the sentence.
    fn assignment(
        &self,
        record: &crate::content::schema::assignment::Assignment,
        sentence: &mut Option<String>,
        diags: &mut Diagnostics,
    ) -> Assignment {
        let printed = if record.is_empty() { None } else { sentence.take() };
        Assignment::resolve(record, self.convention(), printed.as_deref(), self.registry, diags)
    }

    fn parts(
        &self,
        record: &ItemRecord,
        section: SectionId,
        outline: &Outline<'_>,
        sentence: &mut Option<String>,
        diags: &mut Diagnostics,
    ) -> Vec<Part> {
        let mut part = |part: &PartRecord| {
            let text = rich(Some(&part.text), diags);
            let above = outline.inherited(section).filter(|_| part.assignment.is_empty());
            let assignment = match above {
                // Its problems were reported with the heading.
                Some(above) => Assignment::resolve(
                    above,
                    self.convention(),
                    None,
                    self.registry,
                    &mut Diagnostics::new(),
                ),
                None => self.assignment(&part.assignment, sentence, diags),
            };
            Part { text, assignment, inherited: above.is_some() }
        };
        record.parts.iter().map(&mut part).collect()
    }

    fn item(
        &self,
        record: &ItemRecord,
        section: SectionId,
        number: u32,
        label: String,
        parts: Vec<Part>,
        diags: &mut Diagnostics,
    ) -> Item {
        let mut item = Item {
            number,
            label,
            section,
            parts,
            targets: record.targets.clone(),
            deadline: record.deadline.as_ref().map(|d| d.value.clone()),
            own: Vec::new(),
            span: record.span.clone(),
        };
        let units = item.units();
        for own in &record.own {
            let named = self.registry.expand_names(std::slice::from_ref(&own.unit), diags);
            let [unit] = named[..] else { continue };
            if !units.contains(&unit) {
                diags.push(
                    Diagnostic::error(
                        "own-not-responsible",
                        text!(
                            "“{unit}”不是这一条的责任单位",
                            "“{unit}” is not responsible for this item",
                            unit = &*own.unit
                        ),
                    )
                    .at(own.unit.span())
                    .help(text!(
                        "把它加进 units，或删去这一段",
                        "add it to `units`, or take this entry out"
                    )),
                );
                continue;
            }
            let task = rich(own.task.as_ref(), diags);
            item.own.push(Own { unit, task, targets: own.targets.clone() });
        }
        item
    }

    fn recipient(&self, record: &RecipientRecord, diags: &mut Diagnostics) -> Recipient {
        let text = record.text.trim().to_string();
        let units = match &record.to {
            Some(to) => self.registry.expand_names(to, diags),
            None => match (self.registry.look_up(&text), self.registry.wording(&text)) {
                (Some(named), _) => self.registry.units_of(named),
                (None, Some(units)) => units.to_vec(),
                (None, None) => {
                    diags.push(unknown_recipient(&record.text));
                    Vec::new()
                }
            },
        };
        Recipient { text, units }
    }

    fn attachment(&self, record: &AttachmentRecord, diags: &mut Diagnostics) -> Attachment {
        let allow = Allow { headings: matches!(record.kind, AttachmentKind::Text) };
        let content = match &record.kind {
            AttachmentKind::Text => AttachmentContent::None,
            AttachmentKind::Table { columns, rows } => AttachmentContent::Table {
                columns: columns.iter().map(|c| c.to_string()).collect(),
                rows: rows
                    .iter()
                    .map(|row| {
                        row.iter().map(|c| c.as_deref().unwrap_or_default().to_string()).collect()
                    })
                    .collect(),
            },
            AttachmentKind::UnitList { units } if units.is_empty() => AttachmentContent::Units(
                self.registry.units().iter().filter(|u| !u.outside).map(|u| u.id).collect(),
            ),
            AttachmentKind::UnitList { units } => {
                AttachmentContent::Units(self.listed(units, diags))
            }
            AttachmentKind::TaskTable => AttachmentContent::Tasks,
        };
        Attachment {
            title: record.title.trim().to_string(),
            of: record.of,
            text: rich_with(record.text.as_ref(), allow, diags),
            content,
        }
    }

    /// Units in the order in which a list names them.
    fn listed(&self, names: &[SourceText], diags: &mut Diagnostics) -> Vec<UnitId> {
        let mut units = Vec::new();
        for name in names {
            for unit in self.registry.expand_names(std::slice::from_ref(name), diags) {
                if !units.contains(&unit) {
                    units.push(unit);
                }
            }
        }
        units
    }

    fn report_to(&self, diags: &mut Diagnostics) -> Option<UnitId> {
        let to = self.notice.common.reporting.as_ref()?.to.as_ref()?;
        self.registry.expand_names(std::slice::from_ref(to), diags).first().copied()
    }
}

fn unknown_recipient(text: &SourceText) -> Diagnostic {
    Diagnostic::error(
        "recipient-unknown",
        text!(
            "不知道主送机关“{text}”指哪些单位",
            "it is not known whom the recipients “{text}” stand for",
            text = &**text
        ),
    )
    .at(text.span())
    .help(text!(
        "在 units.yaml 的 recipients 里登记这一称谓，或在这里写 text: 和 to:",
        "declare the wording under `recipients` in units.yaml, or write `text:` and `to:` here"
    ))
}
