//! Web pages: text and tables in the order of the page. Only tokens are looked at, no tree is
//! built, so that no page is too broken.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::grid::{self, Cell, Row};
use super::lines::{Extract, Form, Place};
use super::refusal::too_deep;
use crate::limits;
use base::diag::Diagnostic;

/// Whether a text is a page.
pub(super) fn looks_like(text: &str) -> bool {
    let mut end = text.len().min(20_000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let tags = ["<p", "</p>", "<div", "<br", "<td", "<span", "<table", "<h1", "<li"];
    ["<!doctype", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag))
        || head.contains("<html")
        || head.contains("<body")
        || tags.iter().map(|tag| head.matches(tag).count()).sum::<usize>() >= 4
}

/// The charset that a page declares.
pub(super) fn declared_charset(bytes: &[u8]) -> Option<Vec<u8>> {
    let head: Vec<u8> = bytes.iter().take(4096).map(u8::to_ascii_lowercase).collect();
    let key = b"charset=";
    let at = head.windows(key.len()).position(|window| window == key)? + key.len();
    let label: Vec<u8> = head[at..]
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_')
        .collect();
    (!label.is_empty()).then_some(label)
}

/// Reads a page.
pub(super) fn extract(page: &str) -> Result<Extract, Diagnostic> {
    let sink = Sink(RefCell::new(Flat::default()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page));
    // Scripts end the tokenizer's run; what follows them is read on.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
        if tokenizer.sink.0.borrow().too_deep {
            break;
        }
    }
    tokenizer.end();
    let mut flat = tokenizer.sink.0.into_inner();
    flat.flush();
    while !flat.tables.is_empty() {
        flat.end_table();
    }
    if flat.too_deep {
        return Err(too_deep());
    }
    let wrapped = flat.breaks > flat.paragraphs;
    let mut out = Extract::new(wrapped);
    for piece in flat.out {
        match piece {
            Piece::Line { text, line, form } => {
                for part in text.split('\n') {
                    out.push(part, Place::Line(line), form.clone())?;
                }
            }
            Piece::Table(rows) => grid::push(&mut out, &rows)?,
        }
    }
    Ok(out)
}

/// A piece of the page.
enum Piece {
    Line { text: String, line: usize, form: Form },
    Table(Vec<Row>),
}

/// A table that is open.
#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    /// The lines of the open cell.
    cell: Option<(Cell, Vec<Piece>)>,
    /// Lines of cells, as they come out where the table only lays out the page.
    lines: Vec<Piece>,
    /// Whether it lays out the page: other tables stand in it.
    is_layout: bool,
    /// Whether a cell holds many lines: a whole text, unless it is a table of tasks.
    is_long: bool,
}

impl Table {
    /// Whether one of the first rows is the heading of a table of tasks.
    fn has_task_head(&self) -> bool {
        self.rows.iter().take(6).any(|row| {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            crate::columns::is_table_head(&cells)
        })
    }
}

/// The page as it is read.
#[derive(Default)]
struct Flat {
    out: Vec<Piece>,
    tables: Vec<Table>,
    /// Elements that are open.
    open: Vec<String>,
    text: String,
    line: usize,
    /// How much of the line stands in links.
    linked: usize,
    breaks: usize,
    paragraphs: usize,
    too_deep: bool,
}

struct Sink(RefCell<Flat>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut flat = self.0.borrow_mut();
        // It is refused already: nothing more is kept.
        if flat.too_deep {
            return TokenSinkResult::Continue;
        }
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        match token {
            Token::CharacterTokens(text) => flat.characters(&text, line),
            Token::TagToken(tag) => return flat.tag(&tag, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];
const BLOCKS: [&str; 43] = [
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "aside",
    "main",
    "form",
    "fieldset",
    "figure",
    "figcaption",
    "blockquote",
    "pre",
    "address",
    "hr",
    "body",
    "html",
    "title",
    "option",
    "center",
    "details",
];
/// Elements whose words are the site's.
const SITE: [&str; 10] =
    ["title", "nav", "footer", "aside", "form", "select", "button", "noscript", "template", "svg"];
/// Elements whose words nobody reads.
const HIDDEN: [&str; 2] = ["script", "style"];
/// Elements that end where the next of their kind begins.
const IMPLIED: [&str; 8] = ["p", "li", "td", "th", "tr", "dt", "dd", "option"];

impl Flat {
    fn characters(&mut self, text: &str, line: usize) {
        if self.open.iter().any(|name| HIDDEN.contains(&name.as_str())) {
            return;
        }
        if self.text.trim().is_empty() {
            self.line = line.saturating_sub(text.matches('\n').count());
        }
        let preformatted = self.open.iter().any(|name| name == "pre");
        let linked = self.open.iter().any(|name| name == "a");
        for c in text.chars() {
            self.text.push(if c == '\n' && !preformatted { ' ' } else { c });
            self.linked += usize::from(linked && !c.is_whitespace());
        }
    }

    fn tag(&mut self, tag: &Tag, line: usize) -> TokenSinkResult<()> {
        let name = &*tag.name;
        if BLOCKS.contains(&name) {
            self.flush();
        }
        match (tag.kind, name) {
            (_, "br") => {
                self.breaks += 1;
                self.flush();
            }
            (TagKind::StartTag, "table") => {
                if let Some(outer) = self.tables.last_mut() {
                    outer.is_layout = true;
                }
                if self.tables.len() < limits::NESTING {
                    self.tables.push(Table::default());
                }
            }
            (TagKind::EndTag, "table") => self.end_table(),
            (TagKind::StartTag, "tr") => self.start_row(line),
            (TagKind::StartTag, "td" | "th") => self.start_cell(tag, line),
            (TagKind::EndTag, "td" | "th" | "tr") => self.end_cell(),
            (TagKind::StartTag, "p") => self.paragraphs += 1,
            _ => {}
        }
        match tag.kind {
            TagKind::StartTag => self.start(tag, name),
            TagKind::EndTag => {
                self.end(name);
                TokenSinkResult::Continue
            }
        }
    }

    fn start(&mut self, tag: &Tag, name: &str) -> TokenSinkResult<()> {
        if VOID.contains(&name) || tag.self_closing {
            return TokenSinkResult::Continue;
        }
        if IMPLIED.contains(&name) && self.open.last().is_some_and(|open| open == name) {
            self.open.pop();
        }
        self.open.push(name.to_string());
        self.too_deep |= self.open.len() > limits::NESTING;
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.open.truncate(at);
        }
    }

    /// Ends the line.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        if text.chars().all(crate::chars::is_blank) {
            return;
        }
        let piece = Piece::Line { form: self.form(&text, linked), text, line: self.line };
        match self.tables.last_mut() {
            Some(table) => match &mut table.cell {
                Some((_, lines)) => lines.push(piece),
                None => table.lines.push(piece),
            },
            None => self.out.push(piece),
        }
    }

    fn form(&self, text: &str, linked: usize) -> Form {
        let inside = |names: &[&str]| self.open.iter().any(|name| names.contains(&name.as_str()));
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        // A line that is one short link leads elsewhere.
        let leads_away = linked > 0
            && linked == count
            && count <= 12
            && !text.contains("附件")
            && !text.contains("通知");
        if inside(&SITE) || leads_away {
            Form::Site
        } else if inside(&["h1", "h2", "h3", "h4", "h5", "h6"]) {
            Form::Heading
        } else {
            Form::Text
        }
    }

    fn start_row(&mut self, line: usize) {
        self.end_cell();
        if let Some(table) = self.tables.last_mut() {
            table.rows.push(Row { place: Place::Line(line), cells: Vec::new() });
        }
    }

    fn start_cell(&mut self, tag: &Tag, line: usize) {
        self.end_cell();
        let span = |name: &str| {
            let value = tag
                .attrs
                .iter()
                .find(|a| &*a.name.local == name)
                .map(|a| a.value.trim().to_string());
            value.and_then(|v| v.parse().ok()).unwrap_or(1usize).clamp(1, 10_000)
        };
        let cell = Cell { text: String::new(), across: span("colspan"), down: span("rowspan") };
        if let Some(table) = self.tables.last_mut() {
            if table.rows.is_empty() {
                table.rows.push(Row { place: Place::Line(line), cells: Vec::new() });
            }
            table.cell = Some((cell, Vec::new()));
        }
    }

    fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some((mut cell, lines)) = table.cell.take() else { return };
        let texts: Vec<&str> = lines
            .iter()
            .filter_map(|piece| match piece {
                Piece::Line { text, .. } => Some(text.as_str()),
                Piece::Table(_) => None,
            })
            .collect();
        cell.text = texts.join("\n");
        table.is_long |= texts.len() > 12;
        table.is_layout |= texts.len() < lines.len();
        if let Some(row) = table.rows.last_mut() {
            row.cells.push(cell);
        }
        table.lines.extend(lines);
    }

    fn end_table(&mut self) {
        self.end_cell();
        let Some(table) = self.tables.pop() else { return };
        let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let lays_out = table.is_layout || (table.is_long && !table.has_task_head());
        let pieces =
            if lays_out || columns < 2 { table.lines } else { vec![Piece::Table(table.rows)] };
        match self.tables.last_mut() {
            Some(outer) => match &mut outer.cell {
                Some((_, lines)) => lines.extend(pieces),
                None => outer.lines.extend(pieces),
            },
            None => self.out.extend(pieces),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(page: &str) -> Vec<String> {
        let extract = extract(page).unwrap();
        extract
            .lines
            .iter()
            .map(|line| {
                let sign = match line.form {
                    Form::Site => "~",
                    Form::Heading => "#",
                    Form::Row { .. } => "|",
                    Form::Text => "",
                };
                format!("{sign}{}", extract.text[line.range.clone()].trim())
            })
            .collect()
    }

    #[test]
    fn blocks_are_lines_and_menus_are_the_sites() {
        let page = "<!DOCTYPE html><html><head><title>标题</title><style>p{}</style></head><body>\
            <nav><a href=#>首页</a></nav><h1>关于印发要点的通知</h1><p>一、总体\n要求<br>1.推进&amp;落实<span>。</span></p>\
            <script>var a = '<p>不读</p>';</script><ul><li><a>政务公开</a></ul>";
        assert_eq!(
            lines(page),
            [
                "~标题",
                "~首页",
                "#关于印发要点的通知",
                "一、总体 要求",
                "1.推进&落实。",
                "~政务公开"
            ]
        );
    }

    #[test]
    fn data_tables_are_rows_and_layout_tables_are_not() {
        let page = "<table><tr><td><p>正文</p><table><tr><th>序号<th>任务</tr><tr><td>1<td>甲</table></td></tr></table>";
        assert_eq!(lines(page), ["正文", "|序号\t任务", "|1\t甲"]);
    }

    #[test]
    fn deep_nesting_is_refused() {
        let page = format!("<html>{}", "<div>".repeat(300));
        assert_eq!(extract(&page).unwrap_err().code, "import-too-deep");
        assert!(extract(&format!("<html>{}", "<p>甲".repeat(3000))).is_ok());
    }

    #[test]
    fn charsets() {
        assert_eq!(declared_charset(b"<meta charset=\"GB2312\">").as_deref(), Some(&b"gb2312"[..]));
        assert_eq!(declared_charset(b"<p>"), None);
    }
}
