//! Blanks inside lines: Chinese is written without them.

use crate::chars::is_blank;
use crate::label::lost_its_mark;
use crate::traced::Traced;
use crate::units::{looks_like_unit, opens_unit_line};
use base::zh::is_cjk;

/// Takes away blanks beside Chinese characters and makes every other run of blanks one blank.
/// Between the two organs of a cited title (《中共中央 国务院关于…》) the blank means something and
/// stays.
pub(super) fn tighten(text: &Traced) -> Traced {
    let chars: Vec<(char, usize)> = text.chars().collect();
    let mut out = Traced::default();
    let mut cited = 0usize;
    let mut n = 0;
    while n < chars.len() {
        let (c, at) = chars[n];
        if !is_blank(c) {
            match c {
                '《' => cited += 1,
                '》' => cited = cited.saturating_sub(1),
                _ => {}
            }
            out.push(c, at);
            n += 1;
            continue;
        }
        let run = chars[n..].iter().take_while(|(c, _)| is_blank(*c)).count();
        let visible = chars[n..n + run].iter().filter(|(c, _)| c.is_whitespace()).count();
        let before = out.as_str().chars().next_back();
        let after = chars.get(n + run).map(|&(c, _)| c);
        let chinese = before.is_none_or(is_cjk) || after.is_none_or(is_cjk);
        let apart = visible > 0
            && (parts_units(out.as_str(), &chars[n + run..])
                || ends_number(out.as_str(), &chars[n + run..]));
        let keep = apart
            || visible > 0 && (!chinese || (cited > 0 && visible == 1 && before != Some('《')));
        if keep {
            out.push(' ', at);
        }
        n += run;
    }
    out
}

/// Whether a blank stands between the number of a paragraph and its text, where the mark is lost.
fn ends_number(before: &str, after: &[(char, usize)]) -> bool {
    let digits = (1..=3).contains(&before.len()) && before.bytes().all(|b| b.is_ascii_digit());
    let next = || after.iter().take(8).map(|(c, _)| *c).collect::<String>();
    digits && lost_its_mark(&next())
}

/// Whether a blank stands between units, or before a label of units: 责任单位：区发改局 区财政局.
fn parts_units(before: &str, after: &[(char, usize)]) -> bool {
    let mut from = before.len().saturating_sub(300);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let clause = &before[from..];
    let clause = &clause[clause.rfind(['。', '（', '(', '\n']).unwrap_or(0)..];
    let last = clause.rsplit([' ', '、', '：', ':', '，']).next().unwrap_or(clause);
    let next: String = after
        .iter()
        .map(|(c, _)| *c)
        .take(30)
        .take_while(|c| !is_blank(*c) && !"、，；。）)".contains(*c))
        .collect();
    // 责任领导：张某 责任单位：区发改局
    if clause.contains(['：', ':']) && opens_unit_line(&next) {
        return true;
    }
    if !looks_like_unit(last)
        || !["单位：", "部门：", "单位:", "部门:", "領導：", "领导："]
            .iter()
            .any(|l| clause.contains(l))
    {
        return false;
    }
    looks_like_unit(&next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tight(text: &str) -> String {
        tighten(&Traced::new(text, 0)).as_str().to_string()
    }

    #[test]
    fn blanks_in_chinese_go() {
        assert_eq!(tight("完善产业  链供应链"), "完善产业链供应链");
        assert_eq!(tight("索 引 号: 330502"), "索引号: 330502");
        assert_eq!(tight("推进\u{3000}5G 网络"), "推进5G网络");
        assert_eq!(tight("2024-09-20   17:16"), "2024-09-20 17:16");
        assert_eq!(
            tight("责任单位： 区发改局 区财政局，落实"),
            "责任单位：区发改局 区财政局，落实"
        );
        assert_eq!(tight("零\u{200b}宽"), "零宽");
    }

    #[test]
    fn two_organs_of_a_title_stay_apart() {
        let title = "《中共中央 国务院关于打赢脱贫攻坚战的意见》";
        assert_eq!(tight(title), title);
    }
}
