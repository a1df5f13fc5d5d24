//! The text of a web page.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// What a page shows, without white space: where a line breaks is not what anybody looks for.
pub fn page_text(html: &str) -> String {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let Sink { shown } = tokenizer.sink;
    shown.into_inner().text
}

#[derive(Default)]
struct Shown {
    text: String,
    /// Inside an element whose text nobody sees.
    hidden: bool,
}

#[derive(Default)]
struct Sink {
    shown: RefCell<Shown>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut shown = self.shown.borrow_mut();
        match token {
            Token::CharacterTokens(text) if !shown.hidden => {
                shown.text.extend(text.chars().filter(|c| !c.is_whitespace()));
            }
            Token::TagToken(tag) => {
                let raw = match &*tag.name {
                    "style" => Some(RawKind::Rawtext),
                    "script" => Some(RawKind::ScriptData),
                    _ => None,
                };
                if let Some(raw) = raw {
                    shown.hidden = tag.kind == TagKind::StartTag;
                    if shown.hidden {
                        return TokenSinkResult::RawData(raw);
                    }
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen() {
        let html = "<style>b{}</style><p>甲&amp;\n <b>乙</b></p><script>\"丙\"</script><i>丁</i>";
        assert_eq!(page_text(html), "甲&乙丁");
        assert_eq!(page_text("<p>未完"), "未完");
    }
}
