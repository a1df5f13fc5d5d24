//! The reference of all rules (docs/rules.md), and the page of one.

use std::fmt::Write as _;

use super::lexicon;
use super::rule::{Family, Origin, Rule};
use base::diag::{Lang, Severity, Words};

/// What was measured: rule, right findings on the corpus, all findings there, and how many of
/// twenty errors put into clean text were found.
pub(super) const MEASURED: &str = include_str!("measured.tsv");

/// What a rule is for, in a form for a terminal.
pub fn explain(rule: &Rule, lang: Lang) -> String {
    let word = |zh, en| Words::new(zh, en).get(lang);
    let indented =
        |text: String| -> String { text.lines().map(|line| format!("    {line}\n")).collect() };
    let mut out = format!("{} — {}\n", rule.id, rule.finds.get(lang));
    let _ = writeln!(
        out,
        "{}{}{}",
        word("级别：", "severity: "),
        rule.severity.name().get(lang),
        switch(rule).get(lang)
    );
    let _ = writeln!(out, "\n{}", rule.why.get(lang));
    if !rule.source.is_empty() {
        let _ = writeln!(out, "\n{}{}", word("依据：", "source: "), rule.source);
    }
    let _ = write!(out, "\n{}\n{}", word("会报告：", "reported:"), indented(rule.bad.shown()));
    let _ = write!(out, "\n{}\n{}", word("不报告：", "not reported:"), indented(rule.good.shown()));
    if matches!(rule.origin, Origin::Reading) && rule.severity == Severity::Error {
        let _ = writeln!(
            out,
            "\n{}",
            word(
                "这是读取记录时的错误，不能关闭。",
                "This is an error of reading: it cannot be switched off."
            )
        );
        return out;
    }
    let _ =
        writeln!(out, "\n{}", word("关闭：在 yinfa.yaml 写：", "to switch it off, in yinfa.yaml:"));
    let _ = writeln!(out, "    check: {{{}: off}}", rule.id);
    let _ = writeln!(
        out,
        "{}",
        word(
            "只在一处关闭，在那一行或上一行写注释（写在任务的“- ”上面，管整条任务）：",
            "in one place, a comment on the line or above it (above the `- ` of an item it covers the item):"
        )
    );
    let _ = writeln!(out, "    # yinfa: allow {}", rule.id);
    out
}

/// docs/rules.md.
pub fn reference() -> String {
    let mut out = String::from(HEAD);
    for family in Family::ALL {
        let rules: Vec<&Rule> = Rule::all().iter().filter(|rule| rule.family == family).collect();
        let name = family.name();
        let _ = writeln!(out, "\n## {} {}\n", name.zh, name.en);
        let _ = writeln!(
            out,
            "| rule | severity | finds | precision | recall |\n| --- | --- | --- | --- | --- |"
        );
        for rule in &rules {
            let _ = writeln!(
                out,
                "| [`{id}`](#{id}) | {}{} | {}。{} | {} |",
                rule.severity.name().get(Lang::En),
                if rule.on { "" } else { ", off" },
                rule.finds.zh,
                rule.finds.en,
                measured(rule.id),
                id = rule.id,
            );
        }
        for rule in rules {
            section(rule, &mut out);
        }
    }
    out
}

fn section(rule: &Rule, out: &mut String) {
    let _ = writeln!(out, "\n### {}\n\n{}\n\n{}", rule.id, rule.why.zh, rule.why.en);
    if !rule.source.is_empty() {
        let _ = writeln!(out, "\nSource: {}", rule.source);
    }
    for (word, example) in [("会报告 reported", rule.bad), ("不报告 not reported", rule.good)]
    {
        let _ = writeln!(out, "\n{word}:\n\n```yaml\n{}\n```", example.shown());
    }
    let list = match rule.id {
        "typo" => lexicon::TYPOS.entries().count(),
        "word-choice" => lexicon::CHOICES.entries().count(),
        "pleonasm" => lexicon::PLEONASMS.entries().count(),
        "measure-word" => lexicon::MEASURES.entries().count(),
        _ => return,
    };
    let _ = writeln!(out, "\n{list} entries, in crates/records/src/check/lexicon.");
}

fn switch(rule: &Rule) -> Words {
    match (rule.on, rule.origin) {
        (false, _) => Words::new("（默认关闭）", " (off unless a project turns it on)"),
        (_, Origin::Reading) => {
            Words::new("（读取记录时报告）", " (reported when records are read)")
        }
        _ => Words::new("", ""),
    }
}

/// The cells of what was measured of a rule.
fn measured(id: &str) -> String {
    let row = MEASURED.lines().find_map(|line| line.strip_prefix(id)?.strip_prefix('\t'));
    let cells: Vec<&str> = row.unwrap_or_default().split('\t').collect();
    let cell = |at: usize| cells.get(at).copied().filter(|cell| !cell.is_empty());
    let precision = match (cell(0), cell(1)) {
        (Some(right), Some(all)) => format!("{right} / {all}"),
        _ => "–".into(),
    };
    let recall = cell(2).map_or_else(|| "–".into(), |found| format!("{found} / 20"));
    format!("{precision} | {recall}")
}

const HEAD: &str = "\
# Rules of `yinfa check`

<!-- Written by the program: `cargo test --lib reference` says when it is out of date,
     `YINFA_BLESS=1 cargo test --lib reference` writes it anew. -->

`yinfa check` reports what these rules find; `yinfa explain RULE` shows one of them. An **error** is
what makes a publication contradict itself or impossible to set: `yinfa build` refuses it. Style,
punctuation, typos and repetition are **warnings** at most, and what is often meant is a **hint**.

A project switches rules in yinfa.yaml:

```yaml
check:
  word-choice: hint      # off unless a project turns it on
  items-similar: off
```

One place is switched off by a comment on its line or the line above; inside a block of lines, where
no comment can stand, the line where the block begins counts. Above the `- ` of an item the comment
covers the whole item:

```yaml
# yinfa: allow sentence-twice 两条的要求本来相同
- text: …
```

`--fix` makes the fixes that are certain, one pass after the other until none is left. Everything
else in a file stays byte for byte. [check.md](check.md) describes the output for programs.

**Precision** is how many findings on eight notices of the State Council and one of a district were
right, judged by reading each, of how many; – where the rule found nothing there. **Recall** is how
many of twenty errors of its kind, put into the sample's items at random places, were found.

28,000 items in one publication are checked in 3.4 seconds on one core, 8,300 items per second, with
300 MiB of memory (`cargo bench --bench check` measures it).
";
