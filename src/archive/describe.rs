//! The metadata of a document, from its record and the files of its package.

use jiff::civil::Date;

use super::bag::info::NO_ORIGINAL;
use super::layout::role;
use super::metadata::{
    Agent, CodeParts, Content, Electronic, Event, FORM, FileEntry, FontEntry, FormFeatures,
    Metadata, Production, Provenance, Version,
};
use super::placement::Placement;
use records::manifest::{ArtifactEntry, Manifest};
use records::publication::Publication;

/// 文种 of 党政机关公文处理工作条例, those whose names end in another's last.
const GENRES: [&str; 15] = [
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复",
    "议案", "纪要", "函",
];
/// 密级 of everything that is archived here.
pub(super) const UNCLASSIFIED: &str = "非密";

/// Who keeps the document, and by which numbers.
pub(super) struct Keeping<'a> {
    /// 全宗名称.
    pub(super) fonds_name: Option<&'a str>,
    /// 立档单位名称.
    pub(super) creator: &'a str,
    /// 电子文件号.
    pub(super) electronic_number: &'a str,
    /// Code and version.
    pub(super) placement: &'a Placement,
    /// The program that writes the package.
    pub(super) archiver: &'a str,
    /// SHA-256 of the build's manifest.
    pub(super) manifest_sha256: &'a str,
}

/// The metadata of a document dated `date`, whose files are `files`.
pub(super) fn describe(
    publication: &Publication,
    date: Date,
    manifest: &Manifest,
    keeping: &Keeping<'_>,
    files: Vec<FileEntry>,
) -> Metadata {
    let placement = keeping.placement;
    Metadata {
        form: FORM.into(),
        level: "文件".into(),
        provenance: Provenance {
            fonds_name: keeping.fonds_name.map(line),
            creator: line(keeping.creator),
        },
        electronic_number: line(keeping.electronic_number),
        code: placement.code.as_ref().map(|code| CodeParts {
            code: code.to_string(),
            fonds: code.class.fonds.clone(),
            retention: code.class.retention.code().into(),
            division: code.class.division.clone(),
            piece: format!("{:04}", code.piece),
        }),
        year: format!("{:04}", date.year()),
        version: Version { number: placement.version, replaces: placement.replaces.clone() },
        content: content(publication, date),
        form_features: form_features(&files),
        electronic: Electronic { files },
        events: events(publication),
        agents: agents(publication),
        production: production(manifest, keeping),
    }
}

/// A text on one line, without what XML cannot hold.
fn line(text: &str) -> String {
    let good = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(good).collect()
}

fn content(publication: &Publication, date: Date) -> Content {
    let record = &publication.record;
    let disclosure = record.common.disclosure.clone().unwrap_or_default();
    let title = line(&publication.title());
    Content {
        publication: publication.id.clone(),
        keywords: disclosure.keywords.iter().map(|word| line(word)).collect(),
        doc_number: publication.doc_number().map(|number| line(&number)),
        organs: publication.organs.iter().map(|organ| line(organ)).collect(),
        date: date.to_string(),
        genre: genre(publication, &title).map(str::to_string),
        urgency: record.urgency.map(str::to_string),
        recipients: publication.recipients.iter().map(|r| line(&r.text)).collect(),
        copies: record.common.copies.iter().flatten().map(|copy| line(copy)).collect(),
        secrecy: UNCLASSIFIED.into(),
        access: disclosure.access.map(|access| access.name().into()),
        index: disclosure.index.as_ref().map(|index| line(index)),
        topic: disclosure.topic.as_ref().map(|topic| line(topic)),
        title,
    }
}

/// 文种, as the record has it, else as the title says.
fn genre(publication: &Publication, title: &str) -> Option<&'static str> {
    let given = publication.record.kind.as_ref().map(|kind| kind.value.name());
    given.or_else(|| GENRES.into_iter().find(|genre| title.ends_with(genre)))
}

fn form_features(files: &[FileEntry]) -> FormFeatures {
    let of = |role: &str| files.iter().find(|file| file.role == role);
    let original = of(role::ORIGINAL);
    // Pages of a scan or an OFD are not counted, and those of our notice are not its pages.
    let counted = original.or_else(|| of(role::NOTICE));
    FormFeatures {
        combination: "组合文件".into(),
        pages: counted.and_then(|file| file.pages),
        language: "汉语".into(),
        manuscript: if original.is_some() { role::ORIGINAL } else { role::NOTICE }.into(),
        remark: original.is_none().then(|| NO_ORIGINAL.into()),
    }
}

fn events(publication: &Publication) -> Vec<Event> {
    let record = &publication.record;
    let mut events: Vec<Event> = record
        .process
        .steps
        .iter()
        .map(|step| Event {
            action: match step.step {
                "drafted" => "起草",
                "reviewed" => "审核",
                "countersigned" => "会签",
                _ => "签发",
            }
            .into(),
            time: step.when.as_ref().map(|when| when.value.to_string()),
            who: Some(line(&step.who)),
        })
        .collect();
    if let Some(printed) = &record.printed {
        let who = record.common.printed_by.as_ref().map(|who| line(who));
        events.push(Event { action: "印发".into(), time: Some(printed.value.to_string()), who });
    }
    if let Some((date, _)) = &record.published {
        let who = record.common.publisher.as_ref().map(|who| line(who));
        events.push(Event { action: "公开".into(), time: Some(date.to_string()), who });
    }
    events
}

fn agents(publication: &Publication) -> Vec<Agent> {
    let record = &publication.record;
    let organs = publication.organs.iter().map(|organ| ("机构", line(organ)));
    let signed = record.signatory.iter().map(|who| ("人员", line(who)));
    let acted = record.process.steps.iter().map(|step| ("人员", line(&step.who)));
    let mut agents: Vec<Agent> = Vec::new();
    for (kind, name) in organs.chain(signed).chain(acted) {
        if !agents.iter().any(|agent| agent.name == name) {
            agents.push(Agent { kind: kind.into(), name });
        }
    }
    agents
}

fn production(manifest: &Manifest, keeping: &Keeping<'_>) -> Production {
    let entries = || manifest.artifacts.values();
    let is_notice = |entry: &&ArtifactEntry| entry.kind == "notice" && entry.engine.is_some();
    let notice = entries().find(is_notice);
    let mut fonts: Vec<FontEntry> = Vec::new();
    for (name, sha256) in entries().flat_map(|entry| &entry.fonts) {
        let font = FontEntry { name: name.clone(), sha256: sha256.clone() };
        if !fonts.contains(&font) {
            fonts.push(font);
        }
    }
    fonts.sort_by(|a, b| (&a.name, &a.sha256).cmp(&(&b.name, &b.sha256)));
    Production {
        program: notice.map(|entry| entry.program.clone()).unwrap_or_default(),
        archiver: line(keeping.archiver),
        manifest: keeping.manifest_sha256.into(),
        engine: notice.and_then(|entry| entry.engine.clone()),
        fonts,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::archive::placement::Placement;
    use base::diag::{Diagnostics, Source};
    use records::content::schema::notice::NoticeRecord;
    use records::content::yaml::parse;
    use records::publication::{Input, Registry, resolve};

    fn metadata(title: &str) -> Metadata {
        let notice =
            "title: 关于印发要点的通知\nissued: {title: 要点, sections: [{heading: 一}]}\n";
        let mut diags = Diagnostics::new();
        let (document, _) = parse(&Source::new("notice.yaml", notice));
        let notice = NoticeRecord::from_document(&document, &mut diags).unwrap();
        let registry = Arc::new(Registry::default());
        let input = Input { id: "p", notice, office: None, items: &[], registry };
        let publication = resolve(input, &mut diags);
        let placement =
            Placement { code: None, document: "预归档_1".into(), version: 1, replaces: None };
        let keeping = Keeping {
            fonds_name: Some(title),
            creator: title,
            electronic_number: "1",
            placement: &placement,
            archiver: title,
            manifest_sha256: "",
        };
        let date = jiff::civil::date(2025, 3, 6);
        describe(&publication, date, &Manifest::default(), &keeping, Vec::new())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn xml_and_json_hold_every_text(text in ".{0,40}") {
            let metadata = metadata(&text);
            let xml = metadata.to_xml().unwrap();
            prop_assert_eq!(&Metadata::from_xml(&xml).unwrap(), &metadata, "{}", xml);
            let json = metadata.to_json().unwrap();
            prop_assert_eq!(&Metadata::from_json(&json).unwrap(), &metadata);
        }
    }

    #[test]
    fn marks_of_xml_are_escaped() {
        let metadata = metadata("<甲> & “乙”\u{1}]]>");
        assert_eq!(metadata.provenance.creator, "<甲> & “乙”]]>");
        let xml = metadata.to_xml().unwrap();
        assert_eq!(Metadata::from_xml(&xml).unwrap(), metadata);
    }
}
