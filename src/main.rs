//! The `yinfa` command: a thin shell over the library.

use std::process::ExitCode;

/// Typst allocates in small pieces on all threads at once. The system's allocator grows the area
/// of each thread page by page, and every page takes a lock of the whole process.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    yinfa::main()
}
