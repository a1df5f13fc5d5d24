//! The arguments of every subcommand: one struct for each, filled by clap, with the help of an
//! option in both languages beside it.
//!
//! Comments on these items are plain ones, since clap takes doc comments for help.

mod archive;
mod build;
mod catalog;
mod check;
mod edit;
mod project;
mod records;
mod send;
mod shared;
mod values;
mod wording;

use std::ffi::OsString;
use std::io::Write as _;

use clap::error::ErrorKind;
use clap::{Args, Command, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

pub(super) use self::archive::{Archive, REBUILD, Rebuild, Register, Verify};
pub(super) use self::build::{Build, Merge, Serve, Watch};
pub(super) use self::catalog::{Catalog, Diff, DiffFormat};
pub(super) use self::check::{Check, CheckFormat, Explain};
pub(super) use self::edit::{Edit, EditWhat, HowToEdit};
pub(super) use self::project::{Completions, Init, Schema};
pub(super) use self::records::{Fonts, Import, List, Listed, Measure};
pub(super) use self::send::{Ledger, LedgerFormat, Receipt, Send};
use self::values::one_of;
use self::wording::both;
use super::Exit;
use super::environment::Environment;
use super::report::{Color, Wanted};
use base::diag::render::{Style, human, printable};
use base::diag::{Diagnostic, Lang};
use base::text;

#[derive(Debug, Parser)]
#[command(
    name = "yinfa",
    version,
    about = both!(
        "印发：由 YAML 记录生成正式通知（GB/T 9704-2012）和各单位任务单",
        "yinfa: official notices (GB/T 9704-2012) and task sheets from YAML records",
    ),
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) subcommand: SubcommandArguments,
}

// Help lists the options of a subcommand first, then those that all of them take.
const GLOBAL: usize = 900;

// What every subcommand takes.
#[derive(Debug, Args)]
pub(super) struct Globals {
    // It is looked for before the other arguments are read: `language`.
    #[arg(
        long,
        global = true,
        display_order = GLOBAL,
        value_parser = ["zh", "en"],
        help = both!("显示语言", "language of messages")
    )]
    lang: Option<String>,
    #[arg(
        long,
        global = true,
        display_order = GLOBAL + 1,
        default_value = "auto",
        value_parser = one_of([
            ("auto", Color::Auto),
            ("always", Color::Always),
            ("never", Color::Never),
        ]),
        help = both!("是否用颜色", "whether to use colours")
    )]
    color: Color,
    #[arg(short, long, global = true, display_order = GLOBAL + 2, help = both!("只显示错误", "errors only"))]
    quiet: bool,
    #[arg(short, long, global = true, display_order = GLOBAL + 3, help = both!("显示更多", "say more"))]
    verbose: bool,
}

impl Globals {
    pub(super) fn wanted(&self) -> Wanted {
        Wanted { color: self.color, quiet: self.quiet, verbose: self.verbose }
    }
}

// The subcommands, in the order in which help lists them.
#[derive(Debug, Subcommand)]
pub(super) enum SubcommandArguments {
    Init(Init),
    Build(Build),
    Watch(Watch),
    Serve(Serve),
    Check(Check),
    Explain(Explain),
    Schema(Schema),
    List(List),
    Edit(Edit),
    Merge(Merge),
    Measure(Measure),
    Fonts(Fonts),
    Import(Import),
    Send(Send),
    Ledger(Ledger),
    Receipt(Receipt),
    Archive(Archive),
    Verify(Verify),
    Register(Register),
    Catalog(Catalog),
    Diff(Diff),
    Completions(Completions),
    #[command(name = REBUILD)]
    Rebuild(Rebuild),
}

/// The whole command line, with its help in a language.
pub(super) fn command(lang: Lang) -> Command {
    wording::in_language(Arguments::command(), lang)
}

/// Reads the arguments of a run.
pub(super) fn parse(arguments: &[OsString], lang: Lang) -> Result<Arguments, clap::Error> {
    Arguments::from_arg_matches(&command(lang).try_get_matches_from(arguments)?)
}

/// The language: `--lang`, else that of the environment. It must be known before the arguments
/// are read, since their help and errors are in it.
pub(super) fn language(arguments: &[OsString], environment: &Environment) -> Lang {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let value = match argument {
            "--" => break,
            "--lang" => arguments.next(),
            _ => argument.strip_prefix("--lang="),
        };
        match value {
            Some("zh") => return Lang::Zh,
            Some("en") => return Lang::En,
            _ => {}
        }
    }
    environment.lang
}

/// Prints what clap has to say: help and version as results, a wrong use as a coded message.
pub(super) fn report_usage(error: &clap::Error, lang: Lang) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        super::report::output(&error.render().to_string());
        let Err(problem) = super::report::arrived() else { return Exit::Fine };
        let text = human(&problem, lang, Style::default()) + "\n";
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
        return Exit::CannotRun;
    }
    let text = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            printable(&error.render().to_string())
        }
        _ => {
            let words = error.render().to_string();
            let words = words.trim().trim_start_matches("error: ");
            let wrong = text!("命令写得不对", "wrong arguments");
            let help = text!("用 yinfa --help 查看用法", "`yinfa --help` shows the usage");
            let diagnostic = Diagnostic::error("usage", wrong).detail(words).help(help);
            human(&diagnostic, lang, Style::default()) + "\n"
        }
    };
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
    Exit::CannotRun
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(command: &Command) -> Vec<Command> {
        let below = command.get_subcommands().flat_map(all);
        std::iter::once(command.clone()).chain(below).collect()
    }

    #[test]
    fn the_command_line_is_consistent() {
        command(Lang::Zh).debug_assert();
    }

    #[test]
    fn every_command_and_option_has_both_wordings() {
        let has_both = |text: Option<&clap::builder::StyledStr>, name: &str| {
            let text = text.map(|text| text.ansi().to_string()).unwrap_or_default();
            let (zh, en) = text.split_once(wording::BETWEEN).unwrap_or_default();
            let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            assert!(zh.contains(is_han) && !en.is_empty(), "{name}: {text}");
            assert!(!en.contains(wording::BETWEEN), "{name}: {text}");
        };
        for command in all(&Arguments::command()) {
            has_both(command.get_about(), command.get_name());
            for arg in command.get_arguments() {
                has_both(arg.get_help(), &format!("{} {}", command.get_name(), arg.get_id()));
            }
        }
    }

    #[test]
    fn nothing_shows_two_wordings() {
        for lang in [Lang::Zh, Lang::En] {
            for mut command in all(&command(lang)) {
                assert!(!command.render_long_help().to_string().contains(wording::BETWEEN));
            }
        }
    }
}
