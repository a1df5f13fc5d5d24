//! A real browser, headless, driven through chromedriver (W3C WebDriver and, for what that
//! cannot say, the DevTools protocol).

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http;

/// How long something may take to appear on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(40);
/// The name of an element's reference in WebDriver.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What the keyboard has besides characters.
pub(crate) mod key {
    pub(crate) const TAB: &str = "\u{e004}";
    pub(crate) const ENTER: &str = "\u{e007}";
    pub(crate) const ESCAPE: &str = "\u{e00c}";
    pub(crate) const DOWN: &str = "\u{e015}";
}

/// A browser window with a profile of its own.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// Starts one. Where there is no chromedriver it says so; on CI, where set-up installs it,
    /// its absence is a failure.
    pub(crate) fn start() -> Option<Self> {
        let spawned = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut driver) = spawned else {
            let ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
            assert!(!ci, "chromedriver is missing; scripts/setup.sh --test installs it");
            crate::support::skip("chromedriver is missing (scripts/setup.sh --test)");
            return None;
        };
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines
            .find_map(|line| {
                let line = line.ok()?;
                let port = line.split("successfully on port ").nth(1)?;
                port.trim_end_matches('.').parse().ok()
            })
            .expect("chromedriver says its port");
        // What it says later is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let mut browser = Self { driver, port, session: String::new(), _profile: profile };
        let folder = format!("--user-data-dir={}", browser._profile.path().display());
        let capabilities = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "timeouts": {"script": 60_000, "pageLoad": 120_000},
            "goog:loggingPrefs": {"browser": "ALL"},
            "goog:chromeOptions": {"args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", folder,
            ]},
        }}});
        let session = browser.call("POST", "/session", &capabilities);
        browser.session = session["sessionId"].as_str().unwrap().to_owned();
        Some(browser)
    }

    /// Makes the viewport exactly this large, smaller than a window can be too.
    pub(crate) fn size(&self, width: u32, height: u32) {
        let phone = width < 600;
        let metrics =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone});
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// Prefers a light or a dark page.
    pub(crate) fn prefer_dark(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": value}]});
        self.devtools("Emulation.setEmulatedMedia", &media);
    }

    /// Opens an address.
    pub(crate) fn open(&self, url: &str) {
        self.command("POST", "url", &json!({"url": url}));
    }

    /// Runs the body of a function in the page and gives what it returns.
    pub(crate) fn script(&self, body: &str) -> Value {
        self.command("POST", "execute/sync", &json!({"script": body, "args": []}))
    }

    /// Waits until an expression in the page is true-ish and gives its value.
    #[track_caller]
    pub(crate) fn wait(&self, expression: &str) -> Value {
        let started = Instant::now();
        loop {
            // A page that is just being replaced has no such thing yet.
            let body = format!(
                "try {{ const value = ({expression}); return value?.nodeType ? true : value; }} \
                 catch (e) {{ return null; }}"
            );
            let value = self.script(&body);
            let empty = json!("");
            if ![Value::Null, json!(false), json!(0), empty].contains(&value) {
                return value;
            }
            if started.elapsed() > PATIENCE {
                let page = self.script("return document.body.innerText");
                let log = self.log();
                panic!("never true: {expression}\n{}\n{log}", page.as_str().unwrap_or_default());
            }
            std::thread::sleep(LOOK_AGAIN);
        }
    }

    /// Clicks the first element that a selector finds, as a user does.
    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.command("POST", &format!("element/{element}/click"), &json!({}));
    }

    /// Types into the first element that a selector finds.
    #[track_caller]
    pub(crate) fn type_into(&self, selector: &str, text: &str) {
        let element = self.element(selector);
        self.command("POST", &format!("element/{element}/value"), &json!({"text": text}));
    }

    /// Presses keys, wherever the focus is.
    pub(crate) fn press(&self, keys: &[&str]) {
        let actions: Vec<Value> = keys
            .iter()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key})))
            .collect();
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": actions});
        self.command("POST", "actions", &json!({"actions": [keyboard]}));
    }

    /// A picture of what the window shows, as PNG.
    pub(crate) fn screenshot(&self, path: &Path) {
        let picture = self.devtools("Page.captureScreenshot", &json!({"format": "png"}));
        std::fs::write(path, base64(picture["data"].as_str().unwrap())).unwrap();
    }

    /// What the console said, a line each: errors of scripts and refused requests among it.
    pub(crate) fn log(&self) -> String {
        let entries = self.command("POST", "se/log", &json!({"type": "browser"}));
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries.iter().map(|entry| format!("{}\n", entry["message"])).collect()
    }

    /// A command of the DevTools protocol.
    pub(crate) fn devtools(&self, command: &str, params: &Value) -> Value {
        self.command("POST", "goog/cdp/execute", &json!({"cmd": command, "params": params}))
    }

    #[track_caller]
    fn element(&self, selector: &str) -> String {
        let query = json!({"using": "css selector", "value": selector});
        let found = self.command("POST", "element", &query);
        found[ELEMENT].as_str().unwrap_or_else(|| panic!("no {selector}")).to_owned()
    }

    #[track_caller]
    fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        self.call(method, &format!("/session/{}/{path}", self.session), body)
    }

    #[track_caller]
    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let response = http::send_json(self.port, method, path, body);
        let value = response.json()["value"].clone();
        assert_eq!(response.status, 200, "{path}: {body}: {value}");
        value
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A failing test must not fail a second time here.
        if !self.session.is_empty() && !std::thread::panicking() {
            self.call("DELETE", &format!("/session/{}", self.session), &json!({}));
        }
        // Ends the browser too, where the session still runs.
        let _ = http_shutdown(self.port);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// chromedriver closes its browsers when it is asked to shut down; killed, it leaves them behind.
fn http_shutdown(port: u16) -> std::io::Result<()> {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )?;
    stream.read_to_end(&mut Vec::new())?;
    Ok(())
}

/// Decodes base64 without line breaks.
fn base64(text: &str) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0);
    for sign in text.bytes().take_while(|&sign| sign != b'=') {
        let value = SIGNS.iter().position(|&s| s == sign).unwrap();
        held = (held << 6 | value as u32) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    bytes
}

#[test]
fn the_browser_runs_scripts_takes_keys_and_pictures() {
    let Some(browser) = Browser::start() else { return };
    browser
        .open("data:text/html,<meta name=viewport content='width=device-width'><input id=a><button onclick=\"this.textContent='done'\">go</button>");
    browser.size(390, 844);
    assert_eq!(browser.script("return [innerWidth, innerHeight]"), json!([390, 844]));
    browser.type_into("#a", "甲b");
    assert_eq!(browser.script("return document.querySelector('#a').value"), "甲b");
    browser.press(&[key::TAB, key::ENTER]);
    browser.wait("document.querySelector('button').textContent == 'done'");
    browser.prefer_dark(true);
    assert_eq!(browser.script("return matchMedia('(prefers-color-scheme: dark)').matches"), true);
    let folder = tempfile::tempdir().unwrap();
    browser.screenshot(&folder.path().join("a.png"));
    let picture = std::fs::read(folder.path().join("a.png")).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
}
