//! Names of laws, fixed phrases, formulas of issue.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::titles::cited;
use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{Piece, TextKind};
use crate::content::schema::lexicon::List;
use base::diag::{Severity, Words};
use base::text;
use base::zh::is_numeral;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "law-name",
        severity: Severity::Warning,
        on: true,
        family: Family::Language,
        finds: Words::new("法律法规的名称写错", "A law that is not called so."),
        why: Words::new(
            "“行政处罚法”写成“行政处罚条例”，或者全称多字少字。名称去掉“中华人民共和国”后不在表里，而和表里的一个只差末尾的类别，或（带国名时）只差一两个字，才报告。",
            "行政处罚条例 for 行政处罚法, or a name with characters too many or too few. Reported where the name without 中华人民共和国 is not in the list and differs from one there in its kind alone or, with it, in one or two characters. The list is data (lexicon/laws.tsv); `lexicon: {laws: […]}` adds to it.",
        ),
        source: "",
        bad: Example::Text("依据《中华人民共和国行政处罚条例》规范检查。"),
        good: Example::Text("依据《中华人民共和国行政处罚法》《湖州市数据条例》规范检查。"),
        origin: Origin::Text(law),
    },
    Rule {
        id: "phrase-broken",
        severity: Severity::Warning,
        on: true,
        family: Family::Language,
        finds: Words::new("固定表述多字、少字或错字", "A fixed phrase that is not whole."),
        why: Words::new(
            "“习近平新时代中国特色社会主义思想”这样的表述一个字也不能差；“党的二十大和二十届……全会”届次要相同；“两个确立”“四个意识”“四个自信”“两个维护”数目固定；并提的理论按形成先后排列。",
            "No character of such a phrase may differ; congress and plenary session are of one number; the numbers of 两个确立, 四个意识, 四个自信, 两个维护 are fixed; doctrines named together stand in their order. The phrases are data (lexicon/phrases.tsv); `lexicon: {phrases: […]}` adds to them.",
        ),
        source: "",
        bad: Example::Text("以习近平新时代特色社会主义思想为指导。"),
        good: Example::Text(
            "以习近平新时代中国特色社会主义思想为指导，贯彻党的二十大和二十届二中、三中全会精神。",
        ),
        origin: Origin::Text(phrase),
    },
    Rule {
        id: "issue-verb",
        severity: Severity::Warning,
        on: true,
        family: Family::Structure,
        finds: Words::new(
            "标题和正文的“印发、转发、批转”不一致",
            "印发, 转发 or 批转 of the title is another one in the letter.",
        ),
        why: Words::new(
            "印发是自己的文件，转发是别的机关的，批转是下级的。",
            "印发 issues an office's own text, 转发 passes on another's, 批转 a lower office's.",
        ),
        source: "",
        bad: Example::Notice(
            "letter: 经区政府同意，现将《2025年工作要点》转发给你们，请认真执行。",
        ),
        good: Example::Notice(
            "letter: 经区政府同意，现将《2025年工作要点》印发给你们，请认真执行。",
        ),
        origin: Origin::Publication(issue_verb),
    },
];

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

static LAWS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../lexicon/laws.tsv")).collect());

const STATE: &str = "中华人民共和国";
/// What a law's name ends in, the longest first.
const KINDS: [&str; 8] = ["暂行条例", "暂行办法", "实施条例", "条例", "规定", "办法", "法典", "法"];

fn stem(name: &str) -> Option<&str> {
    KINDS.iter().find_map(|kind| name.strip_suffix(kind))
}

fn law(context: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if !context.uses(List::Laws) {
        return;
    }
    let own = context.lexicon.iter().flat_map(|lexicon| &lexicon.laws);
    let own: Vec<&str> = own.map(|law| law.trim()).collect();
    let prose = &piece.prose;
    for range in cited(prose) {
        let full = prose.slice(range.clone());
        let short = full.strip_prefix(STATE);
        let name = short.unwrap_or(&full);
        let Some(kind) = stem(name).filter(|stem| stem.chars().count() >= 2) else { continue };
        let is_law =
            |law: &str| law == name || law == full || law.strip_prefix(STATE) == Some(name);
        if LAWS.contains(name) || own.iter().any(|law| is_law(law)) {
            continue;
        }
        let of_kind = LAWS.iter().find(|law| {
            stem(law) == Some(kind)
                && law.ends_with('法')
                && (short.is_some() || name.ends_with("条例"))
        });
        let close = || {
            let near =
                |law: &&&str| strsim::osa_distance(law, name) <= 2 && law.chars().count() >= 4;
            LAWS.iter().filter(near).min_by_key(|law| strsim::osa_distance(law, name))
        };
        let meant = of_kind.or_else(|| short.and_then(|_| close()));
        if let Some(law) = meant {
            found.push(
                Finding::new(text!("没有《{full}》，有《{law}》", "there is no 《{full}》 but 《{law}》"))
                    .within(piece.text, prose.bytes(range))
                    .help(text!(
                        "核对名称；确有这部法规的，加进 yinfa.yaml 的 lexicon: {{laws: […]}}",
                        "check the name; where there is such a law add it under `lexicon: {{laws: […]}}` in yinfa.yaml"
                    )),
            );
        }
    }
}

fn phrase(context: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if piece.kind == TextKind::Name {
        return;
    }
    if context.uses(List::Phrases) {
        for place in 0..piece.prose.len() {
            let of_char = PHRASES.iter().filter(|(first, _)| *first == piece.prose.at(place));
            of_char.for_each(|(_, phrase)| broken_at(place, phrase, piece, found));
        }
        counted(piece, found);
        congress(piece, found);
        order(piece, found);
    }
    let own = context.lexicon.iter().flat_map(|lexicon| &lexicon.phrases);
    for phrase in own {
        for place in piece.prose.places(|c| phrase.trim().starts_with(c)) {
            broken_at(place, phrase.trim(), piece, found);
        }
    }
}

/// How many characters at the ends of a phrase say that it is meant.
const ENDS: usize = 4;
const TAIL: usize = 3;

/// The fixed phrases by their first character.
static PHRASES: LazyLock<Vec<(char, &'static str)>> = LazyLock::new(|| {
    let phrases = lines(include_str!("../lexicon/phrases.tsv"));
    phrases.filter_map(|phrase| Some((phrase.chars().next()?, phrase))).collect()
});

/// Whether a phrase begins and ends here as it should and is not whole.
fn broken_at(start: usize, phrase: &str, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    let begins =
        phrase.chars().take(ENDS).enumerate().all(|(ahead, c)| prose.at(start + ahead) == c);
    if !begins || prose.has(start, phrase) {
        return;
    }
    let chars: Vec<char> = phrase.chars().collect();
    let n = chars.len();
    if n < ENDS * 2 || prose.len() < n - 2 {
        return;
    }
    let tail: String = chars[n - TAIL..].iter().collect();
    let lengths = (n.saturating_sub(2)).max(ENDS * 2)..=n + 2;
    let wrong = lengths
        .into_iter()
        .find(|&len| start + len <= prose.len() && prose.has(start + len - TAIL, &tail));
    let Some(len) = wrong else { return };
    let written = prose.slice(start..start + len);
    let far = strsim::osa_distance(&written, phrase);
    if !written.contains(['，', '。', '、', '；']) && (1..=2).contains(&far) {
        report(piece, start..start + len, &written, phrase, found);
    }
}

fn report(
    piece: &Piece<'_>,
    range: Range<usize>,
    written: &str,
    right: &str,
    found: &mut Findings,
) {
    found.push(
        Finding::new(text!("“{written}”应为“{right}”", "{written} should be {right}"))
            .within(piece.text, piece.prose.bytes(range)),
    );
}

/// Phrases that begin with their number.
const COUNTED: [(&str, char); 6] = [
    ("个确立", '两'),
    ("个维护", '两'),
    ("个意识", '四'),
    ("个自信", '四'),
    ("个全面", '四'),
    ("位一体", '五'),
];

fn counted(piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for open in prose.places(|c| c == '“') {
        let number = prose.at(open + 1);
        if !is_numeral(number) || prose.at(open + 5) != '”' {
            continue;
        }
        let rest = prose.slice(open + 2..open + 5);
        let Some((_, right)) = COUNTED.iter().find(|(words, _)| *words == rest) else { continue };
        if number != *right && rest != "位一体" {
            let (written, right) = (format!("{number}{rest}"), format!("{right}{rest}"));
            report(piece, open + 1..open + 5, &written, &right, found);
        }
    }
}

/// 党的二十大和十九届三中全会: congress and sessions of two numbers.
fn congress(piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for place in prose.places(|c| c == '党').filter(|&place| prose.has(place, "党的")) {
        let run = prose.run(place + 2, is_numeral);
        let behind = place + 2 + run;
        if run == 0 || !(prose.has(behind, "大和") || prose.has(behind, "大以及")) {
            continue;
        }
        let start = behind + 1 + prose.run(behind + 1, |c| "和以及".contains(c));
        let session = prose.run(start, is_numeral);
        let (a, b) = (prose.slice(place + 2..behind), prose.slice(start..start + session));
        if session > 0 && prose.at(start + session) == '届' && a != b {
            let range = place..start + session + 1;
            let written = prose.slice(range.clone());
            let right = format!("党的{a}大和{a}届");
            report(piece, range, &written, &right, found);
        }
    }
}

/// Doctrines in the order in which they stand.
const DOCTRINES: [&str; 6] = [
    "马克思列宁主义",
    "毛泽东思想",
    "邓小平理论",
    "三个代表",
    "科学发展观",
    "习近平新时代中国特色社会主义思想",
];

fn order(piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    let mut last: Option<(usize, usize)> = None;
    for place in prose.places(|c| "马毛邓三科习。\n".contains(c)) {
        if "。\n".contains(prose.at(place)) {
            last = None;
            continue;
        }
        let Some(rank) = DOCTRINES.iter().position(|words| prose.has(place, words)) else {
            continue;
        };
        let end = place + DOCTRINES[rank].chars().count();
        // Named together: only 、 and words such as 重要思想 between them.
        let together = last.is_some_and(|(_, other)| place <= other + 8);
        if let Some((before, _)) = last.filter(|(before, _)| together && *before > rank) {
            let (a, b) = (DOCTRINES[rank], DOCTRINES[before]);
            found.push(
                Finding::new(text!("“{a}”应排在“{b}”前面", "{a} comes before {b}"))
                    .within(piece.text, prose.bytes(place..end)),
            );
        }
        last = Some((rank, end));
    }
}

fn issue_verb(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let Some(letter) = &record.letter else { return };
    let verbs = ["印发", "转发", "批转"];
    let title: String = record.title.chars().filter(|c| !c.is_whitespace()).collect();
    let in_title = verbs.iter().find(|verb| title.contains(&format!("关于{verb}")));
    let prose = Prose::new(letter, true);
    let issued = prose.places(|c| "印转批".contains(c)).find_map(|place| {
        let verb = verbs.iter().find(|verb| prose.has(place, verb))?;
        (prose.has(place + 2, "给你们") || prose.before(place) == '现').then_some((place, verb))
    });
    if let (Some(title), Some((place, verb))) = (in_title, issued)
        && title != verb
    {
        found.push(
            Finding::new(text!(
                "标题是“{title}”，正文是“{verb}”",
                "the title says {title}, the letter {verb}"
            ))
            .within(letter, prose.bytes(place..place + 2))
            .note(text!("标题", "the title"), record.title.span()),
        );
    }
}
