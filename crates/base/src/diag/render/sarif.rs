//! Diagnostics for code hosts and editors that read SARIF 2.1.0.

use serde_json::{Value, json as object};

use super::super::{Diagnostic, Edit, Lang, Severity, Span};

/// What SARIF lists of a rule, whether it found something or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SarifRule {
    /// Its stable id.
    pub id: &'static str,
    /// What it finds, in a line.
    pub finds: &'static str,
    /// Why.
    pub why: &'static str,
    /// Its usual severity.
    pub severity: Severity,
}

/// A SARIF log of one run, without a line ending after it. Codes without a rule in `rules` are
/// results without a rule index, which SARIF allows.
///
/// Columns are Unicode code points, which the log says; paths are relative to the project.
pub fn sarif(diagnostics: &[Diagnostic], lang: Lang, rules: &[SarifRule]) -> String {
    let listed: Value = rules
        .iter()
        .map(|rule| {
            object!({
                "id": rule.id,
                "shortDescription": { "text": rule.finds },
                "fullDescription": { "text": rule.why },
                "defaultConfiguration": { "level": level(rule.severity) },
            })
        })
        .collect();
    let results: Value = diagnostics.iter().map(|d| result(d, lang, rules)).collect();
    let log = object!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "yinfa",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": listed,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}")
}

fn result(diagnostic: &Diagnostic, lang: Lang, rules: &[SarifRule]) -> Value {
    let mut message = diagnostic.message.get(lang).to_string();
    for more in [diagnostic.help.as_ref().map(|help| help.get(lang)), diagnostic.detail.as_deref()]
        .into_iter()
        .flatten()
    {
        message.push('\n');
        message.push_str(more);
    }
    let mut result = object!({
        "ruleId": diagnostic.code,
        "level": level(diagnostic.severity),
        "message": { "text": message },
        "locations": diagnostic.span.iter().map(|span| location(span, None)).collect::<Value>(),
    });
    if let Some(index) = rules.iter().position(|rule| rule.id == diagnostic.code) {
        result["ruleIndex"] = index.into();
    }
    if !diagnostic.notes.is_empty() {
        result["relatedLocations"] = diagnostic
            .notes
            .iter()
            .map(|note| location(&note.span, Some(note.text.get(lang))))
            .collect();
    }
    if let Some(fix) = &diagnostic.fix
        && let Some(first) = fix.edits.first()
    {
        result["fixes"] = object!([{ "artifactChanges": [{
            "artifactLocation": artifact(&first.span),
            "replacements": fix.edits.iter().map(replacement).collect::<Value>(),
        }]}]);
    }
    result
}

fn location(span: &Span, message: Option<&str>) -> Value {
    let mut location = object!({ "physicalLocation": {
        "artifactLocation": artifact(span),
        "region": region(span),
    }});
    if let Some(message) = message {
        location["message"] = object!({ "text": message });
    }
    location
}

fn artifact(span: &Span) -> Value {
    object!({ "uri": uri(span.source().path()) })
}

fn region(span: &Span) -> Value {
    let (start, end) = (span.start(), span.end());
    object!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn replacement(edit: &Edit) -> Value {
    object!({
        "deletedRegion": region(&edit.span),
        "insertedContent": { "text": edit.replacement },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

/// A relative path as a URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Fix, Source};
    use crate::text;

    #[test]
    fn everything_there_is() {
        let source = Source::new("内容/a b.yaml", "text: 布署任务\n");
        let span = Span::new(source.clone(), 6..12);
        let problem = Diagnostic::warning("typo", text!("错", "wrong"))
            .at(&span)
            .help(text!("改", "correct it"))
            .note(text!("这里", "here"), &Span::new(source, 0..4))
            .fix(Fix::new(vec![Edit { span, replacement: "部署".into() }]));
        let rule = SarifRule { id: "typo", finds: "f", why: "w", severity: Severity::Warning };
        let log: Value = serde_json::from_str(&sarif(&[problem], Lang::En, &[rule])).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        insta::assert_snapshot!(format!("{:#}", run["results"]), @r#"
        [
          {
            "ruleId": "typo",
            "level": "warning",
            "message": {
              "text": "wrong\ncorrect it"
            },
            "locations": [
              {
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "%E5%86%85%E5%AE%B9/a%20b.yaml"
                  },
                  "region": {
                    "startLine": 1,
                    "startColumn": 7,
                    "endLine": 1,
                    "endColumn": 9
                  }
                }
              }
            ],
            "ruleIndex": 0,
            "relatedLocations": [
              {
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "%E5%86%85%E5%AE%B9/a%20b.yaml"
                  },
                  "region": {
                    "startLine": 1,
                    "startColumn": 1,
                    "endLine": 1,
                    "endColumn": 5
                  }
                },
                "message": {
                  "text": "here"
                }
              }
            ],
            "fixes": [
              {
                "artifactChanges": [
                  {
                    "artifactLocation": {
                      "uri": "%E5%86%85%E5%AE%B9/a%20b.yaml"
                    },
                    "replacements": [
                      {
                        "deletedRegion": {
                          "startLine": 1,
                          "startColumn": 7,
                          "endLine": 1,
                          "endColumn": 9
                        },
                        "insertedContent": {
                          "text": "部署"
                        }
                      }
                    ]
                  }
                ]
              }
            ]
          }
        ]
        "#);
    }

    #[test]
    fn without_a_place_or_a_rule() {
        let problem = Diagnostic::error("no-publication", text!("无", "none"));
        let log: Value = serde_json::from_str(&sarif(&[problem], Lang::Zh, &[])).unwrap();
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["locations"], object!([]));
        assert_eq!(result["ruleIndex"], Value::Null);
        assert_eq!(result["level"], "error");
    }
}
