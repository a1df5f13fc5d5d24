//! A rayon pool of one thread for every thread that typesets.
//!
//! Typst hands parts of its work to rayon. In the global pool, threads that each set a document
//! would share workers, and one waiting for its part would begin another's whole document. With
//! a pool of its own each document stays together; the output is the same either way.

use std::cell::OnceCell;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// Deeply nested layout needs more than a thread's usual 2 MB in a development build.
const STACK: usize = 32 << 20;

thread_local! {
    static POOL: OnceCell<Option<ThreadPool>> = const { OnceCell::new() };
}

/// Runs `f` in this thread's own pool; where none can be made, in the global one. A thread that
/// sets many documents does best to run the whole of its work so: going to the pool and back for
/// each, it is often given a core that is at work while another is idle.
pub fn alone<R: Send>(f: impl FnOnce() -> R + Send) -> R {
    if rayon::current_thread_index().is_some() && rayon::current_num_threads() == 1 {
        return f();
    }
    POOL.with(|pool| {
        let make = || ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build().ok();
        match pool.get_or_init(make) {
            Some(pool) => pool.install(f),
            None => f(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thread_has_one_worker_of_its_own_and_keeps_it() {
        let worker = || alone(|| (rayon::current_num_threads(), std::thread::current().id()));
        let (count, here) = worker();
        assert_eq!(count, 1);
        assert_eq!(worker().1, here);
        assert_eq!(alone(worker), (1, here));
        let there = std::thread::spawn(move || worker().1).join().unwrap();
        assert_ne!(here, there);
    }
}
