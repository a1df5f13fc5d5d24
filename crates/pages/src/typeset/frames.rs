//! Finished pages as plain data, for whoever measures them.

use std::collections::HashMap;
use std::sync::Arc;

use ttf_parser::GlyphId;
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::{FontInstance, TextItem};
use typst::visualize::{self, FixedStroke, Geometry, Paint, ProcessColor, Shape};
use typst_layout::PagedDocument;

use super::outline;
use pdf::page::{Color, Glyph, Page, Rect, Rule, Run, Style, Turn};

/// A rectangle that is no thicker than this is a rule, in millimetres.
const THICKEST_RULE: f64 = 2.0;

/// The pages of a document that was laid out.
pub(super) fn pages(document: &PagedDocument) -> Vec<Page> {
    let mut reader = Reader::default();
    document
        .pages()
        .iter()
        .map(|page| {
            let size = page.frame.size();
            let mut read =
                Page { width: size.x.to_mm(), height: size.y.to_mm(), ..Page::default() };
            reader.frame(&page.frame, Transform::identity(), &mut read);
            read
        })
        .collect()
}

/// Outline boxes of glyphs in em, looked up once.
#[derive(Default)]
struct Reader {
    boxes: HashMap<(FontInstance, u16), Option<Rect>>,
}

impl Reader {
    fn frame(&mut self, frame: &Frame, transform: Transform, page: &mut Page) {
        for (position, item) in frame.items() {
            let here = transform.pre_concat(Transform::translate(position.x, position.y));
            match item {
                FrameItem::Group(group) => {
                    self.frame(&group.frame, here.pre_concat(group.transform), page);
                }
                FrameItem::Text(item) => page.runs.push(self.run(item, here)),
                FrameItem::Shape(shape, _) => rules(shape, here, &mut page.rules),
                FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn run(&mut self, item: &TextItem, transform: Transform) -> Run {
        let scale = transform.sx.get().hypot(transform.ky.get());
        // Condensed letters are as high as their size says.
        let height = transform.kx.get().hypot(transform.sy.get());
        let info = item.font.info();
        let style = Style {
            size: item.size.to_pt() * height,
            family: info.family.clone(),
            weight: info.variant.weight.to_number(),
            color: color(&item.fill),
            turn: turn(transform),
        };
        let mut cursor = Point::zero();
        let mut glyphs = Vec::with_capacity(item.glyphs.len());
        for glyph in &item.glyphs {
            let advance = glyph.x_advance.at(item.size);
            let shift = Point::new(glyph.x_offset.at(item.size), -glyph.y_offset.at(item.size));
            let origin = cursor + shift;
            // The pen's place: where a mark is squeezed, its outline alone is moved.
            let placed = cursor.transform(transform);
            let ink = self.outline(&item.font, glyph.id).map(|outline| {
                let corner = |x: f64, y: f64| origin + Point::new(item.size * x, item.size * y);
                bounds([
                    corner(outline.left, outline.top).transform(transform),
                    corner(outline.right, outline.bottom).transform(transform),
                ])
            });
            glyphs.push(Glyph {
                text: item.text.get(glyph.range()).unwrap_or_default().to_owned(),
                x: placed.x.to_mm(),
                y: placed.y.to_mm(),
                advance: advance.to_mm() * scale,
                ink,
            });
            cursor.x += advance;
            cursor.y -= glyph.y_advance.at(item.size);
        }
        Run { style: Arc::new(style), glyphs }
    }

    /// The box of a glyph's ink in em, y downwards.
    fn outline(&mut self, font: &FontInstance, id: u16) -> Option<Rect> {
        *self.boxes.entry((font.clone(), id)).or_insert_with(|| {
            let found = outline::ink(font.ttf(), GlyphId(id))?;
            let em = |units: f64| units / font.units_per_em();
            Some(Rect {
                left: em(found.x0),
                top: -em(found.y1),
                right: em(found.x1),
                bottom: -em(found.y0),
            })
        })
    }
}

/// The straight lines of a shape: a line, a thin rectangle, the sides of a curve that has only
/// straight ones.
fn rules(shape: &Shape, transform: Transform, rules: &mut Vec<Rule>) {
    let place = |point: Point| point.transform(transform);
    match &shape.geometry {
        Geometry::Line(end) => {
            if let Some(stroke) = &shape.stroke {
                rules.push(stroked(place(Point::zero()), place(*end), stroke));
            }
        }
        Geometry::Rect(size) => {
            let area = bounds([place(Point::zero()), place(size.to_point())]);
            if let Some(fill) = &shape.fill
                && area.width().min(area.height()) <= THICKEST_RULE
            {
                rules.push(Rule::filling(area, color(fill)));
            }
            if let Some(stroke) = &shape.stroke {
                let corners = [
                    Point::zero(),
                    Point::with_x(size.x),
                    size.to_point(),
                    Point::with_y(size.y),
                    Point::zero(),
                ];
                sides(&corners.map(place), stroke, rules);
            }
        }
        Geometry::Curve(curve) => {
            let Some(stroke) = &shape.stroke else { return };
            let mut points = Vec::new();
            for item in &curve.0 {
                match item {
                    visualize::CurveItem::Move(point) => {
                        sides(&points, stroke, rules);
                        points = vec![place(*point)];
                    }
                    visualize::CurveItem::Line(point) => points.push(place(*point)),
                    visualize::CurveItem::Close => points.extend(points.first().copied()),
                    visualize::CurveItem::Cubic(..) => return,
                }
            }
            sides(&points, stroke, rules);
        }
    }
}

fn sides(points: &[Point], stroke: &FixedStroke, rules: &mut Vec<Rule>) {
    for side in points.windows(2) {
        rules.push(stroked(side[0], side[1], stroke));
    }
}

fn stroked(start: Point, end: Point, stroke: &FixedStroke) -> Rule {
    let line = bounds([start, end]);
    Rule { line, weight: stroke.thickness.to_mm(), color: color(&stroke.paint) }
}

fn bounds(points: [Point; 2]) -> Rect {
    let [a, b] = points;
    let mm = Abs::to_mm;
    Rect {
        left: mm(a.x.min(b.x)),
        top: mm(a.y.min(b.y)),
        right: mm(a.x.max(b.x)),
        bottom: mm(a.y.max(b.y)),
    }
}

fn turn(transform: Transform) -> Turn {
    let (along, down) = (transform.sx.get(), transform.ky.get());
    if down.abs() < 1e-6 && along > 0.0 {
        Turn::Upright
    } else if along.abs() < 1e-6 {
        if down > 0.0 { Turn::Clockwise } else { Turn::CounterClockwise }
    } else {
        Turn::Other
    }
}

fn color(paint: &Paint) -> Color {
    let Paint::Solid(visualize::Color::Process(color)) = paint else {
        return Color::Other;
    };
    match color {
        ProcessColor::Cmyk(c) => Color::Cmyk([c.c, c.m, c.y, c.k].map(f64::from)),
        ProcessColor::Luma(c) => Color::Gray(f64::from(c.luma)),
        other => {
            let rgb = other.to_rgb();
            Color::Rgb([rgb.red, rgb.green, rgb.blue].map(f64::from))
        }
    }
}
