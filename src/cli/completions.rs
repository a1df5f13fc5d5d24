//! `yinfa completions`.

use clap::ArgMatches;
use clap_complete::{Shell, generate};

use super::report::{self, Reporter};
use super::{Exit, args};
use base::diag::Lang;

pub(super) fn run(matches: &ArgMatches, lang: Lang, _: &Reporter) -> Exit {
    let Some(&shell) = matches.get_one::<Shell>("shell") else { return Exit::CannotRun };
    let mut script = Vec::new();
    generate(shell, &mut args::command(lang), "yinfa", &mut script);
    report::output(&String::from_utf8_lossy(&script));
    Exit::Fine
}
