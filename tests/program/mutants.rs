//! Mutated records: whatever somebody types, the program reads all of it, says what is wrong at its
//! place, and never stops in the middle.

use std::panic::{AssertUnwindSafe, catch_unwind};

use base::disk::sha256;
use records::content::load;
use records::publication::prepare;

use crate::support::{ITEMS, NOTICE, Project, Random, UNITS, is_long};

/// Bits of YAML and of Chinese that mean something, and some that should not be there.
const PIECES: [&str; 40] = [
    ":",
    ": ",
    "- ",
    "#",
    "\n",
    "  ",
    "\t",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "|",
    ">",
    "'",
    "\"",
    "!!str ",
    "---\n",
    "...\n",
    "<<: ",
    "null",
    "~",
    "true",
    "0",
    "-1",
    "99999999999999999999",
    "1e999",
    "2025-02-30",
    "0x1F",
    "\u{feff}",
    "\u{0}",
    "\u{202e}",
    "\u{fffe}",
    "〔",
    "（",
    "、",
    "各镇街",
    "其他各单位",
    "😀",
];

/// One to three changes of a text.
fn mutate(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        if chars.is_empty() {
            break;
        }
        let at = random.below(chars.len());
        match random.below(7) {
            0 => drop(chars.remove(at)),
            1 => drop(chars.splice(at..at, PIECES[random.below(PIECES.len())].chars())),
            2 => chars[at] = char::from_u32(random.next() as u32 % 0x3000).unwrap_or('\u{7f}'),
            3 => chars.truncate(at),
            4 => {
                let end = (at + 1 + random.below(40)).min(chars.len());
                chars.drain(at..end);
            }
            5 => {
                let end = (at + 1 + random.below(60)).min(chars.len());
                let again = chars[at..end].to_vec();
                chars.splice(at..at, again);
            }
            _ => {
                let other = random.below(chars.len());
                chars.swap(at, other);
            }
        }
    }
    chars.into_iter().collect()
}

#[test]
fn mutated_records_are_read_or_refused_at_their_place() {
    let count = if is_long() { 20_000 } else { 300 };
    let project = Project::new();
    let yinfa = "office: 云溪区发改局\noutput: output\n";
    let files = [
        ("yinfa.yaml", yinfa),
        ("content/units.yaml", UNITS),
        ("content/p/notice.yaml", NOTICE),
        ("content/p/items.yaml", ITEMS),
    ];
    let mut random = Random(704);
    let (mut refused, mut read) = (0, 0);
    for round in 0..count {
        let (path, text) = files[random.below(files.len())];
        let mutant = mutate(text, &mut random);
        std::fs::write(project.path(path), &mutant).unwrap();
        let root = project.root();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let Ok(loaded) = load(&root) else { return true };
            let prepared = prepare(&loaded, |_| true);
            let all = prepared.iter().flat_map(|one| one.diags.iter());
            let mut errors = false;
            for problem in all.chain(loaded.settings.iter()).chain(loaded.files.iter()) {
                errors |= problem.severity == base::diag::Severity::Error;
                assert!(!problem.message.get(base::diag::Lang::Zh).is_empty(), "{problem:?}");
                if let Some(span) = &problem.span {
                    let (line, column) = (span.start().line, span.start().column);
                    assert!(line >= 1 && column >= 1, "{problem:?}");
                }
            }
            errors
        }));
        match outcome {
            Ok(true) => refused += 1,
            Ok(false) => read += 1,
            Err(_) => panic!("round {round}, {path} ({}):\n{mutant}", sha256(mutant.as_bytes())),
        }
        std::fs::write(project.path(path), text).unwrap();
    }
    println!("{count} mutants: {refused} refused, {read} read");
    // Both happen, so that the test says something of both.
    assert!(refused > count / 10 && read > count / 20, "{refused} refused, {read} read");
}
