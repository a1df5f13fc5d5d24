//! Finding, loading and running templates.
//!
//! The built-in ones are in the binary under their own names (`html/notice.html`) and, for
//! templates that build on them, under `yinfa/` and their names. A file of the same name in the
//! project's templates/ takes the place of a built-in one; one that begins with
//! `{% extends "yinfa/html/notice.html" %}` changes single blocks of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, ErrorKind, Tera};
use walkdir::WalkDir;

use super::{escape, failure, filters};
use base::diag::{Diagnostic, Diagnostics, Source};
use base::nearest::closest;
use base::text;

#[derive(RustEmbed)]
#[folder = "../../templates/"]
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
    /// One for each form.
    instances: [OnceLock<Result<Tera, Diagnostic>>; 3],
    /// Every template in use by name, with the text it has.
    sources: BTreeMap<String, Arc<Source>>,
}

impl Templates {
    /// Loads the built-in templates and those of a project's `folder`, where there is one. With
    /// them come warnings about files that nothing uses.
    ///
    /// # Errors
    /// Every template that cannot be read or is wrong in itself.
    pub fn load(folder: Option<&Path>) -> Result<(Self, Diagnostics), Diagnostics> {
        let mut diags = Diagnostics::new();
        let mut sources = BTreeMap::new();
        let mut names = BTreeSet::new();
        for (name, text) in built_in() {
            // A component has one definition: files of components are replaced whole.
            if !text.contains("{% component") {
                let alias = format!("yinfa/{name}");
                sources.insert(alias.clone(), Source::new(alias, text.clone()));
            }
            sources.insert(name.clone(), Source::new(format!("templates/{name}"), text));
            names.insert(name);
        }
        let own = own(folder, &mut diags);
        for (name, source) in &own {
            sources.insert(name.clone(), source.clone());
        }
        diags.extend(own.iter().filter_map(|(name, source)| broken(name, source)));
        if diags.has_errors() {
            return Err(diags);
        }
        let templates = Self { instances: Default::default(), sources };
        // Those that are built in are right, a test says so: they are read when one is run.
        for form in own.iter().map(|(name, _)| Form::of(name)).collect::<BTreeSet<_>>() {
            if let Err(problem) = templates.instance(form) {
                diags.push(problem);
            }
        }
        if diags.has_errors() {
            return Err(diags);
        }
        let unused = |(name, _): &(String, _)| unused(name, &names, &templates.sources);
        diags.extend(own.iter().filter_map(unused));
        Ok((templates, diags))
    }

    /// Whether the project has a template of its own in the place of a built-in one.
    pub(crate) fn is_changed(&self, name: &str) -> bool {
        let built_in = self.sources.get(&format!("yinfa/{name}")).map(|s| s.text());
        built_in.is_some() && built_in != self.text(name)
    }

    /// A template in use.
    pub fn source(&self, name: &str) -> Option<&Arc<Source>> {
        self.sources.get(name)
    }

    /// Runs a template. The end of its name says what is escaped: in a plain text (`.txt`) nothing.
    ///
    /// # Errors
    /// What went wrong, at its place in the template.
    pub fn render(&self, name: &str, view: &impl Serialize) -> Result<String, Diagnostic> {
        self.run(Form::of(name), name, view)
    }

    /// The text of a template or of a plain file beside them.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.sources.get(name).map(|source| source.text())
    }

    /// All templates in use, by name.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &Arc<Source>)> {
        self.sources.iter().map(|(name, source)| (name.as_str(), source))
    }

    fn instance(&self, form: Form) -> Result<&Tera, Diagnostic> {
        let instance = &self.instances[form as usize];
        instance.get_or_init(|| load(&self.sources, form)).as_ref().map_err(Clone::clone)
    }

    fn run(&self, form: Form, name: &str, view: &impl Serialize) -> Result<String, Diagnostic> {
        let failed = |error: &tera::Error| failure::diagnostic(error, name, &self.sources);
        let tera = self.instance(form)?;
        let context = Context::from_serialize(view).map_err(|e| failed(&e))?;
        tera.render(name, &context).map_err(|e| failed(&e))
    }
}

fn is_template(name: &str) -> bool {
    // Elsewhere a text file is somebody's note.
    let is_message = name.starts_with("send/") && name.ends_with(".txt");
    is_message || [".html", ".css", ".typ"].iter().any(|suffix| name.ends_with(suffix))
}

/// The project's own templates by name.
fn own(folder: Option<&Path>, diags: &mut Diagnostics) -> Vec<(String, Arc<Source>)> {
    let Some(folder) = folder.filter(|f| f.is_dir()) else { return Vec::new() };
    let root = folder.parent().unwrap_or(folder);
    let mut own = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let problem = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) if !is_template(&records::content::display(folder, entry.path())) => continue,
            Ok(entry) => match records::content::read(root, entry.path()) {
                Ok(source) => {
                    own.push((records::content::display(folder, entry.path()), source));
                    continue;
                }
                Err(problem) => problem,
            },
            Err(error) => {
                let path = error.path().map(|path| records::content::display(root, path));
                let path = path.unwrap_or_default();
                records::content::unreadable_entry(&path, &error)
            }
        };
        diags.push(problem);
    }
    own
}

/// The mistake in a template as such, before it meets the others: all of them are reported.
fn broken(name: &str, source: &Arc<Source>) -> Option<Diagnostic> {
    let mut alone = Tera::new();
    match alone.add_raw_template(name, source.text()) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => {
            let sources = BTreeMap::from([(name.to_string(), source.clone())]);
            Some(failure::diagnostic(&error, name, &sources))
        }
        // What it refers to stands in other templates.
        _ => None,
    }
}

/// A warning for a file that takes no built-in one's place and that no template names.
fn unused(
    name: &str,
    built_in: &BTreeSet<String>,
    sources: &BTreeMap<String, Arc<Source>>,
) -> Option<Diagnostic> {
    let named =
        |text: &str| [format!("\"{name}\""), format!("'{name}'")].iter().any(|n| text.contains(n));
    if built_in.contains(name) || sources.values().any(|source| named(source.text())) {
        return None;
    }
    let diagnostic = Diagnostic::warning(
        "template-unused",
        text!("模板“templates/{name}”没有用到", "the template “templates/{name}” is not used"),
    );
    Some(diagnostic.help(match closest(name, built_in.iter().map(String::as_str)) {
        Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
        None => text!(
            "内置模板的名称见 docs/templates.md，如 html/notice.html",
            "docs/templates.md lists the built-in ones, such as html/notice.html"
        ),
    }))
}

/// What a template writes, by the end of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Html,
    Typst,
    Plain,
}

impl Form {
    fn of(name: &str) -> Self {
        match name.rsplit_once('.') {
            Some((_, "typ")) => Self::Typst,
            Some((_, "txt")) => Self::Plain,
            _ => Self::Html,
        }
    }
}

/// One instance for each format: an instance has a single escape function.
fn load(sources: &BTreeMap<String, Arc<Source>>, form: Form) -> Result<Tera, Diagnostic> {
    let mut tera = Tera::new();
    match form {
        Form::Typst => {
            tera.set_escape_fn(|text, out| out.write_all(typst(text).as_bytes()));
            tera.autoescape_on([".typ"]);
            filters::register_typst(&mut tera);
        }
        Form::Html => {
            tera.set_escape_fn(|text, out| out.write_all(html(text).as_bytes()));
            tera.autoescape_on([".html"]);
            filters::register_html(&mut tera);
        }
        Form::Plain => tera.autoescape_on(Vec::<&str>::new()),
    }
    let wanted = sources.iter().filter(|(name, _)| Form::of(name) == form);
    let templates = wanted.map(|(name, source)| (name.as_str(), source.text()));
    match tera.add_raw_templates(templates) {
        Ok(()) => Ok(tera),
        Err(error) => Err(failure::diagnostic(&error, "", sources)),
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
