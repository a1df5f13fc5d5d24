//! Small notices to be changed key by key.

use crate::support::Project;

/// A notice: the keys of its record with their YAML, its items and the registry.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    keys: Vec<(&'static str, String)>,
    items: String,
    units: String,
}

/// The registry of every notice here.
const UNITS: &str = "\
units:
  - {name: 区委组织部, kind: 党委部门, qualifiers: [人才办]}
  - {name: 区发改局, kind: 政府部门}
  - {name: 区教育局, kind: 政府部门}
  - {name: 区住房城乡建设和综合行政执法局, kind: 政府部门}
  - {name: 区市场监督管理局（知识产权局）, kind: 政府部门}
  - {name: 区塬上文化旅游服务中心, kind: 事业单位}
  - {name: 东山镇, kind: 乡镇}
  - {name: 西水街道, kind: 街道}
groups:
  - {name: 各镇街, kinds: [乡镇, 街道]}
";

/// Words of a plain text, without marks: forty characters to be repeated.
const FILLER: &str =
    "各单位要加强组织领导细化工作措施明确责任分工压实工作责任确保各项任务按时保质落到实处";

/// Plain text of so many characters, with a mark every few words.
pub(crate) fn prose(characters: usize) -> String {
    let mut text: String = FILLER.chars().cycle().take(characters.saturating_sub(1)).collect();
    text.push('。');
    text
}

impl Notice {
    /// A notice of two pages with everything that most have.
    pub(crate) fn new() -> Self {
        let keys = [
            ("title", "关于印发2025年工作要点的通知"),
            ("number", "{code: 云发改, year: 2025, serial: 1}"),
            ("organ", "云溪区发展和改革局"),
            ("printed_by", "云溪区发展和改革局办公室"),
            ("recipients", "[各镇街]"),
            ("letter", "现将《2025年工作要点》印发给你们，请结合实际认真贯彻执行。"),
            ("lead", "first"),
            ("date", "2025-03-06"),
            ("printed", "2025-03-07"),
            ("note", "此件公开发布"),
            ("copies", "[区委办公室，区人大常委会办公室，区政协办公室]"),
        ];
        let issued = format!(
            "\n  title: 2025年工作要点\n  preface: {}\n  sections:\n    - {{id: 发展, heading: 加快发展}}\n    - {{id: 民生, heading: 改善民生}}",
            prose(70)
        );
        let mut keys: Vec<_> = keys.map(|(key, value)| (key, value.to_string())).into();
        keys.push(("issued", issued));
        let items = format!(
            "- section: 发展\n  text: {}\n  units: [区发改局, 东山镇]\n- section: 民生\n  text: 新建学校2所，新增学位1200个。\n  units: [区教育局]\n",
            prose(60)
        );
        Self { keys, items, units: UNITS.into() }
    }

    /// A document of a kind whose text is its own, with nothing issued and no items.
    pub(crate) fn direct(kind: &str, body: &str) -> Self {
        Self::new()
            .with("kind", kind)
            .with("title", format!("关于推进2025年工作要点落实的{kind}"))
            .with("body", body)
            .without("letter")
            .without("issued")
            .items("[]")
    }

    /// With another value of a key.
    pub(crate) fn with(mut self, key: &'static str, yaml: impl Into<String>) -> Self {
        match self.keys.iter_mut().find(|(other, _)| *other == key) {
            Some((_, value)) => *value = yaml.into(),
            None => self.keys.push((key, yaml.into())),
        }
        self
    }

    /// Without a key.
    pub(crate) fn without(mut self, key: &str) -> Self {
        self.keys.retain(|(other, _)| *other != key);
        self
    }

    /// With other items.
    pub(crate) fn items(mut self, yaml: impl Into<String>) -> Self {
        self.items = yaml.into();
        self
    }

    /// As a project on disk, whose publication is `p`.
    pub(crate) fn project(&self) -> Project {
        let lines: Vec<String> =
            self.keys.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        Project::empty()
            .file("content/units.yaml", &self.units)
            .file("content/p/notice.yaml", lines.concat())
            .file("content/p/items.yaml", &self.items)
    }
}
