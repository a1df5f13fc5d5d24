//! `verify --rebuild`.

use std::fs;
use std::path::{Path, PathBuf};

use super::{archived, bag, of_document, seal_with_list};
use crate::support::{Project, Run, font_args};

fn verify(project: &Project, fonts: &[String]) -> Run {
    let mut command = project.command();
    command.args(["--lang", "en", "verify", "archive", "--rebuild", "--format", "json"]);
    project.finish(command.args(fonts))
}

/// The check `rebuild` of the first package.
fn rebuild(run: &Run) -> (String, String) {
    let json = run.json();
    let checks = json["bags"][0]["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["check"] == "rebuild").unwrap();
    (check["outcome"].as_str().unwrap().to_string(), check["findings"].to_string())
}

#[test]
fn the_archived_files_come_out_again() {
    let project = archived();
    let run = verify(&project, &font_args()).clean();
    assert_eq!(rebuild(&run).0, "passed");
    // From the package alone: the project is not needed.
    fs::remove_dir_all(project.path("content")).unwrap();
    fs::remove_file(project.path("yinfa.yaml")).unwrap();
    let run = verify(&project, &font_args()).clean();
    assert_eq!(rebuild(&run).0, "passed");
}

/// What is built comes out again in every format that was archived.
#[test]
fn office_files_come_out_again_too() {
    let project = super::project();
    project.build(&["--format", "html,pdf,xlsx,docx"]).clean();
    super::stamped(&project, "output/p/public/notice.pdf", &project);
    project.en(&["archive", "p", "--original", "sealed.pdf"]).clean();
    for file in ["任务单/东山镇.xlsx", "编辑稿.docx"] {
        assert!(project.path(&of_document(file)).is_file(), "{file}");
    }
    let run = verify(&project, &font_args()).clean();
    assert_eq!(rebuild(&run).0, "passed");
}

#[test]
fn a_projects_own_template_is_archived_with_the_one_it_builds_on() {
    let own = "{% extends \"yinfa/html/notice.html\" %}\n";
    let project = super::project().file("templates/html/notice.html", own);
    project.build(&[]).clean();
    super::stamped(&project, "output/p/public/notice.pdf", &project);
    project.en(&["archive", "p", "--original", "sealed.pdf"]).clean();
    let sources = format!("{}/data/其他/源文件/templates", bag());
    assert_eq!(project.read(&format!("{sources}/html/notice.html")), own);
    assert!(project.path(&format!("{sources}/yinfa/html/notice.html")).is_file());
    let run = verify(&project, &font_args()).clean();
    assert_eq!(rebuild(&run).0, "passed");
}

#[test]
fn other_standards_of_pdf_are_taken_from_the_file() {
    let project = super::project();
    project.build(&["--pdf-standard", "a-2b"]).clean();
    super::stamped(&project, "output/p/public/notice.pdf", &project);
    project.en(&["archive", "p", "--original", "sealed.pdf"]).clean();
    let run = verify(&project, &font_args()).clean();
    assert_eq!(rebuild(&run).0, "passed");
}

#[test]
fn a_font_that_is_missing_or_another_is_named() {
    let project = archived();
    // All fonts but one; then one of that name with other bytes; then all of them, with others
    // beside them.
    let folder = project.path("fonts");
    fs::create_dir(&folder).unwrap();
    let folders: Vec<PathBuf> =
        font_args().iter().filter(|arg| arg.starts_with('/')).map(PathBuf::from).collect();
    for from in &folders {
        for entry in walk(from) {
            let name = entry.file_name().unwrap().to_owned();
            if name != "FandolFang-Regular.otf" {
                let _ = fs::copy(&entry, folder.join(name));
            }
        }
    }
    let fonts = ["--ignore-system-fonts", "--font-dir", "fonts"].map(String::from);
    let run = verify(&project, &fonts).refused();
    let (outcome, findings) = rebuild(&run);
    assert_eq!(outcome, "not-proven");
    assert!(findings.contains("font FandolFang-Regular.otf is missing"), "{findings}");

    let kai = walk(&folder).into_iter().find(|p| p.ends_with("LXGWWenKai-Regular.ttf")).unwrap();
    fs::copy(kai, folder.join("FandolFang-Regular.otf")).unwrap();
    let run = verify(&project, &fonts).refused();
    let (outcome, findings) = rebuild(&run);
    assert_eq!(outcome, "not-proven");
    assert!(findings.contains("font FandolFang-Regular.otf differs"), "{findings}");

    // The recorded one is somewhere else on this machine: it is found by its digest.
    let mut both = fonts.to_vec();
    for from in &folders {
        both.extend(["--font-dir".to_string(), from.to_str().unwrap().to_string()]);
    }
    let run = verify(&project, &both).clean();
    assert_eq!(rebuild(&run).0, "passed");
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
fn another_version_of_the_program_is_named() {
    let project = archived();
    let bag = project.path(&bag());
    for name in ["元数据.xml", "元数据.json"] {
        let path = project.path(&of_document(name));
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("yinfa 0.1.0", "yinfa 0.0.9")).unwrap();
    }
    // With the same bytes it is proven all the same.
    seal_with_list(&bag);
    assert_eq!(rebuild(&verify(&project, &font_args())).0, "passed");
    let items = bag.join("data/其他/源文件/content/p/items.yaml");
    let text = fs::read_to_string(&items).unwrap();
    fs::write(&items, text.replace("10个", "11个")).unwrap();
    seal_with_list(&bag);
    let (outcome, findings) = rebuild(&verify(&project, &font_args()));
    assert_eq!(outcome, "not-proven");
    assert!(findings.contains("yinfa 0.0.9 then"), "{findings}");
}

#[test]
fn records_that_give_something_else_fail() {
    let project = archived();
    let bag = project.path(&bag());
    let items = bag.join("data/其他/源文件/content/p/items.yaml");
    let text = fs::read_to_string(&items).unwrap();
    fs::write(&items, text.replace("10个", "11个")).unwrap();
    // Damaged: nothing is rebuilt.
    assert_eq!(rebuild(&verify(&project, &font_args())).0, "not-proven");
    // Forged: all digests are right, and the notice does not come out.
    seal_with_list(&bag);
    let (outcome, findings) = rebuild(&verify(&project, &font_args()));
    assert_eq!(outcome, "failed");
    assert!(findings.contains("notice.pdf"), "{findings}");
}

/// A template that goes on for years.
const ENDLESS: &str = "{% for a in range(end=3000) %}{% for b in range(end=3000) %}\
    {% for c in range(end=3000) %}{% for d in range(end=3000) %}{% endfor %}{% endfor %}\
    {% endfor %}{% endfor %}";

/// A package whose templates are as foreign as can be: digests are right, and they never end, take all
/// memory or bring the process down.
fn foreign(template: &str) -> Project {
    let project = archived();
    let path = format!("{}/data/其他/源文件/templates/html/notice.html", bag());
    let project = project.file(&path, template);
    seal_with_list(&project.path(&bag()));
    project
}

#[test]
fn foreign_templates_have_limits_of_time_and_memory() {
    let row = "x".repeat(2000);
    let greedy = format!(
        "{{% for a in range(end=3000) %}}{{% for b in range(end=3000) %}}{row}{{% endfor %}}{{% endfor %}}"
    );
    for (template, limit, said) in [
        (ENDLESS, ["--max-time", "3"], "stopped after 3 seconds"),
        (&*greedy, ["--max-memory", "300"], "stopped at 300 MB of memory"),
    ] {
        let project = foreign(template);
        let temporary = project.path("tmp");
        fs::create_dir(&temporary).unwrap();
        let mut command = project.command();
        command.args(["--lang", "en", "verify", "archive", "--rebuild", "--format", "json"]);
        let run = project.finish(command.args(limit).args(font_args()).env("TMPDIR", &temporary));
        assert_eq!(run.code, Some(1), "{run}");
        let (outcome, findings) = rebuild(&run);
        assert_eq!(outcome, "not-proven", "{findings}");
        assert!(findings.contains(said), "{findings}");
        assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0, "nothing is left");
    }
}

/// Nobody waits for it any more: the process that rebuilds ends with the one that asked.
#[cfg(target_os = "linux")]
#[test]
fn a_rebuild_ends_with_the_run_that_asked_for_it() {
    use std::time::{Duration, Instant};

    let project = foreign(ENDLESS);
    let root = project.root().to_string_lossy().into_owned();
    let running = || {
        let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
        let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
        let lines = lines.map(|line| String::from_utf8_lossy(&line).into_owned());
        lines.filter(|line| line.contains("rebuild-package") && line.contains(&root)).count()
    };
    let wait = |count: usize| {
        let started = Instant::now();
        while running() != count {
            assert!(started.elapsed() < Duration::from_secs(60), "{} processes", running());
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    let path = project.path("archive");
    let mut command = project.command();
    let mut child =
        command.arg("verify").arg(path).arg("--rebuild").args(font_args()).spawn().unwrap();
    wait(1);
    child.kill().unwrap();
    child.wait().unwrap();
    wait(0);
}
