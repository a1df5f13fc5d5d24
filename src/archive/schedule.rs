//! A hint about 保管期限 by what a document is. The office's own schedule decides; what stands here is the
//! usual practice (国家档案局令第8号): plans and summaries of a year for ever, those of a month or a quarter
//! ten years.

use base::diag::Diagnostic;
use base::text;
use records::content::schema::archive::Retention;

/// Words for what a whole year is planned or summed up by.
const OF_YEARS: [&str; 6] = ["要点", "工作计划", "工作总结", "总结", "规划", "年度计划"];
/// Words for shorter spans.
const SHORTER: [&str; 8] = ["月度", "季度", "月份", "月报", "季报", "周报", "旬", "上半年"];

/// A hint where the period of a document is unusual for its kind.
pub fn hint(title: &str, retention: Retention) -> Option<Diagnostic> {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let is_shorter = has(&SHORTER) || is_of_a_month(title);
    let is_of_year = has(&OF_YEARS) && title.contains('年');
    let usual = match (is_shorter, is_of_year) {
        (true, _) if retention != Retention::Years10 => Retention::Years10,
        (false, true) if retention != Retention::Permanent => Retention::Permanent,
        _ => return None,
    };
    let (code, usual) = (retention.code(), usual.code());
    let what = if is_shorter {
        text!("月度、季度文件", "papers of a month or a quarter")
    } else {
        text!("年度要点、计划、总结", "plans and summaries of a year")
    };
    Some(
        Diagnostic::hint(
            "retention-unusual",
            text!(
                "{what}的保管期限一般是 {usual}，这一件是 {code}",
                "{what} are usually kept {usual}; this one is {code}";
                what
            ),
        )
        .help(text!(
            "以本单位的保管期限表为准；要改就用 --retention {usual}",
            "the office's own schedule decides; `--retention {usual}` changes it"
        )),
    )
}

/// `3月` and the like.
fn is_of_a_month(title: &str) -> bool {
    let chars: Vec<char> = title.chars().collect();
    chars.windows(2).any(|pair| {
        pair[1] == '月' && (pair[0].is_ascii_digit() || "一二三四五六七八九十".contains(pair[0]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_of_a_year_are_kept_longer_than_papers_of_a_month() {
        use Retention::{Permanent, Years10, Years30};
        for (title, retention, hinted) in [
            ("关于印发2025年工作要点的通知", Years10, Some("Y")),
            ("关于印发2025年工作要点的通知", Years30, Some("Y")),
            ("关于印发2025年工作要点的通知", Permanent, None),
            ("关于报送2024年度工作总结的通知", Years10, Some("Y")),
            ("关于2025年3月重点工作进展的通报", Permanent, Some("D10")),
            ("关于2025年第一季度工作要点的通知", Years10, None),
            ("关于2025年十二月工作总结的报告", Years30, Some("D10")),
            ("关于开展安全检查的通知", Years10, None),
        ] {
            let hint = hint(title, retention);
            assert_eq!(hint.is_some(), hinted.is_some(), "{title}");
            if let (Some(hint), Some(usual)) = (hint, hinted) {
                let en = hint.message.get(base::diag::Lang::En);
                assert!(en.contains(&format!("kept {usual};")), "{en}");
            }
        }
    }
}
