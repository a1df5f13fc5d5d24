//! What the columns of a table of tasks hold, by their headings.

use crate::chars::{bare, fold};
use crate::units::{Role, role_of_label};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// 序号
    Number,
    /// 类别, 领域: what several tasks share.
    Section,
    /// The task.
    Task,
    /// 工作目标
    Target,
    /// Units, a deadline or persons.
    Role(Role),
    /// 备注
    Remark,
    /// Something else, or nothing.
    Other,
}

const NUMBERS: [&str; 4] = ["序号", "编号", "序", "no"];
const SECTIONS: [&str; 16] = [
    "类别",
    "领域",
    "分类",
    "板块",
    "任务类别",
    "工作类别",
    "大类",
    "方面",
    "任务分类",
    "工作领域",
    "类型",
    "行动",
    "专项行动",
    "一级指标",
    "项目类别",
    "所属领域",
];
const TASKS: [&str; 40] = [
    "任务",
    "工作任务",
    "重点任务",
    "主要任务",
    "任务内容",
    "工作内容",
    "具体内容",
    "具体任务",
    "重点工作",
    "工作举措",
    "具体举措",
    "主要举措",
    "重点举措",
    "具体措施",
    "主要措施",
    "工作措施",
    "举措",
    "措施",
    "工作要求",
    "事项",
    "工作事项",
    "重点事项",
    "任务名称",
    "内容",
    "目标任务",
    "工作目标任务",
    "主要内容",
    "任务清单",
    "工作要点",
    "重点工作任务",
    "年度重点任务",
    "改革任务",
    "改革事项",
    "重点工作内容",
    "任务事项",
    "主要工作",
    "工作安排",
    "年度任务",
    "任务要求",
    "建设内容",
];
const TARGETS: [&str; 12] = [
    "目标",
    "工作目标",
    "年度目标",
    "指标",
    "目标值",
    "预期目标",
    "主要目标",
    "目标要求",
    "预期成效",
    "工作成效",
    "年度目标值",
    "完成目标",
];

/// What a heading says of its column.
pub(crate) fn column(heading: &str) -> Column {
    let words = bare(heading).to_lowercase();
    let is = |list: &[&str]| list.contains(&words.as_str());
    if is(&NUMBERS) {
        Column::Number
    } else if is(&SECTIONS) {
        Column::Section
    } else if is(&TASKS) {
        Column::Task
    } else if is(&TARGETS) {
        Column::Target
    } else if fold(&words).contains("备注") {
        Column::Remark
    } else if let Some(role) = role_of_label(&words) {
        Column::Role(role)
    } else {
        Column::Other
    }
}

/// The columns of a heading row; `None` for a row that is none: tasks and units must both have a
/// column.
pub(crate) fn columns(cells: &[&str]) -> Option<Vec<Column>> {
    if cells.len() < 2 || cells.iter().any(|cell| cell.chars().count() > 24) {
        return None;
    }
    let mut columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    let units = columns.iter().any(|c| matches!(c, Column::Role(Role::Unit | Role::Lead)));
    if !columns.contains(&Column::Task) {
        // 项目 or 工作目标 alone holds the tasks.
        let at = columns.iter().position(|c| *c == Column::Target)?;
        columns[at] = Column::Task;
    }
    units.then_some(columns)
}

/// Whether these are the headings of a table of tasks.
pub(crate) fn is_table_head(cells: &[&str]) -> bool {
    let cells: Vec<&str> = cells.iter().map(|cell| cell.trim().trim_matches('"')).collect();
    columns(&cells).is_some()
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
    }
}
