//! What the columns of a table of tasks hold, by their headings.

use crate::chars::bare;
use crate::units::{Role, role_of_label, without_qualifier};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// 序号
    Number,
    /// 类别, 领域: what several tasks share.
    Section,
    /// The task, or a part of its words.
    Task,
    /// 工作目标
    Target,
    /// Units, a deadline or persons.
    Role(Role),
    /// What the heading says, and a record has no field for: 备注, 资金来源.
    Remark,
    /// No heading, or none that is known.
    Other,
}

const NUMBERS: [&str; 10] =
    ["序号", "编号", "序", "no", "号", "项次", "任务编号", "任务序号", "项目序号", "项目编号"];
/// What the heading of a column that groups tasks ends in.
const SECTIONS: [&str; 15] = [
    "类别",
    "领域",
    "分类",
    "板块",
    "大类",
    "类型",
    "方面",
    "维度",
    "行动",
    "专项",
    "一级指标",
    "章节",
    "任务类",
    "所属类",
    "部分",
];
/// Words in the heading of a column that holds neither task nor goal.
const REMARKS: [&str; 28] = [
    "备注",
    "说明",
    "进展",
    "进度",
    "情况",
    "资金",
    "投资",
    "金额",
    "预算",
    "来源",
    "依据",
    "电话",
    "地点",
    "位置",
    "地址",
    "规模",
    "面积",
    "周期",
    "计量单位",
    "数量",
    "频次",
    "权重",
    "分值",
    "得分",
    "密级",
    "形式",
    "审核",
    "建设单位",
];
/// Words in the heading of a column that holds tasks.
const TASKS: [&str; 19] = [
    "任务", "事项", "内容", "举措", "措施", "要求", "项目", "工作", "要点", "实事", "工程", "做法",
    "安排", "问题", "建议", "名称", "清单", "环节", "路径",
];
/// Words in the heading of a column that holds goals.
const TARGETS: [&str; 9] =
    ["目标", "指标", "成效", "成果", "标准", "预期", "计划数", "任务数", "完成值"];

/// What a heading says of its column.
pub(crate) fn column(heading: &str) -> Column {
    let heading: String = heading.split_whitespace().collect();
    let words = bare(without_qualifier(&heading)).to_lowercase();
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let ends = |list: &[&str]| list.iter().any(|word| words.ends_with(word));
    let count = words.chars().count();
    // What a table is called stands above it.
    let title = count > 6 && ends(&["表", "方案", "通知", "台账"]) || count > 8 && ends(&["清单"]);
    if words.is_empty() || count > 16 || title {
        Column::Other
    } else if NUMBERS.contains(&words.as_str()) {
        Column::Number
    } else if let Some(role) = unit_role(&words).or_else(|| role_of_label(&words)) {
        Column::Role(role)
    } else if ends(&SECTIONS) {
        Column::Section
    } else if has(&REMARKS) && !has(&["内容"]) {
        Column::Remark
    } else if has(&TARGETS) {
        // 目标任务, 工作内容及目标, 指标名称 say what is to be done; 目标要求, 工作目标 how much of it.
        let task = has(&["任务", "内容", "名称", "事项", "项目"]) && !ends(&["目标值", "指标值"]);
        if task { Column::Task } else { Column::Target }
    } else if has(&TASKS) {
        Column::Task
    } else {
        Column::Other
    }
}

/// The role of units in a heading that names persons as well: 责任单位及责任人, 牵头单位和联系人.
fn unit_role(words: &str) -> Option<Role> {
    let (units, persons) = ["及", "和", "与"].iter().find_map(|word| words.split_once(word))?;
    let role = role_of_label(units).filter(|role| *role != Role::Person)?;
    (role_of_label(persons) == Some(Role::Person)).then_some(role)
}

/// The columns of a heading row; `None` for a row that is none: tasks and units must both have a
/// column, and more headings must be known than not.
pub(crate) fn columns(cells: &[&str]) -> Option<Vec<Column>> {
    if cells.len() < 2 || cells.iter().any(|cell| cell.chars().count() > 30 || cell.contains('。'))
    {
        return None;
    }
    let mut columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    let names_units = |c: &Column| matches!(c, Column::Role(Role::Unit | Role::Lead));
    // 单位 beside 责任单位 is what a number counts.
    if columns.iter().filter(|c| names_units(c)).count() > 1 {
        for (column, cell) in columns.iter_mut().zip(cells) {
            if bare(cell) == "单位" {
                *column = Column::Remark;
            }
        }
    }
    if !columns.contains(&Column::Task) {
        // 工作目标 alone holds the tasks, and so does what no other heading says.
        let at = columns
            .iter()
            .position(|c| *c == Column::Target)
            .or_else(|| columns.iter().position(|c| *c == Column::Section))?;
        columns[at] = Column::Task;
    }
    let headed = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let unknown = columns
        .iter()
        .zip(cells)
        .filter(|(c, cell)| **c == Column::Other && !cell.trim().is_empty());
    (columns.iter().any(names_units) && unknown.count() * 2 < headed).then_some(columns)
}

/// Whether these are the headings of a table of tasks.
pub(crate) fn is_table_head(cells: &[&str]) -> bool {
    columns(cells).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_rows() {
        let found =
            columns(&["序号", "重点任务", "具体举措", "牵头单位", "配合单位", "完成时限"]).unwrap();
        assert_eq!(
            found,
            [
                Column::Number,
                Column::Task,
                Column::Task,
                Column::Role(Role::Lead),
                Column::Role(Role::Cooperating),
                Column::Role(Role::Deadline)
            ]
        );
        assert_eq!(columns(&["姓名", "电话"]), None);
        assert_eq!(columns(&["1", "推进任务", "区发改局"]), None);
        assert_eq!(columns(&["1", "落实主体责任。", "责任单位"]), None);
    }

    #[test]
    fn headings_that_offices_write() {
        for (heading, expected) in [
            ("工作任务\n（具体要求）", Column::Task),
            ("目标与任务", Column::Task),
            ("工作内容及目标", Column::Task),
            ("指标名称", Column::Task),
            ("目标值", Column::Target),
            ("年度目标", Column::Target),
            ("民生实事", Column::Task),
            ("细化措施", Column::Task),
            ("主要责任单位", Column::Role(Role::Lead)),
            ("牵头责任单位", Column::Role(Role::Lead)),
            ("协同配合单位", Column::Role(Role::Cooperating)),
            ("责任科室", Column::Role(Role::Unit)),
            ("分管区领导", Column::Role(Role::Person)),
            ("包抓领导", Column::Role(Role::Person)),
            ("时限要求", Column::Role(Role::Deadline)),
            ("完成日期", Column::Role(Role::Deadline)),
            ("完成时限（月）", Column::Role(Role::Deadline)),
            ("重点领域", Column::Section),
            ("所属部分", Column::Section),
            ("计量单位", Column::Remark),
            ("资金来源", Column::Remark),
            ("备 注", Column::Remark),
            ("责任单位及责任人", Column::Role(Role::Unit)),
            ("牵头单位和联系人", Column::Role(Role::Lead)),
            ("其他单位", Column::Role(Role::Unit)),
            ("落实情况", Column::Remark),
        ] {
            assert_eq!(column(heading), expected, "{heading}");
        }
    }

    #[test]
    fn a_measure_is_no_unit() {
        let found = columns(&["序号", "项目", "牵头单位", "目标数", "单位"]).unwrap();
        assert_eq!(found[4], Column::Remark);
        assert_eq!(columns(&["任务", "单位"]).unwrap()[1], Column::Role(Role::Unit));
    }
}
