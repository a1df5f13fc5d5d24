//! styles.xml: the levels of a notice as styles with the names that clerks know.

use super::faces::Face;
use super::lengths::{NUMBER_LINE, cells, half_points, line_pitch, points, tracking, twips};
use super::xml::{Element, W, el, val};
use crate::geometry::{self, Length};

/// What a paragraph style says; all else it has from 正文.
struct Style {
    id: &'static str,
    name: &'static str,
    face: Face,
    size: Length,
    /// First line in by two characters.
    indented: bool,
    align: &'static str,
    /// Level in the outline, from 0.
    outline: Option<u8>,
}

/// The ids of styles, with the names they have.
macro_rules! style_ids {
    ($( $name:ident = $id:literal, $title:literal; )*) => {
        $( #[doc = $title] pub(super) const $name: &str = $id; )*
        const TITLES: &[(&str, &str)] = &[ $( ($id, $title) ),* ];
    };
}

style_ids! {
    TITLE = "GwTitle", "公文标题";
    TEXT = "GwText", "公文正文";
    LEVEL_1 = "GwLevel1", "一级标题";
    LEVEL_2 = "GwLevel2", "二级标题";
    LEVEL_3 = "GwLevel3", "三级标题";
    LEVEL_4 = "GwLevel4", "四级标题";
    HEAD = "GwHead", "版头要素";
    MARK = "GwMark", "发文机关标志";
    NUMBER = "GwNumber", "发文字号";
    RED_RULE = "GwRedRule", "版头分隔线";
    DRAFT = "GwDraft", "稿本标识";
    RECIPIENTS = "GwRecipients", "主送机关";
    NOTED = "GwNoted", "附件说明";
    ORGAN = "GwOrgan", "发文机关署名";
    DATE = "GwDate", "成文日期";
    NOTE = "GwNote", "附注";
    ATTACHMENT = "GwAttachment", "附件序号";
    IMPRINT = "GwImprint", "版记";
    FOOT_RULE = "GwFootRule", "信函下双线";
    PAGE_NUMBER = "GwPageNumber", "公文页码";
    TABLE_HEAD = "GwTableHead", "公文表头";
    TABLE_TEXT = "GwTableText", "公文表格";
    SHEET_TITLE = "GwSheetTitle", "任务单标题";
    SHEET_TEXT = "GwSheetText", "任务单文字";
    SHEET_HEAD = "GwSheetHead", "任务单表头";
    SHEET_CELL = "GwSheetCell", "任务单表格";
    SHEET_FOOT = "GwSheetFoot", "任务单页脚";
    END = "GwEnd", "节尾";
}

/// 黑体 within a text.
pub(super) const STRONG: &str = "GwStrong";
/// 楷体 within a text.
pub(super) const EMPHASIS: &str = "GwEmphasis";
/// A link.
pub(super) const LINK: &str = "GwLink";

const fn style(id: &'static str, face: Face, size: Length, align: &'static str) -> Style {
    Style { id, name: "", face, size, indented: false, align, outline: None }
}

fn all() -> Vec<Style> {
    use geometry::{
        BODY_SIZE, SHEET_HEAD_SIZE, SHEET_TABLE_SIZE, SHEET_TEXT_SIZE, SHEET_TITLE_SIZE,
        SMALL_SIZE, TABLE_SIZE, TITLE_SIZE,
    };
    const FOOT: Length = Length::Pt(9.0);
    const END_SIZE: Length = Length::Pt(1.0);
    let level = |id, face, level| Style {
        indented: true,
        outline: Some(level),
        ..style(id, face, BODY_SIZE, "both")
    };
    let indented = |id| Style { indented: true, ..style(id, Face::Body, BODY_SIZE, "both") };
    let mut styles = vec![
        style(TITLE, Face::Title, TITLE_SIZE, "center"),
        indented(TEXT),
        // 7.3.3
        level(LEVEL_1, Face::Hei, 0),
        level(LEVEL_2, Face::Kai, 1),
        level(LEVEL_3, Face::Body, 2),
        level(LEVEL_4, Face::Body, 3),
        style(HEAD, Face::Body, BODY_SIZE, "left"),
        style(MARK, Face::Title, geometry::MARK_SIZE, "center"),
        style(NUMBER, Face::Body, BODY_SIZE, "center"),
        style(RED_RULE, Face::Body, END_SIZE, "left"),
        style(DRAFT, Face::Kai, BODY_SIZE, "center"),
        style(RECIPIENTS, Face::Body, BODY_SIZE, "both"),
        style(NOTED, Face::Body, BODY_SIZE, "left"),
        style(ORGAN, Face::Body, BODY_SIZE, "right"),
        style(DATE, Face::Body, BODY_SIZE, "right"),
        indented(NOTE),
        style(ATTACHMENT, Face::Hei, BODY_SIZE, "left"),
        style(IMPRINT, Face::Body, SMALL_SIZE, "left"),
        style(FOOT_RULE, Face::Body, END_SIZE, "left"),
        style(PAGE_NUMBER, Face::Song, SMALL_SIZE, "left"),
        style(TABLE_HEAD, Face::Hei, TABLE_SIZE, "center"),
        style(TABLE_TEXT, Face::Body, TABLE_SIZE, "center"),
        style(SHEET_TITLE, Face::Title, SHEET_TITLE_SIZE, "center"),
        style(SHEET_TEXT, Face::Body, SHEET_TEXT_SIZE, "left"),
        style(SHEET_HEAD, Face::Hei, SHEET_HEAD_SIZE, "center"),
        style(SHEET_CELL, Face::Body, SHEET_TABLE_SIZE, "center"),
        style(SHEET_FOOT, Face::Song, FOOT, "left"),
        style(END, Face::Body, END_SIZE, "left"),
    ];
    for style in &mut styles {
        style.name = TITLES.iter().find(|(id, _)| *id == style.id).map_or("", |(_, name)| name);
    }
    styles
}

/// The style of a heading of a level, from 1.
pub(super) fn level(level: usize) -> &'static str {
    match level {
        0 | 1 => LEVEL_1,
        2 => LEVEL_2,
        3 => LEVEL_3,
        _ => LEVEL_4,
    }
}

/// Lines of exact height.
pub(super) fn exact(twips: i32) -> Element {
    el("w:spacing").attr("w:line", twips).attr("w:lineRule", "exact")
}

/// styles.xml
pub(super) fn part() -> Element {
    let lang = el("w:lang").attr("w:val", "en-US").attr("w:eastAsia", "zh-CN");
    let body = half_points(geometry::BODY_SIZE);
    let defaults = el("w:docDefaults")
        .with(
            el("w:rPrDefault").with(
                el("w:rPr")
                    .with(Face::Body.fonts())
                    .with(val("w:sz", body))
                    .with(val("w:szCs", body))
                    .with(lang),
            ),
        )
        .with(
            el("w:pPrDefault")
                .with(el("w:pPr").with(val("w:autoSpaceDE", 0)).with(val("w:autoSpaceDN", 0))),
        );
    // The built-in default style: Chinese programs show it as 正文. No widow is avoided, no mark
    // hangs into the margin, no blank stands between Chinese and digits.
    let normal = el("w:style")
        .attr("w:type", "paragraph")
        .attr("w:default", 1)
        .attr("w:styleId", "a")
        .with(val("w:name", "Normal"))
        .with(el("w:qFormat"))
        .with(
            el("w:pPr")
                .with(val("w:widowControl", 0))
                .with(val("w:overflowPunct", 0))
                .with(val("w:autoSpaceDE", 0))
                .with(val("w:autoSpaceDN", 0))
                .with(val("w:snapToGrid", 0))
                .with(exact(line_pitch()))
                .with(val("w:jc", "both")),
        )
        // The section's grid has 28 characters, but LibreOffice gives two cells to a character that
        // is wider than one, unless its style leaves the grid: the type is tracked as well. Lines
        // are exact, so that nothing is lost without the grid.
        .with(
            el("w:rPr")
                .with(Face::Body.fonts())
                .with(val("w:spacing", tracking()))
                .with(val("w:sz", body))
                .with(val("w:szCs", body)),
        );
    let character = |id: &'static str, name: &str, properties: Element| {
        el("w:style")
            .attr("w:type", "character")
            .attr("w:customStyle", 1)
            .attr("w:styleId", id)
            .with(val("w:name", name))
            .with(el("w:qFormat"))
            .with(properties)
    };
    el("w:styles")
        .attr("xmlns:w", W)
        .with(defaults)
        .with(normal)
        .with_all(all().iter().map(paragraph_style))
        .with(character(STRONG, "公文强调", el("w:rPr").with(Face::Hei.fonts())))
        .with(character(EMPHASIS, "公文楷体", el("w:rPr").with(Face::Kai.fonts())))
        .with(character(LINK, "公文链接", el("w:rPr").with(val("w:u", "single"))))
}

fn paragraph_style(style: &Style) -> Element {
    let mut paragraph = el("w:pPr");
    if style.outline.is_some() {
        paragraph = paragraph.with(el("w:keepNext"));
    }
    // What is not on the grid of body type has lines of its own.
    paragraph = match style.id {
        IMPRINT => {
            paragraph.with(exact(twips(geometry::SMALL_SIZE) + twips(geometry::IMPRINT_GAP)))
        }
        PAGE_NUMBER => paragraph.with(exact(NUMBER_LINE)),
        RED_RULE | FOOT_RULE | END => paragraph.with(exact(points(2.0))),
        TABLE_HEAD | TABLE_TEXT | SHEET_TEXT | SHEET_HEAD | SHEET_CELL | SHEET_FOOT
        | SHEET_TITLE => {
            let gap = if style.id == SHEET_TITLE { 1.6 } else { 1.4 };
            let room = if style.id == SHEET_TEXT { 60 } else { 0 };
            paragraph.with(
                exact((f64::from(twips(style.size)) * gap).round() as i32)
                    .attr("w:before", room)
                    .attr("w:after", room),
            )
        }
        _ => paragraph,
    };
    if style.indented {
        let indent = el("w:ind").attr("w:firstLineChars", 200).attr("w:firstLine", cells(2.0));
        paragraph = paragraph.with(indent);
    }
    paragraph = paragraph.with(val("w:jc", style.align));
    if let Some(outline) = style.outline {
        paragraph = paragraph.with(val("w:outlineLvl", outline));
    }
    let mut run = el("w:rPr").with(style.face.fonts());
    // What is not of body type is on no grid.
    let on_grid = style.size == geometry::BODY_SIZE;
    if !on_grid {
        run = run.with(val("w:snapToGrid", 0));
    }
    if style.id == MARK {
        run = run.with(val("w:color", super::rules::red()));
    }
    if !on_grid {
        run = run.with(val("w:spacing", 0));
    }
    run =
        run.with(val("w:sz", half_points(style.size))).with(val("w:szCs", half_points(style.size)));
    el("w:style")
        .attr("w:type", "paragraph")
        .attr("w:customStyle", 1)
        .attr("w:styleId", style.id)
        .with(val("w:name", style.name))
        .with(val("w:basedOn", "a"))
        .with(el("w:qFormat"))
        .with(paragraph)
        .with(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_has_a_name() {
        let styles = all();
        assert_eq!(styles.len(), TITLES.len());
        assert!(styles.iter().all(|style| !style.name.is_empty()));
    }
}
