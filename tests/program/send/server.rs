//! Real mail servers on the loopback: aiosmtpd with faults (tests/mail/server.py), and certificates
//! for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// The file of tests/mail.
fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail").join(name)
}

/// The Python of set-up, which has aiosmtpd. On CI its absence is a failure.
pub(super) fn python() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(std::env::home_dir()?.join(".cache"))).unwrap();
    let python = cache.join("yinfa/python/bin/python3");
    lacking(python.exists(), "the Python of scripts/setup.sh --test").then_some(python)
}

/// Says what is missing; on CI, where set-up installs it, that is a failure.
pub(super) fn lacking(there: bool, what: &str) -> bool {
    let ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    assert!(there || !ci, "{what} is missing; scripts/setup.sh --test installs it");
    if !there {
        crate::support::skip(format_args!("{what} is missing (scripts/setup.sh --test)"));
    }
    there
}

/// Waits until something is there.
#[track_caller]
pub(super) fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begin.elapsed() < Duration::from_secs(60), "no {what} within a minute");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A server that runs until it is dropped.
pub(super) struct Server {
    folder: TempDir,
    process: Child,
}

/// A message that a server took.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    pub(super) to: String,
    pub(super) id: String,
    pub(super) file: PathBuf,
}

impl Server {
    /// A server without encryption.
    pub(super) fn plain() -> Option<Self> {
        Self::start(&[])
    }

    /// A server with these options of server.py.
    pub(super) fn start(options: &[&str]) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        Self::start_in(folder, options)
    }

    /// A server that goes on with the folder of one that ended.
    fn start_in(folder: TempDir, options: &[&str]) -> Option<Self> {
        let process = Command::new(python()?)
            .arg(script("server.py"))
            .arg(folder.path())
            .args(options)
            .stdin(Stdio::null())
            .stderr(fs::File::create(folder.path().join("stderr")).unwrap())
            .spawn()
            .unwrap();
        let server = Self { folder, process };
        wait_for("port of the server", || server.port());
        Some(server)
    }

    fn port(&self) -> Option<u16> {
        fs::read_to_string(self.folder.path().join("port")).ok()?.parse().ok()
    }

    /// `mail` of yinfa.yaml for it, with further settings.
    pub(super) fn settings(&self, more: &str) -> String {
        let port = self.port().unwrap();
        format!(
            "office: 云溪区发改局\nmail: {{host: 127.0.0.1, port: {port}, from: 云溪区发改局 <fgj@example.com>, retry_wait: 0{more}}}\n"
        )
    }

    /// What it took, in order.
    pub(super) fn taken(&self) -> Vec<Taken> {
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap();
        // The last line may be half written.
        let lines = log.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        lines
            .map(|line| {
                let line: Value = serde_json::from_str(line).unwrap();
                assert_eq!(line["to"].as_array().unwrap().len(), 1, "one message per address");
                let text = |value: &Value| value.as_str().unwrap().to_string();
                let file = self.folder.path().join("mail").join(text(&line["file"]));
                let id = text(&line["id"]).trim_matches(['<', '>']).to_string();
                Taken { to: text(&line["to"][0]), id, file }
            })
            .collect()
    }

    /// The addresses to which it took something, in order.
    pub(super) fn addresses(&self) -> Vec<String> {
        self.taken().into_iter().map(|taken| taken.to).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Messages as Python's mail parser reads them.
pub(super) fn parsed(files: &[PathBuf]) -> Vec<Value> {
    let output =
        Command::new(python().unwrap()).arg(script("parse.py")).args(files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    value.as_array().unwrap().clone()
}

/// An authority with certificates of its own, as an office may have one.
pub(super) struct Authority {
    folder: TempDir,
}

impl Authority {
    /// A new one, by openssl.
    pub(super) fn new() -> Option<Self> {
        let there = Command::new("openssl").arg("version").output().is_ok();
        if !lacking(there, "openssl") {
            return None;
        }
        let authority = Self { folder: TempDir::new().unwrap() };
        authority.openssl(&[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            "/CN=Office CA",
            "-days",
            "2",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-addext",
            "basicConstraints=critical,CA:TRUE",
        ]);
        Some(authority)
    }

    /// A certificate for a name (`IP:127.0.0.1`): the options of server.py that name it.
    pub(super) fn certificate(&self, name: &str) -> [String; 4] {
        let extension = format!("subjectAltName={name}\nbasicConstraints=CA:FALSE\n");
        fs::write(self.path("extension"), extension).unwrap();
        self.openssl(&[
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            "/CN=mail",
            "-keyout",
            "server.key",
            "-out",
            "server.csr",
        ]);
        self.openssl(&[
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            "extension",
            "-out",
            "server.pem",
        ]);
        let path = |name: &str| self.path(name).to_str().unwrap().to_string();
        ["--cert".into(), path("server.pem"), "--key".into(), path("server.key")]
    }

    /// Its own certificate.
    pub(super) fn file(&self) -> PathBuf {
        self.path("ca.pem")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn openssl(&self, args: &[&str]) {
        let output =
            Command::new("openssl").current_dir(self.folder.path()).args(args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
