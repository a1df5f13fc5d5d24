//! The modules that jobs import, parsed once: nearly every job has the same ones, and parsing them
//! takes as long as setting a page.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use typst::syntax::{FileId, Source};

/// The last text of each module, parsed.
#[derive(Debug, Default)]
pub(super) struct Modules(Mutex<HashMap<FileId, (Arc<str>, Source)>>);

impl Modules {
    /// A module, parsed now or earlier.
    pub(super) fn parsed(&self, id: FileId, text: &Arc<str>) -> Source {
        // Whoever wants the same module waits for it instead of parsing it a second time.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.get(&id) {
            Some((of, source)) if Arc::ptr_eq(of, text) || of == text => source.clone(),
            _ => {
                let source = Source::new(id, text.to_string());
                kept.insert(id, (text.clone(), source.clone()));
                source
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use typst::syntax::{RootedPath, VirtualPath, VirtualRoot};

    use super::*;

    #[test]
    fn a_module_is_parsed_again_when_its_text_is_another() {
        let path = VirtualPath::new("/module.typ").unwrap();
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        let modules = Modules::default();
        let text = |text: &str| modules.parsed(id, &Arc::from(text)).text().to_string();
        assert_eq!(text("#let a = 1"), "#let a = 1");
        assert_eq!(text("#let a = 2"), "#let a = 2");
        assert_eq!(text("#let a = 2"), "#let a = 2");
        assert_eq!(text("#let a = 1"), "#let a = 1");
    }
}
