//! The schema of each record.

use serde_json::{Map, Value, json};

use super::{choice, flag, integer, list, list_of, object, of, or_blank, text, texts};
use crate::content::schema::archive::Retention;
use crate::content::schema::notice::Access;
use crate::content::schema::section::NumberStyle;
use crate::content::schema::units::UnitKind;

fn names<T>(all: &[(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(name, _)| *name).collect()
}

/// yinfa.yaml.
pub(super) fn project(rules: &[&str]) -> Value {
    let level = choice("级别", ["off", "hint", "warning", "error", "关闭", "提示", "警告", "错误"]);
    let rules: Map<String, Value> =
        rules.iter().map(|rule| ((*rule).to_string(), level.clone())).collect();
    let common: Vec<(&str, Value)> = common();
    let whole = object(
        &[],
        &[
            ("office", text("办文单位；没有写发文机关的通知由它发文")),
            ("defaults", object(&[], &common)),
            ("output", text("输出文件夹，不写就是 output")),
            ("fonts", of("fonts", "字体")),
            ("engine", choice("排版引擎", ["embedded", "command"])),
            ("typst", text("engine: command 时 typst 命令的路径")),
            ("mail", of("mail", "发邮件的设置，见 docs/send.md")),
            ("archive", of("archive", "归档：档号由这些设置组成")),
            (
                "check",
                json!({
                    "type": "object",
                    "additionalProperties": false,
                    "properties": rules,
                    "description": "检查规则的开关，见 docs/rules.md",
                }),
            ),
        ],
    );
    // An empty file is a project without settings.
    or_blank(whole)
}

/// units.yaml.
pub(super) fn units() -> Value {
    object(
        &["units"],
        &[
            ("units", list_of("unit", "全部单位，按规定的顺序")),
            ("groups", list_of("group", "统称：一个名称代表几个单位")),
            ("recipients", list_of("wording", "主送机关的写法")),
        ],
    )
}

/// notice.yaml.
pub(super) fn notice() -> Value {
    let mut keys = vec![
        ("title", text("标题，不含发文机关；换行就是印出来的换行")),
        ("subject", text("任务单上用的简称")),
        ("number", of("number", "发文字号")),
        ("copy_number", text("份号，六位数字")),
        ("secrecy", of("secrecy", "密级")),
        ("urgency", choice("紧急程度", ["特急", "加急"])),
        ("signatory", texts("签发人，用于上行文")),
        ("recipients", list_of("recipient", "主送机关，一类一项")),
        ("letter", text("通知的正文（Markdown）")),
        ("issued", of("issued", "所印发的文本")),
        ("attachments", list_of("attachment", "附件")),
        ("date", text("成文日期，如 2025-03-06")),
        ("published", text("发布日期，可以带时间：2025-03-07 17:16")),
        ("note", text("附注，不写括号：此件公开发布")),
        ("printed", text("印发日期")),
        ("process", of("process", "办理过程：存档，不印")),
        ("stage", choice("征求意见稿、送审稿或正式文本", ["征求意见稿", "送审稿", "正式"])),
    ];
    keys.extend(common());
    object(&["title", "issued"], &keys)
}

/// The keys of a notice that yinfa.yaml may give defaults for.
fn common() -> Vec<(&'static str, Value)> {
    vec![
        ("organ_in_title", choice("发文机关印在标题前的哪里", ["none", "print", "web", "both"])),
        ("organ", texts("发文机关；联合行文写成列表，主办机关在前")),
        ("publisher", text("网页上的发布机构")),
        ("printed_by", text("印发机关")),
        ("mark", text("发文机关标志；none 为没有红头")),
        ("format", choice("首页的格式：普通或信函", ["normal", "letter"])),
        ("items", of("numbering", "任务的编号")),
        ("lead", choice("first：排名第一的责任单位牵头", ["first", "none"])),
        ("lead_sentence", text("true：在第一个括号里印出这条约定；也可写文字")),
        ("label", text("单位前面的词，不写就是“责任单位”")),
        ("sign_off", flag("false：不印落款")),
        ("layout", of("layout", "国家标准留有余地的版式")),
        ("copies", texts("抄送，一类一行")),
        ("disclosure", of("disclosure", "信息公开")),
        ("reporting", of("reporting", "进展报送，印在任务单上")),
        ("sheets", of("sheets", "任务单")),
    ]
}

/// An item file.
pub(super) fn items() -> Value {
    let file = object(
        &["section", "items"],
        &[
            ("section", text("这些任务所在的部分：id 或标题")),
            ("items", list("任务", json!({ "$ref": "#/$defs/item" }))),
        ],
    );
    let alone = json!({ "$ref": "#/$defs/item", "required": ["section"] });
    json!({ "anyOf": [file, alone, { "type": "array", "items": alone }] })
}

/// The units of an item, a part or a section.
fn assignment() -> [(&'static str, Value); 5] {
    [
        ("units", list_of("unit-entry", "责任单位，按顺序")),
        ("leads", list_of("unit-entry", "牵头单位")),
        ("responsible", list_of("unit-entry", "牵头单位之外的责任单位")),
        ("cooperating", list_of("unit-entry", "配合单位")),
        ("label", text("单位前面的词：责任单位、负责")),
    ]
}

fn with_assignment(required: &[&str], keys: Vec<(&'static str, Value)>) -> Value {
    let keys: Vec<_> = keys.into_iter().chain(assignment()).collect();
    object(required, &keys)
}

/// All mappings that others refer to.
pub(super) fn definitions() -> Value {
    let style = || choice("编号的形式", names(&NumberStyle::ALL));
    let start = || json!({ "type": ["integer", "string"], "description": "编号从几开始；continue 接续，restart 重新编号" });
    let kinds = |description| list(description, choice("类别", names(&UnitKind::ALL)));
    json!({
        "fonts": object(&[], &[
            ("folders", texts("先在这些文件夹里找字体")),
            ("title", texts("标题（小标宋）")),
            ("body", texts("正文（仿宋）")),
            ("kai", texts("楷体")),
            ("hei", texts("黑体")),
            ("song", texts("宋体")),
        ]),
        "archive": object(&[], &[
            ("folder", text("归档文件夹，不写就是 archive")),
            ("fonds", text("全宗号：字母和数字")),
            ("fonds_name", text("全宗名称")),
            ("creator", text("立档单位名称；不写就是 office")),
            ("division", text("机构（问题）代码：字母和数字，如 BGS")),
            ("retention", choice("保管期限，没有默认值", names(&Retention::ALL))),
        ]),
        "unit": object(&["name", "kind"], &[
            ("name", text("规范简称，印在文件上的名称")),
            ("full_name", text("全称")),
            ("kind", choice("类别", names(&UnitKind::ALL))),
            ("aliases", texts("别名、旧称")),
            ("qualifiers", texts("名称后面括号里可以写的：人才办")),
            ("served_by", text("替它办事、收它的任务单的单位")),
            ("outside", flag("名录以外的单位")),
            ("sheet", flag("false：不出任务单")),
            ("contact", of("contact", "联系人")),
        ]),
        "contact": object(&[], &[
            ("person", text("姓名")),
            ("phone", text("电话")),
            ("email", texts("邮箱；几个地址写成列表，各发一封")),
            ("address", text("地址")),
        ]),
        "mail": object(&["host", "from"], &[
            ("host", text("邮件服务器")),
            ("port", integer("端口；不写时 tls 为 465，starttls 为 587，plain 为 25")),
            ("security", choice("tls（默认）、starttls，或 plain（不加密）", ["tls", "starttls", "plain"])),
            ("ca_file", text("本单位自建证书机构的根证书（PEM）")),
            ("user", text("登录名")),
            ("password_env", text("存放密码的环境变量，不写就是 YINFA_SMTP_PASSWORD")),
            ("password_file", text("存放密码的文件；密码不写在记录里")),
            ("from", text("发件人：地址，或 名称 <地址>")),
            ("reply_to", text("回复到这个地址")),
            ("hello", text("向服务器报的本机域名")),
            ("rate", integer("每分钟至多发几封")),
            ("retries", integer("暂时发不出的再试几次，默认 3")),
            ("retry_wait", integer("第一次再试前等几秒，以后每次加倍，默认 30")),
            ("timeout", integer("等服务器回答至多几秒，默认 60")),
            ("max_size", integer("一封邮件至多几 MB，默认 20")),
        ]),
        "group": object(&["name"], &[
            ("name", text("统称：各乡镇")),
            ("aliases", texts("别的写法")),
            ("kinds", kinds("这些类别的全部单位")),
            ("all", flag("全部单位")),
            ("members", texts("单位或别的统称")),
            ("except", texts("除外的单位")),
        ]),
        "wording": object(&["text", "to"], &[
            ("text", text("主送机关的写法：各乡镇人民政府、街道办事处")),
            ("to", texts("指哪些单位")),
        ]),
        "number": object(&["code", "year"], &[
            ("code", text("发文机关代字")),
            ("year", integer("年份，四位")),
            ("serial", or_blank(integer("序号，签发后再写"))),
        ]),
        "secrecy": object(&["level"], &[
            ("level", choice("密级", ["秘密", "机密", "绝密"])),
            ("term", text("保密期限")),
        ]),
        "recipient": json!({ "anyOf": [
            text("单位、统称，或名录里登记的写法"),
            object(&["text", "to"], &[
                ("text", text("印出来的写法")),
                ("to", texts("指哪些单位")),
            ]),
        ]}),
        "issued": object(&["title", "sections"], &[
            ("title", text("所印发文本的标题")),
            ("preface", text("前言（Markdown）")),
            ("sections", list_of("section", "各部分")),
        ]),
        "section": with_assignment(&[], vec![
            ("id", text("任务用来指明所在部分的名称；不写就用标题")),
            ("heading", text("标题，不写编号")),
            ("style", style()),
            ("start", start()),
            ("before", text("任务前面的文字（Markdown）")),
            ("after", text("任务后面的文字（Markdown）")),
            ("items", object(&[], &[("style", style()), ("start", start())])),
            ("sections", list_of("section", "下一级的部分")),
        ]),
        "numbering": object(&[], &[
            ("style", style()),
            ("numbering", choice("从头到尾连续编号，或每部分重新编", ["continue", "restart"])),
        ]),
        "attachment": object(&["title", "kind"], &[
            ("title", text("名称")),
            ("of", choice("附在所印发文本后，还是通知后", ["issued", "letter"])),
            ("kind", choice("形式：文字、表格、单位名单、任务分解表", ["text", "table", "unit-list", "task-table"])),
            ("text", text("文字；或表格、名单前面的一句话")),
            ("columns", texts("表头")),
            ("rows", list("各行", json!({ "type": "array", "items": or_blank(text("一格")) }))),
            ("wide", flag("放在横向的页上")),
            ("units", texts("名单里的单位；不写就是全部单位")),
        ]),
        "layout": object(&[], &[
            ("grid", choice("行距", ["own-gap", "filled"])),
            ("imprint", choice("版记在末页还是最后一个双页", ["even", "last"])),
            ("seal", flag("false：落款不盖章")),
            ("seals_per_row", json!({ "enum": [1, 2, 3], "description": "联合行文一行几个印章" })),
        ]),
        "disclosure": object(&[], &[
            ("index", text("索引号")),
            ("access", choice("公开方式", names(&Access::ALL))),
            ("period", text("公开时限")),
            ("validity", text("有效性")),
            ("topic", text("主题分类")),
            ("genre", text("体裁")),
            ("keywords", texts("关键词")),
            ("links", list_of("link", "政策解读等链接")),
            ("web", flag("true：不是主动公开也出网页")),
        ]),
        "link": object(&["text", "url"], &[
            ("text", text("显示的文字")),
            ("url", text("http 或 https 地址")),
        ]),
        "process": object(&[], &[
            ("drafted", list_of("step", "拟稿")),
            ("reviewed", list_of("step", "审核")),
            ("countersigned", list_of("step", "会签")),
            ("signed", list_of("step", "签发")),
        ]),
        "step": object(&["who"], &[("who", text("谁")), ("when", text("日期"))]),
        "reporting": object(&[], &[
            ("cycle", text("周期：每月")),
            ("due", text("期限：25日前")),
            ("to", text("报给哪个单位")),
            ("contact", of("contact", "联系人")),
            ("how", text("方式")),
            ("states", texts("工作簿里“完成情况”可选的几种，如：未启动、推进中、已完成")),
        ]),
        "sheets": object(&[], &[
            ("order", choice("任务的先后：先列牵头任务，或按通知", ["leading-first", "notice"])),
            ("without_task", kinds("没有任务也出任务单的类别")),
        ]),
        "item": with_assignment(&[], vec![
            ("section", text("所在的部分：id 或标题")),
            ("order", integer("在这一部分里的先后")),
            ("text", text("任务（Markdown）")),
            ("parts", list_of("part", "几部分由不同单位负责时，代替 text 和各类单位")),
            ("targets", list_of("target", "指标")),
            ("deadline", of("deadline", "时限")),
            ("own", list_of("own", "各单位自己的任务和指标")),
        ]),
        "part": with_assignment(&["text"], vec![("text", text("这一部分的文字（Markdown）"))]),
        "unit-entry": json!({ "anyOf": [
            text("印出来的名称：单位、别名、带括号的单位，或统称"),
            object(&["name"], &[
                ("name", text("印出来的名称")),
                ("group", text("它代表的统称")),
                ("members", texts("“有关单位”“等”指哪些单位")),
                ("except", texts("除外的单位")),
            ]),
        ]}),
        "target": object(&["name"], &[
            ("name", text("指标名称")),
            ("eq", text("等于")),
            ("ge", text("不少于")),
            ("gt", text("超过")),
            ("le", text("不超过")),
            ("lt", text("低于")),
            ("measure", text("量词或计量单位")),
        ]),
        "deadline": json!({ "anyOf": [
            text("2025-06-30、2025-06、2025-Q2、2025 或 长期"),
            object(&["when", "text"], &[
                ("when", text("2025-06-30、2025-06、2025-Q2、2025 或 长期")),
                ("text", text("印出来的写法")),
            ]),
        ]}),
        "own": object(&["unit"], &[
            ("unit", text("单位")),
            ("task", text("本单位具体任务（Markdown）")),
            ("targets", list_of("target", "本单位指标")),
        ]),
    })
}
