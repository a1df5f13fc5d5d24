//! `yinfa completions`.

use clap_complete::generate;

use super::{Exit, args, report};
use base::diag::Lang;

pub(super) fn run(args: &args::Completions, lang: Lang) -> Exit {
    let mut script = Vec::new();
    generate(args.shell, &mut args::command(lang), "yinfa", &mut script);
    report::output(&String::from_utf8_lossy(&script));
    Exit::Fine
}
