//! Finding, loading and running templates.
//!
//! The built-in ones are in the binary under their own names (`html/notice.html`) and, for
//! templates that build on them, under `yinfa/` and their names. A file of the same name in the
//! project's templates/ takes the place of a built-in one; one that begins with
//! `{% extends "yinfa/html/notice.html" %}` changes single blocks of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Tera};
use walkdir::WalkDir;

use super::{escape, failure, filters};
use crate::diag::{Diagnostic, Diagnostics, Source};

#[derive(RustEmbed)]
#[folder = "templates/"]
struct BuiltIn;

/// All built-in templates by name, in the order of their names.
pub fn built_in() -> Vec<(String, String)> {
    let mut names: Vec<String> =
        BuiltIn::iter().map(|name| name.into_owned()).filter(|name| is_template(name)).collect();
    names.sort();
    names
        .into_iter()
        .filter_map(|name| {
            let file = BuiltIn::get(&name)?;
            let text = String::from_utf8_lossy(&file.data).into_owned();
            Some((name, text))
        })
        .collect()
}

/// The templates of a project, ready to run.
pub struct Templates {
    html: Tera,
    typst: Tera,
    /// Every template in use by name, with the text it has.
    sources: BTreeMap<String, Arc<Source>>,
}

impl Templates {
    /// Loads the built-in templates and those of a project's `folder`, where there is one.
    ///
    /// # Errors
    /// Every template that cannot be read or is wrong in itself.
    pub fn load(folder: Option<&Path>) -> Result<Self, Diagnostics> {
        let mut diags = Diagnostics::new();
        let mut sources = BTreeMap::new();
        for (name, text) in built_in() {
            // A component has one definition: files of components are replaced whole.
            if !text.contains("{% component") {
                let alias = format!("yinfa/{name}");
                sources.insert(alias.clone(), Source::new(alias, text.clone()));
            }
            sources.insert(name.clone(), Source::new(format!("templates/{name}"), text));
        }
        for (name, source) in own(folder, &mut diags) {
            sources.insert(name, source);
        }
        let html = load(&sources, &[".html", ".css"], &mut diags);
        let typst = load(&sources, &[".typ"], &mut diags);
        let (Some(html), Some(typst), false) = (html, typst, diags.has_errors()) else {
            return Err(diags);
        };
        Ok(Self { html, typst, sources })
    }

    /// Runs an HTML template.
    ///
    /// # Errors
    /// What went wrong, at its place in the template.
    pub fn html(&self, name: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        self.run(&self.html, name, view)
    }

    /// Runs a Typst template.
    ///
    /// # Errors
    /// What went wrong, at its place in the template.
    pub fn typst(&self, name: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        self.run(&self.typst, name, view)
    }

    /// The text of a template or of a plain file beside them.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.sources.get(name).map(|source| source.text())
    }

    /// All templates in use, by name.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &Arc<Source>)> {
        self.sources.iter().map(|(name, source)| (name.as_str(), source))
    }

    fn run(
        &self,
        tera: &Tera,
        name: &str,
        view: &impl Serialize,
    ) -> Result<String, Box<Diagnostic>> {
        let failed =
            |error: &tera::Error| Box::new(failure::diagnostic(error, name, &self.sources));
        let context = Context::from_serialize(view).map_err(|e| failed(&e))?;
        tera.render(name, &context).map_err(|e| failed(&e))
    }
}

fn is_template(name: &str) -> bool {
    [".html", ".css", ".typ"].iter().any(|suffix| name.ends_with(suffix))
}

/// The project's own templates by name.
fn own(folder: Option<&Path>, diags: &mut Diagnostics) -> Vec<(String, Arc<Source>)> {
    let Some(folder) = folder.filter(|f| f.is_dir()) else {
        return Vec::new();
    };
    let root = folder.parent().unwrap_or(folder);
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    files
        .filter(|e| e.file_type().is_file())
        .filter(|e| e.file_name().to_str().is_some_and(is_template))
        .filter_map(|entry| match crate::content::read(root, entry.path()) {
            Ok(source) => Some((crate::content::display(folder, entry.path()), source)),
            Err(problem) => {
                diags.push(*problem);
                None
            }
        })
        .collect()
}

/// One instance for each format: an instance has a single escape function. Where a template is
/// wrong, those before it are still loaded, so that each wrong one is reported.
fn load(
    sources: &BTreeMap<String, Arc<Source>>,
    suffixes: &'static [&'static str],
    diags: &mut Diagnostics,
) -> Option<Tera> {
    let mut tera = Tera::new();
    if suffixes.contains(&".typ") {
        tera.set_escape_fn(|text, out| out.write_all(typst(text).as_bytes()));
        tera.autoescape_on([".typ"]);
        filters::register_typst(&mut tera);
    } else {
        tera.set_escape_fn(|text, out| out.write_all(html(text).as_bytes()));
        tera.autoescape_on([".html"]);
        filters::register_html(&mut tera);
    }
    let wanted = sources.iter().filter(|(name, _)| suffixes.iter().any(|s| name.ends_with(s)));
    let templates = wanted.map(|(name, source)| (name.as_str(), source.text()));
    match tera.add_raw_templates(templates) {
        Ok(()) => Some(tera),
        Err(error) => {
            diags.push(failure::diagnostic(&error, "", sources));
            None
        }
    }
}

fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing into a string cannot fail.
    let _ = escape::html(text, &mut out);
    out
}

fn typst(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let _ = escape::typst(text, &mut out);
    out
}
