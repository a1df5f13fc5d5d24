//! The wording of each mistake.

use crate::diag::{Diagnostic, Span, Text};
use crate::text;

fn error(code: &'static str, span: &Span, message: Text, help: Text) -> Diagnostic {
    Diagnostic::error(code, message).at(span).help(help)
}

pub(super) fn fullwidth_colon(span: &Span) -> Diagnostic {
    error(
        "yaml-fullwidth-colon",
        span,
        text!(
            "名称后面用了全角冒号“：”，没有被认作一项",
            "The name is followed by a full-width colon “：” and was not taken for a field",
        ),
        text!("改成半角冒号加一个空格“: ”", "Use an ordinary colon and a blank: “: ”",),
    )
}

pub(super) fn colon_needs_blank(span: &Span) -> Diagnostic {
    error(
        "yaml-colon-needs-blank",
        span,
        text!(
            "冒号后面缺少空格，没有被认作一项",
            "No blank stands behind the colon, so this was not taken for a field",
        ),
        text!("在冒号后面加一个半角空格", "Put a blank (not a full-width one) behind the colon",),
    )
}

pub(super) fn colon_missing(span: &Span) -> Diagnostic {
    error(
        "yaml-colon-missing",
        span,
        text!(
            "这一行没有“名称: ”，不知道属于哪一项",
            "This line has no “name: ”, so it belongs to no field",
        ),
        text!(
            "补上名称和“: ”；如果是上一行内容的继续，请比上一行的名称多缩进两个空格",
            "Add the name and “: ”; if it goes on with the text above, indent it two blanks more than that name",
        ),
    )
}

pub(super) fn colon_in_text(span: &Span) -> Diagnostic {
    error(
        "yaml-colon-in-text",
        span,
        text!(
            "内容里又出现了“: ”，分不清哪里是名称",
            "The text holds another “: ”, so it is not clear where the name ends",
        ),
        text!(
            "用引号把冒号后面的整个内容括起来，或者把内容里的冒号改成全角“：”",
            "Put the whole text in quotes, or make this colon a full-width one “：”",
        ),
    )
}

/// A dash that is no sign of a list item, for want of a blank.
pub(in crate::content::yaml) fn dash_needs_blank(span: &Span) -> Diagnostic {
    error(
        "yaml-dash-needs-blank",
        span,
        text!(
            "“-”后面缺少空格，没有被认作列表的一项",
            "No blank stands behind “-”, so this was not taken for a list item",
        ),
        text!("在“-”后面加一个半角空格", "Put a blank (not a full-width one) behind “-”",),
    )
}

pub(super) fn dash_after_key(span: &Span) -> Diagnostic {
    error(
        "yaml-dash-after-key",
        span,
        text!(
            "列表的“- ”不能和名称写在同一行",
            "The “- ” of a list cannot stand in the line of the name",
        ),
        text!(
            "如果是列表，请另起一行，缩进两个空格后写“- ”；如果是文字，请用引号括起来",
            "For a list, begin a new line, indent it two blanks and write “- ” there; if it is text, put it in quotes",
        ),
    )
}

pub(super) fn mixed(span: &Span) -> Diagnostic {
    error(
        "yaml-list-and-fields-mixed",
        span,
        text!(
            "同一级里既有“- ”列表项，又有“名称: 内容”",
            "List items (“- ”) and fields (“name: ”) are mixed on one level",
        ),
        text!(
            "检查这一行的缩进：它应当属于上面的哪一项？",
            "Check the indentation of this line: which field above does it belong to?",
        ),
    )
}

pub(super) fn tab_indent(span: &Span) -> Diagnostic {
    error(
        "yaml-tab-indent",
        span,
        text!("缩进用了制表符（Tab 键）", "The line is indented with a tab"),
        text!(
            "删去制表符，改用空格，每一级两个",
            "Delete the tab and use blanks, two for each level",
        ),
    )
}

/// A full-width or another special blank where only ordinary ones count.
pub(in crate::content::yaml) fn fullwidth_blank(span: &Span) -> Diagnostic {
    error(
        "yaml-fullwidth-blank",
        span,
        text!(
            "这里用了全角空格（或其他特殊空格），不起缩进的作用",
            "Full-width (or other special) blanks stand here, which do not count as indentation",
        ),
        text!("改用半角空格，每一级两个", "Use ordinary blanks, two for each level",),
    )
}

pub(super) fn indent(span: &Span) -> Diagnostic {
    error(
        "yaml-indent",
        span,
        text!(
            "这一行的缩进和上面任何一级都对不上",
            "The indentation of this line fits none of the levels above",
        ),
        text!(
            "同一级的各行左边要对齐，下一级多两个空格；如果这一行是上一行文字的继续，请用引号把整段文字括起来",
            "Align the lines of one level at the left, with two blanks more for the next one; if this line goes on with the text above, put the whole text in quotes",
        ),
    )
}

pub(super) fn quote_unclosed(span: &Span, chinese: bool) -> Diagnostic {
    let help = if chinese {
        text!(
            "开头是半角引号，结尾也要用半角引号，中文引号不算；如果引号只是文字，请首尾都用中文引号“ ”",
            "A text that begins with an ordinary quote must end with one, Chinese quotes do not count; if the quotes are text, use Chinese ones on both sides",
        )
    } else {
        text!(
            "在内容末尾补上同样的引号，或者删去开头的引号",
            "Put the same quote at the end of the text, or delete the first one",
        )
    };
    error("yaml-quote-unclosed", span, text!("引号没有成对", "This quote is never closed"), help)
}

pub(super) fn text_after_quote(span: &Span) -> Diagnostic {
    error(
        "yaml-text-after-quote",
        span,
        text!(
            "引号后面还有文字，开头的引号会被当成整个内容的引号",
            "Text follows the closing quote, but a quote at the start encloses the whole value",
        ),
        text!(
            "如果引号是文字的一部分，请改用中文引号“ ”，或者在整个内容外面再加一层单引号",
            "If the quotes are part of the text, use Chinese ones “ ”, or put single quotes around the whole value",
        ),
    )
}

pub(super) fn escape(span: &Span) -> Diagnostic {
    error(
        "yaml-escape",
        span,
        text!(
            "双引号里的“\\”有特殊含义，这里的写法不认识",
            "In double quotes “\\” has a special meaning, and this one is not known",
        ),
        text!("改用单引号，或者把“\\”写成“\\\\”", "Use single quotes, or write “\\\\” for “\\”",),
    )
}

pub(super) fn bracket_unclosed(span: &Span) -> Diagnostic {
    error(
        "yaml-bracket-unclosed",
        span,
        text!("括号没有成对", "This bracket is never closed"),
        text!(
            "补上另一半括号；如果括号只是文字，请用引号把整个内容括起来",
            "Add the closing bracket; if it is text, put the whole value in quotes",
        ),
    )
}

pub(super) fn bracket_unopened(span: &Span) -> Diagnostic {
    error(
        "yaml-bracket-unopened",
        span,
        text!("这个括号没有与它成对的开头", "No opening bracket belongs to this one",),
        text!(
            "删去它，或者补上开头的括号；如果括号只是文字，请用引号把整个内容括起来",
            "Delete it or add the opening one; if it is text, put the whole value in quotes",
        ),
    )
}

pub(super) fn text_after_bracket(span: &Span) -> Diagnostic {
    error(
        "yaml-text-after-bracket",
        span,
        text!(
            "括号后面还有文字：以“[”或“{{”开头的内容会被当成列表，到括号为止",
            "Text follows the bracket: a value that begins with “[” or “{{” is a list and ends there",
        ),
        text!(
            "如果括号是文字的一部分，请用引号把整个内容括起来，或者改用全角括号",
            "If the bracket is part of the text, put the whole value in quotes",
        ),
    )
}

pub(super) fn bracket_syntax(span: &Span) -> Diagnostic {
    error(
        "yaml-bracket-syntax",
        span,
        text!("括号里的写法不对", "What stands in the brackets cannot be read",),
        text!(
            "各项之间用一个半角逗号加空格“, ”隔开；如果括号是文字的一部分，请用引号把整个内容括起来",
            "Put one comma and a blank “, ” between the items; if the brackets are text, put the whole value in quotes",
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
            "Put the whole value in quotes; list items begin with “- ”",
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
            "Delete the line; if it is text, write it behind a “name: ” and in quotes",
        ),
    )
}

pub(super) fn control_character(span: &Span, character: char) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(character));
    error(
        "yaml-control-character",
        span,
        text!("这里有一个看不见的字符（{code}）", "An invisible character ({code}) stands here",),
        text!(
            "删去它：把前后的文字重新输入一遍，多半是从别处复制时带进来的",
            "Delete it by typing the text around it anew; it mostly comes with copied text",
        ),
    )
}

pub(super) fn comment_cut(span: &Span) -> Diagnostic {
    error(
        "yaml-comment-in-text",
        span,
        text!(
            "空格后面的“#”被当成批注，把一段文字截断了",
            "The “#” behind a blank begins a comment, which cuts a text in two",
        ),
        text!(
            "如果“#”是文字，请用引号把整段文字括起来；如果是批注，请移到这段文字的上面",
            "If “#” is text, put the whole text in quotes; if it is a comment, move it above the text",
        ),
    )
}

pub(super) fn comment_needs_blank(span: &Span) -> Diagnostic {
    error(
        "yaml-comment-needs-blank",
        span,
        text!(
            "“#”紧跟在内容后面，分不清是文字还是批注",
            "The “#” follows the value at once: is it text or a comment?",
        ),
        text!(
            "如果是批注，请在“#”前面加一个空格；如果是文字，请放到引号里面",
            "For a comment, put a blank before “#”; for text, move it inside the quotes",
        ),
    )
}

pub(super) fn block_header(span: &Span) -> Diagnostic {
    error(
        "yaml-block-header",
        span,
        text!(
            "“|”或“>”开头表示内容从下一行写起，同一行不能有文字",
            "A “|” or “>” says that the text begins in the next line; none can stand in the same",
        ),
        text!(
            "把文字移到下一行并缩进两个空格；如果这个符号是文字，请用引号把整个内容括起来",
            "Move the text to the next line, indented by two blanks; if the sign is text, put the whole value in quotes",
        ),
    )
}

pub(super) fn block_indent(span: &Span) -> Diagnostic {
    error(
        "yaml-block-indent",
        span,
        text!(
            "这一行缩进得比上面的正文少，不再属于正文",
            "This line is indented less than the text above and does not belong to it any more",
        ),
        text!(
            "如果是正文的继续，请与正文的第一行左边对齐；如果是新的一项，请检查它的缩进和“: ”",
            "If it goes on with the text, align it with the first line of that; if it is a new field, check its indentation and “: ”",
        ),
    )
}

pub(super) fn syntax(span: &Span) -> Diagnostic {
    error(
        "yaml-syntax",
        span,
        text!("从这里起读不懂", "From here on this cannot be read"),
        text!(
            "检查这一行和上一行的缩进、冒号、引号和括号",
            "Check the indentation, colons, quotes and brackets of this line and the one above",
        ),
    )
}
