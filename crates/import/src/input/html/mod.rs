//! Web pages: text and tables in the order of the page. Only tokens are looked at, no tree is
//! built, so that no page is too broken.

mod charset;
mod elements;
mod flat;
mod lists;
mod tables;

pub(super) use charset::declared as declared_charset;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};

use super::grid::{self, Row};
use super::lines::{Extract, Form, Place};
use super::refusal::too_deep;
use base::diag::Diagnostic;
use flat::Sink;

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

/// Reads a page.
pub(super) fn extract(page: &str) -> Result<Extract, Diagnostic> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
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
    let flat = tokenizer.sink.0.into_inner();
    if flat.too_deep {
        return Err(too_deep());
    }
    flat.extract()
}

/// A piece of the page.
enum Piece {
    Line {
        text: String,
        line: usize,
        form: Form,
        /// The outermost form around it.
        asked_in: Option<usize>,
    },
    Table(Vec<Row>),
}

impl Piece {
    /// Adds it to the lines. The words of `site_forms` are the site's: a search, a poll.
    fn push(self, out: &mut Extract, site_forms: &[bool]) -> Result<(), Diagnostic> {
        match self {
            Self::Line { text, line, form, asked_in } => {
                let asked = asked_in.is_some_and(|n| site_forms.get(n) == Some(&true));
                let form = if asked { Form::Site } else { form };
                for part in text.split('\n') {
                    out.push(part, Place::Line(line), form.clone())?;
                }
                Ok(())
            }
            Self::Table(rows) => grid::push(out, &rows),
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
    fn lists_have_their_numbers() {
        let page = "<html><ol start=3><li>甲<li><p>乙</p></li></ol><ul><li>丙</ul>\
            <ol><li>1.丁<li style='list-style:none'>（一）戊</ol><ol type=A><li value=2>己<li>庚</ol>\
            <ol style='list-style-type: cjk-ideographic'><li>辛<ol><li>壬</ol><li>癸</ol>";
        assert_eq!(
            lines(page),
            ["3.甲", "4.乙", "丙", "1.丁", "（一）戊", "B.己", "C.庚", "一、辛", "1.壬", "二、癸"]
        );
    }

    #[test]
    fn what_a_page_hides_or_strikes_out_is_left_out() {
        let page = "<html><p>甲<del>乙</del><s>丙</s><span style='text-decoration: line-through'>丁</span>戊</p>\
            <p style='DISPLAY : none'>己<div hidden>庚<div>辛</div></div><p>壬<font style='display:none'><font>癸</font>子</font>丑";
        assert_eq!(lines(page), ["甲戊", "壬丑"]);
        let notes = extract(page).unwrap().notes.diagnostics();
        let codes: Vec<&str> = notes.iter().map(|d| d.code).collect();
        assert_eq!(codes, ["import-hidden", "import-struck-out"]);
    }

    #[test]
    fn the_form_around_a_page_is_not_a_form_of_the_site() {
        let page = |inside: &str| {
            format!("<html><form><p>搜索</p>{inside}</form><p>推进重大项目建设。</p>")
        };
        assert_eq!(lines(&page("")), ["~搜索", "推进重大项目建设。"]);
        let long = "<p>新增规上工业企业15家，完成投资120亿元。</p>";
        assert!(lines(&page(long)).iter().all(|line| !line.starts_with('~')));
    }

    #[test]
    fn raised_digits_stay_raised() {
        assert_eq!(lines("<html><p>3×10<sup>4</sup>平方米，CO<sub>2</sub>"), ["3×10⁴平方米，CO2"]);
        assert_eq!(lines("<html><p>甲<sup>注</sup>乙<sup>-2</sup>"), ["甲注乙⁻²"]);
    }

    #[test]
    fn looks_that_nobody_closed_are_no_levels() {
        let page = format!("<html>{}", "<font size=3><b>甲<br>".repeat(3000));
        assert_eq!(lines(&page).len(), 3000);
    }
}
