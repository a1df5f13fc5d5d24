//! The words of the preview's page, in both languages.

use std::collections::BTreeMap;

use crate::diag::{Lang, Text};
use crate::text;

/// The words by the names that the page's template and scripts use.
pub(super) fn words(lang: Lang) -> BTreeMap<&'static str, String> {
    let all: [(&str, Text); 50] = [
        ("app", text!("印发预览", "yinfa preview")),
        ("skip", text!("跳到正文", "skip to the document")),
        ("menu", text!("目录", "contents")),
        ("publications", text!("各份通知", "publications")),
        ("documents", text!("文件", "documents")),
        ("sheets", text!("任务单", "task sheets")),
        ("sheet", text!("{{unit}}任务单", "Task sheet of {{unit}}")),
        ("notice", text!("通知", "notice")),
        ("breakdown", text!("任务分解总表", "breakdown")),
        ("index", text!("任务单目录", "index of sheets")),
        ("filter_units", text!("按单位名称查找", "find a unit")),
        ("no_unit", text!("没有这样的单位", "no such unit")),
        ("findings", text!("检查结果", "findings")),
        ("view", text!("显示", "show")),
        ("both", text!("并排", "both")),
        ("web", text!("网页", "web page")),
        ("pages", text!("版面", "pages")),
        ("open_web", text!("打开网页", "open web page")),
        ("open_pdf", text!("打开 PDF", "open PDF")),
        ("new_tab", text!("（新标签页）", " (new tab)")),
        ("page_of", text!("第 {{n}} 页，共 {{all}} 页", "page {{n}} of {{all}}")),
        ("no_web", text!("没有网页。", "There is no web page.")),
        ("not_yet", text!("还没有正常生成过。", "Not built yet.")),
        ("no_pages", text!("没有版面。", "There are no pages.")),
        ("laying_out", text!("正在排版……", "laying out …")),
        ("all", text!("全部", "all")),
        ("error", text!("错误", "error")),
        ("warning", text!("警告", "warning")),
        ("hint", text!("提示", "hint")),
        ("errors", text!("错误", "errors")),
        ("warnings", text!("警告", "warnings")),
        ("hints", text!("提示", "hints")),
        ("severity", text!("级别", "severity")),
        ("filter_findings", text!("查找检查结果", "find in findings")),
        ("no_findings", text!("没有发现问题。", "Nothing was found.")),
        ("none_match", text!("没有符合的结果。", "None match.")),
        ("copy", text!("复制位置", "copy place")),
        ("copied", text!("已复制", "copied")),
        (
            "source_gone",
            text!("文件刚有改动，请再点一次。", "The file has just changed, try again."),
        ),
        ("building", text!("正在生成……", "building …")),
        ("built", text!("已更新，用时 {{s}} 秒", "up to date, took {{s}} s")),
        ("failed", text!("有错误，未更新", "errors, not updated")),
        (
            "lost",
            text!(
                "yinfa serve 已停止，重新运行后自动恢复",
                "yinfa serve has stopped; this page goes on when it runs again"
            ),
        ),
        ("problems", text!("这次没有生成", "Not built")),
        (
            "problems_text",
            text!(
                "改好后自动更新，在此之前显示上次正常的结果。",
                "This goes away when it is mended. Until then the last good result is shown."
            ),
        ),
        ("minimise", text!("收起", "minimise")),
        ("close", text!("关闭", "close")),
        ("show_problems", text!("查看错误", "show the errors")),
        ("no_publication", text!("没有通知。", "There is no publication.")),
        ("not_built", text!("未生成", "not built")),
    ];
    all.into_iter().map(|(name, text)| (name, text.get(lang).to_owned())).collect()
}
