//! Documents that carry their text themselves, of every kind.

use super::cases::{Case, JOINT, attachments, text_table};
use super::notice::{Notice, prose};
use records::content::schema::notice::Kind;

/// All of them.
pub(super) fn cases() -> Vec<Case> {
    let mut cases = of_notices();
    cases.extend(of_bulletins());
    for kind in ["通报", "报告", "请示", "函", "意见", "纪要"] {
        cases.extend(of_kind(kind));
    }
    cases
}

/// The shortest, the longest, a joint one, one with a table, one with two attachments, and a draft.
fn of_kind(kind: &str) -> Vec<Case> {
    let name = Kind::of_title(kind).map_or("", Kind::file_name);
    let case = |case: &str, notice: Notice| Case { name: format!("kind-{name}-{case}"), notice };
    let base = |body: &str| {
        let notice = Notice::direct(kind, body).without("printed_by").without("note");
        match kind {
            "报告" | "请示" => notice
                .with("recipients", "[区人民政府]")
                .with("signatory", "[江伯言]")
                .with("note", "联系人：沈知行，电话：0570-5550204"),
            "纪要" => notice
                .without("recipients")
                .without("number")
                .with("issue", "12")
                .with("mark", "云溪区发展和改革局会议纪要")
                .with(
                    "attendance",
                    format!(
                        "\n  present: {PRESENT}\n  excused: 区教育局路嘉禾\n  observers: 东山镇沈行"
                    ),
                ),
            _ => notice,
        }
    };
    let upward = ["报告", "请示"].contains(&kind);
    let joint = match upward {
        true => base(&levels())
            .with("organ", JOINT)
            .with("signatory", "[江伯言, 沈知行, 路嘉禾, 沈行, 欧阳知行]"),
        false => base(&levels()).with("organ", JOINT),
    };
    vec![
        case("short", base(&format!("{{before: {}}}", prose(60)))),
        case("long", base(&long())),
        case("joint", joint),
        case("table", base(&table())),
        case("two-attachments", base(&levels()).with("attachments", attachments_of_body(2))),
        case("draft", base(&levels()).with("stage", "征求意见稿")),
    ]
}

/// Long enough for the names to stand on two lines.
const PRESENT: &str = "区发展和改革局江伯言、沈知行，区教育局路嘉禾，区民政局欧阳知行，区财政局沈行，各镇街主要负责人";

/// Some pages.
fn long() -> String {
    let section = |n: usize| {
        format!(
            "    - {{heading: 工作之{n}, before: {}, after: {}}}\n",
            prose(220 + n * 31),
            prose(140)
        )
    };
    let sections: String = (1..=6).map(section).collect();
    format!("\n  before: {}\n  sections:\n{sections}  after: {}\n", prose(180), prose(40))
}

/// 通报 in the format of a bulletin.
fn of_bulletins() -> Vec<Case> {
    let case = |case: &str, notice: Notice| Case { name: format!("bulletin-{case}"), notice };
    let base = |body: &str| {
        Notice::direct("通报", body)
            .with("format", "bulletin")
            .without("recipients")
            .without("number")
            .without("copies")
            .with("issue", "3")
    };
    let circulation = format!(
        "\n  up: 区委、区人大常委会、区政府、区政协领导\n  across: 区委办公室、区人大常委会办公室、区政协办公室\n  down: {PRESENT}，{PRESENT}"
    );
    vec![
        case("short", base(&format!("{{before: {}}}", prose(60)))),
        case("long", base(&long()).with("circulation", circulation.clone())),
        case("joint", base(&levels()).with("organ", JOINT)),
        case("table", base(&table()).with("circulation", "\n  down: 各乡镇人民政府、街道办事处")),
        case(
            "two-attachments",
            base(&levels())
                .with("mark", "数字化发展工作动态")
                .with("circulation", circulation)
                .with("attachments", attachments_of_body(2)),
        ),
        case("draft", base(&levels()).with("stage", "征求意见稿")),
        case(
            "recipients",
            base(&levels()).with("recipients", "[各镇街]").with("copies", "[市发展和改革委员会]"),
        ),
    ]
}

fn of_notices() -> Vec<Case> {
    let case = |name: &str, notice: Notice| Case { name: format!("body-{name}"), notice };
    let direct = Notice::direct;
    vec![
        case("one-line", direct("通知", "{before: 请认真贯彻执行。}")),
        case("levels", direct("通知", &levels())),
        case("table", direct("通知", &table())),
        case("two-attachments", direct("通知", &levels()).with("attachments", attachments_of_body(2))),
        case("draft", direct("通知", &levels()).with("stage", "征求意见稿")),
        case("joint", direct("通知", &levels()).with("organ", JOINT)),
        case("format-letter", direct("通知", &levels()).with("format", "letter")),
        case(
            "attached-draft",
            direct("函", &levels()).with(
                "attachments",
                "\n  - {title: 云溪区2026年工作要点, kind: text, text: 全年目标如下。, stage: 征求意见稿}\n  - {title: 说明, kind: text, text: 有关说明如下。}",
            ),
        ),
        case("issued-draft", Notice::new().with("issued", "\n  title: 2025年工作要点\n  stage: 送审稿\n  sections:\n    - {id: 发展, heading: 加快发展}\n    - {id: 民生, heading: 改善民生}")),
        case(
            "items",
            direct("通知", &levels()).items(
                "- {section: 重点任务, text: 新建学校2所，新增学位1200个。, units: [区教育局, 东山镇]}\n- {section: 重点任务, text: 新增就业5000人。, units: [区发改局]}\n",
            ),
        ),
    ]
}

/// Attachments as they are written for a document without an issued text.
fn attachments_of_body(count: usize) -> String {
    format!("\n{}", attachments(count).replace(", of: issued", "").replace(", of: letter", ""))
}

/// Four levels of headings, with lists and prose.
fn levels() -> String {
    format!(
        "\n  before: {}\n  sections:\n    - heading: 工作目标\n      before: {}\n      sections:\n        - heading: 总体要求\n          sections:\n            - heading: 把握进度\n              sections:\n                - {{heading: 按月调度, before: {}}}\n                - {{heading: 按季通报, before: {}}}\n            - {{heading: 抓好落实, before: {}}}\n    - heading: 重点任务\n    - heading: 工作要求\n      before: |\n        {}\n\n        - 每月28日前报送进展情况；\n        - 遇有重大问题及时报告。\n  after: 特此通知。\n",
        prose(80),
        prose(130),
        prose(33),
        prose(58),
        prose(90),
        prose(61)
    )
}

/// A table among the sections.
fn table() -> String {
    format!(
        "\n  before: {}\n  sections:\n    - heading: 主要指标\n      before: |\n{}    - {{heading: 工作要求, before: {}}}\n",
        prose(50),
        text_table(8, "        "),
        prose(70)
    )
}
