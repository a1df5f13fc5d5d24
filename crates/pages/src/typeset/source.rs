//! The characters that a source asks to have drawn, for the engine that cannot look at the
//! finished pages.

use typst::syntax::{SyntaxKind, SyntaxNode, ast, parse};

use super::engine::{Job, MAIN};
use super::fonts::Fonts;
use super::messages::uncovered_character;
use base::diag::Diagnostics;

/// The characters of a job's text and strings that none of the fonts has, each once. Comments
/// and code do not count.
pub(super) fn uncovered(job: &Job, fonts: &Fonts) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut seen = String::new();
    let files = job.files.iter().map(|(path, text)| (path.as_str(), &**text));
    for (path, text) in [(MAIN, job.main.as_str())].into_iter().chain(files) {
        if !path.ends_with(".typ") {
            continue;
        }
        let mut drawn = String::new();
        collect(&parse(text), &mut drawn);
        for c in drawn.chars().filter(|&c| !fonts.covered_by_any(c)) {
            if !seen.contains(c) {
                seen.push(c);
                diagnostics.push(uncovered_character(c, path, &job.label));
            }
        }
    }
    diagnostics
}

fn collect(node: &SyntaxNode, drawn: &mut String) {
    match node.kind() {
        SyntaxKind::Text | SyntaxKind::MathText => drawn.push_str(node.leaf_text()),
        SyntaxKind::Str => {
            if let Some(string) = node.cast::<ast::Str<'_>>() {
                drawn.push_str(&string.get());
            }
        }
        SyntaxKind::Escape => drawn.extend(node.cast::<ast::Escape<'_>>().map(|e| e.get())),
        _ => node.children().for_each(|child| collect(child, drawn)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_and_escapes_are_drawn_comments_are_not() {
        let mut drawn = String::new();
        collect(
            &parse("甲 // 注\n#text(\"乙\\u{4e19}\")\n\\u{4e01} `戊` #[*己*] /* 注 */"),
            &mut drawn,
        );
        let chinese: String = drawn.chars().filter(|c| !c.is_ascii()).collect();
        assert_eq!(chinese, "甲乙丙丁戊己");
    }
}
