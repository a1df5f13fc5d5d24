//! 版记: copies, and who printed when.

use crate::chars::fold;
use crate::date::date_in;
use crate::draft::Head;
use crate::ledger::{Fate, Ledger};
use crate::para::Para;

/// Reads the imprint and takes it out.
pub(super) fn take_out(paras: &mut Vec<Para>, head: &mut Head, ledger: &mut Ledger) {
    let mut kept = Vec::new();
    let mut open = false;
    for para in paras.drain(..) {
        if !para.in_table() && (copies(&para, &mut open, head) || printed(&para, head)) {
            ledger.mark(&para.text, Fate::Record);
        } else {
            open = false;
            kept.push(para);
        }
    }
    *paras = kept;
}

/// 抄送：A，B。 and the lines that go on with it.
fn copies(para: &Para, open: &mut bool, head: &mut Head) -> bool {
    let text = para.str();
    let rest = fold(text).strip_prefix("抄送").map(|_| &text["抄送".len()..]);
    let rest = rest.and_then(|rest| rest.strip_prefix(['：', ':']));
    let words = match rest {
        Some(rest) => rest,
        None if *open && text.chars().count() <= 120 => text,
        None => return false,
    };
    *open = words.ends_with(['，', ',']);
    let words = words.trim().trim_end_matches(['。', '，', ',', '.']);
    if !words.is_empty() {
        head.copies.push(words.to_string());
    }
    true
}

/// 某某办公室2025年3月18日印发
fn printed(para: &Para, head: &mut Head) -> bool {
    let text = para.str();
    let Some(rest) = fold(text).strip_suffix("印发").map(|rest| &text[..rest.len()]) else {
        return false;
    };
    let Some((date, range)) = date_in(rest) else { return false };
    let organ = rest[..range.start].trim();
    let short = organ.chars().count() <= 40 && !organ.contains(['，', '。', '、', '《']);
    if range.end < rest.len() || !short {
        return false;
    }
    head.printed = Some(date);
    if !organ.is_empty() {
        head.printed_by = Some(organ.to_string());
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traced::Traced;

    #[test]
    fn copies_and_printing() {
        let lines = [
            "一、甲",
            "抄送：市数据局、市经信局，",
            "区委办公室。",
            "区府办2025年3月18日印发",
            "乙",
        ];
        let mut paras: Vec<Para> = lines.iter().map(|t| Para::new(Traced::new(t, 0))).collect();
        let mut head = Head::default();
        take_out(&mut paras, &mut head, &mut Ledger::new(500));
        assert_eq!(paras.iter().map(Para::str).collect::<Vec<_>>(), ["一、甲", "乙"]);
        assert_eq!(head.copies, ["市数据局、市经信局", "区委办公室"]);
        assert_eq!(head.printed_by.as_deref(), Some("区府办"));
        assert_eq!(head.printed, Some(jiff::civil::date(2025, 3, 18)));
    }
}
