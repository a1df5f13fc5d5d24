//! Choosing the faces: what was found is matched with what the roles want, and loaded.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use typst::text::FontBook;

use super::cache::{Cache, Inside};
use super::face::{Face, FontFile};
use super::messages;
use super::roles::{Candidate, PlainName, Role, Standing};
use super::scan::{FoundFace, FoundFile, faces, unreadable};
use super::settle::{Pick, borrow_marks, settle};
use super::{FontSettings, RoleFaces};
use base::diag::Diagnostics;

/// Everything that was loaded.
pub(super) struct Loaded {
    pub(super) files: Vec<Arc<FontFile>>,
    pub(super) faces: Vec<Face>,
    pub(super) book: FontBook,
    pub(super) roles: Vec<RoleFaces>,
}

pub(super) fn choose(
    files: &[FoundFile],
    cache: &Cache,
    settings: &FontSettings,
    diagnostics: &mut Diagnostics,
) -> Loaded {
    let found = &faces(files);
    let names = &found.iter().map(Named::of).collect::<Vec<_>>();
    let mut picks: Vec<Vec<Pick>> =
        Role::ALL.into_iter().map(|role| pick(role, names, settings, diagnostics)).collect();
    add_last_resorts(&mut picks);

    let wanted: Vec<usize> = picks.iter().flatten().map(|pick| pick.found).collect();
    let first: Vec<usize> = picks.iter().filter_map(|p| p.first()).map(|pick| pick.found).collect();
    let (files, faces, places) = load(found, files, cache, &wanted, &first, diagnostics);
    let book = FontBook::from_infos(faces.iter().map(|face| face.inside().info.clone()));
    let roles = Role::ALL
        .into_iter()
        .zip(picks)
        .map(|(role, picks)| {
            let wanted: Vec<_> =
                picks.iter().filter_map(|pick| Some((*places.get(&pick.found)?, pick))).collect();
            let settled = settle(&wanted, &faces, &book);
            let first = settled.list.first();
            let first = first.map(|&(place, standing)| (faces[place].family(), standing));
            messages::judge(role, first, diagnostics);
            settled
        })
        .collect();
    let mut loaded = Loaded { files, faces, book, roles };
    borrow_marks(&mut loaded.roles, &loaded.faces, &loaded.book);
    loaded
}

/// A face with its families' names as they are compared: a machine may have hundreds of faces,
/// and every role looks through all of them for each of its families.
struct Named<'a> {
    face: &'a FoundFace,
    families: Vec<PlainName>,
}

impl<'a> Named<'a> {
    fn of(face: &'a FoundFace) -> Self {
        let families = face.header.families.iter().map(|name| PlainName::of(name)).collect();
        Self { face, families }
    }
}

/// The faces that serve a role, those that the settings name first.
fn pick(
    role: Role,
    found: &[Named<'_>],
    settings: &FontSettings,
    diagnostics: &mut Diagnostics,
) -> Vec<Pick> {
    let mut picks: Vec<Pick> = Vec::new();
    let mut add = |found, weight, standing| {
        if !picks.iter().any(|pick| pick.found == found) {
            picks.push(Pick { found, weight, standing });
        }
    };
    for (_, family) in settings.families.iter().filter(|(of, _)| *of == role) {
        match best(found, &[family], role.weight()) {
            Some(face) => add(face, role.weight(), Standing::Chosen),
            None => diagnostics.push(messages::unknown_family(role, family)),
        }
    }
    for &Candidate { names, weight, standing } in role.chain() {
        if let Some(face) = best(found, names, weight) {
            add(face, weight, standing);
        }
    }
    picks
}

/// The face of a family that comes nearest to the upright normal one in a weight; of equal
/// ones the first found.
fn best(found: &[Named<'_>], names: &[&str], weight: u16) -> Option<usize> {
    let names: Vec<PlainName> = names.iter().map(|name| PlainName::of(name)).collect();
    let matches = |one: &Named<'_>| {
        one.families.iter().any(|family| names.iter().any(|name| name.means(family)))
    };
    let (index, _) = found.iter().enumerate().filter(|(_, one)| matches(one)).min_by_key(
        |(_, Named { face: FoundFace { header, .. }, .. })| {
            let (light, heavy) = (*header.weights.start(), *header.weights.end());
            let nearest = weight.clamp(light, heavy.max(light));
            (!header.upright, header.width.abs_diff(5), nearest.abs_diff(weight))
        },
    )?;
    Some(index)
}

/// Rare characters of names are in few faces: behind its own, every role gets those of 宋体 and
/// 黑体, the styles whose free faces have nearly all.
fn add_last_resorts(picks: &mut [Vec<Pick>]) {
    let last: Vec<(usize, u16)> = Role::ALL
        .iter()
        .zip(picks.iter())
        .filter(|(role, _)| matches!(role, Role::Hei | Role::Song))
        .rev()
        .flat_map(|(_, picks)| picks.iter().map(|pick| (pick.found, pick.weight)))
        .collect();
    for list in picks {
        for &(found, weight) in &last {
            if !list.iter().any(|pick| pick.found == found) {
                list.push(Pick { found, weight, standing: Standing::LastResort });
            }
        }
    }
}

type Places = BTreeMap<usize, usize>;

/// Takes the wanted faces, from the cache where it knows them. Faces of the same family in the
/// same file come along: the `typst` command sees them too, and both must choose among the same
/// ones. Of files that have to be read, those of `first` faces stay in memory, since a build
/// begins with them.
fn load(
    found: &[FoundFace],
    files: &[FoundFile],
    cache: &Cache,
    wanted: &[usize],
    first: &[usize],
    diagnostics: &mut Diagnostics,
) -> (Vec<Arc<FontFile>>, Vec<Face>, Places) {
    let mut chosen: BTreeMap<&Path, Vec<usize>> = BTreeMap::new();
    for (at, face) in found.iter().enumerate() {
        let relative = |&wanted: &usize| {
            let wanted = &found[wanted];
            let families = &wanted.header.families;
            wanted.path == face.path && families.iter().any(|f| face.header.families.contains(f))
        };
        if wanted.iter().any(relative) {
            chosen.entry(&face.path).or_default().push(at);
        }
    }
    let chosen: Vec<(&Path, Vec<usize>)> = chosen.into_iter().collect();
    let looks = look_into(&chosen, found, files, cache, first);

    let mut faces = Vec::new();
    let mut places = Places::new();
    let mut read = Vec::new();
    for ((path, chosen), look) in chosen.iter().zip(looks) {
        match look {
            Ok((file, insides)) => {
                for (&at, inside) in chosen.iter().zip(insides) {
                    match inside {
                        Some(inside) => {
                            places.insert(at, faces.len());
                            faces.push(Face::new(&file, found[at].index, inside));
                        }
                        None => diagnostics.push(unreadable(path, "no usable face in the file")),
                    }
                }
                read.push(file);
            }
            Err(error) => diagnostics.push(unreadable(path, &error.to_string())),
        }
    }
    (read, faces, places)
}

type Look = io::Result<(Arc<FontFile>, Vec<Option<Inside>>)>;

/// Looks into files, several at once: the first run has a hundred megabytes to read.
fn look_into(
    chosen: &[(&Path, Vec<usize>)],
    found: &[FoundFace],
    files: &[FoundFile],
    cache: &Cache,
    first: &[usize],
) -> Vec<Look> {
    let look = |(path, faces): &(&Path, Vec<usize>)| -> Look {
        let stamp = files.iter().find(|file| file.path == *path).and_then(|f| f.stamp.clone());
        let known = cache.get(path, stamp.as_ref());
        let file = FontFile::new(path, stamp.clone(), known.and_then(|k| k.sha256.clone()));
        let remembered: Option<Vec<Option<Inside>>> = known.and_then(|known| {
            faces.iter().map(|&at| Some(known.faces.get(&found[at].index).cloned())).collect()
        });
        if let Some(insides) = remembered.filter(|insides| insides.iter().all(Option::is_some)) {
            return Ok((Arc::new(file), insides));
        }
        let bytes = file.read()?;
        let inside = |&at: &usize| Inside::of(bytes.bytes(), found[at].index);
        let insides = faces.iter().map(inside).collect();
        if faces.iter().any(|at| first.contains(at)) {
            file.keep(bytes);
        }
        Ok((Arc::new(file), insides))
    };
    std::thread::scope(|scope| {
        let look = &look;
        let threads: Vec<_> = chosen.iter().map(|one| scope.spawn(move || look(one))).collect();
        let ended = |_| Err(io::Error::other("reading it ended abruptly"));
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(ended)).collect()
    })
}

/// The folders to search, those given first.
pub(super) fn folders<'a>(
    settings: &'a FontSettings,
    diagnostics: &mut Diagnostics,
) -> impl Iterator<Item = &'a Path> + use<'a> {
    for dir in settings.dirs.iter().filter(|dir| !dir.is_dir()) {
        diagnostics.push(messages::no_folder(dir));
    }
    settings.dirs.iter().chain(&settings.system_dirs).map(PathBuf::as_path)
}
