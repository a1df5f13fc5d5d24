//! Slips in a text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::{LEXICON, LONGEST, Lexicon, PROPOSED, Weight};
use crate::zh::is_han;

/// A word that seems to be written with a wrong character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Its characters in the text.
    pub range: Range<usize>,
    /// As it is written.
    pub written: String,
    /// The word that is proposed.
    pub proposed: String,
}

/// Names of units, places and persons: they are words, whatever the dictionary says.
#[derive(Debug, Clone, Default)]
pub struct Names(BTreeMap<char, Vec<Vec<char>>>);

impl Names {
    /// Names of two characters and more, the longest first.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all: Vec<Vec<char>> = names
            .into_iter()
            .map(|name| name.trim().chars().collect::<Vec<char>>())
            .filter(|name| name.len() >= 2)
            .collect();
        all.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        all.dedup();
        let mut by_first: BTreeMap<char, Vec<Vec<char>>> = BTreeMap::new();
        for name in all {
            by_first.entry(name[0]).or_default().push(name);
        }
        Self(by_first)
    }

    /// How many characters of a name begin here.
    fn at(&self, text: &[char]) -> usize {
        let names = text.first().and_then(|first| self.0.get(first));
        names.into_iter().flatten().find(|name| text.starts_with(name)).map_or(0, Vec::len)
    }
}

/// By how much a clause must become more probable: in thousandths of a natural logarithm.
const GAIN: Weight = 5_500;
/// What a near sound costs against the same one, and a near shape.
const NEAR_SOUND: Weight = 2_000;
const NEAR_SHAPE: Weight = 1_000;
/// What it costs to replace a character that stands by itself everywhere.
const FREE: Weight = 4_000;
const FREE_CHARACTERS: &str = "的了在和与及到以自先一大不要将既对出各省市区县每本该从由向是有我们又也都而且或其此这那等后前上下内外中为再新多少两二三四五六七八九十某";
/// What it costs inside quotation marks, where words are coined.
const QUOTED: Weight = 3_000;
/// A word of two and more characters that occurs more often than this is meant.
const RARE: u32 = 60;
/// What names of places and bodies end in: another rule knows them.
const BODIES: [char; 5] = ['局', '委', '办', '镇', '乡'];

/// Common traditional characters: a text with some of them is written in traditional characters, of
/// which the dictionary knows next to nothing.
const TRADITIONAL: &str = "國業發務與產會個為爲這來時過動對開關於學實現經進長門問間體當並點機條電話車東無義書區縣農財稅規劃據標準證銀衛權責應該單設員資項處們給認據總結構職衝緊護環節創專辦題號級層統計";

/// Where a text seems to have slips. What stands in `names` is left alone.
pub fn slips(text: &[char], names: &Names) -> Vec<Slip> {
    let lexicon = &*LEXICON;
    let mut found = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    let mut at = 0;
    while at <= text.len() {
        let c = text.get(at).copied();
        let name = c.filter(|c| is_han(*c)).map_or(0, |_| names.at(&text[at..]));
        if c.is_some_and(is_han) && name == 0 {
            at += 1;
            continue;
        }
        // A year in brackets belongs to a document number, whose code is no word.
        let year = c.is_some_and(|c| "〔[（(【".contains(c))
            && text[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count() == 4;
        if !year {
            clause(lexicon, text, start..at, quoted, &mut found);
        }
        quoted = match c {
            Some('“' | '「') => true,
            Some('”' | '」' | '。' | '\n') => false,
            _ => quoted,
        };
        at += name.max(1);
        start = at;
    }
    if !found.is_empty() && text.iter().filter(|&&c| is_traditional(c)).nth(1).is_some() {
        found.clear();
    }
    found
}

/// Whether two characters are taken for each other: by their sound, a near sound, or their shape.
pub fn alike(a: char, b: char) -> bool {
    let lexicon = &*LEXICON;
    let near = lexicon.sounds.near(b);
    lexicon.sounds.near(a).iter().any(|sound| near.contains(sound)) || lexicon.alike(a).contains(&b)
}

/// Whether the dictionary knows a word as a usual one.
pub fn is_usual(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    LEXICON.count(&chars) > RARE
}

fn is_traditional(c: char) -> bool {
    static ALL: LazyLock<BTreeSet<char>> = LazyLock::new(|| TRADITIONAL.chars().collect());
    // Few of them are used in simplified texts at all.
    c > '\u{4e00}' && ALL.contains(&c)
}

/// The slips of a run of Han characters.
fn clause(
    lexicon: &Lexicon,
    text: &[char],
    range: Range<usize>,
    quoted: bool,
    found: &mut Vec<Slip>,
) {
    let run = &text[range.clone()];
    // Somebody's name follows.
    let named = |word: &str| {
        let before = &text[..range.start];
        let word: Vec<char> = word.chars().collect();
        before.strip_suffix(&['：']).is_some_and(|before| before.ends_with(&word))
    };
    if run.len() < 2 || !run.iter().all(|&c| lexicon.knows(c)) || named("人") || named("姓名") {
        return;
    }
    let cut = Cut::of(lexicon, run);
    let weak: Vec<usize> =
        (0..run.len()).filter(|&place| cut.is_weak(lexicon, run, place)).collect();
    let mut best: Vec<(Weight, usize, Vec<char>)> = Vec::new();
    for place in weak {
        proposals(lexicon, run, place, &cut, quoted, &mut best);
    }
    // The greatest gain first; of equals the first place, then the order of characters.
    best.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)).then_with(|| a.2.cmp(&b.2)));
    let mut taken: Vec<Range<usize>> = Vec::new();
    for (_, start, word) in best {
        let place = start..start + word.len();
        if taken.iter().all(|other| place.end <= other.start || other.end <= place.start) {
            found.push(Slip {
                range: range.start + place.start..range.start + place.end,
                written: run[place.clone()].iter().collect(),
                proposed: word.iter().collect(),
            });
            taken.push(place);
        }
    }
}

/// A run cut into the words that make it most probable.
struct Cut {
    /// How probable the best cut of the characters before each place is, and of those behind it.
    before: Vec<Weight>,
    behind: Vec<Weight>,
    /// The word that each character belongs to.
    words: Vec<Range<usize>>,
}

impl Cut {
    fn of(lexicon: &Lexicon, run: &[char]) -> Self {
        let n = run.len();
        let lowest = Weight::MIN / 4;
        let mut before = vec![lowest; n + 1];
        let mut behind = vec![lowest; n + 1];
        let mut start_of = vec![0; n + 1];
        (before[0], behind[n]) = (0, 0);
        let mut known: Vec<(usize, usize, Weight)> = Vec::with_capacity(n * 2);
        for start in 0..n {
            let longer = run.get(start + 1).is_some_and(|&next| lexicon.begins(run[start], next));
            let longest = if longer { LONGEST } else { 1 };
            for end in start + 1..=n.min(start + longest) {
                let Some(weight) = lexicon.weight(&run[start..end]) else { continue };
                known.push((start, end, weight));
                if before[start] + weight > before[end] {
                    before[end] = before[start] + weight;
                    start_of[end] = start;
                }
            }
        }
        for &(start, end, weight) in known.iter().rev() {
            behind[start] = behind[start].max(behind[end] + weight);
        }
        let mut words = vec![0..0; n];
        let mut end = n;
        while end > 0 {
            let start = start_of[end];
            words[start..end].fill(start..end);
            end = start;
        }
        Self { before, behind, words }
    }

    /// Whether a character is left single, or belongs to a rare word.
    fn is_weak(&self, lexicon: &Lexicon, run: &[char], place: usize) -> bool {
        let word = &self.words[place];
        word.len() == 1 || lexicon.count(&run[word.clone()]) <= RARE
    }
}

/// The usual words that one other character at a place would make, with what each gains.
fn proposals(
    lexicon: &Lexicon,
    run: &[char],
    place: usize,
    cut: &Cut,
    quoted: bool,
    best: &mut Vec<(Weight, usize, Vec<char>)>,
) {
    let whole = cut.before[run.len()];
    let c = run[place];
    let free = if FREE_CHARACTERS.contains(c) { FREE } else { 0 };
    let least = GAIN + free + if quoted { QUOTED } else { 0 };
    let sounds = lexicon.sounds.near(c);
    let mut weigh = |start: usize, word: &[char], cost: Weight| {
        let end = start + word.len();
        let Some(weight) = lexicon.weight(word) else { return };
        let gain = cut.before[start] + weight + cut.behind[end] - whole - cost;
        if gain >= least && !word.last().is_some_and(|last| BODIES.contains(last)) {
            best.push((gain, start, word.to_vec()));
        }
    };
    for len in PROPOSED {
        for start in (place + 1).saturating_sub(len)..=place {
            let end = start + len;
            if end > run.len() {
                break;
            }
            let (written, inner) = (&run[start..end], place - start);
            for &sound in &sounds {
                for word in lexicon.of_sound(written, inner, sound) {
                    let other = word[inner];
                    if other != c {
                        let same = lexicon.sounds.same(c, other);
                        weigh(start, &word[..len], if same { 0 } else { NEAR_SOUND });
                    }
                }
            }
            for &other in lexicon.alike(c) {
                let mut word = written.to_vec();
                word[inner] = other;
                if lexicon.is_proposed(&word) {
                    weigh(start, &word, NEAR_SHAPE);
                }
            }
        }
    }
}
