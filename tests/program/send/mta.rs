//! A whole mail system: exim from Debian, which takes the messages over STARTTLS and delivers them
//! into mailboxes, from where Python's mail parser reads them back.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::built::{self, build};
use super::server::{Authority, lacking, parsed, python, wait_for};

/// exim with a configuration of its own, on a port of the loopback, as long as it lives.
struct Exim {
    folder: TempDir,
    process: Child,
    port: u16,
}

/// Where Debian puts it.
const PROGRAM: &str = "/usr/sbin/exim4";

impl Exim {
    fn start(certificate: &[String; 4]) -> Option<Self> {
        if !lacking(Path::new(PROGRAM).exists(), PROGRAM) {
            return None;
        }
        let folder = TempDir::new().unwrap();
        let root = folder.path().to_str().unwrap().to_string();
        // It drops root's rights, and must reach its files then.
        open_to_all(folder.path(), 0o755);
        for name in ["spool", "log", "mail", "tls"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            open_to_all(&folder.path().join(name), 0o777);
        }
        for (from, name) in [(&certificate[1], "tls/cert.pem"), (&certificate[3], "tls/key.pem")] {
            fs::copy(from, folder.path().join(name)).unwrap();
            open_to_all(&folder.path().join(name), 0o644);
        }
        // Free at this moment; nobody else on the machine takes ports so quickly.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = folder.path().join("exim.conf");
        fs::write(&config, configuration(&root, port)).unwrap();
        open_to_all(&config, 0o644);
        let process = Command::new(PROGRAM)
            .args(["-bdf", "-C"])
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.path().join("stderr")).unwrap())
            .spawn()
            .unwrap();
        let mut exim = Self { folder, process, port };
        wait_for("answer of exim", || {
            if let Some(status) = exim.process.try_wait().unwrap() {
                panic!("exim ended ({status}): {}", exim.said());
            }
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        Some(exim)
    }

    fn said(&self) -> String {
        ["stderr", "log/main", "log/panic"]
            .map(|name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default())
            .join("\n")
    }

    /// The messages of a mailbox, once there are so many.
    fn mailbox(&self, name: &str, count: usize) -> Vec<PathBuf> {
        let folder = self.folder.path().join("mail").join(name).join("new");
        wait_for(&format!("mail in {name}: {}", self.said()), || {
            let entries = fs::read_dir(&folder).ok()?;
            let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
            files.sort();
            (files.len() >= count).then_some(files)
        })
    }
}

impl Drop for Exim {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(unix)]
fn open_to_all(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn open_to_all(_: &Path, _: u32) {}

/// As whom exim delivers: with a configuration that is not the system's it gives up root's rights.
fn user() -> String {
    let id = |option: &str| {
        let output = Command::new("id").arg(option).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_string()
    };
    if id("-u") == "0" { "Debian-exim".into() } else { id("-un") }
}

/// Takes mail for office.example alone, into two mailboxes, and sends nothing anywhere.
fn configuration(root: &str, port: u16) -> String {
    let user = user();
    format!(
        r#"
spool_directory = {root}/spool
log_file_path = {root}/log/%s
pid_file_path = {root}/pid
primary_hostname = mail.office.example
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
domainlist ours = office.example
never_users =
deliver_drop_privilege = true
keep_environment =
host_lookup =
rfc1413_query_timeout = 0s
dns_again_means_nonexist = *
tls_advertise_hosts = *
tls_certificate = {root}/tls/cert.pem
tls_privatekey = {root}/tls/key.pem
acl_smtp_rcpt = rcpt
acl_smtp_data = data

begin acl
rcpt:
  deny    message = encryption is required
          !encrypted = *
  accept  domains = +ours
          verify = recipient
  deny    message = not here
data:
  accept

begin routers
mailboxes:
  driver = accept
  domains = +ours
  local_parts = fgj : ds
  transport = maildir

begin transports
maildir:
  driver = appendfile
  directory = {root}/mail/$local_part_data
  maildir_format
  create_directory
  user = {user}
  mode = 0644
  directory_mode = 0755

begin retry
* * F,1h,1m
"#
    )
}

#[test]
fn through_a_whole_mail_system_into_mailboxes() {
    let Some(authority) = Authority::new() else { return };
    if python().is_none() {
        return;
    }
    let certificate = authority.certificate("IP:127.0.0.1");
    let Some(exim) = Exim::start(&certificate) else { return };
    let units = built::UNITS
        .replace("fgj@example.org", "fgj@office.example")
        .replace("jyj@example.org", "nobody@office.example")
        .replace("ds@example.org", "ds@office.example")
        .replace("ds2@example.org", "ds2@elsewhere.example");
    let settings = format!(
        "office: 云溪区发改局\nmail: {{host: 127.0.0.1, port: {}, security: starttls, ca_file: ca.pem, from: 云溪区发改局 <office@office.example>, retries: 0}}\n",
        exim.port
    );
    let name = "正式文件（已盖章）.pdf";
    let project = build(
        built::project()
            .file("yinfa.yaml", settings)
            .file("ca.pem", fs::read(authority.file()).unwrap())
            .file("content/units.yaml", units)
            .file(name, "%PDF sealed"),
    );
    let run = project.en(&["send", "p", "--via", "smtp", "--yes", "--with", name]).refused();
    // One is nobody, one is elsewhere, one has no address; the others are delivered.
    assert!(run.stderr.contains("2 sent, 2 not sent, 1 cannot be sent"), "{run}\n{}", exim.said());
    for (mailbox, unit) in [("fgj", "区发改局"), ("ds", "东山镇")] {
        let files = exim.mailbox(mailbox, 1);
        assert_eq!(files.len(), 1);
        let mail = parsed(&files).remove(0);
        assert_eq!(mail["defects"].as_array().unwrap().len(), 0, "{mail}");
        assert_eq!(mail["subject"], format!("2025年工作要点任务单（{unit}）"));
        let attachments = mail["attachments"].as_array().unwrap();
        let names = [format!("{unit}任务单.pdf"), format!("{unit}任务单.xlsx"), name.to_string()];
        for (attachment, name) in attachments.iter().zip(&names) {
            assert_eq!(
                (&attachment["old"], &attachment["new"]),
                (&name.as_str().into(), &name.as_str().into())
            );
        }
        let pdf = fs::read(project.path(&format!("output/p/internal/tasks/{unit}.pdf"))).unwrap();
        assert_eq!(attachments[0]["sha256"], base::disk::sha256(&pdf));
        assert_eq!(attachments[2]["sha256"], base::disk::sha256(b"%PDF sealed"));
        assert!(mail["text"].as_str().unwrap().starts_with(&format!("{unit}：")), "{mail}");
    }
    let lines = built::lines(&project);
    let sent = lines.iter().find(|line| line["address"] == "ds@office.example").unwrap();
    assert!(sent["detail"].as_str().unwrap().contains("OK"), "the server's own number: {sent}");
}
