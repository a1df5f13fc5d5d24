//! The ink of glyphs: the box around their outlines. The font's own box, which Typst takes for
//! `bounds`, has the control points of curves inside.

use kurbo::{BezPath, Rect, Shape};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// The box around the outline of a glyph in units of the font, y upwards; `None` for a blank.
pub(super) fn ink(face: &Face<'_>, glyph: GlyphId) -> Option<Rect> {
    let mut path = Outline::default();
    face.outline_glyph(glyph, &mut path)?;
    Some(path.0.bounding_box())
}

/// Takes an outline from a font.
#[derive(Default)]
struct Outline(BezPath);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to((f64::from(x), f64::from(y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to((f64::from(x), f64::from(y)));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to((f64::from(x1), f64::from(y1)), (f64::from(x), f64::from(y)));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let [one, two, end] =
            [(x1, y1), (x2, y2), (x, y)].map(|(x, y)| (f64::from(x), f64::from(y)));
        self.0.curve_to(one, two, end);
    }

    fn close(&mut self) {
        self.0.close_path();
    }
}
