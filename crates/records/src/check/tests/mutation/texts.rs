//! Errors in the text of an item.

use super::Dice;
use crate::check::lexicon::{CHOICES, TYPOS};
use base::zh::is_han;

/// Puts one error into the characters of an item; `None` where there is no place for it.
pub(super) type Spoil = fn(Vec<char>, &mut Dice) -> Option<String>;
/// A random one of the places that fit.
pub(super) fn place(
    chars: &[char],
    dice: &mut Dice,
    fits: impl Fn(usize) -> bool,
) -> Option<usize> {
    let places: Vec<usize> = (0..chars.len()).filter(|&place| fits(place)).collect();
    (!places.is_empty()).then(|| places[dice.roll(places.len())])
}

pub(super) fn put(mut chars: Vec<char>, at: usize, delete: usize, words: &str) -> Option<String> {
    chars.splice(at..at + delete, words.chars());
    Some(chars.into_iter().collect())
}

/// Words in place of one of some characters.
pub(super) fn instead(chars: Vec<char>, dice: &mut Dice, of: &str, words: &str) -> Option<String> {
    let at = place(&chars, dice, |at| of.contains(chars[at]))?;
    put(chars, at, 1, words)
}

/// A clause behind a random comma.
pub(super) fn clause(chars: Vec<char>, dice: &mut Dice, words: &str) -> Option<String> {
    let at = place(&chars, dice, |at| chars[at] == '，')?;
    put(chars, at + 1, 0, words)
}

/// Words between two random Han characters.
pub(super) fn between(chars: Vec<char>, dice: &mut Dice, words: &str) -> Option<String> {
    let at = place(&chars, dice, |at| at > 0 && is_han(chars[at - 1]) && is_han(chars[at]))?;
    put(chars, at, 0, words)
}

pub(super) const TEXTS: [(&str, Spoil); 32] = [
    ("full-stop", |mut chars, _| {
        while chars.last().is_some_and(|c| c.is_whitespace()) {
            chars.pop();
        }
        (chars.pop()? == '。').then(|| chars.into_iter().collect())
    }),
    ("half-width-mark", |chars, dice| instead(chars, dice, "，", ",")),
    ("half-width-stop", |chars, dice| instead(chars, dice, "。", ".")),
    ("mark-doubled", |chars, dice| instead(chars, dice, "，", "，，")),
    ("ellipsis", |chars, dice| between(chars, dice, "...")),
    ("dash", |chars, dice| between(chars, dice, "--")),
    ("comma-before-deng", |chars, dice| instead(chars, dice, "等", "、等")),
    ("bracket-unpaired", |chars, dice| instead(chars, dice, "“”（）《》", "")),
    ("half-width-bracket", |chars, dice| between(chars, dice, "(试点)")),
    ("quote-straight", |chars, _| {
        let text: String = chars.into_iter().collect();
        text.contains('“').then(|| text.replace(['“', '”'], "\""))
    }),
    ("doc-number", |chars, dice| {
        let forms = [
            "国办发[2018]39号",
            "国办发（2018）39号",
            "国办发〔2018〕第39号",
            "国办发〔2018〕039号",
        ];
        let form = forms[dice.roll(forms.len())];
        clause(chars, dice, &format!("落实{form}文件，"))
    }),
    ("space-in-text", |chars, dice| between(chars, dice, " ")),
    ("space-beside-digit", |chars, dice| {
        let at = place(&chars, dice, |at| {
            at > 0 && is_han(chars[at - 1]) && chars[at].is_ascii_digit()
        })?;
        put(chars, at, 0, " ")
    }),
    ("full-width-digit", |chars, dice| instead(chars, dice, "0123456789", "３")),
    ("range-percent", |chars, dice| clause(chars, dice, "成本下降10～20%，")),
    ("range-sign", |chars, dice| clause(chars, dice, "引进人才10~20名，")),
    ("year-range", |chars, dice| clause(chars, dice, "落实2024-2026年方案，")),
    ("year-short", |chars, dice| clause(chars, dice, "25年底前完成，")),
    ("day-hao", |chars, dice| clause(chars, dice, "6月30号前完成，")),
    ("typo", |chars, dice| {
        let entries: Vec<_> = TYPOS.entries().collect();
        let word = entries[dice.roll(entries.len())].wrong;
        clause(chars, dice, &format!("{word}，"))
    }),
    ("pleonasm", |chars, dice| {
        let forms = ["引进大约10个左右，", "超过30家以上，", "涉及到群众利益，"];
        let form = forms[dice.roll(forms.len())];
        clause(chars, dice, form)
    }),
    ("comma-between-quotes", |chars, dice| {
        let forms = ["畅通“揭榜”、“赛马”渠道，", "落实《办法》、《细则》要求，"];
        let form = forms[dice.roll(forms.len())];
        clause(chars, dice, form)
    }),
    ("deng-after-list", |chars, dice| {
        let forms = [
            "对接上海、杭州等2个城市，",
            "联系高校、院所、企业等三类主体，",
            "办好大赛、论坛等两项活动，",
        ];
        let form = forms[dice.roll(forms.len())];
        clause(chars, dice, form)
    }),
    ("word-choice", |chars, dice| {
        let entries: Vec<_> = CHOICES.entries().collect();
        let word = entries[dice.roll(entries.len())].wrong;
        clause(chars, dice, &format!("{word}，"))
    }),
    ("measure-word", |chars, dice| clause(chars, dice, "绿地3000平米，")),
    ("sentence-twice", |chars, dice| {
        let text: String = chars.iter().collect();
        let sentences: Vec<&str> =
            text.split_inclusive('。').filter(|s| s.chars().count() > 14).collect();
        (!sentences.is_empty()).then(|| format!("{text}{}", sentences[dice.roll(sentences.len())]))
    }),
    ("enumeration-gap", |chars, dice| clause(chars, dice, "一是抓谋划，三是抓落实，")),
    ("emphasis-literal", |chars, dice| between(chars, dice, "**")),
    ("attachment-missing", |chars, dice| between(chars, dice, "（见附件9）")),
    ("number-in-text", |chars, dice| {
        let forms = ["1.", "（二）", "三、", "12．"];
        Some(forms[dice.roll(forms.len())].chars().chain(chars).collect())
    }),
    ("percent-over-100", |chars, dice| clause(chars, dice, "产品合格率达到130%，")),
    ("glyph-missing", |chars, dice| between(chars, dice, "\u{e000}")),
];
