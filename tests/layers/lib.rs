//! Holds every `crate::`, `self::`, `super::` and cross-crate path of the workspace to the tables
//! of ARCHITECTURE.md: which module may use which, and which circles are allowed. It reads the
//! sources as text and depends on none of the crates, so it is ready in seconds:
//! `cargo test -p yinfa-layers`.

#![cfg(test)]

mod circles;
mod documented;
mod graph;
mod paths;
mod repository;
mod sources;
