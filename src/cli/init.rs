//! `yinfa init`.

use std::path::Path;

use super::report::Reporter;
use super::{Exit, args};
use crate::session::{Failure, write_document, write_example, write_templates};
use base::text;

pub(super) fn run(args: &args::Init, reporter: &Reporter) -> Result<Exit, Failure> {
    let dir = args.dir.as_deref().unwrap_or(Path::new(""));
    let shown = dir.display();
    let Some(kind) = args.kind else {
        let n = if args.templates { write_templates(dir)? } else { write_example(dir)? };
        reporter
            .message(&text!("已写入“{shown}”，共 {n} 个文件", "{n} files written into “{shown}”"));
        if !args.templates {
            reporter.message(&text!(
                "接下来：cd {shown}，再运行 yinfa build",
                "next: cd {shown}, then yinfa build"
            ));
        }
        return Ok(Exit::Fine);
    };
    let id = args.id.as_deref().unwrap_or(kind.file_name());
    let n = write_document(dir, kind, id)?;
    let file = dir.join(format!("content/{id}/notice.yaml"));
    let file = file.display();
    match n {
        1 => reporter.message(&text!(
            "已写入“{file}”；改好带“# 示例”的几处，再运行 yinfa build {id}",
            "“{file}” is written: put your own in place of what has `# 示例`, then yinfa build {id}"
        )),
        n => reporter.message(&text!(
            "已写入“{file}”等 {n} 个文件；接下来运行 yinfa build {id}",
            "{n} files written, “{file}” among them; next: yinfa build {id}"
        )),
    }
    Ok(Exit::Fine)
}
