# The chores of the project. `make run` shows the system, `make test` proves it.

BUILT    := $(or $(CARGO_TARGET_DIR),target)/debug
RULEBOOK := rulebooks/dalian-2019

.DEFAULT_GOAL := help
.PHONY: help run test bench pictures fmt clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

run: ## build the system and start it with a demonstration city
	@scripts/prerequisites run
	cargo run --release -p cityhall -- demo

# Everything is built with one profile and with --workspace: a choice of packages would change the
# features of shared libraries and build them anew. The programs run from where the build put them
# for the same reason. Checks go from quick to slow, so that a fault shows early.
test: ## check the form, the house rules, the rulebook and run all tests
	@scripts/prerequisites test
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo build --workspace --all-targets
	$(BUILT)/xtask tidy
	$(BUILT)/cityhall rules check $(RULEBOOK)
	$(BUILT)/cityhall rules test $(RULEBOOK)
	cargo test --workspace

bench: ## measure this machine: the record, the desk, the pages
	@scripts/prerequisites run
	cargo run --release -p cityhall -- bench

pictures: ## draw the pages of docs/tour.md anew
	@scripts/prerequisites test
	mkdir -p docs/pictures
	CITYHALL_PICTURES=$(CURDIR)/docs/pictures cargo test --workspace --test it pictures

fmt: ## format all code
	cargo fmt --all

clean: ## remove everything that was built
	cargo clean
