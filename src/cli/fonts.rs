//! `yinfa fonts`.

use super::environment::Environment;
use super::report::{self, Reporter};
use super::table::table;
use super::{Exit, args};
use crate::session::{Failure, find_fonts};
use base::diag::{Lang, Text};
use base::text;
use pages::typeset::{Role, Standing};
use records::content;

pub(super) fn run(
    args: &args::Fonts,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    // Outside a project the built-in chains are shown.
    let in_project =
        args.root.root.is_some() || content::find_root(&environment.machine.folder).is_some();
    let session = if in_project { Some(args.root.open(environment)?) } else { None };
    let project = session.as_ref().map(|session| &session.project);
    let (fonts, diags) =
        find_fonts(&args.fonts.options(environment), project, &environment.machine);
    if args.format.is_json() {
        let json = serde_json::to_string_pretty(&fonts.report()).unwrap_or_default();
        report::output(&format!("{}\n", report::json_escaped(&json)));
    } else {
        let zh = reporter.lang == Lang::Zh;
        let head: &[&str] =
            if zh { &["用途", "字体", "", "文件"] } else { &["role", "face", "", "file"] };
        let mut rows = Vec::new();
        for role in Role::ALL {
            for (place, (face, standing)) in fonts.faces(role).enumerate() {
                let name = if place == 0 { role.style() } else { "" };
                let word = standing_name(standing).get(reporter.lang).to_string();
                let path = face.file().path().display().to_string();
                rows.push(vec![name.to_string(), face.family().to_string(), word, path]);
            }
        }
        report::output(&table(head, &rows));
    }
    reporter.problems(&diags);
    Ok(if diags.has_errors() { Exit::Problems } else { Exit::Fine })
}

fn standing_name(standing: Standing) -> Text {
    match standing {
        Standing::Chosen => text!("项目指定", "chosen by the project"),
        Standing::Standard => text!("标准字体", "the standard's"),
        Standing::Free => text!("同类替代", "fallback of the same kind"),
        Standing::Stopgap => text!("勉强替代", "stopgap"),
        Standing::LastResort => text!("仅补缺字", "for rare characters only"),
    }
}
