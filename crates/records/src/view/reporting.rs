//! When and how and to whom units report, in sentences.

use crate::publication::{Publication, UnitId};

/// Addresses as they are printed.
fn addresses(addresses: &[base::diag::SourceText]) -> Option<String> {
    let addresses: Vec<&str> = addresses.iter().map(|address| address.trim()).collect();
    (!addresses.is_empty()).then(|| addresses.join("、"))
}

/// When and how and to whom to report, in sentences.
pub(super) fn reporting(publication: &Publication, unit: UnitId) -> Vec<String> {
    let Some(reporting) = &publication.record.common.reporting else {
        return Vec::new();
    };
    let text = |text: &Option<base::diag::SourceText>| {
        text.as_deref().map(|t| t.trim().trim_end_matches('。').to_string())
    };
    let to = text(&reporting.to).filter(|_| publication.report_to != Some(unit));
    let mut first = String::new();
    if let Some(when) = [text(&reporting.cycle), text(&reporting.due)]
        .into_iter()
        .flatten()
        .reduce(|cycle, due| cycle + &due)
    {
        first.push_str(&format!("请于{when}"));
    }
    if let Some(to) = to {
        first.push_str(if first.is_empty() { "请" } else { "" });
        first.push_str(&format!("将进展情况报{to}"));
    } else if !first.is_empty() {
        first.push_str("更新进展情况");
    }
    if let Some(how) = text(&reporting.how) {
        first.push_str(if first.is_empty() { "" } else { "，" });
        first.push_str(&how);
    }
    let contact = &reporting.contact;
    let contact: Vec<String> = [
        text(&contact.person).map(|p| format!("联系人：{p}")),
        text(&contact.phone).map(|p| format!("电话：{p}")),
        addresses(&contact.email).map(|e| format!("电子邮箱：{e}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut sentences = Vec::new();
    if !first.is_empty() {
        sentences.push(format!("{first}。"));
    }
    if !contact.is_empty() {
        sentences.push(format!("{}。", contact.join("，")));
    }
    sentences
}
