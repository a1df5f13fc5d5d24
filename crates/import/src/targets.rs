//! Numbers that are to be reached, as they are worded: 新增10个, 不少于3个, 覆盖率达80%, 25亿元.
//! They are proposals: a person decides what counts.

use base::zh::{self, Comparison, is_han};

/// A target as it is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    pub name: String,
    pub comparison: Comparison,
    pub value: String,
    pub measure: String,
}

impl Proposed {
    /// Its fields in the order of the reference.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("name", self.name.clone()),
            (self.comparison.key(), self.value.clone()),
            ("measure", self.measure.clone()),
        ]
    }
}

/// The verbs that begin the name of what is counted.
const STARTS: [&str; 40] = [
    "新增",
    "新建",
    "新引进",
    "新招引",
    "新改扩建",
    "引进",
    "培育",
    "招引",
    "实施",
    "完成",
    "建成",
    "打造",
    "创建",
    "举办",
    "开展",
    "推动",
    "落地",
    "实现",
    "选树",
    "推广",
    "争取",
    "改造",
    "盘活",
    "建设",
    "培训",
    "登记",
    "组织",
    "发放",
    "开工",
    "竣工",
    "达成",
    "安装",
    "开通",
    "认定",
    "储备",
    "引育",
    "全年",
    "年内",
    "力争",
    "新认定",
];

/// The targets that a text may mean.
pub fn propose(text: &str) -> Vec<Proposed> {
    let mut found: Vec<Proposed> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < text.len()
            && (bytes[at].is_ascii_digit()
                || (bytes[at] == b'.' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)))
        {
            at += 1;
        }
        let glued = text[..start].chars().next_back().is_some_and(|c| {
            c.is_ascii_alphanumeric()
                || matches!(c, '+' | '-' | '/' | '第' | '〔' | '.' | '—' | '“')
        });
        let rest = &text[at..];
        let Some(measure) = zh::amount_at(rest) else { continue };
        let digits = &text[start..at];
        if glued || digits.matches('.').count() > 1 || digits.len() > 12 {
            continue;
        }
        let behind = &rest[measure.len()..];
        if let Some(target) = one(&text[..start], digits, measure, behind)
            && found.len() < 20
            && !found.iter().any(|known| known.name == target.name)
        {
            found.push(target);
        }
    }
    found
}

fn one(before: &str, digits: &str, measure: &str, behind: &str) -> Option<Proposed> {
    let mut from = before.len().saturating_sub(120);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let before = &before[from..];
    let clause = before
        .rfind(['，', '。', '；', '、', '：', '（', '！', '\n'])
        .map_or(before, |at| &before[at + before[at..].chars().next().map_or(1, char::len_utf8)..]);
    let (compared, limited) = (zh::compared_before(clause), zh::compared_behind(behind));
    let name = &clause[..clause.len() - compared.map_or(0, |(_, len)| len)];
    let comparison = zh::compares(clause, behind);
    let mut name = name.trim_start_matches(['“', '”']);
    for word in ["力争", "全年", "年内", "确保", "共", "计划"] {
        name = name.strip_prefix(word).unwrap_or(name);
    }
    let verb = STARTS
        .iter()
        .filter_map(|start| name.find(start).map(|at| (at, *start)))
        .min_by_key(|(at, start)| (*at, std::cmp::Reverse(start.len())));
    let name = match verb {
        // 推动50家企业完成改造: what is counted stands behind the measure.
        Some((at, start)) if name[at + start.len()..].is_empty() => {
            let tail = &behind[limited.map_or(0, |(_, len)| len)..];
            let tail: String = tail.chars().take_while(|c| is_han(*c)).take(12).collect();
            if tail.is_empty() {
                return None;
            }
            format!("{start}{tail}")
        }
        _ if comparison.is_some() => name.to_string(),
        Some((at, _)) => name[at..].to_string(),
        None => return None,
    };
    // Rules and conditions have numbers too.
    if ["按", "可", "或", "的", "不足", "每"]
        .iter()
        .any(|word| name.starts_with(word) || name.ends_with(word))
    {
        return None;
    }
    let count = name.chars().count();
    let good = (3..=24).contains(&count)
        && !name.contains(['《', '》', '”', '“', '（', '）'])
        && name.chars().next().is_some_and(is_han);
    let measure = if measure == "％" { "%" } else { measure };
    good.then(|| Proposed {
        name,
        comparison: comparison.unwrap_or(Comparison::Eq),
        value: digits.to_string(),
        measure: measure.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        propose(text)
            .iter()
            .map(|t| format!("{} {} {} {}", t.name, t.comparison.key(), t.value, t.measure))
            .collect()
    }

    #[test]
    fn usual_wordings() {
        assert_eq!(
            show("新增数字经济核心产业重大项目10个。"),
            ["新增数字经济核心产业重大项目 eq 10 个"]
        );
        assert_eq!(
            show("新招引泛半导体新材料项目不少于3个。"),
            ["新招引泛半导体新材料项目 ge 3 个"]
        );
        assert_eq!(
            show("规上工业企业数字化改造覆盖率达80%。"),
            ["规上工业企业数字化改造覆盖率 ge 80 %"]
        );
        assert_eq!(show("完成年度投资25亿元。"), ["完成年度投资 eq 25 亿元"]);
        assert_eq!(show("推动50家中小企业完成改造"), ["推动中小企业完成改造 eq 50 家"]);
        assert_eq!(show("平均改造周期控制在45天以内"), ["平均改造周期 le 45 天"]);
    }

    #[test]
    fn numbers_that_are_no_targets() {
        assert_eq!(show("2024年开工，4A级景区，“2+8”平台，2.0版，第3个五年"), Vec::<String>::new());
    }
}
