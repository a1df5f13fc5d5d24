//! PDFs with text: lines of pages to paragraphs, ruled tables to rows.

mod margins;
mod paragraphs;

use pdf::layout::{Block, Content, Table, content};
use pdf::page::Page;

use super::grid::{self, Cell, Row};
use super::lines::{Extract, Form, Place};
use super::notes::Note;
use crate::limits;
use base::diag::Diagnostic;
use base::text;
use paragraphs::{Body, Paragraph};

/// Columns of two tables this close together are the same, in millimetres.
const SAME_COLUMN: f64 = 2.0;
/// Red type from this size on is the head of a document, in millimetres.
const RED_HEAD: f64 = 8.0;

/// Reads a PDF; `name` is what messages call it.
pub(super) fn extract(bytes: &[u8], name: &str) -> Result<Extract, Diagnostic> {
    read(&pdf::pages_up_to(bytes.to_vec(), name, limits::PAGES)?, name)
}

fn read(pages: &[Page], name: &str) -> Result<Extract, Diagnostic> {
    let mut contents: Vec<Content> = pages.iter().map(content).collect();
    let readable = |content: &Content| !content.blocks.is_empty();
    let unreadable: usize = contents.iter().map(|content| content.unreadable).sum();
    if !contents.iter().any(readable) {
        return Err(if unreadable > 0 { without_codes(name) } else { scan(name) });
    }
    let mut out = Extract::default();
    for (n, content) in contents.iter().enumerate() {
        let place = Place::Page(n + 1);
        if !readable(content) && content.unreadable == 0 {
            out.notes.add(Note::Picture, &place, "·");
        }
        for (note, count) in
            [(Note::Unreadable, content.unreadable), (Note::Turned, content.turned)]
        {
            if count > 0 {
                out.notes.add(note, &place, &count.to_string());
            }
        }
    }
    let site = margins::take(&mut contents);
    let body = Body::of(&contents);
    let mut pending = Pending::default();
    // Running lines stand behind the text: what they part belongs together.
    let mut running: Vec<(String, Place)> = Vec::new();
    for (n, (content, site)) in contents.iter().zip(site).enumerate() {
        let place = Place::Page(n + 1);
        running.extend(site.above.into_iter().map(|line| (line, place.clone())));
        for block in &content.blocks {
            match block {
                Block::Line(line) if line.is_red && line.em >= RED_HEAD => {
                    running.push((line.text.clone(), place.clone()));
                }
                Block::Line(line) => pending.line(&mut out, line, &body, n)?,
                Block::Table(table) => pending.table(&mut out, table, n)?,
            }
        }
        running.extend(site.below.into_iter().map(|line| (line, place.clone())));
    }
    pending.end(&mut out)?;
    for (text, place) in running {
        out.push(&text, place, Form::Site)?;
    }
    Ok(out)
}

/// What the next page may go on with.
#[derive(Default)]
struct Pending {
    paragraph: Option<Paragraph>,
    table: Option<(Vec<f64>, Vec<Row>)>,
}

impl Pending {
    fn line(
        &mut self,
        out: &mut Extract,
        line: &pdf::layout::Line,
        body: &Body,
        page: usize,
    ) -> Result<(), Diagnostic> {
        self.end_table(out)?;
        if let Some(paragraph) = &mut self.paragraph
            && paragraph.takes(line, body, page)
        {
            return Ok(());
        }
        self.end(out)?;
        self.paragraph = Some(Paragraph::begin(line, page));
        Ok(())
    }

    fn table(&mut self, out: &mut Extract, table: &Table, page: usize) -> Result<(), Diagnostic> {
        self.end_paragraph(out)?;
        let rows = table.rows.iter().map(|cells| Row {
            place: Place::Page(page + 1),
            cells: cells
                .iter()
                .map(|c| Cell { text: c.text.clone(), across: c.across, down: c.down })
                .collect(),
        });
        // A table that goes on over the page has the same columns.
        if let Some((columns, open)) = &mut self.table
            && columns.len() == table.columns.len()
            && columns.iter().zip(&table.columns).all(|(a, b)| (a - b).abs() <= SAME_COLUMN)
        {
            open.extend(rows);
            return Ok(());
        }
        let rows = rows.collect();
        self.end_table(out)?;
        self.table = Some((table.columns.clone(), rows));
        Ok(())
    }

    fn end_paragraph(&mut self, out: &mut Extract) -> Result<(), Diagnostic> {
        if let Some(paragraph) = self.paragraph.take() {
            let form = if paragraph.is_heading() { Form::Heading } else { Form::Text };
            out.push(paragraph.text(), Place::Page(paragraph.began() + 1), form)?;
        }
        Ok(())
    }

    fn end_table(&mut self, out: &mut Extract) -> Result<(), Diagnostic> {
        if let Some((_, rows)) = self.table.take() {
            grid::push(out, &rows)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut Extract) -> Result<(), Diagnostic> {
        self.end_paragraph(out)?;
        self.end_table(out)
    }
}

fn scan(name: &str) -> Diagnostic {
    Diagnostic::error(
        "import-scan",
        text!(
            "“{name}”里只有图片没有文字，是扫描件",
            "“{name}” holds pictures and no text: it is a scan"
        ),
    )
    .help(text!(
        "请找它的 Word 文件或网页；没有的话，先用文字识别（OCR）软件存成 .docx，核对后再导入",
        "look for its Word file or web page; else make a .docx of it with OCR software, check that and import it"
    ))
}

fn without_codes(name: &str) -> Diagnostic {
    Diagnostic::error(
        "import-pdf-without-codes",
        text!(
            "“{name}”的字体没有文字编码，读不出字来",
            "the fonts of “{name}” do not say which characters they draw"
        ),
    )
    .help(text!(
        "请用它的 Word 文件或网页导入，或者用 WPS 把它转成 .docx",
        "import its Word file or web page, or convert it to .docx in WPS"
    ))
}
