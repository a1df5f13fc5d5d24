//! What may not be sent at all, or only when it is asked for by name.

use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::content::schema::notice::{Access, Stage};
use records::publication::Publication;

use super::ledger::Via;

/// What was asked for by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allowed {
    /// `--draft`.
    pub draft: bool,
    /// `--allow-internal`.
    pub internal: bool,
}

/// What keeps a publication from being sent this way.
pub fn gate(publication: &Publication, via: Via, allowed: Allowed) -> Diagnostics {
    let mut diags = Diagnostics::new();
    let id = &publication.id;
    // Sheets are of the text that tasks stand in, which a final document may ask for opinions on.
    let draft = publication.tasks_stage() != Stage::Final;
    if draft && !allowed.draft {
        diags.push(
            Diagnostic::error("send-draft", text!("“{id}”还不是正式文件", "“{id}” is a draft"))
                .at(&publication.span)
                .help(text!(
                    "确要发送征求意见稿、送审稿的，加上 --draft",
                    "to send it as a draft, add `--draft`"
                )),
        );
    }
    if !draft && allowed.draft {
        diags.push(
            Diagnostic::error(
                "send-final",
                text!("“{id}”是正式文件，不是文稿", "“{id}” is final, no draft"),
            )
            .at(&publication.span)
            .help(text!(
                "去掉 --draft；若还是文稿，请在 notice.yaml 里写 stage",
                "leave out `--draft`, or write `stage` in notice.yaml if it is one"
            )),
        );
    }
    if via == Via::Smtp {
        diags.extend(by_mail(publication, allowed));
    }
    diags
}

fn by_mail(publication: &Publication, allowed: Allowed) -> Option<Diagnostic> {
    let id = &publication.id;
    if publication.record.secrecy.is_some() {
        let diagnostic = Diagnostic::error(
            "send-secret",
            text!("“{id}”有密级，不能用邮件发送", "“{id}” is classified and never goes by mail"),
        );
        return Some(diagnostic.at(&publication.span).help(text!(
            "涉密文件按保密规定传递；本程序只能为它准备 outbox 里的文件",
            "it is handed over as the rules on secrecy say; `--via outbox` prepares the files"
        )));
    }
    if publication.access() == Some(Access::Public) || allowed.internal {
        return None;
    }
    let diagnostic = Diagnostic::error(
        "send-internal",
        text!("“{id}”不是主动公开的文件", "“{id}” is not for publication (主动公开)"),
    );
    Some(diagnostic.at(&publication.span).help(text!(
        "确认可以用邮件发送的，加上 --allow-internal；或放入 outbox，用本单位的系统发送",
        "if it may go by mail, add `--allow-internal`; or put it into outbox/ for the office's own system"
    )))
}
