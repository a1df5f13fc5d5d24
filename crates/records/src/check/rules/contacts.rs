//! Whom to reach at the units.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use base::diag::{Severity, Words};
use base::mail_address::mail_address;
use base::text;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "address-wrong",
    severity: Severity::Warning,
    on: true,
    family: Family::Units,
    finds: Words::new(
        "名录里的邮箱不是邮箱地址",
        "An e-mail address of the registry that is none.",
    ),
    why: Words::new(
        "这个单位收不到 yinfa send 发的邮件。",
        "Mail of `yinfa send` does not reach the unit.",
    ),
    source: "",
    bad: Example::Units(
        "units:\n  - {name: 区发改局, kind: 政府部门, contact: {email: fgj＠example.org}}\n  - {name: 东山镇, kind: 乡镇}\ngroups:\n  - {name: 各镇, kinds: [乡镇]}\n  - {name: 各部门, kinds: [政府部门]}",
        "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇]}",
    ),
    good: Example::Units(
        "units:\n  - {name: 区发改局, kind: 政府部门, contact: {email: fgj@example.org}}\n  - {name: 东山镇, kind: 乡镇}\ngroups:\n  - {name: 各镇, kinds: [乡镇]}\n  - {name: 各部门, kinds: [政府部门]}",
        "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇]}",
    ),
    origin: Origin::Publication(address_wrong),
}];

fn address_wrong(context: &Context<'_>, found: &mut Findings) {
    for unit in context.publication.registry.units() {
        for written in &unit.contact.email {
            if let Err(help) = mail_address(written) {
                let shown = written.trim();
                let finding =
                    Finding::new(text!("“{shown}”不是邮箱地址", "“{shown}” is no e-mail address"));
                found.push(finding.at(written.span()).help(help));
            }
        }
    }
}
