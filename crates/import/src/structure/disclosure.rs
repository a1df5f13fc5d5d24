//! The head of a government web page: 索引号, 发布机构, 成文日期 and the like.

use super::doc_number::doc_number;
use crate::chars::{fold, is_blank};
use crate::date::date_at;
use crate::draft::Head;
use crate::ledger::{Fate, Ledger};
use crate::para::Para;
use crate::traced::Traced;

/// What a field of the head says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// A key of `disclosure`.
    Key(&'static str),
    Publisher,
    Number,
    Date,
    Published,
    /// Of no use to a record.
    Site,
}

const FIELDS: [(&str, Field); 36] = [
    ("索引号", Field::Key("index")),
    ("信息索引号", Field::Key("index")),
    ("公开方式", Field::Key("access")),
    ("公开形式", Field::Key("access")),
    ("公开属性", Field::Key("access")),
    ("公开时限", Field::Key("period")),
    ("公开期限", Field::Key("period")),
    ("有效性", Field::Key("validity")),
    ("是否有效", Field::Key("validity")),
    ("效力状态", Field::Key("validity")),
    ("主题分类", Field::Key("topic")),
    ("信息分类", Field::Key("topic")),
    ("体裁", Field::Key("genre")),
    ("体裁分类", Field::Key("genre")),
    ("公文种类", Field::Key("genre")),
    ("关键词", Field::Key("keywords")),
    ("主题词", Field::Key("keywords")),
    ("发布机构", Field::Publisher),
    ("发文机关", Field::Publisher),
    ("发文单位", Field::Publisher),
    ("发布单位", Field::Publisher),
    ("制发机关", Field::Publisher),
    ("信息来源", Field::Site),
    ("来源", Field::Site),
    ("文件编号", Field::Number),
    ("发文字号", Field::Number),
    ("文号", Field::Number),
    ("成文日期", Field::Date),
    ("生成日期", Field::Date),
    ("发文日期", Field::Date),
    ("发布日期", Field::Published),
    ("发布时间", Field::Published),
    ("公开日期", Field::Published),
    ("名称", Field::Site),
    ("浏览次数", Field::Site),
    ("字号", Field::Site),
];

/// Reads a paragraph of the head; `false` where it is none.
pub(super) fn read(para: &Para, head: &mut Head, ledger: &mut Ledger) -> bool {
    if cells(para, head, ledger) {
        return true;
    }
    let text = para.str();
    let keys = keys(text);
    if keys.first().is_none_or(|key| key.0 > 0) {
        return false;
    }
    ledger.mark(&para.text, Fate::Boilerplate);
    for (n, &(_, value, field)) in keys.iter().enumerate() {
        let end = keys.get(n + 1).map_or(text.len(), |next| next.0);
        let piece = para.text.slice(value..end.max(value)).trim();
        let words = piece.as_str().trim_matches([' ', '|', '；', ';', '¦']);
        if words.is_empty() || words == "无" || words == "-" {
            continue;
        }
        if take(field, words, head) {
            ledger.mark(&piece, Fate::Record);
        }
    }
    true
}

/// A row of a table: keys and values in turn.
fn cells(para: &Para, head: &mut Head, ledger: &mut Ledger) -> bool {
    let key = |cell: &Traced| {
        let words: String = fold(cell.as_str()).chars().filter(|c| !is_blank(*c)).collect();
        let words = words.trim_end_matches(['：', ':']).to_string();
        FIELDS.iter().find(|(name, _)| *name == words).map(|(_, field)| *field)
    };
    let pairs: Vec<_> = para.cells.chunks(2).map(|pair| (key(&pair[0]), pair)).collect();
    if pairs.is_empty() || pairs.iter().any(|(field, pair)| field.is_none() && !pair[0].is_empty())
    {
        return false;
    }
    for (field, pair) in pairs {
        ledger.mark(&pair[0], Fate::Boilerplate);
        let (Some(field), Some(value)) = (field, pair.get(1)) else { continue };
        let kept = take(field, value.as_str(), head);
        ledger.mark(value, if kept { Fate::Record } else { Fate::Boilerplate });
    }
    true
}

/// The keys in a text: where each begins, where its value begins, what it is.
fn keys(text: &str) -> Vec<(usize, usize, Field)> {
    let folded = fold(text);
    let mut found = Vec::new();
    for (colon, sign) in folded.char_indices().filter(|(_, c)| matches!(c, '：' | ':')) {
        // The key's characters before the colon, blanks between them or not.
        let mut key = String::new();
        let mut begin = colon;
        let mut best = None;
        for (at, c) in folded[..colon].char_indices().rev() {
            if is_blank(c) {
                continue;
            }
            if key.chars().count() >= 6 || !base::zh::is_han(c) {
                break;
            }
            key.insert(0, c);
            begin = at;
            if let Some((_, field)) = FIELDS.iter().find(|(name, _)| *name == key) {
                best = Some((begin, *field));
            }
        }
        let _ = begin;
        if let Some((begin, field)) = best {
            found.push((begin, colon + sign.len_utf8(), field));
        }
    }
    found
}

/// Puts a value where it belongs; `false` where it is kept nowhere.
fn take(field: Field, words: &str, head: &mut Head) -> bool {
    match field {
        Field::Key("access") => {
            let access =
                ["主动公开", "依申请公开", "不予公开"].iter().find(|a| words.starts_with(**a));
            let Some(access) = access else { return false };
            push(head, "access", access.to_string())
        }
        Field::Key(key) => push(head, key, words.to_string()),
        Field::Publisher => {
            if head.publisher.is_some() {
                return head.publisher.as_deref() == Some(words);
            }
            head.publisher = Some(words.to_string());
            true
        }
        Field::Number => {
            if head.number.is_none() {
                head.number = doc_number(words).map(|(number, _)| number);
            }
            head.number.is_some()
        }
        Field::Date => {
            let date = date_at(words).map(|(date, _)| date);
            head.date = head.date.or(date);
            date.is_some()
        }
        Field::Published => {
            let Some((date, len)) = date_at(words) else { return false };
            let time = words[len..].trim().trim_start_matches('T');
            let time: String =
                time.chars().take_while(|c| c.is_ascii_digit() || *c == ':').collect();
            let whole = format!("{date} {time}");
            let fits = records::content::dates::parse_date_time(whole.trim()).is_some();
            head.published = Some(if fits { whole.trim().to_string() } else { date.to_string() });
            true
        }
        Field::Site => false,
    }
}

fn push(head: &mut Head, key: &'static str, value: String) -> bool {
    if head.disclosure.iter().any(|(known, _)| *known == key) {
        return false;
    }
    head.disclosure.push((key, value));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_fields_on_a_line() {
        let mut head = Head::default();
        let mut ledger = Ledger::new(1000);
        let mut line = |text: &str| read(&Para::new(Traced::new(text, 0)), &mut head, &mut ledger);
        assert!(line("索引号：330502/2024-03884成文日期：2024-09-20"));
        assert!(line("公开方式：主动公开公开时限：长期公开"));
        assert!(line("文件编号：吴区合办〔2024〕1号发布机构：区发改局"));
        assert!(line("发布日期：2024-09-20 17:16:20"));
        assert!(!line("责任单位：区发改局"));
        assert!(!line("现将有关事项通知如下："));
        assert_eq!(
            head.disclosure,
            [
                ("index", "330502/2024-03884".to_string()),
                ("access", "主动公开".into()),
                ("period", "长期公开".into()),
            ]
        );
        assert_eq!(head.number, Some(("吴区合办".into(), 2024, Some(1))));
        assert_eq!(head.publisher.as_deref(), Some("区发改局"));
        assert_eq!(head.date, Some(jiff::civil::date(2024, 9, 20)));
        assert_eq!(head.published.as_deref(), Some("2024-09-20 17:16:20"));
    }
}
