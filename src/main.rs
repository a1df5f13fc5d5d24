//! The `yinfa` command: a thin shell over the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    yinfa::cli::main()
}
