//! Getting fonts ready while records are compared and templates run: a face takes some
//! milliseconds, and the first document needs most of them.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::Scope;

use super::make::Tools;
use crate::typeset::{Fonts, Role};

/// What nearly every document is set in, in the order in which the first one needs them.
const ROLES: [Role; 4] = [Role::Body, Role::Title, Role::Hei, Role::Song];

/// The fonts to get ready.
pub(super) struct Warm<'a> {
    fonts: Option<&'a Fonts>,
    threads: usize,
    next: AtomicUsize,
    is_enough: AtomicBool,
}

impl<'a> Warm<'a> {
    /// Nothing, where no pages are set in this program.
    pub(super) fn new(tools: &Tools<'a>) -> Self {
        Self {
            fonts: tools.layout.and(tools.fonts),
            // One is at work on what the fonts are wanted for.
            threads: tools.jobs.get().saturating_sub(1).clamp(1, ROLES.len()),
            next: AtomicUsize::new(0),
            is_enough: AtomicBool::new(false),
        }
    }

    /// Begins.
    pub(super) fn up<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>) {
        let Some(fonts) = self.fonts else { return };
        for _ in 0..self.threads {
            scope.spawn(|| {
                while let Some(&role) = ROLES.get(self.next.fetch_add(1, Ordering::Relaxed)) {
                    if self.is_enough.load(Ordering::Relaxed) {
                        break;
                    }
                    fonts.ready(role);
                }
            });
        }
    }

    /// Whatever is not ready yet is not wanted.
    pub(super) fn enough(&self) {
        self.is_enough.store(true, Ordering::Relaxed);
    }
}
