//! Whom to reach.

use crate::content::fields::{Fields, Mapping, key};
use base::diag::{SourceText, Words};

/// A person to be reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name.
    pub person: Option<SourceText>,
    /// Telephone.
    pub phone: Option<SourceText>,
    /// E-mail addresses: one message goes to each.
    pub email: Vec<SourceText>,
    /// Postal address.
    pub address: Option<SourceText>,
}

impl Mapping for Contact {
    const NAME: &'static str = "contact";
    const WHAT: Words = Words::new("联系人（person、phone 等）", "a contact (person, phone, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            person: fields.text(key("person", "姓名", "name")),
            phone: fields.text(key("phone", "电话", "telephone")),
            email: fields.texts(key(
                "email",
                "邮箱；几个地址写成列表，各发一封",
                "e-mail address; `yinfa send` writes to each",
            )),
            address: fields.text(key("address", "地址", "postal address")),
        })
    }
}
