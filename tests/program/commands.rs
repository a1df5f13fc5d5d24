//! Commands and options of the program that Markdown files show are those of its own help.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::{Page, pages};
use crate::support::Project;

/// What the program's help offers: options by subcommand, `edit` and `edit set` each by themselves.
struct Help(BTreeMap<String, BTreeSet<String>>);

impl Help {
    fn ask() -> Self {
        let mut help = Self(BTreeMap::new());
        help.below(&[]);
        help
    }

    /// The subcommands of one, and theirs.
    fn below(&mut self, command: &[&str]) {
        let text = Project::bare().en(&[command, &["--help"]].concat()).clean().stdout;
        if !command.is_empty() {
            let words = text.split(|c: char| c.is_whitespace() || ",[]<>()`…".contains(c));
            let options = words.filter(|word| is_option(word)).map(str::to_string).collect();
            self.0.insert(command.join(" "), options);
        }
        let Some((_, names)) = text.split_once("Commands:\n") else { return };
        let names = names.lines().take_while(|line| !line.is_empty());
        let names = names.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        for name in names.filter_map(|line| line.split_whitespace().next()) {
            if name != "help" {
                self.below(&[command, &[name]].concat());
            }
        }
    }

    /// The command with the subcommand of its own that stands behind it.
    fn whole(&self, command: &str, words: &[&str]) -> String {
        let prefix = format!("{command} ");
        let has_own = self.0.keys().any(|name| name.starts_with(&prefix));
        let own = words.iter().skip_while(|word| **word != command).nth(1);
        match own.and_then(|word| name(&[*word])).filter(|_| has_own) {
            Some(own) => prefix + own,
            None => command.to_string(),
        }
    }

    fn offers(&self, option: &str) -> bool {
        option == "--version" || self.0.values().any(|options| options.contains(option))
    }

    /// What is wrong with a command line, or with an option that stands alone.
    fn problem(&self, words: &[&str]) -> Option<String> {
        let command = if words[0] == "yinfa" { name(&words[1..]) } else { None };
        let command = command.map(|name| self.whole(name, words));
        let command = command.as_deref();
        let options = match command {
            None => None,
            Some(name) => match self.0.get(name) {
                None => return Some(format!("there is no command `yinfa {name}`")),
                options => options,
            },
        };
        let mut given = words.iter().map(|word| word.split('=').next().unwrap_or(word));
        let unknown = given.find(|option| {
            is_option(option)
                && !options.map_or_else(|| self.offers(option), |known| known.contains(*option))
        });
        let name = command.unwrap_or_default();
        unknown.map(|option| format!("`yinfa {name}`: no option {option}"))
    }
}

/// The name of the command, behind general options and their values; none for a placeholder.
fn name<'a>(words: &[&'a str]) -> Option<&'a str> {
    let mut words = words.iter();
    let mut word = words.next()?;
    while word.starts_with('-') {
        if ["--lang", "--color"].contains(word) {
            words.next();
        }
        word = words.next()?;
    }
    word.chars().all(|c| c.is_ascii_lowercase() || c == '-').then_some(word)
}

fn is_option(word: &str) -> bool {
    let name = word.trim_start_matches('-');
    let dashes = word.len() - name.len();
    let letters = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    letters && (dashes == 2 && name.len() > 1 || dashes == 1 && name.len() == 1)
}

/// The command lines of the program that a page shows, and options that stand alone.
fn shown(page: &Page) -> Vec<(usize, Vec<String>)> {
    let mut shown = Vec::new();
    for code in page.code() {
        for (at, line) in code.text.lines().enumerate() {
            for command in line.split(" #").next().unwrap_or("").split("&&") {
                let command = command.split(['|', ';']).next().unwrap_or("").trim();
                let command = command.strip_prefix("$ ").unwrap_or(command);
                let alone = !code.is_block && command.starts_with('-');
                if alone || command.starts_with("yinfa ") {
                    let words = command.split_whitespace().map(str::to_string).collect();
                    shown.push((code.line + at, words));
                }
            }
        }
    }
    shown
}

#[test]
fn commands_and_options_are_those_of_the_help() {
    let help = Help::ask();
    assert!(help.0.len() > 15, "{:?}", help.0.keys());
    let mut problems = Vec::new();
    let mut of_page: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages() {
        for (line, words) in shown(&page) {
            *of_page.entry(page.path.clone()).or_default() += 1;
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            if let Some(problem) = help.problem(&words) {
                problems.push(format!("{}:{line}: {problem}", page.path));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    for page in ["README.md", "README.zh-CN.md", "docs/guide.md", "docs/guide.zh-CN.md"] {
        assert!(of_page.get(page).is_some_and(|count| *count > 15), "{page}: {of_page:?}");
    }
}

#[test]
fn what_the_program_does_not_have_is_found() {
    let help = Help::ask();
    let problem = |line: &str| help.problem(&line.split(' ').collect::<Vec<_>>());
    assert_eq!(problem("yinfa build 2025 --unit 区科技局 -q"), None);
    assert_eq!(problem("yinfa --lang zh build --only sheets"), None);
    assert_eq!(problem("yinfa COMMAND --help"), None);
    assert!(problem("yinfa built --unit 区科技局").unwrap().contains("no command `yinfa built`"));
    assert!(problem("yinfa --lang zh built").unwrap().contains("no command `yinfa built`"));
    assert!(problem("yinfa build --units 区科技局").unwrap().contains("no option --units"));
    assert!(problem("yinfa check --pdf=a.pdf").unwrap().contains("no option --pdf"));
    assert_eq!(problem("yinfa edit add-item --section 设施"), None);
    assert!(problem("yinfa edit ad --yaml").unwrap().contains("no command `yinfa edit ad`"));
    assert!(problem("yinfa edit set 1 a b --section c").unwrap().contains("no option --section"));
    assert_eq!(problem("--via smtp"), None);
    assert!(problem("--last-draft").unwrap().contains("no option --last-draft"));
}
