//! What YAML accepts and nobody means: it reads a list item, a field or a number sign as part
//! of a text, and says nothing.

use std::ops::Range;

use super::explain::{dash_needs_blank, fullwidth_blank, line_mistake};
use super::lines::Line;
use base::diag::{Diagnostic, SourceText, Span};
use base::text;

/// A key that begins with a full-width blank, which was meant as indentation, or with a dash,
/// which was meant as the sign of a list item.
pub(super) fn key(key: &SourceText) -> Option<Diagnostic> {
    let blanks = key.len() - key.trim_start().len();
    if blanks > 0 {
        return Some(fullwidth_blank(&key.span_of(0..blanks)));
    }
    key.starts_with('-').then(|| dash_needs_blank(&key.span_of(0..1)))
}

/// A text of several lines that swallowed list items.
pub(super) fn value(text: &SourceText) -> Option<Diagnostic> {
    let source = text.span().source();
    let range = text.span().range();
    let written = source.text().get(range.clone())?;
    if !written.contains('\n') {
        return None;
    }
    let lines = Line::between(source.text(), range.clone());
    let bodies = || {
        lines.iter().enumerate().map(|(index, line)| {
            let from = if index == 0 { range.start } else { line.body_start() };
            (from, line.from(from))
        })
    };
    if let Some((at, _)) = bodies().skip(1).find(|(_, body)| body.starts_with("- ")) {
        return Some(misaligned(&Span::new(source.clone(), at..at + 1)));
    }
    let all_dashed = bodies().all(|(_, body)| body.starts_with('-') || body.is_empty());
    all_dashed.then(|| dash_needs_blank(&Span::new(source.clone(), range.start..range.start + 1)))
}

/// A text of several lines that swallowed a field of its record.
pub(super) fn swallowed_key(text: &SourceText) -> Option<Diagnostic> {
    let source = text.span().source();
    let range = text.span().range();
    if !source.text().get(range.clone())?.contains('\n') {
        return None;
    }
    let lines = Line::between(source.text(), range.clone());
    // The first line holds the key of the text itself.
    let mut bodies = lines.iter().filter(|line| line.start > range.start);
    let (at, key) = bodies.find_map(|line| {
        let at = line.body_start();
        Some((at, key_of(line.from(at))?))
    })?;
    Some(swallowed(&Span::new(source.clone(), at..at + key.len()), key))
}

/// Keys of records that follow a text of several lines.
const KEYS: [&str; 34] = [
    "after",
    "attachments",
    "before",
    "cooperating",
    "copies",
    "date",
    "deadline",
    "disclosure",
    "heading",
    "issued",
    "items",
    "kind",
    "label",
    "lead",
    "leads",
    "letter",
    "note",
    "number",
    "official",
    "order",
    "organ",
    "own",
    "parts",
    "preface",
    "printed",
    "recipients",
    "reporting",
    "responsible",
    "section",
    "sections",
    "targets",
    "task",
    "title",
    "units",
];

/// The key of a record that a line begins with, as it would with less indentation: `leads: […]`.
fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let is_key = KEYS.contains(&key.trim_end());
    (is_key && (rest.is_empty() || rest.starts_with([' ', '[', '{']))).then_some(key)
}

fn swallowed(span: &Span, key: &str) -> Diagnostic {
    Diagnostic::error(
        "yaml-key-in-text",
        text!(
            "“{key}:”缩进得太深，被当成了上面文字的一部分，会照样印出来",
            "`{key}:` is indented too deep: it was read as part of the text above and would be printed",
        ),
    )
    .at(span)
    .help(text!(
        "把“{key}:”和“text:”这样的键左边对齐；确实是文字时，冒号写成全角",
        "align `{key}:` with the keys of its record; if it is text, write a full-width colon",
    ))
}

fn misaligned(span: &Span) -> Diagnostic {
    Diagnostic::error(
        "yaml-dash-misaligned",
        text!(
            "这个“- ”缩进得比上一项深，被当成了上一项文字的一部分",
            "this “- ” is indented deeper than the item above and was read as part of its text",
        ),
    )
    .at(span)
    .help(text!("把同一个列表的“- ”左边对齐", "align all “- ” of a list at the left",))
}

/// A number sign that cut a text: `教学楼 #3`. Comments, which begin with a word or a blank,
/// are no concern of this.
pub(super) fn comment(span: &Span, comment: &str, text: Range<usize>) -> Option<Diagnostic> {
    let source = span.source().text();
    let between = source.get(text.end..span.range().start)?;
    let before = source.get(text)?;
    let same_line = between.bytes().all(|b| b == b' ' || b == b'\t');
    if !same_line
        || !before.chars().any(base::zh::is_han)
        // A comment is written with a blank behind its sign.
        || !comment.starts_with(|c: char| !c.is_whitespace() && c != '#')
    {
        return None;
    }
    Some(
        Diagnostic::warning(
            "yaml-comment-in-text",
            text!(
                "空格后面的“#”和它后面的文字被当成批注，没有读入",
                "the “#” behind a blank and what follows it were taken for a comment and left out",
            ),
        )
        .at(span)
        .help(text!(
            "如果“#”是文字，请用引号把整个内容括起来，或者去掉“#”前面的空格；如果是批注，请在“#”后面加一个空格",
            "if “#” is text, put the whole value in quotes or remove the blank before it; if it is a comment, put a blank behind “#”",
        )),
    )
}

/// The mistake in a text that stands where fields or list items are wanted: a full-width colon,
/// a colon or a dash without a blank behind it. `None` where it looks like neither.
///
/// For readers of a schema: `name：区教育局` is a text to YAML, and “should be fields, is text”
/// does not help whoever wrote it.
pub fn mistaken_entry(text: &SourceText) -> Option<Diagnostic> {
    let span = text.span();
    let source = span.source();
    if source.text()[span.range()].starts_with(['"', '\'', '|', '>']) {
        return None;
    }
    let lines = Line::between(source.text(), span.range());
    let mut problem =
        lines.iter().find_map(|line| line_mistake(source, line, span.range().start))?;
    problem.span = problem.span.take().map(|place| span.part(place.range()));
    Some(problem)
}
