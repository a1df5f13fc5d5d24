//! The wording of mistakes of structure: colons, dashes, indentation.

use base::diag::{Diagnostic, Span, Text};
use base::text;

/// An error with its place and what to do.
pub(super) fn error(code: &'static str, span: &Span, message: Text, help: Text) -> Diagnostic {
    Diagnostic::error(code, message).at(span).help(help)
}

pub(super) fn fullwidth_colon(span: &Span) -> Diagnostic {
    error(
        "yaml-fullwidth-colon",
        span,
        text!(
            "名称后面用了全角冒号“：”，没有被认作一项",
            "the name is followed by a full-width colon “：” and was not taken for a field",
        ),
        text!("改成半角冒号加一个空格“: ”", "use an ordinary colon and a blank: “: ”",),
    )
}

pub(super) fn colon_needs_blank(span: &Span) -> Diagnostic {
    error(
        "yaml-colon-needs-blank",
        span,
        text!(
            "冒号后面缺少空格，没有被认作一项",
            "no blank stands behind the colon, so this was not taken for a field",
        ),
        text!("在冒号后面加一个半角空格", "put a blank (not a full-width one) behind the colon",),
    )
}

pub(super) fn colon_missing(span: &Span) -> Diagnostic {
    error(
        "yaml-colon-missing",
        span,
        text!(
            "这一行没有“名称: ”，不知道属于哪一项",
            "this line has no “name: ”, so it belongs to no field",
        ),
        text!(
            "补上名称和“: ”；如果是上一行内容的继续，请比上一行的名称多缩进两个空格",
            "add the name and “: ”; if it goes on with the text above, indent it two blanks more than that name",
        ),
    )
}

pub(super) fn colon_in_text(span: &Span) -> Diagnostic {
    error(
        "yaml-colon-in-text",
        span,
        text!(
            "内容里又出现了“: ”，分不清哪里是名称",
            "the text holds another “: ”, so it is not clear where the name ends",
        ),
        text!(
            "用引号把冒号后面的整个内容括起来，或者把内容里的冒号改成全角“：”",
            "put the whole text in quotes, or make this colon a full-width one “：”",
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
            "no blank stands behind “-”, so this was not taken for a list item",
        ),
        text!("在“-”后面加一个半角空格", "put a blank (not a full-width one) behind “-”",),
    )
}

pub(super) fn dash_after_key(span: &Span) -> Diagnostic {
    error(
        "yaml-dash-after-key",
        span,
        text!(
            "列表的“- ”不能和名称写在同一行",
            "the “- ” of a list cannot stand in the line of the name",
        ),
        text!(
            "如果是列表，请另起一行，缩进两个空格后写“- ”；如果是文字，请用引号括起来",
            "for a list, begin a new line, indent it two blanks and write “- ” there; if it is text, put it in quotes",
        ),
    )
}

pub(super) fn mixed(span: &Span) -> Diagnostic {
    error(
        "yaml-list-and-fields-mixed",
        span,
        text!(
            "同一级里既有“- ”列表项，又有“名称: 内容”",
            "list items (“- ”) and fields (“name: ”) are mixed on one level",
        ),
        text!(
            "检查这一行的缩进：它应当属于上面的哪一项？",
            "check the indentation of this line: which field above does it belong to?",
        ),
    )
}

pub(super) fn tab_indent(span: &Span) -> Diagnostic {
    error(
        "yaml-tab-indent",
        span,
        text!("缩进用了制表符（Tab 键）", "the line is indented with a tab"),
        text!(
            "删去制表符，改用空格，每一级两个",
            "delete the tab and use blanks, two for each level",
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
            "full-width (or other special) blanks stand here, which do not count as indentation",
        ),
        text!("改用半角空格，每一级两个", "use ordinary blanks, two for each level",),
    )
}

pub(super) fn indent(span: &Span) -> Diagnostic {
    error(
        "yaml-indent",
        span,
        text!(
            "这一行的缩进和上面任何一级都对不上",
            "the indentation of this line fits none of the levels above",
        ),
        text!(
            "同一级的各行左边要对齐，下一级多两个空格；如果这一行是上一行文字的继续，请用引号把整段文字括起来",
            "align the lines of one level at the left, with two blanks more for the next one; if this line goes on with the text above, put the whole text in quotes",
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
            "move the text to the next line, indented by two blanks; if the sign is text, put the whole value in quotes",
        ),
    )
}

pub(super) fn block_indent(span: &Span) -> Diagnostic {
    error(
        "yaml-block-indent",
        span,
        text!(
            "这一行缩进得比上面的正文少，不再属于正文",
            "this line is indented less than the text above and does not belong to it any more",
        ),
        text!(
            "如果是正文的继续，请与正文的第一行左边对齐；如果是新的一项，请检查它的缩进和“: ”",
            "if it goes on with the text, align it with the first line of that; if it is a new field, check its indentation and “: ”",
        ),
    )
}

pub(super) fn syntax(span: &Span) -> Diagnostic {
    error(
        "yaml-syntax",
        span,
        text!("从这里起读不懂", "from here on this cannot be read"),
        text!(
            "检查这一行和上一行的缩进、冒号、引号和括号",
            "check the indentation, colons, quotes and brackets of this line and the one above",
        ),
    )
}
