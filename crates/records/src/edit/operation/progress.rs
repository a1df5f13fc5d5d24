//! What a unit reported: an entry of its record of a period.

use super::Editing;
use crate::edit::value::{Change, Step, Value};
use base::diag::Diagnostics;

impl Editing<'_> {
    /// Sets fields of the entry of an item in a unit's record of a period, which is made where it
    /// is missing, as is its file. Other fields of the entry stay.
    ///
    /// # Errors
    /// Why it cannot be set.
    pub fn set_progress(
        &mut self,
        file: &str,
        head: &[(String, Value)],
        item: &str,
        fields: &[(String, Value)],
    ) -> Result<(), Diagnostics> {
        if self.source(file).is_none() {
            self.create(file, String::new());
            let set = head.iter().map(|(key, value)| Change::Set {
                path: vec![Step::Key(key.clone())],
                value: value.clone(),
            });
            self.change(file, &set.collect::<Vec<_>>())?;
        }
        let list = vec![Step::Key("entries".into())];
        let entries = match self.root(file).get(&list) {
            Some(Value::List(entries)) => entries.clone(),
            _ => Vec::new(),
        };
        let key = [Step::Key("item".into())];
        let at = entries
            .iter()
            .position(|entry| entry.get(&key).and_then(Value::text).map(str::trim) == Some(item));
        let Some(at) = at else {
            let mut entry = vec![("item".to_owned(), Value::Text(item.to_owned()))];
            entry.extend(fields.iter().cloned());
            let value = Value::Map(entry);
            return self.change(file, &[Change::Insert { list, at: entries.len(), value }]);
        };
        let changes = fields.iter().map(|(key, value)| {
            let path = [&list[..], &[Step::At(at), Step::Key(key.clone())]].concat();
            Change::Set { path, value: value.clone() }
        });
        self.change(file, &changes.collect::<Vec<_>>())
    }
}
