//! `yinfa check` and `yinfa explain`: formats, exit codes, fixes, switches.

use std::io::Read as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{Project, Run};

/// The program's `check` without fonts: only one rule asks for them.
fn check(project: &Project, args: &[&str]) -> Run {
    project.en(&[&["check", "--ignore-system-fonts"], args].concat())
}

/// A project with a typo and a missing full stop among comments and odd layout.
fn flawed() -> Project {
    Project::new().file("content/p/items.yaml", FLAWED)
}

const FLAWED: &str = "\
# 任务
-   section: 发展   # 第一部分
    text: >-
      工做部署重大项目10个,
      确保开工
    units: [ 区发改委 , 东山镇 ]
- section: 民生
  text: \"新建学校2所\"
  units:
  - 区教育局
";

const FIXED: &str = "\
# 任务
-   section: 发展   # 第一部分
    text: >-
      工作部署重大项目10个，
      确保开工。
    units: [ 区发改局 , 东山镇 ]
- section: 民生
  text: \"新建学校2所。\"
  units:
  - 区教育局
";

#[test]
fn the_sample_and_the_example_of_init_have_no_problem_but_hints() {
    let root = env!("CARGO_MANIFEST_DIR");
    let project = Project::bare();
    let run = project.en(&["check", "--root", root, "--ignore-system-fonts", "--deny", "warning"]);
    assert_eq!(run.code, Some(0), "{run}");
    project.en(&["init", "new"]).clean();
    let run = project.en(&["check", "--root", "new", "--ignore-system-fonts", "--deny", "warning"]);
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn short_is_a_line_for_each() {
    let run = check(&flawed(), &["--format", "short", "--severity", "warning"]);
    assert_eq!(run.code, Some(0), "{run}");
    insta::assert_snapshot!(run.stdout, @"
    content/p/items.yaml:4:7: warning typo 工做部署 should be 工作部署
    content/p/items.yaml:4:18: warning half-width-mark “,” should be full-width
    content/p/items.yaml:5:10: warning full-stop no full stop at the end
    content/p/items.yaml:6:14: warning unit-alias the standard name of “区发改委” is “区发改局”
    content/p/items.yaml:8:15: warning full-stop no full stop at the end
    ");
    let run =
        flawed().zh(&["check", "--ignore-system-fonts", "--format", "short", "--rule", "typo"]);
    assert_eq!(run.stdout, "content/p/items.yaml:4:7: 警告 typo “工做部署”应为“工作部署”\n");
}

#[test]
fn words_are_underlined_inside_a_block_of_lines() {
    let run = check(&flawed(), &["--rule", "typo"]);
    insta::assert_snapshot!(run, @"
    exit 0
    warning[typo]: 工做部署 should be 工作部署
     --> content/p/items.yaml:4:7
      |
    4 |       工做部署重大项目10个,
      |       ^^^^^^^^
      |
      = help: write 工作部署
    1 warning
    ");
}

#[test]
fn exit_codes() {
    assert_eq!(check(&Project::new(), &[]).code, Some(0));
    assert_eq!(check(&flawed(), &[]).code, Some(0), "warnings are no failure");
    assert_eq!(check(&flawed(), &["--deny", "warning"]).code, Some(1));
    // What is not shown counts all the same.
    assert_eq!(check(&flawed(), &["--deny", "warning", "--severity", "error"]).code, Some(1));
    let wrong = Project::new().change("content/p/items.yaml", "区教育局", "区教委");
    let run = check(&wrong, &["--format", "short"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("error unit-unknown"), "{run}");
    assert_eq!(check(&flawed(), &["--rule", "typos"]).code, Some(2));
    assert_eq!(check(&flawed(), &["q"]).code, Some(2));
    assert_eq!(Project::bare().en(&["check"]).code, Some(2));
}

#[test]
fn fixes_keep_everything_else() {
    let project = flawed();
    let files = project.files("content");
    let run = check(&project, &["--fix", "--deny", "warning"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(project.read("content/p/items.yaml"), FIXED);
    assert!(run.stderr.contains("content/p/items.yaml:4:7 typo: “工做部署” → “工作部署”"), "{run}");
    assert!(run.stderr.contains("5 problems fixed"), "{run}");
    for (path, bytes) in project.files("content") {
        assert!(path == "p/items.yaml" || files[&path] == bytes, "{path} has changed");
    }
    let again = check(&project, &["--fix"]);
    assert!(again.stderr.contains("nothing to fix"), "{again}");
    assert_eq!(project.read("content/p/items.yaml"), FIXED);
}

#[test]
fn fixes_keep_line_ends_and_byte_order_marks() {
    let project = flawed();
    let with = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let project = project.file("content/p/items.yaml", with(FLAWED));
    check(&project, &["--fix"]);
    assert_eq!(project.read("content/p/items.yaml"), with(FIXED));
}

#[test]
fn a_fix_that_is_not_safe_does_not_stop_the_others() {
    // Without its blank the text would begin with a reference of YAML.
    let unsafe_item = "- section: 民生\n  text: 　*扩建*学校2所。\n  units: [区教育局]\n";
    let project = flawed().file("content/p/items.yaml", format!("{FLAWED}{unsafe_item}"));
    let run = check(&project, &["--fix"]);
    assert!(run.stderr.contains("5 problems fixed"), "{run}");
    assert!(run.stderr.contains("1 problem could not be fixed safely"), "{run}");
    assert_eq!(project.read("content/p/items.yaml"), format!("{FIXED}{unsafe_item}"));
    let again = check(&project, &["--fix"]);
    assert!(!again.stderr.contains("nothing to fix"), "{again}");
    assert!(again.stderr.contains("1 problem could not be fixed safely"), "{again}");
}

#[test]
fn nothing_is_fixed_that_is_switched_off() {
    let project = flawed().file("yinfa.yaml", "office: 甲\ncheck: {typo: off, 全部: off}\n");
    let run = check(&project, &["--fix"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stdout.contains("error[rule-unknown]"), "{run}");
    assert!(project.read("content/p/items.yaml").contains("工做部署"));
}

#[test]
fn json_has_the_fix() {
    let run = check(&flawed(), &["--format", "json", "--rule", "typo"]);
    let found = &run.json()[0];
    assert_eq!(found["code"], "typo");
    assert_eq!(
        (&found["line"], &found["column"], &found["end_column"]),
        (&4.into(), &7.into(), &11.into())
    );
    assert_eq!(found["fix"][0]["replacement"], "工作部署");
    assert_eq!(
        check(&Project::new(), &["--format", "json", "--severity", "warning"]).stdout,
        "[]\n"
    );
}

/// What SARIF 2.1.0 requires of the parts that are used.
#[test]
fn sarif() {
    let run = check(&flawed(), &["--format", "sarif"]);
    let log = run.json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "yinfa");
    let rules = driver["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        assert!(result["message"]["text"].is_string());
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        for location in result["locations"].as_array().unwrap() {
            let place = &location["physicalLocation"];
            assert!(place["artifactLocation"]["uri"].as_str().unwrap().is_ascii());
            for key in ["startLine", "startColumn", "endLine", "endColumn"] {
                assert!(place["region"][key].as_u64().unwrap() >= 1, "{result:#}");
            }
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let change = &fix["artifactChanges"][0];
            assert!(change["artifactLocation"]["uri"].is_string());
            assert!(change["replacements"][0]["deletedRegion"]["startLine"].is_u64());
        }
    }
}

#[test]
fn build_refuses_what_contradicts_itself() {
    let project = Project::new().change(
        "content/p/items.yaml",
        "units: [区教育局]",
        "units: [区教育局]\n  cooperating: [区教育局]",
    );
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes(), ["lead-cooperating"], "{run}");
    assert!(!project.path("output").exists());
    // Warnings are no matter of a build, and a project may decide otherwise.
    flawed().build_html(&[]).clean();
    let strict = flawed().file("yinfa.yaml", "office: 甲\ncheck: {typo: error}\n");
    assert_eq!(strict.build_html(&[]).refused().codes(), ["typo"]);
    let allowed = project.file("yinfa.yaml", "office: 甲\ncheck: {lead-cooperating: off}\n");
    allowed.build_html(&[]).clean();
}

#[test]
fn explain() {
    let project = Project::bare();
    let list = project.en(&["explain"]).clean().stdout;
    let page = project.zh(&["explain", "typo"]).clean().stdout;
    for words in ["typo", "布署年度重点任务", "部署年度重点任务", "# yinfa: allow typo"]
    {
        assert!(page.contains(words), "{page}");
    }
    assert!(page.contains("check: {typo: off}"), "{page}");
    let reading = project.en(&["explain", "unit-unknown"]).clean().stdout;
    assert!(reading.contains("cannot be switched off"), "{reading}");
    assert!(!reading.contains(": off"), "{reading}");
    // Every rule of the list has a page.
    let rules: Vec<&str> =
        list.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(rules.len() > 60, "{list}");
    project.en(&[&["explain"], &rules[..]].concat()).clean();
    let wrong = project.en(&["explain", "typos"]);
    assert_eq!((wrong.code, wrong.codes()), (Some(2), vec!["rule-unknown"]), "{wrong}");
}

#[test]
fn schema() {
    for file in ["project", "units", "notice", "items"] {
        let schema = Project::bare().run(&["schema", file]).clean().json();
        assert!(schema["$schema"].as_str().unwrap().contains("2020-12"));
    }
    assert_eq!(Project::bare().en(&["schema", "item"]).code, Some(2));
}

#[test]
fn help_in_both_languages() {
    for command in ["check", "explain", "schema"] {
        let (zh, en) =
            (Project::bare().zh(&[command, "--help"]), Project::bare().en(&[command, "--help"]));
        assert!(zh.clean().stdout.contains("用法："));
        assert!(!en.clean().stdout.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)));
    }
}

#[test]
fn watch_checks_again_after_a_change() {
    let project = flawed();
    let args = [
        "--lang",
        "en",
        "check",
        "--ignore-system-fonts",
        "--watch",
        "--format",
        "short",
        "--rule",
        "typo",
    ];
    let mut child =
        project.command().args(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let (sender, lines) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(len) = out.read(&mut buffer) {
            if len == 0
                || sender.send(String::from_utf8_lossy(&buffer[..len]).into_owned()).is_err()
            {
                break;
            }
        }
    });
    let wait = |words: &str| {
        let until = Instant::now() + Duration::from_secs(60);
        let mut seen = String::new();
        while !seen.contains(words) {
            let left = until.saturating_duration_since(Instant::now());
            seen += &lines.recv_timeout(left).unwrap_or_else(|_| panic!("no {words} in {seen}"));
        }
    };
    wait("工做部署");
    let project = project.change("content/p/items.yaml", "工做部署", "参予");
    wait("参予");
    // A deleted file is a change too.
    let project = project.file("content/p/more.yaml", "- {section: 民生, text: 保彰民生。}\n");
    let project = project
        .without("content/p/items.yaml")
        .file("content/p/x.yaml", "- {section: 民生, text: 台帐。}\n");
    wait("台帐");
    child.kill().unwrap();
    child.wait().unwrap();
    drop(project);
}
