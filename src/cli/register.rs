//! `yinfa register`.

use std::path::Path;

use super::environment::Environment;
use super::report::{self, Reporter};
use super::{Exit, args};
use crate::archive::{self, Lists};
use crate::session::{Failure, load_templates};
use base::diag::Diagnostic;
use base::disk::replace;
use base::text;

pub(super) fn run(
    args: &args::Register,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let archive = environment.place(&args.archive);
    let register = archive::register(&archive)?;
    let count = register.lines().len();
    let head = register.head().unwrap_or("-");
    let said = text!("登记簿 {count} 行，末行摘要 {head}", "register: {count} lines, head {head}");
    report::output(&format!("{}\n", said.get(reporter.lang)));
    let Some(folder) = &args.output else { return Ok(Exit::Fine) };
    let year = args.year.as_deref();
    let lists = archive::lists(&archive, &register, year).map_err(Failure::of_input)?;
    if lists.rows.is_empty() {
        return Err(nothing(&archive, year).into());
    }
    let (templates, _) = load_templates(None)?;
    let ending = year.map(|year| format!("-{year}")).unwrap_or_default();
    for (name, template) in
        [("归档文件目录", "archive/catalogue.html"), ("移交清单", "archive/transfer.html")]
    {
        let html = templates.render(template, &lists).map_err(Failure::of_input)?;
        let path = environment.place(folder).join(format!("{name}{ending}.html"));
        replace(&path, html.as_bytes()).map_err(|error| not_written(&path, &error))?;
        let (path, Lists { rows, .. }) = (path.display(), &lists);
        let count = rows.len();
        reporter.message(&text!("{path}：{count} 件", "{path}: {count} packages"));
    }
    Ok(Exit::Fine)
}

fn nothing(archive: &Path, year: Option<&str>) -> Diagnostic {
    let (archive, year) = (archive.display(), year.unwrap_or_default());
    Diagnostic::error(
        "nothing-to-list",
        text!("“{archive}”里没有{year}年的归档包", "there is no package of {year} in “{archive}”"),
    )
    .help(text!("年度写四位，如 2025", "write the year in four digits, such as 2025"))
}

fn not_written(path: &Path, error: &std::io::Error) -> Diagnostic {
    let path = path.display();
    Diagnostic::error("list-failed", text!("写不出“{path}”", "cannot write “{path}”"))
        .detail(error.to_string())
        .help(text!("请检查磁盘空间和写入权限", "check free space and permissions"))
}
