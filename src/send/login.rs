//! The mail server with what comes from outside the records: the password, and the certificates of
//! an office's own authority.

use std::fs;
use std::path::{Path, PathBuf};

use super::{PASSWORD, Secret, Server};
use base::diag::{Diagnostic, Diagnostics, SourceText};
use base::text;
use records::content::Project;
use records::content::schema::mail::{MailRecord, Security};

/// The server of the settings, which sends nothing yet.
pub(crate) fn server(project: &Project, rate: Option<u32>) -> Result<Server, Diagnostics> {
    Server::new(record(project).map_err(Diagnostics::from)?, rate)
}

fn record(project: &Project) -> Result<&MailRecord, Diagnostic> {
    project.record.mail.as_ref().ok_or_else(|| {
        Diagnostic::error(
            "mail-not-set",
            text!("yinfa.yaml 里没有发邮件的设置", "yinfa.yaml has no settings for mail"),
        )
        .help(text!(
            "写上 mail: {{host: 服务器, from: 名称 <地址>, user: 登录名}}，见 docs/send.md",
            "write `mail: {{host: …, from: …, user: …}}`, see docs/send.md"
        ))
    })
}

/// The same, ready to connect, with warnings about how safely. `variable` reads the environment.
pub(crate) fn equipped(
    mut server: Server,
    project: &Project,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<(Server, Diagnostics), Diagnostic> {
    let record = record(project)?;
    let mut warnings = Diagnostics::new();
    if let Some(written) = &record.ca_file {
        let bytes = fs::read(place(&project.root, written));
        server.authorities = Some(bytes.map_err(|error| {
            Diagnostic::error(
                "ca-file-wrong",
                text!("读不出 mail.ca_file", "`mail.ca_file` cannot be read"),
            )
            .at(written.span())
            .detail(error.to_string())
            .help(text!("路径从项目文件夹算起", "the path begins at the project's folder"))
        })?);
    }
    if let Some(user) = &record.user {
        let password = password(record, &project.root, variable, &mut warnings)?;
        if record.security == Security::Plain {
            warnings.push(
                Diagnostic::warning(
                    "password-in-clear",
                    text!(
                        "密码将不加密地传给邮件服务器",
                        "the password goes to the mail server in clear"
                    ),
                )
                .at(user.span())
                .help(text!(
                    "服务器支持的，用 security: tls 或 starttls",
                    "use `security: tls` or `starttls` where the server has it"
                )),
            );
        }
        server.login = Some((user.trim().to_string(), password));
    }
    Ok((server, warnings))
}

/// A path of the settings, from the project's root.
fn place(root: &Path, written: &SourceText) -> PathBuf {
    root.join(written.trim())
}

/// The password: of the environment, else of the file.
fn password(
    record: &MailRecord,
    root: &Path,
    variable: &dyn Fn(&str) -> Option<String>,
    warnings: &mut Diagnostics,
) -> Result<Secret, Diagnostic> {
    let name = record.password_env.as_deref().map_or(PASSWORD, |name| name.trim());
    if let Some(value) = variable(name) {
        return Ok(Secret::new(&value));
    }
    let Some(written) = &record.password_file else {
        return Err(Diagnostic::error(
            "password-missing",
            text!("没有登录邮件服务器的密码", "there is no password for the mail server"),
        )
        .help(text!(
            "放进环境变量 {name}，或写在一个文件里，用 mail.password_file 指明；不要写在记录里",
            "put it into the variable {name}, or into a file named by `mail.password_file`; never into the records"
        )));
    };
    let path = place(root, written);
    let secret = fs::read_to_string(&path).map(|text| Secret::new(&text));
    let wrong = |detail: String| {
        Diagnostic::error(
            "password-missing",
            text!("读不出存放密码的文件", "the file with the password cannot be read"),
        )
        .at(written.span())
        .detail(detail)
        .help(text!(
            "路径从项目文件夹算起，文件里只写密码",
            "the path begins at the project's folder; the file holds the password alone"
        ))
    };
    let secret = secret.map_err(|error| wrong(error.to_string()))?;
    if secret.is_empty() {
        return Err(wrong(String::new()));
    }
    if is_open(&path) {
        warnings.push(
            Diagnostic::warning(
                "password-file-open",
                text!("别人也能读存放密码的文件", "others can read the file with the password"),
            )
            .at(written.span())
            .help(text!("运行：chmod 600 文件名", "run: chmod 600 FILE")),
        );
    }
    Ok(secret)
}

/// Whether others than its owner may read a file.
#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}
