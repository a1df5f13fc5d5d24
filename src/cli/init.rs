//! `yinfa init`.

use super::report::Reporter;
use super::{Exit, args};
use crate::session::{Failure, write_example, write_templates};
use base::text;

pub(super) fn run(args: &args::Init, reporter: &Reporter) -> Result<Exit, Failure> {
    let n = if args.templates { write_templates(&args.dir)? } else { write_example(&args.dir)? };
    let dir = args.dir.display();
    reporter.message(&text!("已写入“{dir}”，共 {n} 个文件", "{n} files written into “{dir}”"));
    if !args.templates {
        reporter.message(&text!(
            "接下来：cd {dir}，再运行 yinfa build",
            "next: cd {dir}, then yinfa build"
        ));
    }
    Ok(Exit::Fine)
}
