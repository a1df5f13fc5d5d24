//! `mail` in yinfa.yaml: the server that mail goes through. No password stands here: it comes from
//! the environment or a file.

use crate::content::fields::{Fields, Mapping, key};
use base::diag::{Located, SourceText, Words};

/// How the connection to the server is kept from others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    #[default]
    Tls,
    /// TLS after `STARTTLS`, without which nothing is sent.
    StartTls,
    /// None.
    Plain,
}

impl Security {
    /// Every choice with its name.
    pub const ALL: [(&'static str, Self); 3] =
        [("tls", Self::Tls), ("starttls", Self::StartTls), ("plain", Self::Plain)];

    /// The port that servers use for it.
    pub fn port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::Plain => 25,
        }
    }
}

/// The settings of mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRecord {
    /// The server's name or address.
    pub host: SourceText,
    /// Its port, where it is not the usual one.
    pub port: Option<Located<u32>>,
    /// How the connection is kept from others.
    pub security: Security,
    /// Certificates (PEM) that are trusted beside the usual ones.
    pub ca_file: Option<SourceText>,
    /// Who logs in; nobody where it is left out.
    pub user: Option<SourceText>,
    /// The variable of the environment that holds the password.
    pub password_env: Option<SourceText>,
    /// The file that holds it.
    pub password_file: Option<SourceText>,
    /// The sender: an address, or a name and `<address>`.
    pub from: SourceText,
    /// Where answers go.
    pub reply_to: Option<SourceText>,
    /// What this machine calls itself towards the server.
    pub hello: Option<SourceText>,
    /// At most so many messages a minute.
    pub rate: Option<Located<u32>>,
    /// How often what failed for a while is tried again.
    pub retries: Option<Located<u32>>,
    /// Seconds before the first time; each later one takes twice as long.
    pub retry_wait: Option<Located<u32>>,
    /// Seconds that the server may take for an answer.
    pub timeout: Option<Located<u32>>,
    /// The largest message in megabytes.
    pub max_size: Option<Located<u32>>,
}

impl Mapping for MailRecord {
    const NAME: &'static str = "mail";
    const WHAT: Words =
        Words::new("发邮件的设置（host、from 等）", "settings of mail (host, from, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let host = fields.required_text(key("host", "邮件服务器", "the server"));
        let port = fields.integer(key(
            "port",
            "端口；不写时 tls 为 465，starttls 为 587，plain 为 25",
            "465 for `tls`, 587 for `starttls`, 25 for `plain` when left out",
        ));
        let security = fields.choice(
            key(
                "security",
                "tls（默认）、starttls，或 plain（不加密）",
                "`tls` is the default; `plain` is without encryption",
            ),
            &Security::ALL,
        );
        let ca_file = fields.text(key(
            "ca_file",
            "本单位自建证书机构的根证书（PEM）",
            "certificates (PEM) of an office's own authority",
        ));
        let user = fields.text(key("user", "登录名", "who logs in"));
        let password_env = fields.text(key(
            "password_env",
            "存放密码的环境变量，不写就是 YINFA_SMTP_PASSWORD",
            "the environment variable with the password, `YINFA_SMTP_PASSWORD` when left out",
        ));
        let password_file = fields.text(key(
            "password_file",
            "存放密码的文件；密码不写在记录里",
            "the file with the password, which never stands in the records",
        ));
        let from = fields.required_text(key(
            "from",
            "发件人：地址，或 名称 <地址>",
            "the sender: an address, or a name and `<address>`",
        ));
        let reply_to = fields.text(key("reply_to", "回复到这个地址", "where answers go"));
        let hello = fields.text(key(
            "hello",
            "向服务器报的本机域名",
            "what this machine calls itself towards the server",
        ));
        let rate =
            fields.integer(key("rate", "每分钟至多发几封", "at most so many messages a minute"));
        let retries = fields.integer(key(
            "retries",
            "暂时发不出的再试几次，默认 3",
            "how often a message that could not be sent for a while is tried again, 3 when left out",
        ));
        let retry_wait = fields.integer(key(
            "retry_wait",
            "第一次再试前等几秒，以后每次加倍，默认 30",
            "seconds before the first retry, doubled each time, 30 when left out",
        ));
        let timeout = fields.integer(key(
            "timeout",
            "等服务器回答至多几秒，默认 60",
            "seconds that the server may take for an answer, 60 when left out",
        ));
        let max_size = fields.integer(key(
            "max_size",
            "一封邮件至多几 MB，默认 20",
            "the largest message in MB, 20 when left out",
        ));
        Some(Self {
            host: host?,
            port,
            security: security.map(|s| s.value).unwrap_or_default(),
            ca_file,
            user,
            password_env,
            password_file,
            from: from?,
            reply_to,
            hello,
            rate,
            retries,
            retry_wait,
            timeout,
            max_size,
        })
    }
}
