//! What people write in place of a key: the words that stand on the paper form.

/// Words for keys, each with the keys it may mean; the first that is asked for in that place counts.
const SYNONYMS: [(&str, &[&str]); 62] = [
    ("完成时限", &["deadline"]),
    ("完成时间", &["deadline"]),
    ("完成期限", &["deadline"]),
    ("办理时限", &["deadline"]),
    ("办结时限", &["deadline"]),
    ("时限要求", &["deadline"]),
    ("时间节点", &["deadline"]),
    ("截止时间", &["deadline", "due"]),
    ("截止日期", &["deadline", "due"]),
    ("时限", &["deadline", "due"]),
    ("期限", &["deadline", "due", "term"]),
    ("牵头", &["leads"]),
    ("牵头单位", &["leads"]),
    ("牵头部门", &["leads"]),
    ("主办单位", &["leads"]),
    ("主责单位", &["leads"]),
    ("责任", &["responsible", "units"]),
    ("责任单位", &["units", "responsible"]),
    ("责任部门", &["units", "responsible"]),
    ("承办单位", &["units", "responsible"]),
    ("负责单位", &["units", "responsible"]),
    ("单位", &["units", "unit"]),
    ("配合", &["cooperating"]),
    ("配合单位", &["cooperating"]),
    ("配合部门", &["cooperating"]),
    ("协办单位", &["cooperating"]),
    ("协作单位", &["cooperating"]),
    ("任务", &["text", "items", "task"]),
    ("任务内容", &["text"]),
    ("工作任务", &["text"]),
    ("工作内容", &["text"]),
    ("具体任务", &["text", "task"]),
    ("内容", &["text"]),
    ("指标", &["targets"]),
    ("目标", &["targets"]),
    ("工作目标", &["targets"]),
    ("年度目标", &["targets"]),
    ("部分", &["section", "sections"]),
    ("章节", &["section", "sections"]),
    ("板块", &["section", "sections"]),
    ("小标题", &["heading"]),
    ("标题", &["title", "heading"]),
    ("正文", &["letter", "text"]),
    ("前言", &["preface"]),
    ("主送", &["recipients"]),
    ("主送机关", &["recipients"]),
    ("抄送", &["copies"]),
    ("抄送机关", &["copies"]),
    ("发文字号", &["number"]),
    ("文号", &["number"]),
    ("机关代字", &["code"]),
    ("年份", &["year"]),
    ("序号", &["serial", "order"]),
    ("发文机关", &["organ"]),
    ("成文日期", &["date"]),
    ("日期", &["date", "when"]),
    ("印发日期", &["printed"]),
    ("附注", &["note"]),
    ("附件", &["attachments"]),
    ("密级", &["secrecy"]),
    ("名称", &["name", "title"]),
    ("别名", &["aliases"]),
];

/// The key that is meant by a word of the paper form, of those that may stand there.
pub(super) fn meant<'a>(written: &str, asked: &[&'a str]) -> Option<&'a str> {
    let (_, keys) = SYNONYMS.iter().find(|(word, _)| *word == written.trim())?;
    keys.iter().find_map(|key| asked.iter().find(|asked| *asked == key).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_this_place_is_meant() {
        assert_eq!(meant("完成时限", &["text", "deadline"]), Some("deadline"));
        assert_eq!(meant("责任单位", &["leads", "responsible"]), Some("responsible"));
        assert_eq!(meant("牵头单位", &["name"]), None);
        let mut words: Vec<_> = SYNONYMS.iter().map(|(word, _)| *word).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), SYNONYMS.len(), "a word is there twice");
    }
}
