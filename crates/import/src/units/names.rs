//! Lists of names to names: 、 between them, 等, 和 and 及 behind them, and inside real names too.

use super::assigned::Entry;
use crate::chars::fold;
use crate::limits;
use records::publication::split_bracket;

/// What names of units end in. One character is enough where no other word ends so.
const ENDINGS: [&str; 78] = [
    "局",
    "委",
    "办",
    "部",
    "署",
    "厅",
    "院",
    "社",
    "行",
    "处",
    "科",
    "所",
    "站",
    "队",
    "台",
    "室",
    "组",
    "府",
    "联",
    "镇",
    "乡",
    "街道",
    "中心",
    "集团",
    "公司",
    "政府",
    "管委会",
    "委员会",
    "工会",
    "总工会",
    "协会",
    "商会",
    "基金会",
    "学会",
    "联合会",
    "妇联",
    "残联",
    "科协",
    "文联",
    "侨联",
    "科技协会",
    "贸促会",
    "红十字会",
    "银保监会",
    "证监会",
    "监会",
    "理事会",
    "团委",
    "中央",
    "学校",
    "大学",
    "学院",
    "医院",
    "法院",
    "小组",
    "指挥部",
    "专班",
    "园区",
    "开发区",
    "高新区",
    "经开区",
    "度假区",
    "示范区",
    "新区",
    "保税区",
    "功能区",
    "海关",
    "机关",
    "机构",
    "部门",
    "单位",
    "地区",
    "企业",
    "社区",
    "林场",
    "报社",
    "馆",
    "库",
];

/// Whether a name has the form of a unit's or of a class of units.
pub(crate) fn looks_like_unit(name: &str) -> bool {
    let name = without_qualifier(name);
    let folded = fold(name);
    let count = folded.chars().count();
    if !(2..=40).contains(&count) || folded.contains(['。', '；', '：', '，', '“', '？']) {
        return false;
    }
    // 中央 alone is the beginning of a name: 中央和国家机关工委.
    folded != "中央" && ENDINGS.iter().any(|ending| folded.ends_with(ending)) || is_class(&folded)
}

/// 各…, 有关…, 相关…: a class of units.
fn is_class(name: &str) -> bool {
    let name = fold(name);
    name.starts_with('各')
        || name.starts_with("有关")
        || name.starts_with("相关")
        || name.starts_with("全体")
}

/// Words of sentences, which no unit has in its name.
const SENTENCE: [&str; 34] = [
    "均需",
    "均由",
    "均为",
    "均应",
    "均涉及",
    "不再",
    "以下",
    "此项",
    "该项",
    "本项",
    "各项",
    "列入",
    "定期",
    "每月",
    "每季",
    "每半年",
    "每年",
    "年内",
    "年底",
    "月底",
    "按照",
    "按属地",
    "按职责",
    "原则",
    "简称",
    "涉及",
    "排在",
    "负责",
    "抓好",
    "报送",
    "通报",
    "持续",
    "下同",
    "详见",
];

/// Whether words are a sentence, or a part of one, and no name.
pub(crate) fn is_sentence(words: &str) -> bool {
    let folded = fold(words);
    folded.contains(['。', '；', '：', '“', '”', '？', '！'])
        || SENTENCE.iter().any(|word| folded.contains(word))
}

/// The name without a bracket at its end: as records are read.
pub(crate) fn without_qualifier(name: &str) -> &str {
    split_bracket(name).map_or(name, |(base, _)| base)
}

/// Splits a list of names.
pub(crate) fn split_names(list: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for piece in completed(collectives(top_level(list, &['、', '，', ' ', '/', '；', ',']))) {
        conjunctions(&piece, &mut entries);
    }
    let mut seen = Vec::new();
    entries.retain(|entry| {
        let new = !seen.contains(entry);
        if new {
            seen.push(entry.clone());
        }
        new
    });
    entries
}

/// Splits at signs that stand in no bracket.
pub(super) fn top_level<'a>(text: &'a str, signs: &[char]) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        if "（(〔[【<〈《".contains(c) {
            depth += 1;
        } else if "）)〕]】>〉》".contains(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && signs.contains(&c) {
            pieces.push(text[start..at].trim());
            start = at + c.len_utf8();
        }
    }
    pieces.push(text[start..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Words that are no unit's name but go on with a class: 各镇、街道.
const GENERIC: [&str; 34] = [
    "街道办事处",
    "街道",
    "街道办",
    "街办",
    "乡镇",
    "乡",
    "镇",
    "镇街",
    "乡镇人民政府",
    "镇人民政府",
    "乡人民政府",
    "乡镇政府",
    "管委会",
    "园区",
    "园区管委会",
    "功能区",
    "开发区",
    "开发区管委会",
    "办事处",
    "县",
    "区",
    "市",
    "州",
    "盟",
    "自治区",
    "直辖市",
    "自治区人民政府",
    "直辖市人民政府",
    "县人民政府",
    "区人民政府",
    "部门",
    "单位",
    "企业",
    "社区",
];

/// Puts collectives together again: 各乡镇人民政府、街道办事处 is one.
fn collectives(pieces: Vec<&str>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for piece in pieces {
        let generic = GENERIC.contains(&without_qualifier(piece));
        match joined.last_mut() {
            Some(last) if generic && is_class(last) => {
                last.push('、');
                last.push_str(piece);
            }
            _ => joined.push(piece.to_string()),
        }
    }
    joined
}

/// Endings that several names before may share: 江岸、江汉、武昌区人民政府.
const SHARED: [&str; 16] = [
    "区人民政府",
    "县人民政府",
    "市人民政府",
    "镇人民政府",
    "乡人民政府",
    "区政府",
    "县政府",
    "市政府",
    "街道办事处",
    "街道",
    "管委会",
    "分局",
    "镇",
    "乡",
    "区",
    "县",
];

/// Gives names the ending that they share with a later one.
fn completed(names: Vec<String>) -> Vec<String> {
    let mut out = names.clone();
    for (n, name) in names.iter().enumerate() {
        let short = name.chars().count() <= 4 && name.chars().all(base::zh::is_han);
        if !short || is_class(name) || looks_like_unit(name) || GENERIC.contains(&name.as_str()) {
            continue;
        }
        let whole = names[n + 1..]
            .iter()
            .find(|later| looks_like_unit(later) || SHARED.iter().any(|end| later.ends_with(end)));
        let ending =
            whole.and_then(|w| SHARED.iter().find(|end| w.ends_with(**end) && w.len() > end.len()));
        if let Some(ending) = ending {
            // 东河区, 西山县 and 南岭县人民政府 share 人民政府 alone; 江岸 and 武昌区人民政府 share 区 as well.
            let level = ["区", "县", "市", "旗", "州", "盟", "镇", "乡", "街道"];
            let own = level.iter().any(|level| name.ends_with(level));
            let shared = level.iter().find_map(|level| ending.strip_prefix(level)).filter(|_| own);
            out[n] = format!("{name}{}", shared.unwrap_or(ending));
        }
    }
    out
}

/// Splits what 等, 和, 及, 以及 and 与 put behind a name, and leaves them where they belong to it.
fn conjunctions(piece: &str, entries: &mut Vec<Entry>) {
    let piece = piece.trim_matches([' ', '。', '；', '、']);
    if piece.is_empty() {
        return;
    }
    if piece.len() > limits::NAME {
        entries.push(Entry::Unit(piece.to_string()));
        return;
    }
    if piece.starts_with('等') && is_etc(piece) {
        etc(piece, entries);
        return;
    }
    let folded = fold(piece).into_owned();
    for (at, c) in folded.char_indices() {
        if at == 0 || inside_bracket(&folded, at) {
            continue;
        }
        let left = &piece[..at];
        if c == '等' && looks_like_unit(left) && is_etc(&folded[at..]) {
            entries.push(Entry::Unit(left.to_string()));
            etc(&piece[at..], entries);
            return;
        }
        let word = ["以及", "和", "及", "与", "暨"]
            .into_iter()
            .find(|word| folded[at..].starts_with(word));
        if let Some(word) = word {
            let right = &piece[at + word.len()..];
            if looks_like_unit(left) && stands_alone(right) && !is_generic_tail(right) {
                conjunctions(left, entries);
                conjunctions(right, entries);
                return;
            }
        }
    }
    entries.push(Entry::Unit(round_brackets(piece)));
}

/// A bracket behind a name is a round one, whatever signs it was typed with.
fn round_brackets(name: &str) -> String {
    if without_qualifier(name).len() == name.len() {
        return name.to_string();
    }
    name.chars()
        .map(|c| match c {
            '(' | '<' | '[' | '〔' | '〈' | '【' => '（',
            ')' | '>' | ']' | '〕' | '〉' | '】' => '）',
            c => c,
        })
        .collect()
}

/// 等 and the words that belong to it, then whatever names follow.
fn etc(text: &str, entries: &mut Vec<Entry>) {
    let folded = fold(text).into_owned();
    for word in ["以及", "和", "及", "与"] {
        for (at, _) in folded.match_indices(word) {
            let right = &text[at + word.len()..];
            if stands_alone(right) && !is_generic_tail(right) {
                entries.push(Entry::Etc(text[..at].to_string()));
                conjunctions(right, entries);
                return;
            }
        }
    }
    entries.push(Entry::Etc(text.to_string()));
}

/// Whether 等 and what follows it stand for unnamed members.
fn is_etc(text: &str) -> bool {
    let rest = &text['等'.len_utf8()..];
    rest.is_empty()
        || [
            "有关",
            "相关",
            "国务院",
            "部门",
            "单位",
            "和",
            "及",
            "以及",
            "各",
            "责任",
            "市",
            "区",
            "县",
            "省",
            "成员",
            "职能",
            "多",
            "与",
            "（",
            "中央",
        ]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// Whether what follows 和 is a name of its own.
fn stands_alone(name: &str) -> bool {
    is_class(name) || (looks_like_unit(name) && name.chars().count() >= 3)
}

/// 单位 of 部门和单位 is no name.
fn is_generic_tail(name: &str) -> bool {
    let first = ["以及", "和", "及", "与", "、"].iter().filter_map(|word| name.find(word)).min();
    ["单位", "部门", "企业", "机构", "个人", "地区", "其他部门"]
        .contains(&&name[..first.unwrap_or(name.len())])
}

fn inside_bracket(text: &str, at: usize) -> bool {
    let before = &text[..at];
    before.matches(['（', '(', '〔', '<', '《']).count()
        > before.matches(['）', ')', '〕', '>', '》']).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &str) -> Vec<String> {
        split_names(list)
            .into_iter()
            .map(|entry| match entry {
                Entry::Unit(name) => name,
                Entry::Etc(words) => format!("*{words}"),
            })
            .collect()
    }

    #[test]
    fn etc_and_what_follows_it() {
        assert_eq!(names("财政部、商务部等"), ["财政部", "商务部", "*等"]);
        assert_eq!(names("海关总署、商务部等有关部门"), ["海关总署", "商务部", "*等有关部门"]);
        assert_eq!(names("人社部等有关部门和单位"), ["人社部", "*等有关部门和单位"]);
        assert_eq!(
            names("银保监会等国务院相关部门及各地区"),
            ["银保监会", "*等国务院相关部门", "各地区"]
        );
        assert_eq!(names("全国总工会等和各省级人民政府"), ["全国总工会", "*等", "各省级人民政府"]);
    }

    #[test]
    fn conjunctions_inside_and_between_names() {
        assert_eq!(names("文化和旅游部、粮食和储备局"), ["文化和旅游部", "粮食和储备局"]);
        assert_eq!(names("中央和国家机关工委"), ["中央和国家机关工委"]);
        assert_eq!(names("发展和改革局、住房和城乡建设局"), ["发展和改革局", "住房和城乡建设局"]);
        assert_eq!(names("区发改局和区财政局"), ["区发改局", "区财政局"]);
        assert_eq!(names("国务院相关部门和单位及各地区"), ["国务院相关部门和单位", "各地区"]);
        assert_eq!(names("平等镇、区普及教育中心"), ["平等镇", "区普及教育中心"]);
        assert_eq!(names("各有关部门和单位"), ["各有关部门和单位"]);
    }

    #[test]
    fn brackets_belong_to_names() {
        assert_eq!(
            names("区委组织部（人才办）、区商务局（驻沪、驻京工作部）"),
            ["区委组织部（人才办）", "区商务局（驻沪、驻京工作部）"]
        );
        assert_eq!(names("区委组织部<区人才办>"), ["区委组织部（区人才办）"]);
        assert_eq!(without_qualifier("区商务局（驻沪（吴兴）部）"), "区商务局");
    }

    #[test]
    fn collectives_and_shared_endings() {
        assert_eq!(
            names("区发改局、各乡镇人民政府、街道办事处"),
            ["区发改局", "各乡镇人民政府、街道办事处"]
        );
        assert_eq!(names("各省、自治区、直辖市人民政府"), ["各省、自治区、直辖市人民政府"]);
        assert_eq!(names("各地区、各部门"), ["各地区", "各部门"]);
        assert_eq!(
            names("江岸、江汉、武昌区人民政府"),
            ["江岸区人民政府", "江汉区人民政府", "武昌区人民政府"]
        );
        assert_eq!(names("市发改委、国土局"), ["市发改委", "国土局"]);
    }
}
