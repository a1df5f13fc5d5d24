//! Putting a role's faces in the form that Typst takes: a list of families and one weight.

use typst::text::{FontBook, FontStretch, FontStyle, FontVariant, FontWeight};

use super::RoleFaces;
use super::face::Face;
use super::roles::{Role, Standing};

/// One face wanted for one role: its place in the list of found ones.
pub(super) struct Pick {
    pub(super) found: usize,
    pub(super) weight: u16,
    pub(super) standing: Standing,
}

/// Typst picks within a family by the weight of the text, so a list of families cannot ask for
/// two weights at once. The weight under which it takes most of the wanted faces, and the first
/// of all, is the role's; the faces it then takes are the list.
pub(super) fn settle(wanted: &[(usize, &Pick)], faces: &[Face], book: &FontBook) -> RoleFaces {
    let taken = |weight: u16, family: &str| taken(book, family, weight);
    let hits = |weight: u16| {
        let hit = |&&(place, pick): &&(usize, &Pick)| {
            let face = &faces[place];
            // A variable face is taken at any weight and drawn in it.
            (!face.is_variable() || weight == pick.weight)
                && taken(weight, face.family()) == Some(place)
        };
        (wanted.first().is_some_and(|first| hit(&first)), wanted.iter().filter(hit).count())
    };
    let mut weight = wanted.first().map_or(400, |(_, pick)| pick.weight);
    for &(place, pick) in wanted {
        for candidate in [pick.weight, faces[place].weight()] {
            if hits(candidate) > hits(weight) {
                weight = candidate;
            }
        }
    }
    let mut list: Vec<(usize, Standing)> = Vec::new();
    for &(place, pick) in wanted {
        let place = taken(weight, faces[place].family()).unwrap_or(place);
        if !list.iter().any(|&(other, _)| other == place) {
            list.push((place, pick.standing));
        }
    }
    RoleFaces { list, weight, marks: None }
}

/// The face that Typst takes of a family for text of a weight.
fn taken(book: &FontBook, family: &str, weight: u16) -> Option<usize> {
    let variant = FontVariant {
        style: FontStyle::Normal,
        weight: FontWeight::from_number(weight),
        stretch: FontStretch::NORMAL,
    };
    book.select(&family.to_lowercase(), variant)
}

/// Where a role's first face draws the marks of Chinese text narrow, they are taken from a face
/// of 宋体 that does not.
pub(super) fn borrow_marks(roles: &mut [RoleFaces], faces: &[Face], book: &FontBook) {
    let song = Role::ALL.iter().position(|&role| role == Role::Song);
    let Some(lenders) = song.map(|song| roles[song].list.clone()) else {
        return;
    };
    for role in roles {
        let Some(&(first, _)) = role.list.first() else {
            continue;
        };
        let narrow = faces[first].narrow_marks();
        let wide = |place: usize| {
            let face = &faces[place];
            narrow.iter().all(|&mark| face.has(mark) && !face.narrow_marks().contains(&mark))
        };
        let lender = lenders
            .iter()
            .filter_map(|&(place, _)| taken(book, faces[place].family(), role.weight))
            .find(|&place| wide(place));
        role.marks =
            lender.filter(|_| !narrow.is_empty()).map(|place| (place, narrow.iter().collect()));
    }
}
