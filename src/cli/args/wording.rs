//! Help in two languages. Each option carries both wordings where it is declared; the language of
//! the run picks one before anything is shown.

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};

use base::diag::Lang;

/// Stands between the wordings of one help text; no text contains it.
pub(super) const BETWEEN: char = '\u{1f}';

/// The Chinese and the English wording of one help text.
macro_rules! both {
    ($zh:literal, $en:literal $(,)?) => {
        concat!($zh, "\u{1f}", $en)
    };
}
pub(super) use both;

/// A command line with all its help, clap's own words included, in one language.
pub(super) fn in_language(command: Command, lang: Lang) -> Command {
    let version = both!("显示版本", "show the version");
    let version = flag("version", 'V', ArgAction::Version, version, lang);
    with_help(command, lang)
        .disable_version_flag(true)
        .mut_arg("help", |help| help.display_order(super::GLOBAL + 10))
        .arg(version.display_order(super::GLOBAL + 11))
}

fn with_help(command: Command, lang: Lang) -> Command {
    let template = both!(
        "{about}\n\n用法：{usage}\n\n{all-args}\n",
        "{about}\n\nUsage: {usage}\n\n{all-args}\n",
    );
    let arguments = pick(both!("参数", "Arguments"), lang);
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_string()).collect();
    let about = command.get_about().map(|about| picked(about, lang));
    let mut command = command
        .help_template(pick(template, lang))
        .subcommand_help_heading(pick(both!("命令", "Commands"), lang))
        .disable_help_flag(true)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { arguments } else { options(lang) };
            let arg = arg.help_heading(heading);
            match arg.get_help().map(|help| picked(help, lang)) {
                Some(help) => arg.help(help),
                None => arg,
            }
        })
        .arg(flag("help", 'h', ArgAction::Help, both!("显示用法", "show this help"), lang));
    if let Some(about) = about {
        command = command.about(about);
    }
    for name in names {
        command = command.mut_subcommand(name, |sub| with_help(sub, lang));
    }
    command
}

fn options(lang: Lang) -> &'static str {
    pick(both!("选项", "Options"), lang)
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &'static str, lang: Lang) -> Arg {
    let arg = Arg::new(name).short(short).long(name).action(action);
    arg.help_heading(options(lang)).help(pick(help, lang))
}

fn picked(text: &StyledStr, lang: Lang) -> String {
    pick(&text.ansi().to_string(), lang).to_string()
}

/// The wording of a language; a text without two wordings is that of every language.
fn pick(text: &str, lang: Lang) -> &str {
    match (text.split_once(BETWEEN), lang) {
        (Some((zh, _)), Lang::Zh) => zh,
        (Some((_, en)), Lang::En) => en,
        (None, _) => text,
    }
}
