//! Values of the invented example of `yinfa init` beside those of another office.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::content::yaml::Comment;
use base::diag::{Severity, Span, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "example-left",
    severity: Severity::Error,
    on: true,
    family: Family::Process,
    finds: Words::new(
        "示例的内容还在，会和本单位的一起印出来",
        "A value of the example that would be printed beside those of another office.",
    ),
    why: Words::new(
        "yinfa init 写的单位是虚构的，每一处行末都有“# 示例”。标题、发文机关等有一处已经换成自己的，其余还带着“# 示例”的就报告；全都没换时，示例照常生成。",
        "The office of `yinfa init` is invented, and each of its values has `# 示例` on its line. Once title, organ or number is another's, every value that still has the mark is reported; the example as it was written builds.",
    ),
    source: "",
    bad: Example::Notice("printed_by: 汀兰区人民政府办公室 # 示例"),
    good: Example::Notice("printed_by: 青岚区人民政府办公室"),
    origin: Origin::Publication(example_left),
}];

/// The word behind `#` on the line of an example's value.
const MARK: &str = "示例";

fn example_left(context: &Context<'_>, found: &mut Findings) {
    let marks: Vec<&Comment> =
        context.comments.iter().copied().filter(|comment| comment.text.starts_with(MARK)).collect();
    if marks.is_empty() {
        return;
    }
    let record = &context.publication.record;
    let common = &record.common;
    let mut values = vec![record.title.span()];
    values.extend(record.number.iter().map(|number| number.code.span()));
    values.extend(common.organ.iter().flatten().map(|organ| organ.span()));
    values.extend([&common.publisher, &common.printed_by].into_iter().flatten().map(|v| v.span()));
    let office = |mark: &&&Comment| line(&mark.span).trim_start().starts_with("office:");
    let from_office = common.organ.is_none() && !context.publication.organs.is_empty();
    let own = values.iter().any(|value| !marks.iter().any(|mark| marked(value, mark)))
        || from_office && !marks.iter().any(|mark| office(&mark));
    if !own {
        return;
    }
    values.extend(record.signatory.iter().chain(&record.note).map(|value| value.span()));
    values.extend(record.recipients.iter().map(|recipient| recipient.text.span()));
    let left = values.iter().filter(|value| marks.iter().any(|mark| marked(value, mark)));
    let mut places: Vec<&Span> = left.copied().collect();
    places.extend(marks.iter().filter(|mark| from_office && office(mark)).map(|mark| &mark.span));
    let unit = |mark: &&&Comment| line(&mark.span).trim_start().starts_with("- name:");
    places.extend(marks.iter().filter(unit).map(|mark| &mark.span));
    for place in places {
        let words = line(place).trim().trim_start_matches("- ");
        let words = words.split('#').next().unwrap_or(words).trim();
        found.push(
            Finding::new(text!(
                "“{words}”是示例的内容，会和本单位的一起印出来",
                "“{words}” is of the example, and would be printed beside another office's"
            ))
            .at(place)
            .help(text!(
                "换成本单位的（是本单位的就删去行末的“# 示例”），不用的整行、整段删去",
                "write your own, take `# 示例` away where it is yours, or delete what is not needed"
            )),
        );
    }
}

/// Whether a comment stands on the line of a value, or on the one above where its text begins on
/// the next.
fn marked(value: &Span, mark: &Comment) -> bool {
    let at = mark.span.start().line;
    let words = line(&mark.span).split('#').next().unwrap_or_default().trim_end();
    let block = ["|", "|-", "|+", ">", ">-", ">+"].iter().any(|sign| words.ends_with(sign));
    value.source().path() == mark.span.source().path()
        && ((value.start().line..=value.end().line).contains(&at)
            || block && value.start().line == at + 1)
}

/// The line on which a place begins.
fn line(place: &Span) -> &str {
    let source = place.source();
    source.line(place.start().line).and_then(|range| source.text().get(range)).unwrap_or_default()
}
