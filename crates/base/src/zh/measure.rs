//! Measure words and units of measure, each with or without 万 and 亿 before it.

/// What counts or measures: a number with one of these is an amount, and may be a target.
const AMOUNTS: [&str; 48] = [
    "个",
    "家",
    "项",
    "场",
    "名",
    "人",
    "所",
    "亩",
    "件",
    "户",
    "条",
    "次",
    "处",
    "座",
    "套",
    "台",
    "吨",
    "辆",
    "天",
    "批",
    "元",
    "张",
    "篇",
    "间",
    "期",
    "例",
    "幢",
    "栋",
    "人次",
    "美元",
    "公里",
    "千米",
    "平方米",
    "平方公里",
    "立方米",
    "公顷",
    "千瓦",
    "千瓦时",
    "小时",
    "分钟",
    "个月",
    "工作日",
    "个工作日",
    "百分点",
    "个百分点",
    "%",
    "％",
    "亿",
];

/// What places a number in an order, a date or a kind (3月, 第二届, 4级), or counts what is hardly
/// ever a target.
const OTHERS: [&str; 36] = [
    "年",
    "月",
    "日",
    "号",
    "届",
    "岁",
    "级",
    "类",
    "种",
    "周",
    "起",
    "轮",
    "款",
    "章",
    "节",
    "页",
    "份",
    "支",
    "度",
    "位",
    "米",
    "克",
    "升",
    "倍",
    "折",
    "方",
    "年上半年",
    "年下半年",
    "年度",
    "年代",
    "周年",
    "季度",
    "月份",
    "年级",
    "学年",
    "年期",
];

/// The measure of an amount that a text begins with: 个工作日, 万平方米, %.
pub fn amount_at(text: &str) -> Option<&str> {
    longest(text, &[&AMOUNTS])
}

/// Any measure word that a text begins with, of amounts and of others: 年度, 批, 万元.
pub fn measure_at(text: &str) -> Option<&str> {
    longest(text, &[&AMOUNTS, &OTHERS])
}

/// The longest word that a text begins with, up to three of 百, 千, 万 and 亿 before it: 千瓦 is a
/// word, 万千瓦 is 万 with that word.
fn longest<'a>(text: &'a str, lists: &[&[&str]]) -> Option<&'a str> {
    let by = text.chars().take(3).take_while(|c| "百千万亿".contains(*c));
    let starts = by.scan(0, |at, c| {
        *at += c.len_utf8();
        Some(*at)
    });
    let ends = std::iter::once(0).chain(starts).flat_map(|start| {
        let words = lists.iter().copied().flatten();
        let fitting = words.filter(move |word| text[start..].starts_with(**word));
        fitting.map(move |word| start + word.len())
    });
    ends.max().map(|end| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_measure_is_meant() {
        for (text, amount) in [
            ("个项目", "个"),
            ("个工作日内", "个工作日"),
            ("个百分点", "个百分点"),
            ("千瓦时", "千瓦时"),
            ("千瓦", "千瓦"),
            ("万千瓦", "万千瓦"),
            ("亿元以上", "亿元"),
            ("万亿元", "万亿元"),
            ("亿", "亿"),
            ("万人次", "万人次"),
            ("百人", "百人"),
            ("％以上", "％"),
        ] {
            assert_eq!(amount_at(text), Some(amount), "{text}");
            assert_eq!(measure_at(text), Some(amount), "{text}");
        }
        for text in ["年度", "级景区", "号", "万", "", "P以上", "万一"] {
            assert_eq!(amount_at(text), None, "{text}");
        }
        assert_eq!(measure_at("年度计划"), Some("年度"));
        assert_eq!(measure_at("届大会"), Some("届"));
    }

    #[test]
    fn no_word_is_there_twice() {
        let all: std::collections::BTreeSet<_> = AMOUNTS.iter().chain(&OTHERS).collect();
        assert_eq!(all.len(), AMOUNTS.len() + OTHERS.len());
    }
}
