//! Damage of every kind is found, and the reference validator agrees about the payload.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use yinfa::archive::verify::verify_bag;

use super::reference::Reference;
use super::{CODE, archived, bag, built, copy};
use crate::support::{Random, is_long};

/// A kind of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Damage {
    BitFlip,
    Truncated,
    Added,
    Removed,
    Swapped,
}

const KINDS: [Damage; 5] =
    [Damage::BitFlip, Damage::Truncated, Damage::Added, Damage::Removed, Damage::Swapped];

/// Damages a bag; returns the paths that are not what they were, with their bytes before.
fn damage(
    kind: Damage,
    folder: &Path,
    files: &[String],
    random: &mut Random,
) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut before = BTreeMap::new();
    // Every second one hits a tag file: they are few, and small.
    let tags: Vec<&String> = files.iter().filter(|path| !path.starts_with("data/")).collect();
    let pick = |random: &mut Random| {
        let path = if random.below(2) == 0 {
            tags[random.below(tags.len())]
        } else {
            &files[random.below(files.len())]
        };
        let path = folder.join(path);
        (path.clone(), fs::read(path).unwrap())
    };
    match kind {
        Damage::BitFlip => {
            let (path, mut bytes) = pick(random);
            before.insert(path.clone(), Some(bytes.clone()));
            let at = random.below(bytes.len());
            bytes[at] ^= 1 << random.below(8);
            fs::write(path, bytes).unwrap();
        }
        Damage::Truncated => {
            let (path, bytes) = pick(random);
            before.insert(path.clone(), Some(bytes.clone()));
            fs::write(path, &bytes[..random.below(bytes.len())]).unwrap();
        }
        Damage::Added => {
            let (path, bytes) = pick(random);
            let name = format!("added-{}.txt", random.below(1000));
            let path = path.with_file_name(name);
            before.insert(path.clone(), None);
            fs::write(path, bytes).unwrap();
        }
        Damage::Removed => {
            let (path, bytes) = pick(random);
            before.insert(path.clone(), Some(bytes));
            fs::remove_file(path).unwrap();
        }
        Damage::Swapped => loop {
            let ((a, in_a), (b, in_b)) = (pick(random), pick(random));
            if in_a == in_b {
                continue;
            }
            fs::write(&a, &in_b).unwrap();
            fs::write(&b, &in_a).unwrap();
            before.insert(a, Some(in_a));
            before.insert(b, Some(in_b));
            break;
        },
    }
    before
}

/// What the validators say about one kind of damage.
#[derive(Default, Debug)]
struct Count {
    payload: usize,
    tags: usize,
    /// Damages of tag files that the reference validator takes for none.
    only_ours: usize,
}

#[test]
fn every_damage_is_found() {
    let each = if is_long() { 1000 } else { 50 };
    let project = archived();
    let folder = project.path(&bag());
    let files: Vec<String> = project.files(&bag()).into_keys().collect();
    let found = verify_bag(&folder);
    assert!(found.is_good(), "{found:#?}");
    let mut reference = Reference::start();
    if let Some(reference) = &mut reference {
        assert!(reference.accepts(&folder), "a good bag");
    }
    let mut random = Random(8493);
    let mut counts: BTreeMap<Damage, Count> = BTreeMap::new();
    for kind in KINDS {
        let count = counts.entry(kind).or_default();
        for round in 0..each {
            let before = damage(kind, &folder, &files, &mut random);
            let paths: Vec<&PathBuf> = before.keys().collect();
            assert!(!verify_bag(&folder).is_good(), "{kind:?} {round} of {paths:?} is not found");
            let is_payload = before.keys().any(|path| path.starts_with(folder.join("data")));
            *(if is_payload { &mut count.payload } else { &mut count.tags }) += 1;
            if let Some(reference) = &mut reference
                && reference.accepts(&folder)
            {
                assert!(!is_payload, "{kind:?} {round} of {paths:?}: the validator accepts it");
                // What BagIt leaves open: tag manifests, and files that none lists.
                let name = paths[0].file_name().unwrap().to_str().unwrap();
                let open = kind == Damage::Added || name.starts_with("tagmanifest-");
                assert!(open, "{kind:?} {round} of {paths:?}: the validator accepts it");
                count.only_ours += 1;
            }
            for (path, bytes) in before {
                match bytes {
                    Some(bytes) => fs::write(path, bytes).unwrap(),
                    None => fs::remove_file(path).unwrap(),
                }
            }
        }
    }
    assert!(verify_bag(&folder).is_good());
    for (kind, count) in &counts {
        println!("{kind:?}: {count:?}");
        // Both were hit.
        assert!(count.payload > each / 5 && count.tags > each / 10, "{kind:?}: {count:?}");
    }
    if reference.is_some() && is_long() {
        let differ: usize = counts.values().map(|count| count.only_ours).sum();
        println!("{differ} damages of tag files are found by us alone");
    }
}

#[test]
fn the_reference_validator_takes_every_good_bag() {
    let Some(mut reference) = Reference::start() else { return };
    let project = archived();
    assert!(reference.accepts(&project.path(&bag())));
    let project = project.change("content/p/items.yaml", "10个", "12个");
    project.build(&[]).clean();
    project.en(&["archive", "p"]);
    assert!(reference.accepts(&project.path(&format!("{}_v2", bag()))));
    let project = built().file("scan.jpg", b"\xff\xd8\xff\xe0");
    project.en(&["archive", "p", "--pre-archive", "--original", "scan.jpg"]);
    assert!(reference.accepts(&project.path("archive/预归档_云发改〔2025〕1号")));
}

/// Where the two differ, and why: docs/archive.md lists these.
#[test]
fn what_the_reference_validator_does_not_find() {
    let Some(mut reference) = Reference::start() else { return };
    let project = archived();
    let whole = project.path(&bag());
    let mut differs = |name: &str, change: &dyn Fn(&Path)| {
        let folder = project.path(&format!("copies/{name}/{CODE}"));
        copy(&whole, &folder);
        change(&folder);
        assert!(!verify_bag(&folder).is_good(), "{name}");
        assert!(reference.accepts(&folder), "{name}: the validator finds it too");
    };
    differs("a tag file that is in no tag manifest", &|bag| {
        fs::write(bag.join("added.txt"), "x").unwrap();
    });
    differs("a tag manifest that is gone", &|bag| {
        fs::remove_file(bag.join("tagmanifest-sha512.txt")).unwrap();
    });
    differs("a tag manifest that is not whole", &|bag| {
        let path = bag.join("tagmanifest-sha256.txt");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.lines().next().unwrap().to_string() + "\n").unwrap();
    });
    differs("upper-case digits", &|bag| {
        let path = bag.join("tagmanifest-sha256.txt");
        let text = fs::read_to_string(&path).unwrap();
        let upper: String = text
            .lines()
            .map(|line| line.split_once("  ").unwrap())
            .fold(String::new(), |text, (digest, name)| {
                text + &digest.to_ascii_uppercase() + "  " + name + "\n"
            });
        fs::write(path, upper).unwrap();
    });
    differs("lines that are not sorted", &|bag| {
        let path = bag.join("tagmanifest-sha256.txt");
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines.reverse();
        fs::write(path, lines.join("\n") + "\n").unwrap();
    });
    differs("an empty folder", &|bag| fs::create_dir(bag.join("data/empty")).unwrap());
}
