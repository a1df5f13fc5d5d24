//! When Typst's caches are evicted while documents are made. Each document fills them with some
//! megabytes, of which the next ones use little; an eviction drops what was not used since the last
//! one. It stops all threads, so it has to be worth it.

/// The evictions of a build.
pub(super) struct Schedule {
    /// Documents of the build.
    documents: usize,
    /// Threads that make them.
    threads: usize,
    /// Documents of each thread between two evictions.
    every: usize,
}

impl Schedule {
    /// For documents whose sources have these lengths in bytes: what they leave in the caches grows
    /// with that.
    pub(super) fn new(lengths: impl Iterator<Item = usize>, threads: usize) -> Self {
        const EVERY: usize = 16;
        const USUAL: usize = 10_000;
        let (documents, length) = lengths.fold((0, 0), |(count, sum), one| (count + 1, sum + one));
        let length = length / documents.max(1);
        Self { documents, threads, every: (EVERY * USUAL / length.max(1)).clamp(1, EVERY) }
    }

    /// How many documents there are.
    pub(super) fn documents(&self) -> usize {
        self.documents
    }

    /// Whether an eviction is due after so many files. The longest documents come first and fill the
    /// caches most. What a few documents leave is of use when the same publication is built again,
    /// under `watch` for example.
    pub(super) fn is_due_after(&self, done: usize) -> bool {
        let rounds = done / self.threads;
        self.documents > 4 * self.threads
            && done < self.documents
            && done.is_multiple_of(self.threads)
            && (rounds == 1 || rounds == 4 || rounds.is_multiple_of(self.every))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(length: usize, documents: usize, threads: usize) -> Vec<usize> {
        let schedule = Schedule::new(std::iter::repeat_n(length, documents), threads);
        (1..=documents).filter(|&done| schedule.is_due_after(done)).collect()
    }

    #[test]
    fn few_documents_need_none_and_long_ones_more() {
        assert!(due(6_000, 8, 2).is_empty());
        assert_eq!(due(6_000, 37, 2), [2, 8, 32]);
        assert_eq!(due(50_000, 20, 2), [2, 6, 8, 12, 18]);
        assert_eq!(due(0, 70, 1), [1, 4, 16, 32, 48, 64]);
    }
}
