//! How far a text has come: a draft for opinions, one for review, the final text.

/// How far the text has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// 征求意见稿
    Comment,
    /// 送审稿
    Review,
    /// 正式
    #[default]
    Final,
}

impl Stage {
    /// The stages as records name them.
    pub const ALL: [(&'static str, Self); 3] =
        [("征求意见稿", Self::Comment), ("送审稿", Self::Review), ("正式", Self::Final)];

    /// What a draft is marked with; nothing for a final text.
    pub fn mark(self) -> Option<&'static str> {
        match self {
            Self::Comment => Some("征求意见稿"),
            Self::Review => Some("送审稿"),
            Self::Final => None,
        }
    }
}
