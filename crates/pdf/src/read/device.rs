//! A device that notes glyphs and rules instead of drawing them.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_interpret::font::Glyph as PdfGlyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask,
};
use kurbo::{Affine, BezPath, PathEl, Point, Shape as _};

use crate::page::PT_PER_MM;
use crate::page::{Color, Glyph, Page, Rect, Rule, Run, Style, Turn};

/// A filled area that is no thicker than this is a rule, in millimetres.
const THICKEST_RULE: f64 = 2.0;
/// Outlines are in thousandths of an em.
const UNITS: f64 = 1000.0;

/// Notes what a page draws. The transform it is given ends in millimetres.
#[derive(Default)]
pub(super) struct Reader {
    page: Page,
    /// Name and weight of fonts that were seen.
    fonts: HashMap<u128, (String, u16)>,
}

impl Reader {
    /// The page.
    pub(super) fn page(mut self, width: f64, height: f64) -> Page {
        (self.page.width, self.page.height) = (width, height);
        for run in &mut self.page.runs {
            squeeze(&mut run.glyphs, run.style.em());
        }
        trim(&mut self.page);
        self.page
    }

    fn font(&mut self, glyph: &PdfGlyph<'_>) -> (String, u16) {
        let PdfGlyph::Outline(glyph) = glyph else { return (String::new(), 400) };
        let known = self.fonts.entry(glyph.font_cache_key()).or_insert_with(|| {
            let data = glyph.font_data();
            let name = data.as_ref().and_then(|data| data.postscript_name.clone());
            let name = name.unwrap_or_default();
            // ABCDEF+Name of a subset.
            let name = match name.split_once('+') {
                Some((prefix, rest)) if prefix.len() == 6 => rest.to_string(),
                _ => name,
            };
            let bold = name.to_lowercase().contains("bold");
            let given = data.and_then(|data| data.weight).and_then(|w| u16::try_from(w).ok());
            (name, given.unwrap_or(if bold { 700 } else { 400 }))
        });
        known.clone()
    }
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph(
        &mut self,
        glyph: &PdfGlyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        paint: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        // Bold type is often faked by a stroke around the filled glyph, and scans carry their
        // text invisibly.
        if !matches!(mode, GlyphDrawMode::Fill) {
            return;
        }
        let all = transform * glyph_transform;
        let [along, down, ..] = all.as_coeffs();
        let unit = along.hypot(down);
        if unit <= 0.0 || !unit.is_finite() {
            return;
        }
        let origin = all * Point::ORIGIN;
        let (family, weight) = self.font(glyph);
        let (outline, advance) = match glyph {
            PdfGlyph::Outline(outline) => {
                (Some(outline.outline()), outline.advance_width().map_or(UNITS, f64::from))
            }
            PdfGlyph::Type3(_) => (None, UNITS),
        };
        let ink = match glyph {
            PdfGlyph::Outline(_) => outline
                .filter(|outline| !outline.elements().is_empty())
                .map(|outline| rect((all * outline).bounding_box())),
            // Drawn by instructions of its own: Chromium writes many a Chinese face so.
            PdfGlyph::Type3(drawn) => {
                let mut bounds = Bounds::default();
                drawn.interpret(&mut bounds, transform, glyph_transform, paint);
                bounds.0
            }
        };
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => String::new(),
        };
        let style = Style {
            size: unit * UNITS * PT_PER_MM,
            family,
            weight,
            color: color(paint),
            turn: turn(along, down),
        };
        let glyph = Glyph { text, x: origin.x, y: origin.y, advance: advance * unit, ink };
        match self.page.runs.last_mut().filter(|run| *run.style == style) {
            Some(run) => run.glyphs.push(glyph),
            None => {
                self.page.runs.push(Run { style: Arc::new(style), glyphs: vec![glyph] });
            }
        }
    }

    fn draw_path(
        &mut self,
        path: &BezPath,
        transform: Affine,
        paint: &Paint<'a>,
        mode: &PathDrawMode,
    ) {
        let color = color(paint);
        let [along, down, ..] = transform.as_coeffs();
        match mode {
            PathDrawMode::Fill(_) => {
                // Each part on its own: several rules are often one path.
                for part in parts(path) {
                    let area = rect((transform * part).bounding_box());
                    self.page.rules.extend(thin(area, color));
                }
            }
            PathDrawMode::Stroke(stroke) => {
                let weight = f64::from(stroke.line_width) * along.hypot(down);
                for (start, end) in straight_lines(path) {
                    let ends = kurbo::Rect::from_points(transform * start, transform * end);
                    self.page.rules.push(Rule { line: rect(ends), weight, color });
                }
            }
        }
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The box around everything that is drawn.
#[derive(Default)]
struct Bounds(Option<Rect>);

impl Bounds {
    fn add(&mut self, drawn: Rect) {
        self.0 = Some(self.0.map_or(drawn, |bounds| bounds.union(drawn)));
    }
}

impl<'a> Device<'a> for Bounds {
    fn draw_path(&mut self, path: &BezPath, transform: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        if !path.elements().is_empty() {
            self.add(rect((transform * path).bounding_box()));
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        let area = kurbo::Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.add(rect(transform.transform_rect_bbox(area)));
    }

    fn draw_glyph(
        &mut self,
        _: &PdfGlyph<'a>,
        _: Affine,
        _: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
    }
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// A PDF places glyphs, it does not say how far a mark was squeezed: a glyph that the next one
/// comes closer to than its width takes that much less.
fn squeeze(glyphs: &mut [Glyph], em: f64) {
    for place in 1..glyphs.len() {
        let step = glyphs[place].x - glyphs[place - 1].x;
        let same_line = (glyphs[place].y - glyphs[place - 1].y).abs() < 0.1;
        if same_line && step > 0.2 * em && step < glyphs[place - 1].advance {
            glyphs[place - 1].advance = step;
        }
    }
}

/// Marks that stand out of the column of Han characters gave up the blank half of their cell.
fn trim(page: &mut Page) {
    let is_han = |glyph: &&Glyph| glyph.text.chars().all(base::zh::is_han);
    let han = || page.runs.iter().flat_map(|run| run.glyphs.iter().filter(is_han));
    let Some(left) = han().map(|glyph| glyph.x).reduce(f64::min) else { return };
    let right = han().map(|glyph| glyph.x + glyph.advance).fold(left, f64::max);
    let is_in = |marks: &str, glyph: &Glyph| glyph.text.chars().any(|c| marks.contains(c));
    for run in &mut page.runs {
        let half = run.style.em() / 2.0;
        for glyph in run.glyphs.iter_mut().filter(|glyph| glyph.advance > 1.8 * half) {
            if glyph.x < left - half / 2.0 && is_in("（〔［【《〈「『“‘", glyph) {
                glyph.x += half;
                glyph.advance -= half;
            } else if glyph.x + glyph.advance > right + half / 4.0
                && is_in("，。、；：？！）〕］】》〉」』”’", glyph)
            {
                glyph.advance -= half;
            }
        }
    }
}

fn rect(rect: kurbo::Rect) -> Rect {
    Rect { left: rect.x0, top: rect.y0, right: rect.x1, bottom: rect.y1 }
}

fn turn(along: f64, down: f64) -> Turn {
    if down.abs() < 1e-6 * along.abs() && along > 0.0 {
        Turn::Upright
    } else if along.abs() < 1e-6 * down.abs() {
        if down > 0.0 { Turn::Clockwise } else { Turn::CounterClockwise }
    } else {
        Turn::Other
    }
}

fn color(paint: &Paint<'_>) -> Color {
    match paint {
        Paint::Color(color) => {
            let [r, g, b, _] = color.to_rgba().to_rgba8();
            Color::Rgb([r, g, b].map(|part| f64::from(part) / 255.0))
        }
        Paint::Pattern(_) => Color::Other,
    }
}

/// A thin area as a rule.
fn thin(area: Rect, color: Color) -> Option<Rule> {
    let weight = area.width().min(area.height());
    let is_thin = weight <= THICKEST_RULE && area.width().max(area.height()) >= 2.0 * weight;
    is_thin.then(|| Rule::filling(area, color))
}

/// The parts of a path, each from its own beginning.
fn parts(path: &BezPath) -> Vec<BezPath> {
    let mut parts: Vec<BezPath> = Vec::new();
    for element in path.elements() {
        if matches!(element, PathEl::MoveTo(_)) {
            parts.push(BezPath::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(*element);
        }
    }
    parts.retain(|part| part.elements().len() > 1);
    parts
}

/// The straight lines of a path.
fn straight_lines(path: &BezPath) -> Vec<(Point, Point)> {
    let mut lines = Vec::new();
    let (mut start, mut here) = (Point::ORIGIN, Point::ORIGIN);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => (start, here) = (to, to),
            PathEl::LineTo(to) => {
                lines.push((here, to));
                here = to;
            }
            PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => here = to,
            PathEl::ClosePath => {
                lines.push((here, start));
                here = start;
            }
        }
    }
    lines.retain(|(from, to)| from != to);
    lines
}
