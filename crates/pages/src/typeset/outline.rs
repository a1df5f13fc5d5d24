//! The ink of glyphs: the box around their outlines. The font's own box, which Typst takes for
//! `bounds`, has the control points of curves inside.

use kurbo::{CubicBez, Point, QuadBez, Rect, Shape};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// The box around the outline of a glyph in units of the font, y upwards; `None` for a blank.
pub(super) fn ink(face: &Face<'_>, glyph: GlyphId) -> Option<Rect> {
    let mut ink = Ink::default();
    face.outline_glyph(glyph, &mut ink)?;
    ink.area
}

/// Takes an outline from a font.
#[derive(Default)]
struct Ink {
    pen: Point,
    area: Option<Rect>,
}

impl Ink {
    /// Draws to a point, by way of a curve's control points. A curve whose control points lie in
    /// the box already stays in it: that of most curves need not be worked out.
    fn draw(&mut self, controls: &[Point], end: Point, curve: impl FnOnce(Point) -> Rect) {
        let area = self
            .area
            .map_or(Rect::from_points(self.pen, end), |area| area.union_pt(self.pen).union_pt(end));
        let is_inside =
            |at: &Point| (area.x0..=area.x1).contains(&at.x) && (area.y0..=area.y1).contains(&at.y);
        let stays = controls.iter().all(is_inside);
        self.area = Some(if stays { area } else { area.union(curve(self.pen)) });
        self.pen = end;
    }
}

fn point(x: f32, y: f32) -> Point {
    Point::new(f64::from(x), f64::from(y))
}

impl OutlineBuilder for Ink {
    fn move_to(&mut self, x: f32, y: f32) {
        self.pen = point(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let end = point(x, y);
        self.draw(&[], end, |start| Rect::from_points(start, end));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (control, end) = (point(x1, y1), point(x, y));
        let curve = |start| QuadBez::new(start, control, end).bounding_box();
        self.draw(&[control], end, curve);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let [one, two, end] = [point(x1, y1), point(x2, y2), point(x, y)];
        let curve = |start| CubicBez::new(start, one, two, end).bounding_box();
        self.draw(&[one, two], end, curve);
    }

    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use kurbo::BezPath;
    use proptest::prelude::*;

    use super::*;

    fn coordinate() -> impl Strategy<Value = f32> {
        (-1000i16..1000).prop_map(f32::from)
    }

    proptest! {
        /// The box is that of the whole path.
        #[test]
        fn the_box_of_a_path(
            start in (coordinate(), coordinate()),
            parts in prop::collection::vec((0..3usize, prop::array::uniform6(coordinate())), 1..9),
        ) {
            let mut ink = Ink::default();
            let mut path = BezPath::new();
            ink.move_to(start.0, start.1);
            path.move_to(point(start.0, start.1));
            for (kind, [a, b, c, d, e, f]) in parts {
                match kind {
                    0 => {
                        ink.line_to(a, b);
                        path.line_to(point(a, b));
                    }
                    1 => {
                        ink.quad_to(a, b, c, d);
                        path.quad_to(point(a, b), point(c, d));
                    }
                    _ => {
                        ink.curve_to(a, b, c, d, e, f);
                        path.curve_to(point(a, b), point(c, d), point(e, f));
                    }
                }
            }
            ink.close();
            path.close_path();
            prop_assert_eq!(ink.area, Some(path.bounding_box()));
        }
    }
}
