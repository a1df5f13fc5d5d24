//! Tera's errors as diagnostics at their place in the template.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, ErrorKind};

use base::diag::{Diagnostic, Source, Span};
use base::text;

/// The diagnostic for an error that came up while templates were loaded or `name` was run.
pub(super) fn diagnostic(
    error: &Error,
    name: &str,
    sources: &BTreeMap<String, Arc<Source>>,
) -> Diagnostic {
    let mut words = Vec::new();
    let mut place = None;
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = next {
        match current.downcast_ref::<Error>().map(Error::kind) {
            Some(ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) => {
                words.push(report.message().to_string());
                place = sources
                    .get(report.filename())
                    .map(|source| Span::new(source.clone(), report.span().range.clone()));
            }
            _ => words.push(current.to_string()),
        }
        next = current.source();
    }
    let diagnostic = match (place.as_ref(), sources.get(name)) {
        (Some(place), _) => {
            let template = place.source().path();
            Diagnostic::error(
                "template-wrong",
                text!("模板“{template}”有错", "the template “{template}” is wrong"),
            )
            .at(place)
        }
        (None, Some(source)) => {
            let template = source.path();
            Diagnostic::error(
                "template-wrong",
                text!("模板“{template}”有错", "the template “{template}” is wrong"),
            )
            .at(&Span::file(source.clone()))
        }
        (None, None) => {
            Diagnostic::error("template-wrong", text!("模板有错", "a template is wrong"))
        }
    };
    diagnostic.detail(words.join("; ")).help(text!(
        "改正模板；删去 templates 里的同名文件就会恢复内置的模板",
        "mend the template; without the file in templates/ the built-in one is used"
    ))
}
