//! Archives for the catalogue: packages made through the library, from records, with stand-ins for
//! the pages that a build would set.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use base::disk::sha256;
use records::manifest::{ArtifactEntry, Manifest};
use tempfile::TempDir;
use yinfa::archive::bag::info::{self, BagInfo};
use yinfa::archive::bag::write::{Bytes, NewBag};
use yinfa::archive::layout::{self, role};
use yinfa::archive::metadata::{
    CodeParts, Content, Electronic, FileEntry, FormFeatures, Metadata, Production, Provenance,
    Replaced, Version,
};

/// What a test says of a publication; the rest is usual.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    pub(crate) id: String,
    pub(crate) year: u32,
    pub(crate) month: u32,
    pub(crate) serial: u32,
    pub(crate) subject: String,
    pub(crate) organ: String,
    pub(crate) access: &'static str,
    pub(crate) topic: &'static str,
    /// Sections with their items: text and units as the record writes them.
    pub(crate) sections: Vec<(String, Vec<(String, String)>)>,
    pub(crate) units: String,
    pub(crate) version: u32,
    pub(crate) replaces: Option<String>,
    /// Prepared for the archive only: it has no archival code.
    pub(crate) pre_archived: bool,
}

/// A registry with something that must not get outside in every contact.
pub(crate) const UNITS: &str = "\
units:
  - {name: 区政府办, kind: 政府部门, contact: {person: 密钥甲, phone: 0571-88880001, email: secret-a@example.com}}
  - {name: 区发改局, kind: 政府部门, aliases: [区发改委], contact: {person: 密钥乙, phone: 0571-88880002, email: secret-b@example.com}}
  - {name: 区教育局, kind: 政府部门}
  - {name: 区卫健局, kind: 政府部门}
  - {name: 区数据局, kind: 政府部门}
  - {name: 区城管局, kind: 政府部门}
  - {name: 区文旅局, kind: 政府部门}
  - {name: 区人社局, kind: 政府部门}
  - {name: 东山镇, kind: 乡镇}
  - {name: 西水街道, kind: 街道}
groups:
  - {name: 各镇街, kinds: [乡镇, 街道]}
";

impl Paper {
    pub(crate) fn new(id: &str, year: u32, subject: &str) -> Self {
        Self {
            id: id.into(),
            year,
            month: 3,
            serial: 1,
            subject: subject.into(),
            organ: "云溪区政府办".into(),
            access: "主动公开",
            topic: "综合政务",
            sections: Vec::new(),
            units: UNITS.into(),
            version: 1,
            replaces: None,
            pre_archived: false,
        }
    }

    pub(crate) fn section(mut self, heading: &str, items: &[(&str, &str)]) -> Self {
        let items = items.iter().map(|(text, units)| ((*text).into(), (*units).into())).collect();
        self.sections.push((heading.into(), items));
        self
    }

    /// The name of its package.
    pub(crate) fn bag(&self) -> String {
        layout::bag_name(&self.document(), self.version)
    }

    fn code(&self) -> String {
        format!("0012-WS·{}-D30-BGS-{:04}", self.year, self.serial)
    }

    /// What the document is called.
    fn document(&self) -> String {
        match self.pre_archived {
            true => format!("预归档_云政办〔{}〕{}号", self.year, self.serial),
            false => self.code(),
        }
    }

    pub(crate) fn title(&self) -> String {
        format!("关于印发《{}年{}》的通知", self.year, self.subject)
    }

    fn notice(&self) -> String {
        let sections: String = self
            .sections
            .iter()
            .enumerate()
            .map(|(place, (heading, _))| format!("    - {{id: s{place}, heading: {heading}}}\n"))
            .collect();
        format!(
            "title: {}\nnumber: {{code: 云政办, year: {}, serial: {}}}\norgan: [{}]\nrecipients: [各镇街]\n\
             letter: 现印发给你们，请认真贯彻执行。\nlead: first\nissued:\n  title: {}年{}\n  sections:\n{sections}\
             date: {}-{:02}-06\ndisclosure: {{access: {}, topic: {}}}\n",
            self.title(),
            self.year,
            self.serial,
            self.organ,
            self.year,
            self.subject,
            self.year,
            self.month,
            self.access,
            self.topic,
        )
    }

    fn items(&self) -> String {
        let mut items = String::new();
        for (place, (_, list)) in self.sections.iter().enumerate() {
            for (text, units) in list {
                let text = serde_json::to_string(text).unwrap();
                items.push_str(&format!(
                    "- section: s{place}\n  text: {text}\n  units: [{units}]\n"
                ));
            }
        }
        items
    }

    fn payload(&self) -> BTreeMap<String, Bytes> {
        let document = self.document();
        let folder = layout::document_folder(&self.year.to_string(), &document);
        let page = format!(
            "<!DOCTYPE html><html lang=\"zh-CN\"><title>{0}</title><h1>{0}</h1>",
            self.title()
        );
        let files = [
            (role::NOTICE, "排版稿.pdf", "internal/notice.pdf", b"%PDF-1.7 stand-in".to_vec()),
            (role::PAGE, "网页.html", "internal/notice.html", page.into_bytes()),
            (
                role::SHEET,
                "任务单/区发改局.html",
                "internal/tasks/区发改局.html",
                b"<p>sheet-marker 0571-88880002</p>".to_vec(),
            ),
        ];
        let mut payload = BTreeMap::new();
        let mut entries = Vec::new();
        let mut manifest =
            Manifest { manifest: 1, publication: self.id.clone(), ..Manifest::default() };
        for (role, name, output, bytes) in files {
            let digest = sha256(&bytes);
            entries.push(FileEntry {
                role: role.into(),
                name: name.into(),
                format: name.rsplit_once('.').unwrap().1.into(),
                bytes: bytes.len() as u64,
                pages: None,
                sha256: digest.clone(),
                program: None,
                output: Some(output.into()),
            });
            let entry = ArtifactEntry {
                kind: if role == role::SHEET { "sheet" } else { "notice" }.into(),
                unit: None,
                sha256: digest,
                bytes: bytes.len() as u64,
                program: String::new(),
                engine: None,
                inputs: BTreeMap::new(),
                fonts: BTreeMap::new(),
            };
            if role != role::SHEET && self.access == "主动公开" {
                manifest.artifacts.insert(output.replace("internal/", "public/"), entry.clone());
            }
            manifest.artifacts.insert(output.into(), entry);
            payload.insert(format!("{folder}/{name}"), Bytes::Here(bytes));
        }
        let metadata = self.metadata(entries);
        let mut text = |path: String, text: String| {
            payload.insert(path, Bytes::Here(text.into_bytes()));
        };
        text(format!("{folder}/{}", layout::XML), metadata.to_xml().unwrap());
        text(layout::BUILD_MANIFEST.into(), serde_json::to_string(&manifest).unwrap());
        let source = |path: &str| format!("{}/{path}", layout::SOURCES);
        text(source("yinfa.yaml"), "office: 云溪区政府办\n".into());
        text(source("content/units.yaml"), self.units.clone());
        text(source(&format!("content/{}/notice.yaml", self.id)), self.notice());
        text(source(&format!("content/{}/items.yaml", self.id)), self.items());
        payload
    }

    fn metadata(&self, files: Vec<FileEntry>) -> Metadata {
        let replaces = self.replaces.clone();
        Metadata {
            form: "1".into(),
            level: "文件".into(),
            provenance: Provenance { fonds_name: None, creator: "云溪区政府办".into() },
            electronic_number: format!("yinfa-{}-{}", self.id, self.version),
            code: (!self.pre_archived).then(|| CodeParts {
                code: self.code(),
                fonds: "0012".into(),
                retention: "D30".into(),
                division: "BGS".into(),
                piece: format!("{:04}", self.serial),
            }),
            year: self.year.to_string(),
            version: Version {
                number: self.version,
                replaces: replaces.map(|bag| Replaced { bag, sha256: "0".repeat(64) }),
            },
            content: Content {
                publication: self.id.clone(),
                title: self.title(),
                keywords: Vec::new(),
                doc_number: Some(format!("云政办〔{}〕{}号", self.year, self.serial)),
                organs: vec![self.organ.clone()],
                date: format!("{}-{:02}-06", self.year, self.month),
                genre: Some("通知".into()),
                urgency: None,
                recipients: vec!["各镇街".into()],
                copies: Vec::new(),
                secrecy: "非密".into(),
                access: Some(self.access.into()),
                index: None,
                topic: Some(self.topic.into()),
            },
            form_features: FormFeatures {
                combination: "组合文件".into(),
                pages: None,
                language: "汉语".into(),
                manuscript: "排版稿".into(),
                remark: Some("未附盖章正本".into()),
            },
            electronic: Electronic { files },
            events: Vec::new(),
            agents: Vec::new(),
            production: Production {
                program: "test".into(),
                archiver: "test".into(),
                manifest: String::new(),
                engine: None,
                fonts: Vec::new(),
            },
        }
    }

    /// Puts its package into an archive.
    pub(crate) fn put(&self, archive: &Path) -> PathBuf {
        let mut labels = BagInfo::default();
        labels.push(info::SOURCE, "云溪区政府办");
        labels.push(info::IDENTIFIER, &self.code());
        let bag = NewBag { payload: self.payload(), info: labels };
        bag.stage(archive, &self.bag()).unwrap().commit().unwrap()
    }
}

/// An archive in a temporary folder, and a place for what is made of it.
pub(crate) struct Archive {
    dir: TempDir,
}

impl Archive {
    pub(crate) fn of(papers: &[Paper]) -> Self {
        let dir = TempDir::new().unwrap();
        fs::create_dir(dir.path().join("archive")).unwrap();
        let archive = Self { dir };
        for paper in papers {
            paper.put(&archive.bags());
        }
        archive
    }

    pub(crate) fn bags(&self) -> PathBuf {
        self.dir.path().join("archive")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
}

/// The work points of three years: tasks that go on, change, come and go.
pub(crate) fn three_years() -> Vec<Paper> {
    vec![
        Paper::new("2023", 2023, "数字政府建设工作要点")
            .section(
                "夯实数字底座",
                &[
                    ("升级政务云平台，新增算力节点10个，保障重要系统连续运行。", "区数据局"),
                    (
                        "开展公共数据质量治理，建立问题数据发现、反馈、整改机制。",
                        "区数据局, 各镇街",
                    ),
                ],
            )
            .section(
                "优化便民服务",
                &[
                    (
                        "推进“１２３４５”热线与网格平台对接，办结时限压缩至5个工作日。",
                        "区城管局, 各镇街",
                    ),
                    ("完成老旧场馆数字化改造3处，开放线上预约。", "区文旅局"),
                ],
            ),
        Paper::new("2024", 2024, "数字政府建设工作要点")
            .section(
                "夯实数字底座",
                &[
                    ("升级政务云平台，新增算力节点12个，保障重要系统连续运行。", "区数据局"),
                    (
                        "开展公共数据质量治理，建立问题数据发现、反馈、整改机制。",
                        "区发改委, 各镇街",
                    ),
                ],
            )
            .section(
                "优化便民服务",
                &[
                    (
                        "推进“12345”热线与网格平台对接，办结时限压缩至3个工作日。",
                        "区城管局, 各镇街",
                    ),
                    ("建设5G基站80个，实现重点区域AI视频监测全覆盖。", "区发改委, 区数据局"),
                ],
            ),
        Paper::new("2025", 2025, "数字政府建设工作要点")
            .section(
                "夯实数字底座",
                &[
                    ("升级政务云平台，新增算力节点12个，保障重要系统连续运行。", "区数据局"),
                    (
                        "开展公共数据质量治理，建立问题数据发现、反馈、整改机制。",
                        "区发改局, 各镇街",
                    ),
                ],
            )
            .section(
                "优化便民服务",
                &[
                    ("建设5G基站100个，实现重点区域AI视频监测全覆盖。", "区发改局, 区数据局"),
                    (
                        "上线“一件事”联办服务20项，线上办理率达90.5%。",
                        "区政府办, 区人社局, 区卫健局",
                    ),
                ],
            ),
    ]
    .into_iter()
    .map(|mut paper| {
        if paper.year == 2024 {
            // Last year's registry: the unit had another name.
            paper.units = UNITS
                .replace("name: 区发改局", "name: 区发改委")
                .replace("aliases: [区发改委], ", "");
        }
        paper
    })
    .collect()
}
