//! Offices that reforms did away with.

use std::sync::LazyLock;

use super::words::replaced;
use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{Piece, TextKind};
use crate::content::schema::lexicon::List;
use base::diag::{Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "office-gone",
    severity: Severity::Warning,
    on: true,
    family: Family::Units,
    finds: Words::new("机构改革后已经没有的单位", "An office that a reform did away with."),
    why: Words::new(
        "工商局、卫计局、国土局、经信委、安监局这类旧称，套用旧文件时最容易留下。前面有省、市、区、县的才看；改革那年和以前的文件、名录里登记的、回顾性的文字（“原”“撤销”“划入”）不算。",
        "Old names survive where an old document is reused. They count behind 省, 市, 区, 县; not in documents of the reform's year and before, those of the registry, nor where the text looks back (原, 撤销, 划入). The list is data with its sources (lexicon/offices.tsv).",
    ),
    source: "《深化党和国家机构改革方案》（2018年）、《党和国家机构改革方案》（2023年）",
    bad: Example::Text("由区工商局会同有关方面推进落实。"),
    good: Example::Text("由区市场监管局会同有关方面推进落实，衔接原区工商局的登记事项。"),
    origin: Origin::Text(gone),
}];

/// An old name, the new one, and since when.
struct Office {
    old: &'static str,
    new: &'static str,
    since: &'static str,
}

impl Office {
    /// The year of the reform, the last one where there were several.
    fn year(&self) -> i16 {
        let years =
            self.since.split(|c: char| !c.is_ascii_digit()).filter_map(|year| year.parse().ok());
        years.max().unwrap_or_default()
    }
}

static OFFICES: LazyLock<Vec<Office>> = LazyLock::new(|| {
    let lines = include_str!("../lexicon/offices.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some(Office { old: cells.next()?, new: cells.next()?, since: cells.next()? })
    });
    let mut rows: Vec<Office> = rows.collect();
    rows.sort_by_key(|office| std::cmp::Reverse(office.old.len()));
    rows
});

/// Words by which a sentence looks back.
const BACK: [&str; 9] = ["原", "撤销", "划入", "更名", "组建", "改革前", "时任", "曾", "历史"];

fn gone(context: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    for added in context.lexicon.iter().flat_map(|lexicon| &lexicon.offices) {
        replaced(added, piece, found);
    }
    if !context.uses(List::Offices) || piece.kind == TextKind::Title {
        return;
    }
    // A notice of 2018 names the offices of 2018.
    let written = context.publication.record.date.as_ref().map(|date| date.value.year());
    let prose = &piece.prose;
    let places: Vec<usize> =
        prose.places(|c| matches!(c, '省' | '市' | '区' | '县' | '州' | '旗' | '银')).collect();
    for place in places {
        let at = if prose.at(place) == '银' { place } else { place + 1 };
        let Some(office) = OFFICES.iter().find(|office| {
            prose.has(at, office.old)
                && (at > place) != office.old.starts_with('银')
                && written.is_none_or(|year| year > office.year())
        }) else {
            continue;
        };
        let end = at + office.old.chars().count();
        let name = prose.slice(place..end);
        let sentence: String = {
            let start = (0..place).rev().take_while(|&p| !"。；\n".contains(prose.at(p))).last();
            prose.slice(start.unwrap_or(place)..place)
        };
        let quoted = (0..place).rev().take(30).map(|p| prose.at(p)).find(|c| "《》".contains(*c))
            == Some('《');
        let looks_back = BACK.iter().any(|word| sentence.contains(word));
        // What the registry declares exists here; 区农业局属 is another word's beginning.
        let known = context.publication.registry.look_up(&name).is_some();
        if known || looks_back || quoted || "属域".contains(prose.at(end)) {
            continue;
        }
        let (new, since) = (office.new, office.since);
        found.push(
            Finding::new(text!(
                "“{name}”已经没有了（{since}），现为{new}",
                "“{name}” no longer exists ({since}); now {new}"
            ))
            .within(piece.text, prose.bytes(place..end)),
        );
    }
}
