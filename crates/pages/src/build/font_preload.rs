//! Loading fonts on idle threads while records are compared and templates run: a face takes some
//! milliseconds, and the first document needs most of them.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::Scope;

use super::make::Tools;
use crate::typeset::{Fonts, Role};

/// What nearly every document is set in, in the order in which the first one needs them.
const ROLES: [Role; 4] = [Role::Body, Role::Title, Role::Hei, Role::Song];

/// The fonts to load.
pub(super) struct FontPreload<'a> {
    fonts: Option<&'a Fonts>,
    threads: usize,
    next: AtomicUsize,
    is_stopped: AtomicBool,
}

impl<'a> FontPreload<'a> {
    /// Nothing, where no pages are set in this program.
    pub(super) fn new(tools: &Tools<'a>) -> Self {
        Self {
            fonts: tools.layout.and(tools.fonts),
            // The build's own thread is busy with records and templates.
            threads: tools.jobs.get().saturating_sub(1).clamp(1, ROLES.len()),
            next: AtomicUsize::new(0),
            is_stopped: AtomicBool::new(false),
        }
    }

    /// Starts the threads.
    pub(super) fn start<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>) {
        let Some(fonts) = self.fonts else { return };
        for _ in 0..self.threads {
            scope.spawn(|| {
                while let Some(&role) = ROLES.get(self.next.fetch_add(1, Ordering::Relaxed)) {
                    if self.is_stopped.load(Ordering::Relaxed) {
                        break;
                    }
                    fonts.ready(role);
                }
            });
        }
    }

    /// No further font is loaded: none is needed, or the documents load their own.
    pub(super) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }
}
