# Everything a checkout needs: `make` builds, `make test` checks, `make help` lists the rest.

.DEFAULT_GOAL := build
.PHONY: build test test-long bench setup setup-test fresh check fmt clippy doc unit deny clean help

# Where set-up puts the typst command.
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

# The test data that is kept outside this repository.
YINFA_SHARED ?= ../shared
export YINFA_SHARED

# CI starts from a fresh clone each time, so what it compiled before is kept outside the clone.
# Build, tests, lints and documentation share the one target folder.
ifeq ($(CI),true)
CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/yinfa/target
export CARGO_TARGET_DIR
export CARGO_INCREMENTAL := 0
endif

# Where tests note that they ended early: tests/program/support.rs.
SKIPPED := $(or $(CARGO_TARGET_DIR),target)/tmp/skipped-tests

##  make build   install the fonts, build the program, build the sample in content/ into output/
build: setup fresh
	cargo build --locked --release
	cargo run --locked --release --quiet -- build

##  make test    every check that a change must pass: set-up, check, fmt, clippy, doc, unit
# One after the other even with -j: they would wait for each other's target folder anyway, and
# the quick ones come first.
test:
	@$(MAKE) --no-print-directory setup-test
	@$(MAKE) --no-print-directory fresh
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory fmt
	@$(MAKE) --no-print-directory clippy
	@$(MAKE) --no-print-directory doc
	@$(MAKE) --no-print-directory unit

setup:
	@scripts/setup.sh

setup-test:
	@scripts/setup.sh --test

# Cargo goes by the times of files. In a target folder that clones share, what was compiled from
# another clone can be newer than the files of this one, and would be taken for them.
fresh:
ifeq ($(CI),true)
	@find $(wildcard src crates tests) -name '*.rs' -exec touch {} +
endif

##  make check   what the tree must not hold: machine paths, leftovers, badly named codes
check:
	scripts/check-repo.sh

##  make fmt     is the code formatted?
fmt:
	cargo fmt --all --check

##  make clippy  the lints of Cargo.toml, as errors
clippy:
	cargo clippy --locked --workspace --all-targets -- -D warnings

##  make doc     the documentation of the code, its warnings as errors
doc:
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps

##  make unit    all tests, unit tests and whole runs of the program
# With the release profile, so that the dependencies `make build` compiled serve here as well.
# Tests that ended early for want of test data or a tool are named at the end.
unit:
	@rm -f $(SKIPPED)
	cargo test --locked --release --workspace --doc
	cargo test --locked --release --workspace --lib --bins --tests
	@if [ -s $(SKIPPED) ]; then \
	    sort -u $(SKIPPED); \
	    echo "skipped tests: $$(awk '{ print $$2 }' $(SKIPPED) | sort -u | wc -l)"; \
	else echo "skipped tests: 0"; fi

##  make test-long  the tests that repeat themselves, at full length: kills, damages, faults
test-long: setup-test
	YINFA_LONG=1 cargo test --locked --release --test program
	YINFA_LONG=1 cargo test --locked --release -p yinfa-import --lib property

##  make bench   how long builds take, against others: benches/RESULTS.md (half an hour, quiet machine)
# What it is compared with is installed where that can be, and skipped where not.
bench: setup
	@scripts/setup.sh --typst
	@scripts/bench-peers.sh || true
	cargo bench --locked --bench build -- --write benches/RESULTS.md

##  make deny    licences, sources and known problems of the dependencies (needs cargo-deny)
# Not part of `make test`: the list of known problems comes from the network.
deny:
	@cargo deny --version >/dev/null 2>&1 || { \
	    echo "未安装 cargo-deny，请运行 / cargo-deny is not installed, run: cargo install --locked cargo-deny"; \
	    exit 2; }
	cargo deny --locked check licenses bans sources
	@cargo deny --locked fetch db >/dev/null 2>&1 || { \
	    echo "无法取得安全公告库，安全公告未检查 / advisories not checked: the database cannot be reached"; \
	    exit 0; }; \
	echo "cargo deny --locked check advisories"; \
	cargo deny --locked check advisories

##  make clean   remove what was compiled (output/ and .yinfa/ are yours and stay)
clean:
	cargo clean

##  make help    this list
help:
	@sed -n 's/^##  //p' $(firstword $(MAKEFILE_LIST))
