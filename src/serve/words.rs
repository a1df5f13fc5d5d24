//! The words of the preview's page, in both languages.

use std::collections::BTreeMap;

use base::diag::{Lang, Text};
use base::text;

/// The words by the names that the page's template and scripts use.
pub(super) fn words(lang: Lang) -> BTreeMap<&'static str, String> {
    let all: [(&str, Text); 59] = [
        ("app", text!("印发预览", "yinfa preview")),
        ("skip", text!("跳到正文", "Skip to the document")),
        ("menu", text!("目录", "Contents")),
        ("publications", text!("各份公文", "Publications")),
        ("documents", text!("文件", "Documents")),
        ("sheets", text!("任务单", "Task sheets")),
        ("sheet", text!("{{unit}}任务单", "Task sheet of {{unit}}")),
        // The kinds of documents by the names of their files.
        ("notice", text!("通知", "Notice")),
        ("circular", text!("通报", "Circular")),
        ("report", text!("报告", "Report")),
        ("request", text!("请示", "Request")),
        ("letter", text!("函", "Letter")),
        ("opinion", text!("意见", "Opinion")),
        ("minutes", text!("纪要", "Minutes")),
        ("attachment", text!("附件{{n}}", "Attachment {{n}}")),
        ("form", text!("发文稿纸", "Drafting form")),
        ("distribution", text!("分发清单", "Distribution list")),
        ("breakdown", text!("任务分解总表", "Breakdown")),
        ("index", text!("任务单目录", "Index of sheets")),
        ("filter_units", text!("按单位名称查找", "Find a unit")),
        ("no_unit", text!("没有这样的单位", "No such unit")),
        ("findings", text!("检查结果", "Findings")),
        ("view", text!("显示", "Show")),
        ("both", text!("并排", "Both")),
        ("web", text!("网页", "Web page")),
        ("pages", text!("版面", "Pages")),
        ("open_web", text!("打开网页", "Open web page")),
        ("open_pdf", text!("打开 PDF", "Open PDF")),
        ("new_tab", text!("（新标签页）", " (new tab)")),
        ("page_of", text!("第 {{n}} 页，共 {{all}} 页", "Page {{n}} of {{all}}")),
        ("no_web", text!("没有网页。", "There is no web page.")),
        ("not_yet", text!("还没有正常生成过。", "Not built yet.")),
        ("no_pages", text!("没有版面。", "There are no pages.")),
        ("laying_out", text!("正在排版……", "Laying out …")),
        ("all", text!("全部", "All")),
        ("error", text!("错误", "Error")),
        ("warning", text!("警告", "Warning")),
        ("hint", text!("提示", "Hint")),
        ("errors", text!("错误", "Errors")),
        ("warnings", text!("警告", "Warnings")),
        ("hints", text!("提示", "Hints")),
        ("severity", text!("级别", "Severity")),
        ("filter_findings", text!("查找检查结果", "Find in findings")),
        ("no_findings", text!("没有发现问题。", "Nothing was found.")),
        ("none_match", text!("没有符合的结果。", "None match.")),
        ("copy", text!("复制位置", "Copy place")),
        ("copied", text!("已复制", "Copied")),
        (
            "source_gone",
            text!("文件刚有改动，请再点一次。", "The file has just changed, try again."),
        ),
        ("building", text!("正在生成……", "Building …")),
        ("built", text!("已更新，用时 {{s}} 秒", "Up to date, took {{s}} s")),
        ("failed", text!("有错误，未更新", "Errors, not updated")),
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
        ("minimise", text!("收起", "Minimise")),
        ("close", text!("关闭", "Close")),
        ("show_problems", text!("查看错误", "Show the errors")),
        ("no_publication", text!("没有公文。", "There is no publication.")),
        ("not_built", text!("未生成", "Not built")),
    ];
    all.into_iter().map(|(name, text)| (name, text.get(lang).to_owned())).collect()
}
