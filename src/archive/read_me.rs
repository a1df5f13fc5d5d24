//! 说明文件.TXT: the note for whoever opens a package without this program.

use std::fmt::Write as _;

use super::layout::{self, role};
use super::metadata::Metadata;

/// The note of a package.
pub(super) fn text(metadata: &Metadata, document: &str) -> String {
    let content = &metadata.content;
    let mut text = String::from("归档包说明\n\n");
    let mut row = |label: &str, value: &str| {
        let _ = writeln!(text, "{label}：{value}");
    };
    row("题名", &content.title);
    row("文号", content.doc_number.as_deref().unwrap_or("无"));
    row("成文日期", &content.date);
    row("责任者", &content.organs.join("、"));
    row("立档单位", &metadata.provenance.creator);
    row("档号", metadata.code.as_ref().map_or("预归档，尚无档号", |code| &code.code));
    row("版本", &metadata.version.number.to_string());
    if let Some(replaced) = &metadata.version.replaces {
        row("替代", &replaced.bag);
    }
    let original = metadata.file(role::ORIGINAL).map(|file| file.name.as_str());
    row("正本", original.unwrap_or(super::bag::info::NO_ORIGINAL));

    let folder = layout::document_folder(&metadata.year, document);
    let (xml, json) = (layout::XML, layout::JSON);
    let (sources, manifest) = (layout::SOURCES, layout::BUILD_MANIFEST);
    let (program, engine) = (
        metadata.production.program.as_str(),
        metadata.production.engine.as_deref().unwrap_or("无"),
    );
    text.push_str(
        "\n一、本包是 BagIt 1.0（RFC 8493）文件夹。不需要本程序，用任何一台电脑都能核对：\n",
    );
    for command in [
        "sha256sum -c manifest-sha256.txt",
        "sha512sum -c manifest-sha512.txt",
        "sha256sum -c tagmanifest-sha256.txt",
    ] {
        let _ = writeln!(text, "        {command}");
    }
    let _ = writeln!(
        text,
        "二、{folder} 是这一件文件：正本、定稿、发文稿纸（有的话）、排版稿、网页、任务单，以及元数据（{xml} 与 {json} 内容相同）。"
    );
    let _ = writeln!(
        text,
        "三、{sources} 是制作排版稿所用的记录和模板，都是文本文件；{manifest} 记有每个输出文件的 SHA-256 和它的来源。"
    );
    let _ = writeln!(
        text,
        "四、排版稿由 {program}（{engine}）制作。用同一版本的程序和元数据“制作环境”里列出的字体，由源文件可以重新得到逐字节相同的排版稿（yinfa verify --rebuild）。"
    );
    text.push_str("五、本包写成以后不再改动。更正后的文件另存为新的一版，并写明替代哪一个包。\n");
    text
}
