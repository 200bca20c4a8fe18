# make demo    build, read the bundled dispatches, print the brief, serve the demo desk: needs only Rust
# make web     the islands of the desk, with Node.js: map, timeline, charts; without them every page still works
# make api-fuzz  Schemathesis over the desk's API: some minutes, and it installs itself
# make test    everything that decides whether a change may land
# make eval    measure on the gold sets; make bench: speed; make fuzz: ten minutes per target

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := demo
MAKEFLAGS += --no-builtin-rules --no-print-directory

# A machine that installed Rust a moment ago has it here and not yet on its path.
export PATH := $(PATH):$(HOME)/.cargo/bin
TARGET := $(or $(CARGO_TARGET_DIR),target)
BINARY := $(TARGET)/release/counterclaim
TESTED := $(TARGET)/debug/counterclaim
FUZZ_SECONDS ?= 600
FUZZ_TARGETS := read_text read_html read_jsonl read_feed read_table read_words parse dates exchange copies
STEP := @printf '\n== %s\n'

.NOTPARALLEL:
.PHONY: demo build tested test needs check-format check-lints check-tests check-data check-house check-web web api-fuzz said-plainly eval bench fuzz clean

demo: build
	@$(BINARY) demo
	@printf '\nThe program is %s; the commands above call it counterclaim. `make test` runs the tests.\n' '$(BINARY)'
	@if [ -t 1 ] && [ "$${DEMO_SERVE:-1}" != 0 ]; then exec $(BINARY) serve --demo; \
	  else printf 'The desk, in a browser: %s serve --demo\n' '$(BINARY)'; fi

build:
	@command -v cargo >/dev/null || { echo 'Rust is missing: see https://rustup.rs, or run `make needs`' >&2; exit 1; }
	@cargo build --release --locked --package counterclaim-cli

test: needs web check-format check-lints check-tests check-data check-web said-plainly
	@printf '\nAll that make test runs has passed.\n'

needs:
	$(STEP) 'what the tests need'
	@.ci/needs

check-format:
	$(STEP) 'format (cargo fmt --check)'
	@cargo fmt --all --check

check-lints:
	$(STEP) 'lints (cargo clippy, warnings are errors)'
	@cargo clippy --workspace --all-targets --locked -- -D warnings

check-tests:
	$(STEP) 'tests (cargo test --workspace)'
	@cargo test --workspace --locked --no-fail-fast

# Arrows between crates, tested recipes, double names, neutral words, README against the program. Part of the tests
# above; for those who change documents alone.
check-house:
	$(STEP) 'the house: arrows, recipes, documents, names'
	@cargo test --quiet --package xtask --locked --no-fail-fast --test arrows --test recipes --test documents --test names

# The program as the tests built it: of the whole workspace, as features of dependencies follow from what is built.
tested:
	@cargo build --quiet --locked --workspace --bin counterclaim

check-data: tested
	$(STEP) 'tables and rules, and every example of every rule (counterclaim data check)'
	@$(TESTED) data check

# The islands come before anything is built, as the program takes them in; cargo is told to look again, as it does not see
# files that were not there before.
web: web/node_modules/.package-lock.json
	$(STEP) 'islands (vite build)'
	@cd web && npm run --silent build -- --logLevel warn
	@touch crates/server/src/assets.rs

# npm ci takes exactly what package-lock.json names.
web/node_modules/.package-lock.json: web/package-lock.json web/package.json
	$(STEP) 'packages of the islands (npm ci)'
	@cd web && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json

check-web: web tested
	$(STEP) 'islands: types (tsc), units (vitest)'
	@cd web && npm run --silent check && npm run --silent unit
	$(STEP) 'the desk in a real browser (Playwright with Chromium)'
	@cd web && COUNTERCLAIM=$(abspath $(TESTED)) npm run --silent e2e

api-fuzz: web build
	@cd web && COUNTERCLAIM=$(abspath $(BINARY)) node tests/api-fuzz.mjs

said-plainly:
	$(STEP) 'not run by make test'
	@printf '  %-12s %s\n' \
	  'make eval' 'accuracy: the gold sets are not part of the project; the last figures are in evaluation/SCORES.md' \
	  'make bench' 'speed: it needs a quiet machine; the benches were compiled and linted above' \
	  'make api-fuzz' 'Schemathesis over the API of the desk: some minutes; figures are in web/README.md' \
	  'make fuzz' 'fuzzing: ten minutes per target, with the nightly toolchain; the fuzz crate was not compiled'

eval:
	@cargo xtask eval $(EVAL)

bench:
	@cargo bench --locked --package counterclaim-benches

# No address sanitizer: the code has no unsafe, and without it the targets run several times as fast. Overflow checks and
# debug assertions are on.
fuzz:
	@rustup toolchain list | grep -q '^nightly' || rustup toolchain install nightly --profile minimal
	@command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --locked
	@for target in $(FUZZ_TARGETS); do \
	  case $$target in read_text | parse | dates | copies) seeds=text ;; *) seeds=$${target#read_} ;; esac; \
	  printf '\n== %s, %s seconds\n' "$$target" '$(FUZZ_SECONDS)'; \
	  mkdir -p fuzz/corpus/$$target; \
	  cargo +nightly fuzz run --sanitizer none "$$target" fuzz/corpus/$$target fuzz/seeds/$$seeds -- \
	    -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=4096 -max_len=4096 -timeout=60 -dict=fuzz/words.dict -print_final_stats=1; \
	done
	@printf '\nEvery target ran for %s seconds without a find.\n' '$(FUZZ_SECONDS)'

clean:
	@cargo clean
	@rm -rf fuzz/target fuzz/corpus fuzz/artifacts
