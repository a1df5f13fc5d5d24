//! The two languages that every message exists in.

/// The language messages are printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Chinese (the default where the locale is Chinese).
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language of a locale as the environment names it (`zh_CN.UTF-8`, `en-US`; of a list
    /// with `:` the first that is known). `None` where it names neither language, as `C`,
    /// `POSIX` and the empty string do.
    pub fn from_locale(locale: &str) -> Option<Self> {
        locale.split(':').find_map(|name| {
            let language = name.trim().split(['_', '-', '.', '@']).next()?;
            if language.eq_ignore_ascii_case("zh") {
                Some(Self::Zh)
            } else if language.eq_ignore_ascii_case("en") {
                Some(Self::En)
            } else {
                None
            }
        })
    }
}

/// A wording in both languages that is known when the program is compiled: headings, labels,
/// help of options. Tables of them may be `const` and `static`. What is formatted is a [`Text`].
///
/// ```
/// use base::diag::{Lang, Words};
///
/// const UNIT: Words = Words::new("单位", "unit");
/// assert_eq!(UNIT.get(Lang::En), "unit");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// A wording from its Chinese and its English.
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    /// The wording in `lang`.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// A message in both languages, made together where the message is raised, so that neither can
/// be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    zh: String,
    en: String,
}

impl Text {
    /// A message from its Chinese and its English wording. Where both are formatted,
    /// [`text!`](crate::text!) says it shorter.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// Names in a row, as each language writes a list: `甲、乙` and `甲, 乙`.
    pub fn list<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Self {
        let names: Vec<T> = names.into_iter().collect();
        let join =
            |between: &str| names.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(between);
        Self::new(join("、"), join(", "))
    }

    /// Several texts in a row, with what stands between two of them.
    pub fn join<'a>(texts: impl IntoIterator<Item = &'a Self>, between: Words) -> Self {
        let texts: Vec<&Self> = texts.into_iter().collect();
        let join = |lang| {
            texts.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(between.get(lang))
        };
        Self::new(join(Lang::Zh), join(Lang::En))
    }

    /// The wording in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl From<Words> for Text {
    fn from(words: Words) -> Self {
        Self::new(words.zh, words.en)
    }
}

/// Makes a [`Text`] from a Chinese and an English format string. Both may capture variables;
/// values that are no plain variables are named behind them. What is itself in two languages, a
/// [`Text`] or [`Words`], is named behind a semicolon, and each wording takes its own.
///
/// ```
/// use base::{diag::{Lang, Words}, text};
///
/// let units = ["区教育局"];
/// let what = Words::new("附件", "attachment");
/// let text = text!("{n} 个单位的{what}", "the {what} of {n} units", n = units.len(); what);
/// assert_eq!(text.get(Lang::Zh), "1 个单位的附件");
/// assert_eq!(text.get(Lang::En), "the attachment of 1 units");
/// ```
#[macro_export]
macro_rules! text {
    (
        $zh:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?
        $(; $($both:ident $(= $text:expr)?),+ $(,)?)?
    ) => {{
        $(let $name = $value;)*
        $($($(let $both = &$text;)?)+)?
        $crate::diag::Text::new(
            { $($(let $both = $both.get($crate::diag::Lang::Zh);)+)? format!($zh) },
            { $($(let $both = $both.get($crate::diag::Lang::En);)+)? format!($en) },
        )
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_its_language() {
        for locale in ["zh", "zh_CN", "zh_CN.UTF-8", "zh-Hans-CN", "ZH_TW@radical"] {
            assert_eq!(Lang::from_locale(locale), Some(Lang::Zh), "{locale}");
        }
        for locale in ["en", "en_US", "en_GB.UTF-8", "en-AU", "en@quot"] {
            assert_eq!(Lang::from_locale(locale), Some(Lang::En), "{locale}");
        }
    }

    #[test]
    fn other_locales_name_neither() {
        for locale in ["", "C", "POSIX", "C.UTF-8", "de_DE.UTF-8", "zha_CN", "english"] {
            assert_eq!(Lang::from_locale(locale), None, "{locale}");
        }
    }

    #[test]
    fn of_a_list_the_first_known_counts() {
        assert_eq!(Lang::from_locale("de:zh_CN:en"), Some(Lang::Zh));
        assert_eq!(Lang::from_locale("C:en_US:zh_CN"), Some(Lang::En));
    }

    #[test]
    fn each_wording_takes_its_own_of_what_is_in_two_languages() {
        let (why, n) = (text!("太长（{n}）", "too long ({n})", n = 7), 3);
        let text = text!(
            "第{n}行：{why}、{all}；{again}", "line {n}: {why}, {all}; {again}";
            why,
            all = Text::list(["甲", "乙"]),
            again = Text::join([&why, &why], Words::new("，", ", ")),
        );
        assert_eq!(text.get(Lang::Zh), "第3行：太长（7）、甲、乙；太长（7），太长（7）");
        assert_eq!(text.get(Lang::En), "line 3: too long (7), 甲, 乙; too long (7), too long (7)");
    }
}
