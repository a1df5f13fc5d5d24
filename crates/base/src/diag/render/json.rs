//! Diagnostics for programs.

use serde_json::{Value, json as object};

use super::super::{Diagnostic, Edit, Fix, Lang, Severity, Span, Text};

/// A JSON array with an object for each diagnostic, without a line ending after it.
///
/// The keys are always all there and in this order; what a diagnostic does not have is `null`:
///
/// | Key | Value |
/// |---|---|
/// | `code` | the stable identifier |
/// | `severity` | `error`, `warning` or `hint`, in every language |
/// | `message` | one line, in the chosen language |
/// | `file` | the path relative to the project, with `/` |
/// | `line`, `column` | where it begins, from 1; columns count characters |
/// | `end_line`, `end_column` | where it ends: the column behind the last character |
/// | `help` | what to do, in the chosen language |
/// | `detail` | the words of a library underneath |
/// | `notes` | further places: `message` and `file` to `end_column` as above |
/// | `fix` | the change that puts it right, where it is certain: a list of `file` to `end_column` and `replacement` |
pub fn json(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let list: Value = diagnostics.iter().map(|d| diagnostic(d, lang)).collect();
    format!("{list:#}")
}

fn diagnostic(diagnostic: &Diagnostic, lang: Lang) -> Value {
    let [file, line, column, end_line, end_column] = place(diagnostic.span.as_ref());
    let notes: Value = diagnostic
        .notes
        .iter()
        .map(|note| {
            let [file, line, column, end_line, end_column] = place(Some(&note.span));
            object!({
                "message": note.text.get(lang),
                "file": file,
                "line": line,
                "column": column,
                "end_line": end_line,
                "end_column": end_column,
            })
        })
        .collect();
    object!({
        "code": diagnostic.code,
        "severity": severity(diagnostic.severity),
        "message": diagnostic.message.get(lang),
        "file": file,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "help": diagnostic.help.as_ref().map(|help: &Text| help.get(lang)),
        "detail": diagnostic.detail,
        "notes": notes,
        "fix": diagnostic.fix.as_ref().map(fix),
    })
}

fn fix(fix: &Fix) -> Value {
    let edit = |edit: &Edit| {
        let [file, line, column, end_line, end_column] = place(Some(&edit.span));
        object!({
            "file": file,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "replacement": edit.replacement,
        })
    };
    fix.edits.iter().map(edit).collect()
}

/// The values of `file` to `end_column`.
fn place(span: Option<&Span>) -> [Value; 5] {
    let Some(span) = span else {
        return Default::default();
    };
    let (start, end) = (span.start(), span.end());
    [
        span.source().path().into(),
        start.line.into(),
        start.column.into(),
        end.line.into(),
        end.column.into(),
    ]
}

/// Not the word shown to people: programs compare it.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Source;
    use crate::text;

    #[test]
    fn everything_there_is() {
        let source = Source::new("a.yaml", "名称: “卫健委”\n单位: 卫健委\n");
        let problem = Diagnostic::error("unit-twice", text!("重复", "twice"))
            .at(&Span::new(source.clone(), 32..41))
            .note(text!("先在这里", "first here"), &Span::new(source, 8..41))
            .help(text!("删去一个", "remove one"))
            .detail("duplicate \"key\"");
        insta::assert_snapshot!(json(&[problem], Lang::En), @r#"
        [
          {
            "code": "unit-twice",
            "severity": "error",
            "message": "twice",
            "file": "a.yaml",
            "line": 2,
            "column": 5,
            "end_line": 2,
            "end_column": 8,
            "help": "remove one",
            "detail": "duplicate \"key\"",
            "notes": [
              {
                "message": "first here",
                "file": "a.yaml",
                "line": 1,
                "column": 5,
                "end_line": 2,
                "end_column": 8
              }
            ],
            "fix": null
          }
        ]
        "#);
    }

    #[test]
    fn what_is_missing_is_null() {
        let problem = Diagnostic::hint("font-missing", text!("缺少字体", "no font"));
        insta::assert_snapshot!(json(&[problem], Lang::Zh), @r#"
        [
          {
            "code": "font-missing",
            "severity": "hint",
            "message": "缺少字体",
            "file": null,
            "line": null,
            "column": null,
            "end_line": null,
            "end_column": null,
            "help": null,
            "detail": null,
            "notes": [],
            "fix": null
          }
        ]
        "#);
    }

    #[test]
    fn none_is_an_empty_array() {
        assert_eq!(json(&[], Lang::Zh), "[]");
    }
}
