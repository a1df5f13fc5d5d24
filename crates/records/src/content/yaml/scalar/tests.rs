//! The decoders against the parser, and each character against the place it is mapped to.

use granit_parser::{Event, Parser};
use proptest::prelude::*;

use super::mapped::line_break;
use super::{Scalar, escape};
use base::diag::Source;

/// Decodes all scalars of a source, checks them, and returns their values. Ends where the
/// parser refuses the source.
///
/// No file of failures is kept: what failed once stands below as a test of its own.
fn scalars(text: &str) -> Result<Vec<String>, TestCaseError> {
    let source = Source::new("test.yaml", text);
    let mut values = Vec::new();
    let mut after = 0;
    for event in Parser::new_from_str(text) {
        let Ok((event, place)) = event else { break };
        let range = place.byte_range().unwrap();
        if let Event::Scalar(value, style, ..) = &event
            && !range.is_empty()
        {
            let scalar = Scalar {
                source: &source,
                value,
                style: *style,
                range: range.clone(),
                column: place.start.col(),
                after,
            };
            check(&scalar)?;
            values.push(value.to_string());
        }
        if !matches!(event, Event::Comment(..) | Event::DocumentStart(..)) {
            after = range.end;
        }
    }
    Ok(values)
}

fn check(scalar: &Scalar<'_>) -> Result<(), TestCaseError> {
    let source = scalar.source.text();
    let decoded = scalar.decode().map(|(mapped, _)| mapped.value);
    prop_assert_eq!(decoded.as_deref(), Some(scalar.value), "{:?}", source);
    let text = scalar.locate();
    let mut end = text.span().range().start;
    for (at, c) in text.char_indices() {
        let place = text.span_of(at..at + c.len_utf8()).range();
        prop_assert_eq!(place.start, text.source_offset(at));
        prop_assert!(place.start >= end, "{c:?} goes back in {text:?}");
        end = place.end;
        let written = &source[place.clone()];
        let copied = written.chars().eq([c]);
        let escaped = written.starts_with('\\') && escape(written) == Some((c, written.len()));
        let doubled = written == "''" && c == '\'';
        let broken =
            matches!(c, ' ' | '\n') && !written.is_empty() && line_break(written) == written.len();
        let at_end = c == '\n' && place.start == source.len();
        prop_assert!(
            copied || escaped || doubled || broken || at_end,
            "{c:?} is mapped to {written:?} in {text:?} of {source:?}"
        );
    }
    Ok(())
}

/// Letters of all widths and all signs that mean something somewhere.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        4 => prop::sample::select("印发〔〕：，。　🀄é".chars().collect::<Vec<_>>()),
        3 => prop::sample::select("a1-+|>?:#'\"\\{}[],&*!%@`~".chars().collect::<Vec<_>>()),
        3 => prop::sample::select(" \t\n".chars().collect::<Vec<_>>()),
        1 => prop::sample::select("\u{85}\u{a0}\u{2028}\u{200b}".chars().collect::<Vec<_>>()),
    ]
}

fn value() -> impl Strategy<Value = String> {
    prop::collection::vec(character(), 0..24).prop_map(String::from_iter)
}

/// Where a scalar stands: what comes before it, and how deep its further lines are indented.
fn place() -> impl Strategy<Value = (String, usize)> {
    prop::sample::select(vec![
        ("k: ", 2),
        ("\u{feff}k: ", 2),
        ("a: 甲\nk: # 注 | 释\n  ", 2),
        ("- ", 2),
        ("a:\n  - - k: &x ", 8),
        ("甲: |\n  乙\n丙: ", 3),
    ])
    .prop_map(|(before, indent)| (before.to_owned(), indent))
}

fn newline() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["\n", "\r\n", "\r"])
}

/// Words between which blanks and line breaks may be folded: `(word, breaks before it)`.
fn words(first: &'static str) -> impl Strategy<Value = Vec<(String, usize)>> {
    let word = (
        prop::sample::select(first.chars().collect::<Vec<_>>()),
        prop::collection::vec(
            prop::sample::select("印发：'a\"\\　🀄".chars().collect::<Vec<_>>()),
            0..5,
        ),
    )
        .prop_map(|(first, rest)| std::iter::once(first).chain(rest).collect::<String>());
    prop::collection::vec((word, 0usize..4), 1..6)
}

/// Writes words with folds, and the value they stand for.
fn fold(words: &[(String, usize)], indent: usize, newline: &str) -> (String, String) {
    let (mut written, mut value) = (String::new(), String::new());
    for (index, (word, breaks)) in words.iter().enumerate() {
        if index > 0 {
            match breaks {
                0 => written.push(' '),
                _ => {
                    written.push_str(" \t");
                    written.push_str(&newline.repeat(*breaks));
                    written.push_str(&" ".repeat(indent));
                }
            }
            value.push_str(match breaks {
                0 | 1 => " ",
                2 => "\n",
                _ => "\n\n",
            });
        }
        written.push_str(word);
        value.push_str(word);
    }
    (written, value)
}

fn last(text: &str) -> Result<String, TestCaseError> {
    Ok(scalars(text)?.pop().unwrap_or_default())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_source(text in value(), more in value(), newline in newline()) {
        for before in ["", "k: ", "k: \"", "k: '", "k: |\n  ", "k: >\n  ", "k: |2-\n  ", "- >+\n  "] {
            let source = format!("{before}{text}\n  {more}").replace('\n', newline);
            scalars(&source)?;
        }
    }

    #[test]
    fn double_quoted(value in value(), escapes in prop::collection::vec(0u8..5, 24),
                     (before, indent) in place(), newline in newline()) {
        let mut source = format!("{before}\"");
        for (c, how) in value.chars().zip(escapes) {
            let code = u32::from(c);
            match (c, how) {
                ('"' | '\\', _) => { source.push('\\'); source.push(c); }
                ('\n', _) => source.push_str("\\n"),
                ('\t', _) => source.push_str("\\t"),
                (_, 0) if code < 0x10000 => source.push_str(&format!("\\u{code:04x}")),
                (_, 1) => source.push_str(&format!("\\U{code:08X}")),
                // An escaped line break; a blank behind it has to be escaped.
                (' ', 2) => source.push_str(&format!("\\{newline}{}\\ ", " ".repeat(indent))),
                (_, 2) => source.push_str(&format!("\\{newline}{}{c}", " ".repeat(indent))),
                _ => source.push(c),
            }
        }
        source.push('"');
        source.push_str(newline);
        prop_assert_eq!(last(&source)?, value);
    }

    #[test]
    fn double_quoted_folds(words in words("印🀄"), (before, indent) in place(), newline in newline()) {
        let words: Vec<_> = words.into_iter().map(|(w, n)| (w.replace(['"', '\\'], "x"), n)).collect();
        let (written, value) = fold(&words, indent, newline);
        prop_assert_eq!(last(&format!("{before}\"{written}\"{newline}"))?, value);
    }

    #[test]
    fn single_quoted(words in words("印'🀄"), (before, indent) in place(), newline in newline()) {
        let (written, value) = fold(&words, indent, newline);
        let source = format!("{before}'{}'{newline}", written.replace('\'', "''"));
        prop_assert_eq!(last(&source)?, value);
    }

    #[test]
    fn plain(words in words("印发🀄"), (before, indent) in place(), newline in newline()) {
        let (written, value) = fold(&words, indent, newline);
        prop_assert_eq!(last(&format!("{before}{written}"))?, &value[..]);
        prop_assert_eq!(last(&format!("{before}{written} # 注{newline}"))?, value);
    }

    #[test]
    fn literal(value in value(), (before, indent) in place(), newline in newline()) {
        let value = format!("{value}{}", if value.trim_matches([' ', '\n', '\t']).is_empty() { "甲" } else { "" });
        let text = value.trim_end_matches('\n');
        let chomp = match value.len() - text.len() { 0 => "-", 1 => "", _ => "+" };
        let parent = if before.contains("- - k") { 6 } else { 0 };
        let mut source = format!("{before}|{}{chomp} # 注{newline}", indent - parent);
        for line in text.split('\n') {
            if !line.is_empty() {
                source.push_str(&" ".repeat(indent));
            }
            source.push_str(line);
            source.push_str(newline);
        }
        source.push_str(&newline.repeat((value.len() - text.len()).saturating_sub(1)));
        prop_assert_eq!(last(&source)?, value);
    }

    #[test]
    fn folded(words in words("印🀄"), (before, indent) in place(), newline in newline()) {
        let words: Vec<_> = words.into_iter().map(|(word, n)| (word, n.max(1))).collect();
        let (written, value) = fold(&words, indent, newline);
        let written = written.replace(" \t", "");
        let source = format!("{before}>{newline}{}{written}{newline}", " ".repeat(indent));
        prop_assert_eq!(last(&source)?, format!("{value}\n"));
    }
}

#[test]
fn a_block_begins_at_its_sign_and_ends_with_its_text() {
    let source = Source::new("test.yaml", "甲: |- # 注\n  一\n\n  二\n\n乙: 1\n");
    let (document, _) = crate::content::yaml::parse(&source);
    let root = document.root.unwrap();
    let text = root.get("甲").unwrap().value.as_text().unwrap().clone();
    assert_eq!(&*text, "一\n\n二");
    assert_eq!(&source.text()[text.span().range()], "|- # 注\n  一\n\n  二");
}

#[test]
fn a_comment_that_the_parser_skips_within_a_text() {
    assert_eq!(last("k: 印\n\t# 注\n  发").unwrap(), "印\n发");
}

#[test]
fn blocks_without_text() {
    for text in ["k: |", "k: |\n", "k: >+\n\n\n", "k: |+\n   ", "k: |-\n\nj: 1", "- |2\n- >-\n"] {
        scalars(text).unwrap();
    }
}
