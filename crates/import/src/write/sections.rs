//! `issued.sections` of a notice.

use super::items::assignment;
use super::names::Names;
use super::prose::prose;
use super::yaml::Yaml;
use crate::draft::Section;
use records::content::schema::section::NumberStyle;

/// Numbers as they will be given to what a record says nothing about.
pub(super) struct Numbering {
    /// The number after the last item's.
    next: u32,
    /// The place of the next section in the order of the text.
    place: usize,
}

impl Default for Numbering {
    fn default() -> Self {
        Self { next: 1, place: 0 }
    }
}

/// The name of a style in records.
pub(super) fn style_name(style: NumberStyle) -> &'static str {
    NumberStyle::ALL.iter().find(|(_, s)| *s == style).map_or("none", |(name, _)| name)
}

/// Writes sections of one depth.
pub(super) fn write(
    yaml: &mut Yaml,
    sections: &[Section],
    depth: usize,
    names: &Names,
    numbering: &mut Numbering,
) {
    let mut next = 1;
    for section in sections {
        let place = numbering.place;
        numbering.place += 1;
        yaml.item(|yaml| {
            if let Some(id) = names.id(place) {
                yaml.field("id", id);
            }
            if let Some(heading) = &section.heading {
                yaml.field("heading", heading);
                let (style, number) = section.number.unwrap_or((NumberStyle::None, next));
                if style != NumberStyle::of_level(depth) {
                    yaml.field("style", style_name(style));
                }
                if style != NumberStyle::None {
                    if number != next {
                        yaml.raw("start", &number.to_string());
                    }
                    next = number + 1;
                }
            }
            if let Some(assigned) = &section.assigned {
                assignment(yaml, assigned, names);
            }
            if !section.before.is_empty() {
                yaml.block("before", &prose(&section.before));
            }
            if !section.after.is_empty() {
                yaml.block("after", &prose(&section.after));
            }
            items(yaml, section, names, numbering);
            if !section.sections.is_empty() {
                yaml.open("sections", |yaml| {
                    write(yaml, &section.sections, depth + 1, names, numbering)
                });
            }
        });
    }
}

/// `items` of a section: where its numbers are others than the notice says.
fn items(yaml: &mut Yaml, section: &Section, names: &Names, numbering: &mut Numbering) {
    let Some(first) = section.items.first() else { return };
    let count = u32::try_from(section.items.len()).unwrap_or(0);
    let (style, number) = first.number.unwrap_or((NumberStyle::None, 0));
    let expected = if names.restart { 1 } else { numbering.next };
    let mut settings = Vec::new();
    if style != names.item_style {
        settings.push(format!("style: {}", super::yaml::flow_scalar(style_name(style))));
    }
    if style == NumberStyle::None {
        numbering.next = expected + count;
    } else {
        if number != expected {
            settings.push(format!("start: {number}"));
        }
        numbering.next = number + count;
    }
    if !settings.is_empty() {
        yaml.raw("items", &format!("{{{}}}", settings.join(", ")));
    }
}
