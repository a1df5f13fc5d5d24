//! Lines of pages to paragraphs, by where they begin and end.

use pdf::layout::{Block, Content, Line};

/// A line that ends this far from the right edge ends its paragraph, in em.
const SHORT: f64 = 1.6;
/// An indentation is at least this wide, in em.
const INDENT: f64 = 1.2;
/// Lines farther apart than this many line pitches are no paragraph.
const APART: f64 = 1.7;
/// Type sizes differ from this factor on.
const OTHER_SIZE: f64 = 1.12;

/// The type area of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Body {
    left: f64,
    right: f64,
    /// The em that most lines are set in.
    em: f64,
}

impl Body {
    pub(super) fn of(pages: &[Content]) -> Self {
        let lines: Vec<&Line> = pages
            .iter()
            .flat_map(|page| &page.blocks)
            .filter_map(|block| match block {
                Block::Line(line) => Some(line),
                Block::Table(_) => None,
            })
            .collect();
        let sorted = |of: fn(&Line) -> f64| {
            let mut all: Vec<f64> = lines.iter().map(|line| of(line)).collect();
            all.sort_by(f64::total_cmp);
            all
        };
        let (left, right, em) =
            (sorted(|line| line.left), sorted(|line| line.right), sorted(|line| line.em));
        let at = |all: &[f64], part: usize| {
            all.get((all.len() * part / 100).min(all.len().saturating_sub(1))).copied()
        };
        Self {
            left: at(&left, 10).unwrap_or(0.0),
            right: at(&right, 90).unwrap_or(0.0),
            em: at(&em, 50).unwrap_or(0.0),
        }
    }

    fn is_full(&self, line: &Line) -> bool {
        line.right > self.right - SHORT * line.em
    }

    /// Whether a line stands in the middle, with room on both sides.
    fn is_centred(&self, line: &Line) -> bool {
        let (before, behind) = (line.left - self.left, self.right - line.right);
        before > INDENT * line.em
            && behind > INDENT * line.em
            && (before - behind).abs() < 2.0 * line.em
    }
}

/// A paragraph that may go on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    text: String,
    last: Line,
    /// How many lines it has.
    lines: usize,
    /// The distance of its last two lines.
    pitch: Option<f64>,
    began: usize,
    page: usize,
    is_title: bool,
}

impl Paragraph {
    pub(super) fn begin(line: &Line, page: usize) -> Self {
        Self {
            text: line.text.clone(),
            last: line.clone(),
            lines: 1,
            pitch: None,
            began: page,
            page,
            is_title: false,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The page on which it begins, counted from 0.
    pub(super) fn began(&self) -> usize {
        self.began
    }

    /// Whether it is a title that takes several lines.
    pub(super) fn is_heading(&self) -> bool {
        self.is_title
    }

    /// Takes a line that goes on with it.
    pub(super) fn takes(&mut self, line: &Line, body: &Body, page: usize) -> bool {
        let title = self.is_title_with(line, body, page);
        if !title && !self.goes_on(line, body, page) {
            return false;
        }
        let (before, after) = (self.text.chars().next_back(), line.text.chars().next());
        let letters =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == ',' || c == '.');
        if letters(before) && letters(after) && !before.is_some_and(|c| c.is_ascii_digit()) {
            self.text.push(' ');
        }
        self.text.push_str(&line.text);
        if page == self.page {
            self.pitch = Some(line.baseline - self.last.baseline);
        }
        self.last = line.clone();
        self.page = page;
        self.lines += 1;
        self.is_title |= title;
        true
    }

    fn goes_on(&self, line: &Line, body: &Body, page: usize) -> bool {
        let size = line.em.max(self.last.em) / line.em.min(self.last.em).max(0.1);
        let distance = line.baseline - self.last.baseline;
        let pitch = self.pitch.unwrap_or(2.4 * self.last.em);
        let near = page != self.page || distance <= APART * pitch;
        // The first line of a paragraph is indented, or all of them are where it hangs.
        let indented = line.left > body.left + INDENT * line.em;
        let hangs = self.lines > 1 && (line.left - self.last.left).abs() < 0.5 * line.em;
        size < OTHER_SIZE
            && near
            && body.is_full(&self.last)
            && !body.is_centred(&self.last)
            && (!indented || hangs)
            && !self.last.text.contains('\t')
            && !line.text.contains('\t')
    }

    /// Whether a line goes on with a title: large type in the middle, line below line.
    fn is_title_with(&self, line: &Line, body: &Body, page: usize) -> bool {
        let alike = |line: &Line| line.em > OTHER_SIZE * body.em && body.is_centred(line);
        let near = line.baseline - self.last.baseline <= 2.4 * line.em;
        page == self.page
            && near
            && (line.em - self.last.em).abs() < 0.1 * line.em
            && alike(&self.last)
            && alike(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f64, baseline: f64, em: f64) -> Line {
        let width = em * text.chars().count() as f64;
        Line { text: text.into(), left, right: left + width, baseline, em, is_red: false }
    }

    fn paragraphs(lines: Vec<(usize, Line)>) -> Vec<String> {
        let mut pages: Vec<Content> = Vec::new();
        for (page, line) in &lines {
            pages.resize_with(pages.len().max(page + 1), Content::default);
            pages[*page].blocks.push(Block::Line(line.clone()));
        }
        let body = Body::of(&pages);
        let mut found: Vec<Paragraph> = Vec::new();
        for (page, line) in &lines {
            if found.last_mut().is_none_or(|last| !last.takes(line, &body, *page)) {
                found.push(Paragraph::begin(line, *page));
            }
        }
        found.into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn indents_and_full_lines_make_paragraphs() {
        // Ten characters to a line, the first of a paragraph indented by two.
        let lines = vec![
            (0, line("关于印发", 43.0, 30.0, 6.0)),
            (0, line("要点的通知", 40.0, 40.0, 6.0)),
            (0, line("各镇人民政府：", 30.0, 60.0, 5.0)),
            (0, line("一二三四五六七八", 40.0, 70.0, 5.0)),
            (0, line("九十甲乙丙丁戊己庚辛", 30.0, 80.0, 5.0)),
            (0, line("壬癸子丑寅卯辰巳午未", 30.0, 90.0, 5.0)),
            (1, line("到下一页。", 30.0, 30.0, 5.0)),
            (1, line("二、另起一段恰满一", 35.0, 40.0, 5.0)),
            (1, line("三、又是一段到行末", 40.0, 50.0, 5.0)),
            (1, line("续。", 30.0, 60.0, 5.0)),
            (1, line("2025年2月", 55.0, 80.0, 5.0)),
        ];
        assert_eq!(
            paragraphs(lines),
            [
                "关于印发要点的通知",
                "各镇人民政府：",
                "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未到下一页。",
                "二、另起一段恰满一",
                "三、又是一段到行末续。",
                "2025年2月",
            ]
        );
    }
}
