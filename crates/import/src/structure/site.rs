//! What a government site puts around a notice. It is told by where it stands, above the first and
//! below the last entry, and by its words: a word alone makes no line the site's.

use crate::chars::{bare, fold};
use crate::label::label;
use crate::ledger::Ledger;
use crate::para::{Para, ParaForm};
use crate::structure::glued::is_recipients;
use crate::structure::noted::is_mark;
use crate::structure::sign_off::closes;
use crate::units::{brackets, opens_unit_line};

/// Lines that are the site's when they hold nothing else.
const WHOLE: [&str; 48] = [
    "首页",
    "打印",
    "关闭",
    "打印本页",
    "打印此页",
    "关闭窗口",
    "收藏",
    "分享到",
    "分享",
    "返回顶部",
    "网站地图",
    "联系我们",
    "关于我们",
    "无障碍",
    "无障碍浏览",
    "长者模式",
    "长者版",
    "繁体",
    "简体",
    "登录",
    "注册",
    "搜索",
    "手机版",
    "政务公开",
    "政府信息公开",
    "信息公开",
    "政务服务",
    "互动交流",
    "新闻中心",
    "下一篇",
    "上一篇",
    "大中小",
    "字体大中小",
    "字号大中小",
    "微信",
    "微博",
    "政府信息公开目录",
    "正文",
    "附件下载",
    "扫一扫在手机打开当前页",
    "打印关闭",
    "字体",
    "返回",
    "目录",
    "相关链接",
    "相关文件",
    "相关解读",
    "我要纠错",
];

/// Words of lines that are the site's.
const PARTS: [&str; 22] = [
    "当前位置",
    "您的位置",
    "您现在的位置",
    "您所在的位置",
    "浏览次数",
    "浏览量",
    "阅读次数",
    "点击数",
    "访问量",
    "网站标识码",
    "公网安备",
    "ICP备",
    "icp备",
    "版权所有",
    "技术支持",
    "扫一扫",
    "打印本",
    "打印此",
    "关闭本",
    "网站支持IPv6",
    "备案号",
    "我要纠错",
];

/// What lines of the site begin with, before a colon.
const LABELS: [&str; 26] = [
    "上一篇",
    "下一篇",
    "主办",
    "主办单位",
    "承办",
    "承办单位",
    "主管",
    "主管单位",
    "协办单位",
    "运维单位",
    "责任部门",
    "分享到",
    "分享",
    "联系电话",
    "相关链接",
    "相关文件",
    "相关解读",
    "相关附件",
    "责任编辑",
    "编辑",
    "作者",
    "来源",
    "信息来源",
    "版权",
    "网站地址",
    "邮编",
];

/// Claims what is the site's and takes it out.
pub(super) fn take_out(paras: &mut Vec<Para>, ledger: &mut Ledger) {
    let (start, end) = text_of(paras);
    // Below the text the site goes on to the end of the page once it has begun, or to what is
    // attached.
    let foot = (end..paras.len()).find(|&n| is_site(paras[n].str())).unwrap_or(paras.len());
    let attached = (foot..paras.len()).find(|&n| is_mark(paras[n].str())).unwrap_or(paras.len());
    let is_sites = |n: usize| {
        let (para, words) = (&paras[n], paras[n].str());
        if para.in_table() {
            return false;
        }
        (para.form == ParaForm::Site && !is_entry(para))
            || bare(words).is_empty()
            || is_page_number(words)
            || (n < start && (is_site(words) || is_loose_unit_line(para)))
            || (foot..attached).contains(&n) && !closes(&paras[n..]) && !is_noted(words)
            || (n > attached && is_site(words))
    };
    let sites: Vec<bool> = (0..paras.len()).map(is_sites).collect();
    let mut sites = sites.into_iter();
    paras.retain(|para| {
        let site = sites.next().unwrap_or(false);
        if site {
            ledger.boilerplate(para);
        }
        !site
    });
}

/// Where the text surely begins and ends: from the recipients or the first entry to behind the last
/// entry.
fn text_of(paras: &[Para]) -> (usize, usize) {
    let begins = |n: &usize| {
        let para = &paras[*n];
        is_recipients(para.str()) || is_entry(para) || is_unit_line_of(paras, *n)
    };
    let start = (0..paras.len()).find(begins).unwrap_or(paras.len());
    let ends = |n: &usize| is_entry(&paras[*n]) || is_unit_line_of(paras, *n);
    let end = (start..paras.len()).rev().find(ends).map_or(paras.len(), |last| last + 1);
    (start, end)
}

/// A row, a numbered paragraph, or one with a bracket that names units.
fn is_entry(para: &Para) -> bool {
    para.in_table()
        || (para.form != ParaForm::Site && label(para.str()).is_some())
        || !brackets(para.str(), false).is_empty()
}

/// A line such as 责任单位：…, below a paragraph that says what for and names nobody itself. 主办单位：
/// at the foot of a page stands below an item that has its units.
fn is_unit_line_of(paras: &[Para], n: usize) -> bool {
    if !opens_unit_line(paras[n].str()) {
        return false;
    }
    let above = paras[..n].iter().rev().find(|para| !opens_unit_line(para.str()));
    let open = above.is_some_and(|para| {
        brackets(para.str(), false).is_empty()
            && (is_entry(para) || para.str().ends_with(['。', '；']))
    });
    let used = || {
        let words = label_of(paras[n].str());
        let same = |para: &&Para| label_of(para.str()) == words;
        paras.iter().filter(same).count() > 1
    };
    open && (!paras[n].gap || !is_site(paras[n].str()) || used())
}

/// A line of units with nothing above that they could be responsible for.
fn is_loose_unit_line(para: &Para) -> bool {
    opens_unit_line(para.str()) && brackets(para.str(), false).is_empty()
}

fn label_of(text: &str) -> Option<&str> {
    text.split_once(['：', ':']).map(|(label, _)| label)
}

/// The note of attachments, and the imprint.
fn is_noted(text: &str) -> bool {
    text.starts_with("附件") || text.starts_with("抄送") || text.ends_with("印发")
}

/// — 3 —, 第3页 共8页.
pub(super) fn is_page_number(text: &str) -> bool {
    let words = bare(text);
    let digits = words.trim_matches(|c: char| c.is_ascii_digit()).is_empty();
    let dashes = text.starts_with(['-', '—', '–', '－']) && text.ends_with(['-', '—', '–', '－']);
    let page = words.strip_prefix('第').is_some_and(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('页')
            && words.ends_with('页')
    });
    (digits && dashes && words.chars().count() <= 4) || (page && words.chars().count() <= 12)
}

/// Whether a line says what sites say around a text.
fn is_site(text: &str) -> bool {
    let words = bare(text);
    if words.is_empty() || WHOLE.contains(&words.as_str()) {
        return true;
    }
    let folded = fold(text);
    let short = folded.chars().count() <= 160 && !folded.ends_with('。');
    let begins = label_of(&folded).is_some_and(|label| LABELS.contains(&bare(label).as_str()));
    short && (begins || PARTS.iter().any(|part| folded.contains(part)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traced::Traced;

    fn kept(lines: &[&str]) -> Vec<String> {
        let mut paras: Vec<Para> = Vec::new();
        let mut gap = false;
        for line in lines {
            if !line.is_empty() {
                paras.push(Para { gap, ..Para::new(Traced::new(line, 0)) });
            }
            gap = line.is_empty();
        }
        take_out(&mut paras, &mut Ledger::new(1000));
        paras.iter().map(|para| para.str().to_string()).collect()
    }

    #[test]
    fn above_and_below_the_text() {
        let text = [
            "关于印发要点的通知",
            "各镇人民政府：",
            "现予印发。",
            "一、政务服务",
            "1.加强技术支持。（责任单位：区发改局）",
        ];
        let mut page = vec![
            "首页",
            "【字体：大 中 小】",
            "当前位置：首页 > 政务公开",
            "主办单位：区委宣传部",
            "来源：发布　责任编辑：林某",
        ];
        page.extend(text);
        page.extend([
            "— 3 —",
            "",
            "主办单位：区政府",
            "某某人才网",
            "上一篇：关于放假的通知",
            "浙ICP备05000001号",
        ]);
        assert_eq!(kept(&page), text);
    }

    #[test]
    fn the_same_words_in_the_text_are_the_texts() {
        let text = [
            "一、政务公开",
            "政务服务",
            "1.提升访问量。（责任单位：区府办）",
            "扫一扫",
            "2.办好联席会议。",
            "主办单位：区发改局",
            "3.推广。",
            "主办单位：区财政局",
        ];
        assert_eq!(kept(&text), text);
    }

    #[test]
    fn sign_off_and_attachments_stay_among_lines_of_the_site() {
        let text = [
            "1.推进。（责任单位：区府办）",
            "分享到：微信",
            "区府办",
            "2025年3月1日",
            "附件",
            "网站地图",
        ];
        assert_eq!(kept(&text), ["1.推进。（责任单位：区府办）", "区府办", "2025年3月1日", "附件"]);
    }
}
