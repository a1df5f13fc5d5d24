//! The table: a clause, the notice that is laid out, and what is changed so that it fails.

use pdf::page::{Color, Page, Rect, Rule, Turn};

use super::touch::*;

/// What is changed.
#[derive(Clone, Copy)]
pub(super) enum Change {
    /// A constant of the layout's geometry: its name and another value.
    Constant(&'static str, &'static str),
    /// A setting of the layout: words of /layout.typ and others.
    Layout(&'static str, &'static str),
    /// The finished pages.
    Pages(fn(&mut Vec<Page>)),
    /// The record itself, which asks for something that the standard forbids.
    Record,
}

use Change::{Constant, Layout, Pages, Record};

/// A mutation.
pub(super) struct Mutation {
    /// The clause that has to fail, as number and name.
    pub(super) clause: &'static str,
    /// The notice.
    pub(super) base: &'static str,
    /// What is changed in it.
    pub(super) change: Change,
}

macro_rules! table {
    ($( $clause:literal, $base:literal => $change:expr; )*) => {
        &[$( Mutation { clause: $clause, base: $base, change: $change } ),*]
    };
}

const FANG_SONG: &str = "FangSong";
const HEI: &str = "SimHei";
const DATE: &str = "=2025年3月6日";
const ORGAN: &str = "=云溪区发展和改革局";
const NUMBER: &str = "云发改〔2025〕1号";
const RECIPIENTS: &str = "各镇街：";
const LETTER: &str = "现将《";
const IMPRINT: &str = "月7日印发";

/// All of them.
pub(super) const TABLE: &[Mutation] = table! {
    "5.1 width", "common" => Constant("page-width", "211mm");
    "5.1 height", "common" => Constant("page-height", "298mm");
    "5.2.1 head-margin", "common" => Constant("head-margin", "38mm");
    "5.2.1 binding-margin", "common" => Constant("binding-margin", "29mm");
    "5.2.1 right-edge", "common" => Constant("block-width", "157mm");
    "5.2.1 foot-edge", "common" => Pages(|p| moved(p, IMPRINT, 0.0, 8.0));
    "5.2.3 line-pitch", "common" => Constant("block-height", "226mm");
    "5.2.3 line-pitch", "common" => Constant("lines", "21");
    "5.2.3 lines", "long" => Pages(|p| cleared(&mut p[1], 98.0, 108.0));
    "5.2.3 full-page", "long" => Pages(|p| cleared(&mut p[0], 230.0, 262.0));
    "5.2.3 character-pitch", "common" => Constant("characters", "27");
    "5.2.3 character-pitch", "common" => Layout("justify: false", "justify: true");
    "5.2.3 latin-gap", "common" => Layout("cjk-latin-spacing: none", "cjk-latin-spacing: auto");
    "5.2.3 full-line", "long" => Pages(|p| kept(p, "各单位要加强组织领导", |n, all| n + 3 < all));
    "5.2.3 short-lines", "long" => Pages(|p| kept(p, "各单位要加强组织领导", |n, all| n + 3 < all));
    "5.2.3 whole-words", "divided" => Layout("if key in fit.whole", "if false");
    "5.2.3 characters", "long" => Constant("characters", "29");
    "5.2.2 body-type", "common" => Constant("body-size", "15pt");
    "5.2.2 other-type", "common" => Pages(|p| restyled(p, LETTER, |s| s.size = 12.0));
    "6 red", "common" => Constant("red", "cmyk(0%, 100%, 80%, 0%)");
    "6 black", "common" => Pages(|p| restyled(p, LETTER, |s| s.color = Color::Gray(0.1)));
    "7.2.1 copy-number", "common" => Pages(|p| kept(p, "000123", |n, _| n > 0));
    "7.2.1 copy-number-place", "common" => Pages(|p| moved(p, "000123", 1.0, 0.0));
    "7.2.1 copy-number-type", "common" => Pages(|p| restyled(p, "000123", |s| s.size = 14.0));
    "7.2.2 secrecy", "common" => Pages(|p| rewritten(p, "机密★1年", "1", "2"));
    "7.2.2 secrecy-place", "common" => Pages(|p| moved(p, "机密★1年", 0.0, 1.0));
    "7.2.2 secrecy-type", "common" => Pages(|p| restyled(p, "机密★", |s| s.family = FANG_SONG.into()));
    "7.2.3 urgency", "common" => Pages(|p| rewritten(p, "特急", "特", "加"));
    "7.2.3 urgency-place", "common" => Pages(|p| moved(p, "特急", 1.0, 0.0));
    "7.2.3 urgency-type", "common" => Pages(|p| restyled(p, "特急", |s| s.family = FANG_SONG.into()));
    "7.2.4 mark", "common" => Pages(|p| rewritten(p, "改革局文件", "局", "委"));
    "7.2.4 mark-top", "common" => Constant("mark-top", "36mm");
    "7.2.4 mark-centre", "common" => Pages(|p| moved(p, "改革局文件", 1.0, 0.0));
    "7.2.4 mark-width", "common" => Pages(|p| moved_glyph(p, "改革局文件", -1, 3.0));
    "7.2.4 mark-size", "common" => Pages(|p| restyled(p, "改革局文件", |s| s.size = 20.0));
    "7.2.4 mark-size", "long-mark" => Constant("mark-narrowest", "0.4");
    "7.2.4 mark-type", "common" => Pages(|p| restyled(p, "改革局文件", |s| s.family = HEI.into()));
    "7.2.4 mark-colour", "common" => Pages(|p| restyled(p, "改革局文件", |s| s.color = Color::Gray(0.0)));
    "7.2.4 mark-joint", "joint" => Pages(|p| moved_glyph(p, "云溪区教育局", 0, 2.0));
    "7.2.5 number", "common" => Pages(|p| rewritten(p, NUMBER, "〔", "["));
    "7.2.5 number-gap", "common" => Pages(|p| moved(p, NUMBER, 0.0, 1.0));
    "7.2.5 number-place", "common" => Pages(|p| moved(p, NUMBER, 1.0, 0.0));
    "7.2.5 number-place", "upward" => Pages(|p| moved(p, NUMBER, 1.0, 0.0));
    "7.2.5 number-type", "common" => Pages(|p| restyled(p, NUMBER, |s| s.family = HEI.into()));
    "7.2.6 signatory-place", "upward" => Pages(|p| moved(p, "签发人：", 1.0, 0.0));
    "7.2.6 signatory-line", "upward" => Pages(|p| moved_right_of(p, NUMBER, 110.0, 0.0, 1.0));
    "7.2.6 signatory-type", "upward" => Pages(|p| restyled(p, "签发人：", |s| s.family = FANG_SONG.into()));
    "7.2.7 rule-gap", "common" => Constant("red-rule-gap", "5mm");
    "7.2.7 rule-width", "common" => Pages(|p| rules(p)[0].line.right -= 1.0);
    "7.2.7 rule-place", "common" => Pages(|p| { let mut r = rules(p); r[0].line.left += 1.0; r[0].line.right += 1.0 });
    "7.3.1 title", "common" => Pages(|p| rewritten(p, "关于印发云溪区", "于", "於"));
    "7.3.1 title-gap", "common" => Pages(|p| moved(p, "关于印发云溪区", 0.0, 1.0));
    "7.3.1 title-centre", "common" => Pages(|p| moved(p, "关于印发云溪区", 1.0, 0.0));
    "7.3.1 title-type", "common" => Constant("title-size", "21pt");
    "7.3.1 title-shape", "title-3-lines" => Pages(|p| kept(p, "数字经济高质量", |n, all| n > 5 && n + 5 < all));
    "7.3.1 title-short-line", "common" => Pages(|p| kept(p, "关于印发云溪区", |n, _| n < 2));
    "7.3.1 title-words", "title-torn" => Record;
    "7.3.2 recipients", "common" => Pages(|p| rewritten(p, RECIPIENTS, "：", ":"));
    "7.3.2 recipients-gap", "common" => Pages(|p| moved(p, RECIPIENTS, 0.0, 1.0));
    "7.3.2 recipients-left", "common" => Pages(|p| moved(p, RECIPIENTS, 1.0, 0.0));
    "7.3.2 recipients-moved", "recipients-40" => Pages(|p| {
        let (page, y) = baseline(p, "抄送：");
        let line = Rect { left: 28.0, top: y - 6.0, right: 184.0, bottom: y - 6.0 };
        p[page].rules.push(Rule { line, weight: 0.25, color: Color::Gray(0.0) });
    });
    "7.3.3 first-page", "common" => Pages(|p| {
        let (_, top) = baseline(p, RECIPIENTS);
        let (_, foot) = baseline(p, ORGAN);
        cleared(&mut p[0], top + 1.0, foot - 1.0);
    });
    "7.3.3 indent", "common" => Pages(|p| moved(p, LETTER, 1.0, 0.0));
    "7.3.3 level-1", "common" => Pages(|p| restyled(p, "一、加快发展", |s| s.family = FANG_SONG.into()));
    "7.3.3 level-2", "common" => Pages(|p| restyled(p, "（一）主要目标", |s| s.family = FANG_SONG.into()));
    "7.3.3 level-3", "common" => Pages(|p| restyled(p, "1.指标体系", |s| s.family = HEI.into()));
    "7.3.3 level-4", "level-4" => Pages(|p| restyled(p, "（1）加强组织", |s| s.family = HEI.into()));
    "7.3.3 no-bold", "common" => Pages(|p| restyled(p, LETTER, |s| s.weight = 700));
    "7.3.3 names-whole", "long-whole" => Pages(|p| rewritten_break(p, "各单位要加强组织领导", "（责任单位：区", "发改局"));
    "7.3.3 bracket-page", "long" => Pages(|p| rewritten_top(&mut p[1], "（责任单位：区发改局"));
    "7.3.4 attachment-note", "common" => Pages(|p| rewritten(p, "附件：1.", ".", "、"));
    "7.3.4 attachment-note-gap", "common" => Pages(|p| moved(p, "附件：1.", 0.0, 1.0));
    "7.3.4 attachment-note-indent", "common" => Pages(|p| moved(p, "附件：1.", 1.0, 0.0));
    "7.3.4 attachment-note-hang", "common" => Pages(|p| moved(p, "=2.责任分工表", 1.0, 0.0));
    "7.3.5 sign-off", "common" => Pages(|p| rewritten(p, DATE, "3", "4"));
    "7.3.5.1 date-right", "common" => Pages(|p| moved(p, DATE, -1.0, 0.0));
    "7.3.5.1 organ-centre", "common" => Pages(|p| moved(p, ORGAN, 1.0, 0.0));
    "7.3.5.1 organ-line", "common" => Pages(|p| moved(p, ORGAN, 0.0, -1.0));
    "7.3.5.1 joint-seals", "joint" => Constant("seal-size", "38mm");
    "7.3.5.1 joint-seals", "joint" => Constant("seal-gap", "-2mm");
    "7.3.5.1 seal-space", "common" => Pages(|p| { moved(p, ORGAN, 0.0, -13.0); moved(p, DATE, 0.0, -13.0) });
    "7.3.5.2 unsealed", "unsealed" => Pages(|p| moved(p, DATE, 1.0, 0.0));
    "7.3.5.4 date-form", "common" => Pages(|p| rewritten(p, DATE, "3", "03"));
    "7.3.5.5 not-alone", "common" => Pages(|p| {
        let (_, foot) = baseline(p, ORGAN);
        cleared(&mut p[0], 100.0, foot - 1.0);
    });
    "7.3.6 note", "common" => Pages(|p| kept(p, "（此件公开发布）", |n, all| n + 1 < all));
    "7.3.6 note-place", "common" => Pages(|p| moved(p, "（此件公开发布）", 1.0, 0.0));
    "7.3.6 note-page", "common" => Pages(|p| {
        let (page, y) = baseline(p, "（此件公开发布）");
        copied(p, "（此件公开发布）", page + 1, y);
        cleared(&mut p[page], y - 1.0, y + 1.0);
    });
    "7.3.6 note-page", "bulletin" => Pages(|p| {
        let (page, y) = baseline(p, "（此件公开发布）");
        copied(p, "（此件公开发布）", page + 1, y);
        cleared(&mut p[page], y - 1.0, y + 1.0);
    });
    "7.3.7 attachments", "common" => Pages(|p| rewritten(p, "=附件2", "2", "3"));
    "7.3.7 attachment-page", "common" => Pages(|p| {
        let (page, y) = baseline(p, "=附件1");
        copied(p, LETTER, page, y - 8.0);
    });
    "7.3.7 attachment-label", "common" => Pages(|p| moved(p, "=附件1", 1.0, 0.0));
    "7.3.7 attachment-label-type", "common" => Pages(|p| restyled(p, "=附件1", |s| s.family = FANG_SONG.into()));
    "7.3.7 attachment-title", "common" => Pages(|p| moved(p, "=重点项目清单", 0.0, 1.0));
    "7.4.1 imprint-page", "common" => Pages(|p| { let page = p[0].clone(); p.push(Page { runs: vec![], rules: vec![], ..page }) });
    "7.4.1 imprint-even-page", "common" => Pages(|p| { let page = p[0].clone(); p.insert(0, Page { runs: vec![], rules: vec![], ..page }) });
    "7.4.1 imprint-rule-outer", "common" => Constant("imprint-rule-outer", "0.45mm");
    "7.4.1 imprint-rule-inner", "common" => Constant("imprint-rule-inner", "0.35mm");
    "7.4.1 imprint-rule-width", "common" => Pages(|p| if let Some(rule) = rules(p).last_mut() { rule.line.right -= 1.0 });
    "7.4.1 imprint-foot", "common" => Pages(|p| if let Some(rule) = rules(p).last_mut() { rule.line.top += 1.0; rule.line.bottom += 1.0 });
    "7.4.2 copies", "common" => Pages(|p| rewritten(p, "抄送：", "区", "县"));
    "7.4.2 copies-place", "common" => Pages(|p| moved(p, "抄送：", 1.0, 0.0));
    "7.4.2 copies-type", "common" => Constant("small-size", "13pt");
    "7.4.3 printed", "common" => Pages(|p| rewritten(p, IMPRINT, "7", "8"));
    "7.4.3 printed-place", "common" => Pages(|p| moved(p, IMPRINT, 1.0, 0.0));
    "7.4.3 printed-type", "common" => Pages(|p| restyled(p, IMPRINT, |s| s.family = HEI.into()));
    "7.5 page-number", "common" => Pages(|p| kept(p, "=—2—", |_, _| false));
    "7.5 page-number-form", "common" => Pages(|p| rewritten(p, "=—2—", "—", "-"));
    "7.5 page-number-type", "common" => Pages(|p| restyled(p, "=—2—", |s| s.family = HEI.into()));
    "7.5 page-number-gap", "common" => Constant("page-number-gap", "8mm");
    "7.5 page-number-side", "common" => Pages(|p| moved(p, "=—2—", 1.0, 0.0));
    "8 table-head", "wide" => Pages(|p| p.iter_mut().filter(|p| p.width > p.height).for_each(upside_down));
    "8 table-block", "wide" => Pages(|p| {
        let page = p.iter_mut().find(|page| page.width > page.height);
        for rule in page.map(|page| &mut page.rules).into_iter().flatten() {
            rule.line.top -= 60.0;
        }
    });
    "10.1 letter-rules", "letter" => Pages(|p| p[0].rules.retain(|rule| rule.y() < 200.0));
    "10.1 letter-mark-top", "letter" => Constant("letter-mark-top", "31mm");
    "10.1 letter-rule-gap", "letter" => Constant("letter-rule-gap", "5mm");
    "10.1 letter-rule-foot", "letter" => Constant("letter-foot", "22mm");
    "10.1 letter-rule-width", "letter" => Constant("letter-rule-width", "168mm");
    "10.1 letter-rule-weights", "letter" => Pages(|p| rules(p)[0].weight = 0.1);
    "10.1 letter-corner", "letter" => Pages(|p| moved(p, "000012", 0.0, -8.0));
    "10.1 letter-number", "letter" => Pages(|p| moved(p, NUMBER, -1.0, 0.0));
    "10.1 letter-title-gap", "letter" => Pages(|p| moved(p, "关于印发2025年", 0.0, -6.0));
    "10.1 letter-imprint", "letter" => Pages(|p| {
        let (page, y) = baseline(p, "抄送：");
        let line = Rect { left: 28.0, top: y - 6.0, right: 184.0, bottom: y - 6.0 };
        p[page].rules.push(Rule { line, weight: 0.35, color: Color::Gray(0.0) });
    });
    "10.3 attendance", "minutes" => Pages(|p| rewritten(p, "请假：", "沈", "江"));
    "10.3 attendance-gap", "minutes" => Pages(|p| moved(p, "出席：", 0.0, 1.0));
    "10.3 attendance-indent", "minutes" => Pages(|p| moved(p, "请假：", 1.0, 0.0));
    "10.3 attendance-hang", "minutes" => Pages(|p| moved(p, "区民政局欧阳", 1.0, 0.0));
    "10.3 attendance-type", "minutes" => Pages(|p| restyled(p, "请假：", |s| s.family = FANG_SONG.into()));
    "10.3 dateline", "minutes" => Pages(|p| moved_right_of(p, "改革局2025年", 110.0, -1.0, 0.0));
};

/// Constants of the geometry that no clause of the standard bounds, with the reason.
pub(super) const UNBOUNDED: &[(&str, &str)] = &[
    ("mark-size", "the standard leaves the mark's size to the organ, up to the text block's width"),
    ("mark-least-size", "the same of a long one, down to the title's"),
    ("joint-mark-size", "the same for a joint issue"),
    ("red-rule-weight", "the standard gives the red rule no thickness"),
    ("imprint-gap", "the standard gives the imprint no line pitch"),
    ("letter-rule-thick", "the standard says only which of both rules is the thicker"),
    ("letter-rule-thin", "the standard says only which of both rules is the thicker"),
    ("letter-rule-step", "the standard says nothing of the distance within a double rule"),
    ("table-size", "the standard says nothing of the type in tables"),
    ("sheet-margin", "task sheets are no official documents"),
    ("sheet-title-size", "task sheets are no official documents"),
    ("sheet-text-size", "task sheets are no official documents"),
    ("sheet-head-size", "task sheets are no official documents"),
    ("sheet-table-size", "task sheets are no official documents"),
];

/// Constants that are made from others.
pub(super) const DERIVED: &[&str] = &["line-pitch", "character-pitch"];

/// A page turned by 180°.
fn upside_down(page: &mut Page) {
    let (width, height) = (page.width, page.height);
    let turned = |rect: Rect| Rect {
        left: width - rect.right,
        top: height - rect.bottom,
        right: width - rect.left,
        bottom: height - rect.top,
    };
    for run in &mut page.runs {
        let mut style = pdf::page::Style::clone(&run.style);
        // Text that ran along the page now would run backwards: only the number's direction counts.
        style.turn = match style.turn {
            Turn::Clockwise => Turn::CounterClockwise,
            Turn::CounterClockwise => Turn::Clockwise,
            other => other,
        };
        run.style = std::sync::Arc::new(style);
        for glyph in &mut run.glyphs {
            (glyph.x, glyph.y) = (width - glyph.x, height - glyph.y);
            glyph.ink = glyph.ink.map(turned);
        }
    }
    for rule in &mut page.rules {
        rule.line = turned(rule.line);
    }
}
