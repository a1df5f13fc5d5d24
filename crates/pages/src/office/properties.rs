//! What a file says about itself.

use serde::Serialize;
use serde_json::Value;

use super::Failure;
use base::disk::sha256;
use records::view::{AboutNotice, ApartView, CONCLUDED, NoticeView};

/// How many hexadecimal digits a version has.
const VERSION_DIGITS: usize = 16;

/// What a file says about itself, where a program can read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties {
    /// The publication's id.
    pub publication: String,
    /// The unit whose sheet it is.
    pub unit: Option<String>,
    /// The version of the content: the first digits of the SHA-256 of its view model, the same in
    /// every format. It changes when what is printed changes, and only then.
    pub version: String,
    /// The document's title.
    pub title: String,
    /// The office or organ it comes from.
    pub organ: Option<String>,
    /// Its date as `[year, month, day]`.
    pub date: Option<[i32; 3]>,
}

impl Properties {
    /// Of a paper that belongs to a notice. `content` is all that is printed.
    ///
    /// # Errors
    /// When the content cannot be written as JSON.
    pub fn new(
        publication: &str,
        unit: Option<&str>,
        title: String,
        about: &AboutNotice,
        content: &impl Serialize,
    ) -> Result<Self, Failure> {
        Ok(Self {
            publication: publication.to_string(),
            unit: unit.map(str::to_string),
            version: version(content)?,
            title,
            organ: about.organ.clone(),
            date: about.date_parts,
        })
    }

    /// Of a notice.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn of_notice(view: &NoticeView) -> Result<Self, Failure> {
        Ok(Self {
            publication: view.id.clone(),
            unit: None,
            version: version(view)?,
            title: view.title.clone(),
            organ: view.organ.clone(),
            date: view.date_parts,
        })
    }

    /// The properties of an attachment that is a paper of its own.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn of_apart(view: &ApartView) -> Result<Self, Failure> {
        Ok(Self {
            publication: view.id.clone(),
            unit: None,
            version: version(view)?,
            title: view.title.clone(),
            organ: view.organ.clone(),
            date: view.date_parts,
        })
    }

    /// The names and values that are no usual properties of a document.
    pub(super) fn custom(&self) -> Vec<(&'static str, &str)> {
        let mut custom = vec![("publication", self.publication.as_str())];
        custom.extend(self.unit.as_deref().map(|unit| ("unit", unit)));
        custom.push(("version", &self.version));
        custom
    }

    /// Year, month and day of its making: a notice without a date counts as made when nothing was.
    pub(super) fn created(&self) -> [i32; 3] {
        self.date.unwrap_or([2000, 1, 1])
    }
}

/// The version of some content.
///
/// # Errors
/// When it cannot be written as JSON.
pub(super) fn version(content: &impl Serialize) -> Result<String, Failure> {
    let mut printed = serde_json::to_value(content)?;
    without_concluded(&mut printed);
    let digits = sha256(&serde_json::to_vec(&printed)?);
    Ok(digits.chars().take(VERSION_DIGITS).collect())
}

/// Takes the fields out that only repeat, for templates, what others say.
fn without_concluded(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !CONCLUDED.contains(&name.as_str()));
            fields.values_mut().for_each(without_concluded);
        }
        Value::Array(values) => values.iter_mut().for_each(without_concluded),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_depends_on_what_is_said_alone() {
        let of = |value| version(&value).unwrap();
        let plain = serde_json::json!({"rows": [{"role": "牵头", "task": "甲"}]});
        let more = serde_json::json!({"rows": [{"role": "牵头", "shown_role": {}, "task": "甲"}]});
        let other = serde_json::json!({"rows": [{"role": "配合", "task": "甲"}]});
        assert_eq!(of(plain.clone()), of(more));
        assert_ne!(of(plain), of(other));
    }
}
