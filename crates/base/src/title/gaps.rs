//! How good a place to break each gap between two characters of a title is.

use super::lexicon::{
    ADVERBS, CLAUSE_STARTS, ISSUE, JOINERS, KIND_MODIFIERS, KINDS, NAME_ENDS, OPENERS, ORGAN_ENDS,
    PREPOSITIONS, TAILS, VERBS, YEAR_TERMS,
};
use super::words::{Kind, Segment, Word, inside, is_figure, match_at, measure};

/// What a break would do, from harmless to worst. A break of a worse kind is made only where no
/// line would fit without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Nothing: a boundary between two words.
    Open,
    /// Cut what stands in 《》 or “”.
    Quoted,
    /// Cut a proper name between two of its words, or a document number.
    Name,
    /// Cut a word, a number from its measure word, a bracket; begin a line with 的, end one in 和.
    Whole,
    /// Begin a line with a closing mark or end one with an opening mark.
    Mark,
}

impl Level {
    /// So far apart that a break of one kind is never made to save one of a worse kind.
    pub(super) fn weight(self) -> u64 {
        match self {
            Level::Open => 0,
            Level::Quoted => 1,
            Level::Name => 1_000,
            Level::Whole => 1_000_000_000,
            Level::Mark => 1_000_000_000_000,
        }
    }
}

/// The gap before a character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    pub(super) level: Level,
    /// How little the break reads like one that a clerk would make; 0 is best, 1 is poor.
    pub(super) cost: f64,
}

const CLOSING: &str = "，、。；：？！）》〉」』】〕〗”’,.;:?!)]}…—–·％%‰℃～~ \u{a0}\u{3000}";
const OPENING: &str = "《〈「『【〔〖（“‘([{…—–·～~";
const PAIRS: [(char, char); 10] = [
    ('《', '》'),
    ('“', '”'),
    ('「', '」'),
    ('『', '』'),
    ('〈', '〉'),
    ('（', '）'),
    ('〔', '〕'),
    ('【', '】'),
    ('(', ')'),
    ('[', ']'),
];

/// Breaking between two words of which nothing is known.
const PLAIN: f64 = 0.6;
/// 关于 torn from its verb.
const TORN: f64 = 2.5;

/// Grades every gap of a title. `fits` tells whether a range of characters fits on one line.
pub(super) fn gaps(
    clusters: &[&str],
    words: &[Word],
    names: &[&str],
    segmenter: &dyn Segment,
    fits: &dyn Fn(usize, usize) -> bool,
) -> Vec<Gap> {
    let mut gaps = vec![Gap { level: Level::Whole, cost: PLAIN }; clusters.len()];
    for at in 1..words.len() {
        gaps[words[at].start] = between(clusters, words, at);
    }
    for name in words.iter().filter(|word| word.kind == Kind::Name) {
        for at in inside(clusters, name, segmenter) {
            gaps[at] = Gap { level: Level::Name, cost: PLAIN };
        }
    }
    keep_names(&mut gaps, clusters, names);
    keep_numbers(&mut gaps, clusters, words);
    keep_kind(&mut gaps, clusters);
    keep_pairs(&mut gaps, clusters, fits);
    keep_marks(&mut gaps, clusters);
    gaps
}

/// The gap between word `at` and the one before it.
fn between(clusters: &[&str], words: &[Word], at: usize) -> Gap {
    let text = |word: &Word| clusters[word.start..word.end].concat();
    let (left, right) = (&words[at - 1], &words[at]);
    let (before, after) = (text(left), text(right));
    let (before, after) = (before.as_str(), after.as_str());
    let level = if ["的", "之", "等"].contains(&after) || JOINERS.contains(&before) {
        Level::Whole
    } else if left.kind == Kind::Plain && NAME_ENDS.contains(&after) {
        Level::Name
    } else {
        Level::Open
    };
    Gap { level, cost: reading(left, right, before, after, follows_about(words, at, &text)) }
}

/// How a break between two words reads; `verb` tells that the left one is the verb behind 关于.
fn reading(left: &Word, right: &Word, before: &str, after: &str, verb: bool) -> f64 {
    let verb_next = VERBS.contains(&after) || ISSUE.contains(&after);
    match (before, after) {
        ("关于", _) => TORN,
        (_, "关于") | ("，" | "；", _) => 0.0,
        _ if verb && verb_next => 0.8,
        _ if ISSUE.contains(&before) && (verb || left.kind == Kind::Plain) => 0.0,
        _ if ADVERBS.contains(&before) || PREPOSITIONS.contains(&before) || before == "等" => 1.5,
        _ if verb => 0.3,
        ("、", _) => 0.2,
        _ if JOINERS.contains(&after) => 0.35,
        (_, "《") | ("》", _) => 0.1,
        _ if left.kind == Kind::Name && before.ends_with(ORGAN_ENDS) => 0.1,
        _ if CLAUSE_STARTS.contains(&after) => 0.2,
        ("的", _) => 0.4,
        _ => compound(left, right, before, after),
    }
}

/// Two words in the midst of a longer noun.
fn compound(left: &Word, right: &Word, before: &str, after: &str) -> f64 {
    let single = |word: &Word| word.end - word.start == 1 && word.kind == Kind::Plain;
    let mut cost = match (left.kind, right.kind) {
        (Kind::Number, _) if before.ends_with(['年', '度', '月', '日']) => 0.5,
        (Kind::Number, _) if before.ends_with('批') => 0.4,
        // 28项 needs what is counted.
        (Kind::Number, _) => 1.0,
        // “十四五” stands for itself.
        _ if before == "”" => 0.4,
        // A new noun begins.
        (Kind::Plain, Kind::Name | Kind::Number) => 0.35,
        _ => PLAIN,
    };
    if after == "（" || after == "(" {
        cost += 0.1;
    }
    if is_tail(after) {
        cost += 0.4;
    }
    if single(right) && !OPENERS.contains(&after) && after.chars().all(char::is_alphabetic) {
        cost += 0.8;
    }
    if single(left) && before.chars().all(char::is_alphabetic) {
        cost += 0.6;
    }
    cost
}

/// 工作, 方案, and what is made of two such words (管理办法).
fn is_tail(word: &str) -> bool {
    let tail = |word: &str| TAILS.contains(&word) || KINDS.contains(&word);
    tail(word) || TAILS.iter().any(|first| word.strip_prefix(first).is_some_and(tail))
}

/// Whether the word before this one ends a row of adverbs and verbs that 关于 begins.
fn follows_about(words: &[Word], at: usize, text: &dyn Fn(&Word) -> String) -> bool {
    let mut last = true;
    for word in words[..at].iter().rev().take(5) {
        let word = text(word);
        let word = word.as_str();
        if word == "关于" {
            return !last;
        }
        let verb = VERBS.contains(&word) || ISSUE.contains(&word);
        if !verb && (last || !(ADVERBS.contains(&word) || JOINERS.contains(&word))) {
            return false;
        }
        last = false;
    }
    false
}

/// A name is broken between its words at best.
fn keep_names(gaps: &mut [Gap], clusters: &[&str], names: &[&str]) {
    for at in 0..clusters.len() {
        for end in names.iter().filter_map(|name| match_at(clusters, at, name)) {
            for gap in &mut gaps[at + 1..end] {
                gap.level = gap.level.max(Level::Name);
            }
        }
    }
}

/// 第|二, 二|批, 三年|行动, 〔2025〕|3号. 青政办|〔2025〕 is the lesser evil, and 》|〔2025〕 or
/// 3号|〔2025〕 none: there 〔 begins a number of its own.
fn keep_numbers(gaps: &mut [Gap], clusters: &[&str], words: &[Word]) {
    let starts: Vec<usize> = words.iter().map(|word| word.start).collect();
    let at_char = |at: usize| clusters[at].chars().next().unwrap_or_default();
    let counted = |end| words.iter().any(|word| word.end == end && word.kind == Kind::Number);
    for (at, gap) in gaps.iter_mut().enumerate().skip(1) {
        let (before, after) = (at_char(at - 1), at_char(at));
        let numeral = is_figure(before)
            && (at == 1 || is_figure(at_char(at - 2)) || starts.binary_search(&(at - 1)).is_ok());
        let number = before.is_ascii_digit() || numeral;
        let torn = (before == '〕' && after.is_ascii_digit())
            || (before == '第' && is_figure(after))
            || (number && (is_figure(after) || measure(&[after]) > 0))
            || (before == '年'
                && at > 1
                && is_figure(at_char(at - 2))
                && YEAR_TERMS.iter().any(|term| match_at(clusters, at, term).is_some()));
        let level = if torn {
            Level::Whole
        } else if after == '〔' && before.is_alphabetic() && !counted(at) {
            Level::Name
        } else {
            continue;
        };
        gap.level = gap.level.max(level);
    }
}

/// The kind of document stays with its 的.
fn keep_kind(gaps: &mut [Gap], clusters: &[&str]) {
    for at in 1..clusters.len() {
        if clusters[at - 1] != "的" {
            continue;
        }
        let modified = KIND_MODIFIERS.iter().find_map(|word| match_at(clusters, at, word));
        let ends = [Some(at), modified];
        let kind = ends
            .into_iter()
            .flatten()
            .find_map(|from| KINDS.iter().filter_map(|kind| match_at(clusters, from, kind)).max());
        let Some(end) = kind else { continue };
        // Only the kind itself, not a word of the text that looks like it (的方案编制).
        if clusters
            .get(end)
            .is_none_or(|&next| ["》", "”", "的", "（", "和", "等", "、"].contains(&next))
        {
            for gap in &mut gaps[at..end] {
                gap.level = gap.level.max(Level::Whole);
            }
        }
    }
}

/// What stands in brackets stays whole, unless it is longer than a line (with the 的通知 that
/// may not be torn from it).
fn keep_pairs(gaps: &mut [Gap], clusters: &[&str], fits: &dyn Fn(usize, usize) -> bool) {
    for (open, close) in PAIRS {
        let level = if "《“「『〈".contains(open) { Level::Quoted } else { Level::Whole };
        let mut stack = Vec::new();
        for at in 0..clusters.len() {
            if clusters[at].starts_with(open) {
                stack.push(at);
            } else if clusters[at].starts_with(close)
                && let Some(start) = stack.pop()
            {
                let whole = fits(start, at + 1);
                for gap in &mut gaps[start + 1..=at] {
                    if whole {
                        gap.level = gap.level.max(level);
                    } else {
                        gap.cost += 0.3;
                    }
                }
            }
        }
    }
}

/// 避头尾: no closing mark (nor a blank) begins a line, no opening mark ends one.
fn keep_marks(gaps: &mut [Gap], clusters: &[&str]) {
    for at in 1..clusters.len() {
        if clusters[at].starts_with(|c| CLOSING.contains(c))
            || clusters[at - 1].starts_with(|c| OPENING.contains(c))
        {
            gaps[at].level = Level::Mark;
        }
    }
}
