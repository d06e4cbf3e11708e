# Thin: the work is done by cargo and scripts/. `make` alone lists the targets.

# Cargo's own variable may move the folder of the build.
BINARY = $(or $(CARGO_TARGET_DIR),target)/release/signet

.PHONY: help run build test bench fmt lint doc clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\): .*## /  make \1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do \
		printf '%-14s %s\n' "$$name" "$$text"; done

run: build ## build the release binary and serve on http://localhost:8080; ARGS="--listen …" goes to `signet serve`
	@$(BINARY) serve $(ARGS)

build: ## build the release binary
	@features=$$(scripts/features) && cargo build --release $$features

test: ## everything: format, lints, documentation, tests on SQLite and PostgreSQL, in a browser, of the API
	@scripts/test

bench: ## load the release server on SQLite and PostgreSQL; ARGS="…" goes to the load driver
	@scripts/bench $(ARGS)

fmt: ## format the code
	@cargo fmt

lint: ## run clippy; a warning is an error
	@features=$$(scripts/features) && cargo clippy $$features --all-targets -- -D warnings

doc: ## build the documentation of the code; a warning is an error
	@features=$$(scripts/features) && RUSTDOCFLAGS="-D warnings" cargo doc $$features --no-deps

clean: ## remove what cargo has built (./data stays)
	@cargo clean
