//! Tables of tasks of random shape, and what must come back of them.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use records::publication::Publication;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Section,
    Name,
    Task,
    Target,
    Lead,
    Unit,
    Cooperating,
    Deadline,
    Person,
    Remark,
}

/// Headings that offices write, by what they mean.
fn headings(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Number => &["序号", "编号", "序 号"],
        Kind::Section => &["类别", "领域", "任务类别", "重点领域", "工作类别", "项目类别"],
        Kind::Name => &["任务名称", "项目名称", "工作任务", "主要任务", "事项"],
        Kind::Task => &[
            "具体要求",
            "细化措施",
            "工作内容",
            "重点任务",
            "建设内容",
            "工作举措",
            "任务内容",
            "民生实事",
        ],
        Kind::Target => &["年度目标", "工作目标", "目标值", "预期成效"],
        Kind::Lead => &["牵头单位", "牵头部门", "主要责任单位", "牵头责任单位", "主办单位"],
        Kind::Unit => {
            &["责任单位", "责任部门", "落实单位", "承办单位", "责任单位（部门）", "责任科室"]
        }
        Kind::Cooperating => &["配合单位", "协办单位", "参与部门", "协同配合单位"],
        Kind::Deadline => {
            &["完成时限", "完成时间", "时限要求", "时间节点", "完成\n时限", "办结时限"]
        }
        Kind::Person => &["责任领导", "分管领导", "责任人", "分管区领导", "联系人"],
        Kind::Remark => &["备注", "资金来源", "备 注", "建设地点"],
    }
}

const UNITS: [&str; 16] = [
    "区发改局",
    "区财政局",
    "区住建局",
    "区委组织部",
    "织里镇",
    "环渚街道",
    "区城投集团",
    "区总工会",
    "区公安分局",
    "高新区",
    "区融媒体中心",
    "区政务公开办",
    "县市场监管局",
    "团区委",
    "区卫健局（爱卫办）",
    "市公共资源交易中心",
];

/// Texts of tasks; among them those that heuristics of prose would take for something else.
const WORDS: [&str; 22] = [
    "推进项目建设",
    "改造老旧小区",
    "强化技术支持",
    "更新网站版权所有信息",
    "提升访问量",
    "推广“扫一扫”",
    "规范联系我们栏目",
    "办理此件公开发布事项",
    "落实附件清单",
    "完善责任单位名录",
    "统计浏览次数",
    "开展信息公开",
    "建设政务服务中心",
    "召开主办单位联席会议",
    "按2025年3月1日通知办理",
    "抄送有关部门",
    "新增规上企业15家",
    "投资1.5亿元",
    "做好上一篇下一篇导航",
    "提高打印设备使用率",
    "区发改局2025年2月18日印发方案",
    "当前位置导航优化",
];

const DUES: [(&str, &str); 9] = [
    ("2025年6月", "2025-06"),
    ("2025-06-30", "2025-06-30"),
    ("2025/9/30", "2025-09-30"),
    ("2025年12月31日", "2025-12-31"),
    ("2025年6月底前", "2025-06"),
    ("2025年三季度", "2025-Q3"),
    ("2025年底", "2025"),
    ("长期", "long-term"),
    ("持续推进", "long-term"),
];

const CATEGORIES: [&str; 8] = [
    "政务公开",
    "政务服务",
    "组织体系",
    "人居环境",
    "一、稳住基本盘",
    "（一）改善民生",
    "信息公开",
    "数字\n改革",
];

/// How a category that several rows share is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shared {
    Merged,
    Repeated,
    First,
}

/// A row as it is meant.
#[derive(Debug, Clone)]
pub(super) struct Row {
    category: usize,
    words: &'static str,
    ended: bool,
    leads: Vec<&'static str>,
    units: Vec<&'static str>,
    cooperating: Vec<&'static str>,
    due: Option<(&'static str, &'static str)>,
    separator: &'static str,
    target: bool,
    remark: bool,
    /// How its number is written.
    numbered: usize,
    /// Whether the cell of further units is empty where another one leads.
    alone: bool,
}

/// A table.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) columns: Vec<(Kind, &'static str)>,
    rows: Vec<Row>,
    shared: Shared,
    titled: bool,
    /// Whether the categories are lines over all columns.
    lines: bool,
    /// Whether the head is said again before this row.
    again: Option<usize>,
    /// Whether the units of all rows stand in one cell.
    one_cell: bool,
}

/// A cell as it is written; `down` rows and `across` columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) down: usize,
    pub(super) across: usize,
    /// Whether a cell above reaches down to it.
    pub(super) covered: bool,
}

/// A task as it must come back.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) words: Vec<String>,
    pub(super) leads: BTreeSet<String>,
    pub(super) units: BTreeSet<String>,
    pub(super) deadline: Option<String>,
    pub(super) headings: Vec<String>,
}

/// A task as it came back.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) text: String,
    pub(super) leads: BTreeSet<String>,
    pub(super) units: BTreeSet<String>,
    pub(super) deadline: Option<String>,
    pub(super) section: String,
}

fn units(most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(UNITS.to_vec(), 1..=most).prop_shuffle()
}

fn row() -> impl Strategy<Value = Row> {
    let separators = vec![
        "、", "，", "\n", " ", "、\n", "；", "  ", "\u{3000}", "/", ",", ";", "， ", "、 ", "；\n",
        "\n\n", "\u{a0}",
    ];
    (
        (0..CATEGORIES.len(), select(WORDS.to_vec()), any::<bool>()),
        (units(2), units(5), prop_oneof![Just(vec![]), units(3)]),
        proptest::option::weighted(0.8, select(DUES.to_vec())),
        select(separators),
        (any::<(bool, bool)>(), 0..5usize, proptest::bool::weighted(0.15)),
    )
        .prop_map(
            |((category, words, ended), (leads, units, cooperating), due, separator, more)| Row {
                category,
                words,
                ended,
                leads,
                units,
                cooperating,
                due,
                separator,
                target: more.0.0,
                remark: more.0.1,
                numbered: more.1,
                alone: more.2,
            },
        )
}

/// Tables of three to nine columns in any order.
pub(super) fn tables() -> impl Strategy<Value = Table> {
    use Kind::*;
    let more = subsequence(
        vec![Number, Section, Name, Target, Cooperating, Deadline, Person, Remark],
        1..=6,
    );
    let who = prop_oneof![Just(vec![Unit]), Just(vec![Lead]), Just(vec![Lead, Unit])];
    let columns = (more, who).prop_flat_map(|(more, who)| {
        let kinds: Vec<Kind> = [Task].into_iter().chain(more).chain(who).collect();
        Just(kinds).prop_shuffle().prop_flat_map(|kinds| {
            let named: Vec<_> = kinds
                .into_iter()
                .map(|kind| select(headings(kind).to_vec()).prop_map(move |words| (kind, words)))
                .collect();
            named
        })
    });
    let shared = select(vec![Shared::Merged, Shared::Repeated, Shared::First]);
    let rows = proptest::collection::vec(row(), 2..14);
    (
        columns,
        rows,
        shared,
        any::<bool>(),
        any::<bool>(),
        proptest::option::weighted(0.2, 1..13usize),
        proptest::bool::weighted(0.1),
    )
        .prop_map(|(columns, mut rows, shared, titled, lines, again, one_cell)| {
            // Rows of a category stand together, as they do in a table.
            rows.sort_by_key(|row| row.category);
            let sectioned = columns.iter().any(|(kind, _)| *kind == Section);
            let numbered = columns.iter().any(|(kind, _)| *kind == Number);
            let lines = lines && !sectioned && numbered;
            Table { lines, columns, rows, shared, titled, again, one_cell }
        })
}

impl Table {
    fn words(n: usize, row: &Row) -> String {
        format!("{}第{}批{}", row.words, n + 1, if row.ended { "。" } else { "" })
    }

    fn has(&self, kind: Kind) -> bool {
        self.columns.iter().any(|(other, _)| *other == kind)
    }

    /// Rows of the same category from `n` on.
    fn run(&self, n: usize) -> usize {
        self.rows[n..].iter().take_while(|row| row.category == self.rows[n].category).count()
    }

    /// Whether one cell names the units of all rows.
    fn shares_units(&self) -> bool {
        self.one_cell && self.again.is_none() && !self.lines && !self.has(Kind::Lead)
    }

    fn begins(&self, n: usize) -> bool {
        n == 0 || self.rows[n - 1].category != self.rows[n].category
    }

    fn cell(&self, n: usize, kind: Kind) -> Cell {
        let row = &self.rows[n];
        let one = |text: String| Cell { text, down: 1, across: 1, covered: false };
        let list = |names: &[&str]| names.join(row.separator);
        one(match kind {
            Kind::Number => match row.numbered {
                0 => format!("{}.", n + 1),
                1 => format!("{:02}", n + 1),
                2 => format!("（{}）", n + 1),
                _ => (n + 1).to_string(),
            },
            Kind::Section => {
                let text = CATEGORIES[row.category].to_string();
                return match self.shared {
                    Shared::Merged if self.again.is_none() => {
                        let down = if self.begins(n) { self.run(n) } else { 1 };
                        Cell { text, down, across: 1, covered: !self.begins(n) }
                    }
                    Shared::First if !self.begins(n) => one(String::new()),
                    _ => one(text),
                };
            }
            Kind::Name => format!("名称{}", n + 1),
            Kind::Task => Self::words(n, row),
            Kind::Target if row.target => format!("完成{}项", n + 1),
            Kind::Lead => list(&row.leads),
            Kind::Unit if row.alone && self.has(Kind::Lead) => String::new(),
            Kind::Unit => {
                if !self.shares_units() {
                    return one(list(&row.units));
                }
                // One cell that reaches over all rows.
                let text = list(&self.rows[0].units);
                return Cell { text, down: self.rows.len(), across: 1, covered: n > 0 };
            }
            Kind::Cooperating => list(&row.cooperating),
            Kind::Deadline => row.due.map_or_else(String::new, |(text, _)| text.into()),
            Kind::Person => "张三".into(),
            Kind::Remark if row.remark => "市级任务".into(),
            Kind::Target | Kind::Remark => String::new(),
        })
    }

    /// All rows as they are written, titles and heads included.
    pub(super) fn cells(&self) -> Vec<Vec<Cell>> {
        let width = self.columns.len();
        let line =
            |text: &str| vec![Cell { text: text.into(), down: 1, across: width, covered: false }];
        let head = || -> Vec<Cell> {
            let cell =
                |words: &str| Cell { text: words.into(), down: 1, across: 1, covered: false };
            self.columns.iter().map(|(_, words)| cell(words)).collect()
        };
        let mut out = Vec::new();
        if self.titled {
            out.push(line("2025年重点工作任务分解表"));
        }
        out.push(head());
        for n in 0..self.rows.len() {
            if self.again == Some(n) {
                out.push(head());
            }
            if self.lines && self.begins(n) {
                out.push(line(&CATEGORIES[self.rows[n].category].replace('\n', "")));
            }
            out.push(self.columns.iter().map(|(kind, _)| self.cell(n, *kind)).collect());
        }
        out
    }

    /// What must come back.
    pub(super) fn tasks(&self) -> Vec<Task> {
        let names = |list: &[&str], there: bool| -> BTreeSet<String> {
            list.iter().filter(|_| there).map(|name| name.to_string()).collect()
        };
        let task = |(n, row): (usize, &Row)| {
            let mut words = vec![Self::words(n, row).trim_end_matches('。').to_string()];
            if self.has(Kind::Name) {
                words.push(format!("名称{}", n + 1));
            }
            if self.has(Kind::Target) && row.target {
                words.push(format!("完成{}项", n + 1));
            }
            let mut units = names(&row.leads, self.has(Kind::Lead));
            let further = if self.shares_units() { &self.rows[0].units } else { &row.units };
            let alone = row.alone && self.has(Kind::Lead);
            units.extend(names(further, self.has(Kind::Unit) && !alone));
            units.extend(names(&row.cooperating, self.has(Kind::Cooperating)));
            let category = CATEGORIES[row.category].replace('\n', "");
            let category =
                category.trim_start_matches("一、").trim_start_matches("（一）").to_string();
            let grouped = self.has(Kind::Section) || self.lines;
            Task {
                words,
                leads: names(&row.leads, self.has(Kind::Lead)),
                units,
                deadline: row
                    .due
                    .filter(|_| self.has(Kind::Deadline))
                    .map(|(_, value)| value.into()),
                headings: if grouped { vec![category] } else { Vec::new() },
            }
        };
        self.rows.iter().enumerate().map(task).collect()
    }
}

/// The items of a publication.
pub(super) fn read(publication: &Publication) -> Vec<Read> {
    let set = |names: &[String]| -> BTreeSet<String> { names.iter().cloned().collect() };
    records::view::list_items(&[publication], &[])
        .iter()
        .map(|item| Read {
            text: item.text.clone(),
            leads: set(&item.leads),
            units: set(&item.units),
            deadline: item.deadline.as_ref().map(|due| due.value.clone()),
            section: item.section.clone(),
        })
        .collect()
}
