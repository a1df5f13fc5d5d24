//! The gallery: a small publication for every element of a notice and every awkward case.

use super::notice::{Notice, prose};

/// A publication of the gallery.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) notice: Notice,
}

/// All of them.
pub(crate) fn cases() -> Vec<Case> {
    let case = |name: &str, notice: Notice| Case { name: name.into(), notice };
    let base = Notice::new;
    let mut cases = vec![
        case("title-1-line", base()),
        case(
            "title-2-lines",
            base().with("title", "\"关于印发云溪区2025年\\n国民经济和社会发展工作要点的通知\""),
        ),
        case(
            "title-3-lines",
            base().with(
                "title",
                "\"云溪区人民政府办公室\\n关于印发云溪区数字经济高质量发展\\n三年行动计划的通知\"",
            ),
        ),
        case("recipients-40", base().with("recipients", recipients(40))),
        case("recipients-1-line", base()),
        case(
            "attachment-1",
            base().with("attachments", format!("\n{}", attachment("云溪区2025年重点项目清单", "letter"))),
        ),
        case("attachments-6", base().with("attachments", format!("\n{}", attachments(6)))),
        case("sealed", base()),
        case("unsealed", base().with("layout", "{seal: false}")),
        case("organ-4", base().with("organ", "云溪区委")),
        case("organ-4-unsealed", base().with("organ", "云溪区委").with("layout", "{seal: false}")),
        case("organ-8", base().with("organ", "云溪区发改局办")),
        case("organ-15", base().with("organ", "云溪区数字化发展领导小组办公室")),
        case("organ-30", base().with("organ", LONG_ORGAN)),
        case("organ-30-unsealed", base().with("organ", LONG_ORGAN).with("layout", "{seal: false}")),
        case("date-longer", base().with("organ", "区府办").with("date", "2025-12-31")),
        case(
            "date-longer-unsealed",
            base().with("organ", "区府办").with("date", "2025-12-31").with("layout", "{seal: false}"),
        ),
        case("last-page-odd", base().with("layout", "{imprint: last}")),
        case("last-page-even", base().with("attachments", format!("\n{}", attachments(1)))),
        case("imprint-after-blank", base().with("attachments", format!("\n{}", attachments(2)))),
        case("joint-2", base().with("organ", "[云溪区发展和改革局, 云溪区教育局]")),
        // Long enough for a line of the text to stand with the sign-off on the second page.
        case("joint-5", base().with("organ", JOINT).with("letter", prose(300))),
        case("joint-5-short", base().with("organ", JOINT)),
        case(
            "joint-5-two-a-row",
            base()
                .with("organ", JOINT)
                .with("letter", prose(300))
                .with("layout", "{seals_per_row: 2}"),
        ),
        case("joint-3-unsealed", base()
            .with("letter", prose(500))
            .with("organ", "[云溪区发展和改革局, 云溪区教育局, 云溪区民政局]")
            .with("layout", "{seal: false}")),
        case("letter", base().with("format", "letter").with("mark", "云溪区发展和改革局")),
        case(
            "letter-full",
            base()
                .with("format", "letter")
                .with("mark", "云溪区人民政府办公室")
                .with("copy_number", "\"000012\"")
                .with("secrecy", "{level: 机密, term: 1年}")
                .with("urgency", "特急"),
        ),
        case("head-full", base()
            .with("copy_number", "\"000123\"")
            .with("secrecy", "{level: 机密, term: 1年}")
            .with("urgency", "特急")),
        case("head-urgency", base().with("urgency", "加急")),
        case("upward-1", base().with("signatory", "[江伯言]")),
        case("upward-3", base().with("signatory", "[江伯言, 沈知行, 路嘉禾]")),
        case("no-mark", base().with("mark", "none")),
        case("draft", base().with("stage", "征求意见稿")),
        case("no-imprint", base().without("copies").without("printed").without("printed_by")),
        case("no-sign-off", base().with("sign_off", "false").without("note")),
        case("levels", base().with("issued", levels()).items(
            "- section: 目标\n  text: 新增就业5000人。\n  units: [区发改局]\n- section: 指标\n  text: 全年增长6%以上。\n  units: [区教育局]\n",
        )),
        case("latin-and-digits", base().with("letter", LATIN)),
        case("quotes", base().with("letter", QUOTES)),
        case("list", base().with("letter", format!("{LIST}\n  {}\n", prose(80)))),
        case("bracket-long", base().items(BRACKET)),
        case("brackets", base().items(brackets())),
        case("rare-characters", base().with("letter", RARE).with("organ", "云溪区塬上㙍村甪里办事处")),
        case("wide-table", base().with("attachments", "\n  - {title: 任务分解表, kind: task-table}")),
        case(
            "wide-after-text",
            base().with(
                "attachments",
                "\n  - {title: 说明, kind: text, text: 如下。}\n  - {title: 任务分解表, kind: task-table}",
            ),
        ),
        case(
            "wide-long",
            base().items(brackets()).with("attachments", "\n  - {title: 任务分解表, kind: task-table}"),
        ),
        case("links", base().with("letter", "现将要点印发给你们，详见[网站](https://example.com)，请执行。")),
        case(
            "list-nested",
            base().with("letter", "|\n  各单位：\n\n  - 第一项：\n    - 内层一；\n    - 内层二。\n  - 第二项。\n\n  请执行。\n"),
        ),
        case("letter-default-mark", base().with("format", "letter")),
        case("table", base().with("attachments", table(6))),
        case("table-long", base().with("attachments", table(60))),
        case("unit-list", base().with("attachments", "\n  - {title: 单位名单, kind: unit-list}")),
        case("grid-filled", base().with("layout", "{grid: filled}").with("letter", prose(900))),
        case("long-text", base().with("letter", format!("|\n{}", paragraphs(8, 190)))),
    ];
    cases.extend([
        case("names-whole", base().with("layout", "{names: whole}").items(brackets())),
        case("numbers-at-line-ends", base().items(numbers())),
        case("mark-condensed", base().with("mark", "云溪区人民政府办公室推进专班文件")),
        case("mark-two-lines", base().with("mark", "云溪区推进粤港澳大湾区建设和长三角一体化发展领导小组办公室文件")),
        case("mark-two-lines-letter", base().with("format", "letter").with("mark", LONG_ORGAN)),
        case("mark-own-lines", base().with("mark", "\"云溪区委办公室\\n云溪区人民政府办公室\\n文件\"")),
        case("joint-5-one-sentence", base().with("organ", JOINT).with("letter", "请认真贯彻执行。")),
        case("joint-5-long-names", base().with("organ", JOINT_LONG).with("letter", prose(280))),
        case("joint-4-long-names", base().with("organ", "[云溪区教育局, 国家税务总局云溪区税务局, 云溪区住房城乡建设和综合行政执法局, 云溪区民政局]")),
        case("upward-2", base().with("signatory", "[江伯言, 沈知行]")),
        case("upward-4-long-number", base().with("signatory", "[江伯言, 欧阳沈知, 路嘉禾, 沈行]").with("number", "{code: 云溪新区管委会发改财, year: 2025, serial: 1234}")),
        case("unsealed-two-lines", base().with("organ", format!("{LONG_ORGAN}秘书处")).with("layout", "{seal: false}")),
        case("copies-30", base().with("copies", format!("[{}]", copies(30)))),
        case("recipients-80-copies-30", base().with("recipients", recipients(80)).with("copies", format!("[{}]", copies(30)))),
        case("printed-by-long", base().with("printed_by", format!("{LONG_ORGAN}秘书处"))),
        case("list-in-item", base().items(list_items())),
        case("attachment-headings", base().with("attachments", "\n  - title: 管理办法\n    kind: text\n    text: |\n      # 第一章　总则\n\n      **第一条**　为加强管理，制定本办法。\n\n      **第二条**\n\n      本办法适用于全区。\n")),
        case("symbols", base().with("letter", "水费为5元，￥5000元、＄300和￣线，详见https://www.yunxi.gov.cn/zwgk/2025/03/06/content_12345.html，电子邮箱yunxi-fagai@yunxi.gov.cn，并落实Telecommunications等Infrastructure项目。")),
    ]);
    cases.extend([
        case("text-table-letter", base().with("letter", format!("|\n{}", text_table(3, "  ")))),
        case("text-table-long", base().with("letter", format!("|\n{}", text_table(60, "  ")))),
        case(
            "text-table-format-letter",
            base()
                .with("format", "letter")
                .with("mark", "云溪区发展和改革局")
                .with("letter", format!("|\n{}", text_table(12, "  "))),
        ),
        case("text-tables-items", base().items(table_items())),
        case(
            "text-table-attachment",
            base().with(
                "attachments",
                format!(
                    "\n  - title: 情况说明\n    kind: text\n    text: |\n{}",
                    text_table(8, "      ")
                ),
            ),
        ),
    ]);
    cases.extend(super::kinds::cases());
    // The letter ends on each of the last lines of the first page and the first ones of the next.
    for lines in 4..16 {
        cases.push(case(
            &format!("letter-of-{lines}-lines"),
            base().with("letter", prose(lines * 28 - 10)),
        ));
    }
    cases
}

/// Items of all lengths, so that brackets come to stand at the top of pages in every way.
fn brackets() -> String {
    const UNITS: [&str; 3] = ["区发改局", "区教育局", "东山镇"];
    (0..150)
        .map(|n| {
            let text = prose(20 + n * 53 % 197);
            let units: Vec<_> = UNITS.iter().cycle().skip(n).take(1 + n % 3).copied().collect();
            format!("- section: 发展\n  text: {text}\n  units: [{}]\n", units.join(", "))
        })
        .collect()
}

const LONG_ORGAN: &str = "云溪区推进粤港澳大湾区建设和长三角一体化发展领导小组综合办公室";
pub(super) const JOINT: &str =
    "[云溪区发展和改革局, 云溪区教育局, 云溪区民政局, 云溪区财政局, 云溪区人力资源和社会保障局]";
const LATIN: &str = "今年以来，全区GDP增长6.8%，R&D经费占比3.2%，5G基站建成1280个，全社会研发投入达到12.6亿元，PM2.5平均浓度为28微克/立方米，AI算力规模超过500P，API接口调用量达3.6亿次，其中Web端占62%，各单位要继续对照2025年目标抓好落实，确保完成全年任务。";
const QUOTES: &str = "坚持“一张蓝图绘到底”，推动“放管服”改革向纵深发展，落实“双随机、一公开”监管，完善“互联网+政务服务”体系，抓好“最后一公里”，做到“件件有着落、事事有回音”，推进“十四五”规划收官和“十五五”规划编制，巩固“不忘初心、牢记使命”主题教育成果。";
const LIST: &str = "|\n  各单位要做好以下工作：\n\n  - 加强组织领导，明确责任分工，细化工作措施，压实工作责任，确保各项任务落到实处；\n  - 加强督促检查。\n\n  并按下列步骤推进：\n\n  1. 三月底前制定方案，报区发改局备案，并抄送有关单位，同步公开；\n  2. 年底前总结。\n";
const BRACKET: &str = "- section: 发展\n  text: 加快建设重大项目，全年开工10个以上，竣工8个以上，完成投资32亿元。\n  units: [区发改局, 区住房城乡建设和综合行政执法局, 区市场监督管理局（知识产权局）, 区委组织部（人才办）, 区教育局, 区塬上文化旅游服务中心, 各镇街]\n- section: 民生\n  text: 新建学校2所。\n  units: [区教育局]\n";
const RARE: &str = "请朱镕基同志、王堃同志、李喆同志、张玥同志、赵珺同志和㙍村、塬上、甪里等村社负责人参加会议，并做好准备工作。";

const JOINT_LONG: &str = "[云溪区发展和改革局, 云溪区教育局, 云溪区住房城乡建设和综合行政执法局, 国家税务总局云溪区税务局, 云溪区人力资源和社会保障局]";

/// Numbers with their measure words at every place of a line.
fn numbers() -> String {
    (0..28)
        .map(|n| {
            let text = format!(
                "{}完成12个项目、第三批任务，于5月31日前报送。",
                prose(20 + n).trim_end_matches('。')
            );
            format!("- section: 发展\n  text: {text}\n  units: [区发改局]\n")
        })
        .collect()
}

fn copies(count: usize) -> String {
    (1..=count).map(|n| format!("云溪区第{n}街道办事处综合办公室")).collect::<Vec<_>>().join(", ")
}

/// Items that end in a list, with one inside, at the foot of a page.
fn list_items() -> String {
    let list = "    - 推进项目，按月调度、按季通报；\n      - 开工10个；\n      - 竣工8个。\n    - 强化保障：\n      1. 用地；\n      2. 能耗。\n\n    步骤如下：\n\n    1. 3月底前制定方案；\n    2. 年底前总结。\n";
    (0..12)
        .map(|n| {
            format!(
                "- section: 发展\n  text: |\n    {}\n\n{list}  units: [区发改局, 区教育局]\n",
                prose(20 + n * 31)
            )
        })
        .collect()
}

/// A text with a table of so many rows, under its caption, at an indent.
pub(super) fn text_table(rows: usize, indent: &str) -> String {
    let mut lines = vec![
        "各镇街完成情况如下。".to_string(),
        String::new(),
        "表1　主要指标（单位：万元）".into(),
        String::new(),
        "| 序号 | 镇街 | 固定资产投资 | 同比增长（%） | 说明 |".into(),
        "|---|---|---|---|---|".into(),
    ];
    lines.extend((1..=rows).map(|n| {
        format!("| {n} | 东山镇 | {}.5 | {}.1 | 项目集中开工，投资快于序时进度 |", n * 120, n % 9)
    }));
    lines.extend([String::new(), prose(80)]);
    lines.iter().map(|line| format!("{indent}{line}").trim_end().to_string() + "\n").collect()
}

/// Items that end in tables, low and tall, so that their brackets come to stand all over the page.
fn table_items() -> String {
    (0..14)
        .map(|n| {
            let rows = if n == 7 { 50 } else { 1 + n % 4 };
            let rows: String = (0..rows).map(|m| format!("    | 项目{m} | {} |\n", m * 7)).collect();
            format!(
                "- section: 发展\n  text: |\n    {}\n\n    | 项目 | 投资 |\n    |---|---|\n{rows}  units: [区发改局, 区教育局]\n",
                prose(20 + n * 31)
            )
        })
        .collect()
}

/// Recipients, so many.
pub(crate) fn recipients(count: usize) -> String {
    let names: Vec<String> = (1..=count)
        .map(|n| {
            let han = ["东", "西", "南", "北", "上", "下", "前", "后"];
            let place = format!("{}{}", han[n % 8], ["山", "水", "湖", "岭", "溪"][n / 8 % 5]);
            format!("{{text: {place}镇第{n}人民政府办事处, to: [东山镇]}}")
        })
        .collect();
    format!("[{}]", names.join(", "))
}

fn attachment(title: &str, of: &str) -> String {
    format!("  - {{title: {title}, of: {of}, kind: text, text: {}}}\n", prose(120))
}

pub(super) fn attachments(count: usize) -> String {
    let title = |n: usize| match n {
        2 => "云溪区2025年国民经济和社会发展重点工作任务责任分工及完成时限一览表".to_string(),
        _ => format!("重点工作清单之{n}"),
    };
    (1..=count).map(|n| attachment(&title(n), "issued")).collect()
}

fn table(rows: usize) -> String {
    let rows: Vec<String> = (1..=rows)
        .map(|n| format!("[{n}, 新建公共服务设施, 个, {}以上, 区发改局]", n * 3))
        .collect();
    format!(
        "\n  - title: 主要指标\n    kind: table\n    text: 下列指标按季度调度。\n    columns: [序号, 指标名称, 计量单位, 年度目标, 牵头单位]\n    rows: [{}]",
        rows.join(", ")
    )
}

fn paragraphs(count: usize, characters: usize) -> String {
    (0..count).map(|n| format!("  {}\n\n", prose(characters + n * 7))).collect()
}

fn levels() -> String {
    format!(
        "\n  title: 2025年工作要点\n  preface: {}\n  sections:\n    - id: 总体\n      heading: 总体要求\n      sections:\n        - {{id: 目标, heading: 主要目标, before: {}, sections: [{{id: 指标, heading: 指标体系, before: {}}}]}}\n        - {{id: 原则, heading: 基本原则, before: {}}}\n",
        prose(40),
        prose(50),
        prose(33),
        prose(64)
    )
}
