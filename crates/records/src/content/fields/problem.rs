//! Errors that several readers raise.

use crate::content::dates::{NoSuchDay, no_such_day};
use crate::content::yaml::{Node, mistaken_entry};
use base::diag::{Diagnostic, SourceText, Span, Text, Words};
use base::text;

/// The error for a value of the wrong shape.
pub(crate) fn wrong_kind(node: &Node, what: Words) -> Diagnostic {
    // `name：区教育局` is one text to YAML: then the slip is what to report.
    if let Some(slip) = node.as_text().and_then(mistaken_entry) {
        return slip;
    }
    let found = node.kind_name();
    Diagnostic::error(
        "wrong-kind",
        text!("这里应为{what}，现在是{found}", "expected {what}, found {found}"; what, found),
    )
    .at(&first_line(&node.span))
    .help(text!(
        "请对照 docs/records.md 的写法，注意缩进和短横线",
        "compare with docs/records.md; mind indentation and dashes"
    ))
}

/// A list without an entry, where one is needed.
pub(crate) fn empty_list(key: &str, span: &Span) -> Diagnostic {
    Diagnostic::error("list-empty", text!("“{key}”是空的", "`{key}` is empty"))
        .help(text!("至少写一项，或删去这一行", "write at least one entry or delete the line"))
        .at(span)
}

/// The error for a date that is none.
pub(crate) fn wrong_date(value: &SourceText) -> Diagnostic {
    Diagnostic::error(
        "date-wrong",
        text!("“{value}”不是有效的日期", "“{value}” is not a valid date", value = &**value),
    )
    .at(value.span())
    .help(day_help(value).unwrap_or_else(|| {
        text!("写成 2025-03-06 或 2025年3月6日", "write it as 2025-03-06 or 2025年3月6日")
    }))
}

/// What to say of a date that no calendar has.
pub(crate) fn day_help(value: &str) -> Option<Text> {
    Some(match no_such_day(value)? {
        NoSuchDay::Month(_) => text!("月份是 1 至 12", "months are 1 to 12"),
        NoSuchDay::Day(year, month, days) => text!(
            "{year} 年 {month} 月只有 {days} 天，请改成实际的日期",
            "month {month} of {year} has {days} days: write the day that is meant"
        ),
    })
}

/// The part of a span on its first line: a whole mapping underlined says nothing.
pub fn first_line(span: &Span) -> Span {
    let range = span.range();
    let text = &span.source().text()[range.clone()];
    let len = text.find('\n').unwrap_or(text.len());
    span.part(range.start..range.start + len)
}
