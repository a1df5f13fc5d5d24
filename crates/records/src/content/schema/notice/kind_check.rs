//! What a kind of document may not have in its record, whatever stands elsewhere.

use super::NoticeRecord;
use super::common::Format;
use super::kind::Kind;
use crate::content::first_line;
use base::diag::{Diagnostic, Diagnostics, Span};
use base::text;

/// Reports what a document of its kind does not have.
pub(super) fn check(record: &NoticeRecord, diags: &mut Diagnostics) {
    let kind = record.kind.as_ref().map(|kind| kind.value).unwrap_or_default();
    let name = kind.name();
    if let (Some(direction), false) = (&record.direction, kind == Kind::Opinion) {
        diags.push(
            Diagnostic::error(
                "direction-kind",
                text!(
                    "direction 只用于意见，这份是{name}",
                    "`direction` is of 意见 only, and this is a {name}"
                ),
            )
            .at(&direction.span)
            .help(text!(
                "请删去 direction；报告、请示是上行文，通知、通报是下行文，函是平行文",
                "take it out: the direction of other kinds is known"
            )),
        );
    }
    check_bulletin(record, kind, diags);
    if kind == Kind::Minutes {
        check_minutes(record, diags);
        return;
    }
    let is_bulletin = record.common.format == Some(Format::Bulletin);
    let issue = record.issue.as_ref().filter(|_| !is_bulletin);
    let of_minutes = [
        record.attendance.as_ref().map(|attendance| ("attendance", &attendance.span)),
        issue.map(|issue| ("issue", &issue.span)),
    ];
    for (key, span) in of_minutes.into_iter().flatten() {
        diags.push(
            Diagnostic::error(
                "minutes-only",
                text!(
                    "{key} 不用于这份{name}",
                    "`{key}` is not of this {name}"
                ),
            )
            .at(&first_line(span))
            .help(text!(
                "是会议纪要的，写 kind: 纪要；是简报的，期号要和 format: bulletin 一起写；不是的，删去 {key}",
                "write `kind: 纪要` if it is minutes, `format: bulletin` beside the `issue` of a bulletin, else take `{key}` out"
            )),
        );
    }
}

/// A bulletin is a 通报, not signed and numbered by issues.
fn check_bulletin(record: &NoticeRecord, kind: Kind, diags: &mut Diagnostics) {
    let is_bulletin = record.common.format == Some(Format::Bulletin);
    let at = record.kind.as_ref().map_or(&record.span, |kind| &kind.span);
    if is_bulletin && kind != Kind::Circular {
        let name = kind.name();
        diags.push(
            Diagnostic::error(
                "bulletin-kind",
                text!(
                    "简报的格式只用于通报，这份是{name}",
                    "`format: bulletin` is of 通报, and this is a {name}"
                ),
            )
            .at(&first_line(at))
            .help(text!(
                "请写 kind: 通报，或者删去 format: bulletin",
                "write `kind: 通报`, or take `format: bulletin` out"
            )),
        );
    }
    if let (false, Some(circulation)) = (is_bulletin, &record.circulation) {
        diags.push(
            Diagnostic::error(
                "circulation-only",
                text!("报、送、发只印在简报上", "`circulation` is printed on bulletins only"),
            )
            .at(&first_line(&circulation.span))
            .help(text!(
                "普通公文用 recipients 和 copies；要印简报，写 format: bulletin",
                "other documents have `recipients` and `copies`; a bulletin has `format: bulletin`"
            )),
        );
    }
    if let (true, Some(true)) = (is_bulletin, record.common.sign_off) {
        diags.push(
            Diagnostic::error("bulletin-signed", text!("简报不落款", "a bulletin has no sign-off"))
                .at(&first_line(at))
                .help(text!(
                    "请删去 sign_off: true；机关和日期印在红线上面",
                    "take `sign_off: true` out; organ and date stand above the red rule"
                )),
        );
    }
    if let (true, Some(number), Some(_)) = (is_bulletin, &record.number, &record.issue) {
        diags.push(number_and_issue(&number.span));
    }
}

fn number_and_issue(span: &Span) -> Diagnostic {
    Diagnostic::error(
        "number-and-issue",
        text!(
            "发文字号（number）和期号（issue）只写一个",
            "a document has a `number` or an `issue`, not both"
        ),
    )
    .at(span)
    .help(text!("请删去其中一个", "take one of them out"))
}

/// 10.3: minutes have no seal and no sign-off, and their head is that of the common format. The
/// standard gives them no number either; an office numbers them one way or the other.
fn check_minutes(record: &NoticeRecord, diags: &mut Diagnostics) {
    let at = record.kind.as_ref().map_or(&record.span, |kind| &kind.span);
    let signed = [
        (record.common.sign_off == Some(true), "sign_off: true"),
        (record.common.layout.seal == Some(true), "layout: {seal: true}"),
    ];
    for (_, setting) in signed.into_iter().filter(|(given, _)| *given) {
        diags.push(
            Diagnostic::error(
                "minutes-signed",
                text!(
                    "纪要不落款、不加盖印章，这里写了 {setting}",
                    "minutes have neither sign-off nor seal, and the record says `{setting}`"
                ),
            )
            .at(at)
            .help(text!(
                "请删去这一项（GB/T 9704-2012 10.3）；机关和日期印在红线上面",
                "take it out (GB/T 9704-2012 10.3); organ and date stand above the red rule"
            )),
        );
    }
    if record.common.format == Some(Format::Letter) {
        diags.push(
            Diagnostic::error(
                "minutes-format",
                text!("纪要不用信函格式", "minutes are not set in the letter format"),
            )
            .at(at)
            .help(text!("请删去 format: letter", "take `format: letter` out")),
        );
    }
    if let (Some(number), Some(_)) = (&record.number, &record.issue) {
        diags.push(number_and_issue(&number.span));
    }
}
