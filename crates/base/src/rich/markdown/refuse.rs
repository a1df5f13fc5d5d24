//! What a text may not hold, and the words in which that is said.

use std::ops::Range;

use super::draft::Draft;
use crate::diag::{Diagnostic, Diagnostics, SourceText, Text};
use crate::text;

/// A construct of Markdown that no text, or not this text, may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Construct {
    /// `# …` in a text without headings.
    Heading,
    /// A heading below the fourth level, the last that GB/T 9704 knows.
    DeepHeading,
    /// A line underlined by `===` or `---`.
    Underlined,
    /// `> …`.
    Quote,
    /// Lines between `` ``` ``.
    Code,
    /// Indented lines that no rule could move left.
    Indented,
    /// `---`.
    Rule,
    /// `[name]: address`, which prints nothing.
    Definition,
    /// `[…](address "title")`.
    LinkTitle,
    /// A list inside too many lists.
    DeepList,
    /// A table inside a list.
    ListedTable,
}

impl Construct {
    fn message(self) -> Text {
        match self {
            Self::Heading => text!("此处不能使用标题", "a heading cannot stand here"),
            Self::DeepHeading => {
                text!("标题最多四级", "headings have four levels, this one is below them")
            }
            Self::Underlined => text!(
                "此行会把上一行变成标题（下划线式标题），不支持这种写法",
                "this line makes a heading of the line above it, which is not supported"
            ),
            Self::Quote => text!("不支持引用块", "quotation blocks are not supported"),
            Self::Code | Self::Indented => text!("不支持代码块", "code blocks are not supported"),
            Self::Rule => text!("不支持分隔线", "horizontal rules are not supported"),
            Self::Definition => text!(
                "不支持链接定义，这一行不会出现在正文中",
                "link definitions are not supported: this line would not be printed"
            ),
            Self::LinkTitle => text!("不支持链接的提示文字", "titles of links are not supported"),
            Self::DeepList => text!("列表层次过多", "lists are nested too deeply"),
            Self::ListedTable => {
                text!("列表里不能放表格", "a table cannot stand inside a list")
            }
        }
    }
}

/// Collects the problems of one text.
pub(super) struct Refusals<'a> {
    source: &'a SourceText,
    draft: &'a Draft,
    list: Diagnostics,
}

impl<'a> Refusals<'a> {
    pub(super) fn new(source: &'a SourceText, draft: &'a Draft) -> Self {
        Self { source, draft, list: Diagnostics::new() }
    }

    pub(super) fn into_diagnostics(self) -> Diagnostics {
        self.list.sorted()
    }

    /// A construct whose first (of an underlined heading: last) line says what it is. `range`
    /// counts bytes of the draft, here and below.
    pub(super) fn construct(&mut self, construct: Construct, range: Range<usize>) {
        let text = &self.draft.text()[range.clone()];
        let line = match construct {
            Construct::Underlined => text.trim_end().lines().next_back(),
            _ => text.trim_start().lines().next(),
        };
        let line = line.unwrap_or_default().trim();
        let sign = line.chars().next().unwrap_or_default();
        // What was found may be far longer than what makes it so: point at the sign alone.
        let marked = match construct {
            Construct::Heading | Construct::DeepHeading | Construct::Quote | Construct::Code => {
                line.len() - line.trim_start_matches(sign).len()
            }
            _ => line.len(),
        };
        let offset = match construct {
            Construct::Underlined => text.rfind(line),
            _ => text.find(line),
        };
        let start = range.start + offset.unwrap_or(0);
        let help = match construct {
            Construct::LinkTitle => text!(
                "请删去链接地址后面引号中的文字",
                "remove the words in quotation marks behind the address"
            ),
            Construct::DeepList => text!("请减少列表的层次", "use fewer levels of lists"),
            Construct::ListedTable => text!(
                "请把表格移到列表之后，各行不缩进",
                "put the table behind the list, its lines without blanks in front"
            ),
            Construct::Indented => {
                text!("请删去这一行开头的空格", "remove the blanks at the beginning of the line")
            }
            _ => text!(
                "如果本意是照原样显示，请在“{sign}”前面加一个反斜杠：“\\{sign}”",
                "to print it as it stands, put a backslash before “{sign}”: “\\{sign}”"
            ),
        };
        self.push(
            Diagnostic::error("markdown-unsupported", construct.message()).help(help),
            start..start + marked,
        );
    }

    /// An image.
    pub(super) fn image(&mut self, range: Range<usize>) {
        self.push(
            Diagnostic::error(
                "markdown-image",
                text!("正文中不能插入图片", "a text cannot hold an image"),
            )
            .help(text!(
                "请删去图片；如果本意是感叹号后接链接，请写成“\\!”",
                "remove the image; if an exclamation mark before a link is meant, write “\\!”"
            )),
            range,
        );
    }

    /// A link to something that is not on the web and not a mailbox.
    pub(super) fn scheme(&mut self, address: &str, range: Range<usize>) {
        let link = &self.draft.text()[range.clone()];
        // Of `[words](address)`, the address is the part to look at.
        let range = match link.rfind(address) {
            Some(at) if !address.is_empty() => range.start + at..range.start + at + address.len(),
            _ => range.clone(),
        };
        let sign = if link.starts_with('<') { '<' } else { '[' };
        let address = super::delimiters::restore(address);
        self.push(
            Diagnostic::error(
                "markdown-link-scheme",
                text!(
                    "链接地址“{address}”不能使用：只能是以 http://、https:// 或 mailto: 开头的地址",
                    "a link cannot lead to “{address}”: only addresses that begin with http://, https:// or mailto: are possible"
                ),
            )
            .help(text!(
                "请写出完整的地址；如果本意不是链接，请在“{sign}”前面加一个反斜杠：“\\{sign}”",
                "write the whole address; if no link is meant, put a backslash before “{sign}”: “\\{sign}”"
            )),
            range,
        );
    }

    /// A row of a table that has not the cells of its head.
    pub(super) fn row(&mut self, found: usize, columns: usize, range: Range<usize>) {
        let row = self.draft.text()[range.clone()].trim_end();
        let range = range.start..range.start + row.len();
        self.push(
            Diagnostic::error(
                "row-length",
                text!(
                    "这一行有 {found} 格，表头有 {columns} 栏",
                    "this row has {found} cells, the table {columns} columns"
                ),
            )
            .help(text!(
                "空格子也要占一格（| |）；格里的竖线写成 \\|；表格下面的正文前空一行",
                "an empty cell stands between its bars (| |); write \\| for a bar in a cell; leave an \
                 empty line before a text below the table"
            )),
            range,
        );
    }

    /// Lines that look like a table and are none.
    pub(super) fn no_table(&mut self, range: Range<usize>) {
        self.push(
            Diagnostic::error(
                "markdown-table",
                text!(
                    "这里像表格，但这一行和上面的表头对不上，会照原样印出竖线",
                    "this looks like a table, but the line does not fit the head above it: the bars \
                     would be printed"
                ),
            )
            .help(text!(
                "表头单独一行，下面这一行的格数与表头相同，都用半角竖线，行首不空全角格：\
                 | 甲 | 乙 | 下面是 |---|---|；如果本意是照原样显示，请在竖线前加反斜杠",
                "the head is a line of its own and this line has as many cells, all with the bar “|” and \
                 without wide blanks in front: | a | b | above |---|---|; to print the bars, put a \
                 backslash before them"
            )),
            range,
        );
    }

    fn push(&mut self, diagnostic: Diagnostic, range: Range<usize>) {
        let span = self.source.span_of(self.draft.origin_of(range));
        self.list.push(diagnostic.at(&span));
    }
}
