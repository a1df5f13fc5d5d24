//! Headings, items and prose in the order of the text, put into sections: a section holds prose,
//! then items of one running number, then sections, then prose. What comes in another order gets
//! sections without a heading.

use crate::draft::{Item, Section};

/// A section may hold sections down to this depth (docs/records.md).
const DEPTH: usize = 3;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    Item(Item),
    Section(Box<Section>, Vec<Block>),
    Prose(String),
}

/// Fills a section at a depth. What does not fit below it comes back, to stand beside it.
pub(crate) fn assemble(
    mut section: Section,
    blocks: Vec<Block>,
    depth: usize,
) -> (Section, Vec<Section>) {
    let mut below: Vec<Section> = Vec::new();
    let mut prose: Vec<String> = Vec::new();
    for block in blocks {
        match block {
            Block::Prose(text) => {
                if section.items.is_empty() && below.is_empty() {
                    section.before.push(text);
                } else {
                    prose.push(text);
                }
            }
            Block::Item(item) => {
                let run = match below.last_mut() {
                    None => &mut section,
                    Some(last) => last,
                };
                if prose.is_empty() && goes_on(run, &item) {
                    run.items.push(item);
                } else {
                    below.push(Section {
                        before: std::mem::take(&mut prose),
                        items: vec![item],
                        ..Section::default()
                    });
                }
            }
            Block::Section(inner, blocks) => {
                if !prose.is_empty() {
                    below
                        .push(Section { before: std::mem::take(&mut prose), ..Section::default() });
                }
                let (inner, overflow) = assemble(*inner, blocks, depth + 1);
                below.push(inner);
                below.extend(overflow);
            }
        }
    }
    if depth >= DEPTH {
        if below.is_empty() {
            section.after.extend(prose);
        } else if let Some(last) = below.last_mut() {
            last.after.extend(prose);
        }
        return (section, below);
    }
    section.sections = below;
    section.after.extend(prose);
    (section, Vec::new())
}

/// Whether an item follows the items of a section: the same style, the next number.
fn goes_on(section: &Section, item: &Item) -> bool {
    if !section.sections.is_empty() || !section.after.is_empty() {
        return false;
    }
    let Some(last) = section.items.last() else {
        // A section that has a heading and nothing yet.
        return true;
    };
    match (last.number, item.number) {
        (Some((style, n)), Some((other, m))) => style == other && m == n + 1,
        (None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use records::content::schema::section::NumberStyle::{Dot, HanBracket};

    fn item(number: Option<(records::content::schema::section::NumberStyle, u32)>) -> Block {
        Block::Item(Item { number, ..Item::default() })
    }

    #[test]
    fn items_of_two_levels_become_sections_without_headings() {
        let measures = Section { heading: Some("具体措施".into()), ..Section::default() };
        let blocks = vec![
            item(Some((HanBracket, 1))),
            Block::Section(Box::new(measures), vec![item(Some((Dot, 1))), item(Some((Dot, 2)))]),
            item(Some((HanBracket, 2))),
            Block::Prose("结束语".into()),
        ];
        let (section, overflow) = assemble(Section::default(), blocks, 1);
        assert!(overflow.is_empty());
        assert_eq!(section.items.len(), 1);
        assert_eq!(section.sections.len(), 2);
        assert_eq!(section.sections[0].items.len(), 2);
        assert_eq!(section.sections[1].heading, None);
        assert_eq!(section.after, ["结束语"]);
    }

    #[test]
    fn at_the_last_depth_they_stand_beside_each_other() {
        let blocks = vec![item(Some((Dot, 1))), item(Some((Dot, 7)))];
        let (section, overflow) = assemble(Section::default(), blocks, 3);
        assert_eq!((section.items.len(), section.sections.len(), overflow.len()), (1, 0, 1));
    }
}
