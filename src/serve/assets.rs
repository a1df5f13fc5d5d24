//! The preview's own page: assets/preview, which is in the binary.

use std::borrow::Cow;

use rust_embed::RustEmbed;
use tera::{Context, Tera};

use super::words::words;
use base::diag::Lang;

#[derive(RustEmbed)]
#[folder = "assets/preview/"]
struct Assets;

/// The page as a template: its words are filled in.
const PAGE: &str = "page.html";

/// What the page may do: run its own scripts, ask its own server, frame the files of output/.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

/// The page in a language.
pub(super) fn page(lang: Lang, project: &str) -> Option<String> {
    let page = Assets::get(PAGE)?;
    let mut tera = Tera::new();
    tera.add_raw_template(PAGE, &String::from_utf8_lossy(&page.data)).ok()?;
    let words = words(lang);
    let mut context = Context::new();
    context.insert("lang", if lang == Lang::Zh { "zh-CN" } else { "en" });
    context.insert("project", project);
    context.insert("words", &words);
    // In a script element only this sign could end it.
    let json = serde_json::to_string(&words).ok()?.replace('<', "\\u003c");
    context.insert("words_json", &json);
    tera.render(PAGE, &context).ok()
}

/// A style or a script with its type.
pub(super) fn file(name: &str) -> Option<(Vec<u8>, &'static str)> {
    let content_type = match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    let bytes = match Assets::get(name)?.data {
        Cow::Borrowed(bytes) => bytes.to_vec(),
        Cow::Owned(bytes) => bytes,
    };
    Some((bytes, content_type))
}
