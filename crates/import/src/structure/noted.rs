//! How a notice says that something is attached: the note below the letter, and the mark above
//! what is attached.

use crate::chars::{bare, fold};
use crate::label::label;
use crate::ledger::{Fate, Ledger};
use crate::para::Para;
use records::content::schema::stage::Stage;

/// Whether a line is the mark above an attachment: 附件, 附件1, 附件：.
pub(super) fn is_mark(text: &str) -> bool {
    let words = bare(text);
    words.strip_prefix("附件").is_some_and(|rest| {
        rest.is_empty()
            || rest.chars().count() <= 2
                && rest.chars().all(|c| c.is_ascii_digit() || base::zh::is_numeral(c))
    })
}

/// （征求意见稿） on a line below a title.
pub(super) fn stage(text: &str) -> Option<Stage> {
    let inner = text.trim_matches(['（', '）', '(', ')', ' ']);
    let found = Stage::ALL.iter().find(|(name, _)| *name == inner);
    found.map(|(_, stage)| *stage).filter(|stage| stage.mark().is_some())
}

/// The name of an attachment without the mark of a draft behind it.
pub(super) fn without_stage(name: &str) -> &str {
    match name.rfind(['（', '(']) {
        Some(at) if at > 0 && stage(&name[at..]).is_some() => &name[..at],
        _ => name,
    }
}

/// 附件：1.… and the lines that go on with it; how many lines.
pub(super) fn attachment_note(
    paras: &[Para],
    noted: &mut Vec<String>,
    ledger: &mut Ledger,
) -> usize {
    let Some(first) = paras.first() else { return 0 };
    let folded = fold(first.str()).into_owned();
    let Some(rest) = folded
        .strip_prefix("附件")
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()))
    else {
        return 0;
    };
    let Some(rest) = rest.strip_prefix(['：', ':']) else { return 0 };
    let rest = rest.trim();
    if rest.is_empty() {
        return 0;
    }
    let text = first.str();
    let mut names = text[text.len() - rest.len()..].to_string();
    let mut taken = 1;
    ledger.mark(&first.text, Fate::Record);
    for para in &paras[1..] {
        let more =
            label(para.str()).is_some_and(|l| l.number == u32::try_from(taken + 1).unwrap_or(0));
        if !more || para.str().chars().count() > 60 {
            break;
        }
        names.push('\n');
        names.push_str(para.str());
        ledger.mark(&para.text, Fate::Record);
        taken += 1;
    }
    for line in names.lines() {
        let line = label(line).map_or(line, |l| &line[l.len..]);
        noted.push(line.trim_matches(['《', '》', ' ', '。', '；']).to_string());
    }
    taken
}
