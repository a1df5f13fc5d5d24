//! What the source says of tasks and units, seen without the structure that is found in it: a result
//! that has less is reported.

use super::table::task_rows;
use crate::draft::Expected;
use crate::para::Para;
use crate::units::{brackets, opens_unit_line, parse};

/// The rows of tables of tasks, and the brackets and lines that name units.
pub(super) fn expected(paras: &[Para], bare: bool) -> Expected {
    let mut found = Expected { rows: task_rows(paras), ..Expected::default() };
    for para in paras.iter().filter(|para| !para.in_table()) {
        let text = para.str();
        let read: Vec<_> = if opens_unit_line(text) {
            parse(text.trim_end_matches(['。', '；'])).into_iter().collect()
        } else {
            brackets(text, bare).into_iter().map(|found| found.assigned).collect()
        };
        let named = read.into_iter().filter(|assigned| !assigned.is_empty());
        found.brackets.extend(named.map(|assigned| (para.text.start(), assigned.printed)));
    }
    found
}
