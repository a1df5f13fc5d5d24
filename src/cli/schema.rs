//! `yinfa schema`.

use super::{Exit, args, report};
use records::check::Rule;
use records::content::schema::json::json_schema;

pub(super) fn run(args: &args::Schema) -> Exit {
    let rules: Vec<&str> = Rule::all().iter().map(|rule| rule.id).collect();
    report::output(&json_schema(args.file, &rules));
    Exit::Fine
}
