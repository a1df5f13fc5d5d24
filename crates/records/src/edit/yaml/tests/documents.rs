//! Files as people write them, at random: blocks and brackets, quotes, folds, comments, anchors,
//! CRLF, byte order marks.

/// Numbers that look like chance and are the same in every run.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }

    pub(super) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(super) fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const WORDS: &[&str] = &[
    "区科技局",
    "区教育局",
    "2025",
    "推进数字化改革",
    "新建5G基站",
    "个",
    "P",
    "第一批",
    "2025-09",
    "各镇街",
    "true",
];
const AWKWARD: &[&str] =
    &["\"%\"", "'a: b'", "\"一\\n二\"", "'it''s'", "\"12以上 #1\"", "''", "~", "\"*x\""];
const KEYS: &[&str] =
    &["text", "units", "name", "ge", "measure", "contact", "own", "unit", "note", "标题", "id"];

/// A file, and how many anchors it has.
pub(super) fn document(dice: &mut Dice) -> String {
    let mut writer = Writer { dice, out: String::new(), anchors: Vec::new(), marks: 0 };
    if writer.dice.one_in(4) {
        writer.out.push_str("# yaml-language-server: $schema=x.json\n");
    }
    if writer.dice.one_in(12) {
        writer.out.push_str("---\n");
    }
    writer.comments(0);
    if writer.dice.one_in(2) {
        writer.list(0, 0, false)
    } else {
        writer.group(0, 0, false)
    }
    let mut text = writer.out;
    if dice.one_in(6) {
        text.push_str("\n# 末尾\n");
    }
    if dice.one_in(8) {
        text.truncate(text.trim_end().len());
    }
    if dice.one_in(4) {
        text = text.replace('\n', "\r\n");
    }
    if dice.one_in(6) {
        text.insert(0, '\u{feff}');
    }
    text
}

struct Writer<'a> {
    dice: &'a mut Dice,
    out: String,
    anchors: Vec<String>,
    marks: usize,
}

impl Writer<'_> {
    fn comments(&mut self, column: usize) {
        while self.dice.one_in(5) {
            let words = self.dice.of(&[
                "# 注",
                "#",
                "# ---- 分组 ----",
                "# 待定: [x]",
                "# yinfa: allow typo",
            ]);
            self.out.push_str(&format!("{}{words}{}\n", " ".repeat(column), self.marks));
            self.marks += 1;
        }
        if self.dice.one_in(6) {
            self.out.push('\n');
        }
    }

    fn trailing(&mut self) {
        if self.dice.one_in(5) {
            let blanks = self.dice.of(&[" ", "   ", "\t"]);
            self.out.push_str(&format!("{blanks}# 行末{}", self.marks));
            self.marks += 1;
        }
        self.out.push('\n');
    }

    fn anchor(&mut self) -> Option<String> {
        if !self.dice.one_in(9) {
            return None;
        }
        let name = format!("m{}", self.anchors.len());
        self.out.push_str(&format!("&{name} "));
        Some(name)
    }

    fn list(&mut self, column: usize, depth: usize, compact: bool) {
        let spaced = self.dice.one_in(3);
        let gap = if self.dice.one_in(5) { "   " } else { " " };
        for n in 0..1 + self.dice.below(4) {
            if n > 0 || !compact {
                if n > 0 {
                    if spaced {
                        self.out.push('\n');
                    }
                    self.comments(column);
                }
                self.out.push_str(&" ".repeat(column));
            }
            self.out.push('-');
            self.out.push_str(gap);
            self.value(column, column + 1 + gap.len(), depth + 1, true);
        }
    }

    fn group(&mut self, column: usize, depth: usize, compact: bool) {
        let start = self.dice.below(KEYS.len());
        for n in 0..1 + self.dice.below(5) {
            if n > 0 || !compact {
                if n > 0 {
                    self.comments(column);
                }
                self.out.push_str(&" ".repeat(column));
            }
            let key = KEYS[(start + n) % KEYS.len()];
            let quotes = if self.dice.one_in(15) { "\"" } else { "" };
            self.out.push_str(&format!("{quotes}{key}{quotes}:"));
            self.value(column, column + 2, depth + 1, false);
        }
    }

    /// A value behind a key or a dash, to the end of its last line.
    fn value(&mut self, parent: usize, column: usize, depth: usize, dash: bool) {
        let kind = self.dice.below(if depth > 4 { 7 } else { 12 });
        if kind >= 10 && !dash {
            // Not indented lists are common.
            let at = if self.dice.one_in(3) { parent } else { column };
            self.trailing();
            self.comments(at);
            return self.list(at, depth, false);
        }
        if kind >= 8 {
            if dash {
                return if kind == 8 && self.dice.one_in(3) {
                    self.list(column, depth, true)
                } else {
                    self.group(column, depth, true)
                };
            }
            self.trailing();
            self.comments(column);
            return self.group(column, depth, false);
        }
        if !dash {
            self.out.push(' ');
        }
        if kind == 7 && !self.anchors.is_empty() {
            let name = self.anchors[self.dice.below(self.anchors.len())].clone();
            self.out.push_str(&format!("*{name}"));
            return self.trailing();
        }
        let anchor = self.anchor();
        match kind {
            0 => self.block('|', column),
            1 => self.block('>', column),
            2 => self.folded(column),
            3 => {
                let words = self.dice.of(AWKWARD);
                self.out.push_str(words);
            }
            4 | 5 => self.flow(column, 0),
            _ => {
                let words = self.dice.of(WORDS);
                self.out.push_str(words);
            }
        }
        self.anchors.extend(anchor);
        if kind > 1 {
            self.trailing();
        }
    }

    fn block(&mut self, sign: char, column: usize) {
        let chomp = self.dice.of(&["", "", "-", "+"]);
        self.out.push(sign);
        self.out.push_str(chomp);
        if self.dice.one_in(6) {
            self.out.push_str(&format!("  # 头{}", self.marks));
            self.marks += 1;
        }
        let indent = " ".repeat(column + self.dice.below(3));
        for n in 0..1 + self.dice.below(3) {
            if n > 0 && self.dice.one_in(2) {
                self.out.push('\n');
            }
            let words = self.dice.of(WORDS);
            self.out.push_str(&format!("\n{indent}{words}，# 不是批注"));
        }
        self.out.push('\n');
        if self.dice.one_in(4) {
            self.out.push('\n');
        }
    }

    fn folded(&mut self, column: usize) {
        let quote = self.dice.of(&["", "\"", "'"]);
        self.out.push_str(quote);
        let indent = " ".repeat(column);
        for n in 0..1 + self.dice.below(3) {
            if n > 0 {
                self.out.push_str(&format!("\n{indent}"));
            }
            let words = self.dice.of(WORDS);
            self.out.push_str(words);
        }
        self.out.push_str(quote);
    }

    fn flow(&mut self, column: usize, depth: usize) {
        let list = self.dice.one_in(2);
        let padded = if self.dice.one_in(5) { " " } else { "" };
        let over_lines = self.dice.one_in(4);
        self.out.push_str(if list { "[" } else { "{" });
        self.out.push_str(padded);
        let start = self.dice.below(KEYS.len());
        let count = self.dice.below(4);
        for n in 0..count {
            if n > 0 {
                self.out.push(',');
                if over_lines && depth == 0 {
                    if self.dice.one_in(4) {
                        self.out.push_str(&format!(" # 括号里{}", self.marks));
                        self.marks += 1;
                    }
                    self.out.push_str(&format!("\n{}", " ".repeat(column)));
                } else {
                    self.out.push(' ');
                }
            }
            if !list {
                let key = KEYS[(start + n) % KEYS.len()];
                self.out.push_str(&format!("{key}: "));
            }
            if depth < 2 && self.dice.one_in(5) {
                self.flow(column, depth + 1);
            } else {
                let words =
                    if self.dice.one_in(6) { self.dice.of(AWKWARD) } else { self.dice.of(WORDS) };
                self.out.push_str(words);
            }
        }
        if count > 0 && self.dice.one_in(8) {
            self.out.push(',');
        }
        self.out.push_str(padded);
        self.out.push_str(if list { "]" } else { "}" });
    }
}
