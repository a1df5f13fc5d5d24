//! The two languages that every message exists in.

/// The language messages are printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Chinese (the default where the locale is Chinese).
    Zh,
    /// English.
    En,
}

/// A message in both languages, made together where the message is raised, so that neither can
/// be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    zh: String,
    en: String,
}

impl Text {
    /// A message from its Chinese and its English wording.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The wording in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Makes a [`Text`] from a Chinese and an English format string. Both may capture variables;
/// values that are no plain variables are named behind them.
///
/// ```
/// let units = ["区教育局"];
/// let text = yinfa::text!("{n} 个单位", "{n} units", n = units.len());
/// assert_eq!(text.get(yinfa::diag::Lang::En), "1 units");
/// ```
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = $value;)*
        $crate::diag::Text::new(format!($zh), format!($en))
    }};
}
