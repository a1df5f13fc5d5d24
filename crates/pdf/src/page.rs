//! Laid-out pages as plain data, whoever laid them out. Lengths are millimetres, from the upper
//! left corner of the page, y downwards.

use std::sync::Arc;

/// Points in a millimetre.
pub const PT_PER_MM: f64 = 72.0 / 25.4;

/// The em box of a line of text: its top above the baseline, in em.
pub const EM_ABOVE: f64 = 0.88;
/// The em box of a line of text: its foot below the baseline, in em.
pub const EM_BELOW: f64 = 0.12;

/// A page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
    /// Pieces of text, in the order in which they were drawn.
    pub runs: Vec<Run>,
    /// Lines and thin rectangles.
    pub rules: Vec<Rule>,
}

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// How it is set.
    pub style: Arc<Style>,
    /// Its glyphs, in the order of the text.
    pub glyphs: Vec<Glyph>,
}

/// How a run is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// Size of type in points.
    pub size: f64,
    /// Family name of the face; of a PDF, the name in it.
    pub family: String,
    /// Weight of the face, 400 where unknown.
    pub weight: u16,
    /// Colour.
    pub color: Color,
    /// Which way the text runs.
    pub turn: Turn,
}

/// A glyph.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// The characters it stands for; empty where that is not known.
    pub text: String,
    /// Start of its baseline.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// How far it moves what follows, tracking included.
    pub advance: f64,
    /// The box of its outline; `None` for blanks and where there is no outline.
    pub ink: Option<Rect>,
}

/// A direction of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Turn {
    /// From left to right.
    #[default]
    Upright,
    /// From top to bottom, the page turned by 90° to the left.
    Clockwise,
    /// From bottom to top, the page turned by 90° to the right.
    CounterClockwise,
    /// Any other.
    Other,
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Color {
    /// Cyan, magenta, yellow and black, 0 to 1.
    Cmyk([f64; 4]),
    /// Red, green and blue, 0 to 1.
    Rgb([f64; 3]),
    /// Grey, 0 (black) to 1 (white).
    Gray(f64),
    /// A gradient, a pattern, or a space that is not read.
    Other,
}

/// A box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Foot.
    pub bottom: f64,
}

/// A straight rule, horizontal or vertical.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its extent along its own middle: a horizontal rule has `top` equal to `bottom`.
    pub line: Rect,
    /// Its thickness.
    pub weight: f64,
    /// Its colour.
    pub color: Color,
}

impl Rule {
    /// A thin area as a rule along its middle.
    pub fn filling(area: Rect, color: Color) -> Self {
        let weight = area.width().min(area.height());
        let line = if area.width() > area.height() {
            let middle = f64::midpoint(area.top, area.bottom);
            Rect { top: middle, bottom: middle, ..area }
        } else {
            let middle = f64::midpoint(area.left, area.right);
            Rect { left: middle, right: middle, ..area }
        };
        Self { line, weight, color }
    }
}

impl Style {
    /// The size of type in millimetres.
    pub fn em(&self) -> f64 {
        self.size / PT_PER_MM
    }
}

impl Rect {
    /// The smallest box around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Its width.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Its height.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether a point lies in it.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

impl Rule {
    /// Whether it runs from left to right.
    pub fn is_horizontal(&self) -> bool {
        self.line.width() > self.line.height()
    }

    /// The middle of a horizontal rule.
    pub fn y(&self) -> f64 {
        f64::midpoint(self.line.top, self.line.bottom)
    }

    /// How long it is.
    pub fn length(&self) -> f64 {
        self.line.width().max(self.line.height())
    }
}

impl Color {
    /// Whether a reader calls it red.
    pub fn is_red(self) -> bool {
        match self {
            Self::Cmyk([c, m, y, k]) => c < 0.3 && m > 0.5 && y > 0.5 && k < 0.3,
            Self::Rgb([r, g, b]) => r > 0.6 && g < 0.45 && b < 0.45,
            Self::Gray(_) | Self::Other => false,
        }
    }

    /// Whether a reader calls it black.
    pub fn is_black(self) -> bool {
        match self {
            Self::Cmyk([_, _, _, k]) => k > 0.9,
            Self::Rgb(rgb) => rgb.iter().all(|&part| part < 0.15),
            Self::Gray(gray) => gray < 0.15,
            Self::Other => false,
        }
    }
}

impl Page {
    /// The page as it is bound in: a page that was turned by 90° for a wide table, put upright
    /// again so that its number can be read. Other pages as they are.
    #[must_use]
    pub fn bound(&self) -> Self {
        if self.width <= self.height {
            return self.clone();
        }
        let turned = |turn| self.runs.iter().filter(|run| run.style.turn == turn).count();
        self.upright(turned(Turn::CounterClockwise) <= turned(Turn::Clockwise))
    }

    /// The page turned so that most of its text runs from left to right.
    #[must_use]
    pub fn readable(&self) -> Self {
        let glyphs = |turn: Turn| -> usize {
            let runs = self.runs.iter().filter(|run| run.style.turn == turn);
            runs.map(|run| run.glyphs.len()).sum()
        };
        let upright = glyphs(Turn::Upright);
        let (left, right) = (glyphs(Turn::Clockwise), glyphs(Turn::CounterClockwise));
        if left.max(right) > upright { self.upright(left >= right) } else { self.clone() }
    }

    /// The page turned by 90°: to the left, so that its head comes to the left, or to the right.
    fn upright(&self, left: bool) -> Self {
        let point = |x: f64, y: f64| if left { (y, self.width - x) } else { (self.height - y, x) };
        let rect = |rect: Rect| {
            let (a, b) = (point(rect.left, rect.top), point(rect.right, rect.bottom));
            Rect {
                left: a.0.min(b.0),
                top: a.1.min(b.1),
                right: a.0.max(b.0),
                bottom: a.1.max(b.1),
            }
        };
        let turn = |turn: Turn| match (turn, left) {
            (Turn::Upright, true) => Turn::CounterClockwise,
            (Turn::Upright, false) => Turn::Clockwise,
            (Turn::Clockwise, true) | (Turn::CounterClockwise, false) => Turn::Upright,
            (Turn::Clockwise | Turn::CounterClockwise | Turn::Other, _) => Turn::Other,
        };
        let glyph = |glyph: &Glyph| {
            let (x, y) = point(glyph.x, glyph.y);
            Glyph { x, y, ink: glyph.ink.map(rect), ..glyph.clone() }
        };
        let run = |run: &Run| Run {
            style: Arc::new(Style { turn: turn(run.style.turn), ..Style::clone(&run.style) }),
            glyphs: run.glyphs.iter().map(glyph).collect(),
        };
        let rule = |rule: &Rule| Rule { line: rect(rule.line), ..rule.clone() };
        Self {
            width: self.height,
            height: self.width,
            runs: self.runs.iter().map(run).collect(),
            rules: self.rules.iter().map(rule).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_page_is_put_upright() {
        let style = |turn| {
            let family = String::from("f");
            Arc::new(Style { size: 14.0, family, weight: 400, color: Color::Gray(0.0), turn })
        };
        let glyph = |x, y| Glyph { text: "—".into(), x, y, advance: 5.0, ink: None };
        let page = Page {
            width: 297.0,
            height: 210.0,
            // The number of a sheet, 28 mm from what is its foot, and a word of the table.
            runs: vec![
                Run { style: style(Turn::Clockwise), glyphs: vec![glyph(28.0, 160.0)] },
                Run { style: style(Turn::Upright), glyphs: vec![glyph(100.0, 30.0)] },
            ],
            rules: vec![],
        };
        let bound = page.bound();
        assert_eq!((bound.width, bound.height), (210.0, 297.0));
        assert_eq!(bound.runs[0].style.turn, Turn::Upright);
        assert_eq!((bound.runs[0].glyphs[0].x, bound.runs[0].glyphs[0].y), (160.0, 269.0));
        assert_eq!(bound.runs[1].style.turn, Turn::CounterClockwise);
        assert_eq!(bound.bound(), bound);
        assert_eq!(page.upright(false).runs[1].style.turn, Turn::Clockwise);
        // As much text runs one way as the other: the page stays as it is.
        assert_eq!(page.readable(), page);
        let turned = Page { runs: page.runs[..1].to_vec(), ..page };
        assert_eq!(turned.readable().runs[0].style.turn, Turn::Upright);
    }

    #[test]
    fn the_red_of_the_standard_is_red() {
        assert!(Color::Cmyk([0.0, 0.8, 0.8, 0.0]).is_red());
        assert!(Color::Rgb([0.93, 0.2, 0.2]).is_red());
        assert!(!Color::Gray(0.0).is_red());
        assert!(Color::Cmyk([0.0, 0.0, 0.0, 1.0]).is_black());
    }
}
