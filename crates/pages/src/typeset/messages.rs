//! What Typst reports, under messages of our own.

use std::fmt::Write;

use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use super::fonts::Fonts;
use super::glyphs::Missing;
use base::diag::{Diagnostic, Diagnostics};
use base::text;

/// What Typst calls a problem, whichever engine it came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Error,
    Warning,
}

/// A list of one problem.
pub(super) fn one(diagnostic: Diagnostic) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(diagnostic);
    diagnostics
}

/// The problems that the library reports.
pub(super) fn from_library<'a>(
    world: &dyn World,
    label: &str,
    list: impl IntoIterator<Item = &'a SourceDiagnostic>,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for problem in list {
        let kind = match problem.severity {
            Severity::Error => Kind::Error,
            Severity::Warning => Kind::Warning,
        };
        diagnostics.push(classify(kind, &problem.message, label, &detail(world, problem)));
    }
    diagnostics
}

/// One problem of Typst's as ours. A family that was not loaded is only a warning to Typst, and
/// the page would come out in another font or empty.
pub(super) fn classify(kind: Kind, message: &str, label: &str, detail: &str) -> Diagnostic {
    let diagnostic = if let Some(family) = message.strip_prefix("unknown font family: ") {
        Diagnostic::error(
            "typst-font-unknown",
            text!(
                "排“{label}”时，模板要用没有载入的字体“{family}”",
                "while setting \"{label}\": the template asks for the font \"{family}\", which is not loaded"
            ),
        )
        .help(text!(
            "模板里不要写字体名，用程序给出的字体列表；要换字体请改设置，再用 yinfa fonts 检查",
            "do not name fonts in a template, use the lists that the program gives it; change the font in the settings and check with `yinfa fonts`"
        ))
    } else if is_about_packages(message) {
        Diagnostic::error(
            "typst-package-refused",
            text!(
                "排“{label}”时，模板要用网上的 Typst 包，这里不允许",
                "while setting \"{label}\": the template asks for a Typst package, which is refused"
            ),
        )
        .help(text!(
            "把需要的代码写进模板文件夹里，不要用 @preview 之类的包",
            "copy the code that is needed into the templates instead of importing a package"
        ))
    } else if message.contains("imprint-too-long") {
        return Diagnostic::error(
            "imprint-too-long",
            text!("“{label}”的版记超过一页", "\"{label}\": the imprint is longer than a page"),
        )
        .help(text!(
            "请合并或减少抄送机关、主送机关（如写“各镇街”），再重新生成",
            "put bodies together in the copies and the recipients (as 各镇街), or name fewer, and build again"
        ));
    } else if kind == Kind::Error {
        Diagnostic::error(
            "typst-error",
            text!("“{label}”排版失败", "\"{label}\" cannot be set"),
        )
        .help(text!(
            "改过模板的，请按下面的提示检查改动；没有改过的，请报告这个问题",
            "if the templates were changed, check the change against the lines below; if not, please report this"
        ))
    } else {
        Diagnostic::warning(
            "typst-warning",
            text!("“{label}”排出来了，但排版程序有提醒", "\"{label}\" was set, with a warning"),
        )
        .help(text!(
            "请打开 PDF 看一看；改过模板的，请检查改动",
            "look at the PDF; if the templates were changed, check the change"
        ))
    };
    diagnostic.detail(detail)
}

fn is_about_packages(message: &str) -> bool {
    ["failed to load package", "failed to download package", "package not found"]
        .iter()
        .any(|start| message.starts_with(start))
}

/// Typst's words with the place in the job's files, the line there, the hints and how it came
/// to that place.
fn detail(world: &dyn World, problem: &SourceDiagnostic) -> String {
    let mut detail = problem.message.to_string();
    push_place(&mut detail, world, problem.span);
    for hint in &problem.hints {
        let _ = write!(detail, "\nhint: {}", hint.v);
    }
    for point in &problem.trace {
        let _ = write!(detail, "\n{}", point.v);
        push_place(&mut detail, world, point.span.into());
    }
    detail
}

fn push_place(detail: &mut String, world: &dyn World, span: DiagSpan) {
    let place = || {
        let id = span.id()?;
        let source = world.source(id).ok()?;
        let start = world.range(span)?.start;
        let lines = source.lines();
        let (line, column) = lines.byte_to_line_column(start)?;
        let text = source.text().get(lines.line_to_range(line)?)?.trim_end();
        let path = id.vpath().get_with_slash();
        Some(format!("\n{path}:{}:{}\n  | {text}", line + 1, column + 1))
    };
    detail.push_str(&place().unwrap_or_default());
}

/// A character that came out as an empty box.
pub(super) fn missing_glyph(missing: &Missing, fonts: &Fonts, label: &str) -> Diagnostic {
    let Missing { page, context, .. } = missing;
    let mut tried = fonts.tried(&missing.family);
    if tried.is_empty() {
        tried.push(&missing.family);
    }
    let (characters, tried) = (described(&missing.text), tried.join(", "));
    let label = text!(
        "“{label}”第{page}页有字排不出来：{characters}，试过的字体：{tried}",
        "page {page} of \"{label}\" has a character that no font can draw: {characters}; tried {tried}"
    );
    uncovered(label).detail(context)
}

/// A character in the source of a job that no font has.
pub(super) fn uncovered_character(c: char, place: &str, label: &str) -> Diagnostic {
    let characters = described(c.encode_utf8(&mut [0; 4]));
    uncovered(text!(
        "“{label}”有字排不出来：{characters}，载入的字体里都没有",
        "\"{label}\" has a character that no font can draw: {characters}; none of the loaded fonts has it"
    ))
    .detail(place)
}

fn uncovered(message: base::diag::Text) -> Diagnostic {
    Diagnostic::error("glyph-missing", message).help(text!(
        "核对这个字；确实要用的，把有这个字的字体放进字体文件夹，再用 yinfa fonts 检查",
        "check the character; if it is right, put a font that has it into the font folder, then check with `yinfa fonts`"
    ))
}

/// Characters with their code points, so that they can be looked up where they cannot be drawn.
fn described(text: &str) -> String {
    let points: Vec<_> = text.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    format!("{text} ({})", points.join(" "))
}

pub(super) fn bad_path(path: &str, label: &str) -> Diagnostics {
    one(Diagnostic::error(
        "typst-path",
        text!(
            "排“{label}”的文件路径“{path}”不能用",
            "\"{path}\" cannot be the path of a file for \"{label}\""
        ),
    )
    .help(text!("这是程序的错误，请报告", "this is a mistake in the program, please report it")))
}

pub(super) fn bad_date(label: &str) -> Diagnostics {
    one(Diagnostic::error(
        "typst-date",
        text!("“{label}”的日期不存在", "the date of \"{label}\" does not exist"),
    )
    .help(text!("请检查年、月、日", "check the year, month and day")))
}
