//! Records to a publication.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::schema::assignment as assignment_record;
use crate::content::schema::attachment::{AttachedTo, AttachmentKind, AttachmentRecord};
use crate::content::schema::item::{ItemRecord, OwnRecord, PartRecord};
use crate::content::schema::notice::{
    Format, Kind, LeadConvention, LeadSentence, Mark, NoticeRecord, RecipientRecord, TextRecord,
};
use base::diag::{Diagnostic, Diagnostics, SourceText, Span};
use base::nearest::is_slip;
use base::rich::{Allow, Rich, markdown};
use base::text;

use super::assignment::{Assignment, Convention};
use super::item::{Item, Own, Part};
use super::item_key::item_keys;
use super::registry::{Found, Named, Registry, UnitId};
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
    let outline = Outline::new(&notice.text);
    outline.check_ids(diags);
    let (by_section, unplaced) = place_items(&outline, items, diags);
    check_item_ids(items, diags);

    let resolver = Resolver { notice: &notice, registry: &registry };
    let mut numbers = ItemNumbers::new(&notice.common);
    let mut sentence = resolver.lead_sentence();
    let mut sections = Vec::new();
    let mut resolved_items = Vec::new();
    for (section, placed) in by_section.iter().enumerate() {
        let entry = &outline.entries[section];
        let assignment = resolver.assignment(&entry.record.assignment, &mut sentence, diags);
        let inherited = outline.inherited(section);
        let labels = numbers.of_section(entry.record, placed.len());
        let mut places = Vec::new();
        for (&record, (number, label)) in placed.iter().zip(labels) {
            places.push(resolved_items.len());
            let parts = resolver.parts(&items[record], inherited, &mut sentence, diags);
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
            id: entry.record.id.as_deref().map(|id| id.trim().to_string()),
            path: entry.path.clone(),
            before: rich(entry.record.before.as_ref(), diags),
            after: rich(entry.record.after.as_ref(), diags),
            assignment,
            items: places,
            sections: entry.children.clone(),
            parent: entry.parent,
            span: entry.record.span.clone(),
        });
    }
    // Items in no section are resolved all the same, so that their problems are reported and
    // they can be listed; with an error among them, nothing is built.
    if !unplaced.is_empty() {
        let mut places = Vec::new();
        for record in unplaced {
            places.push(resolved_items.len());
            let parts = resolver.parts(&items[record], None, &mut None, diags);
            let number = resolved_items.len() as u32 + 1;
            let label = String::new();
            let section = sections.len();
            resolved_items.push(resolver.item(
                &items[record],
                section,
                number,
                label,
                parts,
                diags,
            ));
        }
        sections.push(Section::nowhere(places, notice.span.clone()));
    }

    let recipients = notice.recipients.iter().map(|r| resolver.recipient(r, diags)).collect();
    let attachments = notice.attachments.iter().map(|a| resolver.attachment(a, diags)).collect();
    let report_to = resolver.report_to(diags);
    let organs: Vec<String> = match &notice.common.organ {
        Some(organs) => organs.iter().map(|organ| organ.trim().to_string()).collect(),
        None => office.iter().map(|office| office.trim().to_string()).collect(),
    };
    let (letter, preface, closing) = match &notice.text {
        TextRecord::Issued(issued) => (notice.letter.as_ref(), issued.preface.as_ref(), None),
        TextRecord::Direct(body) => (body.before.as_ref(), None, body.after.as_ref()),
    };
    check_title(&notice, &organs, diags);
    let publication = Publication {
        item_keys: item_keys(&resolved_items, &sections),
        id: id.to_string(),
        organs,
        recipients,
        letter: rich(letter, diags),
        preface: rich(preface, diags),
        closing: rich(closing, diags),
        sections,
        roots: outline.roots,
        items: resolved_items,
        attachments,
        report_to,
        progress: Vec::new(),
        span: notice.span.clone(),
        registry: registry.clone(),
        record: notice.clone(),
    };
    check_head(&publication, diags);
    publication
}

/// 7.2.4: a joint notice has two to five organs here. 7.2.6: a signatory stands on the number's line
/// of a red head.
fn check_head(publication: &Publication, diags: &mut Diagnostics) {
    const MOST: usize = 5;
    let notice = &publication.record;
    let plain = publication.format() == Format::Letter || notice.common.mark == Some(Mark::None);
    if let (true, Some(signatory)) = (plain, notice.signatory.first()) {
        diags.push(
            Diagnostic::error(
                "signatory-without-head",
                text!(
                    "没有版头的公文或信函格式的公文，没有印签发人的地方",
                    "a signatory needs the red head of the normal format"
                ),
            )
            .at(signatory.span())
            .help(text!(
                "签发人只用于上行文：删去 signatory，或改用有版头的普通格式",
                "only upward documents have one: take it out, or use `format: normal` with a mark"
            )),
        );
    }
    let organs = notice.common.organ.as_deref().unwrap_or_default();
    if let Some(extra) = organs.get(MOST) {
        diags.push(
            Diagnostic::error(
                "joint-too-many",
                text!("联合行文最多 {MOST} 个机关", "a joint notice has {MOST} organs at the most"),
            )
            .at(extra.span())
            .help(text!("请减到 {MOST} 个以内", "leave {MOST} or fewer")),
        );
    }
}

/// The title stands without the organ, which is printed before it where it is wanted.
fn check_title(notice: &NoticeRecord, organs: &[String], diags: &mut Diagnostics) {
    let title = notice.title.as_str();
    let mut rest = title.trim_start();
    while let Some(behind) = organs.iter().find_map(|organ| {
        Some(organ)
            .filter(|organ| !organ.is_empty())
            .and_then(|organ| rest.strip_prefix(organ.as_str()))
    }) {
        rest = behind.trim_start_matches(|c: char| c.is_whitespace() || c == '、');
    }
    let organ = title[..title.len() - rest.len()].trim();
    // 云溪区人民政府工作规则 is about the organ.
    if organ.is_empty()
        || !["关于", "印发", "转发", "批转"].iter().any(|word| rest.starts_with(word))
    {
        return;
    }
    diags.push(
        Diagnostic::error(
            "title-organ",
            text!(
                "标题开头写了发文机关“{organ}”，任务单等处会印两次",
                "the title begins with the organ “{organ}”: sheets would print it twice"
            ),
        )
        .at(&notice.title.span_of(0..title.len() - rest.len()))
        .help(text!(
            "标题从“关于”写起；要印在标题里，写 organ_in_title: both",
            "begin the title with 关于; to print the organ before it set `organ_in_title: both`"
        )),
    );
}

/// For each section the places of its items in `items`, in the order in which they are printed:
/// those with an `order` by it, then the others as they came. Then those that are in no section.
fn place_items(
    outline: &Outline<'_>,
    items: &[ItemRecord],
    diags: &mut Diagnostics,
) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut by_section = vec![Vec::new(); outline.entries.len()];
    let mut unplaced = Vec::new();
    for (place, item) in items.iter().enumerate() {
        match item.section.as_ref().and_then(|section| outline.find(section, diags)) {
            Some(section) => by_section[section].push(place),
            None => unplaced.push(place),
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
    (by_section, unplaced)
}

/// Reports ids that several items have.
fn check_item_ids(items: &[ItemRecord], diags: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &SourceText> = BTreeMap::new();
    for id in items.iter().filter_map(|item| item.id.as_ref()) {
        let Some(first) = seen.insert(id.trim(), id) else { continue };
        diags.push(
            Diagnostic::error(
                "item-id-twice",
                text!("两条任务的 id 都是“{id}”", "two items have the id “{id}”", id = id.trim()),
            )
            .at(id.span())
            .note(text!("另一条在这里", "the other one"), first.span())
            .help(text!(
                "改掉其中一个；新抄的任务请删去 id",
                "change one of them; delete it where an item was copied"
            )),
        );
    }
}

fn attached_to_nothing(span: &Span) -> Diagnostic {
    Diagnostic::error(
        "attachment-of-nothing",
        text!(
            "附件写了 of: issued，这份公文没有另外印发的文本",
            "the attachment belongs to an issued text (`of: issued`), and there is none"
        ),
    )
    .at(span)
    .help(text!("请删去 of", "take `of` out"))
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
        record: &assignment_record::Assignment,
        sentence: &mut Option<String>,
        diags: &mut Diagnostics,
    ) -> Assignment {
        let printed = if record.is_empty() { None } else { sentence.take() };
        Assignment::resolve(record, self.convention(), printed.as_deref(), self.registry, diags)
    }

    /// The parts of an item; those that name nobody have the units of the heading above.
    fn parts(
        &self,
        record: &ItemRecord,
        inherited: Option<&assignment_record::Assignment>,
        sentence: &mut Option<String>,
        diags: &mut Diagnostics,
    ) -> Vec<Part> {
        let mut part = |part: &PartRecord| {
            let text = rich(Some(&part.text), diags);
            let above = inherited.filter(|_| part.assignment.is_empty());
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
            if let (true, Some(label)) = (part.assignment.is_empty(), &part.assignment.label) {
                diags.push(label_unused(label));
            }
            Part {
                text,
                assignment,
                inherited: above.is_some(),
                targets: part.targets.clone(),
                deadline: part.deadline.as_ref().map(|deadline| deadline.value.clone()),
            }
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
            id: record.id.as_deref().map(|id| id.trim().to_string()),
            number,
            label,
            section,
            parts,
            targets: record.targets.clone(),
            deadline: record.deadline.as_ref().map(|d| d.value.clone()),
            own: Vec::new(),
            span: record.span.clone(),
        };
        for own in &record.own {
            if let Some(own) = self.own(own, &item, diags) {
                item.own.push(own);
            }
        }
        item
    }

    /// What a single unit has to do. It must be one of the item's units, or do the work of one,
    /// and have only one such entry.
    fn own(&self, record: &OwnRecord, item: &Item, diags: &mut Diagnostics) -> Option<Own> {
        let name = &record.unit;
        let unit = match self.registry.find(name, name.span(), diags) {
            Ok(Found { named: Named::Unit(unit), .. }) => unit,
            Ok(_) => {
                diags.push(
                    Diagnostic::error(
                        "own-of-group",
                        text!(
                            "“{name}”是单位组，这里要写单个单位",
                            "“{name}” is a group: name a single unit",
                            name = &**name
                        ),
                    )
                    .at(name.span())
                    .help(text!("每个单位写一段", "write an entry for each unit")),
                );
                return None;
            }
            Err(problem) => {
                diags.push(problem);
                return None;
            }
        };
        let units = item.units();
        let serves = |body: &UnitId| self.registry.unit(*body).served_by == Some(unit);
        if !units.contains(&unit) && !units.iter().any(serves) {
            diags.push(
                Diagnostic::error(
                    "own-not-responsible",
                    text!(
                        "“{name}”不是这一条的责任单位",
                        "“{name}” is not responsible for this item",
                        name = &**name
                    ),
                )
                .at(name.span())
                .help(text!(
                    "把它加进 units，或删去这一段",
                    "add it to `units`, or take this entry out"
                )),
            );
            return None;
        }
        if item.own.iter().any(|own| own.unit == unit) {
            diags.push(
                Diagnostic::error(
                    "own-twice",
                    text!(
                        "“{name}”在这一条里写了两次",
                        "“{name}” has two entries in this item",
                        name = &**name
                    ),
                )
                .at(name.span())
                .help(text!("合并成一段", "join them")),
            );
            return None;
        }
        let task = rich(record.task.as_ref(), diags);
        Some(Own { unit, task, targets: record.targets.clone() })
    }

    /// Whether the document goes to bodies that no registry of one's own units has: superiors, and
    /// other offices. To them nothing is sent from here, so that the wording is all there is.
    fn goes_outside(&self) -> bool {
        let kind = self.notice.kind.as_ref().map(|kind| kind.value);
        matches!(kind, Some(Kind::Report | Kind::Request | Kind::Letter | Kind::Opinion))
    }

    fn recipient(&self, record: &RecipientRecord, diags: &mut Diagnostics) -> Recipient {
        let text = record.text.trim().to_string();
        let units = match &record.to {
            Some(to) => self.registry.expand_names(to, diags),
            None => match (self.registry.look_up(&text), self.registry.wording(&text)) {
                (Some(named), _) => self.registry.units_of(named),
                (None, Some(units)) => units.to_vec(),
                (None, None) => {
                    let near = self.registry.near(&text);
                    let slip = near.is_some_and(|near| is_slip(&text, near));
                    if slip || !self.goes_outside() {
                        diags.push(unknown_recipient(&record.text, near));
                    }
                    Vec::new()
                }
            },
        };
        Recipient { text, units }
    }

    fn attachment(&self, record: &AttachmentRecord, diags: &mut Diagnostics) -> Attachment {
        let of = match (self.notice.text.issued(), &record.of) {
            (Some(_), of) => of.as_ref().map_or(AttachedTo::Issued, |of| of.value),
            (None, of) => {
                let issued = of.as_ref().filter(|of| of.value == AttachedTo::Issued);
                diags.extend(issued.map(|of| attached_to_nothing(&of.span)));
                AttachedTo::Letter
            }
        };
        let allow = Allow { headings: matches!(record.kind, AttachmentKind::Text) };
        let content = match &record.kind {
            AttachmentKind::Text => AttachmentContent::None,
            AttachmentKind::Table { columns, looks, rows, wide } => AttachmentContent::Table {
                looks: looks.clone(),
                wide: *wide,
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
            of,
            stage: record.stage,
            apart: record.apart,
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

fn label_unused(label: &SourceText) -> Diagnostic {
    Diagnostic::warning(
        "label-unused",
        text!(
            "这里没有写单位，label 不起作用",
            "there are no units here, so the label prints nothing"
        ),
    )
    .at(label.span())
    .help(text!(
        "把 label 写在列出单位的地方（任务或标题）",
        "put `label` where the units are named: the item or the heading"
    ))
}

fn unknown_recipient(text: &SourceText, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "recipient-unknown",
        text!(
            "不知道主送机关“{text}”指哪些单位",
            "it is not known whom the recipients “{text}” stand for",
            text = &**text
        ),
    )
    .at(text.span())
    .help(match near {
        Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
        None => text!(
            "在 units.yaml 的 recipients 里登记这一称谓，或在这里写 text: 和 to:",
            "declare the wording under `recipients` in units.yaml, or write `text:` and `to:` here"
        ),
    })
}
