//! `yinfa serve` over plain HTTP: who is answered, with what, and what it tells of builds.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::http::{self, Response, get, send};
use crate::support::{ITEMS, Project, font_args, is_long};

/// How long a build may take on a slow machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// A program that runs until it is ended.
pub(crate) struct Running {
    child: Child,
    pub(crate) messages: Receiver<String>,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> (Self, Receiver<String>) {
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let results = lines(child.stdout.take().unwrap());
        let messages = lines(child.stderr.take().unwrap());
        (Self { child, messages }, results)
    }

    /// Waits for a message that has these words; all up to it.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> String {
        let started = Instant::now();
        let mut all = String::new();
        loop {
            let left = PATIENCE.saturating_sub(started.elapsed());
            let Ok(line) = self.messages.recv_timeout(left) else {
                panic!("it never said “{words}”:\n{all}");
            };
            all.push_str(&line);
            all.push('\n');
            if line.contains(words) {
                return all;
            }
        }
    }

    /// Sends what Ctrl+C sends and waits for the end.
    #[cfg(unix)]
    pub(crate) fn interrupt(&mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(from: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

/// A running preview.
pub(crate) struct Served {
    pub(crate) program: Running,
    pub(crate) port: u16,
}

impl Served {
    pub(crate) fn start(project: &Project, args: &[&str]) -> Self {
        let mut command = project.command();
        command.arg("serve").args(font_args()).args(args);
        if !args.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        let (program, results) = Running::start(&mut command);
        let line = results.recv_timeout(PATIENCE).unwrap();
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next());
        let port = port.and_then(|port| port.parse().ok());
        Self { program, port: port.unwrap_or_else(|| panic!("no address: {line}")) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    fn get(&self, path: &str) -> Response {
        get(self.port, path, &[])
    }

    fn state(&self) -> Value {
        self.get("/api/state").json()
    }

    fn publication(&self) -> Value {
        self.get("/api/publication?id=p").json()
    }

    /// Follows the events from the present state on.
    fn events(&self) -> Events {
        let mut stream = http::connect(self.port);
        write!(stream, "GET /api/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port)
            .unwrap();
        Events { lines: BufReader::new(stream) }
    }

    /// Waits until a build after `version` has ended.
    #[track_caller]
    fn after(&self, version: u64) -> Value {
        let mut events = self.events();
        events.until(|news| !news.1 && news.0 > version);
        self.state()
    }
}

struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The next version, and whether a build runs.
    fn next(&mut self) -> (u64, bool) {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the events ended");
            if let Some(data) = line.strip_prefix("data: ") {
                let news: Value = serde_json::from_str(data).unwrap();
                return (news["version"].as_u64().unwrap(), news["building"].as_bool().unwrap());
            }
        }
    }

    #[track_caller]
    fn until(&mut self, wanted: impl Fn((u64, bool)) -> bool) -> (u64, bool) {
        loop {
            let news = self.next();
            if wanted(news) {
                return news;
            }
        }
    }
}

/// The documents of the publication, each with the ends of what is shown of it.
fn shown(served: &Served) -> Vec<(String, String, String)> {
    let publication = served.publication();
    let documents = publication["documents"].as_array().unwrap().iter();
    let end = |url: &Value| {
        let path = url.as_str().and_then(|url| url.split('?').next()).unwrap_or("none");
        path.rsplit(['/', '.']).next().unwrap_or_default().to_string()
    };
    documents
        .map(|one| (one["kind"].as_str().unwrap().into(), end(&one["html"]), end(&one["pdf"])))
        .collect()
}

#[test]
fn what_other_programs_open_is_never_shown_as_a_page() {
    // A project that makes none of what is shown: the preview makes it.
    let project = Project::new().add("yinfa.yaml", "formats: [docx, xlsx]\n");
    project.build(&[]).fine();
    let served = Served::start(&project, &[]);
    served.after(0);
    for (kind, html, pdf) in shown(&served) {
        let pages = if kind == "index" { "none" } else { "pdf" };
        assert_eq!((html.as_str(), pdf.as_str()), ("html", pages), "{kind}");
    }
    // The notice's own page, not the body that is pasted into another one.
    let publication = served.publication();
    let notice = publication["documents"][0]["html"].as_str().unwrap();
    assert!(notice.starts_with("/output/p/public/notice.html?"), "{notice}");
    assert_eq!(served.get(notice).header("content-type"), Some("text/html; charset=utf-8"));
}

#[test]
fn a_notice_without_a_web_page_has_none() {
    let project = Project::new().change("content/p/notice.yaml", "主动公开", "依申请公开");
    project.build(&["--format", "docx"]).fine();
    let served = Served::start(&project, &[]);
    served.after(0);
    assert_eq!(shown(&served)[0], ("notice".into(), "none".into(), "pdf".into()));
}

#[test]
fn every_paper_of_a_document_is_shown() {
    let project = Project::new().change(
        "content/p/notice.yaml",
        "disclosure:",
        "forms: true\nattachments:\n  - {title: 甲, kind: text, text: 甲。}\n  - {title: 乙, kind: text, apart: true, text: 乙。}\ndisclosure:",
    );
    let served = Served::start(&project, &[]);
    served.after(0);
    let kinds: Vec<String> = shown(&served).into_iter().map(|(kind, ..)| kind).collect();
    let papers = ["notice", "attachment-2", "breakdown", "form", "distribution"];
    for kind in papers {
        assert!(kinds.iter().any(|known| known == kind), "{kind}: {kinds:?}");
        let pages = served.get(&format!("/api/pages?id=p&document={kind}")).json();
        assert!(pages["pages"][0]["width"].as_f64().unwrap() > 200.0, "{kind}: {pages}");
    }
    assert_eq!(served.state()["publications"][0]["document"], "notice");
    for kind in ["attachment-1", "attachment-0", "attachment-x", "attachment-99999999999999999999"]
    {
        assert_eq!(served.get(&format!("/api/pages?id=p&document={kind}")).status, 404, "{kind}");
    }
}

#[test]
fn it_shows_the_build_and_follows_changes() {
    let project = Project::new();
    let served = Served::start(&project, &["--lang", "en"]);
    let state = served.after(0);
    assert_eq!((&state["version"], &state["failed"]), (&1.into(), &false.into()), "{state}");
    assert_eq!(state["publications"][0]["id"], "p");
    assert_eq!(state["publications"][0]["number"], "云发改〔2025〕1号");

    let page = served.get("/");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<html lang=\"en\">"));

    // Documents: the notice, the overviews, the sheets in the registry's order.
    let publication = served.publication();
    let documents = publication["documents"].as_array().unwrap();
    let names: Vec<_> = documents
        .iter()
        .map(|one| one["unit"].as_str().or(one["kind"].as_str()).unwrap())
        .collect();
    assert_eq!(
        names,
        ["notice", "breakdown", "index", "区发改局", "区教育局", "东山镇", "西水街道"]
    );
    let html = served.get(documents[0]["html"].as_str().unwrap());
    assert!(html.text().contains("开工重大项目10个"));
    assert!(html.header("content-security-policy").unwrap().contains("default-src 'none'"));
    let pdf = served.get(documents[3]["pdf"].as_str().unwrap());
    assert!(pdf.body.starts_with(b"%PDF") && pdf.header("content-type") == Some("application/pdf"));

    // Pages, the same names for the same pages.
    for query in ["notice", "breakdown", "sheet&unit=%E5%8C%BA%E5%8F%91%E6%94%B9%E5%B1%80"] {
        let path = format!("/api/pages?id=p&document={query}");
        let pages = served.get(&path).json();
        let page = &pages["pages"][0];
        assert!(page["width"].as_f64().unwrap() > 200.0, "{pages}");
        let svg = served.get(&format!("/page/{}.svg", page["name"].as_str().unwrap()));
        assert_eq!(svg.header("content-type"), Some("image/svg+xml"));
        assert!(svg.text().starts_with("<svg"));
        assert_eq!(served.get(&path).json(), pages);
    }

    let mut events = served.events();
    assert_eq!(events.next(), (1, false));
    let project = project.change("content/p/items.yaml", "10个", "12个");
    assert_eq!(events.until(|news| !news.1), (2, false));
    let html = served.get("/output/p/public/notice.html");
    assert!(html.text().contains("开工重大项目12个"));

    // Broken: the last good pages stay, and the message has its place.
    let pages = served.get("/api/pages?id=p&document=notice").json();
    let project = project.change("content/p/items.yaml", "units: [区教育局]", "units: [区教委会]");
    assert_eq!(events.until(|news| !news.1).0, 3);
    let state = served.state();
    assert_eq!(
        (&state["failed"], &state["publications"][0]["made"]),
        (&true.into(), &false.into())
    );
    let problem = &state["problems"][0];
    assert_eq!(
        (&problem["code"], &problem["line"]),
        (&"unit-unknown".into(), &6.into()),
        "{state}"
    );
    assert_eq!(served.get("/api/pages?id=p&document=notice").json(), pages);
    assert!(served.get("/output/p/public/notice.html").text().contains("12个"));
    let id = problem["id"].as_str().unwrap();
    let lines = served.get(&format!("/api/source?id={id}")).json();
    assert_eq!(lines["file"], "content/p/items.yaml");
    let marked =
        lines["lines"].as_array().unwrap().iter().find(|line| line["number"] == 6).unwrap();
    assert_eq!(marked["pieces"][1], serde_json::json!(["区教委会", true]));

    // Mended.
    let project = project.change("content/p/items.yaml", "区教委会", "区教育局");
    assert_eq!(events.until(|news| !news.1).0, 4);
    assert_eq!(served.state()["failed"], false);
    // The lines of an earlier build are not those of this one.
    assert_eq!(served.get(&format!("/api/source?id={id}")).status, 404);

    // A new publication, a renamed one, a deleted one.
    let notice = project.read("content/p/notice.yaml");
    let project = project
        .file("content/q/items.yaml", ITEMS)
        .file("content/q/notice.yaml", notice.replace("serial: 1", "serial: 2"));
    let state = served.after(4);
    assert_eq!(state["publications"].as_array().unwrap().len(), 2, "{state}");
    let version = state["version"].as_u64().unwrap();
    fs::rename(project.path("content/q"), project.path("content/r")).unwrap();
    let state = served.after(version);
    assert_eq!(state["publications"][1]["id"], "r", "{state}");
    let version = state["version"].as_u64().unwrap();
    fs::remove_dir_all(project.path("content/r")).unwrap();
    let state = served.after(version);
    assert_eq!(state["publications"].as_array().unwrap().len(), 1, "{state}");
}

#[test]
fn only_its_own_page_on_this_machine_is_answered() {
    let project = Project::new();
    let served = Served::start(&project, &[]);
    served.after(0);
    let port = served.port;
    let ask = |path: &str, headers: &str| {
        let request = format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
        send(port, request.as_bytes())
    };
    let own = format!("Host: 127.0.0.1:{port}\r\n");
    for path in ["/", "/api/state", "/api/events", "/output/p/public/notice.html", "/assets/app.js"]
    {
        for host in ["evil.example", "127.0.0.1", "[::1]:4780", "localhost:1"] {
            let refused = ask(path, &format!("Host: {host}\r\n"));
            assert_eq!(refused.status, 421, "{path} {host}");
            assert_eq!(refused.text(), "refused\n");
        }
        for header in ["Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"]
        {
            let refused = ask(path, &format!("{own}{header}\r\n"));
            assert_eq!(refused.status, 403, "{path} {header}");
            assert_eq!(refused.header("access-control-allow-origin"), None);
        }
    }
    // What a browser sends for the page itself.
    let headers =
        format!("{own}Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n");
    assert_eq!(ask("/api/state", &headers).status, 200);
    let named = format!("Host: localhost:{port}\r\nSec-Fetch-Site: none\r\n");
    let page = ask("/", &named);
    assert_eq!(page.status, 200);
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(page.header(name), Some(value), "{name}");
    }
    assert!(page.header("content-security-policy").unwrap().contains("script-src 'self'"));

    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let request = format!(
            "{method} /api/state HTTP/1.1\r\n{own}Content-Length: 0\r\nConnection: close\r\n\r\n"
        );
        let refused = send(port, request.as_bytes());
        assert_eq!((refused.status, refused.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let head = send(port, format!("HEAD / HTTP/1.1\r\n{own}Connection: close\r\n\r\n").as_bytes());
    assert_eq!((head.status, head.body.len()), (200, 0));
    // Only this machine: the other addresses of it are not listened on.
    assert!(TcpStream::connect(("::1", port)).is_err());
}

#[test]
fn nothing_outside_the_output_folder() {
    let project = Project::new().file("secret.html", "secret");
    let served = Served::start(&project, &[]);
    served.after(0);
    #[cfg(unix)]
    {
        let link = |to: &str, name: &str| {
            std::os::unix::fs::symlink(project.path(to), project.path(name)).unwrap();
        };
        link("secret.html", "output/p/link.html");
        link("content", "output/p/records");
    }
    for path in [
        "/output/../secret.html",
        "/output/p/../../secret.html",
        "/output/%2e%2e/secret.html",
        "/output/..%2fsecret.html",
        "/output/p%2f..%2f..%2fsecret.html",
        "/output/..%5csecret.html",
        "/output//etc/passwd",
        "/output/%2fetc/passwd",
        "/output/p/link.html",
        "/output/p/records/units.yaml",
        "/output/p/public/notice.html%00",
        "/output/%00",
        "/output/p/public/notice.html%0a",
        "/output/%ff",
        "/output/",
        "/output/p",
        "/output/p/",
        "/output",
        "/secret.html",
        "/content/units.yaml",
        "/yinfa.yaml",
        "/assets/../page.html",
        "/assets/page.html",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/Cargo.toml",
        "/page/x.svg",
        "/page/../api/state",
        "/api",
        "/api/pages?id=p&document=secret",
        "/api/source?id=../../secret.html",
        "/api/publication?id=../content",
        "//",
        "/.yinfa/lock",
    ] {
        let response = served.get(path);
        assert_eq!(response.status, 404, "{path}: {}", response.text());
        assert!(!response.text().contains("secret"), "{path}");
    }
    assert_eq!(served.get("/api/source").status, 400);
    assert_eq!(served.get("/output/p/public/notice.html").status, 200);
    // What is no HTTP at all ends with the connection, not with the program.
    for garbage in [&b"\x00\xff\x16\x03\x01\r\n\r\n"[..], b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"]
    {
        let mut stream = http::connect(served.port);
        stream.write_all(garbage).unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    }
    assert_eq!(served.get("/").status, 200);
}

#[test]
fn a_project_that_is_broken_at_first() {
    let project = Project::new().file("yinfa.yaml", "office: [\n");
    let served = Served::start(&project, &["--lang", "zh", "--poll"]);
    let state = served.after(0);
    assert_eq!(state["failed"], true);
    assert!(!state["problems"].as_array().unwrap().is_empty());
    assert_eq!(served.get("/output/p/public/notice.html").status, 404);
    assert_eq!(served.get("/").status, 200);
    let project = project.file("yinfa.yaml", "office: 云溪区发改局\n");
    let state = served.after(1);
    assert_eq!(
        (&state["failed"], &state["publications"][0]["made"]),
        (&false.into(), &true.into())
    );
    assert!(served.get("/api/pages?id=p&document=notice").json()["pages"].is_array());

    // A template of the project's own counts too, also when its folder is new.
    let template = "{% extends \"yinfa/html/notice.html\" %}\n{% block published %}新模板{% endblock published %}\n";
    let project = project.file("templates/html/notice.html", template);
    let state = served.after(2);
    assert_eq!(state["failed"], false, "{state}");
    assert!(served.get("/output/p/public/notice.html").text().contains("新模板"));
    // And a mistake in it is a message while the page stays.
    let version = state["version"].as_u64().unwrap();
    let _project = project.file("templates/html/notice.html", "{% block %}");
    let state = served.after(version);
    assert_eq!(state["failed"], true);
    assert_eq!(state["problems"][0]["file"], "templates/html/notice.html", "{state}");
    assert_eq!(state["publications"][0]["id"], "p");
    assert!(served.get("/output/p/public/notice.html").text().contains("新模板"));
}

#[test]
fn it_waits_for_another_build() {
    let project = Project::new();
    fs::create_dir(project.path(".yinfa")).unwrap();
    let lock = fs::File::create(project.path(".yinfa/lock")).unwrap();
    lock.lock().unwrap();
    let served = Served::start(&project, &["--lang", "en"]);
    served.program.says("build-running");
    assert_eq!(served.state()["version"], 0);
    lock.unlock().unwrap();
    assert_eq!(served.after(0)["failed"], false);
}

#[test]
fn a_taken_port_is_said_with_what_to_do() {
    let project = Project::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = project.en(&["serve", "--port", &port]);
    assert_eq!(run.code, Some(2), "{run}");
    assert_eq!(run.codes(), ["port-unavailable"]);
    assert!(run.stderr.contains("--port 0"), "{run}");
    let run = project.zh(&["serve", "--port", &port]);
    assert!(run.stderr.contains("已被另一个程序占用"), "{run}");
    let run = project.en(&["serve", "--port", "99999"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["usage"]), "{run}");
    let run = Project::bare().en(&["serve"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["no-project"]), "{run}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_well_with_pages_open() {
    let project = Project::new();
    let mut served = Served::start(&project, &["--lang", "en"]);
    let mut events = served.events();
    events.until(|news| !news.1);
    served.program.says("waiting for changes");
    assert_eq!(served.program.interrupt().code(), Some(0));
    let tree = project.tree("output");
    assert!(tree.contains("manifest.json") && !tree.contains("staging"), "{tree}");
}

/// How much memory a process holds, in megabytes.
#[cfg(target_os = "linux")]
fn held(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

/// Downloads that are broken off, or not taken, cost next to nothing: a file is read as it is sent.
#[cfg(target_os = "linux")]
#[test]
fn aborted_downloads_cost_no_memory() {
    let project = Project::new();
    project.build_html(&[]).clean();
    let project = project.file("output/p/internal/large.pdf", vec![7u8; 8 << 20]);
    let served = Served::start(&project, &[]);
    served.after(0);
    let whole = served.get("/output/p/internal/large.pdf");
    assert_eq!((whole.status, whole.body.len()), (200, 8 << 20));
    let before = held(served.program.child.id());
    let ask = || {
        let mut stream = http::connect(served.port);
        let path = "/output/p/internal/large.pdf";
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", served.port).unwrap();
        let mut first = [0; 64];
        stream.read_exact(&mut first).unwrap();
        stream
    };
    for _ in 0..if is_long() { 3000 } else { 150 } {
        drop(ask());
    }
    // These wait, and are served no further.
    let waiting: Vec<TcpStream> = (0..60).map(|_| ask()).collect();
    let grown = held(served.program.child.id()).saturating_sub(before);
    println!("{grown} MB more");
    assert!(grown < 100, "{grown} MB more");
    drop(waiting);
    assert_eq!(served.get("/").status, 200);
}

/// Whoever connects and says nothing, or begins and does not go on, is not waited for.
#[test]
fn a_request_that_does_not_come_is_not_waited_for() {
    let project = Project::new();
    project.build_html(&[]).clean();
    let served = Served::start(&project, &[]);
    served.after(0);
    let started = Instant::now();
    let mut streams: Vec<TcpStream> = ["", "GET / HT", "GET / HTTP/1.1\r\nHost: local"]
        .iter()
        .map(|begun| {
            let mut stream = http::connect(served.port);
            stream.write_all(begun.as_bytes()).unwrap();
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            stream
        })
        .collect();
    for stream in &mut streams {
        let mut rest = Vec::new();
        // It ends: with nothing, or with the word that it took too long.
        let _ = stream.read_to_end(&mut rest);
        assert!(!rest.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&rest));
    }
    let taken = started.elapsed();
    assert!(taken < Duration::from_secs(60), "{taken:?}");
    assert_eq!(served.get("/").status, 200);
}
