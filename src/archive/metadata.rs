//! The metadata of an archived document (DA/T 46, GB/T 39362): one value, written as XML and as
//! JSON. The names in both are those of the standard.

use serde::{Deserialize, Serialize};

/// The version of the form that [`Metadata`] is written in, and of all that follows from it
/// (`derived`, `read_me`): verifying works it out again, so a change of it is another version.
pub(crate) const FORM: &str = "1";
/// The root element.
const ROOT: &str = "电子文件元数据";

/// The metadata of one document (件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// The version of this form.
    #[serde(rename = "元数据版本")]
    pub form: String,
    /// 聚合层次: always 文件, a single document.
    #[serde(rename = "聚合层次")]
    pub level: String,
    /// 来源.
    #[serde(rename = "来源")]
    pub provenance: Provenance,
    /// 电子文件号.
    #[serde(rename = "电子文件号")]
    pub electronic_number: String,
    /// 档号; `None` while the document is only prepared for the archive (预归档).
    #[serde(rename = "档号", default, skip_serializing_if = "Option::is_none")]
    pub code: Option<CodeParts>,
    /// 年度.
    #[serde(rename = "年度")]
    pub year: String,
    /// The version of the package, and which one it replaces.
    #[serde(rename = "版本")]
    pub version: Version,
    /// 内容描述.
    #[serde(rename = "内容描述")]
    pub content: Content,
    /// 形式特征.
    #[serde(rename = "形式特征")]
    pub form_features: FormFeatures,
    /// 电子属性: the files of the document.
    #[serde(rename = "电子属性")]
    pub electronic: Electronic,
    /// 业务实体: what was done with the document.
    #[serde(rename = "业务实体", default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// 机构人员实体.
    #[serde(rename = "机构人员实体", default, skip_serializing_if = "Vec::is_empty")]
    pub agents: Vec<Agent>,
    /// What the files were made with, so that they can be made again.
    #[serde(rename = "制作环境")]
    pub production: Production,
}

/// 来源.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// 全宗名称.
    #[serde(rename = "全宗名称", default, skip_serializing_if = "Option::is_none")]
    pub fonds_name: Option<String>,
    /// 立档单位名称.
    #[serde(rename = "立档单位名称")]
    pub creator: String,
}

/// 档号 and its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeParts {
    /// The whole code.
    #[serde(rename = "编码")]
    pub code: String,
    /// 全宗号.
    #[serde(rename = "全宗号")]
    pub fonds: String,
    /// 保管期限.
    #[serde(rename = "保管期限")]
    pub retention: String,
    /// 机构或问题.
    #[serde(rename = "机构或问题")]
    pub division: String,
    /// 件号, four digits.
    #[serde(rename = "件号")]
    pub piece: String,
}

/// The version of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// From 1.
    #[serde(rename = "序号")]
    pub number: u32,
    /// The package it replaces.
    #[serde(rename = "替代", default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaced>,
}

/// A package that a later one replaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// The name of its folder.
    #[serde(rename = "包名")]
    pub bag: String,
    /// SHA-256 of its `tagmanifest-sha256.txt`, which stands for every byte of it.
    #[serde(rename = "标签清单SHA-256")]
    pub sha256: String,
}

/// 内容描述.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The publication's id in its project.
    #[serde(rename = "项目内编号")]
    pub publication: String,
    /// 题名.
    #[serde(rename = "题名")]
    pub title: String,
    /// 主题词.
    #[serde(rename = "主题词", default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// 文件编号: 发文字号.
    #[serde(rename = "文件编号", default, skip_serializing_if = "Option::is_none")]
    pub doc_number: Option<String>,
    /// 责任者: the issuing organs.
    #[serde(rename = "责任者", default, skip_serializing_if = "Vec::is_empty")]
    pub organs: Vec<String>,
    /// 日期: 成文日期 as `2025-03-06`.
    #[serde(rename = "日期")]
    pub date: String,
    /// 文种.
    #[serde(rename = "文种", default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// 紧急程度.
    #[serde(rename = "紧急程度", default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<String>,
    /// 主送.
    #[serde(rename = "主送", default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<String>,
    /// 抄送.
    #[serde(rename = "抄送", default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// 密级: always 非密, since nothing else is archived here.
    #[serde(rename = "密级")]
    pub secrecy: String,
    /// 公开方式.
    #[serde(rename = "公开方式", default, skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    /// 索引号.
    #[serde(rename = "索引号", default, skip_serializing_if = "Option::is_none")]
    pub index: Option<String>,
    /// 主题分类.
    #[serde(rename = "主题分类", default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// 形式特征.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormFeatures {
    /// 文件组合类型: always 组合文件, several files that are one document.
    #[serde(rename = "文件组合类型")]
    pub combination: String,
    /// 页数 of the sealed original, else of our notice; `None` where it cannot be counted.
    #[serde(rename = "页数", default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// 语种.
    #[serde(rename = "语种")]
    pub language: String,
    /// 稿本: 正本, or 排版稿 where the sealed original is not enclosed.
    #[serde(rename = "稿本")]
    pub manuscript: String,
    /// 未附盖章正本, where that is so.
    #[serde(rename = "说明", default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// 电子属性.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Electronic {
    /// The files, the sealed original first.
    #[serde(rename = "文件", default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileEntry>,
}

/// One file of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// What it is: 正本, 定稿, 发文稿纸, 排版稿, 编辑稿, 网页, 网页正文, 任务单, 任务单目录 or 附属文件.
    #[serde(rename = "稿件")]
    pub role: String,
    /// 计算机文件名: its path below the document's folder.
    #[serde(rename = "计算机文件名")]
    pub name: String,
    /// 格式信息.
    #[serde(rename = "格式信息")]
    pub format: String,
    /// 计算机文件大小, in bytes.
    #[serde(rename = "计算机文件大小")]
    pub bytes: u64,
    /// 页数, of PDFs.
    #[serde(rename = "页数", default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// SHA-256.
    #[serde(rename = "SHA-256")]
    pub sha256: String,
    /// 文档创建程序, of files that this program made.
    #[serde(rename = "文档创建程序", default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// Its path among the output it was taken from.
    #[serde(rename = "生成路径", default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
}

/// Something that was done with the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// 行为: 起草, 审核, 会签, 签发, 印发 or 公开.
    #[serde(rename = "行为")]
    pub action: String,
    /// 时间, as `2025-03-06`.
    #[serde(rename = "时间", default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Who did it.
    #[serde(rename = "责任者", default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
}

/// An organ or a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// 类型: 机构 or 人员.
    #[serde(rename = "类型")]
    pub kind: String,
    /// 名称.
    #[serde(rename = "名称")]
    pub name: String,
}

/// What the files were made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Production {
    /// The program that made the files, and its version.
    #[serde(rename = "程序")]
    pub program: String,
    /// The program that wrote the package, and its version.
    #[serde(rename = "归档程序")]
    pub archiver: String,
    /// SHA-256 of the build's manifest, which names every file with its inputs.
    #[serde(rename = "生成清单SHA-256")]
    pub manifest: String,
    /// The engine and its version.
    #[serde(rename = "排版引擎", default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// The font files that could be used; they are not enclosed.
    #[serde(rename = "字体", default, skip_serializing_if = "Vec::is_empty")]
    pub fonts: Vec<FontEntry>,
}

/// A font file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FontEntry {
    /// Its name without a folder.
    #[serde(rename = "文件名")]
    pub name: String,
    /// SHA-256.
    #[serde(rename = "SHA-256")]
    pub sha256: String,
}

impl Metadata {
    /// As XML, with a line ending.
    ///
    /// # Errors
    /// The words of the writer; there is no value that it does not take.
    pub fn to_xml(&self) -> Result<String, String> {
        to_xml(self, ROOT)
    }

    /// As JSON, with a line ending.
    ///
    /// # Errors
    /// The words of the writer; there is no value that it does not take.
    pub(crate) fn to_json(&self) -> Result<String, String> {
        serde_json::to_string_pretty(self).map(|json| json + "\n").map_err(|e| e.to_string())
    }

    /// Reads XML.
    ///
    /// # Errors
    /// The words of the reader about what is wrong with it.
    pub fn from_xml(xml: &str) -> Result<Self, String> {
        from_xml(xml, ROOT)
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// The words of the reader about what is wrong with it.
    pub fn from_json(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    /// The file of a role, the first where there are several.
    pub fn file(&self, role: &str) -> Option<&FileEntry> {
        self.electronic.files.iter().find(|file| file.role == role)
    }
}

/// Any value as XML with a declaration, indented, with a line ending.
pub(super) fn to_xml<T: Serialize>(value: &T, root: &str) -> Result<String, String> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut serializer = quick_xml::se::Serializer::with_root(&mut xml, Some(root))
        .map_err(|error| error.to_string())?;
    serializer.indent(' ', 2);
    value.serialize(serializer).map_err(|error| error.to_string())?;
    xml.push('\n');
    Ok(xml)
}

/// Reads a value whose root element has this name.
pub(super) fn from_xml<T: serde::de::DeserializeOwned>(xml: &str, root: &str) -> Result<T, String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    // quick-xml's serde does not ask what the root is called, and stops behind it.
    let mut depth = 0usize;
    let mut roots = 0usize;
    loop {
        use quick_xml::events::Event;
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) | Event::Empty(tag) if depth == 0 && tag.name().as_ref() != root => {
                return Err(format!("the root element is not <{root}>"));
            }
            Event::Start(_) => {
                roots += usize::from(depth == 0);
                depth += 1;
            }
            Event::Empty(_) => roots += usize::from(depth == 0),
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::DocType(_) => return Err("a document type is not allowed".into()),
            Event::Text(text) if depth == 0 && !text.trim().is_empty() => {
                return Err("text outside the root element".into());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if depth != 0 || roots != 1 {
        return Err("there is not exactly one whole root element".into());
    }
    quick_xml::de::from_str(xml).map_err(|error| error.to_string())
}
