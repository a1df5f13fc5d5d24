//! Slips of the keyboard, found by method and not by a list.

use std::collections::BTreeMap;

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::lexicon::TYPOS;
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{self, Piece, TextKind};
use crate::content::schema::lexicon::List;
use base::diag::{Severity, Words};
use base::spelling::{Names, slips};
use base::text;
use base::title::dictionary_words;
use base::zh::{is_han, is_numeral};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "misspelling",
        severity: Severity::Warning,
        on: true,
        family: Family::Language,
        finds: Words::new(
            "像是输入法打错的字：音同、音近或形近",
            "What looks like a slip of the keyboard: a character of the same or a near sound, or a near shape.",
        ),
        why: Words::new(
            "词典里的词拼不成这句话，换一个音同、音近、形近的字就成了常用词时报告，并写出这个词。名录里的单位、地名，同一份通知里出现四次以上的写法，当作词。本地的词写进 yinfa.yaml 的 lexicon: {words: […]}。",
            "Reported where the words of the dictionary do not make up the clause and one other character of the same or a near sound or shape makes a usual word. Names of the registry, and what stands four times in a publication, are words. Local words go under `lexicon: {words: […]}` in yinfa.yaml.",
        ),
        source: "",
        bad: Example::Text("优化营商环镜，完善配套没施。"),
        good: Example::Text("优化营商环境，完善配套设施。"),
        origin: Origin::Publication(misspelling),
    },
    Rule {
        id: "word-twice",
        severity: Severity::Warning,
        on: true,
        family: Family::Language,
        finds: Words::new("同一个词连着写了两遍", "A word written twice in a row."),
        why: Words::new(
            "多半是粘贴或改写时多出来的。数词（一项一项）不算。",
            "It was pasted or left over. Numerals (一项一项) are left alone.",
        ),
        source: "",
        bad: Example::Text("推动推动问题化解。"),
        good: Example::Text("推动问题化解，一项一项落实。"),
        origin: Origin::Text(twice),
    },
    Rule {
        id: "de-complement",
        severity: Severity::Warning,
        on: true,
        family: Family::Language,
        finds: Words::new("应当用“得”的地方用了“的”", "的 in place of 得 before a complement."),
        why: Words::new(
            "“稳得住、长得大、走得快”，动词和补语之间用“得”。只看后面到标点为止的。",
            "Verb and complement are joined by 得 (稳得住). Only what ends with the clause is looked at.",
        ),
        source: "",
        bad: Example::Text("企业稳的住、长的大。"),
        good: Example::Text("企业稳得住、长得大，扶持长的大树。"),
        origin: Origin::Text(complement),
    },
];

/// How often a wording stands in a publication that is a term of its own.
const TERM: usize = 4;

fn misspelling(context: &Context<'_>, found: &mut Findings) {
    if !context.uses(List::Words) {
        return;
    }
    let names = names(context);
    let names = Names::new(names.iter().map(String::as_str));
    let mut list: Vec<(String, Finding)> = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    texts::for_each(context, |piece| {
        if piece.kind == TextKind::Name {
            return;
        }
        let prose = &piece.prose;
        let chars: Vec<char> = (0..prose.len()).map(|place| prose.at(place)).collect();
        let slips = slips(&chars, &names);
        if slips.is_empty() {
            return;
        }
        let known: Vec<_> = TYPOS.find(prose).map(|(_, range, _)| range).collect();
        for slip in slips {
            let range = slip.range;
            if known.iter().any(|other| other.start < range.end && range.start < other.end) {
                continue;
            }
            *counts.entry(slip.written.clone()).or_default() += 1;
            let (written, proposed) = (&slip.written, &slip.proposed);
            let finding = Finding::new(text!(
                "“{written}”像是“{proposed}”之误",
                "{written} looks like a slip for {proposed}"
            ))
            .within(piece.text, prose.bytes(range))
            .help(text!(
                "核对；本来就这样写的，加进 yinfa.yaml 的 lexicon: {{words: […]}}",
                "check it; a word that is meant goes under `lexicon: {{words: […]}}` in yinfa.yaml"
            ));
            list.push((slip.written, finding));
        }
    });
    if list.is_empty() {
        return;
    }
    // A name that is almost one of the registry is another rule's matter.
    let mut other = Findings::default();
    super::almost::almost(context, &mut other);
    let taken = |finding: &Finding| {
        let span = finding.span.as_ref();
        other.list.iter().filter_map(|o| Some((o.span.as_ref()?, span?))).any(|(o, span)| {
            let (a, b) = (o.range(), span.range());
            o.source().path() == span.source().path() && a.start < b.end && b.start < a.end
        })
    };
    list.retain(|(_, finding)| !taken(finding));
    for (written, finding) in list {
        if counts.get(&written).is_some_and(|&count| count < TERM) {
            found.push(finding);
        }
    }
}

/// The names of the records: units, groups, organs, and each without the place it begins with.
fn names(context: &Context<'_>) -> Vec<String> {
    let publication = context.publication;
    let mut names: Vec<String> = publication.organs.clone();
    if let Some(record) = context.units {
        let units = record.units.iter().flat_map(|unit| {
            let more = unit.full_name.iter().chain(&unit.aliases).chain(&unit.qualifiers);
            std::iter::once(&unit.name).chain(more)
        });
        names.extend(units.map(|name| name.trim().to_string()));
        let groups = record.groups.iter().flat_map(|g| std::iter::once(&g.name).chain(&g.aliases));
        names.extend(groups.map(|name| name.trim().to_string()));
    }
    let code = publication.record.number.as_ref().map(|number| number.code.trim().to_string());
    names.extend(code);
    let short: Vec<String> = names
        .iter()
        .filter_map(|name| {
            let rest =
                name.find(['省', '市', '区', '县', '旗']).and_then(|at| name.get(at + 3..))?;
            (rest.chars().count() >= 2).then(|| rest.to_string())
        })
        .collect();
    // 江枫街道: 江枫 is a place.
    let places: Vec<String> = names
        .iter()
        .filter_map(|name| {
            let name =
                name.strip_suffix("街道").or_else(|| name.strip_suffix(['镇', '乡', '村']))?;
            (name.chars().count() >= 2).then(|| name.to_string())
        })
        .collect();
    names.extend(short);
    names.extend(places);
    let declared = context.lexicon.iter().flat_map(|lexicon| &lexicon.words);
    names.extend(declared.map(|word| word.trim().to_string()));
    names
}

fn twice(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if piece.kind == TextKind::Name {
        return;
    }
    let prose = &piece.prose;
    let mut place = 0;
    while place + 3 < prose.len() {
        // A blank between them is no excuse.
        let blanks = prose.run(place + 2, |c| c == ' ' || c == '\u{3000}');
        let second = place + 2 + blanks;
        let word = [prose.at(place), prose.at(place + 1)];
        let again = [prose.at(second), prose.at(second + 1)];
        let han = word.iter().all(|&c| is_han(c)) && word[0] != word[1];
        if word != again || !han || !is_word(prose, place) {
            place += 1;
            continue;
        }
        let words: String = word.iter().collect();
        found.push(
            Finding::new(text!("“{words}”连着写了两遍", "{words} stands there twice"))
                .within(piece.text, prose.bytes(place..second + 2))
                .help(text!("删去一个", "delete one")),
        );
        place = second + 2;
    }
}

/// Whether the two characters at a place are a word that is no count (一项一项) and stand in the cut
/// of the text as one (发展|展).
fn is_word(prose: &Prose<'_>, place: usize) -> bool {
    if is_numeral(prose.at(place)) || "每各逐多点".contains(prose.at(place)) {
        return false;
    }
    let pair = prose.slice(place..place + 2);
    matches!(&dictionary_words(&pair)[..], [(_, true)])
}

/// Verbs that take a complement of what they reach.
const VERBS: &str =
    "稳住留融办接用放管立长走行看听学买租活富游养治站跟顶调派落搬靠拿吃招引推叫打信托守沉融";
/// What they reach.
const COMPLEMENTS: [&str; 22] = [
    "住", "大", "好", "起", "快", "清", "上", "下", "出", "进", "了", "动", "到", "远", "准", "牢",
    "实", "起来", "下去", "上去", "出来", "进来",
];

fn complement(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for place in prose.places(|c| c == '的') {
        let verb = prose.before(place);
        let ends = |len: usize| "，。；、！？”\0\n".contains(prose.at(place + 1 + len));
        let reached = COMPLEMENTS
            .iter()
            .find(|word| prose.has(place + 1, word) && ends(word.chars().count()));
        let begins = place < 2
            || !is_han(prose.at(place - 2))
            || "能够可要业民众".contains(prose.at(place - 2));
        if let (true, true, Some(word)) = (VERBS.contains(verb), begins, reached) {
            found.push(
                Finding::new(text!(
                    "“{verb}的{word}”应为“{verb}得{word}”",
                    "{verb}的{word} should be {verb}得{word}"
                ))
                .within(piece.text, prose.bytes(place..place + 1)),
            );
        }
    }
}
