//! `notice.yaml`.

use super::file::Setting;
use super::names::Names;
use super::prose::prose;
use super::sections::{self, Numbering, style_name};
use super::yaml::{Yaml, flow_scalar};
use crate::draft::{Attachment, AttachmentContent, Draft, Sentence};
use records::content::schema::notice::Kind;
use records::content::schema::stage::Stage;

/// The sentence that `lead_sentence: true` prints.
const USUAL: &str = "排名第一责任单位为牵头单位，以下同";

pub(super) fn write(draft: &Draft, names: &Names, setting: &Setting<'_>) -> String {
    let mut yaml = Yaml::default();
    yaml.comment(&format!("由 yinfa import 从“{}”读出，请逐项核对。", setting.source));
    yaml.gap();
    head(&mut yaml, draft, setting);
    yaml.gap();
    if !draft.direct || !draft.items().is_empty() {
        convention(&mut yaml, draft, names);
        yaml.gap();
    }
    if draft.direct {
        body(&mut yaml, draft, names)
    } else {
        issued(&mut yaml, draft, names)
    }
    if !draft.attachments.is_empty() {
        yaml.gap();
        yaml.open("attachments", |yaml| {
            for one in &draft.attachments {
                yaml.item(|yaml| attachment(yaml, one, draft.direct, setting));
            }
        });
    }
    yaml.finish()
}

fn issued(yaml: &mut Yaml, draft: &Draft, names: &Names) {
    yaml.open("issued", |yaml| {
        if draft.title_is_made {
            yaml.comment("这个标题不是原文里的，请核对。");
        }
        yaml.field("title", &draft.issued_title);
        stage(yaml, draft.issued_stage);
        if !draft.preface.is_empty() {
            yaml.block("preface", &prose(&draft.preface));
        }
        yaml.open("sections", |yaml| {
            sections::write(yaml, &draft.sections, 1, names, &mut Numbering::default());
        });
    });
}

fn body(yaml: &mut Yaml, draft: &Draft, names: &Names) {
    yaml.open("body", |yaml| {
        let before: Vec<String> = draft.letter.iter().chain(&draft.preface).cloned().collect();
        if !before.is_empty() {
            yaml.block("before", &prose(&before));
        }
        if !draft.sections.is_empty() {
            yaml.open("sections", |yaml| {
                sections::write(yaml, &draft.sections, 1, names, &mut Numbering::default());
            });
        }
        if !draft.closing.is_empty() {
            yaml.block("after", &prose(&draft.closing));
        }
    });
}

fn head(yaml: &mut Yaml, draft: &Draft, setting: &Setting<'_>) {
    let head = &draft.head;
    if head.title_is_made {
        yaml.comment("原文只有所印发的文本，通知的标题是由它拟出的，请核对。");
    }
    // A title ends in the kind of document; without one it is a 通知.
    if let Some(kind) = head.kind().filter(|kind| *kind != Kind::default()) {
        yaml.field("kind", kind.name());
    }
    yaml.field("title", &head.title);
    if let Some((code, year, serial)) = &head.number {
        let serial = serial.map(|n| format!(", serial: {n}")).unwrap_or_default();
        yaml.raw("number", &format!("{{code: {}, year: {year}{serial}}}", flow_scalar(code)));
    }
    match &head.signatories[..] {
        [] => {}
        // Without a head there is no place for them.
        names if head.organs.is_empty() => {
            let names = names.join("、");
            yaml.comment(&format!("签发人：{names}。补上发文机关（organ）以后写进 signatory。"));
        }
        names => yaml.list("signatory", names),
    }
    if let Some(issue) = head.issue {
        yaml.raw("issue", &issue.to_string());
    }
    match &head.organs[..] {
        [organ] => yaml.field("organ", organ),
        [_, ..] => yaml.list("organ", &head.organs),
        [] if head.mark.is_some() => {}
        [] => {
            yaml.comment("原文没有署名：补上发文机关（organ）以后，可删去下一行，印出红头。");
            yaml.field("mark", "none");
        }
    }
    if let Some(mark) = &head.mark {
        yaml.field("mark", mark);
    }
    yaml.field("organ_in_title", if head.organ_in_title { "both" } else { "none" });
    if let Some(publisher) = &head.publisher {
        yaml.field("publisher", publisher);
    }
    recipients(yaml, draft, setting);
    if !draft.letter.is_empty() && !draft.direct {
        yaml.block("letter", &prose(&draft.letter));
    }
    if let Some(date) = head.date {
        yaml.field("date", &date.to_string());
    }
    if let Some(published) = &head.published {
        yaml.field("published", published);
    }
    if let Some(note) = &head.note {
        yaml.field("note", note);
    }
    if !head.copies.is_empty() {
        yaml.open("copies", |yaml| head.copies.iter().for_each(|line| yaml.entry(line)));
    }
    if let Some(organ) = &head.printed_by {
        yaml.field("printed_by", organ);
    }
    if let Some(date) = head.printed {
        yaml.field("printed", &date.to_string());
    }
    if !head.attendance.is_empty() {
        yaml.open("attendance", |yaml| {
            head.attendance.iter().for_each(|(key, names)| yaml.field(key, names));
        });
    }
    // Nobody signs minutes.
    if head.kind() != Some(Kind::Minutes) {
        yaml.raw("sign_off", if head.signed { "true" } else { "false" });
    }
    if !head.disclosure.is_empty() {
        yaml.open("disclosure", |yaml| {
            for (key, value) in &head.disclosure {
                yaml.field(key, value);
            }
        });
    }
}

fn recipients(yaml: &mut Yaml, draft: &Draft, setting: &Setting<'_>) {
    let (known, unknown): (Vec<&String>, Vec<&String>) =
        draft.head.recipients.iter().partition(|text| setting.known_recipients.contains(text));
    if !known.is_empty() {
        yaml.open("recipients", |yaml| known.iter().for_each(|text| yaml.entry(text)));
    }
    for text in unknown {
        yaml.comment(&format!("主送机关还有“{text}”，单位名录里没有：登记以后写进 recipients。"));
    }
}

fn convention(yaml: &mut Yaml, draft: &Draft, names: &Names) {
    let style = flow_scalar(style_name(names.item_style));
    let style = if style.ends_with('.') { format!("\"{style}\"") } else { style };
    let numbering = if names.restart { "restart" } else { "continue" };
    yaml.raw("items", &format!("{{style: {style}, numbering: {numbering}}}"));
    match &draft.sentence {
        Some(Sentence::InBracket(words)) => {
            yaml.field("lead", "first");
            if words == USUAL {
                yaml.raw("lead_sentence", "true")
            } else {
                yaml.field("lead_sentence", words)
            }
        }
        Some(Sentence::InText) => {
            yaml.field_with("lead", "first", "正文里写明了排名第一的牵头");
            yaml.raw("lead_sentence", "false");
        }
        None => {
            yaml.field("lead", "none");
            yaml.raw("lead_sentence", "false");
        }
    }
    yaml.field("label", &names.label);
}

fn stage(yaml: &mut Yaml, stage: Option<Stage>) {
    if let Some(mark) = stage.and_then(Stage::mark) {
        yaml.field("stage", mark);
    }
}

fn attachment(yaml: &mut Yaml, attachment: &Attachment, direct: bool, setting: &Setting<'_>) {
    yaml.field("title", &attachment.title);
    stage(yaml, attachment.stage);
    if attachment.of_letter && !direct {
        yaml.field("of", "letter");
    }
    match &attachment.content {
        AttachmentContent::Text(paragraphs) => {
            yaml.field("kind", "text");
            yaml.block("text", &prose(paragraphs));
        }
        AttachmentContent::Units { text, units } => {
            yaml.field("kind", "unit-list");
            if !text.is_empty() {
                yaml.block("text", &prose(text));
            }
            // Without `units` the list is the registry's: the one that was made from it.
            if setting.proposal.is_none() {
                let plain: Vec<String> = units
                    .iter()
                    .map(|name| crate::units::without_qualifier(name).to_string())
                    .collect();
                yaml.list("units", &plain);
            }
        }
        AttachmentContent::Table(columns, rows) => {
            yaml.field("kind", "table");
            yaml.list("columns", columns);
            yaml.open("rows", |yaml| {
                for row in rows {
                    let cells: Vec<String> = row
                        .iter()
                        .map(|cell| if cell.is_empty() { "\"\"".into() } else { flow_scalar(cell) })
                        .collect();
                    yaml.raw_entry(&format!("[{}]", cells.join(", ")));
                }
            });
        }
    }
}
