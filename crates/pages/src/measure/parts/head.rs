//! Everything above the red rule.

use super::super::expected::Expected;
use super::super::line::Line;
use super::super::standard as gb;
use super::Sheet;
use super::pool::Pool;
use pdf::page::Rule;

/// Red type from this size on is the mark, in points: a long name is set small.
const SMALLEST_MARK: f64 = 9.0;
/// A rule this long goes across the page, in millimetres.
const LONG: f64 = 120.0;
/// The two rules of a double rule stand no farther apart, in millimetres.
const DOUBLE: f64 = 2.5;

/// 版头.
#[derive(Debug, Default)]
pub(in super::super) struct Head {
    /// 发文机关标志: the one line, or of a joint issue the organs from the top.
    pub(in super::super) mark: Vec<Line>,
    /// Of a joint issue, the words that all organs share: 文件 at their right.
    pub(in super::super) shared: Option<Line>,
    /// 份号.
    pub(in super::super) copy_number: Option<Line>,
    /// 密级.
    pub(in super::super) secrecy: Option<Line>,
    /// 紧急程度.
    pub(in super::super) urgency: Option<Line>,
    /// 发文字号.
    pub(in super::super) number: Option<Line>,
    /// 签发人, a line each.
    pub(in super::super) signatory: Vec<Line>,
    /// Organ and date of a paper that is not signed.
    pub(in super::super) dateline: Vec<Line>,
    /// The red rule of the common format.
    pub(in super::super) rule: Option<Rule>,
    /// The double rules of a letter, from the top; each from the top.
    pub(in super::super) doubles: Vec<[Rule; 2]>,
}

impl Head {
    pub(super) fn recognise(pool: &mut Pool, sheets: &[Sheet], expected: &Expected) -> Self {
        let mut head = Self::default();
        let Some(sheet) = sheets.first() else { return head };
        let mark = pool.take_all(|line| {
            line.page == 0 && line.style().color.is_red() && line.size() >= SMALLEST_MARK
        });
        // A long name that is known to be one organ's stands on two lines.
        let shared = match (&expected.mark, &expected.joint[..]) {
            (Some(_), []) => None,
            (Some(shared), _) => Some(shared.as_str()),
            (None, _) => Some("文件"),
        };
        (head.mark, head.shared) = rows(mark, shared);
        let mut red: Vec<Rule> = sheet
            .page
            .rules
            .iter()
            .filter(|rule| rule.color.is_red() && rule.is_horizontal() && rule.length() >= LONG)
            .cloned()
            .collect();
        red.sort_by(|a, b| a.y().total_cmp(&b.y()));
        head.doubles = doubles(&mut red);
        head.rule = red.into_iter().next();

        // The head ends at the title: black type larger than that of the text.
        let title = pool.lines().iter().find(|line| {
            line.page == 0 && line.size() > gb::BODY + 2.0 && !line.style().color.is_red()
        });
        let end = head.rule.as_ref().map(Rule::y).or(title.map(|title| title.top()));
        let Some(end) = end else { return head };
        let above = |line: &Line| line.page == 0 && line.y < end;
        let known = |line: &Line, words: &Option<String>, usual: &dyn Fn(&str) -> bool| {
            let text = line.text();
            above(line) && words.as_ref().map_or_else(|| usual(&text), |words| text == *words)
        };
        head.copy_number = pool.take(|line| {
            known(line, &expected.copy_number, &|text| {
                text.len() >= 4 && text.bytes().all(|c| c.is_ascii_digit())
            })
        });
        head.secrecy = pool.take(|line| {
            let levels = ["绝密", "机密", "秘密"];
            known(line, &expected.secrecy, &|text| levels.iter().any(|l| text.starts_with(l)))
        });
        head.urgency = pool.take(|line| {
            let grades = ["特急", "加急", "特提", "平急"];
            known(line, &expected.urgency, &|text| grades.contains(&text))
        });
        head.number = pool.take(|line| known(line, &expected.number, &is_document_number));
        head.signatory = signatories(pool, above);
        head.dateline =
            pool.take_all(|line| above(line) && expected.dateline.contains(&line.text()));
        head
    }
}

/// The rows of a mark. The letters of a short name in a joint issue stand far apart, and the
/// shared words may stand beside any of the names.
fn rows(pieces: Vec<Line>, shared: Option<&str>) -> (Vec<Line>, Option<Line>) {
    let mut rows: Vec<Line> = Vec::new();
    for piece in pieces {
        match rows.last_mut().filter(|row| (row.y - piece.y).abs() < 1.0) {
            Some(row) => row.chars.extend(piece.chars),
            None => rows.push(piece),
        }
    }
    for row in &mut rows {
        row.chars.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    let Some(shared) = shared.filter(|_| rows.len() > 1) else { return (rows, None) };
    let Some(place) = rows.iter().position(|row| row.text().ends_with(shared)) else {
        return (rows, None);
    };
    let count = shared.chars().count();
    let row = &mut rows[place];
    let chars = row.chars.split_off(row.chars.len().saturating_sub(count));
    let words = Line { page: row.page, y: row.y, chars };
    if row.chars.is_empty() {
        rows.remove(place);
    }
    (rows, Some(words))
}

/// `云府〔2025〕1号`, with any brackets.
pub(in super::super) fn is_document_number(text: &str) -> bool {
    text.ends_with('号') && text.contains(['〔', '［', '[', '【', '（', '('])
}

/// 签发人： and, below it, names that stand flush with the first.
fn signatories(pool: &mut Pool, above: impl Fn(&Line) -> bool) -> Vec<Line> {
    let Some(first) = pool.take(|line| above(line) && line.text().starts_with("签发人")) else {
        return Vec::new();
    };
    let (y, left) = (first.y, first.left());
    let mut all = vec![first];
    all.extend(pool.take_all(|line| above(line) && line.y > y - 1.0 && line.left() > left));
    // Short names in a column of longer ones stand apart.
    rows(all, None).0
}

/// Takes the pairs of rules that stand close together.
fn doubles(rules: &mut Vec<Rule>) -> Vec<[Rule; 2]> {
    let mut found = Vec::new();
    let mut place = 0;
    while place + 1 < rules.len() {
        if rules[place + 1].y() - rules[place].y() <= DOUBLE {
            let second = rules.remove(place + 1);
            let first = rules.remove(place);
            found.push([first, second]);
        } else {
            place += 1;
        }
    }
    found
}
