//! Titles against what the letter and the notice's own title say of them.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use base::diag::{Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "letter-title",
        severity: Severity::Error,
        on: true,
        family: Family::Structure,
        finds: Words::new(
            "通知正文《》里的标题和所印发文本的标题不一致",
            "The title in the letter's 《》 is not that of the issued text.",
        ),
        why: Words::new(
            "文件自相矛盾。只看“现将《……》印发给你们”“《……》已经……同意，现印发给你们”里的《》：没有一个与标题相同，而有一个很相近时报告；末尾的（试行）这类括号和书名号的层次（《》〈〉）不比。",
            "The publication contradicts itself. Only 《》 of 现将《…》印发给你们 and 《…》已经…同意，现印发给你们 (下发 and 转发 as well) count: reported where none is the title and one is very near it. Brackets at the end, such as （试行）, and the marks of nesting (《》〈〉) are not compared.",
        ),
        source: "",
        bad: Example::Notice(
            "letter: 经区政府同意，现将《2024年工作要点》印发给你们，请认真执行。",
        ),
        good: Example::Notice(
            "letter: 经区政府同意，现将《2025年工作要点》印发给你们，请认真执行。",
        ),
        origin: Origin::Publication(letter_title),
    },
    Rule {
        id: "title-mismatch",
        severity: Severity::Warning,
        on: true,
        family: Family::Structure,
        finds: Words::new(
            "“关于印发……的通知”里的名称和所印发文本的标题不一致",
            "The name in 关于印发…的通知 is not the issued text's title.",
        ),
        why: Words::new(
            "两处只差一两个字，多半是改了一处忘了另一处。一次印发几个文本的不比，书名号、引号的层次不比。",
            "They differ by a character or two: one was changed and the other forgotten. Not compared where several texts are issued at once; the marks of titles and quotations do not count.",
        ),
        source: "",
        bad: Example::Notice("title: 关于印发2024年工作要点的通知"),
        good: Example::Notice("title: 关于印发2025年工作要点的通知"),
        origin: Origin::Publication(title_mismatch),
    },
];

/// A title without what may differ: white space, and the marks of titles and quotations, which
/// change where one title stands inside another.
pub(super) fn bare(title: &str) -> String {
    title
        .chars()
        .filter(|c| !c.is_whitespace() && !"《》〈〉‹›<>“”‘’「」『』\"".contains(*c))
        .collect()
}

/// The titles that a text cites in 《》, one inside another (《…《》…》) not by itself.
pub(super) fn cited(prose: &Prose<'_>) -> Vec<Range<usize>> {
    let mut cited = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for place in 0..prose.len() {
        match prose.at(place) {
            '《' => open.push(place),
            '》' => {
                let start = open.pop();
                cited.extend(start.filter(|_| open.is_empty()).map(|start| start + 1..place));
            }
            // A title ends with its sentence: what was not closed is another rule's matter.
            '。' | '\n' => open.clear(),
            _ => {}
        }
    }
    cited
}

/// Whether two titles are meant to be the same and are not.
pub(super) fn near(a: &str, b: &str) -> bool {
    let longer = a.chars().count().max(b.chars().count());
    let edits = strsim::osa_distance(a, b);
    edits > 0 && edits * 4 <= longer
}

/// A title without a bracket at its end: （试行）.
fn without_bracket(title: &str) -> &str {
    let inner = title.strip_suffix('）').and_then(|rest| rest.rfind('（'));
    inner.filter(|&open| open > 0).map_or(title, |open| &title[..open])
}

/// How far the words around a title are looked for.
const SENTENCE: usize = 60;

/// Whether a title stands between 将 and the word that issues it, or before 现 and that word, in one
/// sentence.
fn is_issued(prose: &Prose<'_>, title: &Range<usize>) -> bool {
    let inside = |c: char| !"。；.;\n".contains(c);
    let before = (0..title.start).rev().take(SENTENCE).map(|place| prose.at(place));
    let behind = title.end..title.end + prose.run(title.end, inside).min(SENTENCE);
    let issues = |place: usize| ["印发", "下发", "转发"].iter().any(|word| prose.has(place, word));
    if before.take_while(|&c| inside(c)).any(|c| c == '将') {
        return behind.clone().any(issues);
    }
    behind.clone().any(|place| {
        let words = ["现", "现予", "现予以"].iter().filter(|words| prose.has(place, words));
        words.map(|words| place + words.chars().count()).any(issues)
    })
}

fn letter_title(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let (Some(letter), Some(text)) = (&record.letter, record.text.issued()) else { return };
    let full = bare(&text.title);
    let title = without_bracket(&full);
    let prose = Prose::new(letter, true);
    let issued = cited(&prose).into_iter().filter(|range| is_issued(&prose, range));
    let cited: Vec<(Range<usize>, String)> = issued
        .map(|range| {
            let name = bare(&prose.slice(range.clone()));
            (range, without_bracket(&name).to_string())
        })
        .collect();
    if cited.iter().any(|(_, name)| name == title) {
        return;
    }
    for (range, name) in cited.into_iter().filter(|(_, name)| near(name, title)) {
        found.push(
            Finding::new(text!(
                "正文说印发的是《{name}》，所印发文本的标题是《{title}》",
                "the letter issues 《{name}》, the issued text is 《{title}》"
            ))
            .within(letter, prose.bytes(range))
            .note(text!("所印发文本的标题", "the issued text's title"), text.title.span()),
        );
    }
}

fn title_mismatch(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let Some(text) = record.text.issued() else { return };
    let title = bare(&record.title);
    let Some(name) = title.split_once("印发").and_then(|(_, rest)| rest.strip_suffix("的通知"))
    else {
        return;
    };
    let issued = bare(&text.title);
    // 关于印发《甲》和《乙》的通知, 关于印发甲和乙的通知: one of the texts is the issued one.
    let texts = cited(&Prose::new(&record.title, false)).len();
    let goes_on = name
        .strip_prefix(issued.as_str())
        .is_some_and(|rest| rest.starts_with(['和', '及', '与', '、', '等']));
    if texts < 2 && !goes_on && near(name, &issued) {
        found.push(
            Finding::new(text!(
                "标题里是“{name}”，所印发文本的标题是“{issued}”",
                "the title says “{name}”, the issued text is “{issued}”"
            ))
            .within(&record.title, 0..record.title.len())
            .note(text!("所印发文本的标题", "the issued text's title"), text.title.span()),
        );
    }
}
