//! Where packages come from: the register beside them, and the digest of its last line that somebody
//! keeps elsewhere. A package alone proves nothing of its origin, however well it agrees with itself.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::register::{NAME, Register, Wrong};
use super::kinds;
use super::report::{BagReport, Check, Kind, Outcome};
use base::diag::Text;
use base::text;

/// The register of an archive, and what is known of it from elsewhere.
pub(crate) struct Origin<'a> {
    register: Result<Option<Register>, Wrong>,
    /// The digest of a line that was kept elsewhere.
    head: Option<&'a str>,
}

impl<'a> Origin<'a> {
    /// Reads the register of an archive.
    pub(crate) fn of(archive: &Path, head: Option<&'a str>) -> Self {
        Self { register: Register::read(archive), head }
    }

    /// The number of the line whose digest was kept.
    fn kept(&self) -> Option<usize> {
        let (Ok(Some(register)), Some(head)) = (&self.register, self.head) else { return None };
        let line = register.lines().iter().find(|line| line.digest.eq_ignore_ascii_case(head));
        line.map(|line| line.number)
    }

    /// The register to compare with; a check that has ended where there is none. `unasked` is the
    /// reason when no digest was given either.
    fn compared(
        &self,
        kind: &'static Kind,
        unasked: impl FnOnce() -> Text,
    ) -> Result<&Register, Check> {
        let wrong = match &self.register {
            Ok(Some(register)) => return Ok(register),
            Ok(None) if self.head.is_none() => return Err(Check::not_checked(kind, unasked())),
            Ok(None) => no_register(),
            Err(wrong) => broken(wrong),
        };
        let mut check = Check::new(kind);
        check.fail(None, wrong);
        Err(check)
    }

    /// Whether a package is the one that was entered.
    pub(crate) fn of_bag(&self, bag: &BagReport) -> Check {
        let register = match self.compared(&kinds::ORIGIN, unproven) {
            Ok(register) => register,
            Err(ended) => return ended,
        };
        let mut check = Check::new(&kinds::ORIGIN);
        let line = register.line_of(&bag.bag);
        if let Some(line) =
            line.filter(|l| Some(&l.tag_manifest) != bag.summary.tag_manifest.as_ref())
        {
            let number = line.number;
            check.fail(
                None,
                text!(
                    "不是登记簿第 {number} 行登记的那个包",
                    "is not the package that line {number} of the register names"
                ),
            );
            return check;
        }
        let Some(head) = self.head else {
            return Check::not_checked(&kinds::ORIGIN, unproven());
        };
        match (self.kept(), line) {
            (None, _) => check.fail(
                None,
                text!(
                    "登记簿里没有摘要为 {head} 的一行",
                    "no line of the register has the digest {head}"
                ),
            ),
            (_, None) => check.fail(None, text!("登记簿里没有这个包", "it is not in the register")),
            (Some(kept), Some(line)) if line.number > kept => {
                let number = line.number;
                let why = text!(
                    "来源未证明：登记在第 {number} 行，所给摘要是第 {kept} 行的",
                    "origin not proven: entered in line {number}, and the digest given is that of line {kept}"
                );
                return Check::not_checked(&kinds::ORIGIN, why);
            }
            _ => {}
        }
        check
    }

    /// Whether the register is whole, and names the packages that are there.
    pub(super) fn of_archive(&self, bags: &[BagReport]) -> Check {
        let register = match self.compared(&kinds::REGISTER, no_register) {
            Ok(register) => register,
            Err(ended) => return ended,
        };
        let mut check = Check::new(&kinds::REGISTER);
        if let (Some(head), None) = (self.head, self.kept()) {
            check.fail(
                None,
                text!(
                    "登记簿里没有摘要为 {head} 的一行",
                    "no line of the register has the digest {head}"
                ),
            );
        }
        let there: BTreeSet<&String> = bags.iter().map(|bag| &bag.bag).collect();
        for line in register.lines() {
            let (number, name) = (line.number, &line.bag);
            if !there.contains(name) {
                check.fail(
                    None,
                    text!(
                        "第 {number} 行登记的“{name}”不在",
                        "“{name}”, which line {number} names, is not there"
                    ),
                );
            }
            if register.line_of(name).is_some_and(|last| last.number != number) {
                check.fail(None, text!("“{name}”登记了两次", "“{name}” is entered twice"));
            }
        }
        for bag in bags.iter().filter(|bag| register.line_of(&bag.bag).is_none()) {
            let name = &bag.bag;
            check.note(
                Outcome::Incomplete,
                None,
                text!(
                    "“{name}”没有登记；若是归档时中断，再归档一次就会补上",
                    "“{name}” is not entered; where archiving was interrupted, archive it again"
                ),
            );
        }
        check
    }
}

pub(super) fn unproven() -> Text {
    text!(
        "来源未证明：没有给出另处保存的登记簿摘要（--register-head）",
        "origin not proven: no digest of the register, kept elsewhere, was given (`--register-head`)"
    )
}

fn no_register() -> Text {
    text!("没有登记簿（{NAME}）", "there is no register ({NAME})")
}

fn broken(wrong: &Wrong) -> Text {
    match wrong {
        Wrong::Line(line) => {
            text!("登记簿第 {line} 行已被改动", "line {line} of the register was changed")
        }
        Wrong::Unreadable(error) => {
            let detail = error.to_string();
            text!("登记簿读不出来：{detail}", "the register cannot be read: {detail}")
        }
    }
}
