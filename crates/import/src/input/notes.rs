//! What a file holds and an import leaves out, or reads although nobody sees it in the file. Each
//! kind is said once, with its first place and how often it occurs.

use std::collections::BTreeMap;

use super::place::Place;
use base::diag::{Diagnostic, Diagnostics};
use base::text;

/// A kind of thing that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Note {
    /// A row, column or sheet that is hidden is read.
    ReadHidden,
    /// A formula that the file has no value of.
    NoValue,
    /// Words that the file does not show are left out.
    Hidden,
    /// Words that are struck out or deleted are left out.
    StruckOut,
    /// The reading above a character is left out.
    Reading,
    /// A sign of a symbol font that is not known is left out.
    Symbol,
    /// Another file inside the file is left out.
    Embedded,
    /// A character that only looks like another one was replaced by it.
    LookAlike,
    /// A page of a PDF without text.
    Picture,
    /// Characters of a PDF without a code.
    Unreadable,
    /// Characters of a PDF that do not run along the page.
    Turned,
    /// A sheet that says again what an earlier one says.
    SaidAgain,
}

/// How often it was met, where first, and the words there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Met {
    count: usize,
    place: Place,
    words: String,
    last: Place,
}

/// Everything that is to be said of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Notes(BTreeMap<Note, Met>);

/// How much of the words is shown.
const SHOWN: usize = 40;

impl Notes {
    /// Notes something at a place; blank words say nothing.
    pub(crate) fn add(&mut self, note: Note, place: &Place, words: &str) {
        if words.chars().all(crate::chars::is_blank) {
            return;
        }
        let met = self.0.entry(note).or_insert_with(|| Met {
            count: 0,
            place: place.clone(),
            words: String::new(),
            last: place.clone(),
        });
        if met.count == 0 || met.last != *place {
            met.count += 1;
            met.last = place.clone();
        }
        let room = SHOWN.saturating_sub(met.words.chars().count());
        if met.place == *place {
            met.words.extend(words.chars().filter(|c| !c.is_control()).take(room));
        }
    }

    /// Takes over what is to be said of another file.
    pub(super) fn append(&mut self, other: &Self) {
        for (note, met) in &other.0 {
            self.0.entry(*note).or_insert_with(|| met.clone());
        }
    }

    /// A message for each kind.
    pub(crate) fn diagnostics(&self) -> Diagnostics {
        let mut diags = Diagnostics::new();
        for (note, met) in &self.0 {
            diags.push(note.diagnostic(met));
        }
        diags
    }
}

impl Note {
    fn diagnostic(self, met: &Met) -> Diagnostic {
        let (count, words) = (met.count, &met.words);
        let place = met.place.text();
        let place = if count == 1 {
            place
        } else {
            text!("{place}等 {count} 处", "{place} and {more} more places", more = count - 1; place)
        };
        match self {
            Self::ReadHidden => Diagnostic::warning(
                "import-read-hidden",
                text!(
                    "{place}：表里隐藏的行、列或工作表也读了进来：{words}",
                    "{place}: hidden rows, columns or sheets were read as well: {words}";
                    place
                ),
            )
            .help(text!(
                "不要的话，在记录里删去，或者在表里删去再导入",
                "if they are not wanted, delete them from the records, or from the sheet and import again"
            )),
            Self::SaidAgain => Diagnostic::hint(
                "import-said-again",
                text!(
                    "{place}：这是 yinfa 做的表，后面的工作表说的是同样的任务，没有读：{words}",
                    "{place}: this workbook was made by yinfa; further sheets have the same tasks and were not read: {words}"; place),
            ),
            Self::NoValue => Diagnostic::warning(
                "import-formula-without-value",
                text!(
                    "{place}：公式没有算出的值，单元格当作空的：{words}",
                    "{place}: formulas without a value, their cells count as empty: {words}";
                    place
                ),
            )
            .help(text!(
                "用 Excel 或 WPS 打开，保存一次再导入",
                "open the file in Excel or WPS, save it once and import again"
            )),
            Self::Hidden => Diagnostic::warning(
                "import-hidden",
                text!(
                    "{place}：文件里隐藏的文字没有读入：{words}",
                    "{place}: text that the file hides was left out: {words}"; place),
            )
            .help(text!(
                "需要的话，在原文件里取消隐藏再导入",
                "if it is wanted, unhide it in the file and import again"
            )),
            Self::StruckOut => Diagnostic::hint(
                "import-struck-out",
                text!(
                    "{place}：删去的文字没有读入：{words}",
                    "{place}: text that is struck out was left out: {words}"; place),
            ),
            Self::Reading => Diagnostic::hint(
                "import-reading",
                text!("{place}：注音没有读入：{words}", "{place}: phonetic guides were left out: {words}"; place),
            ),
            Self::LookAlike => Diagnostic::hint(
                "import-look-alike",
                text!(
                    "{place}：部首和兼容字符改成了对应的汉字：{words}",
                    "{place}: radicals and compatibility forms became the characters they look like: {words}"; place),
            ),
            Self::Picture => Diagnostic::warning(
                "import-page-without-text",
                text!(
                    "{place}：没有文字，可能是扫描的图片，没有读入",
                    "{place}: no text, perhaps a scanned picture; nothing was read"; place),
            )
            .help(text!("请照原文件补上", "add it to the records by hand")),
            Self::Unreadable => Diagnostic::warning(
                "import-characters-without-code",
                text!(
                    "{place}：有 {words} 个字的字体没有文字编码，没有读入",
                    "{place}: {words} characters whose font does not say what they are were left out"; place),
            )
            .help(text!(
                "请照原文件补上，或者用它的 Word 文件导入",
                "add them to the records by hand, or import its Word file"
            )),
            Self::Turned => Diagnostic::hint(
                "import-turned-text",
                text!(
                    "{place}：有 {words} 个字是横过来或斜着排的（如水印），没有读入",
                    "{place}: {words} characters on their side or aslant (a watermark) were left out"; place),
            ),
            Self::Symbol => Diagnostic::warning(
                "import-symbol",
                text!(
                    "{place}：符号字体里的符号认不出来，没有读入：{words}",
                    "{place}: signs of a symbol font are not known and were left out: {words}"; place),
            )
            .help(text!(
                "在记录里补上，或者在原文件里改用普通字体的符号",
                "add them to the records, or type them in an ordinary font and import again"
            )),
            Self::Embedded => Diagnostic::warning(
                "import-embedded",
                text!(
                    "{place}：文件里嵌入的另一个文件没有读入：{words}",
                    "{place}: another file inside the file was not read: {words}"; place),
            )
            .help(text!(
                "用 Word 或 WPS 打开，另存一份再导入",
                "open the file in Word or WPS, save it as a new one and import that"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::diag::Lang;

    #[test]
    fn a_kind_is_said_once() {
        let mut notes = Notes::default();
        notes.add(Note::ReadHidden, &Place::Line(3), "甲");
        notes.add(Note::ReadHidden, &Place::Line(3), "乙");
        notes.add(Note::ReadHidden, &Place::Line(9), "丙");
        notes.add(Note::NoValue, &Place::Line(9), " \n");
        let said: Vec<String> =
            notes.diagnostics().iter().map(|d| d.message.get(Lang::Zh).to_string()).collect();
        assert_eq!(said, ["第 3 行等 2 处：表里隐藏的行、列或工作表也读了进来：甲乙"]);
    }
}
