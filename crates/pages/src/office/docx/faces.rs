//! The faces that the standard names, by the names they have in every office.

use super::xml::{Element, el, val};

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// 小标宋: titles and the mark.
    Title,
    /// 仿宋: running text.
    Body,
    /// 楷体.
    Kai,
    /// 黑体.
    Hei,
    /// 宋体.
    Song,
}

/// Its family, and those to take where it is not installed.
const NAMES: [(Face, &str, &str); 5] = [
    (Face::Title, "方正小标宋简体", "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong"),
    (Face::Body, "仿宋_GB2312", "仿宋,FangSong,FangSong_GB2312"),
    (Face::Kai, "楷体_GB2312", "楷体,KaiTi,KaiTi_GB2312"),
    (Face::Hei, "黑体", "SimHei"),
    (Face::Song, "宋体", "SimSun"),
];

impl Face {
    fn name(self) -> &'static str {
        NAMES.iter().find(|(face, ..)| *face == self).map_or("宋体", |(_, name, _)| name)
    }

    /// The property of a run. Letters and digits are of the same face, as in the print.
    pub(super) fn fonts(self) -> Element {
        let name = self.name();
        el("w:rFonts")
            .attr("w:ascii", name)
            .attr("w:hAnsi", name)
            .attr("w:eastAsia", name)
            .attr("w:cs", name)
    }
}

/// fontTable.xml
pub(super) fn table() -> Element {
    let fonts = NAMES.map(|(face, name, others)| {
        let family = if matches!(face, Face::Title | Face::Song) { "auto" } else { "modern" };
        el("w:font")
            .attr("w:name", name)
            .with(val("w:altName", others))
            // GB2312
            .with(val("w:charset", "86"))
            .with(val("w:family", family))
            .with(val("w:pitch", "default"))
    });
    el("w:fonts").attr("xmlns:w", super::xml::W).with_all(fonts)
}
