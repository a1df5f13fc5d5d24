//! What a government site puts around a notice.

use crate::chars::{bare, fold};
use crate::ledger::Ledger;
use crate::para::{Para, ParaForm};

/// Lines that are the site's when they hold nothing else.
const WHOLE: [&str; 44] = [
    "首页",
    "打印",
    "关闭",
    "打印本页",
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
    "走进吴兴",
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
];

/// Beginnings and words of lines that are the site's.
const PARTS: [&str; 20] = [
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
    "主办单位：",
    "技术支持",
    "扫一扫",
    "打印本",
    "关闭本",
    "网站支持IPv6",
];

/// Claims what is the site's and takes it out.
pub(super) fn take_out(paras: &mut Vec<Para>, ledger: &mut Ledger) {
    paras.retain(|para| {
        let site = !para.in_table() && (para.form == ParaForm::Site || is_site(para.str()));
        if site {
            ledger.boilerplate(para);
        }
        !site
    });
}

fn is_site(text: &str) -> bool {
    let words = bare(text);
    if words.is_empty() {
        return true;
    }
    if WHOLE.contains(&words.as_str()) {
        return true;
    }
    let folded = fold(text);
    let short = folded.chars().count() <= 160;
    // 主办单位 is a role of items too: only the site's imprint has it beside its other words.
    let parts = PARTS.iter().filter(|part| folded.contains(**part)).count();
    let role = folded.contains("主办单位：");
    short && parts > usize::from(role) && !folded.ends_with('。')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_site() {
        for text in [
            "首页",
            "【打印】",
            "【字体：大 中 小】",
            "当前位置：首页 > 政务公开",
            "浏览次数：102",
            "浙ICP备05000001号",
            "主办单位：区政府 版权所有",
            "———",
        ] {
            assert!(is_site(text), "{text}");
        }
        for text in ["主办单位：区发改局", "一、总体要求", "2024年3月6日", "打印设备更新100台。"]
        {
            assert!(!is_site(text), "{text}");
        }
    }
}
