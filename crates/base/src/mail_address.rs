//! Addresses of mail, as records write them.

use std::net::{Ipv4Addr, Ipv6Addr};

use lettre::Address;

use crate::diag::Text;
use crate::text;

/// Whether a text has a line break or another control character, which could inject a header
/// into a message.
pub fn has_line_break(text: &str) -> bool {
    text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// Reads an address.
///
/// # Errors
/// The correction to make, when the text is no address.
pub fn mail_address(text: &str) -> Result<Address, Text> {
    let text = text.trim();
    if has_line_break(text) {
        return Err(text!("地址要写在一行里", "an address stands on one line"));
    }
    if text.contains(['＠', '．', '　', '，', '、', '；']) {
        return Err(text!(
            "用半角的 @ 和 .；几个地址写成列表",
            "use half-width `@` and `.`; write several addresses as a list"
        ));
    }
    if text.contains([',', ';', ' ']) {
        return Err(text!(
            "几个地址写成列表，中间不空格",
            "write several addresses as a list, without blanks"
        ));
    }
    if !text.is_ascii() {
        return Err(text!(
            "地址只能用英文字母、数字和符号",
            "an address has ASCII characters alone"
        ));
    }
    // What lettre takes beside this is a quoted name, which nobody uses.
    if text.contains('"') {
        return Err(text!("地址里不要写引号", "leave out quotation marks"));
    }
    let wrong = || text!("写成 name@example.com 的样子", "write it as name@example.com");
    let address: Address = text.parse().map_err(|_| wrong())?;
    let domain = address.domain();
    if is_address_literal(domain) || is_domain(domain) { Ok(address) } else { Err(wrong()) }
}

/// Whether a text is the name of a machine or of a domain: letters, digits and hyphens between dots.
pub fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        (1..=63).contains(&label.len())
            && label.chars().all(is_sign)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// Whether a text is the address of a machine in brackets, as mail has it in place of a domain:
/// `[127.0.0.1]`, `[IPv6:::1]`.
pub fn is_address_literal(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) else {
        return false;
    };
    match inner.strip_prefix("IPv6:") {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => inner.parse::<Ipv4Addr>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_and_what_looks_like_one() {
        for good in [
            "a@example.org",
            " a.b+c@mail.example.org ",
            "a@localhost",
            "a@[127.0.0.1]",
            "a@[IPv6:::1]",
        ] {
            assert!(mail_address(good).is_ok(), "{good}");
        }
        for wrong in [
            "",
            "a",
            "a@",
            "@b",
            "a@b@c",
            "a b@c",
            "a@b,c@d",
            "a＠b",
            "甲@b",
            "a@b..c",
            "\"a\"@b",
            "a@[b]",
            "a@[]",
            "a@[127.0.0.1",
            "a@[127.0.0.1]>",
            "a@[::1]",
            "a@[1.2.3.4>]",
            "a@[127.0.0.256]",
            "a@-b",
            "a@b\n",
        ] {
            // A line end at the very end is the record's, not the address's.
            assert_eq!(mail_address(wrong).is_ok(), wrong == "a@b\n", "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn no_address_breaks_a_line(text in "[a-z@.<>\r\n\u{2028}: 0-9\\[\\]]{1,20}|a@\\[[ -~\r\n]{0,12}\\]") {
            if let Ok(address) = mail_address(&text) {
                prop_assert!(!has_line_break(address.as_ref()));
                prop_assert!(!address.to_string().contains(['<', '>', ' ']));
            }
        }
    }
}
