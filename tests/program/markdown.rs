//! The Markdown files of the repository, for the tests of their links and commands.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A Markdown file.
pub(crate) struct Page {
    /// Its path from the root of the repository.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Code that a page shows, with its line.
pub(crate) struct Code {
    pub(crate) line: usize,
    pub(crate) text: String,
    /// Whether it is a block of lines and not a span in a sentence.
    pub(crate) is_block: bool,
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All Markdown files but those of builds.
pub(crate) fn pages() -> Vec<Page> {
    let mut pages = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && !name.starts_with('.') && !["target", "output"].contains(&name) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                pages.push(Page { path, text });
            }
        }
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(pages.iter().any(|page| page.path == "README.zh-CN.md"));
    pages
}

impl Page {
    /// The folder it stands in.
    pub(crate) fn folder(&self) -> PathBuf {
        root().join(Path::new(&self.path).parent().unwrap())
    }

    fn events(&self) -> impl Iterator<Item = (Event<'_>, usize)> {
        let parser = Parser::new_ext(&self.text, Options::ENABLE_TABLES);
        let line = |at: usize| self.text[..at].matches('\n').count() + 1;
        parser.into_offset_iter().map(move |(event, range)| (event, line(range.start)))
    }

    /// Targets of links and images, with their lines.
    pub(crate) fn links(&self) -> Vec<(String, usize)> {
        let mut links = Vec::new();
        for (event, line) in self.events() {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    links.push((dest_url.to_string(), line));
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    let sources = html.split("src=\"").skip(1);
                    links
                        .extend(sources.map(|rest| (rest.split('"').next().unwrap().into(), line)));
                }
                _ => {}
            }
        }
        links
    }

    /// The anchors of its headings, as code hosts form them.
    pub(crate) fn anchors(&self) -> Vec<String> {
        let mut anchors = Vec::new();
        let mut heading: Option<String> = None;
        for (event, _) in self.events() {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    anchors.extend(heading.take().map(|h| anchor(&h)))
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        anchors
    }

    /// Spans and blocks of code.
    pub(crate) fn code(&self) -> Vec<Code> {
        let mut code = Vec::new();
        let mut block: Option<Code> = None;
        for (event, line) in self.events() {
            match event {
                Event::Code(text) => {
                    code.push(Code { line, text: text.to_string(), is_block: false });
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let below = usize::from(matches!(kind, CodeBlockKind::Fenced(_)));
                    block = Some(Code { line: line + below, text: String::new(), is_block: true });
                }
                Event::End(TagEnd::CodeBlock) => code.extend(block.take()),
                Event::Text(text) => {
                    if let Some(block) = &mut block {
                        block.text.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        code
    }
}

fn anchor(heading: &str) -> String {
    let lower = heading.trim().to_lowercase();
    let kept = lower.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}
