//! The paths that one source file names, read from its tokens: comments and the texts of strings
//! are left out, the arguments of macros are read.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What one file says of others.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// Names of `mod name;`.
    pub(crate) modules: Vec<String>,
    /// Names of the items it defines.
    pub(crate) items: Vec<String>,
    /// Names of the macros it defines for the whole crate and others.
    pub(crate) macros: Vec<String>,
    /// What `use` brings in; the name is `*` for all of a module.
    pub(crate) imports: Vec<Import>,
    /// Every path of two segments and more outside `use`.
    pub(crate) paths: Vec<Path>,
}

#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) name: String,
    pub(crate) path: Path,
}

#[derive(Debug, Clone)]
pub(crate) struct Path {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
}

const ITEMS: [&str; 8] = ["fn", "struct", "enum", "union", "trait", "type", "const", "static"];

/// Reads a file. Code behind `#[cfg(test)]` is left out: tests may use what they like.
pub(crate) fn read(text: &str) -> File {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error}"));
    let mut file = File::default();
    walk(tokens, &mut file);
    file
}

fn walk(tokens: TokenStream, file: &mut File) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if is_test_attribute(&tokens[at..]) {
            at = behind_item(&tokens, at + 2);
            continue;
        }
        match &tokens[at] {
            TokenTree::Group(group) => walk(group.stream(), file),
            TokenTree::Ident(word) if word == "use" => at = import(&tokens, at + 1, file),
            TokenTree::Ident(word) if word == "mod" => {
                if let (Some(name), true) = (ident(&tokens, at + 1), is_punct(&tokens, at + 2, ';'))
                {
                    file.modules.push(name);
                }
                at += 1;
            }
            TokenTree::Ident(word) => {
                if ITEMS.iter().any(|item| word == item) {
                    file.items.extend(ident(&tokens, at + 1));
                }
                if word == "macro_rules" {
                    file.macros.extend(ident(&tokens, at + 2));
                }
                let line = word.span().start().line;
                let (segments, end) = path(&tokens, at);
                // What stands behind `::` or `.` belongs to what stands before it.
                let continued = at > 0 && [':', '.'].iter().any(|c| is_punct(&tokens, at - 1, *c));
                let typed =
                    at > 1 && is_punct(&tokens, at - 1, ':') && !is_punct(&tokens, at - 2, ':');
                if segments.len() > 1 && (!continued || typed) {
                    file.paths.push(Path { segments, line });
                }
                at = end - 1;
            }
            _ => {}
        }
        at += 1;
    }
}

/// The segments of the path that begins here, and the place behind it.
fn path(tokens: &[TokenTree], start: usize) -> (Vec<String>, usize) {
    let mut segments = Vec::new();
    let mut at = start;
    while let Some(word) = ident(tokens, at) {
        segments.push(word);
        at += 1;
        if !(is_punct(tokens, at, ':') && is_punct(tokens, at + 1, ':')) {
            break;
        }
        if ident(tokens, at + 2).is_none() {
            break;
        }
        at += 2;
    }
    (segments, at)
}

/// Reads the tree of a `use`, and gives the place of its semicolon.
fn import(tokens: &[TokenTree], start: usize, file: &mut File) -> usize {
    let end = (start..tokens.len()).find(|at| is_punct(tokens, *at, ';')).unwrap_or(tokens.len());
    tree(&tokens[start..end], &[], file);
    end
}

fn tree(tokens: &[TokenTree], before: &[String], file: &mut File) {
    for branch in tokens.split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ',')) {
        let mut segments = before.to_vec();
        let mut alias = None;
        let mut line = 0;
        let mut nested = false;
        let mut words = branch.iter().peekable();
        while let Some(token) = words.next() {
            match token {
                TokenTree::Ident(word) if word == "as" => {
                    alias = words.next().map(ToString::to_string);
                }
                TokenTree::Ident(word) => {
                    line = word.span().start().line;
                    segments.push(word.to_string());
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    tree(&inner, &segments, file);
                    nested = true;
                }
                TokenTree::Punct(punct) if punct.as_char() == '*' => {
                    line = punct.span().start().line;
                    alias = Some("*".to_string());
                }
                _ => {}
            }
        }
        if nested || segments.is_empty() {
            continue;
        }
        if segments.len() > before.len() && segments.last().is_some_and(|last| last == "self") {
            segments.pop();
        }
        let name = alias.or_else(|| segments.last().cloned()).unwrap_or_default();
        file.imports.push(Import { name, path: Path { segments, line } });
    }
}

/// Whether `#[cfg(test)]` stands here.
fn is_test_attribute(tokens: &[TokenTree]) -> bool {
    is_punct(tokens, 0, '#')
        && matches!(tokens.get(1), Some(TokenTree::Group(group))
            if group.stream().to_string().replace(' ', "") == "cfg(test)")
}

/// The place behind the item that begins here.
fn behind_item(tokens: &[TokenTree], start: usize) -> usize {
    let ends = |at: &usize| {
        let body = matches!(&tokens[*at], TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        // The braces of `use a::{b, c};` do not end it, its semicolon does.
        is_punct(tokens, *at, ';') || body && !is_punct(tokens, at + 1, ';')
    };
    (start..tokens.len()).find(ends).map_or(tokens.len(), |end| end + 1)
}

fn ident(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at) {
        Some(TokenTree::Ident(word)) => Some(word.to_string()),
        _ => None,
    }
}

fn is_punct(tokens: &[TokenTree], at: usize, wanted: char) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let file = read(text);
        let imports = file.imports.iter().map(|import| &import.path);
        imports.chain(&file.paths).map(|path| path.segments.join("::")).collect()
    }

    #[test]
    fn paths_stand_in_imports_types_expressions_and_macros() {
        assert_eq!(
            all("use crate::a::{self, b::C, d as e};"),
            ["crate::a", "crate::a::b::C", "crate::a::d"]
        );
        assert_eq!(all("pub use super::a::*;"), ["super::a"]);
        assert_eq!(
            all("fn f(a: crate::a::B) -> Vec<super::C> { self::d::e::<F>() }"),
            ["crate::a::B", "super::C", "self::d::e"]
        );
        assert_eq!(all("fn f() { println!(\"{}\", crate::a::B) }"), ["crate::a::B"]);
        assert_eq!(all("fn f() { use crate::a::B; }"), ["crate::a::B"]);
        assert_eq!(all("pub(in crate::a) fn f() {}"), ["crate::a"]);
    }

    #[test]
    fn comments_strings_and_tests_name_nothing() {
        assert!(
            all("/// [`crate::a::B`]\n// crate::a::B\nconst A: &str = \"crate::a::B\";").is_empty()
        );
        assert!(all("#[cfg(test)] mod tests { use crate::a::B; }").is_empty());
        assert!(all("#[cfg(test)] use crate::a::{B, C};").is_empty());
        assert_eq!(all("#[cfg(test)] fn f() {} fn g() { crate::a::b() }"), ["crate::a::b"]);
        assert_eq!(read("#[cfg(test)] mod tests; mod a;").modules, ["a"]);
    }

    #[test]
    fn a_path_knows_its_line() {
        assert_eq!(read("\n\nuse crate::a;\n").imports[0].path.line, 3);
        assert_eq!(read("fn f() {\n    crate::a::b();\n}\n").paths[0].line, 2);
    }
}
