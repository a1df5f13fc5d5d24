//! Items without a number, told by what stands around them.

use crate::label::{Label, rank};
use crate::para::{Para, ParaForm};
use crate::units::brackets;
use base::zh::is_han;
use records::content::schema::section::NumberStyle;

/// A heading is at most this long.
const HEADING: usize = 50;

/// A numbered paragraph, and the paragraphs without number below it that end in a bracket of
/// units.
struct Run<'a> {
    text: &'a str,
    label: Label,
    /// Whether it names units itself.
    own: bool,
    closed: Vec<usize>,
}

/// The paragraphs that are items of their own although they have no number, each with the number
/// that it lost where its neighbours tell.
///
/// Below a numbered item such a paragraph is a further part of it, unless the next number leaves
/// room for exactly these: 1., (no number), 3. Below a heading that several of them follow each is
/// an item.
pub(super) fn items(
    paras: &[Para],
    labels: &[Option<Label>],
    bare: bool,
) -> Vec<(usize, Option<Label>)> {
    let runs = runs(paras, labels, bare);
    let items: Vec<NumberStyle> = runs.iter().filter(|r| r.own).map(|r| r.label.style).collect();
    let mut found = Vec::new();
    for (n, run) in runs.iter().enumerate() {
        if let Some((style, first)) = lost(run, &runs[n + 1..]) {
            let labels = (first..).map(|number| Label { style, number, len: 0 });
            found.extend(run.closed.iter().copied().zip(labels.map(Some)));
        } else if !run.own
            && run.closed.len() > 1
            && !items.contains(&run.label.style)
            && is_heading(run.text)
        {
            found.extend(run.closed.iter().map(|at| (*at, None)));
        }
    }
    found
}

/// The style and the first of the numbers that the paragraphs of a run have lost.
fn lost(run: &Run<'_>, behind: &[Run<'_>]) -> Option<(NumberStyle, u32)> {
    let many = u32::try_from(run.closed.len()).ok().filter(|many| *many > 0)?;
    if run.own {
        // Numbers may run on over the next heading.
        let next = behind.iter().find(|next| rank(next.label.style) == rank(run.label.style))?;
        let fits = next.label.number == run.label.number + many + 1;
        return fits.then_some((run.label.style, run.label.number + 1));
    }
    let next = behind.first()?.label;
    let below = rank(next.style) > rank(run.label.style) && is_heading(run.text);
    (below && next.number > many).then(|| (next.style, next.number - many))
}

fn runs<'a>(paras: &'a [Para], labels: &[Option<Label>], bare: bool) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    let mut open = false;
    for (n, (para, label)) in paras.iter().zip(labels).enumerate() {
        let text = para.str();
        if let Some(label) = *label {
            let own = !brackets(text, bare).is_empty();
            runs.push(Run { text: &text[label.len..], label, own, closed: Vec::new() });
            open = true;
        } else if para.form == ParaForm::Heading || para.in_table() {
            open = false;
        } else if let Some(run) = runs.last_mut().filter(|_| open)
            && !opens_item(text)
            && brackets(text, bare)
                .last()
                .is_some_and(|last| last.range.start > 0 && ends_here(&text[last.range.end..]))
        {
            run.closed.push(n);
        }
    }
    runs
}

/// Whether a text can head others: one short sentence at most.
fn is_heading(text: &str) -> bool {
    let text = text.trim_end_matches('。');
    text.chars().count() <= HEADING && !text.contains(['。', '；'])
}

/// Whether nothing but marks is left.
pub(super) fn ends_here(rest: &str) -> bool {
    rest.trim_matches(['。', '；', '，', '.', ';', '）', ')', ' ', '”']).is_empty()
}

/// Whether a paragraph says by its first signs that an item begins: ——, 任务1：, 第一条.
pub(super) fn opens_item(text: &str) -> bool {
    let numbered = |word: &str, end: &[char]| {
        text.strip_prefix(word).and_then(|rest| rest.split_once(end)).is_some_and(
            |(number, rest)| crate::date::number_of(number).is_some() && !rest.is_empty(),
        )
    };
    let bulleted = text
        .strip_prefix(['-', '–', '*'])
        .is_some_and(|rest| rest.trim_start().starts_with(is_han));
    text.starts_with("——")
        || bulleted
        || text.starts_with(BULLETS)
        || CALLED.iter().any(|word| numbered(word, &['：', '、', '.', '．', '，']))
        || numbered("第", &['条', '项', '，', '、'])
}

/// Signs before entries of a list.
const BULLETS: [char; 20] = [
    '●', '○', '■', '□', '◆', '◇', '▲', '△', '★', '☆', '•', '·', '◎', '※', '➢', '➤', '√', '✓', '▪',
    '\u{f06c}',
];
/// What items are called before their number: 任务1：, 措施二、.
const CALLED: [&str; 9] = ["任务", "事项", "措施", "举措", "项目", "实事", "目标", "行动", "工程"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traced::Traced;

    fn found(lines: &[&str]) -> Vec<(usize, Option<u32>)> {
        let paras: Vec<Para> = lines.iter().map(|line| Para::new(Traced::new(line, 0))).collect();
        let labels = crate::label::labels(lines.iter().copied());
        items(&paras, &labels, false).into_iter().map(|(n, l)| (n, l.map(|l| l.number))).collect()
    }

    #[test]
    fn numbers_that_were_lost() {
        assert_eq!(
            found(&[
                "一、发展",
                "1.修路。（责任单位：区交通局）",
                "建桥。（责任单位：区住建局）",
                "二、教育",
                "3.建校。（责任单位：区教育局）",
            ]),
            [(2, Some(2))]
        );
        assert_eq!(
            found(&["一、发展", "修路。（责任单位：区交通局）", "2.建桥。（责任单位：区住建局）"]),
            [(1, Some(1))]
        );
    }

    #[test]
    fn items_below_a_heading_without_any_number() {
        let lines = [
            "一、发展",
            "修路。（责任单位：区交通局）",
            "建桥。（责任单位：区住建局）",
            "二、教育",
        ];
        assert_eq!(found(&lines), [(1, None), (2, None)]);
    }

    #[test]
    fn further_parts_of_a_numbered_item_stay_parts() {
        let lines = [
            "1.修路。（责任单位：区交通局）",
            "建桥。（责任单位：区住建局）",
            "2.建校。（责任单位：区教育局）",
        ];
        assert_eq!(found(&lines), []);
        // One text below a heading is what the heading heads.
        assert_eq!(found(&["（一）发展", "修路。（责任单位：区交通局）", "（二）教育"]), []);
    }
}
