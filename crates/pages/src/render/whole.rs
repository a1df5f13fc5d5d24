//! What no line break divides in a table's cell: numbers with their measures, dates, short names.

use super::escape;
use base::columns::pieces;
use base::rich::{Block, Inline, Rich};

/// Longer ones would leave half a line empty.
const LONGEST: usize = 10;

/// A text as Typst markup, with `#keep(…)` around what stays whole.
pub(super) fn markup(text: &str, names: bool) -> String {
    let mut out = String::new();
    for piece in pieces(text, names) {
        // Writing into a string cannot fail.
        let (before, words, behind) = without_marks(piece);
        let _ = escape::typst(before, &mut out);
        if words.chars().nth(1).is_some() {
            out.push_str(&format!("#keep({});", escape::typst_string(words)));
        } else {
            let _ = escape::typst(words, &mut out);
        }
        let _ = escape::typst(behind, &mut out);
    }
    out
}

/// A piece between its marks: at the edge of a box they would be squeezed, and most of them cling to
/// what is beside them anyway (UAX 14, LB13). Those that do not stay in the box.
fn without_marks(piece: &str) -> (&str, &str, &str) {
    let is_mark = |c: char| !c.is_alphanumeric() && c != '%' && c != '％' && c != '‰';
    let rest = piece.trim_start_matches(is_mark);
    let words = rest.trim_end_matches(|c| is_mark(c) && !"；：！？".contains(c));
    let before = piece.len() - rest.len();
    (&piece[..before], words, &piece[before + words.len()..])
}

/// Running text whose numbers and dates are kept like names. A cell holds no table: it is told in lines.
pub(super) fn rich(rich: Rich) -> Rich {
    let mut rich = rich.without_tables();
    blocks(&mut rich.blocks);
    rich
}

fn blocks(all: &mut [Block]) {
    for block in all {
        match block {
            Block::Paragraph { inlines: content } | Block::Heading { inlines: content, .. } => {
                inlines(content);
            }
            Block::List { entries, .. } => entries.iter_mut().for_each(|entry| blocks(entry)),
            Block::Table(_) => {}
        }
    }
}

fn inlines(content: &mut Vec<Inline>) {
    let old = std::mem::take(content);
    for mut inline in old {
        match &mut inline {
            Inline::Text { text } => {
                let mut running = String::new();
                for piece in pieces(text, false) {
                    let (before, words, behind) = without_marks(piece);
                    let number = words.starts_with(|c: char| c.is_ascii_digit());
                    if !number || !(2..=LONGEST).contains(&words.chars().count()) {
                        running.push_str(piece);
                        continue;
                    }
                    running.push_str(before);
                    if !running.is_empty() {
                        content.push(Inline::Text { text: std::mem::take(&mut running) });
                    }
                    content.push(Inline::Name { text: words.to_string() });
                    running.push_str(behind);
                }
                if !running.is_empty() {
                    content.push(Inline::Text { text: running });
                }
                continue;
            }
            Inline::Strong { inlines: inner }
            | Inline::Emphasis { inlines: inner }
            | Inline::Link { inlines: inner, .. } => inlines(inner),
            Inline::Name { .. } | Inline::Break => {}
        }
        content.push(inline);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::rich::plain_text;

    #[test]
    fn numbers_and_names() {
        assert!(markup("6月底前", true).contains("#keep(\"6月底前\");"));
        assert!(markup("甲500P以上", false).contains("#keep(\"500P以上\");"));
        let text = plain_text("全年新建260个以上，长1234567890123米。");
        let whole = rich(text.clone());
        assert_eq!(whole.plain(), text.plain());
        let Block::Paragraph { inlines } = &whole.blocks[0] else { panic!("{whole:?}") };
        assert!(inlines.contains(&Inline::Name { text: "260个以上".into() }), "{inlines:?}");
        assert_eq!(inlines.len(), 3, "{inlines:?}");
    }
}
