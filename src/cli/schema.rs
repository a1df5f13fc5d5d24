//! `yinfa schema`.

use clap::ArgMatches;

use super::{Exit, report};
use records::check::Rule;
use records::content::schema::json::{RecordFile, json_schema};

pub(super) fn run(matches: &ArgMatches) -> Exit {
    let name = matches.get_one::<String>("file").map(String::as_str).unwrap_or_default();
    let Some((_, file)) = RecordFile::ALL.into_iter().find(|(known, _)| *known == name) else {
        return Exit::CannotRun;
    };
    let rules: Vec<&str> = Rule::all().iter().map(|rule| rule.id).collect();
    report::output(&json_schema(file, &rules));
    Exit::Fine
}
