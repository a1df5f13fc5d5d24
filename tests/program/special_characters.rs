//! What a record says comes out as it stands: no character of HTML, Typst, Tera or Markdown
//! means anything in a plain field, nor behind a backslash in a Markdown one.

use std::cell::RefCell;

use proptest::prelude::*;

use crate::support::{
    Project, Run, escaped, html_text, pdf_info, pdf_text, quoted, unescape, without_blanks,
};

/// All ASCII punctuation.
const PUNCTUATION: &str = r##"!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##;

/// What means something at the beginning of a line, or as a whole.
const PIECES: &[&str] = &[
    "= a",
    "- a",
    "+ a",
    "/ a: b",
    "1. a",
    "#set",
    "#{1}",
    "$x$",
    "@a",
    "<a>",
    "*a*",
    "_a_",
    "`a`",
    "--",
    "---",
    "...",
    "-?",
    "//a",
    "/*a*/",
    "\\u{41}",
    "\\",
    "https://a.b/c",
    "[a]",
    "#[a]",
    "~",
    "{{ title }}",
    "{% if a %}",
    "{# a #}",
    "&amp;",
    "&#60;",
    "&a",
    "<!--a-->",
    "]]>",
    "<p>",
    "</td>",
    "<script>",
    "\"a\"",
    "'a'",
    "“a”",
    "‘a’",
    "<td",
    "a*b",
    "**",
    "''",
    "[a](b)",
    "![a](b)",
];

/// Where a field is shown.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    /// In the notice, in print and on the web.
    Notice,
    /// In print alone.
    Print,
    /// On the web page alone.
    Web,
    /// In the notice and on the sheet of the first unit.
    Both,
    /// On that sheet alone.
    Sheet,
    /// On that sheet's web page alone.
    WebSheet,
    /// In the titles of that sheet's files.
    Title,
}

/// Gives fields their values and keeps what must come out where.
struct Fields<'a> {
    words: &'a dyn Fn(usize) -> String,
    given: RefCell<Vec<(Shown, String)>>,
}

impl Fields<'_> {
    fn next(&self, shown: Shown) -> String {
        let mut given = self.given.borrow_mut();
        let words = format!("{}第{}", (self.words)(given.len()), given.len());
        given.push((shown, words.clone()));
        words
    }

    /// A plain field.
    fn plain(&self, shown: Shown) -> String {
        quoted(&self.next(shown))
    }

    /// The code of a document number: digits, brackets and 号 are refused there.
    fn code(&self) -> String {
        let mut given = self.given.borrow_mut();
        let words = (self.words)(given.len());
        let refused = |c: char| c.is_numeric() || "[]〔〕［］【】号第".contains(c);
        let words = format!("{}代", words.replace(refused, ""));
        given.push((Shown::Both, words.clone()));
        quoted(&words)
    }

    /// A Markdown field.
    fn markdown(&self, shown: Shown) -> String {
        quoted(&escaped(&self.next(shown)))
    }

    /// A project with these values in every field that takes a text.
    fn project(&self, letter: bool) -> Project {
        use Shown::{Both, Notice, Print, Sheet, Title, Web, WebSheet};
        let (p, m) = (|shown| self.plain(shown), |shown| self.markdown(shown));
        // Names are printed wherever they are named.
        let [unit, other, group, section] = [Both, Both, Both, Both].map(p);
        let units = format!(
            "\
units:
- {{name: {unit}, full_name: {}, kind: 乡镇, contact: {{person: 甲, phone: 乙}}}}
- {{name: {other}, kind: 街道, contact: {{person: {}, phone: {}}}}}
- {{name: 区教育局, kind: 政府部门, qualifiers: [{}]}}
groups:
- {{name: {group}, kinds: [乡镇]}}
recipients:
- {{text: {}, to: [{unit}]}}
",
            p(WebSheet),
            p(Sheet),
            p(Sheet),
            quoted("办"),
            quoted("全体"),
        );
        let heading = if letter {
            format!("format: letter\nsecrecy: {{level: 秘密, term: {}}}\nurgency: 特急\n", p(Print))
        } else {
            String::new()
        };
        let notice = format!(
            "\
title: {title}
subject: {subject}
number: {{code: {code}, year: 2025, serial: 1}}
organ: {organ}
mark: {mark}
publisher: {publisher}
printed_by: {printed_by}
recipients: [{unit}, {{text: {to}, to: [{other}]}}]
letter: {letter_text}
lead: first
lead_sentence: {sentence}
label: {label}
issued:
  title: {issued}
  preface: {preface}
  sections:
  - {{id: s, heading: {section}, before: {before}, after: {after}}}
attachments:
- {{title: {a1}, kind: text, text: {a1_text}}}
- {{title: {a2}, kind: table, text: {a2_text}, columns: [{column}], rows: [[{cell}]]}}
- {{title: {a3}, kind: unit-list}}
date: 2025-03-06
printed: 2025-03-07
note: {note}
copies: [{copies}]
disclosure: {{access: 主动公开, index: {index}, period: {period}, validity: {validity}, topic: {topic}, genre: {genre}, keywords: [{keyword}], links: [{{text: {link}, url: {url}}}]}}
reporting: {{cycle: {cycle}, due: {due}, to: 区教育局, contact: {{person: {person}, phone: {phone}, email: {email}}}, how: {how}}}
{heading}",
            title = p(Both),
            subject = p(Title),
            code = self.code(),
            organ = p(Notice),
            mark = p(Print),
            publisher = p(Web),
            // GB/T 9704 10.1: the imprint of a letter names no printing organ.
            printed_by = p(if letter { Web } else { Notice }),
            to = p(Notice),
            letter_text = m(Notice),
            sentence = p(Notice),
            label = p(Notice),
            issued = p(Notice),
            preface = m(Notice),
            before = m(Notice),
            after = m(Notice),
            a1 = p(Notice),
            a1_text = m(Notice),
            a2 = p(Notice),
            a2_text = m(Notice),
            column = p(Notice),
            cell = p(Notice),
            a3 = p(Notice),
            note = p(Notice),
            copies = p(Notice),
            index = p(Web),
            period = p(Web),
            validity = p(Web),
            topic = p(Web),
            genre = p(Web),
            keyword = quoted(PUNCTUATION),
            link = p(Web),
            url = quoted(&format!("https://example.com/?{PUNCTUATION}")),
            cycle = p(Sheet),
            due = p(Sheet),
            person = p(Sheet),
            phone = p(Sheet),
            email = p(Sheet),
            how = p(Sheet),
        );
        let items = format!(
            "\
- section: s
  text: {text}
  units: [{other}, {unit}, {group}, {{name: {wording}, members: [{unit}]}}]
  targets: [{{name: {target}, ge: 1, measure: {measure}}}]
  deadline: {{when: 2025-06, text: {deadline}}}
  own: [{{unit: {unit}, task: {own}, targets: [{{name: {own_target}, eq: 2}}]}}]
",
            text = m(Both),
            wording = p(Both),
            target = p(Sheet),
            measure = p(Sheet),
            deadline = p(Sheet),
            own = m(Sheet),
            own_target = p(Sheet),
        );
        Project::empty()
            .file("content/units.yaml", units)
            .file("content/p/notice.yaml", notice)
            .file("content/p/items.yaml", items)
    }

    /// Asserts that a text shows every value that belongs there.
    #[track_caller]
    fn check(&self, what: &str, text: &str, belongs: impl Fn(Shown) -> bool) {
        for (_, words) in self.given.borrow().iter().filter(|(shown, _)| belongs(*shown)) {
            let words = without_blanks(words);
            assert!(text.contains(&words), "{what} does not show {words}:\n{text}");
        }
    }
}

fn fields(words: &dyn Fn(usize) -> String) -> Fields<'_> {
    Fields { words, given: RefCell::default() }
}

fn in_web_notice(shown: Shown) -> bool {
    matches!(shown, Shown::Notice | Shown::Web | Shown::Both)
}

fn in_printed_notice(shown: Shown) -> bool {
    matches!(shown, Shown::Notice | Shown::Print | Shown::Both)
}

fn on_web_sheet(shown: Shown) -> bool {
    matches!(shown, Shown::Sheet | Shown::WebSheet | Shown::Both)
}

fn on_printed_sheet(shown: Shown) -> bool {
    matches!(shown, Shown::Sheet | Shown::Both)
}

/// The sheets of a file type; their names depend on the words.
fn sheets(project: &Project, extension: &str) -> Vec<String> {
    let tree = project.tree("output/p/internal/tasks");
    let sheets = tree.lines().filter(|path| path.ends_with(extension) && *path != "index.html");
    sheets.map(|path| format!("output/p/internal/tasks/{path}")).collect()
}

/// The titles of all sheets, as browsers and readers of PDF show them.
fn page_titles(project: &Project) -> [String; 2] {
    let web = sheets(project, ".html").into_iter().map(|path| {
        let page = project.read(&path);
        let (title, _) = page.split_once("<title>").unwrap().1.split_once("</title>").unwrap();
        unescape(title)
    });
    let print =
        sheets(project, ".pdf").into_iter().map(|path| pdf_info(&project.path(&path), "Title"));
    [web.collect(), print.collect()].map(|titles: String| without_blanks(&titles))
}

/// Built; words that no office would write may miss a clause of the standard, and that is said.
#[track_caller]
fn complete(run: &Run) {
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.codes().iter().all(|code| *code == "layout-not-met"), "{run}");
}

#[test]
fn in_print_and_on_the_web() {
    let words = |n: usize| format!("{}{PUNCTUATION}", PIECES[n % PIECES.len()]);
    let fields = fields(&words);
    let project = fields.project(false);
    complete(&project.build(&[]));

    let page = project.read("output/p/public/notice.html");
    fields.check("the web page", &html_text(&page), in_web_notice);
    let pdf = pdf_text(&project.path("output/p/public/notice.pdf"));
    fields.check("the printed notice", &pdf, in_printed_notice);
    let web = sheets(&project, ".html");
    let web: String = web.iter().map(|path| html_text(&project.read(path))).collect();
    fields.check("the web sheets", &web, on_web_sheet);
    let print = sheets(&project, ".pdf");
    let print: String = print.iter().map(|path| pdf_text(&project.path(path))).collect();
    fields.check("the printed sheets", &print, on_printed_sheet);

    for titles in page_titles(&project) {
        fields.check("a title", &titles, |shown| shown == Shown::Title);
    }

    // In attributes: everything between the quotes of the meta tag, and the link's address.
    let keywords = page.split_once("<meta name=\"Keywords\" content=\"").unwrap().1;
    assert_eq!(unescape(keywords.split_once('"').unwrap().0), PUNCTUATION);
    let address = page.split_once("href=\"https://example.com/").unwrap().1;
    assert_eq!(unescape(address.split_once('"').unwrap().0), format!("?{PUNCTUATION}"));
}

#[test]
fn in_the_letter_format_with_secrecy() {
    let words = |n: usize| format!("{PUNCTUATION}{}", PIECES[(n * 7) % PIECES.len()]);
    let fields = fields(&words);
    let project = fields.project(true);
    complete(&project.build(&["--only", "notice"]));
    let pdf = pdf_text(&project.path("output/p/internal/notice.pdf"));
    fields.check("the printed letter", &pdf, in_printed_notice);
    assert!(pdf.contains("特急"), "{pdf}");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        // Regressions are tracked by the seed in the message: the words are of fixed pieces.
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn in_any_mixture_on_the_web(
        mixtures in proptest::collection::vec(
            proptest::collection::vec(proptest::sample::select(PIECES), 1..5),
            64,
        )
    ) {
        let words = |n: usize| mixtures[n % mixtures.len()].concat();
        let fields = fields(&words);
        let project = fields.project(false);
        project.build_html(&[]).clean();
        let page = html_text(&project.read("output/p/public/notice.html"));
        fields.check("the web page", &page, in_web_notice);
        let web = sheets(&project, ".html");
        let web: String = web.iter().map(|path| html_text(&project.read(path))).collect();
        fields.check("the web sheets", &web, on_web_sheet);
    }
}
