//! Fields of a Word file: only that of a table of contents matters.

/// The fields that are open, the innermost last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields(Vec<String>);

/// More fields in one another than this are noise.
const DEPTH: usize = 64;

impl Fields {
    /// A mark of a field: `begin`, `separate` or `end`.
    pub(super) fn mark(&mut self, kind: &str) {
        match kind {
            "begin" if self.0.len() < DEPTH => self.0.push(String::new()),
            "end" => drop(self.0.pop()),
            _ => {}
        }
    }

    /// A field in one piece.
    pub(super) fn simple(&mut self, instruction: &str) {
        self.0.push(instruction.to_string());
    }

    /// A part of a field's instruction.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(instruction) = self.0.last_mut().filter(|i| i.len() < 256) {
            instruction.push_str(text);
        }
    }

    /// Whether a table of contents is open.
    pub(super) fn in_contents(&self) -> bool {
        self.0.iter().any(|instruction| {
            instruction.split_whitespace().next().is_some_and(|name| name == "TOC")
        })
    }
}
