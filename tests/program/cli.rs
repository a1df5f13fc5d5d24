//! Help, version, completions and `yinfa fonts`.

use crate::support::{Project, font_args};

#[test]
fn version_and_help_in_both_languages() {
    let project = Project::bare();
    let version = project.run(&["--version"]).clean();
    assert_eq!(version.stdout, concat!("yinfa ", env!("CARGO_PKG_VERSION"), "\n"));
    let commands = [&[][..], &["init"], &["build"], &["list"], &["fonts"], &["completions"]];
    for command in commands {
        let args = [command, &["--help"]].concat();
        let (zh, en) = (project.zh(&args).clean().stdout, project.en(&args).clean().stdout);
        assert!(zh.contains("用法：") && zh.contains("选项"), "{zh}");
        assert!(en.contains("Usage:") && en.contains("Options"), "{en}");
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let values = |line: &&str| line.trim_start().starts_with("[possible values: ");
        for line in en.lines().filter(|line| !values(line)) {
            // Words that stand in records, such as the kinds of documents, are Chinese.
            assert!(!line.contains(han), "{line}");
        }
        let described = |line: &&str| line.trim_start().starts_with('-');
        for line in zh.lines().filter(described) {
            assert!(line.contains(han), "without a Chinese description: {line}");
        }
    }
}

#[test]
fn completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = Project::bare().run(&["completions", shell]).clean();
        assert!(run.stdout.contains("yinfa") && run.stdout.contains("font-dir"), "{shell}");
    }
}

#[test]
fn fonts_of_each_role() {
    let project = Project::bare();
    let mut args: Vec<String> =
        ["--lang", "en", "fonts", "--format", "json"].map(Into::into).into();
    args.extend(font_args());
    let run = project.run(&args.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(run.code, Some(0), "{run}");
    let roles = run.json();
    let roles: Vec<_> =
        roles.as_array().unwrap().iter().map(|role| role["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["title", "body", "kai", "hei", "song"]);

    let run = project.en(&["fonts", "--ignore-system-fonts"]).refused();
    assert_eq!(run.codes(), ["font-missing"; 5]);
}
