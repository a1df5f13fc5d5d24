//! 发文字号: in a text, and on a line of its own.

use crate::draft::Draft;
use crate::ledger::{Fate, Ledger};
use crate::para::Para;

/// Code, year and serial of a document number.
pub(super) type DocNumber = (String, u32, Option<u32>);

const YEAR_OPENS: [char; 6] = ['〔', '[', '［', '【', '（', '('];
const YEAR_CLOSES: [char; 6] = ['〕', ']', '］', '】', '）', ')'];

/// 吴区合办〔2024〕1号, anywhere in a text, and the bytes it takes.
pub(super) fn doc_number(text: &str) -> Option<(DocNumber, std::ops::Range<usize>)> {
    text.match_indices(YEAR_OPENS).find_map(|(open, sign)| number_around(text, open, sign.len()))
}

/// The number whose year stands in the bracket at `open`.
fn number_around(
    text: &str,
    open: usize,
    sign: usize,
) -> Option<(DocNumber, std::ops::Range<usize>)> {
    let inner = &text[open + sign..];
    // A year is short: nothing is looked for further on.
    let close =
        inner.char_indices().take(10).find(|(_, c)| YEAR_CLOSES.contains(c)).map(|(at, _)| at)?;
    let year: u32 = inner[..close].trim().parse().ok().filter(|y| (1949..=2999).contains(y))?;
    let end_sign = inner[close..].chars().next()?;
    let rest = &inner[close + end_sign.len_utf8()..];
    let digits = rest.trim_start().trim_start_matches('第');
    let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
    let mut near = rest.char_indices().take_while(|(at, _)| *at <= 12);
    let at = near.find(|(_, c)| matches!(c, '号' | '號')).map(|(at, _)| at)?;
    let code_start = text[..open]
        .char_indices()
        .rev()
        .take_while(|(_, c)| base::zh::is_han(*c) || c.is_ascii_alphabetic())
        .last()
        .map(|(at, _)| at)?;
    let mut code = &text[code_start..open];
    // Glued to a title: …的通知国办发〔2020〕43号.
    for end in ["通知", "意见", "方案", "办法", "决定", "通报", "要点", "规定", "计划"]
    {
        if let Some(at) = code.rfind(end) {
            code = &code[at + end.len()..];
        }
    }
    let start = open - code.len();
    let end = text.len() - rest.len() + at + '号'.len_utf8();
    let fits = (1..=12).contains(&code.chars().count());
    fits.then(|| ((code.to_string(), year, digits.parse().ok()), start..end))
}

/// 签发人：甲 乙, on a line of its own or behind the number.
fn signatories(text: &str, draft: &mut Draft) -> bool {
    let Some(names) = text.strip_prefix("签发人").and_then(|rest| rest.strip_prefix(['：', ':']))
    else {
        return false;
    };
    let names = names.split([' ', '\u{3000}', '、']).filter(|name| !name.is_empty());
    draft.head.signatories.extend(names.map(str::to_string));
    true
}

/// 发文字号 on a line of its own, or with 签发人, or that alone.
pub(super) fn number(para: &Para, draft: &mut Draft, ledger: &mut Ledger) -> bool {
    let text = para.str();
    if signatories(text, draft) {
        ledger.mark(&para.text, Fate::Record);
        return true;
    }
    let Some((number, range)) = doc_number(text) else { return false };
    let rest = text[range.end..].trim();
    if range.start > 0 || !(rest.is_empty() || signatories(rest, draft)) {
        return false;
    }
    draft.head.number.get_or_insert(number);
    ledger.mark(&para.text, Fate::Record);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_glued_to_titles() {
        let text = "关于印发方案的通知国办发〔2020〕43号";
        let (number, range) = doc_number(text).unwrap();
        assert_eq!(number, ("国办发".into(), 2020, Some(43)));
        assert_eq!(&text[range], "国办发〔2020〕43号");
        assert!(doc_number("《通知》（国办发〔2016〕82号）").is_some());
        assert!(doc_number("（2024年）").is_none());
    }
}
