//! Text put together again: glyphs on one baseline without a wide gap between them are a line.

use std::sync::Arc;

use pdf::page::{Page, Rect, Style, Turn};

/// Baselines closer than this are one, in millimetres.
const SAME_BASELINE: f64 = 0.35;
/// A gap wider than this begins another line at the right, in em: a name at the margin, a column.
const WIDE_GAP: f64 = 1.5;

/// A character or ligature where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Char {
    /// What it is.
    pub(super) text: String,
    /// Start of its baseline.
    pub(super) x: f64,
    /// How far it moves what follows.
    pub(super) advance: f64,
    /// The box of its outline.
    pub(super) ink: Option<Rect>,
    /// How it is set.
    pub(super) style: Arc<Style>,
}

/// A piece of text on one baseline. It has at least one character that is not blank, at each end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The page, from 0.
    pub(super) page: usize,
    /// The baseline.
    pub(super) y: f64,
    /// Its characters from left to right.
    pub(super) chars: Vec<Char>,
}

impl Char {
    /// The first character.
    pub(super) fn first(&self) -> char {
        self.text.chars().next().unwrap_or('\u{fffd}')
    }

    /// Whether it is a Han character.
    pub(super) fn is_han(&self) -> bool {
        base::zh::is_han(self.first())
    }

    /// The right edge.
    pub(super) fn right(&self) -> f64 {
        self.x + self.advance
    }

    fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

impl Line {
    /// Its text without blanks.
    pub(super) fn text(&self) -> String {
        self.chars.iter().flat_map(|c| c.text.chars()).filter(|c| !c.is_whitespace()).collect()
    }

    /// The left edge of the first character.
    pub(super) fn left(&self) -> f64 {
        self.chars.first().map_or(0.0, |c| c.x)
    }

    /// The right edge of the last character.
    pub(super) fn right(&self) -> f64 {
        self.chars.last().map_or(0.0, Char::right)
    }

    /// The middle between both edges.
    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.left(), self.right())
    }

    /// The style that most of its characters have.
    pub(super) fn style(&self) -> &Style {
        let count = |style: &Style| self.chars.iter().filter(|c| *c.style == *style).count();
        let mut best = &self.chars[0].style;
        let mut most = 0;
        for c in &self.chars {
            if c.style == *best {
                continue;
            }
            if most == 0 {
                most = count(best);
            }
            let number = count(&c.style);
            if number > most {
                (best, most) = (&c.style, number);
            }
        }
        best
    }

    /// The size of most characters, in points.
    pub(super) fn size(&self) -> f64 {
        self.style().size
    }

    /// The top of the em box.
    pub(super) fn top(&self) -> f64 {
        self.y - pdf::page::EM_ABOVE * self.style().em()
    }

    /// The foot of the em box.
    pub(super) fn bottom(&self) -> f64 {
        self.y + pdf::page::EM_BELOW * self.style().em()
    }

    /// The middle of the em box.
    pub(super) fn center(&self) -> f64 {
        f64::midpoint(self.top(), self.bottom())
    }

    /// The box around all outlines.
    pub(super) fn ink(&self) -> Option<Rect> {
        self.chars.iter().filter_map(|c| c.ink).reduce(Rect::union)
    }
}

/// The lines of a page from the top to the foot, those on one baseline from left to right.
/// Text that does not run from left to right is left out.
pub(super) fn lines(place: usize, page: &Page) -> Vec<Line> {
    let mut chars: Vec<(f64, Char)> = Vec::new();
    for run in page.runs.iter().filter(|run| run.style.turn == Turn::Upright) {
        for glyph in &run.glyphs {
            let style = run.style.clone();
            let (text, x, advance, ink) = (glyph.text.clone(), glyph.x, glyph.advance, glyph.ink);
            chars.push((glyph.y, Char { text, x, advance, ink, style }));
        }
    }
    onto_their_line(&mut chars);
    chars.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut lines = Vec::new();
    let mut row: Vec<Char> = Vec::new();
    let mut baseline = f64::MIN;
    for (y, c) in chars {
        if y - baseline > SAME_BASELINE {
            split(place, baseline, std::mem::take(&mut row), &mut lines);
            baseline = y;
        }
        row.push(c);
    }
    split(place, baseline, row, &mut lines);
    lines
}

/// Puts subscripts and superscripts on the baseline of what they stand behind: digits and signs two
/// thirds as large.
fn onto_their_line(chars: &mut [(f64, Char)]) {
    const SMALL: f64 = 0.7;
    const NEAR: f64 = 0.8;
    let is_script = |c: &Char| {
        matches!(c.first(), '0'..='9' | '+' | '−' | '(' | ')' | 'n') && c.style.size < 15.0
    };
    let mut scripts: Vec<usize> = (0..chars.len()).filter(|&at| is_script(&chars[at].1)).collect();
    scripts.sort_by(|&a, &b| chars[a].1.x.total_cmp(&chars[b].1.x));
    let mut moved = std::collections::BTreeMap::new();
    for at in scripts {
        let (y, c) = (chars[at].0, &chars[at].1);
        let base = chars.iter().enumerate().find_map(|(other, (base, before))| {
            let touches = (before.right() - c.x).abs() < NEAR;
            // Behind another digit of the same script, its own line.
            if let Some(line) = moved.get(&other) {
                return (touches && (base - y).abs() < SAME_BASELINE).then_some(*line);
            }
            let larger = c.style.size < SMALL * before.style.size;
            let near =
                (base - y).abs() < 0.5 * before.style.em() && (base - y).abs() > SAME_BASELINE;
            (touches && larger && near).then_some(*base)
        });
        if let Some(base) = base {
            moved.insert(at, base);
        }
    }
    for (at, base) in moved {
        chars[at].0 = base;
    }
}

/// A row of characters as lines, divided at wide gaps.
fn split(page: usize, y: f64, mut row: Vec<Char>, lines: &mut Vec<Line>) {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut chars: Vec<Char> = Vec::new();
    for c in row.into_iter().filter(|c| !c.is_blank()) {
        let wide = chars.last().is_some_and(|last: &Char| {
            c.x - last.right() > WIDE_GAP * last.style.em().max(c.style.em())
        });
        if wide {
            lines.push(Line { page, y, chars: std::mem::take(&mut chars) });
        }
        chars.push(c);
    }
    if !chars.is_empty() {
        lines.push(Line { page, y, chars });
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use pdf::page::{Color, Glyph, Run};

    /// A run of full-width characters, as other tests need it.
    pub(in super::super) fn run(text: &str, x: f64, y: f64, size: f64) -> Run {
        let style = Style {
            size,
            family: "FangSong".into(),
            weight: 400,
            color: Color::Gray(0.0),
            turn: Turn::Upright,
        };
        let em = style.em();
        let glyphs = text.chars().enumerate().map(|(place, c)| Glyph {
            text: c.to_string(),
            x: x + em * place as f64,
            y,
            advance: em,
            ink: None,
        });
        Run { glyphs: glyphs.collect(), style: Arc::new(style) }
    }

    #[test]
    fn a_wide_gap_divides_a_row() {
        let page = Page {
            runs: vec![
                run("签发人", 150.0, 50.0, 16.0),
                run("下行", 28.0, 60.0, 16.0),
                run("云府〔2025〕1号", 28.0, 50.1, 16.0),
                run("两 字", 50.0, 60.0, 16.0),
            ],
            ..Page::default()
        };
        let lines = lines(0, &page);
        let texts: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(texts, ["云府〔2025〕1号", "签发人", "下行", "两字"]);
        assert!((lines[0].top() - (50.0 - 0.88 * 16.0 / 72.0 * 25.4)).abs() < 0.2);
    }

    #[test]
    fn the_style_of_a_line_is_that_of_most_of_it() {
        let page = Page {
            runs: vec![run("一、", 28.0, 50.0, 22.0), run("正文正文", 52.0, 50.0, 16.0)],
            ..Page::default()
        };
        let lines = lines(0, &page);
        assert_eq!(lines.len(), 1);
        assert!((lines[0].size() - 16.0).abs() < 1e-9);
    }
}
