//! `yinfa import`.

use std::path::Path;

use super::environment::Environment;
use super::report::{self, Reporter};
use super::{Exit, args};
use crate::session::{Failure, ImportOptions, import_file};
use base::diag::{Diagnostics, Severity};
use base::text;
use import::Imported;

/// How many pieces that were not understood are shown without `--report`.
const SHOWN: usize = 10;

pub(super) fn run(
    args: &args::Import,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let options = ImportOptions {
        file: environment.place(&args.file),
        output: args.output.as_ref().map(|folder| environment.place(folder)),
        units: args.units.as_ref().map(|path| environment.place(path)),
    };
    let (target, imported, office) = import_file(&options, &environment.machine)?;
    show(&imported, &target, args.report, reporter);
    if let Some(office) = office {
        reporter.message(&text!(
            "yinfa.yaml 里示例的单位已换成这份通知的发文机关“{office}”，请核对；示例的通知和名录用不着就删去",
            "the example's office in yinfa.yaml is now that of the notice, “{office}”: check it, and delete the example's notice and registry where you do not need them"
        ));
    }
    Ok(if imported.report.usable { Exit::Fine } else { Exit::Problems })
}

fn show(imported: &Imported, target: &Path, whole: bool, reporter: &Reporter) {
    let report = &imported.report;
    let folder = target.display();
    let n = imported.files.len();
    reporter
        .message(&text!("已写入“{folder}”，共 {n} 个文件", "{n} files written into “{folder}”"));
    reporter.message(&report.summary());
    reporter.message(&report.accounts());
    if whole {
        report::output(&full(imported, reporter));
    } else {
        let warnings = report.warnings();
        let mut shown = Diagnostics::new();
        shown.extend(warnings.iter().take(SHOWN).cloned());
        shown.extend(
            report.doubts.iter().filter(|d| d.severity == Severity::Warning).take(SHOWN).cloned(),
        );
        reporter.mentions(&shown);
        let more = warnings.len().saturating_sub(SHOWN);
        if more > 0 {
            reporter.message(&text!(
                "还有 {more} 处没有看懂，用 --report 查看",
                "{more} more pieces were not understood; --report shows them"
            ));
        }
    }
    let mut errors = Diagnostics::new();
    errors.extend(report.doubts.iter().filter(|d| d.severity == Severity::Error).cloned());
    reporter.problems(&errors);
    reporter.message(&text!(
        "接下来：核对各文件里的“# ”批注，再运行 yinfa list items",
        "next: look at the comments in the files, then run yinfa list items"
    ));
}

/// Everything that is in no record, and every doubt.
fn full(imported: &Imported, reporter: &Reporter) -> String {
    let lang = reporter.lang;
    let report = &imported.report;
    let mut lines =
        vec![report.summary().get(lang).to_string(), report.accounts().get(lang).to_string()];
    let head = [
        (text!("网页套话和重复：", "Of the site or said twice:"), &report.boilerplate),
        (text!("没有看懂：", "Not understood:"), &report.not_understood),
    ];
    for (title, left) in head {
        if !left.is_empty() {
            lines.push(title.get(lang).to_string());
            lines.extend(left.iter().map(|l| format!("  {}  {}", l.place.get(lang), l.words)));
        }
    }
    if !report.doubts.is_empty() {
        lines.push(text!("请看一看：", "Worth a look:").get(lang).to_string());
        lines.extend(report.doubts.iter().map(|d| format!("  {}", d.message.get(lang))));
    }
    lines.join("\n") + "\n"
}
