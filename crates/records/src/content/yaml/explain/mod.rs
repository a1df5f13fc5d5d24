//! What the parser refuses, in a clerk's words.
//!
//! The parser says at which sign it could not go on. The mistake mostly stands before it, so
//! the lines around are looked at for the mistakes that people make (`line`); what remains goes
//! by the parser's kind of error (here) to its wording (`words`, `signs`, `quoted`). Its own words are
//! kept as detail.

mod line;
mod quoted;
mod signs;
mod words;

use std::ops::Range;
use std::sync::Arc;

use granit_parser::{ErrorKind, ScalarStyle, ScanError};

pub(super) use line::line_mistake;
pub(super) use words::{dash_needs_blank, fullwidth_blank};

use super::lines::Line;
use base::diag::{Diagnostic, Source, Span};

/// What is known where the parser stopped.
pub(super) struct Context<'a> {
    pub(super) source: &'a Arc<Source>,
    /// The last part that was read.
    pub(super) last: Range<usize>,
    /// Its style, if it was a scalar.
    pub(super) last_style: Option<ScalarStyle>,
    /// The outermost bracket that is still open.
    pub(super) bracket: Option<usize>,
}

impl Context<'_> {
    fn text(&self) -> &str {
        self.source.text()
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source.clone(), range)
    }

    /// The one character at `at`, or the empty place at the end of its line.
    fn sign(&self, at: usize) -> Span {
        let rest = self.text().get(at..).unwrap_or_default();
        let width = rest.chars().next().filter(|c| !matches!(c, '\r' | '\n'));
        self.span(at..at + width.map_or(0, char::len_utf8))
    }

    /// From `at` to the end of its line, without blanks at the end.
    fn rest_of_line(&self, at: usize) -> Span {
        let end = Line::at(self.text(), at).body().end.max(at);
        self.span(at..end)
    }

    fn body(&self, line: &Line<'_>) -> Span {
        self.span(line.body())
    }
}

/// The problem behind an error of the parser.
pub(super) fn explain(error: &ScanError, context: &Context<'_>) -> Diagnostic {
    let text = context.text();
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    cause(error.kind(), at, context).detail(error.info())
}

fn cause(kind: &ErrorKind, at: usize, context: &Context<'_>) -> Diagnostic {
    use ErrorKind as Kind;
    match kind {
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => {
            quoted::unclosed(at, context)
        }
        Kind::InvalidTrailingDoubleQuotedScalar | Kind::InvalidTrailingSingleQuotedScalar => {
            quoted::text_behind(at, context)
        }
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => quoted::bad_escape(at, context),
        Kind::UnexpectedCharacter { character: '@' | '`' | '%' }
        | Kind::MissingAnchorOrAliasName => signs::reserved_start(&context.sign(at)),
        Kind::UnexpectedCharacter { character } => {
            let found = text_find(context.text(), at, *character);
            signs::control_character(&context.sign(found), *character)
        }
        Kind::BomInsideDocument => signs::control_character(&context.sign(at), '\u{feff}'),
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar
        | Kind::TabAtBlockScalarStart => line::tab(at, context),
        Kind::DirectiveDisallowed | Kind::MissingDocumentEndBeforeDirective => {
            signs::directive(&context.rest_of_line(at))
        }
        Kind::RecursionLimitExceeded => super::refuse::too_deep(&context.sign(at)),
        Kind::InvalidTagTerminator
        | Kind::UndeclaredTagHandle
        | Kind::ExpectedTagBang
        | Kind::InvalidGlobalTagCharacter
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape
        | Kind::InvalidTagUtf8
        | Kind::InvalidTagUtf8LeadingByte
        | Kind::InvalidTagUtf8TrailingByte => super::refuse::tag(&context.sign(at)),
        Kind::CommentInterceptedScalar => signs::comment_cut(&context.rest_of_line(at)),
        Kind::CommentNotSeparated => signs::comment_needs_blank(&context.sign(at)),
        Kind::InvalidBlockScalarHeader | Kind::ZeroBlockScalarIndent => {
            words::block_header(&context.rest_of_line(at))
        }
        Kind::InvalidBlockScalarIndent => {
            words::block_indent(&context.body(&Line::at(context.text(), at)))
        }
        Kind::MisplacedFlowCollectionEnd | Kind::MismatchedFlowCollectionEnd { .. } => {
            signs::bracket_unopened(&context.sign(at))
        }
        Kind::UnclosedFlowCollection { .. } => signs::bracket_unclosed(&context.sign(at)),
        _ => structure(kind, at, context),
    }
}

/// An error of structure: of indentation, colons, dashes or brackets.
fn structure(kind: &ErrorKind, at: usize, context: &Context<'_>) -> Diagnostic {
    use ErrorKind as Kind;
    let text = context.text();
    if let Some(open) = context.bracket {
        return line::bracket(open, at, context);
    }
    if let Some(found) = line::mistake_before(at, context) {
        return found;
    }
    let here = Line::at(text, at);
    let body = context.body(&here);
    let is_item = here.from(here.body_start()).starts_with("- ");
    let behind_bracket = context.last.end > here.start
        && text[..context.last.end.min(text.len())].ends_with([']', '}']);
    let behind_block =
        matches!(context.last_style, Some(ScalarStyle::Literal | ScalarStyle::Folded));
    match kind {
        Kind::MappingValueNotAllowed | Kind::InvalidMappingValueWhitespace => {
            line::second_colon(at, context)
        }
        Kind::BlockSequenceEntryNotAllowed => words::dash_after_key(&context.rest_of_line(at)),
        _ if behind_bracket => signs::text_after_bracket(&context.rest_of_line(at)),
        _ if behind_block => words::block_indent(&body),
        Kind::SimpleKeyExpected => words::colon_missing(&body),
        Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry
            if is_item == matches!(kind, Kind::ExpectedBlockMappingKey)
                && line::is_aligned(&here, context) =>
        {
            words::mixed(&body)
        }
        Kind::ExpectedBlockMappingKey
        | Kind::ExpectedBlockSequenceEntry
        | Kind::InvalidIndentation
        | Kind::InvalidQuotedScalarIndent
        | Kind::InvalidFlowScalarIndent => words::indent(&body),
        _ => words::syntax(&context.rest_of_line(at)),
    }
}

/// The parser may point to the start of the scalar that holds the character.
fn text_find(text: &str, at: usize, character: char) -> usize {
    let found = text.get(at..).and_then(|rest| rest.find(character));
    at + found.unwrap_or(0)
}
