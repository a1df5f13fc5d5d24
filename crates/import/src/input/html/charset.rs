//! The charset that a page declares.

/// How far into a page its charset is looked for.
const HEAD: usize = 16_384;

/// The charset of a page's `<meta>` or XML declaration. Those of its scripts and stylesheets are
/// not the page's.
pub(crate) fn declared(bytes: &[u8]) -> Option<Vec<u8>> {
    let head: Vec<u8> = bytes.iter().take(HEAD).map(u8::to_ascii_lowercase).collect();
    let mut at = 0;
    while let Some(start) = find(&head[at..], b"<").map(|n| at + n) {
        let tag = &head[start..];
        let end = find(tag, b">").unwrap_or(tag.len());
        let label = if tag.starts_with(b"<meta") {
            value(&tag[..end], b"charset")
        } else if tag.starts_with(b"<?xml") {
            value(&tag[..end], b"encoding")
        } else {
            None
        };
        if label.is_some() {
            return label;
        }
        at = start + 1;
    }
    None
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

fn value(tag: &[u8], key: &[u8]) -> Option<Vec<u8>> {
    let rest = &tag[find(tag, key)? + key.len()..];
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?;
    let label: Vec<u8> = rest
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_')
        .collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_it_and_nobody_else() {
        let charset = |page: &str| declared(page.as_bytes()).map(|l| String::from_utf8(l).unwrap());
        let is = |page, label: &str| assert_eq!(charset(page).as_deref(), Some(label), "{page}");
        is("<meta charset=\"GB2312\">", "gb2312");
        is("<META content='text/html; charset = GBK' http-equiv=Content-Type>", "gbk");
        is("<?xml version=\"1.0\" encoding='gb18030'?>", "gb18030");
        is("<script charset=utf-8 src=a></script><meta charset=gbk>", "gbk");
        is("<link charset=big5 href=a><meta name=a content=b><meta charset=utf-8>", "utf-8");
        assert_eq!(charset("<p>charset=gbk"), None);
        assert_eq!(charset("<meta name=keywords"), None);
    }
}
