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
        Self { zh: zh.into(), en: en.into() }
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
/// let text = crate::text!("{n} 个单位", "{n} units", n = units.len());
/// assert_eq!(text.get(crate::diag::Lang::En), "1 units");
/// ```
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = $value;)*
        $crate::diag::Text::new(format!($zh), format!($en))
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
}
