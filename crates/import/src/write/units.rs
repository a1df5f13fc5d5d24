//! `units.yaml`.

use super::yaml::Yaml;
use crate::registry::Proposal;
use records::content::schema::units::UnitKind;

pub(super) fn write(proposal: &Proposal, source: &str) -> String {
    let mut yaml = Yaml::default();
    yaml.comment(&format!("由 yinfa import 从“{source}”推测的单位名录，请核对名称、类别和排序。"));
    yaml.gap();
    if proposal.units.is_empty() {
        yaml.raw("units", "[]");
    } else {
        yaml.open("units", |yaml| {
            for unit in &proposal.units {
                yaml.item(|yaml| {
                    yaml.field("name", &unit.name);
                    let kind = unit.kind.to_string();
                    if unit.sure {
                        yaml.field("kind", &kind);
                    } else {
                        yaml.field_with("kind", &kind, "类别没有把握，请核对");
                    }
                    if !unit.aliases.is_empty() {
                        yaml.list("aliases", &unit.aliases);
                    }
                    if !unit.qualifiers.is_empty() {
                        yaml.list("qualifiers", &unit.qualifiers);
                    }
                    if unit.outside {
                        yaml.raw_with("outside", "true", "不在所附的单位名单里");
                    }
                    if unit.kind == UnitKind::Coordinating {
                        yaml.comment("served_by: 请写明由哪个单位承担日常工作，任务单发给它");
                    }
                });
            }
        });
    }
    if !proposal.groups.is_empty() {
        yaml.gap();
        yaml.open("groups", |yaml| {
            for group in &proposal.groups {
                yaml.item(|yaml| {
                    yaml.field("name", &group.name);
                    if group.kinds.is_empty() {
                        yaml.comment("请写上所指的单位，任务单才有人收。");
                        yaml.raw("members", "[]");
                    } else {
                        let kinds: Vec<String> =
                            group.kinds.iter().map(|k| k.to_string()).collect();
                        yaml.list("kinds", &kinds);
                    }
                });
            }
        });
    }
    if !proposal.recipients.is_empty() {
        yaml.gap();
        yaml.open("recipients", |yaml| {
            for wording in &proposal.recipients {
                yaml.item(|yaml| {
                    yaml.field("text", &wording.text);
                    yaml.list("to", &wording.to);
                });
            }
        });
    }
    yaml.finish()
}
