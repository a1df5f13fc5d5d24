//! The brackets of a paragraph that say who is responsible.

use std::ops::Range;

use super::assigned::{Assigned, Entry};
use super::clauses::parse;
use super::roles::opens_unit_line;
use crate::limits;

/// How a bracket names units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// With a label or a verb.
    Marked,
    /// Names alone: only counts where the whole text is written so.
    Bare,
}

/// A bracket that says who is responsible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its bytes with its signs.
    pub(crate) range: Range<usize>,
    /// What it says.
    pub(crate) assigned: Assigned,
    /// How.
    pub(crate) style: Style,
}

const OPEN: &str = "（(〔[【";
const CLOSE: &str = "）)〕]】";

/// All of them, in order. With `bare` lists of names without a word about their role count too.
pub(crate) fn brackets(text: &str, bare: bool) -> Vec<Found> {
    let mut found: Vec<Found> = outermost(text)
        .into_iter()
        .filter_map(|range| {
            let words = inner(&text[range.clone()]);
            let assigned = parse(words)?;
            let before = text[..range.start].chars().next_back();
            let after = text[range.end..]
                .trim_start_matches(['。', '；', '，', '.', ';', ' ', '）', ')', '”']);
            let last = after.is_empty();
            let behind_sentence = before.is_none_or(|c| "。；！？”）)：".contains(c));
            let style = if is_marked(&assigned) { Style::Marked } else { Style::Bare };
            let counts = match style {
                Style::Marked => opens_unit_line(words) || last || behind_sentence,
                Style::Bare => bare && last && range.start > 0,
            };
            counts.then_some(Found { range, assigned, style })
        })
        .collect();
    found.extend(tail(text, found.last().map_or(0, |last| last.range.end)));
    found
}

/// Words behind the last sentence that say it without brackets: …。责任单位：A、B。
fn tail(text: &str, from: usize) -> Option<Found> {
    let rest = &text[from..];
    let start = rest.char_indices().find_map(|(at, c)| {
        let behind = at + c.len_utf8();
        let begins = "。；！？）”…".contains(c)
            && opens_unit_line(&rest[behind..])
            && !rest[behind..].starts_with(['（', '(']);
        begins.then_some(from + behind)
    })?;
    let words = &text[start..];
    let assigned = parse(words.trim_end_matches(['。', '；', '，']))?;
    // Sentences about units are no list of them.
    let short = assigned.entries().filter_map(Entry::unit).all(|name| name.chars().count() <= 30);
    (short && !assigned.is_empty()).then_some(Found {
        range: start..text.len(),
        assigned,
        style: Style::Marked,
    })
}

/// Whether a word says what the names are.
fn is_marked(assigned: &Assigned) -> bool {
    assigned.label.is_some()
        || !assigned.leads.is_empty()
        || !assigned.cooperating.is_empty()
        || assigned.units.is_empty()
}

/// The words inside the signs.
fn inner(bracket: &str) -> &str {
    let open = bracket.chars().next().map_or(0, char::len_utf8);
    let close =
        bracket.chars().next_back().filter(|c| CLOSE.contains(*c)).map_or(0, char::len_utf8);
    bracket.get(open..bracket.len() - close).unwrap_or_default()
}

/// The brackets that stand in no other one; one that is never closed ends with the text.
fn outermost(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        if OPEN.contains(c) {
            if depth == 0 {
                start = at;
            }
            depth += 1;
            if depth > limits::NESTING {
                return found;
            }
        } else if CLOSE.contains(c) && depth > 0 {
            depth -= 1;
            if depth == 0 {
                found.push(start..at + c.len_utf8());
            }
        }
    }
    if depth > 0 {
        found.push(start..text.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        brackets(text, false).into_iter().map(|f| text[f.range].to_string()).collect()
    }

    #[test]
    fn several_in_one_item() {
        let text = "改革（试点）。（市场监管总局负责）加强教育。（体育总局、教育部负责）";
        assert_eq!(found(text), ["（市场监管总局负责）", "（体育总局、教育部负责）"]);
    }

    #[test]
    fn a_bracket_inside_a_sentence_is_none() {
        assert!(found("实行首席数据官（由各单位负责）制度").is_empty());
        assert_eq!(
            found("对市（地、州、盟）、县（市、区、旗）给予倾斜。（农业农村部负责）").len(),
            1
        );
    }

    #[test]
    fn other_signs_and_damage() {
        assert_eq!(found("推进。〔责任单位：区发改局（代办）、织里镇〕").len(), 1);
        assert_eq!(found("推进。[牵头单位：区发改局]").len(), 1);
        assert_eq!(found("推进。（责任单位：区发改局、织里镇").len(), 1);
        assert_eq!(found("推进。（责任单位：区商务局（驻沪工作部））").len(), 1);
    }

    #[test]
    fn without_brackets_behind_the_last_sentence() {
        assert_eq!(
            found("推进改革。责任单位：区发改局、织里镇。"),
            ["责任单位：区发改局、织里镇。"]
        );
        assert_eq!(found("推进改革。牵头单位：区发改局；配合单位：织里镇").len(), 1);
        assert!(found("明确责任单位：各单位要抓好落实。").is_empty());
    }

    #[test]
    fn names_alone_only_at_the_end_and_on_demand() {
        let text = "推进长宁（吴兴）建设。（区发改局、织里镇）";
        assert!(brackets(text, false).is_empty());
        assert_eq!(brackets(text, true).len(), 1);
    }
}
