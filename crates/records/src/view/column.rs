//! The columns of tables of tasks: which there are is decided by what stands in them, and they are
//! called the same in every format.

use serde::Serialize;

/// What a column of a table of tasks holds; templates see it as `number`, `task` and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKey {
    /// 序号
    Number,
    /// 工作任务
    Task,
    /// 年度目标
    Targets,
    /// 完成时限
    Deadline,
    /// 本单位职责
    Duty,
    /// 牵头单位
    Leads,
    /// 责任（配合）单位
    Units,
    /// 其他单位
    Others,
}

/// A column of a table of tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskColumn {
    /// What stands in it.
    pub key: ColumnKey,
    /// Its heading.
    pub title: String,
}

impl ColumnKey {
    /// The heading, where it does not depend on the table.
    fn title(self) -> &'static str {
        match self {
            Self::Number => "序号",
            Self::Task => "工作任务",
            Self::Targets => "年度目标",
            Self::Deadline => "完成时限",
            Self::Duty => "本单位职责",
            Self::Leads => "牵头单位",
            Self::Units => "责任单位",
            Self::Others => "其他单位",
        }
    }
}

/// The columns that have something in them, in order.
pub(super) fn filled(columns: &[(ColumnKey, bool)]) -> Vec<TaskColumn> {
    let shown = columns.iter().filter(|(_, filled)| *filled);
    shown.map(|(key, _)| TaskColumn { key: *key, title: key.title().into() }).collect()
}

/// The heading of the column that has responsible and cooperating units: 责任单位, 责任（配合）单位,
/// 配合单位. `label` is the notice's word.
pub(super) fn units_title(label: &str, responsible: bool, cooperating: bool) -> String {
    let body = label.strip_prefix("责任");
    match (responsible, cooperating, body) {
        (_, false, _) => label.into(),
        (true, true, Some(body)) => format!("责任（配合）{body}"),
        (true, true, None) => format!("{label}（含配合单位）"),
        (false, true, body) => format!("配合{}", body.unwrap_or("单位")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_else_is_in_it() {
        assert_eq!(units_title("责任单位", true, false), "责任单位");
        assert_eq!(units_title("责任部门", true, true), "责任（配合）部门");
        assert_eq!(units_title("责任单位", false, true), "配合单位");
        assert_eq!(units_title("落实单位", true, true), "落实单位（含配合单位）");
    }
}
