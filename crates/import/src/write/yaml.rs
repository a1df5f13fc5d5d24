//! Lines of YAML: quotes exactly where they are needed.

/// YAML under construction.
#[derive(Debug, Default)]
pub(super) struct Yaml {
    text: String,
    depth: usize,
    /// A dash that the next line takes instead of its last two blanks.
    dash: bool,
}

/// The longest list that stands on one line, in characters of its entries.
const FLOW: usize = 60;

impl Yaml {
    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// A blank line.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A comment; every line of it gets its sign.
    pub(super) fn comment(&mut self, words: &str) {
        for line in words.lines() {
            let dash = std::mem::take(&mut self.dash);
            // The dash waits for the first line that is none.
            let depth = if dash { self.depth.saturating_sub(1) } else { self.depth };
            self.text.push_str(&"  ".repeat(depth));
            self.text.push_str("# ");
            self.text.push_str(&clean(line));
            self.text.push('\n');
            self.dash = dash;
        }
    }

    fn line(&mut self, words: &str) {
        let dash = std::mem::take(&mut self.dash);
        let depth = if dash { self.depth.saturating_sub(1) } else { self.depth };
        self.text.push_str(&"  ".repeat(depth));
        if dash {
            self.text.push_str("- ");
        }
        self.text.push_str(words);
        self.text.push('\n');
    }

    /// `key: value`.
    pub(super) fn field(&mut self, key: &str, value: &str) {
        self.line(&format!("{key}: {}", scalar(value)));
    }

    /// `key: value` with words behind it that are written as they stand.
    pub(super) fn raw(&mut self, key: &str, value: &str) {
        self.line(&format!("{key}: {value}"));
    }

    /// The same with a comment behind it.
    pub(super) fn raw_with(&mut self, key: &str, value: &str, comment: &str) {
        self.line(&format!("{key}: {value}  # {}", clean(comment)));
    }

    /// `key: value  # comment`.
    pub(super) fn field_with(&mut self, key: &str, value: &str, comment: &str) {
        self.line(&format!("{key}: {}  # {}", scalar(value), clean(comment)));
    }

    /// A text of lines as a block.
    pub(super) fn block(&mut self, key: &str, text: &str) {
        if !fits_block(text) {
            self.line(&format!("{key}: {}", quoted(text)));
            return;
        }
        self.line(&format!("{key}: |"));
        let indent = "  ".repeat(self.depth + 1);
        for line in text.lines() {
            if !line.is_empty() {
                self.text.push_str(&indent);
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    /// A list of texts, on one line where it is short.
    pub(super) fn list(&mut self, key: &str, values: &[String]) {
        let width: usize = values.iter().map(|value| value.chars().count() + 2).sum();
        if width <= FLOW {
            let values: Vec<String> = values.iter().map(|value| flow_scalar(value)).collect();
            self.line(&format!("{key}: [{}]", values.join(", ")));
        } else {
            self.line(&format!("{key}:"));
            self.nest(|yaml| {
                for value in values {
                    yaml.entry(value);
                }
            });
        }
    }

    /// `- value`.
    pub(super) fn entry(&mut self, value: &str) {
        self.line(&format!("- {}", scalar(value)));
    }

    /// A key with fields or entries below it.
    pub(super) fn open(&mut self, key: &str, inner: impl FnOnce(&mut Self)) {
        self.line(&format!("{key}:"));
        self.nest(inner);
    }

    /// An entry of a list that holds fields.
    pub(super) fn item(&mut self, inner: impl FnOnce(&mut Self)) {
        self.dash = true;
        self.nest(inner);
        self.dash = false;
    }

    /// Fields on one line as an entry; values are written as they stand.
    pub(super) fn flow_entry(&mut self, fields: &[(&str, String)]) {
        let fields: Vec<String> =
            fields.iter().map(|(key, value)| format!("{key}: {}", flow_scalar(value))).collect();
        self.raw_entry(&format!("{{{}}}", fields.join(", ")));
    }

    /// An entry that is written as it stands.
    pub(super) fn raw_entry(&mut self, words: &str) {
        self.line(&format!("- {words}"));
    }

    /// What stands at the left edge of the file although it is an entry.
    pub(super) fn outdented(&mut self, inner: impl FnOnce(&mut Self)) {
        let depth = std::mem::take(&mut self.depth);
        inner(self);
        self.depth = depth;
    }

    fn nest(&mut self, inner: impl FnOnce(&mut Self)) {
        self.depth += 1;
        inner(self);
        self.depth -= 1;
    }
}

/// Words of a comment: one line, no control characters.
fn clean(words: &str) -> String {
    words.chars().map(|c| if c.is_control() || is_break(c) { ' ' } else { c }).collect()
}

fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{feff}')
}

/// Whether a text can stand in a block as it is.
fn fits_block(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    !first.is_empty()
        && !text.ends_with('\n')
        && !text
            .lines()
            .any(|line| line.starts_with([' ', '\t']) || line.ends_with(char::is_whitespace))
        && !text.chars().any(|c| (c.is_control() && c != '\n') || is_break(c))
}

/// A value on its own line.
pub(super) fn scalar(value: &str) -> String {
    if is_plain(value) { value.to_string() } else { quoted(value) }
}

/// A value between the brackets of a list.
pub(super) fn flow_scalar(value: &str) -> String {
    let safe = is_plain(value) && !value.contains([',', '[', ']', '{', '}']);
    if safe { value.to_string() } else { quoted(value) }
}

fn is_plain(value: &str) -> bool {
    const WORDS: [&str; 10] =
        ["~", "null", "Null", "NULL", "true", "false", "yes", "no", "---", "..."];
    let first_is_sign = value.starts_with([
        '-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@',
        '`', '=', '\u{3000}',
    ]);
    !value.is_empty()
        && !first_is_sign
        && !WORDS.contains(&value)
        && value.trim() == value
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.ends_with(':')
        && !value.starts_with("---")
        && !value.starts_with("...")
        && !value.chars().any(|c| c.is_control() || is_break(c))
}

fn quoted(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || is_break(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use base::diag::Source;
    use records::content::yaml::{NodeKind, parse};

    /// What is read where a text was written in all three ways.
    fn read(yaml: &str) -> Vec<String> {
        let (document, problems) = parse(&Source::new("a.yaml", yaml));
        assert!(problems.is_empty(), "{yaml}\n{problems:?}");
        let root = document.root.unwrap();
        let text = |key: &str| root.get(key).unwrap().value.as_text().unwrap().to_string();
        let NodeKind::List(entries) = &root.get("list").unwrap().value.kind else {
            panic!("{yaml}")
        };
        let mut all = vec![text("field"), text("block")];
        all.extend(entries.iter().map(|e| e.as_text().unwrap().to_string()));
        all
    }

    fn write(value: &str) -> String {
        let mut yaml = Yaml::default();
        yaml.comment(value);
        yaml.field("field", value);
        yaml.block("block", value);
        yaml.list("list", &[value.to_string(), value.to_string()]);
        yaml.finish()
    }

    #[test]
    fn quotes_only_where_needed() {
        assert_eq!(scalar("区发改局"), "区发改局");
        assert_eq!(scalar("关于印发“2+8”方案的通知"), "关于印发“2+8”方案的通知");
        assert_eq!(scalar("2024-09-20 17:16:20"), "2024-09-20 17:16:20");
        assert_eq!(scalar("%"), "\"%\"");
        assert_eq!(scalar("a: b"), "\"a: b\"");
        assert_eq!(scalar("null"), "\"null\"");
        assert_eq!(flow_scalar("a, b"), "\"a, b\"");
    }

    #[test]
    fn fields_lists_and_entries() {
        let mut yaml = Yaml::default();
        yaml.open("items", |yaml| {
            yaml.item(|yaml| {
                yaml.comment("说明");
                yaml.block("text", "甲。\n\n乙。");
                yaml.list("units", &["区发改局".into(), "织里镇".into()]);
            });
        });
        assert_eq!(
            yaml.finish(),
            "items:\n  # 说明\n  - text: |\n      甲。\n\n      乙。\n    units: [区发改局, 织里镇]\n"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        /// What is written is read back equal.
        #[test]
        fn read_back_equal(value in "[区局、，。：“”（）#:\\-?,\\[\\]{}&*!|>'\"%@`~ a-z0-9\\\\=.]{1,24}(\n[区# :\\-a]{0,6}[局a])?") {
            prop_assume!(!value.trim().is_empty());
            for read in read(&write(&value)) {
                // A block ends in a line break, and Chinese is joined over line breaks.
                prop_assert_eq!(read.trim_end_matches('\n'), value.as_str());
            }
        }

        #[test]
        fn any_characters_at_all(value in "\\PC{1,20}") {
            prop_assume!(!value.trim().is_empty());
            for read in read(&write(&value)) {
                prop_assert_eq!(read.trim_end_matches('\n'), value.as_str());
            }
        }
    }
}
