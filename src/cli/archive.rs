//! `yinfa archive`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::environment::Environment;
use super::report::{self, Reporter};
use super::{Exit, args};
use crate::archive::{self, Enclosures, Package, Register, Request, Settings, Wanted};
use crate::session::{Failure, Session};
use base::diag::{Diagnostic, Lang};
use base::text;
use pages::build::Lock;

pub(super) fn run(
    args: &args::Archive,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let session = args.root.open(environment)?;
    let one = session.prepare_one(&args.publication.publication)?;
    let (templates, remarks) = session.templates()?;
    reporter.problems(&remarks);
    let mut settings = Settings::of(&session.project.record);
    adjust(&mut settings, args)?;
    let place = |path: &PathBuf| environment.place(path);
    let output = session.output(args.output.as_ref().map(place).as_deref());
    let to = session.archive(args.to.as_ref().map(place).as_deref());
    let enclosures = Enclosures {
        original: args.original.as_ref().map(place),
        final_draft: args.final_draft.as_ref().map(place),
        approval_sheet: args.approval_sheet.as_ref().map(place),
    };
    let dry = args.dry_run;
    // Nobody builds while the output is read, and nobody else takes the next number.
    let _locks = if dry { Vec::new() } else { locks(&session, &to)? };

    let request = Request {
        prepared: &one,
        templates: &templates,
        output: &output,
        settings: &settings,
        enclosures: &enclosures,
    };
    let package = Package::plan(&request, &to).map_err(|diags| {
        reporter.problems(&diags);
        reporter.message(&text!("{id}：没有归档", "{id}: not archived", id = &one.id));
        Failure::of_input(diags)
    })?;
    if let Some(code) = &package.placement.code {
        let title = &package.metadata.content.title;
        if let Some(hint) = archive::retention_hint(title, code.class.retention) {
            reporter.problem(hint);
        }
    }
    if dry {
        report::output(&proposal(&package, &to, reporter.lang));
        return Ok(Exit::Fine);
    }
    let place = to.join(package.name());
    let (name, tag_manifest) = (package.name(), package.tag_manifest());
    let mut register = Register::open(&to, &name, args.new_register)?;
    register.may_enter(&name, &tag_manifest)?;
    if package.unchanged {
        reporter.message(&text!(
            "{id}：已经归档，内容没有变化 → {place}",
            "{id}: archived already, and nothing has changed → {place}",
            id = &one.id,
            place = place.display()
        ));
        if register.enter(&to, &name, &tag_manifest)? {
            reporter.message(&text!("{name}：补登记", "{name}: entered in the register"));
        }
        entered(&register, reporter);
        return Ok(Exit::Fine);
    }
    match package.write(&to) {
        Ok((place, remarks)) => {
            reporter.problems(&remarks);
            done(&one.id, &package, &place, reporter);
            register.enter(&to, &name, &tag_manifest)?;
            entered(&register, reporter);
            Ok(Exit::Fine)
        }
        Err(diags) => {
            reporter.problems(&diags);
            reporter.message(&text!("{id}：没有归档", "{id}: not archived", id = &one.id));
            Ok(Exit::Problems)
        }
    }
}

/// What the arguments add to the project's settings.
fn adjust(settings: &mut Settings, args: &args::Archive) -> Result<(), Diagnostic> {
    if args.retention.is_some() {
        settings.retention = args.retention;
    }
    if let Some(code) = &args.code {
        settings.wanted = archive::given_code(code)?;
    }
    if args.pre_archive {
        settings.wanted = Wanted::None;
    }
    settings.electronic_number.clone_from(&args.electronic_number);
    Ok(())
}

fn locks(session: &Session, to: &Path) -> Result<Vec<Lock>, Failure> {
    let mut locks = vec![session.lock(None)?];
    if to.is_dir() {
        let lock = Lock::take(to, None).map_err(|_| {
            Diagnostic::error(
                "archive-busy",
                text!(
                    "另一个 yinfa 正在往“{to}”归档",
                    "another yinfa is archiving into “{to}”",
                    to = to.display()
                ),
            )
            .help(text!("请等它结束后再试", "wait until it has ended"))
        })?;
        locks.push(lock);
    }
    archive::remove_leftovers(to);
    Ok(locks)
}

/// The code, the place and the files of a package that is not written.
fn proposal(package: &Package, to: &Path, lang: Lang) -> String {
    let mut text = String::new();
    let zh = lang == Lang::Zh;
    let code = match &package.placement.code {
        Some(code) => code.to_string(),
        None if zh => "预归档，尚无档号".into(),
        None => "none yet (预归档)".into(),
    };
    let place = to.join(package.name()).display().to_string();
    let version = package.placement.version.to_string();
    let rows = [
        (if zh { "档号" } else { "code" }, code),
        (if zh { "归档包" } else { "package" }, place),
        (if zh { "版本" } else { "version" }, version),
    ];
    for (label, value) in rows {
        let _ = writeln!(text, "{label}{}{value}", if zh { "：" } else { ": " });
    }
    if let Some(replaced) = &package.placement.replaces {
        let label = if zh { "替代：" } else { "replaces: " };
        let _ = writeln!(text, "{label}{}", replaced.bag);
    }
    if package.unchanged {
        text.push_str(if zh {
            "已经归档，没有变化\n"
        } else {
            "archived already, unchanged\n"
        });
    }
    for (path, bytes) in package.files() {
        let _ = writeln!(text, "{bytes:>12}  {path}");
    }
    text
}

/// The register's last digest, which is to be kept elsewhere.
fn entered(register: &Register, reporter: &Reporter) {
    let (count, head) = (register.lines().len(), register.head().unwrap_or_default());
    reporter.message(&text!(
        "登记簿第 {count} 行，摘要 {head}（请另处保存，核对来源时用）",
        "register, line {count}: {head} (keep it elsewhere: it proves the origin)"
    ));
}

fn done(id: &str, package: &Package, place: &Path, reporter: &Reporter) {
    if package.metadata.form_features.remark.is_some() {
        reporter.problem(
            Diagnostic::warning(
                "original-missing",
                text!(
                    "“{id}”的归档包未附盖章正本，这一件还不完整",
                    "the package of “{id}” has no sealed original: it is not complete"
                ),
            )
            .help(text!(
                "盖章以后用 --original 文件 再归档一次，会存成新的一版",
                "archive it again with `--original FILE` once it is sealed: that becomes a new version"
            )),
        );
    }
    let files = package.files().count();
    let place = place.display();
    reporter.message(&match (&package.placement.code, &package.placement.replaces) {
        (_, Some(replaced)) => text!(
            "{id}：已归档为第{version}版，{files} 个文件，替代 {before} → {place}",
            "{id}: archived as version {version}, {files} files, replaces {before} → {place}",
            version = package.placement.version,
            before = &replaced.bag
        ),
        (Some(code), None) => text!(
            "{id}：已归档，档号 {code}，{files} 个文件 → {place}",
            "{id}: archived as {code}, {files} files → {place}"
        ),
        (None, None) => text!(
            "{id}：已预归档，{files} 个文件 → {place}",
            "{id}: archived without a code yet, {files} files → {place}"
        ),
    });
}
