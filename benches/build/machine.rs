//! On what the figures were taken, and with which versions.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;

/// Threads that a program takes when it is not told.
pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Facts with their names. No name of the machine and no path is among them.
pub(super) fn facts(folder: &Path) -> Vec<(&'static str, String)> {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_string())
    };
    let unknown = || "unknown".to_string();
    let memory = field(&read("/proc/meminfo"), "MemTotal")
        .and_then(|kib| kib.split(' ').next()?.parse::<u64>().ok())
        .map_or_else(unknown, |kib| format!("{:.1} GB", kib as f64 * 1024.0 / 1e9));
    let cpu = field(&read("/proc/cpuinfo"), "model name").unwrap_or_else(unknown);
    let kernel = read("/proc/sys/kernel/osrelease").trim().to_string();
    vec![
        ("processor", format!("{cpu}, {} threads used", threads())),
        ("memory", memory),
        ("system", format!("{} {kernel}", std::env::consts::OS)),
        ("file system", file_system(folder).unwrap_or_else(unknown)),
        ("yinfa", version(env!("CARGO_BIN_EXE_yinfa"), &["--version"])),
        ("typst command", version("typst", &["--version"])),
        ("Rust", version("rustc", &["--version"])),
    ]
}

/// What a program says of its version in the first line, without what it says of its build.
pub(super) fn version(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let said = output.ok().filter(|output| output.status.success());
    let said = said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let line = said.and_then(|said| said.lines().next().map(str::to_string));
    line.map_or_else(|| "not there".into(), |line| line.trim().to_string())
}

/// The type of the file system that holds a folder.
fn file_system(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let mounts = fs::read_to_string("/proc/mounts").ok()?;
    let mounted = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?, words.next()?))
    });
    let around = mounted.filter(|(at, _)| folder.starts_with(at));
    around.max_by_key(|(at, _)| at.len()).map(|(_, kind)| kind.to_string())
}
