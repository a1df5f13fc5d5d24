//! What texts say of attachments against the attachments there are.

use std::ops::Range;

use super::titles::{bare, near};
use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{Piece, TextKind};
use base::diag::{Severity, Words};
use base::text;
use base::zh::{self, is_numeral};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "attachment-missing",
        severity: Severity::Warning,
        on: true,
        family: Family::Structure,
        finds: Words::new(
            "文中提到的附件不存在",
            "A text refers to an attachment that is not there.",
        ),
        why: Words::new(
            "“见附件2”而只有一个附件，读者找不到。看“附件”后面带号的（有附件时不论前面是什么字），和“见附件”“详见附件”；同一分句里有别的文件（《》或者发文字号）的，可能是那个文件的附件，不看。",
            "Readers look for it in vain. 附件 with a number counts (in any form where there are attachments), and 见附件 and 详见附件, and not beside another document (《》 or a document number) in the same clause: it may be that one's.",
        ),
        source: "",
        bad: Example::Text("开工重大项目一批（见附件2）。"),
        good: Example::Text("开工重大项目一批（见有关文件）。"),
        origin: Origin::Text(attachment_missing),
    },
    Rule {
        id: "attachment-title",
        severity: Severity::Warning,
        on: true,
        family: Family::Structure,
        finds: Words::new(
            "文中附件的标题和附件自己的标题不一致",
            "An attachment's title in a text is not its own.",
        ),
        why: Words::new(
            "附件说明按附件的标题自动印出，文中“附件1《……》”“《……》（见附件）”“附件：……”里另写的标题也要相同。与各附件的标题都不同、又和其中一个很相近时报告。",
            "The attachment note prints the attachments' own titles; those written into a text, as in 附件1《…》, 《…》（见附件） or 附件：…, must be the same. Reported where it is no attachment's title and very near one.",
        ),
        source: "GB/T 9704-2012 7.3.4",
        bad: Example::Notice(
            "letter: 经区政府同意，现将《2025年工作要点》印发给你们，请对照《主要指标简表》（见附件）执行。\nattachments:\n  - {title: 主要指标表, kind: text, text: 略。}",
        ),
        good: Example::Notice(
            "letter: 经区政府同意，现将《2025年工作要点》印发给你们，请对照《主要指标表》（见附件）执行。\nattachments:\n  - {title: 主要指标表, kind: text, text: 略。}",
        ),
        origin: Origin::Text(attachment_title),
    },
];

/// Whether another document stands in the same clause.
fn is_of_another(prose: &Prose<'_>, place: usize) -> bool {
    // Half-width marks end a clause too: another rule makes them full-width.
    let inside = |c: char| !"，。；！？,.;!?．\n".contains(c);
    let mut before = (0..place).rev().map(|place| prose.at(place)).take_while(|&c| inside(c));
    let mut behind = place..place + prose.run(place, inside);
    before.any(|c| "《〔".contains(c)) || behind.any(|place| "《〔".contains(prose.at(place)))
}

fn attachment_missing(context: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    // An attachment may have attachments of its own kind.
    if !matches!(piece.kind, TextKind::Item { .. } | TextKind::Prose | TextKind::Own) {
        return;
    }
    let count = context.publication.attachments.len();
    let prose = &piece.prose;
    for place in prose.places(|c| c == '附').filter(|&place| prose.has(place, "附件")) {
        let behind = place + 2;
        let digits = prose.run(behind, |c| c.is_ascii_digit());
        let han = prose.run(behind, is_numeral);
        let number = match (digits, han) {
            (1..=2, _) => prose.slice(behind..behind + digits).parse().ok(),
            (0, 1..) => zh::number(&prose.slice(behind..behind + han)),
            _ => None,
        };
        let run = digits.max(han);
        let referred = prose.before(place) == '见';
        let missing = match number {
            // 附件2个 counts them; where there are some, any number is one of theirs.
            Some(number) => {
                let counts = "个份项张页".contains(prose.at(behind + run));
                let refers =
                    referred || count > 0 || "（、和及与按照".contains(prose.before(place));
                number as usize > count && refers && !counts
            }
            None => referred && count == 0,
        };
        if missing && !is_of_another(prose, place) {
            let words = prose.slice(place..behind + run);
            found.push(
                Finding::new(text!(
                    "提到“{words}”，而附件共有 {count} 个",
                    "“{words}” is referred to; the number of attachments is {count}"
                ))
                .within(piece.text, prose.bytes(place..behind + run)),
            );
        }
    }
}

/// The titles that a text gives to attachments.
fn titles(prose: &Prose<'_>) -> Vec<Range<usize>> {
    let mut titles = Vec::new();
    for place in prose.places(|c| c == '附').filter(|&place| prose.has(place, "附件")) {
        let behind = place + 2 + prose.run(place + 2, |c| c.is_ascii_digit());
        let before = (0..place).rev().find(|&at| !"（(详见".contains(prose.at(at)));
        let quoted_before = before.filter(|&at| prose.at(at) == '》' && at + 1 < place);
        if prose.at(behind) == '《' {
            let len = prose.run(behind + 1, |c| c != '》');
            titles.push(behind + 1..behind + 1 + len);
        } else if let Some(close) = quoted_before {
            let open = (0..close).rev().find(|&at| prose.at(at) == '《');
            titles.extend(open.map(|open| open + 1..close));
        } else if "：:".contains(prose.at(behind)) && matches!(prose.before(place), '\n' | '\0') {
            let number = prose.run(behind + 1, |c| c.is_ascii_digit() || ".． ".contains(c));
            let start = behind + 1 + number;
            titles.push(start..start + prose.run(start, |c| !"。；\n".contains(c)));
        }
    }
    titles
}

fn attachment_title(context: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if !matches!(piece.kind, TextKind::Item { .. } | TextKind::Prose | TextKind::Own) {
        return;
    }
    let attachments = &context.publication.record.attachments;
    let own: Vec<String> = attachments.iter().map(|one| bare(&one.title)).collect();
    if own.is_empty() {
        return;
    }
    for range in titles(&piece.prose) {
        let said = bare(&piece.prose.slice(range.clone()));
        if own.contains(&said) {
            continue;
        }
        let meant = own.iter().zip(attachments).find(|(title, _)| near(title, &said));
        if let Some((title, attachment)) = meant {
            found.push(
                Finding::new(text!(
                    "附件的标题是“{title}”，这里写作“{said}”",
                    "the attachment is titled “{title}”, here it is “{said}”"
                ))
                .within(piece.text, piece.prose.bytes(range))
                .note(text!("附件的标题", "the attachment's title"), attachment.title.span()),
            );
        }
    }
}
