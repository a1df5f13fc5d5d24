//! The clauses, a small file per family. A clause looks at a recognised notice and tells what it
//! saw, page by page; it sees nothing where it does not apply.

mod attachment;
mod body;
mod ending;
mod fill;
mod grid;
mod head;
mod imprint;
mod letter;
mod mark;
mod minutes;
mod number;
mod paper;
mod print;
mod sign_off;
mod title;
mod wide;

use std::collections::BTreeMap;

pub(super) use fill::torn;

use super::Settings;
use super::expected::Expected;
use super::line::Line;
use super::parts::Notice;
use super::report::{Has, Sight};
use super::standard::Kind;
use base::diag::{Text, Words};
use base::text;

/// What can be measured of a clause of the standard.
pub(super) struct Clause {
    /// Its number in the standard.
    pub(super) number: &'static str,
    /// What of it.
    pub(super) name: &'static str,
    /// What is asked.
    pub(super) asks: Words,
    /// Looks at it.
    pub(super) look: fn(&Subject<'_>) -> Vec<Sight>,
}

/// All of them, family by family.
pub(super) const CLAUSES: &[&[Clause]] = &[
    paper::CLAUSES,
    grid::CLAUSES,
    fill::CLAUSES,
    print::CLAUSES,
    head::CLAUSES,
    mark::CLAUSES,
    title::CLAUSES,
    body::CLAUSES,
    ending::CLAUSES,
    sign_off::CLAUSES,
    attachment::CLAUSES,
    imprint::CLAUSES,
    number::CLAUSES,
    wide::CLAUSES,
    letter::CLAUSES,
    minutes::CLAUSES,
];

/// What is measured.
pub(super) struct Subject<'a> {
    pub(super) notice: &'a Notice,
    pub(super) expected: &'a Expected,
    pub(super) settings: &'a Settings,
}

impl Subject<'_> {
    /// A length on a page from 0.
    pub(super) fn mm(&self, page: usize, asked: f64, has: f64) -> Sight {
        self.within(page, asked, has, self.settings.tolerance)
    }

    /// A length with a tolerance of its own.
    pub(super) fn within(&self, page: usize, asked: f64, has: f64, tolerance: f64) -> Sight {
        let ok = (has - asked).abs() <= tolerance + 1e-6;
        Sight { page: page + 1, asked: Some(asked), has: Has::Mm(has), ok }
    }

    /// A length that may be less.
    pub(super) fn at_most(&self, page: usize, most: f64, has: f64) -> Sight {
        let ok = has <= most + self.settings.tolerance + 1e-6;
        Sight { page: page + 1, asked: Some(most), has: Has::Mm(has), ok }
    }

    /// A length that may be more.
    pub(super) fn at_least(&self, page: usize, least: f64, has: f64) -> Sight {
        let ok = has >= least - self.settings.tolerance - 1e-6;
        Sight { page: page + 1, asked: Some(least), has: Has::Mm(has), ok }
    }

    /// A distance of so many lines, which 7.3.5.5 may have changed a little on this page.
    pub(super) fn lines(&self, page: usize, lines: f64, has: f64) -> Sight {
        let asked = lines * self.pitch();
        let slack = asked * (self.notice.fit(page).line - 1.0).abs();
        self.within(page, asked, has, self.settings.tolerance + slack)
    }

    /// The distance of two lines.
    pub(super) fn pitch(&self) -> f64 {
        self.settings.pitch()
    }

    /// Size and kind of a line's type.
    pub(super) fn set_in(&self, line: &Line, size: f64, kind: Kind) -> Sight {
        let has_size = (line.size() * 10.0).round() / 10.0;
        let kind_seen = kind_words(line);
        let ok = (line.size() - size).abs() <= 0.25 && self.is_kind(line, kind);
        let has = text!("{has_size}磅 {kind_seen}", "{has_size} pt {kind_seen}"; kind_seen);
        Sight { page: line.page + 1, asked: None, has: Has::Words(has), ok }
    }

    /// Whether a line is set in a kind of face. Some PDFs do not tell the names of their faces:
    /// what cannot be known is not held against them.
    pub(super) fn is_kind(&self, line: &Line, kind: Kind) -> bool {
        let unknown = self.settings.foreign && line.style().family.is_empty();
        unknown || Kind::of_line(line) == Some(kind)
    }

    /// An element that the records print and the pages do not have, or with other words.
    pub(super) fn words(&self, line: Option<&Line>, expected: Option<&String>) -> Option<Sight> {
        let expected = expected?;
        Some(match line {
            Some(line) => {
                let has = line.text();
                let ok = has == *expected;
                says(line.page, ok, text!("“{has}”", "“{has}”"))
            }
            None => missing(expected),
        })
    }
}

/// The kind of a line's face with its name.
pub(super) fn kind_words(line: &Line) -> Text {
    let family = &line.style().family;
    if family.is_empty() {
        return text!("字体名称不详", "in a face without a name");
    }
    let kind = Kind::of_line(line).map_or(Words::new("其他字体", "another kind"), Kind::name);
    text!("{kind}（{family}）", "{kind} ({family})"; kind)
}

/// Something that is no length.
pub(super) fn says(page: usize, ok: bool, has: Text) -> Sight {
    Sight { page: page + 1, asked: None, has: Has::Words(has), ok }
}

/// Words that are not found on any page.
pub(super) fn missing(expected: &str) -> Sight {
    says(0, false, text!("没有找到“{expected}”", "“{expected}” was not found"))
}

/// Of many sights, for each page the worst length, and everything that is wrong in words: a
/// report names every failure but not a thousand right lines.
pub(super) fn worst(sights: impl IntoIterator<Item = Sight>) -> Vec<Sight> {
    let off = |sight: &Sight| match (&sight.has, sight.asked) {
        (Has::Mm(has), Some(asked)) => (has - asked).abs(),
        _ => f64::from(u8::from(!sight.ok)),
    };
    let mut kept: Vec<Sight> = Vec::new();
    for sight in sights {
        match kept.iter_mut().find(|other| other.page == sight.page) {
            Some(other) => {
                let worse = (!sight.ok, off(&sight)) > (!other.ok, off(other));
                if worse {
                    *other = sight;
                }
            }
            None => kept.push(sight),
        }
    }
    kept.sort_by_key(|sight| sight.page);
    kept
}

/// The greatest length of each page.
pub(super) fn greatest(lengths: impl IntoIterator<Item = (usize, f64)>) -> BTreeMap<usize, f64> {
    let mut pages = BTreeMap::new();
    for (page, length) in lengths {
        let greatest = pages.entry(page).or_insert(length);
        *greatest = length.max(*greatest);
    }
    pages
}
