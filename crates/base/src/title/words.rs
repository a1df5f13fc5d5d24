//! Where the words of a title begin and end.

use std::sync::OnceLock;

use jieba_rs::Jieba;

use super::lexicon::{DATES, ISSUE, REGIONS, TERMS, YEAR_TERMS};
use crate::zh::{DICTIONARY, is_cjk, is_numeral, measure_at};

/// Something that finds the words of Chinese text: the bytes at which words end.
pub(super) trait Segment {
    fn ends(&self, text: &str) -> Vec<usize>;
}

/// jieba with the dictionary in assets/titles; why these two, docs/titles.md. It takes 50 ms to
/// load: once, and only for a title that does not fit on one line.
pub(super) struct Dictionary;

impl Segment for Dictionary {
    fn ends(&self, text: &str) -> Vec<usize> {
        let words = jieba().cut(text, true);
        let ends = words.iter().scan(0, |end, token| {
            *end += token.word.len();
            Some(*end)
        });
        ends.collect()
    }
}

/// The words of a text in order, each with whether the dictionary has it.
pub fn dictionary_words(text: &str) -> Vec<(&str, bool)> {
    let jieba = jieba();
    jieba.cut(text, false).iter().map(|token| (token.word, jieba.has_word(token.word))).collect()
}

fn jieba() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(|| {
        let mut dictionary = DICTIONARY.as_bytes();
        // A bad dictionary cannot be: a test loads it.
        Jieba::with_dict(&mut dictionary).unwrap_or_else(|_| Jieba::empty())
    })
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name that the caller gave.
    Name,
    /// A number with its measure words, or a word of Latin letters.
    Number,
    /// Anything else.
    Plain,
}

/// A word as a range of characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// Where the words inside a name begin: the places to break one that is longer than a line.
pub(super) fn inside(clusters: &[&str], name: &Word, segmenter: &dyn Segment) -> Vec<usize> {
    let mut words = Vec::new();
    segment(clusters, name.start, name.end, segmenter, &mut words);
    words.iter().skip(1).map(|word| word.start).collect()
}

/// Cuts a title into words. Names and numbers are taken out first, so that a dictionary cannot
/// make words across their ends (发青 from 印发青溪区, 年数 from 2025年数字化).
pub(super) fn words(clusters: &[&str], names: &[&str], segmenter: &dyn Segment) -> Vec<Word> {
    let chars: Vec<char> = clusters.iter().filter_map(|cluster| cluster.chars().next()).collect();
    let mut words = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while at < clusters.len() {
        let found = name_at(clusters, at, names)
            .or_else(|| longest(clusters, at, &REGIONS))
            .map(|end| (end, Kind::Name))
            .or_else(|| number_at(&chars, at).map(|end| (end, Kind::Number)))
            .or_else(|| longest(clusters, at, &TERMS).map(|end| (end, Kind::Plain)))
            .or_else(|| longest(clusters, at, &ISSUE).map(|end| (end, Kind::Plain)));
        if let Some((end, kind)) = found {
            segment(clusters, plain, at, segmenter, &mut words);
            words.push(Word { start: at, end, kind });
            at = end;
            plain = end;
        } else {
            at += 1;
        }
    }
    segment(clusters, plain, at, segmenter, &mut words);
    words
}

fn segment(
    clusters: &[&str],
    start: usize,
    end: usize,
    segmenter: &dyn Segment,
    words: &mut Vec<Word>,
) {
    let text = clusters[start..end].concat();
    let ends = segmenter.ends(&text);
    let (mut bytes, mut word) = (0, start);
    for (at, cluster) in clusters.iter().enumerate().take(end).skip(start) {
        bytes += cluster.len();
        // A boundary inside a cluster is none.
        if ends.binary_search(&bytes).is_ok() || at + 1 == end {
            words.push(Word { start: word, end: at + 1, kind: Kind::Plain });
            word = at + 1;
        }
    }
}

/// The end of the longest name that begins here. Names of one or two characters (区委) are found
/// in the midst of other words (社区委员会) too often to be cut out.
fn name_at(clusters: &[&str], at: usize, names: &[&str]) -> Option<usize> {
    longest(clusters, at, names).filter(|end| end - at > 2)
}

/// The end of the longest of some words that begins here.
fn longest(clusters: &[&str], at: usize, words: &[&str]) -> Option<usize> {
    words.iter().filter_map(|word| match_at(clusters, at, word)).max()
}

/// The end of `text` where it stands at this character.
pub(super) fn match_at(clusters: &[&str], at: usize, text: &str) -> Option<usize> {
    let mut rest = text;
    for (offset, cluster) in clusters[at..].iter().enumerate() {
        if rest.is_empty() {
            return (offset > 0).then_some(at + offset);
        }
        rest = rest.strip_prefix(cluster)?;
    }
    (rest.is_empty() && at < clusters.len()).then_some(clusters.len())
}

/// The end of the number or Latin word that begins here, with its measure words.
fn number_at(chars: &[char], at: usize) -> Option<usize> {
    let mut end = latin(chars, at).or_else(|| numeral(chars, at))?;
    let last = chars[end - 1];
    if last.is_ascii_digit() || is_figure(last) {
        end += chars[end..].iter().take_while(|c| "百千万亿".contains(**c)).count();
        end += measure(&chars[end..]);
    }
    while let Some(next) = dated(chars, end) {
        end = next;
    }
    Some(end)
}

/// The end of what a date that stands before `at` goes on with: 2025年 with 12月, but not with
/// 28项, and 3号 not with 2025年.
fn dated(chars: &[char], at: usize) -> Option<usize> {
    let unit = chars.get(at.checked_sub(1)?)?;
    let (_, units) = DATES.iter().find(|(before, _)| before == unit)?;
    let end = latin(chars, at)
        .unwrap_or_else(|| at + chars[at..].iter().take_while(|c| is_figure(**c)).count());
    let found = end > at && chars.get(end).is_some_and(|&c| units.contains(c));
    found.then_some(end + 1)
}

/// A run of Latin letters and digits with the marks between them: 5G, PM2.5, 2025—2027.
fn latin(chars: &[char], at: usize) -> Option<usize> {
    let inside = |c: &char| c.is_alphanumeric() && !is_cjk(*c);
    if !chars.get(at).is_some_and(inside) {
        return None;
    }
    let mut end = at + 1;
    while let Some(c) = chars.get(end) {
        let joins = "—–-~～－.,/·+&_:’'".contains(*c);
        if inside(c) || "%％+℃".contains(*c) {
            end += 1;
        } else if joins && chars.get(end + 1).is_some_and(inside) {
            end += 2;
        } else {
            break;
        }
    }
    Some(end)
}

/// 第二批, 二〇三五年, 三十条: numbers in characters that a measure word follows. A lone one is
/// left to the dictionary (一体化, 三农), but for the years of a plan and 三月十五日.
fn numeral(chars: &[char], at: usize) -> Option<usize> {
    let first = usize::from(chars.get(at) == Some(&'第'));
    let figures = chars[at + first..].iter().take_while(|c| is_figure(**c)).count();
    let end = at + first + figures;
    let unit = measure(&chars[end..]);
    let long =
        first == 1 || figures > 1 || years(&chars[end..]) || dated(chars, end + unit).is_some();
    (figures > 0 && long && unit > 0).then_some(end)
}

/// 年行动, 年规划: the years of a plan.
fn years(chars: &[char]) -> bool {
    let term: String = chars.iter().skip(1).take(2).collect();
    chars.first() == Some(&'年') && YEAR_TERMS.contains(&term.as_str())
}

/// Whether figures are written with it: 几百万 is one number.
pub(super) fn is_figure(c: char) -> bool {
    is_numeral(c) || c == '几'
}

/// How many characters of measure word stand here. 人 begins too many other words to be one
/// (万人才, 三人民).
pub(super) fn measure(chars: &[char]) -> usize {
    let text: String = chars.iter().take(6).collect();
    measure_at(&text).filter(|word| *word != "人").map_or(0, |word| word.chars().count())
}
