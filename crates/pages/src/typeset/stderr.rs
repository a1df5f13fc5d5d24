//! What the `typst` command writes to standard error, as diagnostics.

use super::messages::{Kind, classify};
use base::diag::Diagnostics;

/// Cuts the output into problems. Each begins with its kind and message; the place, the line
/// and the hints stand on the lines below it.
pub(super) fn parse(output: &str, label: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut problem: Option<(Kind, &str, String)> = None;
    let mut flush = |problem: &mut Option<(Kind, &str, String)>| {
        if let Some((kind, message, detail)) = problem.take() {
            diagnostics.push(classify(kind, message, label, detail.trim_end()));
        }
    };
    for line in output.lines() {
        let start = |kind, word| Some((kind, line.strip_prefix(word)?));
        let start = start(Kind::Error, "error: ").or_else(|| start(Kind::Warning, "warning: "));
        match (start, &mut problem) {
            (Some((kind, message)), _) => {
                flush(&mut problem);
                problem = Some((kind, message, message.to_owned()));
            }
            (None, Some((_, _, detail))) => {
                detail.push('\n');
                detail.push_str(line);
            }
            // Words before the first problem, from a wrapper script or the system.
            (None, None) if line.trim().is_empty() => {}
            (None, None) => problem = Some((Kind::Warning, line, line.to_owned())),
        }
    }
    flush(&mut problem);
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::diag::Severity;

    #[test]
    fn problems_are_cut_apart_with_their_lines() {
        let output = "\
warning: unknown font family: no such font
  ┌─ main.typ:1:16
  │
1 │ #set text(font: \"no such font\")
  │                 ^^^^^^^^^^^^^^

error: unknown variable: nope
  ┌─ main.typ:3:1
  │
  = hint: try something
";
        let list: Vec<_> = parse(output, "件").into_iter().collect();
        assert_eq!(list.len(), 2);
        assert_eq!(list[0].code, "typst-font-unknown");
        assert_eq!(list[0].severity, Severity::Error);
        assert_eq!(list[1].code, "typst-error");
        let detail = list[1].detail.as_deref().unwrap();
        assert!(detail.starts_with("unknown variable: nope\n  ┌─ main.typ:3:1"), "{detail}");
        assert!(detail.ends_with("try something"));
    }

    #[test]
    fn nothing_is_nothing_and_stray_words_are_kept() {
        assert!(parse("", "件").is_empty());
        let list = parse("libfoo: cannot do it\n", "件");
        assert_eq!(list.iter().next().unwrap().code, "typst-warning");
    }
}
