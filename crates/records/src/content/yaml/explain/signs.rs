//! The wording of mistakes with single signs: quotes, brackets, `#`, and those that cannot
//! begin a value.

use super::words::error;
use base::diag::{Diagnostic, Span};
use base::text;

pub(super) fn quote_unclosed(span: &Span, chinese: bool) -> Diagnostic {
    let help = if chinese {
        text!(
            "开头是半角引号，结尾也要用半角引号，中文引号不算；如果引号只是文字，请首尾都用中文引号“ ”",
            "A text that begins with an ordinary quote must end with one, Chinese quotes do not count; if the quotes are text, use Chinese ones on both sides",
        )
    } else {
        text!(
            "在内容末尾补上同样的引号，或者删去开头的引号",
            "put the same quote at the end of the text, or delete the first one",
        )
    };
    error("yaml-quote-unclosed", span, text!("引号没有成对", "this quote is never closed"), help)
}

pub(super) fn text_after_quote(span: &Span) -> Diagnostic {
    error(
        "yaml-text-after-quote",
        span,
        text!(
            "引号后面还有文字，开头的引号会被当成整个内容的引号",
            "text follows the closing quote, but a quote at the start encloses the whole value",
        ),
        text!(
            "如果引号是文字的一部分，请改用中文引号“ ”，或者在整个内容外面再加一层单引号",
            "if the quotes are part of the text, use Chinese ones “ ”, or put single quotes around the whole value",
        ),
    )
}

pub(super) fn escape(span: &Span) -> Diagnostic {
    error(
        "yaml-escape",
        span,
        text!(
            "双引号里的“\\”有特殊含义，这里的写法不认识",
            "in double quotes “\\” has a special meaning, and this one is not known",
        ),
        text!("改用单引号，或者把“\\”写成“\\\\”", "use single quotes, or write “\\\\” for “\\”",),
    )
}

pub(super) fn bracket_unclosed(span: &Span) -> Diagnostic {
    error(
        "yaml-bracket-unclosed",
        span,
        text!("括号没有成对", "this bracket is never closed"),
        text!(
            "补上另一半括号；如果括号只是文字，请用引号把整个内容括起来",
            "add the closing bracket; if it is text, put the whole value in quotes",
        ),
    )
}

pub(super) fn bracket_unopened(span: &Span) -> Diagnostic {
    error(
        "yaml-bracket-unopened",
        span,
        text!("这个括号没有与它成对的开头", "no opening bracket belongs to this one",),
        text!(
            "删去它，或者补上开头的括号；如果括号只是文字，请用引号把整个内容括起来",
            "delete it or add the opening one; if it is text, put the whole value in quotes",
        ),
    )
}

pub(super) fn text_after_bracket(span: &Span) -> Diagnostic {
    error(
        "yaml-text-after-bracket",
        span,
        text!(
            "括号后面还有文字：以“[”或“{{”开头的内容会被当成列表，到括号为止",
            "text follows the bracket: a value that begins with “[” or “{{” is a list and ends there",
        ),
        text!(
            "如果括号是文字的一部分，请用引号把整个内容括起来，或者改用全角括号",
            "if the bracket is part of the text, put the whole value in quotes",
        ),
    )
}

pub(super) fn bracket_syntax(span: &Span) -> Diagnostic {
    error(
        "yaml-bracket-syntax",
        span,
        text!("括号里的写法不对", "what stands in the brackets cannot be read",),
        text!(
            "各项之间用一个半角逗号加空格“, ”隔开；如果括号是文字的一部分，请用引号把整个内容括起来",
            "put one comma and a blank “, ” between the items; if the brackets are text, put the whole value in quotes",
        ),
    )
}

pub(super) fn reserved_start(span: &Span) -> Diagnostic {
    error(
        "yaml-reserved-start",
        span,
        text!("内容不能直接以这个符号开头", "A value cannot begin with this sign",),
        text!(
            "用引号把整个内容括起来；列表的各项请用“- ”开头",
            "put the whole value in quotes; list items begin with “- ”",
        ),
    )
}

pub(super) fn directive(span: &Span) -> Diagnostic {
    error(
        "yaml-directive",
        span,
        text!(
            "行首的“%”会被当成给程序的指令",
            "A “%” at the start of a line is taken for a directive",
        ),
        text!(
            "删去这一行；如果是文字，请写在“名称: ”后面并用引号括起来",
            "delete the line; if it is text, write it behind a “name: ” and in quotes",
        ),
    )
}

pub(super) fn control_character(span: &Span, character: char) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(character));
    error(
        "yaml-control-character",
        span,
        text!("这里有一个看不见的字符（{code}）", "an invisible character ({code}) stands here",),
        text!(
            "删去它：把前后的文字重新输入一遍，多半是从别处复制时带进来的",
            "delete it by typing the text around it anew; it mostly comes with copied text",
        ),
    )
}

pub(super) fn comment_cut(span: &Span) -> Diagnostic {
    error(
        "yaml-comment-in-text",
        span,
        text!(
            "空格后面的“#”被当成批注，把一段文字截断了",
            "the “#” behind a blank begins a comment, which cuts a text in two",
        ),
        text!(
            "如果“#”是文字，请用引号把整段文字括起来；如果是批注，请移到这段文字的上面",
            "if “#” is text, put the whole text in quotes; if it is a comment, move it above the text",
        ),
    )
}

pub(super) fn comment_needs_blank(span: &Span) -> Diagnostic {
    error(
        "yaml-comment-needs-blank",
        span,
        text!(
            "“#”紧跟在内容后面，分不清是文字还是批注",
            "the “#” follows the value at once: is it text or a comment?",
        ),
        text!(
            "如果是批注，请在“#”前面加一个空格；如果是文字，请放到引号里面",
            "for a comment, put a blank before “#”; for text, move it inside the quotes",
        ),
    )
}
